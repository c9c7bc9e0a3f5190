import { z } from 'zod'
import {
  isWinner,
  observe,
  REORDER_WINDOW_DAYS,
  reorderUnits,
  robustPace,
  stopLosers,
  type Rate,
} from '../../core/forecast.ts'
import { believed, chanceOfGoal, type Chance, type LaunchBelief } from '../../core/reach.ts'
import { DAY } from '../../core/values.ts'

export type Verdict = 'winner' | 'steady' | 'loser'

/** A proposal as the API tells it. */
export const reorderView = z.looseObject({
  id: z.string(),
  campaignId: z.string(),
  lot: z.int(),
  state: z.string(),
  units: z.int(),
  verdict: z.string(),
  inputs: z.looseObject({}),
})

/** Pre-orders as demand counts them: the hour in which they were confirmed, how many and of how many units. */
export interface Sale {
  at: Date
  orders: number
  units: number
}

/** Orders and units of them all. */
const soldIn = (sales: readonly Sale[]): { orders: number; units: number } => ({
  orders: sales.reduce((sum, sale) => sum + sale.orders, 0),
  units: sales.reduce((sum, sale) => sum + sale.units, 0),
})

/** Service level of the capacity to reserve: four times out of five it is enough. */
export const SERVICE_LEVEL = 0.8
/** A campaign is judged a loser after this share of its window at the earliest. */
const JUDGE_AFTER = 0.2
/** A slow campaign sells a third of what it takes to reach the threshold. */
const SLOW = 1 / 3

/** Units per 24 hours, oldest first, ending now; at most the last {@link REORDER_WINDOW_DAYS}. */
export function perDay(sales: readonly Sale[], from: Date, now: Date): number[] {
  const days = Math.min(REORDER_WINDOW_DAYS, Math.max(1, Math.ceil((now.getTime() - from.getTime()) / DAY)))
  const units = Array.from({ length: days }, () => 0)
  for (const sale of sales) {
    // An hour counts by its beginning; the first of a campaign by the campaign's.
    const age = Math.floor((now.getTime() - Math.max(sale.at.getTime(), from.getTime())) / DAY)
    if (age >= 0 && age < days) units[days - 1 - age] = (units[days - 1 - age] ?? 0) + sale.units
  }
  return units
}

export interface ReorderFacts {
  now: Date
  opensAt: Date
  closesAt: Date
  thresholdUnits: number
  minBuyers: number
  /** Verified units over all lots, and those gathered for the next. */
  totalUnits: number
  lotUnits: number
  lastLotAt: Date
  /** Confirmed pre-orders since the campaign opened. */
  sales: readonly Sale[]
  /** Belief about units per whole window, and about buyers and what they take, from closed campaigns. */
  rate: Rate
  learned: LaunchBelief | undefined
  everyDays: number
  minUnits: number
  leadDays: number
}

/** What a proposal was computed from and what came out; stored with it. */
export interface ReorderInputs {
  [key: string]: unknown
  gathered: number
  daysSinceLastLot: number
  perDay: number[]
  pace: number
  rate: Rate
  /** Units by the closing date. */
  expectedAtClose: Chance['units']
  /** Capacity to have the factory keep free until the reorder after this one could arrive. */
  reserveUnits: number
  verdict: Verdict
}

/** Is the next lot due: enough has gathered, or long enough has passed since the last one and something has. */
export const reorderDue = ({
  lotUnits,
  minUnits,
  everyDays,
  lastLotAt,
  now,
}: Pick<ReorderFacts, 'lotUnits' | 'minUnits' | 'everyDays' | 'lastLotAt' | 'now'>): boolean =>
  lotUnits >= minUnits || (lotUnits > 0 && now.getTime() - lastLotAt.getTime() >= everyDays * DAY)

/**
 * Small and soon: the lot itself is exactly what has been pre-ordered, because nothing is cut before it is sold. The
 * mathematics says how much capacity to reserve for what will come, and whether the style is winning.
 */
export function reorderInputs(facts: ReorderFacts): ReorderInputs {
  const { now, opensAt, closesAt, rate, sales } = facts
  const windowDays = Math.max(1, (closesAt.getTime() - opensAt.getTime()) / DAY)
  const elapsedDays = Math.min(windowDays, Math.max(0.01, (now.getTime() - opensAt.getTime()) / DAY))
  const days = perDay(sales, opensAt, now)
  // A rate per window becomes a rate per day: the same a, and b in days.
  const daily: Rate = { a: rate.a, b: rate.b * windowDays }
  const elapsed = elapsedDays / windowDays
  const base = facts.thresholdUnits / windowDays
  const { orders, units } = soldIn(sales)
  const size = orders ? units / orders : 1
  const goal = { units: facts.thresholdUnits, buyers: facts.minBuyers }
  const expected = chanceOfGoal(believed(facts.learned, goal), { buyers: orders, units }, elapsed, goal)
  // Orders arrive one by one, units in handfuls: the test counts orders, against the rate the threshold asks for; a
  // winner is expected at about twice that.
  const wins = isWinner({ units: orders, time: elapsedDays }, base / size, { a: 2, b: size / base })
  return {
    gathered: facts.lotUnits,
    daysSinceLastLot: Math.round(((now.getTime() - facts.lastLotAt.getTime()) / DAY) * 10) / 10,
    perDay: days,
    pace: Math.round(robustPace(days) * 100) / 100,
    rate: observe(rate, facts.totalUnits, elapsed),
    expectedAtClose: expected.units,
    reserveUnits: reorderUnits({
      rate: daily,
      windowUnits: days.reduce((sum, each) => sum + each, 0),
      windowDays: days.length,
      everyDays: facts.everyDays,
      leadDays: facts.leadDays,
      ratio: SERVICE_LEVEL,
    }),
    verdict: wins ? 'winner' : 'steady',
  }
}

export interface LoserInputs {
  [key: string]: unknown
  orders: number
  units: number
  days: number
  unitsPerOrder: number
  score: number
  lower: number
  chance: Chance
  verdict: 'loser'
}

/**
 * A campaign that will not make it, said early so that its buyers need not wait: Wald's test of "a third of the pace
 * the threshold asks for" against that pace, on orders (units come in handfuls and would make it over-sure).
 * @param usualUnitsPerOrder of all campaigns, for one that has no orders yet
 * @returns undefined while nothing can be said
 */
export function loserInputs(
  facts: Pick<ReorderFacts, 'now' | 'opensAt' | 'closesAt' | 'thresholdUnits' | 'minBuyers' | 'sales' | 'learned'>,
  usualUnitsPerOrder: number,
): LoserInputs | undefined {
  const { now, opensAt, closesAt, sales } = facts
  const windowDays = (closesAt.getTime() - opensAt.getTime()) / DAY
  const days = (now.getTime() - opensAt.getTime()) / DAY
  if (days < JUDGE_AFTER * windowDays) return undefined
  const { orders, units } = soldIn(sales)
  const unitsPerOrder = orders ? units / orders : Math.max(1, usualUnitsPerOrder)
  const good = facts.thresholdUnits / unitsPerOrder / windowDays
  const test = stopLosers({ units: orders, time: days }, { slow: good * SLOW, good })
  if (test.verdict !== 'loser') return undefined
  const goal = { units: facts.thresholdUnits, buyers: facts.minBuyers }
  const elapsed = days / windowDays
  return {
    orders,
    units,
    days: Math.round(days * 10) / 10,
    unitsPerOrder: Math.round(unitsPerOrder * 100) / 100,
    score: test.score,
    lower: test.lower,
    chance: chanceOfGoal(believed(facts.learned, goal), { buyers: orders, units }, elapsed, goal),
    verdict: 'loser',
  }
}
