import type { AuditRule, Difference } from '../5-demand/door.ts'
import { ordersWithLots } from './store/cancellations.ts'

/** The counters that production orders keep, and the rule that the audit of demand holds against them. */
export const COUNTERS = { 'production_orders.units': 'order.units: its lot’s units' } as const

/** An order was made from its lot: what differs here is told and never "set right". */
export const auditOrders: AuditRule = {
  async differences(db) {
    const found: Difference[] = []
    for await (const { campaignId, number, units, lotUnits } of ordersWithLots(db))
      if (units !== lotUnits)
        found.push({ campaignId, about: number, field: 'order.units', counted: units, ledger: lotUnits })
    return found
  },
}
