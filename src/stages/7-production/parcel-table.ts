/** Lists of shipments as warehouses send and take them: CSV in any encoding, or .xlsx. */
import type { Sheet } from '../../engines/ports.ts'
import { refused } from './messages.ts'
import type { ToldParcel } from './recording.ts'

const COLUMNS = ['order', 'carrier', 'tracking_number'] as const
type Column = (typeof COLUMNS)[number]

/** What lists call the columns. */
const CALLED: Readonly<Record<string, Column>> = {
  order: 'order',
  order_number: 'order',
  shipment: 'order',
  单号: 'order',
  订单号: 'order',
  订单编号: 'order',
  发货单号: 'order',
  carrier: 'carrier',
  courier: 'carrier',
  承运商: 'carrier',
  快递公司: 'carrier',
  物流公司: 'carrier',
  tracking_number: 'tracking_number',
  tracking: 'tracking_number',
  运单号: 'tracking_number',
  快递单号: 'tracking_number',
  物流单号: 'tracking_number',
}
/** Parcels of one list: they are taken in one transaction, while pre-orders wait for it. */
export const MOST_PARCELS = 2000

const headerOf = (cell: string): string =>
  cell
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')

/**
 * A warehouse sends its list back with what has left filled in: a row with neither carrier nor number has not.
 * @throws Problem 422 `parcels.list` when it is no such list
 */
export function readParcels({ rows }: Pick<Sheet, 'rows'>): { told: ToldParcel[]; open: number } {
  const lines = rows
    .map((cells, index) => ({ cells, line: index + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim()))
  const [head, ...data] = lines
  const headers = (head?.cells ?? []).map((cell) => CALLED[headerOf(cell)])
  const missing = COLUMNS.filter((column) => !headers.includes(column))
  if (missing.length)
    throw refused(
      'parcels.list#columns',
      { missing: { en: missing.join(', '), zh: missing.join('、') } },
      { field: 'file' },
    )
  if (!data.length) throw refused('parcels.list#empty', undefined, { field: 'file' })
  if (data.length > MOST_PARCELS)
    throw refused('parcels.list#rows', { rows: data.length, most: MOST_PARCELS }, { field: 'file' })
  const told = data.map(({ cells, line }) => {
    const cell = (column: Column): string => (cells[headers.indexOf(column)] ?? '').trim()
    return {
      line,
      shipment: cell('order').toUpperCase(),
      carrier: cell('carrier'),
      trackingNumber: cell('tracking_number'),
    }
  })
  const sent = told.filter(({ carrier, trackingNumber }) => carrier || trackingNumber)
  return { told: sent, open: new Set(told.filter((row) => !sent.includes(row)).map(({ shipment }) => shipment)).size }
}
