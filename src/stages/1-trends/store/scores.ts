/** What a week is scored from, and what came of it: read and written in slices. */
import { and, asc, eq, getTableColumns, gt, gte, inArray, lte, max, sql } from 'drizzle-orm'
import { setImmediate } from 'node:timers/promises'
import { canonicalJson } from '../../../core/canonical.ts'
import { newId } from '../../../core/values.ts'
import { manyRows, placeholders, type Reader, type Tx } from '../../../db/database.ts'
import { HISTORY_WEEKS, RECENT_WEEKS, type Background, type Cell } from '../assessing.ts'
import { measureOf, type ScoredTrend } from '../model.ts'
import { exposures, items, sources, termWeeks, trends } from '../tables.ts'
import { VOCABULARY } from '../vocabulary/index.ts'
import { addWeeks } from '../weeks.ts'
import { SLICE } from './items.ts'
import { decidedWords } from './words.ts'

const inHistory = (column: typeof termWeeks.week | typeof exposures.week, week: string) =>
  and(gte(column, addWeeks(week, 1 - HISTORY_WEEKS)), lte(column, week))

/** Weekly values from which on reckoning takes longer than others should wait for. */
const MANY_CELLS = 20_000
const MANY_ITEMS = 5000

/** Whether so much is known that scoring a week has to be done elsewhere. Looks at no more than it takes to say so. */
export async function isLong(db: Reader, week: string): Promise<boolean> {
  const cells = await db
    .select({ week: termWeeks.week })
    .from(termWeeks)
    .where(inHistory(termWeeks.week, week))
    .orderBy(asc(termWeeks.week))
    .limit(1)
    .offset(MANY_CELLS)
  if (cells.length) return true
  const titles = await db
    .select({ week: items.week })
    .from(items)
    .where(and(gte(items.week, addWeeks(week, 1 - RECENT_WEEKS)), lte(items.week, week)))
    .orderBy(asc(items.week))
    .limit(1)
    .offset(MANY_ITEMS)
  return titles.length > 0
}

/** Titles of the last weeks that name a term, in the order in which they came. */
async function recentItems(db: Reader, week: string): Promise<Background['items']> {
  const found: Background['items'][number][] = []
  const recent = and(gte(items.week, addWeeks(week, 1 - RECENT_WEEKS)), lte(items.week, week))
  let last = ''
  for (;;) {
    const rows = await db
      .select()
      .from(items)
      .where(and(recent, gt(items.id, last)))
      .orderBy(asc(items.id))
      .limit(SLICE)
    for (const { title, url, day, week: own, sourceId, fingerprint, publishedAt, terms } of rows)
      if (terms.length) found.push({ title, url, day, week: own, sourceId, fingerprint, publishedAt, terms })
    last = rows.at(-1)?.id ?? ''
    if (rows.length < SLICE) return found
    await setImmediate()
  }
}

/** Indexes run to 100; this far from it a table is of another scale: a share of one, or units by the thousand. */
const INDEX = { top: 100, least: 50, most: 200 }

/** What brings a source's values to the scale of an index. Units that are few stay few: they are counts, and noisy. */
function scaleOf(format: string, top: number | undefined): number {
  if (!top || (top >= INDEX.least && top <= INDEX.most)) return 1
  return top > INDEX.most || format !== 'sales' ? INDEX.top / top : 1
}

/** The greatest value that each of these sources has of any term. */
async function topsOf(db: Reader, ids: readonly string[], week: string): Promise<Map<string, number>> {
  if (!ids.length) return new Map()
  const rows = await db
    .select({ sourceId: termWeeks.sourceId, top: max(termWeeks.value) })
    .from(termWeeks)
    .where(and(inArray(termWeeks.sourceId, [...ids]), inHistory(termWeeks.week, week)))
    .groupBy(termWeeks.sourceId)
  return new Map(rows.map(({ sourceId, top }) => [sourceId, top ?? 0]))
}

/** What all terms of a week are measured against. */
export async function backgroundOf(db: Reader, week: string): Promise<Background> {
  const known = await db.select().from(sources).orderBy(asc(sources.id))
  const levels = known.filter(({ format }) => measureOf(format) === 'interest')
  const tops = await topsOf(
    db,
    levels.map(({ id }) => id),
    week,
  )
  return {
    sources: known.map(({ id, name, lang, format }) => ({
      id,
      name,
      lang,
      measure: measureOf(format),
      scale: measureOf(format) === 'interest' ? scaleOf(format, tops.get(id)) : 1,
    })),
    exposures: await db
      .select()
      .from(exposures)
      .where(inHistory(exposures.week, week))
      .orderBy(asc(exposures.sourceId), asc(exposures.week)),
    items: await recentItems(db, week),
    words: (await decidedWords(db)).flatMap(({ state, meaning }) => (state === 'accepted' && meaning ? [meaning] : [])),
  }
}

const TERMS = VOCABULARY.map(({ id }) => id)
/** Terms that are read at once: few, because each may have years of weeks in dozens of sources. */
const FEW = 10

/** Weekly values, term by term, in one order: sums of fractions depend on it, and equal input is to give equal scores. */
export async function* cellsOf(db: Reader, week: string): AsyncGenerator<Cell[]> {
  const own = (await decidedWords(db)).flatMap(({ meaning }) => (meaning ? [meaning.id] : []))
  const terms = [...TERMS, ...own].sort()
  for (let at = 0; at < terms.length; at += FEW) {
    yield await db
      .select({ term: termWeeks.term, sourceId: termWeeks.sourceId, week: termWeeks.week, value: termWeeks.value })
      .from(termWeeks)
      .where(and(inArray(termWeeks.term, terms.slice(at, at + FEW)), inHistory(termWeeks.week, week)))
      .orderBy(asc(termWeeks.term), asc(termWeeks.sourceId), asc(termWeeks.week))
    await setImmediate()
  }
}

type TrendRow = typeof trends.$inferSelect

const same = (row: TrendRow, scored: ScoredTrend): boolean => {
  const { id: _, scoredAt: __, ...stored } = row
  return canonicalJson(stored) === canonicalJson(scored)
}

/** What is to be written of a week's scores: those that changed, and the ids of what is no trend any more. */
export interface ChangedTrends {
  changed: ScoredTrend[]
  gone: string[]
}

/** A trend is wide: each has a year of weeks. */
const WIDE = 50

/** Scores beside what is stored of their week. */
export async function changedTrends(db: Reader, week: string, scored: readonly ScoredTrend[]): Promise<ChangedTrends> {
  const rest = new Map(scored.map((one) => [one.term, one]))
  const changed: ScoredTrend[] = []
  const gone: string[] = []
  let last = ''
  for (;;) {
    const rows = await db
      .select()
      .from(trends)
      .where(and(eq(trends.week, week), gt(trends.term, last)))
      .orderBy(asc(trends.term))
      .limit(WIDE)
    for (const row of rows) {
      const one = rest.get(row.term)
      rest.delete(row.term)
      if (one && !same(row, one)) changed.push(one)
      if (!one && row.rank > 0) gone.push(row.id)
    }
    last = rows.at(-1)?.term ?? ''
    if (rows.length < WIDE) break
    await setImmediate()
  }
  return { changed: [...changed, ...rest.values()].sort((a, b) => a.rank - b.rank), gone }
}

/** In slices for {@link putTrends}; one at least, which may be empty. */
export function trendSlices({ changed, gone }: ChangedTrends): ChangedTrends[] {
  const slices: ChangedTrends[] = [{ changed: changed.slice(0, WIDE), gone }]
  for (let at = WIDE; at < changed.length; at += WIDE) slices.push({ changed: changed.slice(at, at + WIDE), gone: [] })
  return slices
}

type NewTrend = ScoredTrend & { id: string; scoredAt: Date }
const TREND = Object.keys(getTableColumns(trends)) as (keyof NewTrend)[]
const KEPT: ReadonlySet<string> = new Set(['id', 'term', 'week'])
const upsertTrends = manyRows<NewTrend>(TREND, (tx, rows) =>
  tx
    .insert(trends)
    .values(rows.map((row) => placeholders(row, TREND)) as never)
    .onConflictDoUpdate({
      target: [trends.term, trends.week],
      set: Object.fromEntries(
        Object.entries(getTableColumns(trends))
          .filter(([name]) => !KEPT.has(name))
          .map(([name, column]) => [name, sql`excluded.${sql.identifier(column.name)}`]),
      ) as never,
    }),
)

/**
 * Write scores. A term keeps its row and id for as long as the week is scored again; what is no trend any more gets rank
 * 0 instead of being deleted, because a style may name it as its evidence.
 */
export async function putTrends(tx: Tx, { changed, gone }: ChangedTrends, at: Date): Promise<void> {
  await upsertTrends(
    tx,
    changed.map((one) => ({ ...one, id: newId(), scoredAt: at })),
  )
  if (gone.length)
    await tx
      .update(trends)
      .set({ rank: 0, scoredAt: at })
      .where(inArray(trends.id, [...gone]))
}
