import { sql } from 'drizzle-orm'
import { table, text, integer, instant, json, index, uniqueIndex, check, id, at, oneOf } from '../../db/kit.ts'
import { campaigns } from '../4-storefront/tables.ts'

export const reorders = table(
  'reorders',
  {
    id: id(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    lot: integer('lot').notNull(),
    state: text('state', { enum: ['proposed', 'approved', 'declined', 'sent'] }).notNull(),
    units: integer('units').notNull(),
    /** Demand since the last lot, rates, quantiles: what the proposal was computed from. */
    inputs: json<Record<string, unknown>>('inputs').notNull(),
    verdict: text('verdict').notNull(),
    proposedAt: at('proposed_at'),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    reason: text('reason'),
  },
  (t) => [
    uniqueIndex('reorders_once').on(t.campaignId, t.lot),
    index('reorders_open')
      .on(t.id)
      .where(sql`${t.state} = 'proposed'`),
    check('reorders_state', oneOf(t.state, ['proposed', 'approved', 'declined', 'sent'])),
  ],
)
