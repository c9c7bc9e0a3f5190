/**
 * What is kept of the demand for a campaign beside its own row: units by what they are, and orders by their hour. Changed
 * in the transaction that changes the pre-order, after the campaign's row, which puts those who change one campaign in
 * one order.
 */
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { HOUR } from '../../../core/values.ts'
import { prepared, type Reader, type Tx } from '../../../db/database.ts'
import { demandCells, demandHours, UNCONFIRMED, type PreorderLine } from '../tables.ts'

export type Cell = typeof demandCells.$inferSelect
/** Cells are counted by these, in the order of the key. */
const MEMBERS = ['campaignId', 'lot', 'colourway', 'size', 'shownPrice', 'units'] as const

/** Rows in the largest statement. */
const MOST_ROWS = 8
const bySize = new Map<number, ReturnType<typeof prepared<Record<string, unknown>, { units: number }>>>()

/** Built once per connection and power of two. */
function upsertCells(size: number) {
  let found = bySize.get(size)
  if (!found) {
    const row = (n: number) =>
      Object.fromEntries(MEMBERS.map((name) => [name, sql.placeholder(`${name}${n}`)])) as unknown as Cell
    found = prepared((tx) =>
      tx
        .insert(demandCells)
        .values(Array.from({ length: size }, (_, n) => row(n)))
        .onConflictDoUpdate({
          target: [
            demandCells.campaignId,
            demandCells.lot,
            demandCells.colourway,
            demandCells.size,
            demandCells.shownPrice,
          ],
          set: { units: sql`${demandCells.units} + excluded.units` },
        })
        .returning({ units: demandCells.units }),
    )
    bySize.set(size, found)
  }
  return found
}

/** Units that come to a lot, or leave it where `times` is -1. */
export interface Counted {
  campaignId: string
  lot: number
  shownPrice: number
  lines: readonly PreorderLine[]
  times: 1 | -1
}

export async function countCells(tx: Tx, changes: readonly Counted[]): Promise<void> {
  const cells = new Map<string, Cell>()
  for (const { campaignId, lot, shownPrice, lines, times } of changes)
    for (const { colourway, size, quantity } of lines) {
      const key = [campaignId, lot, colourway, size, shownPrice].join('\n')
      const cell = cells.get(key) ?? { campaignId, lot, colourway, size, shownPrice, units: 0 }
      cell.units += times * quantity
      cells.set(key, cell)
    }
  const rows = [...cells.values()]
  for (let at = 0; at < rows.length;) {
    const size = Math.min(MOST_ROWS, 2 ** (31 - Math.clz32(rows.length - at)))
    const values = rows.slice(at, at + size).flatMap((row, n) => MEMBERS.map((name) => [`${name}${n}`, row[name]]))
    await upsertCells(size)(tx, Object.fromEntries(values))
    at += size
  }
}

/** Every cell of a campaign, or of one of its lots, that holds something. */
export const cellsOf = (db: Reader, campaignId: string, lot?: number): Promise<Cell[]> =>
  db
    .select()
    .from(demandCells)
    .where(
      and(
        eq(demandCells.campaignId, campaignId),
        lot === undefined ? undefined : eq(demandCells.lot, lot),
        gt(demandCells.units, 0),
      ),
    )
    .orderBy(
      asc(demandCells.campaignId),
      asc(demandCells.lot),
      asc(demandCells.colourway),
      asc(demandCells.size),
      asc(demandCells.shownPrice),
    )

/** Verified units by size in a lot, over its colourways. */
export async function unitsBySize(db: Reader, campaignId: string, lot: number): Promise<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const { size, units } of await cellsOf(db, campaignId, lot)) sums[size] = (sums[size] ?? 0) + units
  return sums
}

/** Nobody waits to be confirmed any more. */
export const dropUnconfirmed = (tx: Tx, campaignId: string) =>
  tx
    .delete(demandCells)
    .where(and(eq(demandCells.campaignId, campaignId), eq(demandCells.lot, UNCONFIRMED)))
    .returning({ units: demandCells.units })

/** What a lot's cells are, counted from its pre-orders, in place of what they were. */
export async function setCells(tx: Tx, campaignId: string, lot: number, cells: readonly Cell[]): Promise<void> {
  await tx
    .delete(demandCells)
    .where(and(eq(demandCells.campaignId, campaignId), eq(demandCells.lot, lot)))
    .returning({ units: demandCells.units })
  if (cells.length)
    await tx
      .insert(demandCells)
      .values([...cells])
      .returning({ units: demandCells.units })
}

/** The first moment of the hour that a moment is in. */
export const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR) * HOUR)

const upsertHour = prepared<
  { campaignId: string; hour: Date; lot: number; orders: number; units: number },
  { units: number }
>((tx) =>
  tx
    .insert(demandHours)
    .values({
      campaignId: sql.placeholder('campaignId'),
      hour: sql.placeholder('hour') as never,
      lot: sql.placeholder('lot'),
      orders: sql.placeholder('orders'),
      units: sql.placeholder('units'),
    })
    .onConflictDoUpdate({
      target: [demandHours.campaignId, demandHours.hour, demandHours.lot],
      set: {
        orders: sql`${demandHours.orders} + excluded.orders`,
        units: sql`${demandHours.units} + excluded.units`,
      },
    })
    .returning({ units: demandHours.units }),
)

/** Hours of a campaign in which something was confirmed and stayed, oldest first. */
export const hoursOf = (db: Reader, campaignId: string) =>
  db
    .select({ hour: demandHours.hour, lot: demandHours.lot, units: demandHours.units })
    .from(demandHours)
    .where(and(eq(demandHours.campaignId, campaignId), gt(demandHours.units, 0)))
    .orderBy(asc(demandHours.campaignId), asc(demandHours.hour), asc(demandHours.lot))

/** One that was confirmed at a moment has more units, or fewer. */
export const changeHour = (
  tx: Tx,
  { campaignId, lot, change, at }: { campaignId: string; lot: number; change: number; at: Date },
) => upsertHour(tx, { campaignId, lot, hour: hourOf(at), orders: 0, units: change })

/** A pre-order that was confirmed at a moment, or that leaves what was confirmed then where `times` is -1. */
export const countHour = (
  tx: Tx,
  { campaignId, lot, units, at, times }: { campaignId: string; lot: number; units: number; at: Date; times: 1 | -1 },
) => upsertHour(tx, { campaignId, lot, hour: hourOf(at), orders: times, units: times * units })
