import { isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Currency, Lang, Localized } from '../../core/values.ts'
import {
  table,
  text,
  integer,
  boolean,
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
import type { FlooredRung, Rung } from '../../garments/types.ts'
import { VERIFICATIONS } from '../0-house/door.ts'
import { styles } from '../2-designs/tables.ts'
import { CLOSINGS } from '../3-approvals/tables.ts'

export const CAMPAIGN_STATES = ['scheduled', 'open', 'dispatching', 'closed', 'released'] as const

/** What the price of a lot follows. */
export const PRICINGS = ['lot', 'total'] as const

/** What buyers read of a style, in place of what its version says. */
export interface SoldWords {
  names?: Localized
  story?: Localized
}

/** Whether it is sold now, as the index has it: it serves what is asked in the same words. */
export const onSale = (state: PgColumn): SQL => sql`(${state} = 'open' or ${state} = 'dispatching')`

/**
 * The time in which a style gathers demand. `dispatching` = lot 1 has gone out and later pre-orders gather for the
 * next lot; `closed` = over after at least one lot; `released` = over, below the threshold, everybody released.
 */
export const campaigns = table(
  'campaigns',
  {
    id: id(),
    slug: text('slug').notNull(),
    styleId: text('style_id')
      .notNull()
      .references(() => styles.id),
    styleVersion: integer('style_version').notNull(),
    /** What is sold: equals the approved version's hash, checked at opening and at dispatch. */
    styleHash: text('style_hash').notNull(),
    state: text('state', { enum: CAMPAIGN_STATES }).notNull(),
    opensAt: at('opens_at'),
    closesAt: at('closes_at'),
    thresholdUnits: integer('threshold_units').notNull(),
    /** Of its first lot. What was opened before there was a choice goes at its goal. */
    closing: text('closing', { enum: CLOSINGS }).notNull().default('atGoal'),
    /** The units at which a lot goes that goes at a rung. */
    closingUnits: integer('closing_units'),
    /** Its goal is reached and its first lot gathers on: `open` is then told as `collecting`. */
    collecting: boolean('collecting').notNull().default(false),
    /** How its buyers are verified; the house's own way where it does not say. */
    verification: text('verification', { enum: VERIFICATIONS }),

    /** Closed with enough units from too few buyers: a person decides whether it is made. */
    undecidedAt: instant('undecided_at'),
    minBuyers: integer('min_buyers').notNull().default(1),
    perBuyerCap: integer('per_buyer_cap').notNull(),
    currency: text('currency').$type<Currency>().notNull(),
    ladder: json<Rung[]>('ladder').notNull(),
    /** What the price follows: the lot's own units, or the total of all lots, as before there was a choice. */
    pricing: text('pricing', { enum: PRICINGS }).notNull().default('total'),
    /** Rungs of the lots after the first, from the smallest that is made, each with its floor. */
    laterLadder: json<FlooredRung[]>('later_ladder'),
    sizes: json<string[]>('sizes').notNull(),
    colourways: json<string[]>('colourways').notNull(),
    /** Days from dispatch to delivery promised to buyers. */
    promisedDays: integer('promised_days').notNull(),
    /** The lot now gathering, and what has gathered for it. */
    lot: integer('lot').notNull().default(1),
    lotUnits: integer('lot_units').notNull().default(0),
    lotBuyers: integer('lot_buyers').notNull().default(0),
    /** Verified units over all lots: what the ladder counts. */
    totalUnits: integer('total_units').notNull().default(0),
    pendingUnits: integer('pending_units').notNull().default(0),
    /**
     * Confirmed for the lot that gathers up to a price only; of them those that count at the price it has reached and are
     * among `lotUnits`, and buyers among `lotBuyers` who are there only by such pledges.
     */
    pledgedUnits: integer('pledged_units').notNull().default(0),
    pledgesCounted: integer('pledges_counted').notNull().default(0),
    pledgersCounted: integer('pledgers_counted').notNull().default(0),
    /** Pre-orders that were ever confirmed and not cancelled by their buyers, and their units: never falls with a lot. */
    soldOrders: integer('sold_orders').notNull().default(0),
    soldUnits: integer('sold_units').notNull().default(0),
    views: integer('views').notNull().default(0),
    inquiries: integer('inquiries').notNull().default(0),
    createdAt: at('created_at'),
    endedAt: instant('ended_at'),
    /**
     * A person has stopped it: nobody joins and no lot is made of it any more. Its buyers stay as they were, and its state
     * with them, until that can no longer be taken back.
     */
    stoppedAt: instant('stopped_at'),
    /** Takes no new pre-orders since then; those it has go on. */
    pausedAt: instant('paused_at'),
    /** Its page and its pictures are shown to nobody outside since then. */
    takenDownAt: instant('taken_down_at'),
    /** Names and story as a person corrected them; what was approved and is made stays as it is. */
    words: json<SoldWords>('words'),
    /** Rises with everything that a person changes of it by hand: what was read under another number is read anew. */
    edition: integer('edition').notNull().default(1),
  },
  (t) => [
    uniqueIndex('campaigns_slug').on(t.slug),
    uniqueIndex('campaigns_one_per_version').on(t.styleId, t.styleVersion),
    index('campaigns_by_state').on(t.state, t.closesAt),
    index('campaigns_in_state').on(t.state, t.id),
    // Of what is sold in the order of the shop, whatever else there is: a list of it reads its own rows and no other.
    index('campaigns_on_sale').on(onSale(t.state), t.id),
    index('campaigns_ended').on(t.endedAt).where(isNotNull(t.endedAt)),
    check('campaigns_state', oneOf(t.state, CAMPAIGN_STATES)),
    check('campaigns_pricing', oneOf(t.pricing, PRICINGS)),
    check('campaigns_verification', oneOf(t.verification, VERIFICATIONS)),
    check('campaigns_closing', oneOf(t.closing, CLOSINGS)),
    check('campaigns_counts', sql`${t.lotUnits} >= 0 and ${t.totalUnits} >= 0 and ${t.pendingUnits} >= 0`),
  ],
)

export const inquiries = table(
  'inquiries',
  {
    id: id(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    email: text('email').notNull(),
    lang: text('lang').$type<Lang>().notNull(),
    question: text('question').notNull(),
    askedAt: at('asked_at'),
    answer: text('answer'),
    answeredBy: text('answered_by'),
    answeredAt: instant('answered_at'),
    /** Shown on the style's page for everybody. */
    published: boolean('published').notNull().default(false),
  },
  (t) => [
    index('inquiries_by_campaign').on(t.campaignId, t.id),
    index('inquiries_open').on(t.id).where(isNull(t.answeredAt)),
  ],
)

/** Files of pictures that are shown to nobody outside, by the campaign that was taken down. */
export const takenPictures = table(
  'taken_pictures',
  {
    /** The file's hash. */
    file: text('file').notNull(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
  },
  (t) => [primaryKey({ columns: [t.file, t.campaignId] }), index('taken_pictures_of').on(t.campaignId)],
)
