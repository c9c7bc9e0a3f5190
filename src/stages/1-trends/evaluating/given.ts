/** What a file holds that scores can be tried on: a panel of terms over time, titles by day, or how much was said at all. */
import type { FeedContents } from '../../../engines/ports.ts'
import type { Matcher } from '../matching.ts'
import { fingerprintOf } from '../model.ts'
import type { Weekly } from '../scoring.ts'
import { addSeries, toWeeks } from '../series.ts'
import { addWeeks, weekOfDay, weeksFrom } from '../weeks.ts'
import type { CountedTerms } from './bursts.ts'

export interface Panel {
  /** Weeks a year, or months. */
  period: 52 | 12
  first: string
  last: string
  /** In the panel's own periods; undefined = no data. */
  terms: ReadonlyMap<string, Weekly>
  /** The same by the week: a month's weeks have its value. */
  weekly: ReadonlyMap<string, Weekly>
}

export interface Title {
  day: string
  title: string
}

export type Given = { panel: Panel } | { titles: Title[] } | { totals: ReadonlyMap<string, number> }

/** The only column of a table of what was said at all. */
const TOTALS = /total|titles|count|items|总数|条数|合计/i
/** A period in which so many terms are nothing at once has no data. */
const MANY = 5

const monthAfter = (month: string, n: number): string => {
  const [year = 0, at = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, at - 1 + n, 1)).toISOString().slice(0, 7)
}

function monthsFrom(first: string, last: string): string[] {
  const months: string[] = []
  for (let month = first; month <= last; month = monthAfter(month, 1)) months.push(month)
  return months
}

function withoutSilence(terms: ReadonlyMap<string, Weekly>, length: number): Map<string, Weekly> {
  const all = [...terms.values()]
  const silent = Array.from(
    { length },
    (_, t) => all.length >= MANY && all.every((y) => y[t] === undefined || y[t] === 0),
  )
  return new Map([...terms].map(([term, y]) => [term, y.map((value, t) => (silent[t] ? undefined : value))]))
}

function spanned(
  byTerm: ReadonlyMap<string, ReadonlyMap<string, number>>,
  keysFrom: (a: string, b: string) => string[],
) {
  const all = [...new Set([...byTerm.values()].flatMap((values) => [...values.keys()]))].sort()
  const keys = keysFrom(all[0] ?? '', all.at(-1) ?? '')
  const terms = new Map(
    [...byTerm].map(([term, values]): [string, Weekly] => [term, keys.map((key) => values.get(key))]),
  )
  return { keys, terms: withoutSilence(terms, keys.length) }
}

type Series = FeedContents['series']

function panelOf(series: Series): Panel {
  const monthly = series.every(({ granularity }) => granularity === 'month')
  const named = new Map<string, Series[number][]>()
  for (const one of series) {
    const name = one.region ? `${one.term} (${one.region})` : one.term
    named.set(name, [...(named.get(name) ?? []), one])
  }
  const weekly = spanned(
    new Map(
      [...named].map(([name, all]) => [
        name,
        new Map(addSeries(all.map((one) => toWeeks(one))).map(({ week, value }) => [week, value])),
      ]),
    ),
    weeksFrom,
  )
  const own = monthly
    ? spanned(
        new Map(
          [...named].map(([name, all]) => [
            name,
            new Map(all.flatMap(({ points }) => points.map(({ day, value }) => [day.slice(0, 7), value]))),
          ]),
        ),
        monthsFrom,
      )
    : weekly
  return {
    period: monthly ? 12 : 52,
    first: own.keys[0] ?? '',
    last: own.keys.at(-1) ?? '',
    terms: own.terms,
    weekly: weekly.terms,
  }
}

/** Which kind of thing was read. */
export function givenOf({ items, series }: Pick<FeedContents, 'items' | 'series'>): Given | undefined {
  const [only] = series
  if (only && series.length === 1 && only.granularity === 'day' && TOTALS.test(only.term))
    return { totals: new Map(only.points.map(({ day, value }) => [day, value])) }
  if (only) return { panel: panelOf(series) }
  const titles = items.flatMap(({ day, publishedAt, title }) => {
    const when = day ?? publishedAt?.toISOString().slice(0, 10)
    return when ? [{ day: when, title }] : []
  })
  return titles.length ? { titles } : undefined
}

/**
 * Terms counted week by week as the product counts them: near-duplicate titles once a week, beside how much was said.
 * @param totals of each day, where the list says them; else the titles themselves are counted
 */
export function countTerms(
  titles: readonly Title[],
  totals: ReadonlyMap<string, number> | undefined,
  matcher: Matcher,
): CountedTerms & { weeks: string[] } {
  const said = new Map<string, Map<string, Set<string>>>()
  const put = (term: string, week: string, fingerprint: string) => {
    const weeks = said.get(term) ?? new Map<string, Set<string>>()
    said.set(term, weeks.set(week, (weeks.get(week) ?? new Set()).add(fingerprint)))
  }
  for (const { day, title } of titles) {
    const [week, fingerprint] = [weekOfDay(day), fingerprintOf(title)]
    for (const term of ['', ...matcher.terms(title)]) put(term, week, fingerprint)
  }
  const exposed = new Map([...(said.get('') ?? [])].map(([week, all]) => [week, all.size]))
  if (totals) {
    exposed.clear()
    for (const [day, n] of totals) exposed.set(weekOfDay(day), (exposed.get(weekOfDay(day)) ?? 0) + n)
  }
  said.delete('')
  const known = [...exposed.keys()].sort()
  const weeks = known.length ? weeksFrom(known[0] ?? '', known.at(-1) ?? '') : []
  return {
    weeks,
    exposure: weeks.map((week) => exposed.get(week) ?? 0),
    terms: new Map([...said].map(([term, byWeek]) => [term, weeks.map((week) => byWeek.get(week)?.size ?? 0)])),
  }
}

/** The first week that can be asked about: a year after the first, or the one of the day that was given. */
export const askedFrom = (weeks: readonly string[], since: string | undefined): number => {
  const first = weeks[0]
  if (!first) return 0
  const least = addWeeks(first, 52)
  const asked = since === undefined ? least : weekOfDay(since)
  return Math.max(
    0,
    weeks.findIndex((week) => week >= (asked > least ? asked : least)),
  )
}
