/** Units sold, product by product, become units of each term in each week. */
import { weekOf, type Localized } from '../../core/values.ts'
import type { FeedSeries } from '../../engines/ports.ts'
import type { Matcher } from './matching.ts'
import { words } from './messages.ts'
import type { WeekValue } from './series.ts'
import { weekOfSpan, weeksFrom } from './weeks.ts'

/** Monday to Sunday. */
const DAYS = 7
const DAY_MS = 86_400_000
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

export interface SalesWeeks {
  series: { term: string; weeks: WeekValue[] }[]
  unknown: string[]
  covers: { first: string; last: string } | undefined
  notes: Localized[]
}

/**
 * Units of a day count for its week and are added; a week in which a term sold nothing, though the table speaks of it,
 * is a zero and no gap. A product counts for every term its words name, once.
 */
export function salesWeeks(products: readonly FeedSeries[], matcher: Matcher): SalesWeeks {
  const unknown: string[] = []
  const byTerm = new Map<string, Map<string, number>>()
  const days = products.flatMap(({ points }) => points.map(({ day }) => day)).sort()
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return { series: [], unknown: products.map(({ term }) => term), covers: undefined, notes: [] }
  const granularity = products[0]?.granularity ?? 'day'
  const weekOfDay = granularity === 'week' ? weekOfSpan : weekOf
  for (const { term: name, points } of products) {
    const terms = new Set(matcher.hits(name).map(({ term }) => term.id))
    if (!terms.size) unknown.push(name)
    for (const term of terms) {
      const weeks = byTerm.get(term) ?? new Map<string, number>()
      for (const { day, value } of points)
        if (granularity === 'month') {
          const inMonth = weeksFrom(weekOf(day), weekOf(`${day.slice(0, 7)}-28`))
          for (const week of inMonth) weeks.set(week, (weeks.get(week) ?? 0) + value / inMonth.length)
        } else weeks.set(weekOfDay(day), (weeks.get(weekOfDay(day)) ?? 0) + value)
      byTerm.set(term, weeks)
    }
  }
  const end = granularity === 'month' ? `${last.slice(0, 7)}-28` : last
  const all = weeksFrom(weekOfDay(first), weekOfDay(end))
  const whole = all.filter(
    (week, i) =>
      granularity !== 'day' ||
      ((i > 0 || first === week) && (i < all.length - 1 || daysBetween(week, last) === DAYS - 1)),
  )
  const kept = whole.length ? whole : all
  const [from, to] = [kept[0], kept.at(-1)]
  if (!from || !to) return { series: [], unknown, covers: undefined, notes: [] }
  return {
    series: [...byTerm].map(([term, weeks]) => ({
      term,
      weeks: kept.map((week) => ({ week, value: weeks.get(week) ?? 0, days: DAYS })),
    })),
    unknown,
    covers: { first: from, last: to },
    notes: [
      ...(granularity === 'month' ? [words.all('sales.monthly')] : []),
      ...(whole.length === 0
        ? [words.all('sales.only-part')]
        : whole.length < all.length
          ? [words.all('sales.cut')]
          : []),
    ],
  }
}
