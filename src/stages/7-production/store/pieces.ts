/** Pieces of lots that were counted, and the shipments that wait for some. */
import { and, asc, eq, gt, gte, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { inSteps } from '../../../db/database.ts'
import { preorders, SLICE, type PreorderLine } from '../../5-demand/door.ts'
import { counts, pieces, shipments } from '../tables.ts'
import { WITH_BUYER, type Shipment, type ShipmentWithBuyer } from './packing.ts'

export type Count = typeof counts.$inferSelect
export type Piece = Omit<typeof pieces.$inferSelect, 'orderId'>

const OF_PIECE = {
  colourway: pieces.colourway,
  size: pieces.size,
  ordered: pieces.ordered,
  came: pieces.came,
  spare: pieces.spare,
}

export async function countOf(db: Reader, orderId: string): Promise<Count | undefined> {
  const [row] = await db.select().from(counts).where(eq(counts.orderId, orderId))
  return row
}

export const piecesOf = (db: Reader, orderId: string): Promise<Piece[]> =>
  db.select(OF_PIECE).from(pieces).where(eq(pieces.orderId, orderId)).orderBy(asc(pieces.colourway), asc(pieces.size))

/** Counted, or counted anew: everything that was counted before gives way. */
export async function writeCount(tx: Tx, row: Omit<Count, 'after' | 'afterAt'>, of: readonly Piece[]): Promise<void> {
  const count = { ...row, after: '', afterAt: null }
  await tx
    .insert(counts)
    .values(count)
    .onConflictDoUpdate({ target: counts.orderId, set: count })
    .returning({ id: counts.orderId })
  await tx.delete(pieces).where(eq(pieces.orderId, row.orderId)).returning({ id: pieces.orderId })
  if (of.length)
    await tx
      .insert(pieces)
      .values(of.map((piece) => ({ ...piece, orderId: row.orderId })))
      .returning({ id: pieces.orderId })
}

/** Go on from there. @returns false where somebody else has */
export async function countOn(
  tx: Tx,
  { orderId, step, after }: Pick<Count, 'orderId' | 'step' | 'after'>,
  to: Pick<Count, 'step' | 'after' | 'afterAt'>,
): Promise<boolean> {
  const moved = await tx
    .update(counts)
    .set(to)
    .where(and(eq(counts.orderId, orderId), eq(counts.step, step), eq(counts.after, after)))
    .returning({ id: counts.orderId })
  return moved.length === 1
}

/** Orders whose pieces were counted and not handed out yet. */
export const countsUnsettled = (db: Reader, limit: number): Promise<{ orderId: string }[]> =>
  db
    .select({ orderId: counts.orderId })
    .from(counts)
    .where(sql`${counts.step} <> 'done'`)
    .orderBy(asc(counts.orderId))
    .limit(limit)

export async function setSpare(
  tx: Tx,
  orderId: string,
  { colourway, size, spare }: Pick<Piece, 'colourway' | 'size' | 'spare'>,
) {
  await tx
    .update(pieces)
    .set({ spare })
    .where(and(eq(pieces.orderId, orderId), eq(pieces.colourway, colourway), eq(pieces.size, size)))
    .returning({ id: pieces.orderId })
}

/** All of these pieces, once, whoever else wants them. @returns false where one of them is gone: undo it all */
export async function takeSpare(tx: Tx, orderId: string, lines: readonly PreorderLine[]): Promise<boolean> {
  for (const { colourway, size, quantity } of lines) {
    const [taken] = await tx
      .update(pieces)
      .set({ spare: sql`${pieces.spare} - ${quantity}` })
      .where(
        and(
          eq(pieces.orderId, orderId),
          eq(pieces.colourway, colourway),
          eq(pieces.size, size),
          gte(pieces.spare, quantity),
        ),
      )
      .returning({ id: pieces.orderId })
    if (!taken) return false
  }
  return true
}

/** Pieces that were somebody's are nobody's again. */
export async function giveSpare(tx: Tx, orderId: string, lines: readonly PreorderLine[]): Promise<void> {
  for (const { colourway, size, quantity } of lines)
    await tx
      .update(pieces)
      .set({ spare: sql`${pieces.spare} + ${quantity}` })
      .where(and(eq(pieces.orderId, orderId), eq(pieces.colourway, colourway), eq(pieces.size, size)))
      .returning({ id: pieces.orderId })
}

export interface InTurn extends ShipmentWithBuyer {
  /** What was ordered. */
  wanted: PreorderLine[]
  confirmedAt: Date | null
}

/** Shipments of which nothing is settled by their buyers, whoever confirmed first before the others. */
export const shipmentsInTurn = (
  db: Reader,
  orderId: string,
  states: readonly Shipment['state'][],
  { after, afterAt }: Pick<Count, 'after' | 'afterAt'> = { after: '', afterAt: null },
): Promise<InTurn[]> =>
  db
    .select({ ...WITH_BUYER, wanted: preorders.lines, confirmedAt: preorders.confirmedAt })
    .from(shipments)
    .innerJoin(preorders, eq(preorders.id, shipments.preorderId))
    .where(
      and(
        eq(shipments.orderId, orderId),
        inArray(shipments.state, [...states]),
        isNull(shipments.chosen),
        afterAt === null
          ? undefined
          : or(gt(preorders.confirmedAt, afterAt), and(eq(preorders.confirmedAt, afterAt), gt(shipments.id, after))),
      ),
    )
    .orderBy(asc(preorders.confirmedAt), asc(shipments.id))
    .limit(SLICE)

/** Shipments whose buyers did not choose in time, longest first. */
export const unanswered = (db: Reader, now: Date, limit: number) =>
  db
    .select({ shipment: shipments, preorder: preorders })
    .from(shipments)
    .innerJoin(preorders, eq(preorders.id, shipments.preorderId))
    .where(and(eq(shipments.state, 'short'), lte(shipments.answerBy, now)))
    .orderBy(asc(shipments.answerBy))
    .limit(limit)

/** Lines of shipments that hold pieces, of lots that are counted and settled: for the audit, in steps. */
export const shipmentsHolding = (db: Reader) =>
  inSteps<Pick<Shipment, 'id' | 'orderId' | 'lines'>>((last, limit) =>
    db
      .select({ id: shipments.id, orderId: shipments.orderId, lines: shipments.lines })
      .from(shipments)
      .innerJoin(counts, and(eq(counts.orderId, shipments.orderId), eq(counts.step, 'done')))
      .where(
        and(
          ne(shipments.state, 'released'),
          last &&
            or(
              gt(shipments.orderId, last.orderId),
              and(eq(shipments.orderId, last.orderId), gt(shipments.id, last.id)),
            ),
        ),
      )
      .orderBy(asc(shipments.orderId), asc(shipments.id))
      .limit(limit),
  )

/** What is kept of lots that are settled, in steps. */
export const piecesSettled = (db: Reader) =>
  inSteps<Piece & { orderId: string }>((last, limit) =>
    db
      .select({ orderId: pieces.orderId, ...OF_PIECE })
      .from(pieces)
      .innerJoin(counts, and(eq(counts.orderId, pieces.orderId), eq(counts.step, 'done')))
      .where(
        last &&
          or(
            gt(pieces.orderId, last.orderId),
            and(
              eq(pieces.orderId, last.orderId),
              or(
                gt(pieces.colourway, last.colourway),
                and(eq(pieces.colourway, last.colourway), gt(pieces.size, last.size)),
              ),
            ),
          ),
      )
      .orderBy(asc(pieces.orderId), asc(pieces.colourway), asc(pieces.size))
      .limit(limit),
  )
