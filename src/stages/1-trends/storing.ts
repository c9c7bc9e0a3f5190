/**
 * What was prepared becomes stored items or series, and the weeks it touches are counted anew. A source may send tens of
 * thousands of rows, so all of it goes in slices, each a transaction of its own that leaves everything true; what is
 * stored and not counted yet is marked, and counted by whoever comes next where this process dies in between.
 */
import { setImmediate } from 'node:timers/promises'
import { weekOf, type Localized } from '../../core/values.ts'
import type { Database, Reader, Tx } from '../../db/database.ts'
import { named, type Prepared } from './ingesting.ts'
import { words } from './messages.ts'
import type { NewItem, Stored } from './model.ts'
import { weeksOfDays, type SalesWeeks, type SoldDay } from './sales.ts'
import { joinSeries, type WeekValue } from './series.ts'
import {
  DAYS_PART,
  insertItems,
  knownItems,
  markOf,
  markParts,
  marksOf,
  putCounts,
  SLICE,
  takeMarks,
  titlesOf,
  uncountedSources,
  type CountedWeek,
  type Mark,
  type Title,
} from './store/items.ts'
import { dropSalesDays, putSalesDays, putSeries, salesDaysOf, seriesOfTerms, seriesSizes } from './store/series.ts'
import { termOf } from './vocabulary/index.ts'

interface Added {
  /** Terms the source had not told of before. */
  added: number
  notes: Localized[]
}

type Series = Prepared['series']

/** Rows of a source in slices: others get their turn between two. */
async function* slices<T>(rows: readonly T[], size = SLICE): AsyncGenerator<T[]> {
  for (let at = 0; at < rows.length; at += size) {
    yield rows.slice(at, at + size)
    await setImmediate()
  }
}

/** Store what is new. @returns how many were new */
async function storeItems(db: Database, sourceId: string, items: readonly NewItem[]): Promise<number> {
  let added = 0
  for await (const slice of slices(items)) {
    // Mostly a source sends what it sent an hour ago: that takes no transaction.
    const ids = slice.map(({ externalId }) => externalId)
    const known = await knownItems(db.read, sourceId, ids)
    const fresh = slice.filter(({ externalId }) => !known.has(externalId))
    if (fresh.length) added += await db.write((tx) => insertItems(tx, sourceId, fresh), { atomic: true })
  }
  return added
}

interface Counting {
  week: string
  /** By term, and under '' whatever was said; near-duplicate titles count once a week. */
  said: Map<string, { fingerprints: Set<string>; days: Set<string> }>
}

function note({ said }: Counting, { terms, fingerprint, day }: Title): void {
  for (const term of ['', ...terms]) {
    let known = said.get(term)
    if (!known) said.set(term, (known = { fingerprints: new Set(), days: new Set() }))
    known.fingerprints.add(fingerprint)
    known.days.add(day)
  }
}

const countedWeek = ({ week, said }: Counting): CountedWeek => ({
  week,
  items: said.get('')?.fingerprints.size ?? 0,
  days: said.get('')?.days.size ?? 0,
  terms: [...said]
    .filter(([term]) => term)
    .map(([term, { fingerprints, days }]) => ({ term, value: fingerprints.size, days: days.size })),
})

/** Count some weeks from their titles, a slice at a time. */
async function* countWeeks(db: Reader, sourceId: string, weeks: readonly string[]): AsyncGenerator<CountedWeek> {
  let counting: Counting | undefined
  let last: Title | undefined
  for (;;) {
    const titles = await titlesOf(db, sourceId, weeks, last)
    for (const title of titles) {
      if (counting?.week !== title.week) {
        if (counting) yield countedWeek(counting)
        counting = { week: title.week, said: new Map() }
      }
      note(counting, title)
    }
    last = titles.at(-1)
    if (titles.length < SLICE) break
    await setImmediate()
  }
  if (counting) yield countedWeek(counting)
}

async function recountWeeks(db: Database, sourceId: string, marks: readonly Mark[]): Promise<void> {
  const markOfWeek = new Map(marks.map(({ part, mark }) => [part, mark]))
  let [counted, rows]: [CountedWeek[], number] = [[], 0]
  const flush = async () => {
    const some = counted
    ;[counted, rows] = [[], 0]
    const seen = some.flatMap(({ week }) => markOfWeek.get(week) ?? [])
    if (seen.length) await db.write((tx) => putCounts(tx, sourceId, some, seen), { atomic: true })
    await setImmediate()
  }
  for await (const week of countWeeks(db.read, sourceId, [...markOfWeek.keys()])) {
    counted.push(week)
    rows += week.terms.length + 1
    if (rows >= SLICE) await flush()
  }
  await flush()
}

/** Somebody else may store while we count: then what they stored is counted too, now or by them. */
const MOST_ROUNDS = 5

/** Count the marked weeks of a source anew. */
async function recountItems(db: Database, sourceId: string): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const marks = (await marksOf(db.read, sourceId)).filter(({ part }) => part !== DAYS_PART)
    if (!marks.length) return
    for await (const some of slices(marks)) await recountWeeks(db, sourceId, some)
  }
}

const sameWeeks = (a: readonly WeekValue[], b: readonly WeekValue[]): boolean =>
  a.length === b.length &&
  a.every((one, i) => one.week === b[i]?.week && one.value === b[i]?.value && one.days === b[i]?.days)

/** Terms in slices of about as many weeks as a transaction takes. */
async function* termSlices(terms: Iterable<string>, weeksOf: (term: string) => number): AsyncGenerator<string[]> {
  let [slice, rows]: [string[], number] = [[], 0]
  for (const term of terms) {
    slice.push(term)
    rows += weeksOf(term)
    if (rows < SLICE) continue
    yield slice
    ;[slice, rows] = [[], 0]
    await setImmediate()
  }
  if (slice.length) yield slice
}

/** What is new of some terms' series is written, in place of what is stored. */
async function putChanged(
  tx: Tx,
  sourceId: string,
  fresh: ReadonlyMap<string, readonly WeekValue[]>,
  stored: ReadonlyMap<string, readonly WeekValue[]>,
): Promise<void> {
  const changed = [...fresh].filter(([term, weeks]) => !sameWeeks(weeks, stored.get(term) ?? []))
  await putSeries(tx, sourceId, new Map(changed))
}

async function allDays(db: Reader, sourceId: string): Promise<SoldDay[]> {
  const all: SoldDay[] = []
  for (;;) {
    const some = await salesDaysOf(db, sourceId, all.at(-1)?.day ?? '', DAYS_SLICE)
    all.push(...some)
    if (some.length < DAYS_SLICE) return all
    await setImmediate()
  }
}
/** Days are wide: each has the units of every term. */
const DAYS_SLICE = 100

async function allSeries(db: Reader, sourceId: string): Promise<Map<string, WeekValue[]>> {
  const all = new Map<string, WeekValue[]>()
  const sizes = await seriesSizes(db, sourceId)
  for await (const terms of termSlices(sizes.keys(), (term) => sizes.get(term) ?? 0))
    for (const [term, weeks] of await seriesOfTerms(db, sourceId, terms)) all.set(term, weeks)
  return all
}

type Told = Added & { waiting: ReadonlyMap<string, number> }

/** A source's weeks from its days, once; undefined where more days or weeks came meanwhile. */
async function tellDays(db: Database, sourceId: string): Promise<Told | undefined> {
  const mark = await markOf(db.read, sourceId, DAYS_PART)
  const stored = await allSeries(db.read, sourceId)
  const { terms, weeksOf, waiting, whole } = weeksOfDays(await allDays(db.read, sourceId), stored)
  const sizes = (term: string) => (stored.get(term)?.length ?? 0) + SLICE / 10
  for await (const some of termSlices(terms, sizes)) {
    const fresh = new Map(some.map((term) => [term, weeksOf(term)]))
    const current = await db.write(async (tx) => {
      if ((await markOf(tx, sourceId, DAYS_PART)) !== mark) return false
      // A table by week leaves no mark: what it told of these terms meanwhile is not to be taken back.
      const now = await seriesOfTerms(tx, sourceId, some)
      if (!some.every((term) => sameWeeks(now.get(term) ?? [], stored.get(term) ?? []))) return false
      await putChanged(tx, sourceId, fresh, now)
      return true
    })
    if (!current) return undefined
  }
  if (mark) await db.write((tx) => takeMarks(tx, sourceId, [mark]), { atomic: true })
  const added = terms.filter((term) => !stored.has(term)).length
  return { added, waiting, notes: whole ? [] : [words.all('sales.only-part')] }
}

async function recountDays(db: Database, sourceId: string): Promise<Told> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const told = await tellDays(db, sourceId)
    if (told) return told
  }
  return { added: 0, waiting: new Map(), notes: [] }
}

/** Days of sales: kept each by itself, and the weeks they make up told anew. */
async function storeDays(db: Database, sourceId: string, days: readonly SoldDay[]): Promise<Added> {
  for await (const some of slices(days, DAYS_SLICE))
    await db.write(async (tx) => {
      await putSalesDays(tx, sourceId, some)
      await markParts(tx, sourceId, [DAYS_PART])
    })
  const { added, waiting, notes } = await recountDays(db, sourceId)
  const touched = new Set(days.map(({ day }) => weekOf(day)))
  const short = [...waiting].filter(([week]) => touched.has(week))
  return { added, notes: [...short.map(([week, n]) => words.all('sales.waiting', { week, n: String(n) })), ...notes] }
}

/** Weeks of sales: units are what they are, so they replace what was known of them, whatever it says of a term. */
async function storeWeeks(
  db: Database,
  sourceId: string,
  series: Series,
  covers: NonNullable<SalesWeeks['covers']>,
): Promise<Added> {
  await db.write((tx) => dropSalesDays(tx, sourceId, covers))
  const sizes = await seriesSizes(db.read, sourceId)
  const fresh = new Map(series.map(({ term, weeks }) => [term, weeks]))
  const terms = new Set([...sizes.keys(), ...fresh.keys()])
  for await (const some of termSlices(terms, (term) => (sizes.get(term) ?? 0) + (fresh.get(term)?.length ?? 0)))
    await db.write(async (tx) => {
      const stored = await seriesOfTerms(tx, sourceId, some)
      const joined = some.map((term): [string, WeekValue[]] => {
        const outside = (stored.get(term) ?? []).filter(({ week }) => week < covers.first || week > covers.last)
        return [term, [...outside, ...(fresh.get(term) ?? [])].sort((a, b) => (a.week < b.week ? -1 : 1))]
      })
      await putChanged(tx, sourceId, new Map(joined), stored)
    })
  return { added: [...fresh.keys()].filter((term) => !sizes.has(term)).length, notes: [] }
}

/** An export of search interest, brought together with the older ones. */
async function joinExport(db: Database, sourceId: string, series: Series): Promise<Added> {
  if (!series.length) return { added: 0, notes: [] }
  const fresh = new Map(series.map(({ term, weeks }) => [term, weeks]))
  const sizes = await seriesSizes(db.read, sourceId)
  const rescaled: string[] = []
  for await (const some of termSlices(fresh.keys(), (term) => (sizes.get(term) ?? 0) + (fresh.get(term)?.length ?? 0)))
    rescaled.push(
      ...(await db.write(async (tx) => {
        const stored = await seriesOfTerms(tx, sourceId, some)
        const joined = some.map((term) => ({
          term,
          ...joinSeries(stored.get(term) ?? [], fresh.get(term) ?? []),
        }))
        await putChanged(tx, sourceId, new Map(joined.map(({ term, weeks }) => [term, weeks])), stored)
        return joined.filter(({ kept }) => !kept).map(({ term }) => termOf(term)?.label.en ?? term)
      })),
    )
  return {
    added: [...fresh.keys()].filter((term) => !sizes.has(term)).length,
    notes: rescaled.length ? [words.all('rescaled', { names: named(rescaled) })] : [],
  }
}

/** Store what is new and count the touched weeks anew. The same contents twice change nothing. Outside transactions. */
export async function storePrepared(db: Database, sourceId: string, prepared: Prepared): Promise<Stored> {
  const { days, covers, series } = prepared
  const itemsNew = await storeItems(db, sourceId, prepared.items)
  if (prepared.items.length) await recountItems(db, sourceId)
  const values = () => {
    if (days) return storeDays(db, sourceId, days)
    return covers ? storeWeeks(db, sourceId, series, covers) : joinExport(db, sourceId, series)
  }
  const { added, notes } = await values()
  return { itemsNew: itemsNew + added, notes: [...prepared.notes, ...notes] }
}

/** Count what a process left marked that died while it stored. */
export async function countRest(db: Database): Promise<void> {
  for (const sourceId of await uncountedSources(db.read)) {
    await recountItems(db, sourceId)
    if (await markOf(db.read, sourceId, DAYS_PART)) await recountDays(db, sourceId)
  }
}
