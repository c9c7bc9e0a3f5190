import { DAY, type Minor } from '../../core/values.ts'
import { daysLater } from '../../core/zones.ts'
import type { Reader } from '../../db/database.ts'
import { type House, rulesOf } from '../0-house/door.ts'
import { freeUnits, type AllocationInputs, type Candidate } from './allocation.ts'
import type { LotStyle } from './briefs.ts'
import { openHistories } from './histories.ts'
import type { Making } from './making.ts'
import type { DispatchTerms } from './model.ts'
import { allFactories, type Factory } from './store/factories.ts'
import { calledOffSince, cancellationsOf } from './store/cancellations.ts'
import { commitments, recentWork } from './store/allocations.ts'
import type { ProductionOrder } from './store.ts'

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
  const histories = openHistories(now)
  for await (const some of recentWork(db, since)) {
    const ids = some.map(({ id }) => id)
    histories.work(some, await making.reportsOn(db, ids))
  }
  histories.calledOff(await calledOffSince(db, since))
  const committed = await commitments(db)
  const factories = (await allFactories(db)).map((factory): Candidate => {
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
      ...histories.of(factory.id),
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
    recentOrders: histories.orders(),
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

/** Factories that an order was called off with: they are not asked again for it. */
export const outOf = async (db: Reader, orderId: string): Promise<string[]> =>
  (await cancellationsOf(db, orderId)).filter(({ state }) => state === 'agreed').map(({ factoryId }) => factoryId)
