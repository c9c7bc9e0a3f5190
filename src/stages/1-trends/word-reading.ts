/** What mining reads of the database, and what it makes of it. Runs in a thread: a year of titles takes seconds. */
import { grouped, type Localized } from '../../core/values.ts'
import type { Reader } from '../../db/database.ts'
import { normalise, openMatcher, type Matcher } from './matching.ts'
import { seasonLift, structuralRise, type Counts } from './scoring.ts'
import {
  exposureOf,
  KEPT_WEEKS,
  openSeries,
  openTerms,
  saidWeeks,
  sourceNames,
  titlesOfWeek,
  type SourceWeek,
} from './store/words.ts'
import { addWeeks, weeksBetween, weeksFrom } from './weeks.ts'
import { NO_EVIDENCE, OPEN, type FoundWord, type Said, type WordEvidence } from './words.ts'
import type { Term } from './vocabulary/term.ts'
import { openWeek } from './mining/counting.ts'
import { findWords, type Found, type Mined } from './mining/finding.ts'
import { openGate } from './mining/gate.ts'
import { minedTitle, type MinedTitle } from './mining/titles.ts'

/** What is known already. */
export interface Known {
  terms: readonly Term[]
  decided: readonly string[]
}

/** What was said in a week of a source. */
export async function countWeek(db: Reader, { terms }: Known, { sourceId, week }: SourceWeek): Promise<Said> {
  const matcher = openMatcher(terms)
  const counting = openWeek()
  const gate = openGate((title) => counting.take(title, title.day))
  for await (const titles of titlesOfWeek(db, week, sourceId))
    for (const { title: raw, ...rest } of titles) gate.pass(minedTitle({ ...rest, raw, source: sourceId }, matcher))
  gate.end()
  return counting.said()
}

/** Titles that are looked at for how words stand beside others: enough to tell, and no more than fit. */
const MOST_TITLES = 20_000
const MOST_READ = 400_000
const MOST_LEARNED = 20_000

interface Read {
  titles: MinedTitle[]
  all: MinedTitle[]
}

/** The newest titles of the last year that speak of clothing. */
async function recentTitles(db: Reader, week: string, matcher: Matcher): Promise<Read> {
  const read: Read = { titles: [], all: [] }
  const gate = openGate((title) => {
    if (read.titles.length < MOST_TITLES) read.titles.push(title)
  })
  let looked = 0
  for (const one of weeksFrom(addWeeks(week, 1 - KEPT_WEEKS), week).toReversed()) {
    for await (const rows of titlesOfWeek(db, one))
      for (const { title: raw, sourceId, ...rest } of rows) {
        looked++
        const title = minedTitle({ ...rest, raw, source: sourceId }, matcher)
        if (read.all.length < MOST_LEARNED) read.all.push(title)
        gate.pass(title)
      }
    if (looked >= MOST_READ || read.titles.length >= MOST_TITLES) break
  }
  gate.end()
  return read
}

interface SaidHistory {
  weeks: readonly string[]
  /** Of a source, week by week. */
  exposure: ReadonlyMap<string, readonly number[]>
  said: ReadonlyMap<string, ReadonlyMap<string, number>>[]
  countsOf(word: string): Counts[]
}

async function saidHistory(db: Reader, week: string): Promise<SaidHistory> {
  const weeks = weeksFrom(addWeeks(week, 1 - KEPT_WEEKS), week)
  const exposure = new Map<string, number[]>()
  for (const { sourceId, week: at, items } of await exposureOf(db, weeks[0] ?? week, week)) {
    const own = exposure.get(sourceId) ?? weeks.map(() => 0)
    own[weeksBetween(weeks[0] ?? week, at)] = items
    exposure.set(sourceId, own)
  }
  const said: Map<string, Map<string, number>>[] = []
  for await (const rows of saidWeeks(db, weeks))
    said.push(
      new Map(
        rows.map((row) => [
          row.sourceId,
          new Map(Object.entries(row.said).map(([word, [stories]]) => [word, stories])),
        ]),
      ),
    )
  return {
    weeks,
    exposure,
    said,
    countsOf: (word) =>
      [...exposure].map(([sourceId, own]) => ({
        count: said.map((bySource) => bySource.get(sourceId)?.get(word) ?? 0),
        exposure: own,
      })),
  }
}

const YEAR = 52
const MOST_ITEMS = 5
const MOST_BESIDE = 8

function besideOf({ titles, word }: Found, byId: ReadonlyMap<string, Term>): WordEvidence['beside'] {
  const times = new Map<string, number>()
  for (const { terms } of titles) for (const term of terms) times.set(term, (times.get(term) ?? 0) + 1)
  return [...times]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .flatMap(([term, n]): WordEvidence['beside'] => {
      const known = byId.get(term)
      const inside = known && [...known.zh, ...known.en].some((spelled) => word.includes(normalise(spelled)))
      return known && !inside ? [{ term, label: known.label, times: n }] : []
    })
    .slice(0, MOST_BESIDE)
}

function evidenceOf(
  found: Found,
  { weeks, exposure, countsOf }: SaidHistory,
  { matcher, byId, names }: { matcher: Matcher; byId: ReadonlyMap<string, Term>; names: ReadonlyMap<string, string> },
): WordEvidence {
  const counts = countsOf(found.word)
  const series = weeks.map((week, i) => {
    const spoke = [...exposure.values()].some((own) => (own[i] ?? 0) > 0)
    return { week, value: spoke ? counts.reduce((sum, { count }) => sum + (count[i] ?? 0), 0) : null }
  })
  const newest = [...found.titles].sort((a, b) => (a.day > b.day ? -1 : 1))
  const once = [...new Map(newest.toReversed().map((title) => [title.text, title])).values()].toReversed()
  const label = ({ id, label: said }: Term): { term: string; label: Localized } => ({ term: id, label: said })
  return {
    series: series.slice(-YEAR),
    measure: 'counts',
    items: once.slice(0, MOST_ITEMS).map(({ raw, url, day, source }) => ({
      title: raw,
      url,
      day,
      source: names.get(source) ?? source,
    })),
    beside: besideOf(found, byId),
    inside: matcher.hits(found.word).map(({ term }) => label(term)),
    aliases: found.aliases,
    sources: [...new Set(found.titles.map(({ source }) => names.get(source) ?? source))],
    counts: {
      recent: found.burst.recent,
      expected: found.burst.expected,
      stories: found.stories,
      days: found.days,
    },
  }
}

const OPEN_HISTORY = 208
const FEW = 20
const MOST_COLUMNS = 50
const LEAST_CHANGE = 0.05
const average = (values: readonly (number | undefined)[]): number | null => {
  const known = values.filter((value) => value !== undefined)
  return known.length ? known.reduce((a, b) => a + b, 0) / known.length : null
}

/** Columns that no term is named by, and whose season is coming or that rise. */
async function openColumns(
  db: Reader,
  week: string,
  {
    matcher,
    names,
    decided,
  }: {
    matcher: Matcher
    names: ReadonlyMap<string, string>
    decided: ReadonlySet<string>
  },
): Promise<FoundWord[]> {
  const from = addWeeks(week, 1 - OPEN_HISTORY)
  const history = weeksFrom(from, week)
  const found: FoundWord[] = []
  let last = OPEN
  for (;;) {
    const terms = await openTerms(db, last, FEW)
    if (!terms.length) break
    last = terms.at(-1) ?? ''
    for (const [term, rows] of grouped(await openSeries(db, terms, from, week), (row) => row.term)) {
      const word = term.slice(OPEN.length)
      if (decided.has(word)) continue
      const all = [...grouped(rows, (row) => row.sourceId)].map(([sourceId, own]) => {
        const values = new Map(own.map((row) => [row.week, row.value]))
        const first = history.findIndex((each) => values.has(each))
        return { sourceId, y: history.slice(Math.max(0, first)).map((each) => values.get(each)), values }
      })
      const [lift, rise] = [average(all.map(({ y }) => seasonLift(y))), average(all.map(({ y }) => structuralRise(y)))]
      if (Math.max(lift ?? 0, rise ?? 0) <= LEAST_CHANGE) continue
      const longest = all.reduce((a, b) => (b.values.size > a.values.size ? b : a))
      found.push({
        word,
        origin: 'column',
        burst: null,
        confidence: null,
        lift,
        rise,
        week,
        evidence: {
          ...NO_EVIDENCE,
          measure: 'interest',
          series: history.slice(-YEAR).map((each) => ({ week: each, value: longest.values.get(each) ?? null })),
          inside: matcher.hits(word).map((hit) => ({ term: hit.term.id, label: hit.term.label })),
          sources: all.map(({ sourceId }) => names.get(sourceId) ?? sourceId),
        },
      })
    }
  }
  const strength = ({ lift, rise }: FoundWord) => Math.max(lift ?? 0, rise ?? 0)
  return found.sort((a, b) => strength(b) - strength(a) || (a.word < b.word ? -1 : 1)).slice(0, MOST_COLUMNS)
}

/** The new words of a week, with what they rest on. */
export async function newWordsOf(db: Reader, { terms, decided }: Known, week: string): Promise<FoundWord[]> {
  const matcher = openMatcher(terms)
  const byId = new Map(terms.map((term) => [term.id, term]))
  const names = await sourceNames(db)
  const spelled = new Set([...terms.flatMap(({ zh, en }) => [...zh, ...en]), ...decided].map(normalise))
  const { titles, all } = await recentTitles(db, week, matcher)
  const history = await saidHistory(db, week)
  const mined: Mined = {
    week,
    titles,
    all,
    countsOf: history.countsOf,
    matcher,
    terms,
    isKnown: (word) => spelled.has(word) || spelled.has(word.replaceAll(' ', '-')),
  }
  const said = findWords(mined).map((found): FoundWord => ({
    word: found.word,
    origin: found.origin,
    burst: found.burst.burst,
    confidence: found.burst.confidence,
    lift: null,
    rise: null,
    week,
    evidence: evidenceOf(found, history, { matcher, byId, names }),
  }))
  const columns = await openColumns(db, week, { matcher, names, decided: new Set(decided) })
  const taken = new Set(said.map(({ word }) => word))
  return [...said, ...columns.filter(({ word }) => !taken.has(word))]
}
