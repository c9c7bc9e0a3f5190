/** What a warehouse is told of buyers: what a parcel needs, and no more. */
import type { Lang } from '../../core/values.ts'
import { inSlices, type Reader } from '../../db/database.ts'
import { campaignCard } from '../4-storefront/door.ts'
import type { ProductionOrder } from '../6-dispatch/door.ts'
import { toCsv } from './parcel-table.ts'
import { shipmentPage, type Shipment, type ShipmentWithBuyer } from './store/packing.ts'

const COLUMNS = ['order', 'name', 'colour', 'size', 'quantity', 'carrier', 'tracking_number'] as const
const AT_ONCE = 500

/** One row for each variant of each shipment; carrier and number are empty, to be filled in and sent back. */
export async function warehouseList(
  db: Reader,
  order: ProductionOrder,
  { state, lang }: { state: Shipment['state']; lang: Lang },
): Promise<string> {
  const sold = await campaignCard(db, order.campaignId)
  const colour = (id: string): string => sold?.card.colourways.find((each) => each.id === id)?.name[lang] ?? id
  const rows: (string | number)[][] = [[...COLUMNS]]
  const pages = inSlices<ShipmentWithBuyer>(
    (last, limit) => shipmentPage(db, { orderId: order.id, states: [state], after: last?.shipment.id, limit }),
    AT_ONCE,
  )
  for await (const some of pages)
    for (const { shipment, buyer } of some)
      for (const { colourway, size, quantity } of shipment.lines)
        rows.push([shipment.number, buyer.name, colour(colourway), size, quantity, '', ''])
  return toCsv(rows)
}
