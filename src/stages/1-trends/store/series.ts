/** Weeks of terms in a source, and the days of sales that make some of them up. */
import { and, asc, count, eq, gt, gte, inArray, lt, or, sql } from 'drizzle-orm'
import { manyRows, placeholders, type Reader, type Tx } from '../../../db/database.ts'
import type { SoldDay } from '../sales.ts'
import type { WeekValue } from '../series.ts'
import { salesDays, termWeeks } from '../tables.ts'
import { VOCABULARY } from '../vocabulary/index.ts'
import { addWeeks } from '../weeks.ts'
import { OPEN, OWN } from '../words.ts'
import { insertExposures, insertTermWeeks } from './items.ts'

const TERMS = VOCABULARY.map(({ id }) => id)

/** Words of the house's own, and columns that are kept under their own name. */
const isOwnOrOpen = or(
  and(gte(termWeeks.term, OWN), lt(termWeeks.term, 'own.')),
  and(gte(termWeeks.term, OPEN), lt(termWeeks.term, 'open;')),
)

/** How many weeks are known of each term that a source tells of. */
export async function seriesSizes(db: Reader, sourceId: string): Promise<Map<string, number>> {
  // Term by term, as the key has them: a source has a small part of all rows.
  const rows = await db
    .select({ term: termWeeks.term, n: count() })
    .from(termWeeks)
    .where(and(eq(termWeeks.sourceId, sourceId), or(inArray(termWeeks.term, TERMS), isOwnOrOpen)))
    .groupBy(termWeeks.term)
    .orderBy(asc(termWeeks.term))
  return new Map(rows.map(({ term, n }) => [term, n]))
}

/** What is known of some terms in a source. */
export async function seriesOfTerms(
  db: Reader,
  sourceId: string,
  terms: readonly string[],
): Promise<Map<string, WeekValue[]>> {
  const rows = await db
    .select({ term: termWeeks.term, week: termWeeks.week, value: termWeeks.value, days: termWeeks.days })
    .from(termWeeks)
    .where(and(eq(termWeeks.sourceId, sourceId), inArray(termWeeks.term, [...terms])))
    .orderBy(asc(termWeeks.term), asc(termWeeks.week))
  const series = new Map<string, WeekValue[]>()
  for (const { term, ...point } of rows) {
    const known = series.get(term)
    if (known) known.push(point)
    else series.set(term, [point])
  }
  return series
}

/**
 * Replace what is known of some terms in a source. Interest has no items, so its exposure says only which weeks it
 * covers.
 */
export async function putSeries(
  tx: Tx,
  sourceId: string,
  series: ReadonlyMap<string, readonly WeekValue[]>,
): Promise<void> {
  if (!series.size) return
  await tx.delete(termWeeks).where(and(eq(termWeeks.sourceId, sourceId), inArray(termWeeks.term, [...series.keys()])))
  await insertTermWeeks(
    tx,
    [...series].flatMap(([term, weeks]) => weeks.map((point) => ({ term, sourceId, ...point }))),
  )
  const covered = new Map(
    [...series.values()]
      .flat()
      .toReversed()
      .map(({ week, days }) => [week, days]),
  )
  await insertExposures(
    tx,
    [...covered].map(([week, days]) => ({ sourceId, week, items: 0, days })),
  )
}

type DayRow = SoldDay & { sourceId: string }
const DAY_ROW: readonly (keyof DayRow)[] = ['sourceId', 'day', 'units']
const insertDays = manyRows<DayRow>(DAY_ROW, (tx, rows) =>
  tx
    .insert(salesDays)
    .values(rows.map((row) => placeholders(row, DAY_ROW)) as never)
    .onConflictDoUpdate({ target: [salesDays.sourceId, salesDays.day], set: { units: sql`excluded.units` } }),
)

/** Write the days of a table: a day that is known already is replaced, never added to. */
export const putSalesDays = (tx: Tx, sourceId: string, days: readonly SoldDay[]): Promise<unknown> =>
  insertDays(
    tx,
    days.map(({ day, units }) => ({ sourceId, day, units })),
  )

/** Days of sales after one of them, oldest first. */
export const salesDaysOf = (db: Reader, sourceId: string, after: string, limit: number): Promise<SoldDay[]> =>
  db
    .select({ day: salesDays.day, units: salesDays.units })
    .from(salesDays)
    .where(and(eq(salesDays.sourceId, sourceId), gt(salesDays.day, after)))
    .orderBy(asc(salesDays.day))
    .limit(limit)

/** A table by week or month tells its weeks whole: single days of them are no longer needed. */
export const dropSalesDays = (tx: Tx, sourceId: string, { first, last }: { first: string; last: string }) =>
  tx
    .delete(salesDays)
    .where(and(eq(salesDays.sourceId, sourceId), gte(salesDays.day, first), lt(salesDays.day, addWeeks(last, 1))))

/** What is kept under one name goes to another, week by week; a week that the other has already stays there. */
export async function moveSeries(tx: Tx, from: string, to: string): Promise<void> {
  const rows = await tx.select().from(termWeeks).where(eq(termWeeks.term, from))
  if (!rows.length) return
  const taken = await tx
    .select({ sourceId: termWeeks.sourceId, week: termWeeks.week })
    .from(termWeeks)
    .where(eq(termWeeks.term, to))
  const there = new Set(taken.map(({ sourceId, week }) => `${sourceId} ${week}`))
  await tx.delete(termWeeks).where(eq(termWeeks.term, from))
  await insertTermWeeks(
    tx,
    rows.flatMap((row) => (there.has(`${row.sourceId} ${row.week}`) ? [] : [{ ...row, term: to }])),
  )
}
