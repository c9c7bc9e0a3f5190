import { isNotNull, sql } from 'drizzle-orm'
import type { Currency, Lang } from '../../core/values.ts'
import {
  table,
  text,
  integer,
  boolean,
  money,
  instant,
  json,
  index,
  uniqueIndex,
  check,
  primaryKey,
  id,
  at,
  oneOf,
} from '../../db/kit.ts'
import { campaigns } from '../4-storefront/tables.ts'

export interface PreorderLine {
  size: string
  colourway: string
  quantity: number
}

export const PREORDER_STATES = ['pending', 'confirmed', 'in-lot', 'fulfilled', 'cancelled', 'released'] as const

/**
 * A buyer's commitment. `pending` until the buyer is verified; `confirmed` counts; `in-lot` is frozen in a lot and
 * can no longer be cancelled; `released` = the campaign did not reach its threshold, or its lot was called off
 * (then `lot` stays set): nobody pays.
 */
export const preorders = table(
  'preorders',
  {
    id: id(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    /** The person, not the address as typed: SHA-256 of the normalised e-mail. */
    buyerKey: text('buyer_key').notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    lang: text('lang').$type<Lang>().notNull(),
    lines: json<PreorderLine[]>('lines').notNull(),
    units: integer('units').notNull(),
    /** Unit price shown when it was placed: never more than this is asked. */
    shownPrice: money('shown_price').notNull(),
    state: text('state', { enum: PREORDER_STATES }).notNull(),
    lot: integer('lot'),
    placedAt: at('placed_at'),
    confirmedAt: instant('confirmed_at'),
    endedAt: instant('ended_at'),
    /** The confirmation letter still has to be queued. Swept by the worker, so intake writes no mail row. */
    letterDue: boolean('letter_due').notNull().default(false),
    /**
     * Where it came from, as long as its letter is not decided about: a keyed hash of a network, or an account. What is
     * limited is the letters that come of it, so intake only writes it down.
     */
    origin: text('origin'),
    /** Too many letters were asked for: this one is looked at again then. */
    letterAfter: instant('letter_after'),
    /** Names the request that placed it (src/db/idempotency.ts): the row itself is what makes a repetition harmless. */
    requestKey: text('request_key'),
  },
  (t) => [
    uniqueIndex('preorders_once').on(t.requestKey),
    index('preorders_by_campaign').on(t.campaignId, t.state, t.lot),
    index('preorders_letters')
      .on(t.id)
      .where(sql`${t.letterDue}`),
    index('preorders_held').on(t.letterAfter).where(isNotNull(t.letterAfter)),
    check('preorders_state', oneOf(t.state, PREORDER_STATES)),
    check('preorders_units', sql`${t.units} > 0`),
  ],
)

/** What one buyer holds in one campaign: carries the cap and makes buyers countable. */
export const campaignBuyers = table(
  'campaign_buyers',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    buyerKey: text('buyer_key').notNull(),
    /** Units held, verified or not (what the cap is about). */
    units: integer('units').notNull(),
    /** Verified units in the lot now gathering. */
    lotUnits: integer('lot_units').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.buyerKey] }), check('campaign_buyers_units', sql`${t.units} >= 0`)],
)

export const LOT_REASONS = ['threshold', 'reorder', 'closing'] as const

/** A frozen set of pre-orders and a frozen style version. The row is the decision: one per campaign and number. */
export const lots = table(
  'lots',
  {
    id: id(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    number: integer('number').notNull(),
    reason: text('reason', { enum: LOT_REASONS }).notNull(),
    styleId: text('style_id').notNull(),
    styleVersion: integer('style_version').notNull(),
    styleHash: text('style_hash').notNull(),
    /** [{size, colourway, quantity}], summed over its pre-orders. */
    quantities: json<PreorderLine[]>('quantities').notNull(),
    units: integer('units').notNull(),
    buyers: integer('buyers').notNull(),
    /** The lowest tier reached when it was frozen: what everybody in it pays. */
    unitPrice: money('unit_price').notNull(),
    currency: text('currency').$type<Currency>().notNull(),
    promisedAt: at('promised_at'),
    frozenAt: at('frozen_at'),
  },
  (t) => [uniqueIndex('lots_once').on(t.campaignId, t.number), check('lots_reason', oneOf(t.reason, LOT_REASONS))],
)
