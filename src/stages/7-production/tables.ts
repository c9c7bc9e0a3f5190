import { table, text, integer, json, index, uniqueIndex, check, id, at, oneOf } from '../../db/kit.ts'
import { productionOrders } from '../6-dispatch/tables.ts'

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
