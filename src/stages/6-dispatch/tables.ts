import { isNotNull, sql } from 'drizzle-orm'
import type { Currency, Lang } from '../../core/values.ts'
import {
  table,
  text,
  integer,
  money,
  instant,
  json,
  index,
  uniqueIndex,
  check,
  id,
  at,
  oneOf,
  leased,
} from '../../db/kit.ts'
import type { AllocationInputs, Ranked } from './allocation.ts'
import { campaigns } from '../4-storefront/tables.ts'
import { lots } from '../5-demand/tables.ts'
import { ORDER_STATES } from './life.ts'

export const factories = table(
  'factories',
  {
    id: id(),
    name: text('name').notNull(),
    country: text('country').notNull(),
    address: text('address'),
    contactEmail: text('contact_email'),
    lang: text('lang').$type<Lang>().notNull(),
    state: text('state', { enum: ['invited', 'active', 'paused', 'disabled'] }).notNull(),
    categories: json<string[]>('categories').notNull(),
    moq: integer('moq').notNull(),
    maxUnits: integer('max_units').notNull(),
    weeklyCapacity: integer('weekly_capacity').notNull(),
    leadDays: integer('lead_days').notNull(),
    /** CMT per category in minor units; a category without an entry uses the house's rate. */
    rates: json<Record<string, number>>('rates').notNull(),
    currency: text('currency').$type<Currency>().notNull(),
    complianceClass: text('compliance_class').notNull(),
    endpoint: text('endpoint'),
    /** Webhook secrets, AES-256-GCM at rest: the current one and, during rotation, the one before. */
    secret: text('secret').notNull(),
    previousSecret: text('previous_secret'),
    /** SHA-256 of the portal's access token. */
    portalHash: text('portal_hash').notNull(),
    verifiedAt: instant('verified_at'),
    failingSince: instant('failing_since'),
    /** It said that it is overloaded: nothing is sent to it before. */
    quietUntil: instant('quiet_until'),
    createdAt: at('created_at'),
  },
  (t) => [
    uniqueIndex('factories_portal').on(t.portalHash),
    check('factories_state', oneOf(t.state, ['invited', 'active', 'paused', 'disabled'])),
  ],
)

/** Ways into the portal that end by themselves: a browser that is signed in, or a link sent to the factory's address. */
export const portalAccess = table(
  'portal_access',
  {
    /** SHA-256 of what the browser's cookie, or the link, holds. */
    tokenHash: text('token_hash').primaryKey(),
    factoryId: text('factory_id')
      .notNull()
      .references(() => factories.id),
    kind: text('kind', { enum: ['session', 'link'] }).notNull(),
    createdAt: at('created_at'),
    lastSeenAt: at('last_seen_at'),
    expiresAt: at('expires_at'),
  },
  (t) => [
    index('portal_access_by_factory').on(t.factoryId),
    check('portal_access_kind', oneOf(t.kind, ['session', 'link'])),
  ],
)

export const productionOrders = table(
  'production_orders',
  {
    id: id(),
    /** What people call it: PO-26-0003. */
    number: text('number').notNull(),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    lot: integer('lot').notNull(),
    lotId: text('lot_id')
      .notNull()
      .references(() => lots.id),
    state: text('state', { enum: ORDER_STATES }).notNull(),
    factoryId: text('factory_id').references(() => factories.id),
    units: integer('units').notNull(),
    /** File-store hash of the brief as sent, and the style hash inside it. */
    briefFile: text('brief_file'),
    briefHash: text('brief_hash'),
    styleHash: text('style_hash').notNull(),
    agreedPrice: money('agreed_price'),
    currency: text('currency').$type<Currency>().notNull(),
    promisedAt: at('promised_at'),
    /** Highest sequence number of the factory's reports that was applied. */
    sequence: integer('sequence').notNull().default(0),
    /** 1, and one more each time it was called off and placed with another factory: whose reports count. */
    placement: integer('placement').notNull().default(1),
    lateNoticedAt: instant('late_noticed_at'),
    createdAt: at('created_at'),
    acceptedAt: instant('accepted_at'),
    shippedAt: instant('shipped_at'),
    deliveredAt: instant('delivered_at'),
    /** Why it was given up where no factory took it. */
    givenUpFor: text('given_up_for'),
  },
  (t) => [
    uniqueIndex('production_orders_once').on(t.campaignId, t.lot),
    uniqueIndex('production_orders_number').on(t.number),
    index('production_orders_by_state').on(t.state, t.promisedAt),
    index('production_orders_in_state').on(t.state, t.id),
    index('production_orders_taken').on(t.acceptedAt, t.id).where(isNotNull(t.acceptedAt)),
    index('production_orders_by_factory').on(t.factoryId, t.id),
    // PO-26-10000 comes after PO-26-9999.
    index('production_orders_in_order').on(sql`length(${t.number})`, t.number),
    check('production_orders_state', oneOf(t.state, ORDER_STATES)),
  ],
)

/** What of a style's briefs is made before a lot is frozen; made anew where what it was made from is no longer the same. */
export const readyStyles = table(
  'ready_styles',
  {
    id: id(),
    /** Whose lot is to be frozen. */
    campaignId: text('campaign_id').notNull(),
    styleId: text('style_id').notNull(),
    styleVersion: integer('style_version').notNull(),
    /** Hash of everything it was made from. */
    madeFrom: text('made_from').notNull(),
    /** File-store hash of what is ready. */
    file: text('file').notNull(),
    /** Units by size that its markers were chosen for. */
    likely: json<Record<string, number>>('likely').notNull(),
    /** How often its markers were searched for shorter ones, in vain or not. */
    rounds: integer('rounds').notNull(),
    madeAt: at('made_at'),
  },
  (t) => [
    uniqueIndex('ready_styles_once').on(t.styleId, t.styleVersion),
    // What may still get better, the oldest first.
    index('ready_styles_open').on(t.rounds, t.madeAt),
  ],
)

/** A decision about who should make it, with everything that was known, so that it can be replayed. */
export const allocations = table(
  'allocations',
  {
    id: id(),
    orderId: text('order_id')
      .notNull()
      .references(() => productionOrders.id),
    /** 1, and one more each time an unplaced order is tried again. */
    round: integer('round').notNull().default(1),
    inputs: json<AllocationInputs>('inputs').notNull(),
    /** Ranked candidates with their expected cost, and those filtered out with the reason. */
    ranking: json<readonly Ranked[]>('ranking').notNull(),
    at: at('at'),
  },
  (t) => [uniqueIndex('allocations_once').on(t.orderId, t.round)],
)

export const OFFER_STATES = ['offered', 'accepted', 'declined', 'countered', 'expired', 'withdrawn'] as const

export const offers = table(
  'offers',
  {
    id: id(),
    orderId: text('order_id')
      .notNull()
      .references(() => productionOrders.id),
    factoryId: text('factory_id')
      .notNull()
      .references(() => factories.id),
    rank: integer('rank').notNull(),
    state: text('state', { enum: OFFER_STATES }).notNull(),
    price: money('price').notNull(),
    shipBy: at('ship_by'),
    offeredAt: at('offered_at'),
    answerBy: at('answer_by'),
    answeredAt: instant('answered_at'),
    reason: text('reason'),
    /** What the factory asked for instead: { price?, shipBy?, note? }. */
    counter: json<Record<string, unknown>>('counter'),
  },
  (t) => [
    uniqueIndex('offers_once').on(t.orderId, t.rank),
    uniqueIndex('offers_one_open')
      .on(t.orderId)
      .where(sql`${t.state} in ('offered', 'countered')`),
    index('offers_by_factory').on(t.factoryId, t.state),
    index('offers_by_state').on(t.state, t.answerBy),
    check('offers_state', oneOf(t.state, OFFER_STATES)),
  ],
)

export const CANCELLATION_STATES = ['asked', 'agreed', 'refused', 'withdrawn'] as const

export const CANCELLATION_FOLLOWS = ['replace', 'release'] as const

/** A request to call an accepted order off, by either side, and what became of it: one row each, none overwritten. */
export const cancellations = table(
  'cancellations',
  {
    id: id(),
    orderId: text('order_id')
      .notNull()
      .references(() => productionOrders.id),
    /** The acceptance that it would undo. */
    offerId: text('offer_id')
      .notNull()
      .references(() => offers.id),
    factoryId: text('factory_id')
      .notNull()
      .references(() => factories.id),
    side: text('side', { enum: ['house', 'factory'] }).notNull(),
    state: text('state', { enum: CANCELLATION_STATES }).notNull(),
    reason: text('reason').notNull(),
    /** What the house does with the lot: another factory, or its buyers let go. Null until the house has said so. */
    follow: text('follow', { enum: CANCELLATION_FOLLOWS }),
    /** The asker's own id for it, where it gave one: asked again under it, the first request answers. */
    requestId: text('request_id'),
    askedBy: text('asked_by').notNull(),
    askedAt: at('asked_at'),
    answer: text('answer'),
    answeredBy: text('answered_by'),
    answeredAt: instant('answered_at'),
    /** For a lot that is placed anew: the date its buyers were promised, and the one they are promised since. */
    promisedBefore: instant('promised_before'),
    promisedAfter: instant('promised_after'),
  },
  (t) => [
    uniqueIndex('cancellations_one_open')
      .on(t.orderId)
      .where(sql`${t.state} = 'asked'`),
    // The decision: an acceptance is undone once, whoever comes second.
    uniqueIndex('cancellations_once')
      .on(t.offerId)
      .where(sql`${t.state} = 'agreed'`),
    uniqueIndex('cancellations_request').on(t.orderId, t.requestId).where(isNotNull(t.requestId)),
    index('cancellations_by_order').on(t.orderId, t.id),
    index('cancellations_by_factory').on(t.factoryId, t.state),
    index('cancellations_answered').on(t.state, t.answeredAt),
    check('cancellations_side', oneOf(t.side, ['house', 'factory'])),
    check('cancellations_state', oneOf(t.state, CANCELLATION_STATES)),
    check('cancellations_follow', sql`${t.follow} is null or ${oneOf(t.follow, CANCELLATION_FOLLOWS)}`),
  ],
)

/** Webhook messages to factories: the id stays the same on every attempt. */
export const messages = table(
  'messages',
  {
    id: id(),
    factoryId: text('factory_id')
      .notNull()
      .references(() => factories.id),
    orderId: text('order_id'),
    type: text('type').notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    body: text('body').notNull(),
    state: text('state', { enum: ['due', 'sent', 'failed', 'dropped'] }).notNull(),
    /** Counts what one factory is told about one order, from 1: it goes out in this order. Null: about no order. */
    sequence: integer('sequence'),
    ...leased(),
    createdAt: at('created_at'),
  },
  (t) => [
    uniqueIndex('messages_once').on(t.dedupeKey),
    index('messages_due')
      .on(t.dueAt, t.id)
      .where(sql`${t.state} = 'due'`),
    // What one endpoint is to be sent next is found past any backlog of another's.
    index('messages_due_by_factory')
      .on(t.factoryId, t.dueAt, t.id)
      .where(sql`${t.state} = 'due'`),
    index('messages_by_factory').on(t.factoryId, t.id),
    uniqueIndex('messages_sequence').on(t.factoryId, t.orderId, t.sequence),
    check('messages_state', oneOf(t.state, ['due', 'sent', 'failed', 'dropped'])),
  ],
)

/** Every attempt to deliver a message: when, what was answered, how long it took. */
export const attempts = table(
  'attempts',
  {
    id: id(),
    messageId: text('message_id')
      .notNull()
      .references(() => messages.id),
    at: at('at'),
    status: integer('status'),
    durationMs: integer('duration_ms').notNull(),
    answer: text('answer'),
    error: text('error'),
  },
  (t) => [index('attempts_by_message').on(t.messageId, t.id)],
)
