/** Units sold, product by product, become units of each term in each week. */
import { weekOf, type Localized } from '../../core/values.ts'
import type { FeedSeries } from '../../engines/ports.ts'
import type { Matcher } from './matching.ts'
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

const cut: Localized = {
  en: 'The first or last week stands in the table in part only and was left out; upload whole weeks (Monday to Sunday).',
  zh: '表中首周或末周不完整，已略过；请上传完整的自然周（周一至周日）。',
}
const onlyPart: Localized = {
  en: 'The table holds no whole week (Monday to Sunday): what it has of one is taken for it. Upload whole weeks to see a rise.',
  zh: '表中没有完整的自然周（周一至周日），暂以已有天数代表该周。请上传完整的周，才能看出上升。',
}
const monthly: Localized = {
  en: 'The table is by month: a month’s units are spread evenly over its weeks, so a short burst cannot be seen in it.',
  zh: '销售表按月汇总：当月件数平均分到各周，因此看不出短期爆发。',
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
  for (const { term: words, points } of products) {
    const terms = new Set(matcher.hits(words).map(({ term }) => term.id))
    if (!terms.size) unknown.push(words)
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
      ...(granularity === 'month' ? [monthly] : []),
      ...(whole.length === 0 ? [onlyPart] : whole.length < all.length ? [cut] : []),
    ],
  }
}
