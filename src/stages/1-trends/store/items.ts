/**
 * Titles, and what is counted of them week by week. Both are written in slices: whoever waits for the writer waits for a
 * few hundred rows, however many a source sends. What is stored and not counted yet is marked, and a mark outlives
 * whoever died between the two.
 */
import { and, asc, eq, gt, inArray, or, sql } from 'drizzle-orm'
import { newId } from '../../../core/values.ts'
import { manyRows, placeholders, type Reader, type Tx } from '../../../db/database.ts'
import type { NewItem } from '../model.ts'
import { exposures, items, recounts, termWeeks } from '../tables.ts'

/** Rows in one transaction, and in one turn of the event loop. */
export const SLICE = 500
/** The part of a source that is its weeks as its days of sales make them up. */
export const DAYS_PART = 'days'

export interface Mark {
  part: string
  mark: string
}

type ItemRow = Omit<NewItem, 'url'> & { id: string; sourceId: string; url: string | null }
const ITEM: readonly (keyof ItemRow)[] = [
  'id',
  'sourceId',
  'externalId',
  'title',
  'url',
  'lang',
  'publishedAt',
  'day',
  'week',
  'fingerprint',
  'terms',
]
const insertRows = manyRows<ItemRow, { week: string }>(ITEM, (tx, rows) =>
  tx
    .insert(items)
    .values(rows.map((row) => placeholders(row, ITEM)) as never)
    .onConflictDoNothing()
    .returning({ week: items.week }),
)

/** Which of these a source has told of before. */
export async function knownItems(db: Reader, sourceId: string, externalIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ externalId: items.externalId })
    .from(items)
    .where(and(eq(items.sourceId, sourceId), inArray(items.externalId, [...externalIds])))
  return new Set(rows.map(({ externalId }) => externalId))
}

/** Note that what is stored of these parts is not counted yet. */
export async function markParts(tx: Tx, sourceId: string, parts: Iterable<string>): Promise<void> {
  const rows = [...parts].map((part) => ({ sourceId, part, mark: newId() }))
  if (!rows.length) return
  await tx
    .insert(recounts)
    .values(rows)
    .onConflictDoUpdate({ target: [recounts.sourceId, recounts.part], set: { mark: sql`excluded.mark` } })
}

export const marksOf = (db: Reader, sourceId: string): Promise<Mark[]> =>
  db
    .select({ part: recounts.part, mark: recounts.mark })
    .from(recounts)
    .where(eq(recounts.sourceId, sourceId))
    .orderBy(asc(recounts.part))

export const markOf = async (db: Reader, sourceId: string, part: string): Promise<string | undefined> => {
  const [row] = await db
    .select({ mark: recounts.mark })
    .from(recounts)
    .where(and(eq(recounts.sourceId, sourceId), eq(recounts.part, part)))
  return row?.mark
}

/** Sources of which something is to be counted. */
export const uncountedSources = async (db: Reader): Promise<string[]> => {
  const rows = await db.selectDistinct({ sourceId: recounts.sourceId }).from(recounts)
  return rows.map(({ sourceId }) => sourceId)
}

/** Take marks off. @returns the parts of those that stood as they were seen */
export async function takeMarks(tx: Tx, sourceId: string, marks: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .delete(recounts)
    .where(and(eq(recounts.sourceId, sourceId), inArray(recounts.mark, [...marks])))
    .returning({ part: recounts.part })
  return new Set(rows.map(({ part }) => part))
}

/** Store those of a slice that are new, and mark their weeks. @returns how many were new */
export async function insertItems(tx: Tx, sourceId: string, fresh: readonly NewItem[]): Promise<number> {
  const stored = await insertRows(
    tx,
    fresh.map(({ url, ...item }) => ({ id: newId(), sourceId, url: url ?? null, ...item })),
  )
  await markParts(tx, sourceId, new Set(stored.map(({ week }) => week)))
  return stored.length
}

export interface Title {
  id: string
  week: string
  day: string
  fingerprint: string
  terms: readonly string[]
}

/** A source's titles of some weeks, week by week, a slice at a time. */
export async function titlesOf(
  db: Reader,
  sourceId: string,
  weeks: readonly string[],
  after: Pick<Title, 'week' | 'id'> | undefined,
): Promise<Title[]> {
  const later = after && or(gt(items.week, after.week), and(eq(items.week, after.week), gt(items.id, after.id)))
  const { id, week, day, fingerprint, terms } = items
  return db
    .select({ id, week, day, fingerprint, terms })
    .from(items)
    .where(and(eq(items.sourceId, sourceId), inArray(items.week, [...weeks]), later))
    .orderBy(asc(items.week), asc(items.id))
    .limit(SLICE)
}

export interface TermWeek {
  term: string
  sourceId: string
  week: string
  value: number
  days: number
}
const TERM_WEEK: readonly (keyof TermWeek)[] = ['term', 'sourceId', 'week', 'value', 'days']
export const insertTermWeeks = manyRows<TermWeek>(TERM_WEEK, (tx, rows) =>
  tx.insert(termWeeks).values(rows.map((row) => placeholders(row, TERM_WEEK)) as never),
)

interface Exposure {
  sourceId: string
  week: string
  items: number
  days: number
}
const EXPOSURE: readonly (keyof Exposure)[] = ['sourceId', 'week', 'items', 'days']
/** Those of the weeks that are known already stay as they are. */
export const insertExposures = manyRows<Exposure>(EXPOSURE, (tx, rows) =>
  tx
    .insert(exposures)
    .values(rows.map((row) => placeholders(row, EXPOSURE)) as never)
    .onConflictDoNothing(),
)

/** What a source said in a week: each term, and how much it said at all. */
export interface CountedWeek {
  week: string
  items: number
  days: number
  terms: { term: string; value: number; days: number }[]
}

/** Write the counts of those weeks whose marks still say what was seen, and take the marks off. */
export async function putCounts(
  tx: Tx,
  sourceId: string,
  counted: readonly CountedWeek[],
  marks: readonly string[],
): Promise<void> {
  const taken = await takeMarks(tx, sourceId, marks)
  const own = counted.filter(({ week }) => taken.has(week))
  const weeks = own.map(({ week }) => week)
  if (!weeks.length) return
  await tx.delete(termWeeks).where(and(eq(termWeeks.sourceId, sourceId), inArray(termWeeks.week, weeks)))
  await tx.delete(exposures).where(and(eq(exposures.sourceId, sourceId), inArray(exposures.week, weeks)))
  await insertTermWeeks(
    tx,
    own.flatMap(({ week, terms }) => terms.map((each) => ({ ...each, sourceId, week }))),
  )
  await insertExposures(
    tx,
    own.map(({ week, items: said, days }) => ({ sourceId, week, items: said, days })),
  )
}
