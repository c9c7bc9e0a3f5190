/** Units sold, product by product, become units of each term in each week. */
import { DAY, weekOf, type Localized } from '../../core/values.ts'
import type { FeedSeries } from '../../engines/ports.ts'
import type { Matcher } from './matching.ts'
import { words } from './messages.ts'
import type { WeekValue } from './series.ts'
import { weekOfSpan, weeksFrom } from './weeks.ts'

/** Monday to Sunday. */
const DAYS = 7
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY)

export interface SalesWeeks {
  series: { term: string; weeks: WeekValue[] }[]
  unknown: string[]
  covers: { first: string; last: string } | undefined
  /** Of a table by the day: every day from its first to its last, those too on which nothing was sold. */
  days: SoldDay[] | undefined
  notes: Localized[]
}

export interface SoldDay {
  day: string
  /** By term. */
  units: Readonly<Record<string, number>>
}

const dayAfter = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY).toISOString().slice(0, 10)

/** The days of a table, each with what its products count for. */
function daysOf(products: readonly FeedSeries[], matcher: Matcher, first: string, last: string): SoldDay[] {
  const all = Array.from({ length: daysBetween(first, last) + 1 }, (_, n) => dayAfter(first, n))
  const byDay = new Map(all.map((day) => [day, {} as Record<string, number>]))
  for (const { term: name, points } of products)
    for (const id of new Set(matcher.hits(name).map(({ term }) => term.id)))
      for (const { day, value } of points) {
        const units = byDay.get(day)
        if (units) units[id] = (units[id] ?? 0) + value
      }
  return [...byDay].map(([day, units]) => ({ day, units }))
}

/**
 * A source's weeks from the days it has told of. A week counts when it has all seven; where the source has no whole week
 * at all, what there is of one is taken for it. Some days of a week that is known whole do not change it.
 * @param stored what is known of each term, from these days and from tables by week
 * @returns every term's weeks, and the weeks that wait for more days with how many they have
 */
export function weeksOfDays(
  days: readonly SoldDay[],
  stored: ReadonlyMap<string, readonly WeekValue[]>,
): { series: Map<string, WeekValue[]>; waiting: Map<string, number>; whole: boolean } {
  const byWeek = new Map<string, SoldDay[]>()
  for (const each of days) byWeek.set(weekOf(each.day), [...(byWeek.get(weekOf(each.day)) ?? []), each])
  const told = [...stored.values()].flat().filter((point) => point.days >= DAYS)
  const incomplete = [...byWeek].filter(([, own]) => own.length < DAYS)
  const whole = told.length > 0 || incomplete.length < byWeek.size
  const counted = new Map([...byWeek].filter(([, own]) => own.length === DAYS || !whole))
  const terms = new Set(days.flatMap(({ units }) => Object.keys(units)))
  const series = [...new Set([...stored.keys(), ...terms])].map((term): [string, WeekValue[]] => {
    const outside = (stored.get(term) ?? []).filter((point) => point.days >= DAYS && !counted.has(point.week))
    const own = [...counted].map(([week, each]) => ({
      week,
      value: each.reduce((sum, { units }) => sum + (units[term] ?? 0), 0),
      days: each.length,
    }))
    return [term, [...outside, ...(terms.has(term) ? own : [])].sort((a, b) => (a.week < b.week ? -1 : 1))]
  })
  return { series: new Map(series), waiting: new Map(incomplete.map(([week, own]) => [week, own.length])), whole }
}

const NOTHING = { series: [], covers: undefined, days: undefined, notes: [] }

/**
 * Units of a day count for its week and are added; a week in which a term sold nothing, though the table speaks of it,
 * is a zero and no gap. A product counts for every term its words name, once.
 */
export function salesWeeks(products: readonly FeedSeries[], matcher: Matcher): SalesWeeks {
  const unknown: string[] = []
  const byTerm = new Map<string, Map<string, number>>()
  const days = products.flatMap(({ points }) => points.map(({ day }) => day)).sort()
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return { ...NOTHING, unknown: products.map(({ term }) => term) }
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
  if (!from || !to) return { ...NOTHING, unknown }
  return {
    series: [...byTerm].map(([term, weeks]) => ({
      term,
      weeks: kept.map((week) => ({ week, value: weeks.get(week) ?? 0, days: DAYS })),
    })),
    unknown,
    covers: { first: from, last: to },
    days: granularity === 'day' ? daysOf(products, matcher, first, last) : undefined,
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
