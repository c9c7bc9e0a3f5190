import { isNotNull, sql } from 'drizzle-orm'
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
import { preorders, type PreorderLine } from '../5-demand/tables.ts'
import { productionOrders } from '../6-dispatch/tables.ts'
import {
  CHOICES,
  COUNT_STEPS,
  RETURN_KINDS,
  RETURN_REASONS,
  RETURN_STATES,
  SHIPMENT_STATES,
  type Fit,
} from './shipping.ts'

/** Every report about an order, applied or not: each state change is a row, never an overwrite. */
export const progress = table(
  'progress',
  {
    id: id(),
    orderId: text('order_id')
      .notNull()
      .references(() => productionOrders.id),
    /** The order's placement it was about: reports of a factory that is out do not count for the next one. */
    placement: integer('placement').notNull().default(1),
    /** The sender's id for this report: a repeated one changes nothing. */
    reportId: text('report_id').notNull(),
    sequence: integer('sequence').notNull(),
    state: text('state').notNull(),
    outcome: text('outcome', { enum: ['applied', 'stale'] }).notNull(),
    note: text('note'),
    /** { carrier, trackingNumber, units } of a parcel; { inspected, defects } of a check … */
    details: json<Record<string, unknown>>('details').notNull(),
    by: text('by').notNull(),
    at: at('at'),
    receivedAt: at('received_at'),
  },
  (t) => [
    uniqueIndex('progress_once').on(t.orderId, t.placement, t.reportId),
    index('progress_by_order').on(t.orderId, t.placement, t.sequence, t.reportId),
    check('progress_outcome', oneOf(t.outcome, ['applied', 'stale'])),
  ],
)

/** How far a lot that arrived is made ready for its buyers: the row begins it, once. */
export const packings = table(
  'packings',
  {
    orderId: text('order_id')
      .primaryKey()
      .references(() => productionOrders.id),
    /** Numbers handed out to shipments so far. */
    numbered: integer('numbered').notNull().default(0),
    /** The last pre-order that was looked at; those after it have no shipment yet, as long as `filling`. */
    after: text('after').notNull().default(''),
    filling: boolean('filling').notNull().default(true),
    /**
     * The placement whose factory packs and sends to the buyers itself: nothing of it comes to the warehouse. Of a factory
     * that is out the next one takes nothing over.
     */
    direct: integer('direct'),
    createdAt: at('created_at'),
  },
  (t) => [
    index('packings_filling')
      .on(t.orderId)
      .where(sql`${t.filling}`),
  ],
)

/** What one pre-order's buyer gets out of a lot, by itself. */
export const shipments = table(
  'shipments',
  {
    id: id(),
    orderId: text('order_id')
      .notNull()
      .references(() => productionOrders.id),
    preorderId: text('preorder_id')
      .notNull()
      .references(() => preorders.id),
    /** What people and scanners call it: PO-26-0003-17. */
    number: text('number').notNull(),
    state: text('state', { enum: SHIPMENT_STATES }).notNull(),
    /** What is packed: what was ordered, as far as there is enough. */
    lines: json<PreorderLine[]>('lines').notNull(),
    units: integer('units').notNull(),
    createdAt: at('created_at'),
    sentAt: instant('sent_at'),
    endedAt: instant('ended_at'),
    /** What its buyer chose when there were too few pieces for it; nothing where there never were, or that is open. */
    chosen: text('chosen', { enum: CHOICES }),
    /** Until when its buyer may choose, while it is `short`. */
    answerBy: instant('answer_by'),
  },
  (t) => [
    index('shipments_unanswered').on(t.answerBy).where(isNotNull(t.answerBy)),
    uniqueIndex('shipments_once').on(t.preorderId),
    uniqueIndex('shipments_number').on(t.number),
    index('shipments_of_order').on(t.orderId, t.state, t.id),
    check('shipments_state', oneOf(t.state, SHIPMENT_STATES)),
  ],
)

/** A parcel of one shipment: its number is told to that buyer and nobody else. */
export const parcels = table(
  'parcels',
  {
    id: id(),
    shipmentId: text('shipment_id')
      .notNull()
      .references(() => shipments.id),
    carrier: text('carrier').notNull(),
    trackingNumber: text('tracking_number').notNull(),
    by: text('by').notNull(),
    at: at('at'),
    receivedAt: instant('received_at'),
  },
  (t) => [
    uniqueIndex('parcels_once').on(t.shipmentId, t.carrier, t.trackingNumber),
    index('parcels_by_number').on(t.trackingNumber),
  ],
)

/** A manager's word that a lot which failed its inspection may leave all the same: about that inspection alone. */
export const clearances = table('clearances', {
  /** The report of the failed inspection. */
  progressId: text('progress_id')
    .primaryKey()
    .references(() => progress.id),
  reason: text('reason').notNull(),
  by: text('by').notNull(),
  at: at('at'),
})

/** That the pieces of a lot were counted, and how far it is settled who gets them. No row: as many as were ordered. */
export const counts = table(
  'counts',
  {
    orderId: text('order_id')
      .primaryKey()
      .references(() => productionOrders.id),
    /** Goes up with each count: letters are told once for each. */
    edition: integer('edition').notNull(),
    step: text('step', { enum: COUNT_STEPS }).notNull(),
    /** The last shipment that was looked at in this step, by the moment its pre-order was confirmed and its id. */
    afterAt: instant('after_at'),
    after: text('after').notNull().default(''),
    note: text('note'),
    by: text('by').notNull(),
    at: at('at'),
  },
  (t) => [
    index('counts_unsettled')
      .on(t.orderId)
      .where(sql`${t.step} <> 'done'`),
    check('counts_step', oneOf(t.step, COUNT_STEPS)),
  ],
)

/** Good pieces of a variant of a lot that was counted. */
export const pieces = table(
  'pieces',
  {
    orderId: text('order_id')
      .notNull()
      .references(() => productionOrders.id),
    colourway: text('colourway').notNull(),
    size: text('size').notNull(),
    ordered: integer('ordered').notNull(),
    came: integer('came').notNull(),
    /** Those that are in no shipment: whoever waits may take them. */
    spare: integer('spare').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.colourway, t.size] })],
)

/** What a buyer sends back, and what becomes of it. What they say of it in their own words goes with them. */
export const returns = table(
  'returns',
  {
    id: id(),
    orderId: text('order_id')
      .notNull()
      .references(() => productionOrders.id),
    shipmentId: text('shipment_id')
      .notNull()
      .references(() => shipments.id),
    preorderId: text('preorder_id')
      .notNull()
      .references(() => preorders.id),
    styleId: text('style_id').notNull(),
    state: text('state', { enum: RETURN_STATES }).notNull(),
    kind: text('kind', { enum: RETURN_KINDS }).notNull(),
    reason: text('reason', { enum: RETURN_REASONS }).notNull(),
    /** Where it does not fit, by the code of the point of measure. */
    fits: json<Record<string, Fit>>('fits').notNull(),
    lines: json<PreorderLine[]>('lines').notNull(),
    /** What is wanted in exchange; nothing where it is only returned. */
    want: json<PreorderLine[]>('want').notNull(),
    words: text('words'),
    /** What the house says of it. */
    answer: text('answer'),
    askedAt: at('asked_at'),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    /** It is back at the warehouse; `good`: somebody else may have it. */
    backAt: instant('back_at'),
    good: boolean('good'),
    /** The pre-order in the next lot that stands for it. */
    againId: text('again_id'),
    carrier: text('carrier'),
    trackingNumber: text('tracking_number'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    index('returns_of_preorder').on(t.preorderId),
    index('returns_of_order').on(t.orderId),
    index('returns_of_style').on(t.styleId, t.id),
    index('returns_by_state').on(t.state, t.id),
    check('returns_state', oneOf(t.state, RETURN_STATES)),
    check('returns_kind', oneOf(t.kind, RETURN_KINDS)),
    check('returns_reason', oneOf(t.reason, RETURN_REASONS)),
  ],
)
