/** What it costs to order a season at once, and to reorder small and soon, on launches that really sold. */
import { comingUnits, criticalRatio, fitRate, observe, reorderUnits, type Rate } from '../../src/core/forecast.ts'
import { nbQuantile } from '../../src/core/special.ts'
import { DAY } from '../../src/core/values.ts'
import type { Launch } from './sales.ts'

/** A season as this replay has it, in days: what is watched first, and the review and lead time of a reorder. */
export const SEASON = { days: 56, watched: 7, everyDays: 7, leadDays: 7, windowDays: 14 } as const
/** A unit that a buyer did not get costs four times one that is left over. */
const COSTS = { under: 4, over: 1 } as const
const RATIO = criticalRatio(COSTS.under, COSTS.over)
/** A house does not reorder fewer than these. */
const MIN_UNITS = 5

const perDay = ({ at, orders }: Launch): number[] => {
  const units = Array.from({ length: SEASON.days }, () => 0)
  for (const order of orders) {
    const day = Math.floor((order.at.getTime() - at.getTime()) / DAY)
    if (day < SEASON.days) units[day] = (units[day] ?? 0) + order.units
  }
  return units
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** What one launch costs where `order` says each day, before it sells, how many to have made. */
function costOf(daily: readonly number[], order: (day: number, position: number) => number): number {
  const arrives = new Map<number, number>()
  let [stock, onTheWay, lost] = [0, 0, 0]
  for (let day = SEASON.watched; day < SEASON.days; day++) {
    const came = arrives.get(day) ?? 0
    stock += came
    onTheWay -= came
    const more = order(day, stock + onTheWay)
    if (more > 0) {
      const there = day === SEASON.watched ? day : day + SEASON.leadDays
      if (there === day) stock += more
      else {
        arrives.set(there, (arrives.get(there) ?? 0) + more)
        onTheWay += more
      }
    }
    const wanted = daily[day] ?? 0
    lost += Math.max(0, wanted - stock)
    stock = Math.max(0, stock - wanted)
  }
  return COSTS.under * lost + COSTS.over * (stock + onTheWay)
}

export interface ReorderReplay {
  articles: number
  /** Mean cost of an article. */
  oneShot: number
  reorder: number
  /** 1 − reorder / one-shot. */
  saved: number
}

/**
 * The first lot is the same decision at the same moment for both: after the watched days, and it is there at once (the
 * campaign's own lot). One orders the rest of the season with it; the other what is needed until the next reorder can
 * arrive, then looks every few days: below s, up to S.
 * @param split beliefs are learned from the launches whose season was over then
 */
export function replayReorders(launches: readonly Launch[], split: Date): ReorderReplay {
  const earlier = launches.filter(({ at }) => at.getTime() + SEASON.days * DAY <= split.getTime())
  const later = launches.filter(({ at }) => at >= split)
  const rate: Rate = fitRate(earlier.map((launch) => ({ units: sum(perDay(launch)), time: SEASON.days })))
  const costs = later.map((launch) => {
    const daily = perDay(launch)
    const seen = (day: number) => sum(daily.slice(0, day))
    const oneShot = costOf(daily, (day) =>
      day === SEASON.watched ? nbQuantile(comingUnits(observe(rate, seen(day), day), SEASON.days - day), RATIO) : 0,
    )
    const reorder = costOf(daily, (day, position) => {
      if ((day - SEASON.watched) % SEASON.everyDays) return 0
      const windowDays = Math.min(day, SEASON.windowDays)
      const left = SEASON.days - day
      const demandOver = (everyDays: number, leadDays: number) =>
        reorderUnits({
          rate,
          windowUnits: seen(day) - seen(day - windowDays),
          windowDays,
          everyDays,
          leadDays,
          ratio: RATIO,
        })
      // What arrives after the season is left over; the last review orders for what is left of it.
      if (left <= SEASON.leadDays && day !== SEASON.watched) return 0
      const target = demandOver(Math.min(SEASON.everyDays, left - SEASON.leadDays), SEASON.leadDays)
      const missing = target - position
      return missing >= MIN_UNITS ? missing : 0
    })
    return { oneShot, reorder }
  })
  const oneShot = sum(costs.map((each) => each.oneShot)) / costs.length
  const reorder = sum(costs.map((each) => each.reorder)) / costs.length
  return { articles: costs.length, oneShot, reorder, saved: 1 - reorder / oneShot }
}
