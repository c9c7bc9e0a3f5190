import type { Difference } from '../5-demand/door.ts'
import type { Reader } from '../../db/database.ts'
import { ordersUnlikeLots } from './store.ts'

/** The counters that production orders keep, and the rule that the audit of demand holds against them. */
export const COUNTERS = { 'production_orders.units': 'order.units: its lot’s units' } as const

/** An order was made from its lot: what differs here is told and never "set right". */
export const auditOrders = async (db: Reader): Promise<Difference[]> =>
  (await ordersUnlikeLots(db)).map(({ campaignId, number, units, lotUnits }) => ({
    campaignId,
    about: number,
    field: 'order.units',
    counted: units,
    ledger: lotUnits,
  }))
