import { and, asc, desc, eq, gt, gte, inArray, isNull, lte, or } from 'drizzle-orm'
import { canonicalJson } from '../../core/canonical.ts'
import { notFound } from '../../core/errors.ts'
import { newId, type Lang, type Localized } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { exposures, ingests, items, sources, termWeeks, trends } from './tables.ts'
import { HISTORY_WEEKS, RECENT_WEEKS, type Stored } from './assessing.ts'
import { measureOf, type ScoredTrend, type Trend } from './model.ts'
import { termOf } from './vocabulary/index.ts'
import type { TermKind } from './vocabulary/term.ts'
import { addWeeks } from './weeks.ts'

/** Rows in one statement: both databases bound the parameters of a statement. */
const CHUNK = 500

function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let i = 0; i < rows.length; i += CHUNK) yield rows.slice(i, i + CHUNK)
}

export type Source = typeof sources.$inferSelect
export type Ingest = typeof ingests.$inferSelect

// ── sources ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface SourceDraft {
  name: string
  kind: 'feed' | 'upload'
  format: string
  url: string | null
  lang: Lang
  region: string | null
  everyMinutes: number
  nextFetchAt: Date | null
  createdAt: Date
}

/** Undefined where the address is already a source. */
export async function insertSource(tx: Tx, draft: SourceDraft): Promise<Source | undefined> {
  const [row] = await tx
    .insert(sources)
    .values({ id: newId(), ...draft })
    .onConflictDoNothing()
    .returning()
  return row
}

export async function sourceById(db: Reader, id: string): Promise<Source | undefined> {
  const [row] = await db.select().from(sources).where(eq(sources.id, id))
  return row
}

/** @throws Problem 404 */
export async function mustHaveSource(db: Reader, id: string): Promise<Source> {
  const source = await sourceById(db, id)
  if (!source) throw notFound({ en: 'source', zh: '来源' }, id)
  return source
}

export async function sourceByUrl(db: Reader, url: string): Promise<Source | undefined> {
  const [row] = await db.select().from(sources).where(eq(sources.url, url))
  return row
}

export async function uploadSourceByName(db: Reader, name: string): Promise<Source | undefined> {
  const [row] = await db
    .select()
    .from(sources)
    .where(and(eq(sources.kind, 'upload'), eq(sources.name, name)))
    .orderBy(asc(sources.id))
    .limit(1)
  return row
}

export const allSources = (db: Reader): Promise<Source[]> => db.select().from(sources).orderBy(asc(sources.id))

const isDue = (now: Date) =>
  and(
    eq(sources.kind, 'feed'),
    eq(sources.enabled, true),
    or(isNull(sources.nextFetchAt), lte(sources.nextFetchAt, now)),
  )

export const dueSources = (db: Reader, now: Date): Promise<Source[]> =>
  db.select().from(sources).where(isDue(now)).orderBy(asc(sources.id))

export interface FetchMarks {
  etag?: string | null
  lastModified?: string | null
  format?: string
  lastError: Localized | null
  failures: number
  nextFetchAt: Date
  lastFetchedAt: Date
  enabled?: boolean
}

/** Note how a fetch went, if the source is still due: false when somebody else has fetched it meanwhile. */
export async function markFetched(tx: Tx, id: string, now: Date, marks: FetchMarks): Promise<boolean> {
  const rows = await tx
    .update(sources)
    .set(marks)
    .where(and(eq(sources.id, id), isDue(now)))
    .returning({ id: sources.id })
  return rows.length === 1
}

export async function changeSource(tx: Tx, id: string, change: Partial<Source>): Promise<Source | undefined> {
  const [row] = await tx.update(sources).set(change).where(eq(sources.id, id)).returning()
  return row
}

// ── ingests ─────────────────────────────────────────────────────────────────────────────────────────────────────

export async function insertIngest(tx: Tx, row: Omit<Ingest, 'id'>): Promise<string> {
  const id = newId()
  await tx.insert(ingests).values({ id, ...row })
  return id
}

export const ingestsOf = (db: Reader, sourceId: string, limit: number): Promise<Ingest[]> =>
  db.select().from(ingests).where(eq(ingests.sourceId, sourceId)).orderBy(desc(ingests.id)).limit(limit)

/** Changes with every reading, of any source. */
export async function newestIngest(db: Reader): Promise<string | undefined> {
  const [row] = await db.select({ id: ingests.id }).from(ingests).orderBy(desc(ingests.id)).limit(1)
  return row?.id
}

// ── weeks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The newest week anything was read of, not after `notAfter`. */
export async function newestWeek(db: Reader, notAfter: string): Promise<string | undefined> {
  const [row] = await db
    .select({ week: exposures.week })
    .from(exposures)
    .where(lte(exposures.week, notAfter))
    .orderBy(desc(exposures.week))
    .limit(1)
  return row?.week
}

/** Everything a week is scored from, in one order: sums of fractions depend on it, and equal input is to give equal scores. */
export async function readForScoring(db: Reader, week: string): Promise<Stored> {
  const since = addWeeks(week, 1 - HISTORY_WEEKS)
  const inHistory = (column: typeof termWeeks.week | typeof exposures.week) =>
    and(gte(column, since), lte(column, week))
  const known = await db.select().from(sources).orderBy(asc(sources.id))
  const recent = and(gte(items.week, addWeeks(week, 1 - RECENT_WEEKS)), lte(items.week, week))
  return {
    sources: known.map(({ id, name, lang, format }) => ({ id, name, lang, measure: measureOf(format) })),
    cells: await db
      .select({ term: termWeeks.term, sourceId: termWeeks.sourceId, week: termWeeks.week, value: termWeeks.value })
      .from(termWeeks)
      .where(inHistory(termWeeks.week))
      .orderBy(asc(termWeeks.term), asc(termWeeks.sourceId), asc(termWeeks.week)),
    exposures: await db
      .select()
      .from(exposures)
      .where(inHistory(exposures.week))
      .orderBy(asc(exposures.sourceId), asc(exposures.week)),
    items: await db.select().from(items).where(recent).orderBy(asc(items.id)),
  }
}

// ── trends ──────────────────────────────────────────────────────────────────────────────────────────────────────

type TrendRow = typeof trends.$inferSelect

const toTrend = (row: TrendRow): Trend => ({ ...row, implies: termOf(row.term)?.implies ?? {} })

const same = (row: TrendRow, scored: ScoredTrend): boolean => {
  const { id: _, scoredAt: __, ...stored } = row
  return canonicalJson(stored) === canonicalJson(scored)
}

/**
 * Write a week's trends. A term keeps its row and id for as long as the week is scored again; what is no trend any
 * more gets rank 0 instead of being deleted, because a style may name it as its evidence. Returns how many changed.
 */
export async function putTrends(tx: Tx, week: string, scored: readonly ScoredTrend[], at: Date): Promise<number> {
  const before = new Map((await tx.select().from(trends).where(eq(trends.week, week))).map((row) => [row.term, row]))
  const changed = scored.filter((one) => {
    const row = before.get(one.term)
    return !row || !same(row, one)
  })
  for (const one of changed) {
    const values = { ...one, scoredAt: at }
    await tx
      .insert(trends)
      .values({ id: newId(), ...values })
      .onConflictDoUpdate({ target: [trends.term, trends.week], set: values })
  }
  const still = new Set(scored.map((one) => one.term))
  const gone = [...before.values()].filter((row) => row.rank > 0 && !still.has(row.term))
  for (const part of chunks(gone))
    await tx
      .update(trends)
      .set({ rank: 0, scoredAt: at })
      .where(
        inArray(
          trends.id,
          part.map((row) => row.id),
        ),
      )
      .returning({ id: trends.id })
  return changed.length + gone.length
}

export async function newestScoredWeek(db: Reader): Promise<string | undefined> {
  const [row] = await db
    .select({ week: trends.week })
    .from(trends)
    .where(gt(trends.rank, 0))
    .orderBy(desc(trends.week))
    .limit(1)
  return row?.week
}

export async function trendsOfWeek(
  db: Reader,
  { week, kind, after, limit }: { week: string; kind: TermKind | undefined; after: number; limit: number },
): Promise<Trend[]> {
  const rows = await db
    .select()
    .from(trends)
    .where(and(eq(trends.week, week), gt(trends.rank, after), kind ? eq(trends.kind, kind) : undefined))
    .orderBy(asc(trends.rank))
    .limit(limit)
  return rows.map(toTrend)
}

async function trendById(db: Reader, id: string): Promise<Trend | undefined> {
  const [row] = await db.select().from(trends).where(eq(trends.id, id))
  return row && toTrend(row)
}

/** @throws Problem 404 */
export async function mustHaveTrend(db: Reader, id: string): Promise<Trend> {
  const trend = await trendById(db, id)
  if (!trend) throw notFound({ en: 'trend', zh: '趋势' }, id)
  return trend
}

export const scoredWeeks = async (db: Reader, limit: number): Promise<string[]> => {
  const rows = await db
    .selectDistinct({ week: trends.week })
    .from(trends)
    .where(gt(trends.rank, 0))
    .orderBy(desc(trends.week))
    .limit(limit)
  return rows.map((row) => row.week)
}

export const termSeries = (db: Reader, term: string, until: string) =>
  db
    .select({
      week: termWeeks.week,
      value: termWeeks.value,
      days: termWeeks.days,
      sourceId: sources.id,
      source: sources.name,
      format: sources.format,
    })
    .from(termWeeks)
    .innerJoin(sources, eq(sources.id, termWeeks.sourceId))
    .where(and(eq(termWeeks.term, term), lte(termWeeks.week, until)))
    .orderBy(asc(sources.id), asc(termWeeks.week))

/** The weeks in which sources said anything: a term that is missing there was not mentioned, elsewhere nobody knows. */
export const exposedWeeks = (db: Reader, sourceIds: readonly string[], until: string) =>
  db
    .select({ sourceId: exposures.sourceId, week: exposures.week })
    .from(exposures)
    .where(and(inArray(exposures.sourceId, [...sourceIds]), lte(exposures.week, until)))
    .orderBy(asc(exposures.sourceId), asc(exposures.week))
