/** What whoever packs is told of buyers: what a parcel needs, and no more. */
import { toCsv } from '../../core/csv.ts'
import type { Lang } from '../../core/values.ts'
import { inSlices, type Reader } from '../../db/database.ts'
import type { Vault } from '../../engines/ports.ts'
import type { SlipsInput } from '../../garments/index.ts'
import { campaignCard } from '../4-storefront/door.ts'
import { addressLines, shippingAddressOf, type Shipping } from '../5-demand/door.ts'
import type { ProductionOrder } from '../6-dispatch/door.ts'
import type { ShipmentState } from './shipping.ts'
import { shipmentPage, type Shipment, type ShipmentWithBuyer } from './store/packing.ts'

type Opens = Pick<Vault, 'open'>
const COLUMNS = [
  'order',
  'name',
  'company',
  'phone',
  'country',
  'region',
  'city',
  'district',
  'street',
  'building',
  'postcode',
  'colour',
  'size',
  'quantity',
  'carrier',
  'tracking_number',
] as const
const AT_ONCE = 500

const placeOf = ({ name, company, phone, address }: Partial<Shipping>): string[] => [
  name ?? '',
  company ?? '',
  phone ?? '',
  address?.country ?? '',
  address?.region ?? '',
  address?.city ?? '',
  address?.district ?? '',
  address?.street ?? '',
  address?.more ?? '',
  address?.postcode ?? '',
]

const idsOf = (rows: readonly ShipmentWithBuyer[]): string[] => rows.map(({ buyer }) => buyer.preorderId)

/** One row for each variant of each shipment; carrier and number are empty, to be filled in and sent back. */
export async function warehouseList(
  db: Reader,
  vault: Opens,
  order: ProductionOrder,
  { state, lang }: { state: ShipmentState; lang: Lang },
): Promise<string> {
  const sold = await campaignCard(db, order.campaignId)
  const colour = (id: string): string => sold?.card.colourways.find((each) => each.id === id)?.name[lang] ?? id
  const rows: (string | number)[][] = [[...COLUMNS]]
  const pages = inSlices<ShipmentWithBuyer>(
    (last, limit) => shipmentPage(db, { orderId: order.id, states: [state], after: last?.shipment.id, limit }),
    AT_ONCE,
  )
  for await (const some of pages) {
    const to = await shippingAddressOf(db, vault, idsOf(some))
    for (const { shipment, buyer } of some)
      for (const { colourway, size, quantity } of shipment.lines)
        rows.push([
          shipment.number,
          ...placeOf(to.get(buyer.preorderId) ?? { name: buyer.name }),
          colour(colourway),
          size,
          quantity,
          '',
          '',
        ])
  }
  return toCsv(rows)
}

/** A slip for each shipment, addressed as it is written where the buyer lives. */
export async function slipsFor(
  db: Reader,
  vault: Opens,
  order: ProductionOrder,
  rows: readonly ShipmentWithBuyer[],
): Promise<Pick<SlipsInput, 'style' | 'slips'>> {
  const sold = await campaignCard(db, order.campaignId)
  if (!sold) throw new Error(`order ${order.number} has no style`)
  const to = await shippingAddressOf(db, vault, idsOf(rows))
  const linesOf = ({ lines }: Shipment) =>
    lines.map(({ colourway, size, quantity }) => ({
      colour: sold.card.colourways.find(({ id }) => id === colourway)?.name ?? { zh: colourway, en: colourway },
      size,
      quantity,
    }))
  return {
    style: sold.card.names,
    slips: rows.map(({ shipment, buyer }) => {
      const { name, company, phone, address } = to.get(buyer.preorderId) ?? { name: buyer.name }
      const lines = [name, company, phone, ...(address ? addressLines(address, buyer.lang) : [])]
      return { number: shipment.number, to: lines.filter((line) => line !== undefined), lines: linesOf(shipment) }
    }),
  }
}
