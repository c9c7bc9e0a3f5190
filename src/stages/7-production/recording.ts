/** Parcels that have left for their buyers: all of a list, or none of it with every reason. */
import { actorTag, type Actor } from '../../core/actor.ts'
import { withNotice } from '../../core/notice.ts'
import { grouped, isPlainLine, type Localized } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { campaignCard } from '../4-storefront/door.ts'
import type { ProductionOrder } from '../6-dispatch/door.ts'
import type { Context } from '../context.ts'
import { assertSettled } from './counting.ts'
import { words } from './messages.ts'
import { parcelLetter } from './parcel-letters.ts'
import {
  insertParcels,
  moveShipments,
  parcelsNumbered,
  shipmentsNumbered,
  type Parcel,
  type ShipmentWithBuyer,
} from './store/packing.ts'

/** A parcel as somebody tells of it. `line`: where it stands in what they sent. */
export interface ToldParcel {
  line: number
  /** The number of the shipment. */
  shipment: string
  carrier: string
  trackingNumber: string
}
export interface RefusedRow {
  line: number
  shipment: string
  reason: Localized
}
export interface Recorded {
  /** Parcels that are new by this. */
  sent: number
  /** Parcels that were known already. */
  known: number
  /** Why nothing of it was taken, line by line. */
  errors: readonly RefusedRow[]
}

const MAY_GO: readonly string[] = ['to-pack', 'sent']
const nameOf = (each: Pick<Parcel, 'carrier' | 'trackingNumber'>): string => `${each.carrier} ${each.trackingNumber}`

/** What is wrong with a parcel by itself. */
function faultOf(
  told: ToldParcel,
  found: ShipmentWithBuyer | undefined,
  order: ProductionOrder,
): Localized | undefined {
  if (!told.shipment) return words.all('row.no-shipment')
  if (!found || found.shipment.orderId !== order.id) return words.all('row.unknown', { shipment: told.shipment, number: order.number }) // prettier-ignore
  if (!told.carrier || told.carrier.length > 100 || !isPlainLine(told.carrier)) return words.all('row.carrier')
  if (!told.trackingNumber || told.trackingNumber.length > 100 || !isPlainLine(told.trackingNumber)) return words.all('row.number') // prettier-ignore
  const { state } = found.shipment
  if (state === 'received' || MAY_GO.includes(state)) return undefined
  return words.all(`row.${state as 'short' | 'released'}`, { shipment: told.shipment })
}

/** Every row that cannot be taken. A number is one buyer's: whoever else it is said of would be told somebody's parcel. */
export async function checkTold(
  tx: Tx,
  order: ProductionOrder,
  told: readonly ToldParcel[],
): Promise<{ errors: RefusedRow[]; rows: { told: ToldParcel; found: ShipmentWithBuyer }[] }> {
  const found = new Map(
    (await shipmentsNumbered(tx, [...new Set(told.map(({ shipment }) => shipment))])).map((each) => [each.shipment.number, each]), // prettier-ignore
  )
  const owners = new Map<string, string>()
  for (const { parcel, buyer } of await parcelsNumbered(tx, [...new Set(told.map((each) => each.trackingNumber))]))
    owners.set(nameOf(parcel), buyer.buyerKey)
  const errors: RefusedRow[] = []
  const rows: { told: ToldParcel; found: ShipmentWithBuyer }[] = []
  for (const each of told) {
    const own = found.get(each.shipment)
    const fault = faultOf(each, own, order)
    const owner = owners.get(nameOf(each))
    const elses = !fault && own && owner !== undefined && owner !== own.buyer.buyerKey
    const reason = fault ?? (elses ? words.all('row.elses', { tracking: nameOf(each) }) : undefined)
    if (reason) errors.push({ line: each.line, shipment: each.shipment, reason })
    else if (own) {
      owners.set(nameOf(each), own.buyer.buyerKey)
      rows.push({ told: each, found: own })
    }
  }
  return { errors, rows }
}

/**
 * Record them within the caller's transaction, and write to each buyer about theirs. Said again, nothing changes. Serial: a
 * buyer who cancels in this moment is not sent anything.
 */
export async function recordParcels(
  tx: Tx,
  { clock, engines, baseUrl }: Pick<Context, 'clock' | 'engines' | 'baseUrl'>,
  actor: Actor,
  order: ProductionOrder,
  told: readonly ToldParcel[],
): Promise<Recorded> {
  await assertSettled(tx, order)
  // A row for each variant names the same parcel.
  const each = [...new Map(told.map((row) => [`${row.shipment} ${nameOf(row)}`, row])).values()]
  const { errors, rows } = await checkTold(tx, order, each)
  if (errors.length) return { sent: 0, known: 0, errors }
  const now = clock.now()
  const made = await insertParcels(
    tx,
    rows.map(({ told: { carrier, trackingNumber }, found: { shipment } }) => ({
      shipmentId: shipment.id,
      carrier,
      trackingNumber,
      by: actorTag(actor),
      at: now,
    })),
  )
  const byId = new Map(rows.map(({ found }) => [found.shipment.id, found]))
  const fresh = grouped(made, ({ shipmentId }) => shipmentId)
  await moveShipments(tx, [...fresh.keys()], ['to-pack'], { state: 'sent', sentAt: now })
  const sold = await campaignCard(tx, order.campaignId)
  if (!sold) throw new Error(`order ${order.number} has no style`)
  const letters = [...fresh].flatMap(([id, parcels]) => {
    const own = byId.get(id)
    return own ? [parcelLetter(own, { parcels, style: sold.card, orderId: order.id })] : []
  })
  await queueLetters(tx, letters.map(withNotice(baseUrl)), now, engines.vault)
  return { sent: made.length, known: rows.length - made.length, errors: [] }
}
