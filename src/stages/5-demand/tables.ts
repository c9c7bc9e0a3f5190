import { isNotNull, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
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
 * can no longer be cancelled, wherever that lot is; `fulfilled` = its buyer has received it; `released` = the campaign did not reach its threshold, or its lot was called off
 * (then `lot` stays set): nobody pays. What is decided about a lot or a campaign is decided for all its pre-orders at
 * once; a crowd's rows get there slice by slice, and until then `standing.ts` says what they are.
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
    /** Where its buyer is written to: an e-mail, or `tel:` and a number for text messages. What the campaign verifies. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    /** Telephone, address and what kind of buyer it is (contact.ts), sealed; none where nothing of it was said. */
    contact: text('contact'),
    lang: text('lang').$type<Lang>().notNull(),
    lines: json<PreorderLine[]>('lines').notNull(),
    units: integer('units').notNull(),
    /**
     * What was asked for where some of it counts only up to a price (pledges.ts, as JSON): `lines` and `units` are then the
     * most that it may come to, and once it is in a lot what it came to at that lot's price.
     */
    pledged: text('pledged'),
    /** Unit price shown when it was placed: never more than this is asked. */
    shownPrice: money('shown_price').notNull(),
    state: text('state', { enum: PREORDER_STATES }).notNull(),
    /**
     * The lot it was confirmed for: that one was gathering at the moment. So what goes into a lot is decided before the
     * lot is frozen, and its pre-orders may follow it in their own time.
     */
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
    /** The terms of sale that its buyer accepted: version and hash (0-house/sale-terms.ts); null where none were named. */
    terms: text('terms'),
    /** Names the request that placed it (src/db/idempotency.ts): the row itself is what makes a repetition harmless. */
    requestKey: text('request_key'),
    /** Whose order it is beside its buyer's: the partner whose link or key it came by. None: the house's own. */
    partnerId: text('partner_id').references((): PgColumn => partners.id),
  },
  (t) => [
    uniqueIndex('preorders_once').on(t.requestKey),
    index('preorders_in_campaign').on(t.campaignId, t.id),
    index('preorders_in_lot').on(t.campaignId, t.lot, t.state, t.id).where(isNotNull(t.lot)),
    index('preorders_letters')
      .on(t.id)
      .where(sql`${t.letterDue}`),
    // All of one person's; one that nobody has been asked about yet is not among them, so intake does not write it.
    index('preorders_of_buyer')
      .on(t.buyerKey, t.id)
      .where(sql`not ${t.letterDue}`),
    index('preorders_held').on(t.letterAfter).where(isNotNull(t.letterAfter)),
    // Of those that have a partner: what comes directly stands in no index more than before.
    index('preorders_of_partner').on(t.partnerId, t.id).where(isNotNull(t.partnerId)),
    index('preorders_of_partner_in').on(t.partnerId, t.campaignId).where(isNotNull(t.partnerId)),
    index('preorders_pledges').on(t.campaignId, t.buyerKey).where(isNotNull(t.pledged)),
    check('preorders_state', oneOf(t.state, PREORDER_STATES)),
    check('preorders_units', sql`${t.units} > 0`),
  ],
)

/** A shop beside others in one pool: sells by a channel of its own, for a chain of shops, or for a group that buys together. */
export const PARTNER_KINDS = ['channel', 'chain-leader', 'group-buyer'] as const

/** Whoever brings orders into our pools. */
export const partners = table(
  'partners',
  {
    id: id(),
    name: text('name').notNull(),
    kind: text('kind', { enum: PARTNER_KINDS }).notNull(),
    /** A person there. */
    contactName: text('contact_name'),
    contactEmail: text('contact_email').notNull(),
    /** Stands in its links; says nothing by itself. */
    code: text('code').notNull(),
    /** SHA-256 of its API key; the key itself is stored nowhere. */
    keyHash: text('key_hash').notNull(),
    /** The readable start of the key. */
    keyPrefix: text('key_prefix').notNull(),
    keyMadeAt: at('key_made_at'),
    /** Vouches for its buyers where a campaign lets partners do so. */
    trusted: boolean('trusted').notNull().default(false),
    createdAt: at('created_at'),
    /** Neither its key nor its links bring anything since then. */
    stoppedAt: instant('stopped_at'),
  },
  (t) => [
    uniqueIndex('partners_code').on(t.code),
    uniqueIndex('partners_key').on(t.keyHash),
    check('partners_kind', oneOf(t.kind, PARTNER_KINDS)),
  ],
)

/**
 * What a partner gets for what it sells: a share of the price, or all above a price of its own. Only added to: an order
 * goes by the terms of the moment it was placed in.
 */
export const partnerTerms = table(
  'partner_terms',
  {
    id: id(),
    partnerId: text('partner_id')
      .notNull()
      .references(() => partners.id),
    /** None: everywhere. */
    campaignId: text('campaign_id').references(() => campaigns.id),
    /** Hundredths of a percent of the price. With neither this nor a price, what holds everywhere holds again. */
    commission: integer('commission'),
    /** What one unit is sold to the partner at. */
    price: money('price'),
    fromAt: at('from_at'),
    by: text('by').notNull(),
  },
  (t) => [index('partner_terms_of').on(t.partnerId, t.fromAt)],
)

/** What a pre-order was before its buyer changed it. */
export const preorderChanges = table(
  'preorder_changes',
  {
    id: id(),
    preorderId: text('preorder_id')
      .notNull()
      .references(() => preorders.id),
    lines: json<PreorderLine[]>('lines').notNull(),
    at: at('at'),
  },
  (t) => [index('preorder_changes_of').on(t.preorderId, t.id)],
)

/** Who wants no letters but those about their own orders, by their keyed hash. */
export const newsRefused = table('news_refused', {
  person: text('person').primaryKey(),
  at: at('at'),
})

/** The code that was last sent to the telephone of a pre-order; gone once it was used. */
export const codes = table(
  'codes',
  {
    preorderId: text('preorder_id')
      .primaryKey()
      .references(() => preorders.id),
    /** Proves the code without holding it. */
    proof: text('proof').notNull(),
    /** Wrong ones that were tried. */
    tries: integer('tries').notNull().default(0),
    expiresAt: at('expires_at'),
  },
  // Those that have run out are taken away by this.
  (t) => [index('codes_by_end').on(t.expiresAt)],
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
    /** Verified units in `lot`: nothing in the one now gathering where that is another. */
    lotUnits: integer('lot_units').notNull().default(0),
    lot: integer('lot').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.buyerKey] }), check('campaign_buyers_units', sql`${t.units} >= 0`)],
)

export const LOT_REASONS = ['threshold', 'reorder', 'closing'] as const
/** `arrived`: its garments are at the house's warehouse; `fulfilled`: each of its buyers has received their own. */
export const LOT_STATES = ['frozen', 'arrived', 'fulfilled', 'called-off'] as const

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
    /** What was decided about it last; its pre-orders follow. */
    state: text('state', { enum: LOT_STATES }).notNull().default('frozen'),
    endedAt: instant('ended_at'),
    /** When its garments reached the house's warehouse: not yet its buyers. */
    arrivedAt: instant('arrived_at'),
    /** The act by which a person sent it before its time. */
    actId: text('act_id'),
    /** Some of its pre-orders are not yet what it is. */
    following: boolean('following').notNull().default(false),
  },
  (t) => [
    uniqueIndex('lots_once').on(t.campaignId, t.number),
    index('lots_following')
      .on(t.id)
      .where(sql`${t.following}`),
    check('lots_reason', oneOf(t.reason, LOT_REASONS)),
    check('lots_state', oneOf(t.state, LOT_STATES)),
  ],
)

/** The lot of units that are not confirmed: in none. */
export const UNCONFIRMED = 0

/** Where the cells of a lot stand that count only up to a price: each under the price of the ladder that it accepts. */
export const pledgedFor = (lot: number): number => -lot

/**
 * Pledges for the lot that gathers, by the price up to which they count: kept with every confirmation and cancellation, so
 * that what counts is known from a handful of rows. Gone once that lot is frozen or let go.
 */
export const pledgeRungs = table(
  'pledge_rungs',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    /** A price of the ladder; 0 where not even the lowest is accepted. */
    atMost: money('at_most').notNull(),
    units: integer('units').notNull(),
    /** Buyers with nothing else in the lot, none of whose pledges goes higher. */
    buyers: integer('buyers').notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.atMost] })],
)

/**
 * Units of a campaign by what they are: kept with every confirmation and cancellation, so that a lot of a million is
 * frozen, and a page drawn, from a handful of rows.
 */
export const demandCells = table(
  'demand_cells',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    /**
     * The lot they were confirmed for; {@link UNCONFIRMED} for those whose buyer was asked and has not confirmed;
     * {@link pledgedFor} for those that count only up to a price.
     */
    lot: integer('lot').notNull(),
    colourway: text('colourway').notNull(),
    size: text('size').notNull(),
    /** The unit price their buyers were shown, or up to which they count. */
    shownPrice: money('shown_price').notNull(),
    units: integer('units').notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.lot, t.colourway, t.size, t.shownPrice] })],
)

/** Confirmed pre-orders of a campaign by the hour they were confirmed in, without those that were cancelled. */
export const demandHours = table(
  'demand_hours',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    /** Its first moment. */
    hour: at('hour'),
    /** The lot they were confirmed for. */
    lot: integer('lot').notNull(),
    orders: integer('orders').notNull(),
    units: integer('units').notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.hour, t.lot] })],
)

/** How far the buyers of a campaign that ended were let go and told: slice by slice, from where the last one ended. */
export const releases = table('releases', {
  campaignId: text('campaign_id')
    .primaryKey()
    .references(() => campaigns.id),
  /** The last pre-order that was looked at. */
  after: text('after').notNull().default(''),
  done: boolean('done').notNull().default(false),
})

/** What a person may do with a campaign, and how such an act stands. */
export const HAND_KINDS = [
  'stop',
  'take-down',
  'pause',
  'resume',
  'dates',
  'words',
  'cap',
  'dispatch',
  'quote',
  'message',
] as const
export const HAND_STATES = ['asked', 'refused', 'waiting', 'done', 'undone'] as const
/** Why, in a word: what the security log holds. The words themselves stand here, where they can be erased. */
export const HAND_WHYS = ['rights', 'quality', 'supply', 'price', 'demand', 'mistake', 'other'] as const

/**
 * Every act of a person on a campaign. `asked` = it waits for a second person; `waiting` = begun, and what leaves the house
 * by it waits until it can no longer be taken back; `done` = whole.
 */
export const handActs = table(
  'hand_acts',
  {
    id: id(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    kind: text('kind', { enum: HAND_KINDS }).notNull(),
    state: text('state', { enum: HAND_STATES }).notNull(),
    why: text('why', { enum: HAND_WHYS }).notNull(),
    reason: text('reason').notNull(),
    /** What was asked for, and what it was before: what taking it back puts back. */
    what: json<Record<string, unknown>>('what').notNull(),
    before: json<Record<string, unknown>>('before').notNull(),
    /** What is at stake, minor units of the campaign's currency. */
    sum: money('sum').notNull(),
    by: text('by').notNull(),
    at: at('at'),
    /** Until when it can be taken back, where something leaves the house then. */
    dueAt: instant('due_at'),
    /** Who agreed to it or refused it, where a second person was asked. */
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    undoneBy: text('undone_by'),
    undoneAt: instant('undone_at'),
  },
  (t) => [
    index('hand_acts_of').on(t.campaignId, t.id),
    index('hand_acts_due')
      .on(t.dueAt)
      .where(sql`${t.state} = 'waiting'`),
    check('hand_acts_kind', oneOf(t.kind, HAND_KINDS)),
    check('hand_acts_state', oneOf(t.state, HAND_STATES)),
    check('hand_acts_why', oneOf(t.why, HAND_WHYS)),
  ],
)

/** What a buyer may hold in one campaign beyond its cap, because a person said so. */
export const allowances = table(
  'allowances',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    buyerKey: text('buyer_key').notNull(),
    units: integer('units').notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.buyerKey] })],
)

/**
 * What a pre-order may have in common with others, for some days: keyed hashes, from which nobody can tell whose they are.
 * Whoever looks for patterns sees that two are alike, and nothing else.
 */
export const traces = table(
  'traces',
  {
    preorderId: text('preorder_id')
      .primaryKey()
      .references(() => preorders.id),
    /** Of the neighbourhood (/24, /48) it was sent from. */
    network: text('network'),
    /** Of the address it is sent to. */
    address: text('address'),
    placedAt: at('placed_at'),
  },
  // Those whose time is over are taken away by this.
  (t) => [index('traces_by_age').on(t.placedAt)],
)
