/** Units sold, product by product, become units of each term in each week. */
import { setImmediate } from 'node:timers/promises'
import { DAY, weekOf, type Localized } from '../../core/values.ts'
import { dayAfter } from '../../core/zones.ts'
import type { FeedSeries } from '../../engines/ports.ts'
import type { Matcher } from './matching.ts'
import { words } from './messages.ts'
import type { WeekValue } from './series.ts'
import { weekOfDay, weekOfSpan, weeksFrom } from './weeks.ts'

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

/** A product of a table with the terms that its words name. */
interface Product {
  terms: ReadonlySet<string>
  points: FeedSeries['points']
}

/** Between this many points other requests get their turn. */
const TURN = 5000

/** Look through all points of all products, in turns with others. */
async function through(products: readonly Product[], visit: (product: Product) => void): Promise<void> {
  let points = 0
  for (const product of products) {
    visit(product)
    points += product.points.length * product.terms.size
    if (points < TURN) continue
    points = 0
    await setImmediate()
  }
}

/** The days of a table, each with what its products count for. */
async function daysOf(products: readonly Product[], first: string, last: string): Promise<SoldDay[]> {
  const all = Array.from({ length: daysBetween(first, last) + 1 }, (_, n) => dayAfter(first, n))
  const byDay = new Map(all.map((day) => [day, {} as Record<string, number>]))
  await through(products, ({ terms, points }) => {
    for (const id of terms)
      for (const { day, value } of points) {
        const units = byDay.get(day)
        if (units) units[id] = (units[id] ?? 0) + value
      }
  })
  return [...byDay].map(([day, units]) => ({ day, units }))
}

type Granularity = FeedSeries['granularity']

/** Units of each term in each week; those of a month are spread evenly over its weeks. */
async function unitsOf(products: readonly Product[], granularity: Granularity) {
  const byTerm = new Map<string, Map<string, number>>()
  const weekIn = granularity === 'week' ? weekOfSpan : weekOfDay
  const add = (weeks: Map<string, number>, day: string, value: number) => {
    if (granularity !== 'month') {
      const week = weekIn(day)
      weeks.set(week, (weeks.get(week) ?? 0) + value)
      return
    }
    const inMonth = weeksFrom(weekOfDay(day), weekOfDay(`${day.slice(0, 7)}-28`))
    for (const week of inMonth) weeks.set(week, (weeks.get(week) ?? 0) + value / inMonth.length)
  }
  await through(products, ({ terms, points }) => {
    for (const term of terms) {
      let weeks = byTerm.get(term)
      if (!weeks) byTerm.set(term, (weeks = new Map<string, number>()))
      for (const { day, value } of points) add(weeks, day, value)
    }
  })
  return byTerm
}

/** The weeks of a table, and those of them that it tells whole. */
function weeksOfTable(first: string, last: string, granularity: Granularity): { all: string[]; whole: string[] } {
  const weekIn = granularity === 'week' ? weekOfSpan : weekOfDay
  const end = granularity === 'month' ? `${last.slice(0, 7)}-28` : last
  const all = weeksFrom(weekIn(first), weekIn(end))
  const whole = all.filter(
    (week, i) =>
      granularity !== 'day' ||
      ((i > 0 || first === week) && (i < all.length - 1 || daysBetween(week, last) === DAYS - 1)),
  )
  return { all, whole }
}

/**
 * A source's weeks from the days it has told of. A week counts when it has all seven; where the source has no whole week
 * at all, what there is of one is taken for it. Some days of a week that is known whole do not change it.
 * @param stored what is known of each term, from these days and from tables by week
 * @returns the terms told of, what the weeks of each are, and the weeks that wait for more days with how many they have
 */
export function weeksOfDays(
  days: readonly SoldDay[],
  stored: ReadonlyMap<string, readonly WeekValue[]>,
): { terms: string[]; weeksOf(term: string): WeekValue[]; waiting: Map<string, number>; whole: boolean } {
  const byWeek = new Map<string, SoldDay[]>()
  for (const each of days) {
    const week = weekOf(each.day)
    const known = byWeek.get(week)
    if (known) known.push(each)
    else byWeek.set(week, [each])
  }
  const told = [...stored.values()].some((points) => points.some((point) => point.days >= DAYS))
  const incomplete = [...byWeek].filter(([, own]) => own.length < DAYS)
  const whole = told || incomplete.length < byWeek.size
  const counted = new Map([...byWeek].filter(([, own]) => own.length === DAYS || !whole))
  const sold = new Set(days.flatMap(({ units }) => Object.keys(units)))
  return {
    terms: [...new Set([...stored.keys(), ...sold])],
    weeksOf(term) {
      const outside = (stored.get(term) ?? []).filter((point) => point.days >= DAYS && !counted.has(point.week))
      const own = [...counted].map(([week, each]) => ({
        week,
        value: each.reduce((sum, { units }) => sum + (units[term] ?? 0), 0),
        days: each.length,
      }))
      return [...outside, ...(sold.has(term) ? own : [])].sort((a, b) => (a.week < b.week ? -1 : 1))
    },
    waiting: new Map(incomplete.map(([week, own]) => [week, own.length])),
    whole,
  }
}

const NOTHING = { series: [], covers: undefined, days: undefined, notes: [] }

/**
 * Units of a day count for its week and are added; a week in which a term sold nothing, though the table speaks of it,
 * is a zero and no gap. A product counts for every term its words name, once.
 */
export async function salesWeeks(all: readonly FeedSeries[], matcher: Matcher): Promise<SalesWeeks> {
  const products = all.map(({ term, points }) => ({
    terms: new Set(matcher.hits(term).map((hit) => hit.term.id)),
    points,
  }))
  const unknown = all.filter((_, i) => !products[i]?.terms.size).map(({ term }) => term)
  // The points of each stand in their order.
  const firsts = all.flatMap(({ points }) => points[0]?.day ?? [])
  const lasts = all.flatMap(({ points }) => points.at(-1)?.day ?? [])
  const [first, last] = [firsts.sort()[0], lasts.sort().at(-1)]
  if (!first || !last) return { ...NOTHING, unknown: all.map(({ term }) => term) }
  const granularity = all[0]?.granularity ?? 'day'
  const byTerm = await unitsOf(products, granularity)
  const weeks = weeksOfTable(first, last, granularity)
  const kept = weeks.whole.length ? weeks.whole : weeks.all
  const [from, to] = [kept[0], kept.at(-1)]
  if (!from || !to) return { ...NOTHING, unknown }
  const notes = granularity === 'month' ? [words.all('sales.monthly')] : []
  if (weeks.whole.length === 0) notes.push(words.all('sales.only-part'))
  else if (weeks.whole.length < weeks.all.length) notes.push(words.all('sales.cut'))
  return {
    series: [...byTerm].map(([term, units]) => ({
      term,
      weeks: kept.map((week) => ({ week, value: units.get(week) ?? 0, days: DAYS })),
    })),
    unknown,
    covers: { first: from, last: to },
    days: granularity === 'day' ? await daysOf(products, first, last) : undefined,
    notes,
  }
}
