/** Parcels that have reached their buyers: what ends by it. */
import { MINUTE } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import { fulfilPreorders } from '../5-demand/door.ts'
import type { ProductionOrder } from '../6-dispatch/door.ts'
import type { Context } from '../context.ts'
import { words } from './messages.ts'
import { refusedRows } from './parcel-rows.ts'
import type { RefusedRow } from './recording.ts'
import {
  moveShipments,
  parcelsNumbered,
  parcelsOf,
  receiveParcels,
  shipmentsNumbered,
  type Shipment,
} from './store/packing.ts'

/** How far the clock of a carrier may go ahead of ours. */
const CLOCKS_APART_MS = 10 * MINUTE

/**
 * Their buyers have all of theirs: parcels, shipments and pre-orders end together, and with the last of a lot the lot. Who
 * the last is, is asked of other rows: to be called in a transaction that is serial, not `atomic`.
 * @returns how many shipments
 */
export async function endShipments(
  tx: Tx,
  ids: readonly string[],
  from: readonly Shipment['state'][],
  now: Date,
): Promise<number> {
  const ended = await moveShipments(tx, ids, from, { state: 'received', endedAt: now })
  const open = await parcelsOf(
    tx,
    ended.map(({ id }) => id),
  )
  await receiveParcels(
    tx,
    open.map(({ id }) => id),
    now,
  )
  await fulfilPreorders(
    tx,
    ended.map(({ preorderId }) => preorderId),
    now,
  )
  return ended.length
}

/** Shipments of an order by their numbers. @throws Problem 422 `parcels.rows` naming those that are none of it */
export async function shipmentsToReceive(
  tx: Tx,
  { id, number }: Pick<ProductionOrder, 'id' | 'number'>,
  numbers: readonly string[],
): Promise<string[]> {
  const found = await shipmentsNumbered(tx, [...new Set(numbers)])
  const own = found.filter(({ shipment }) => shipment.orderId === id).map(({ shipment }) => shipment)
  const errors = numbers.flatMap((shipment, index) =>
    own.some((each) => each.number === shipment)
      ? []
      : [{ line: index + 1, shipment, reason: words.all('row.unknown', { shipment, number }) }],
  )
  if (errors.length) throw refusedRows(errors, 'shipments')
  return own.map((each) => each.id)
}

/** What somebody knows of a parcel on its way. */
interface Tracked {
  line: number
  trackingNumber: string
  carrier?: string | undefined
  state: 'on-its-way' | 'received'
  at?: string | undefined
}

/** Serial, like {@link endShipments}. @returns how many shipments are received by this; with an error nothing is */
export async function noteReceived(
  tx: Tx,
  { clock }: Pick<Context, 'clock'>,
  told: readonly Tracked[],
): Promise<{ received: number; errors: readonly RefusedRow[] }> {
  const now = clock.now()
  const found = await parcelsNumbered(tx, [...new Set(told.map(({ trackingNumber }) => trackingNumber))])
  const errors: RefusedRow[] = []
  const arrived = new Map<string, { shipmentId: string; at: Date }>()
  for (const { line, trackingNumber, carrier, state, at } of told) {
    const own = found.filter(
      ({ parcel }) => parcel.trackingNumber === trackingNumber && (!carrier || parcel.carrier === carrier),
    )
    const tracking = carrier ? `${carrier} ${trackingNumber}` : trackingNumber
    if (!own.length) errors.push({ line, shipment: tracking, reason: words.all('tracking.unknown', { tracking }) })
    else if (at && Date.parse(at) - now.getTime() > CLOCKS_APART_MS)
      errors.push({ line, shipment: tracking, reason: words.all('tracking.ahead', { at }) })
    else if (state === 'received')
      for (const { parcel } of own)
        arrived.set(parcel.id, { shipmentId: parcel.shipmentId, at: at ? new Date(at) : now })
  }
  if (errors.length) return { received: 0, errors }
  for (const [id, { at }] of arrived) await receiveParcels(tx, [id], at)
  const touched = [...new Set([...arrived.values()].map(({ shipmentId }) => shipmentId))]
  const parcels = await parcelsOf(tx, touched)
  const whole = touched.filter((id) => parcels.every(({ shipmentId, receivedAt }) => shipmentId !== id || receivedAt))
  return { received: await endShipments(tx, whole, ['sent'], now), errors: [] }
}
