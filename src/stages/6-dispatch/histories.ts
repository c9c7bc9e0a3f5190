/** What a factory is judged by: the orders it took in the last while, counted as they go by. */
import { DAY, grouped } from '../../core/values.ts'
import type { Candidate } from './allocation.ts'
import type { ReportedOn } from './making.ts'

/** An order that a factory took, with what its accepted offer promised. */
export interface Worked {
  id: string
  factoryId: string
  placement: number
  units: number
  acceptedAt: Date
  shippedAt: Date | null
  shipBy: Date
}

/** An order that was called off with its factory. */
interface CalledOff {
  factoryId: string
  side: string
  answeredAt: Date | null
  shipBy: Date
}

const nothing = () => ({ done: 0, late: 0, inspected: 0, failed: 0, leadDays: [] as number[], units: 0 })

export function openHistories(now: Date) {
  const byFactory = new Map<string, ReturnType<typeof nothing>>()
  let orders = 0

  function of(factoryId: string) {
    const known = byFactory.get(factoryId) ?? nothing()
    byFactory.set(factoryId, known)
    return known
  }

  function count({ factoryId, units, acceptedAt, shippedAt, shipBy }: Worked, reports: readonly ReportedOn[]): void {
    const known = of(factoryId)
    orders++
    known.units += units
    // What is overdue counts as late now, or the worst factory would look best until it ships.
    const isOverdue = shippedAt === null && shipBy < now
    if (shippedAt !== null || isOverdue) known.done++
    if (isOverdue || (shippedAt !== null && shippedAt > shipBy)) known.late++
    const result = inspected(reports)
    if (result) known.inspected++
    if (result === 'failed') known.failed++
    if (shippedAt) known.leadDays.push(Math.round(((shippedAt.getTime() - acceptedAt.getTime()) / DAY) * 10) / 10)
  }

  return {
    /** @param reports on any of these orders, in the order of their sequence numbers */
    work(some: readonly Worked[], reports: readonly ReportedOn[]): void {
      const byOrder = grouped(reports, ({ orderId, placement }) => `${orderId} ${placement}`)
      for (const order of some) count(order, byOrder.get(`${order.id} ${order.placement}`) ?? [])
    },
    calledOff(some: readonly CalledOff[]): void {
      for (const off of some) {
        if (!countsAgainst(off)) continue
        const known = of(off.factoryId)
        known.done++
        known.late++
      }
    },
    orders: (): number => orders,
    of(factoryId: string): Pick<Candidate, 'history' | 'recentUnits'> {
      const { units, ...history } = byFactory.get(factoryId) ?? nothing()
      return { history, recentUnits: units }
    },
  }
}

/** An inspection failed when a check was reported as not passed, or the garments went back to finishing after it. */
function inspected(
  reports: readonly { state: string; details: Record<string, unknown> }[],
): 'passed' | 'failed' | undefined {
  const checks = reports.flatMap(({ state, details }, index) => {
    if (state !== 'quality-check') return []
    const wentBack = reports[index + 1]?.state === 'finishing'
    return [details['passed'] === false || wentBack]
  })
  if (!checks.length) return undefined
  return checks.includes(true) ? 'failed' : 'passed'
}

/**
 * An order a factory gave up counts as one that came late: to its buyers garments that never came are no better than
 * late ones, and a factory that drops what it cannot finish must not look punctual. One that the house called off
 * counts neither way, or a fault in our own style would be the factory's; unless its ship-by date had passed by then,
 * or agreeing to a cancellation would wash a delay away.
 */
export const countsAgainst = (off: { side: string; answeredAt: Date | null; shipBy: Date }): boolean =>
  off.side === 'factory' || (off.answeredAt !== null && off.answeredAt > off.shipBy)
