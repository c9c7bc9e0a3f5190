import { and, asc, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { notFound } from '../../core/errors.ts'
import { newId, type Lang, type Localized } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { exposures, ingests, sources, termWeeks, trends } from './tables.ts'
import type { Trend, TrendSort } from './model.ts'
import { termOf } from './vocabulary/index.ts'
import type { TermKind } from './vocabulary/term.ts'

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

export async function lastReadSource(db: Reader): Promise<string | undefined> {
  const [row] = await db.select({ sourceId: ingests.sourceId }).from(ingests).orderBy(desc(ingests.id)).limit(1)
  return row?.sourceId
}

/** More readings than are stored while a week is scored. */
const RECENT_READINGS = 100

/** The last readings of any source that brought something, newest first: changes with each, whichever comes late. */
export async function recentReadings(db: Reader): Promise<string[]> {
  const rows = await db
    .select({ id: ingests.id })
    .from(ingests)
    .where(isNull(ingests.error))
    .orderBy(desc(ingests.id))
    .limit(RECENT_READINGS)
  return rows.map(({ id }) => id)
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

// ── trends ──────────────────────────────────────────────────────────────────────────────────────────────────────

type TrendRow = typeof trends.$inferSelect

const toTrend = (row: TrendRow): Trend => ({ ...row, implies: (row.word ?? termOf(row.term))?.implies ?? {} })

export async function newestScoredWeek(db: Reader): Promise<string | undefined> {
  const [row] = await db
    .select({ week: trends.week })
    .from(trends)
    .where(gt(trends.rank, 0))
    .orderBy(desc(trends.week))
    .limit(1)
  return row?.week
}

/** A score that is not known comes after every one that is, on both databases. */
const UNKNOWN = -1e9
const byScore = { lift: trends.lift, rise: trends.rise, burst: trends.burst }

/** @param skip how many come before, in the order that is asked for */
export async function trendsOfWeek(
  db: Reader,
  {
    week,
    kind,
    sort,
    skip,
    limit,
  }: { week: string; kind: TermKind | undefined; sort: TrendSort; skip: number; limit: number },
): Promise<Trend[]> {
  const order = sort === 'combined' ? [] : [desc(sql`coalesce(${byScore[sort]}, ${UNKNOWN})`)]
  const rows = await db
    .select()
    .from(trends)
    .where(and(eq(trends.week, week), gt(trends.rank, 0), kind ? eq(trends.kind, kind) : undefined))
    .orderBy(...order, asc(trends.rank))
    .limit(limit)
    .offset(skip)
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
