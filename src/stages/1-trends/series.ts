/** Exports of search interest, folded into ISO weeks and joined with what was stored before. */
import { DAY } from '../../core/values.ts'
import type { FeedSeries } from '../../engines/ports.ts'
import { addWeeks, weekOfDay, weekOfSpan } from './weeks.ts'

export interface WeekValue {
  week: string
  value: number
  days: number
}

/** The weeks whose Thursday lies in the month that begins at `day`: ISO gives a week to the month of its Thursday. */
function weeksOfMonth(day: string): string[] {
  const month = day.slice(0, 7)
  const weeks: string[] = []
  for (let week = weekOfDay(day), n = 0; n < 6; week = addWeeks(week, 1), n++) {
    const thursday = new Date(Date.parse(`${week}T00:00:00Z`) + 3 * DAY).toISOString()
    if (thursday.startsWith(month)) weeks.push(week)
  }
  return weeks
}

const lastDayOf = (day: string, granularity: FeedSeries['granularity']): string => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last =
    granularity === 'month'
      ? Date.UTC(year, month, 0)
      : Date.UTC(year, month - 1, date + (granularity === 'week' ? 6 : 0))
  return new Date(last).toISOString().slice(0, 10)
}

/** Periods that are not over on `today` are not periods: what they hold so far would be taken for all of it. */
export function withoutUnfinished(
  all: readonly FeedSeries[],
  today: string,
): { series: FeedSeries[]; dropped: string[] } {
  const dropped = new Set<string>()
  const known = new Map<string, boolean>()
  const isOver = (day: string, granularity: FeedSeries['granularity']): boolean => {
    const key = `${granularity} ${day}`
    let over = known.get(key)
    if (over === undefined) known.set(key, (over = lastDayOf(day, granularity) < today))
    return over
  }
  const series = all.flatMap((one): FeedSeries[] => {
    const points = one.points.filter(({ day }) => {
      const over = isOver(day, one.granularity)
      if (!over) dropped.add(day)
      return over
    })
    return points.length ? [{ ...one, points }] : []
  })
  return { series, dropped: [...dropped].sort() }
}

/** Days become the mean of their week, weeks keep their value, a month gives its value to each of its weeks. */
export function toWeeks(series: Pick<FeedSeries, 'granularity' | 'points'>): WeekValue[] {
  const byWeek = new Map<string, number[]>()
  const put = (week: string, value: number) => {
    const known = byWeek.get(week)
    if (known) known.push(value)
    else byWeek.set(week, [value])
  }
  for (const { day, value } of series.points)
    if (series.granularity === 'month') for (const week of weeksOfMonth(day)) put(week, value)
    else put(series.granularity === 'week' ? weekOfSpan(day) : weekOfDay(day), value)
  return [...byWeek]
    .map(([week, values]) => ({
      week,
      value: values.reduce((a, b) => a + b, 0) / values.length,
      days: series.granularity === 'day' ? values.length : 7,
    }))
    .sort((a, b) => (a.week < b.week ? -1 : 1))
}

/** Two columns that name the same term (military coat, army coat) are one interest: their values are added. */
export function addSeries(all: readonly (readonly WeekValue[])[]): WeekValue[] {
  const sum = new Map<string, WeekValue>()
  for (const one of all)
    for (const { week, value, days } of one) {
      const before = sum.get(week)
      sum.set(week, { week, value: (before?.value ?? 0) + value, days: Math.max(before?.days ?? 0, days) })
    }
  return [...sum.values()].sort((a, b) => (a.week < b.week ? -1 : 1))
}

const LEAST_OVERLAP = 4
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

/**
 * Every export is scaled to its own greatest value, so an older export's weeks fit a newer one's only after they are
 * brought to its scale by the weeks both have. With fewer than four such weeks they cannot be compared and are
 * dropped (`kept: false`).
 */
export function joinSeries(
  stored: readonly WeekValue[],
  fresh: readonly WeekValue[],
): { weeks: WeekValue[]; kept: boolean } {
  const covered = new Map(fresh.map((point) => [point.week, point.value]))
  const outside = stored.filter((point) => !covered.has(point.week))
  if (!outside.length) return { weeks: [...fresh], kept: true }
  const both = stored.filter((point) => covered.has(point.week))
  const old = both.length ? mean(both.map((point) => point.value)) : 0
  const now = both.length ? mean(both.map((point) => covered.get(point.week) ?? 0)) : 0
  if (both.length < LEAST_OVERLAP || old <= 0 || now <= 0) return { weeks: [...fresh], kept: false }
  const scaled = outside.map((point) => ({ ...point, value: (point.value * now) / old }))
  return { weeks: [...scaled, ...fresh].sort((a, b) => (a.week < b.week ? -1 : 1)), kept: true }
}
