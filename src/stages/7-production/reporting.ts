/** A report on an order: checked, stored once, and the order moved to where all of its reports lead. */
import { actorTag, authorize, type Actor } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import { isPlainLine, MINUTE } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { arriveLot } from '../5-demand/door.ts'
import { assertNotOut, endByShipping, orderById, SOUGHT, standAt, type ProductionOrder } from '../6-dispatch/door.ts'
import type { Context } from '../context.ts'
import { isDirect } from './direct.ts'
import { assertMayLeave } from './inspecting.ts'
import type { Parcel } from './letters.ts'
import { refused } from './messages.ts'
import { asReport, START_OR_REPORTED, standingAfter, type Report } from './model.ts'
import { insertProgress, progressOf, type ProgressRow } from './store.ts'
import { beginPacking } from './store/packing.ts'

/** What a report came to; a repeated report gets the first answer again. */
export interface Reported {
  orderId: string
  reportId: string
  outcome: 'applied' | 'stale'
  sequence: number
  /** Where the order stands now. */
  state: ProductionOrder['state']
}

/** How far the clock of a factory may go ahead of ours. */
const CLOCKS_APART_MS = 10 * MINUTE

/** Carrier and number are shown and sent on in words of the house. @throws Problem 422 naming the field */
function checkParcels(parcels: readonly Parcel[]): void {
  parcels.forEach((parcel, index) => {
    for (const name of ['carrier', 'trackingNumber'] as const)
      if (!isPlainLine(parcel[name]))
        throw refused('production.parcel', undefined, { field: `details.parcels.${index}.${name}` })
  })
}

/** What has happened cannot lie ahead, but for a clock that is a little fast. @throws Problem 422 naming the field */
function checkTime(at: string | undefined, now: Date): void {
  if (at !== undefined && Date.parse(at) - now.getTime() > CLOCKS_APART_MS)
    throw refused('production.report-ahead', { at }, { field: 'at' })
}

/** The order, for the factory that makes it, or for one of us. */
export async function orderInMaking(tx: Reader, actor: Actor, orderId: string): Promise<ProductionOrder> {
  const order = await orderById(tx, orderId)
  if (actor.kind !== 'factory') authorize(actor, 'factories')
  if (order && actor.kind === 'factory') await assertNotOut(tx, order, actor.id)
  if (!order || (actor.kind === 'factory' && order.factoryId !== actor.id && !SOUGHT.includes(order.state)))
    throw notFound({ en: 'production order', zh: '生产订单' }, orderId)
  const { number, state } = order
  if (START_OR_REPORTED.includes(state)) return order
  throw state === 'cancelled'
    ? refused('production.cancelled', { number })
    : refused('production.not-yours-yet', { number, state })
}

const leaves = (state: ProductionOrder['state']): boolean => state === 'shipped' || state === 'delivered'

/** What its factory sends to the buyers itself never comes to the warehouse. */
async function arrive(tx: Tx, order: ProductionOrder, now: Date): Promise<void> {
  if (await isDirect(tx, order)) return
  await arriveLot(tx, order.campaignId, order.lot, now)
  await beginPacking(tx, order.id, now)
}

/** @throws Problem 404, 409 when the order is not being made, or may not leave; 422 naming the field */
export async function applyReport(
  tx: Tx,
  context: Context,
  actor: Actor,
  orderId: string,
  report: Report,
): Promise<Reported> {
  const { clock, outbox } = context
  checkParcels(report.details.parcels ?? [])
  const now = clock.now()
  checkTime(report.at, now)
  const order = await orderInMaking(tx, actor, orderId)
  const known = await progressOf(tx, orderId, order.placement)
  const repeated = known.find(({ reportId }) => reportId === report.reportId)
  const answer = ({ reportId, outcome, sequence }: ProgressRow, state = order.state): Reported => ({
    orderId,
    reportId,
    outcome,
    sequence,
    state,
  })
  if (repeated) return answer(repeated)
  const sequence = report.sequence ?? Math.max(0, ...known.map((row) => row.sequence)) + 1
  if (leaves(report.state)) await assertMayLeave(tx, order, known, sequence)
  const all = [...known.map(asReport), { reportId: report.reportId, state: report.state, sequence }]
  const { state, sequence: last } = standingAfter(all)
  const isMoved = state !== order.state || last !== order.sequence
  const row = await insertProgress(tx, {
    orderId,
    placement: order.placement,
    reportId: report.reportId,
    sequence,
    state: report.state,
    outcome: isMoved ? 'applied' : 'stale',
    note: report.note ?? null,
    details: report.details,
    by: actorTag(actor),
    at: report.at ? new Date(report.at) : now,
    receivedAt: now,
  })
  if (!row) throw new Error(`report ${report.reportId} was stored by somebody else meanwhile`)
  if (!isMoved) return answer(row)
  const arrived = state === 'delivered' && order.state !== 'delivered'
  const moved = await standAt(tx, order, {
    state,
    sequence: last,
    ...(leaves(state) && !order.shippedAt ? { shippedAt: row.at } : {}),
    ...(arrived ? { deliveredAt: row.at } : {}),
  })
  if (!moved) throw new Error(`order ${order.number} was moved by somebody else meanwhile`)
  if (leaves(state)) await endByShipping(tx, context, orderId)
  await outbox.emit(tx, actor, 'production.progressed', { orderId, progressId: row.id, state }, now)
  if (arrived) {
    await arrive(tx, order, now)
    await outbox.emit(tx, actor, 'production.delivered', { orderId }, now)
  }
  return answer(row, state)
}
