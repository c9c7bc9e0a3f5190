import { DAY, type Minor } from '../../core/values.ts'
import { daysLater } from '../../core/zones.ts'
import type { Reader } from '../../db/database.ts'
import { type House, rulesOf } from '../0-house/door.ts'
import { freeUnits, type AllocationInputs, type Candidate } from './allocation.ts'
import type { LotStyle } from './briefs.ts'
import type { Making } from './making.ts'
import type { DispatchTerms } from './model.ts'
import {
  allFactories,
  calledOffSince,
  cancellationsOf,
  commitments,
  recentWork,
  type Factory,
  type ProductionOrder,
} from './store.ts'

/** The stretch of the past a factory is judged by. */
const HISTORY_DAYS = 90

/** CMT at which a garment of the largest size would just not sell below its cost; null where cost names no CMT. */
function ceilingOf({ lot, sold }: LotStyle): Minor | null {
  const { largest } = sold.version.derived.cost
  const cmt = largest.lines.find(({ key }) => key === 'cmt')
  return cmt ? lot.unitPrice - (largest.total - cmt.amount) : null
}

/** Everything the decision depends on, read at one moment; nothing of it is looked up again. */
export async function allocationInputs(
  db: Reader,
  order: ProductionOrder,
  style: LotStyle,
  { house, terms, now, making }: { house: House; terms: DispatchTerms; now: Date; making: Pick<Making, 'reportsOn'> },
): Promise<Omit<AllocationInputs, 'askedBefore'>> {
  const { lot, sold } = style
  const { category } = sold.version.spec
  const houseRate =
    sold.version.derived.cost.base.lines.find(({ key }) => key === 'cmt')?.amount ?? rulesOf(house).cmt[category]
  const since = new Date(now.getTime() - HISTORY_DAYS * DAY)
  const work = await recentWork(db, since)
  const givenUp = (await calledOffSince(db, since)).filter(countsAgainst)
  const reports = await making.reportsOn(
    db,
    work.map(({ order }) => order.id),
  )
  const committed = await commitments(db)
  const factories = (await allFactories(db)).map((factory): Candidate => {
    const own = work.filter(({ order }) => order.factoryId === factory.id)
    const shipped = own.filter(({ order }) => order.shippedAt !== null)
    // What is overdue counts as late now, or the worst factory would look best until it ships.
    const overdue = own.filter(({ order, shipBy }) => order.shippedAt === null && shipBy < now)
    const late = shipped.filter(({ order, shipBy }) => order.shippedAt && order.shippedAt > shipBy).length
    const lost = givenUp.filter(({ factoryId }) => factoryId === factory.id).length
    const inspections = own.map(({ order }) =>
      inspected(reports.filter(({ orderId, placement }) => orderId === order.id && placement === order.placement)),
    )
    return {
      id: factory.id,
      name: factory.name,
      state: factory.state,
      verified: factory.verifiedAt !== null,
      categories: factory.categories,
      moq: factory.moq,
      maxUnits: factory.maxUnits,
      weeklyCapacity: factory.weeklyCapacity,
      leadDays: factory.leadDays,
      price: factory.rates[category] ?? houseRate,
      currency: factory.currency,
      complianceClass: factory.complianceClass,
      committedUnits: committed.get(factory.id) ?? 0,
      history: {
        done: shipped.length + overdue.length + lost,
        late: late + overdue.length + lost,
        inspected: inspections.filter((result) => result !== undefined).length,
        failed: inspections.filter((result) => result === 'failed').length,
        leadDays: shipped.flatMap(({ order }) =>
          order.shippedAt && order.acceptedAt
            ? [Math.round(((order.shippedAt.getTime() - order.acceptedAt.getTime()) / DAY) * 10) / 10]
            : [],
        ),
      },
      recentUnits: own.reduce((sum, { order }) => sum + order.units, 0),
    }
  })
  return {
    version: 1,
    units: lot.units,
    category,
    safetyClass: sold.version.derived.safetyClass,
    currency: lot.currency,
    now: now.toISOString(),
    shipBy: shipByOf(order.promisedAt, terms, house.timeZone).toISOString(),
    ceiling: ceilingOf(style),
    terms: {
      latePenalty: Math.round((lot.unitPrice * terms.latePenaltyPercent) / 100),
      rework: Math.round((houseRate * terms.reworkPercent) / 100),
      maxSharePercent: terms.maxSharePercent,
      explorationPercent: terms.explorationPercent,
      explorationUnits: terms.explorationUnits,
    },
    recentOrders: work.length,
    excluded: await outOf(db, order.id),
    factories,
  }
}

export const shipByOf = (promisedAt: Date, { shippingDays }: DispatchTerms, timeZone: string): Date =>
  daysLater(promisedAt, -shippingDays, timeZone)

/**
 * Whether a factory still has room for a lot. A ranking may be hours old when its next factory is asked, and lots that are
 * decided about at the same moment do not see each other: capacity is counted again where it is given away.
 */
export async function hasRoom(
  db: Reader,
  { id, weeklyCapacity }: Factory,
  { units, shipBy, now }: { units: number; shipBy: Date; now: Date },
): Promise<boolean> {
  const days = (shipBy.getTime() - now.getTime()) / DAY
  return freeUnits(weeklyCapacity, (await commitments(db)).get(id) ?? 0, days) >= units
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
  if (checks.length === 0) return undefined
  return checks.includes(true) ? 'failed' : 'passed'
}

/** Factories that an order was called off with: they are not asked again for it. */
export const outOf = async (db: Reader, orderId: string): Promise<string[]> =>
  (await cancellationsOf(db, orderId)).filter(({ state }) => state === 'agreed').map(({ factoryId }) => factoryId)

/**
 * An order a factory gave up counts as one that came late: to its buyers garments that never came are no better than
 * late ones, and a factory that drops what it cannot finish must not look punctual. One that the house called off
 * counts neither way, or a fault in our own style would be the factory's; unless its ship-by date had passed by then,
 * or agreeing to a cancellation would wash a delay away.
 */
export const countsAgainst = (off: { side: string; answeredAt: Date | null; shipBy: Date }): boolean =>
  off.side === 'factory' || (off.answeredAt !== null && off.answeredAt > off.shipBy)
