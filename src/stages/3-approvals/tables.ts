import { table, text, integer, index, check, id, at, oneOf } from '../../db/kit.ts'
import { styles } from '../2-designs/tables.ts'

/** When a campaign's first lot goes: when the campaign closes, at its goal, or at a rung of its ladder. */
export const CLOSINGS = ['collect', 'atGoal', 'atRung'] as const

export const decisions = table(
  'decisions',
  {
    id: id(),
    styleId: text('style_id')
      .notNull()
      .references(() => styles.id),
    version: integer('version').notNull(),
    /** The hash of exactly what was looked at. */
    hash: text('hash').notNull(),
    kind: text('kind', { enum: ['approve', 'refine', 'reject', 'undo'] }).notNull(),
    reason: text('reason'),
    by: text('by').notNull(),
    at: at('at'),
  },
  (t) => [
    index('decisions_by_style').on(t.styleId, t.id),
    check('decisions_kind', oneOf(t.kind, ['approve', 'refine', 'reject', 'undo'])),
  ],
)
