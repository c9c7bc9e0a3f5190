/** One week's trends from what is stored: the series of every term, its scores, its gates and its evidence. Pure. */
import { grouped, type Lang } from '../../core/values.ts'
import { forecast } from './forecasting.ts'
import {
  FLAGS,
  type Flag,
  type Measure,
  type ScoredTrend,
  type TermForecast,
  type TrendEvidence,
  type TrendItem,
} from './model.ts'
import {
  BURST_WEIGHTS,
  burstScore,
  combinedScore,
  countedScores,
  freshBurst,
  kleinbergBursts,
  seasonLift,
  structuralRise,
  type Counts,
  type Weekly,
} from './scoring.ts'
import { termOf } from './vocabulary/index.ts'
import type { Term } from './vocabulary/term.ts'
import { addWeeks, weeksBetween, weeksFrom } from './weeks.ts'

export interface SourceFacts {
  id: string
  name: string
  lang: Lang
  measure: Measure
  /** Its values times this are on the scale of 0 to 100 that scores are made for; 1 where they are not an index. */
  scale?: number
}

/** What a source says of a term in a week. */
export interface Cell {
  term: string
  sourceId: string
  week: string
  value: number
}

/** What all terms are measured against. */
export interface Background {
  sources: readonly SourceFacts[]
  exposures: readonly { sourceId: string; week: string; items: number; days: number }[]
  /** Words of the house's own, beside those of the embedded vocabulary. */
  words?: readonly Term[]
  /** What was published in the scored week and the three before it, and names a term. */
  items: readonly {
    title: string
    url: string | null
    day: string
    week: string
    sourceId: string
    fingerprint: string
    publishedAt: Date
    terms: readonly string[]
  }[]
}

/** Four years: three seasons back, each against the year before it. */
export const HISTORY_WEEKS = 208
export const RECENT_WEEKS = BURST_WEIGHTS.length
const SPARK_WEEKS = 52
const YEAR_WEEKS = 52
/** Gates: said often enough (k~), on more than one day. */
const LEAST_RECENT = 3
const LEAST_DAYS = 2
/** A change of less than five per cent is noise; a burst is claimed when it is more likely than not. */
const LEAST_CHANGE = 0.05
const LEAST_CONFIDENCE = 0.5
const MOST_ITEMS = 5
const MOST_FROM_ONE = 2

interface SourceSeries {
  source: SourceFacts
  /** From the source's first week to the scored one. */
  weeks: readonly string[]
  y: Weekly
  counts: Counts | undefined
}

type Item = Background['items'][number]

function seriesOf(
  source: SourceFacts,
  cells: readonly Cell[],
  exposures: ReadonlyMap<string, { items: number; days: number }>,
  history: readonly string[],
): SourceSeries {
  const values = new Map(cells.map((cell) => [cell.week, cell.value]))
  if (source.measure === 'interest') {
    // A term's interest begins with the export that first named it, whatever the source has of other terms.
    const weeks = history.slice(
      Math.max(
        0,
        history.findIndex((w) => values.has(w)),
      ),
    )
    const { scale = 1 } = source
    const scaled = (value: number | undefined) => (value === undefined ? undefined : value * scale)
    return { source, weeks, y: weeks.map((w) => scaled(values.get(w))), counts: undefined }
  }
  const weeks = history.slice(
    Math.max(
      0,
      history.findIndex((w) => exposures.has(w)),
    ),
  )
  const exposure = weeks.map((w) => exposures.get(w))
  return {
    source,
    weeks,
    // Per seven days of data: half a week, or one with an outage in it, is not a fall.
    y: weeks.map((w, i) => {
      const days = exposure[i]?.days ?? 0
      return days > 0 ? ((values.get(w) ?? 0) * 7) / days : undefined
    }),
    counts: { count: weeks.map((w) => values.get(w) ?? 0), exposure: exposure.map((e) => e?.items ?? 0) },
  }
}

const average = (values: readonly (number | undefined)[]): number | null => {
  const known = values.filter((value) => value !== undefined)
  return known.length ? known.reduce((a, b) => a + b, 0) / known.length : null
}

/** Near-duplicates once, over all sources: a repost is not a second voice. */
function recentVoices(items: readonly Item[], week: string): { recent: number; days: number; sources: Set<string> } {
  const first = new Map<string, Item>()
  for (const item of items) {
    const known = first.get(item.fingerprint)
    if (!known || item.publishedAt < known.publishedAt) first.set(item.fingerprint, item)
  }
  const voices = [...first.values()]
  return {
    recent: voices.reduce((sum, item) => sum + (BURST_WEIGHTS[weeksBetween(item.week, week)] ?? 0), 0),
    days: new Set(voices.map((item) => item.day)).size,
    sources: new Set(items.map((item) => item.sourceId)),
  }
}

/** The newest titles, each once, and not all from one source. */
function topItems(items: readonly Item[], names: ReadonlyMap<string, string>): TrendItem[] {
  const newest = [...items].sort(
    (a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || (a.title < b.title ? -1 : 1),
  )
  const once = [...new Map(newest.toReversed().map((item) => [item.fingerprint, item])).values()].reverse()
  const perSource = new Map<string, number>()
  const spread: Item[] = []
  const rest: Item[] = []
  for (const item of once) {
    const used = perSource.get(item.sourceId) ?? 0
    perSource.set(item.sourceId, used + 1)
    ;(used < MOST_FROM_ONE ? spread : rest).push(item)
  }
  return [...spread, ...rest].slice(0, MOST_ITEMS).map((item) => ({
    title: item.title,
    url: item.url,
    day: item.day,
    source: names.get(item.sourceId) ?? item.sourceId,
  }))
}

interface Shown {
  measure: Measure
  /** Whose interest it is; undefined of mentions. */
  source: SourceFacts | undefined
  /** Every week of the history. */
  y: Weekly
}

/** What is drawn and forecast: search interest where there is any, else the titles of all sources together. */
function shownOf(series: readonly SourceSeries[], history: readonly string[]): Shown {
  const interest = series
    .filter((one) => one.source.measure === 'interest')
    .reduce<SourceSeries | undefined>(
      (best, one) => (!best || one.weeks.length > best.weeks.length ? one : best),
      undefined,
    )
  const shown = interest ? [interest] : series
  // As the source has them: nobody knows an index by our scale.
  const scale = interest?.source.scale ?? 1
  const byWeek = new Map<string, number>()
  for (const one of shown)
    one.weeks.forEach((w, i) => {
      const value = one.y[i]
      if (value !== undefined) byWeek.set(w, (byWeek.get(w) ?? 0) + value / scale)
    })
  return {
    measure: interest ? 'interest' : 'counts',
    source: interest?.source,
    y: history.map((w) => byWeek.get(w)),
  }
}

/** The last year as a sparkline. */
function spark({ measure, y }: Shown, history: readonly string[]): Pick<TrendEvidence, 'series' | 'measure'> {
  const start = Math.max(0, history.length - SPARK_WEEKS)
  return {
    measure,
    series: history.slice(start).map((week, i) => {
      const value = y[start + i]
      return { week, value: value === undefined ? null : Math.round(value * 100) / 100 }
    }),
  }
}

/** Three digits: more are not known. */
const short = (values: readonly number[]): number[] => values.map((value) => Number(value.toPrecision(3)))

function forecastOf({ measure, source, y }: Shown, week: string): TermForecast | undefined {
  const told = forecast(y, YEAR_WEEKS, YEAR_WEEKS)
  if (!told) return undefined
  const { low, mid, high, repeats } = told
  return {
    from: addWeeks(week, 1),
    low: short(low),
    mid: short(mid),
    high: short(high),
    repeats: repeats === undefined ? null : Number(repeats.toFixed(3)),
    measure,
    source: source?.name ?? null,
  }
}

/** Several sources as one, from the first week any has: for the second opinion. */
function together(all: readonly Counts[]): Counts {
  const length = Math.max(0, ...all.map((one) => one.count.length))
  const sum = (pick: (one: Counts) => readonly number[]) =>
    Array.from({ length }, (_, i) =>
      all.reduce((total, one) => total + (pick(one)[i - length + one.count.length] ?? 0), 0),
    )
  return { count: sum((one) => one.count), exposure: sum((one) => one.exposure) }
}

/** Interest of the last month: a source by the month speaks in every fourth or fifth week. */
const recentInterest = (series: readonly SourceSeries[]): number =>
  average(series.filter((one) => one.source.measure === 'interest').flatMap((one) => one.y.slice(-RECENT_WEEKS - 1))) ??
  0

/**
 * How often a term must have been said: after an outage the weeks that there are cannot say as much. Less by the square
 * root of their share, in the first week with data; while there is none nothing is new.
 */
function leastRecent(counted: readonly Counts[]): number {
  const { exposure } = together(counted)
  const said = (ago: number): boolean => (exposure[exposure.length - 1 - ago] ?? 0) > 0
  if (!said(0)) return LEAST_RECENT
  const all = BURST_WEIGHTS.reduce((total, weight) => total + weight, 0)
  const there = BURST_WEIGHTS.reduce((total, weight, ago) => total + (said(ago) ? weight : 0), 0)
  return LEAST_RECENT * Math.sqrt(there / all)
}

/** The second opinion, of any source alone or of all together. */
const isBursting = (counted: readonly Counts[]): boolean =>
  [together(counted), ...(counted.length > 1 ? counted : [])].some((one) => kleinbergBursts(one).at(-1))

/** Lift and rise: each source its own, and their mean. */
function yearlyScores(usable: readonly SourceSeries[]): Pick<ScoredTrend, 'lift' | 'rise'> {
  const each = usable.map(({ y, counts }) =>
    counts ? countedScores(y, counts) : { lift: seasonLift(y), rise: structuralRise(y) },
  )
  return { lift: average(each.map(({ lift }) => lift)), rise: average(each.map(({ rise }) => rise)) }
}

/** What speaks against it. */
function flagsOf(active: readonly SourceSeries[], counted: readonly Counts[], doubted: boolean): Flag[] {
  const said: Readonly<Record<Flag, boolean>> = {
    'single-source': active.length < 2,
    gap: counted.some((one) => one.exposure.slice(-SPARK_WEEKS).includes(0)),
    'burst-doubted': doubted,
    'interest-only': !active.some((one) => one.counts),
    'counts-only': !active.some((one) => !one.counts),
  }
  return FLAGS.filter((flag) => said[flag])
}

/** A burst that is surer than not, beside the second opinion; half of it where that has none. */
function sureBurst(burst: ReturnType<typeof freshBurst>, inBurst: boolean): number | null {
  if (!burst || burst.burst <= 0 || burst.confidence < LEAST_CONFIDENCE) return null
  return burstScore(burst.burst, inBurst) * (inBurst ? 1 : 0.5)
}

/** Coming, rising or bursting: a term that does none of it is no trend, whatever its order. */
const isTrend = ({ lift, rise }: Pick<ScoredTrend, 'lift' | 'rise'>, burst: number | null): boolean =>
  (lift ?? 0) > LEAST_CHANGE || (rise ?? 0) > LEAST_CHANGE || burst !== null

interface Candidate {
  trend: Omit<ScoredTrend, 'rank'>
  order: number
}

/** A term as it is understood: a word of the house's own, or one that the vocabulary brings. */
function knownAs(id: string, own: ReadonlyMap<string, Term>): (Term & { word: Term | null }) | undefined {
  const word = own.get(id) ?? null
  const term = word ?? termOf(id)
  return term && { ...term, word }
}

function assess(
  term: string,
  series: readonly SourceSeries[],
  items: readonly Item[],
  history: readonly string[],
  own: ReadonlyMap<string, Term>,
): Candidate | undefined {
  const week = history.at(-1) ?? ''
  const entry = knownAs(term, own)
  if (!entry) return undefined
  const voices = recentVoices(items, week)
  const counted = series.flatMap((one) => (one.counts ? [one.counts] : []))
  const spoken = voices.recent >= leastRecent(counted) && voices.days >= LEAST_DAYS
  const searched = recentInterest(series) > 0
  if (!spoken && !searched) return undefined
  const usable = series.filter((one) => (one.source.measure === 'interest' ? searched : spoken))
  const burst = spoken ? freshBurst(counted) : undefined
  const inBurst = isBursting(counted)
  const shown = shownOf(series, history)
  const scores = yearlyScores(usable)
  const sure = sureBurst(burst, inBurst)
  if (!isTrend(scores, sure)) return undefined
  const ahead = forecastOf(shown, week)
  const names = new Map(series.map((one) => [one.source.id, one.source.name]))
  const active = series.filter((one) => one.y.slice(-RECENT_WEEKS).some((value) => (value ?? 0) > 0))
  const trend = {
    term,
    week,
    label: entry.label,
    kind: entry.kind,
    word: entry.word,
    ...scores,
    burst: burst?.burst ?? null,
    confidence: burst?.confidence ?? null,
    evidence: {
      ...spark(shown, history),
      items: topItems(items, names),
      sources: active.map((one) => ({
        id: one.source.id,
        name: one.source.name,
        lang: one.source.lang,
        measure: one.source.measure,
        recent: Math.round(((average(one.y.slice(-RECENT_WEEKS)) ?? 0) / (one.source.scale ?? 1)) * 100) / 100,
      })),
      flags: flagsOf(active, counted, (burst?.burst ?? 0) > 0 && !inBurst),
      counts: { recent: voices.recent, expected: burst?.expected ?? null, days: voices.days },
      ...(ahead ? { forecast: ahead } : {}),
    },
  }
  return { trend, order: combinedScore({ ...scores, burst: sure }) }
}

/**
 * Every term that is coming, rising or bursting in `week`, in the combined order.
 * @param cells weekly values up to the scored week, some terms after the other, each with all its sources and weeks: only
 *   what comes of a term is kept, so that a long history of many sources takes little memory
 */
export async function assessWeek(
  week: string,
  background: Background,
  cells: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
): Promise<ScoredTrend[]> {
  const history = weeksFrom(addWeeks(week, 1 - HISTORY_WEEKS), week)
  const sources = new Map(background.sources.map((source) => [source.id, source]))
  const exposures = new Map(
    [...grouped(background.exposures, (row) => row.sourceId)].map(([id, rows]) => [
      id,
      new Map(rows.map((row) => [row.week, { items: row.items, days: row.days }])),
    ]),
  )
  const itemsByTerm = new Map<string, Item[]>()
  for (const item of background.items)
    for (const term of item.terms) {
      const known = itemsByTerm.get(term)
      if (known) known.push(item)
      else itemsByTerm.set(term, [item])
    }
  const candidates: Candidate[] = []
  const own = new Map((background.words ?? []).map((term) => [term.id, term]))
  for await (const some of cells)
    for (const [term, cellsOfTerm] of grouped(some, (cell) => cell.term)) {
      const series = [...grouped(cellsOfTerm, (cell) => cell.sourceId)].flatMap(([id, told]) => {
        const source = sources.get(id)
        return source ? [seriesOf(source, told, exposures.get(id) ?? new Map(), history)] : []
      })
      const candidate = assess(term, series, itemsByTerm.get(term) ?? [], history, own)
      if (candidate) candidates.push(candidate)
    }
  return candidates
    .sort((a, b) => b.order - a.order || (a.trend.term < b.trend.term ? -1 : 1))
    .map(({ trend }, i) => ({ ...trend, rank: i + 1 }))
}
