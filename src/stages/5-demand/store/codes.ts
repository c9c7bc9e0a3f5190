/** Codes by text message, one of a pre-order at a time. */
import { and, eq, lt, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { codes } from '../tables.ts'

type Code = typeof codes.$inferSelect

export const keepCode = (tx: Tx, code: Omit<Code, 'tries'>) =>
  tx
    .insert(codes)
    .values({ ...code, tries: 0 })
    .onConflictDoUpdate({ target: codes.preorderId, set: { proof: code.proof, expiresAt: code.expiresAt, tries: 0 } })
    .returning({ id: codes.preorderId })

export async function codeOf(db: Reader, preorderId: string): Promise<Code | undefined> {
  const [row] = await db.select().from(codes).where(eq(codes.preorderId, preorderId))
  return row
}

/**
 * One try more, counted before it is known whether it was right: two at once are two.
 * @returns how many there were with it; nothing where there may be none any more
 */
export async function countTry(tx: Tx, { preorderId, proof }: Code, most: number): Promise<number | undefined> {
  const [row] = await tx
    .update(codes)
    .set({ tries: sql`${codes.tries} + 1` })
    .where(and(eq(codes.preorderId, preorderId), eq(codes.proof, proof), lt(codes.tries, most)))
    .returning({ tries: codes.tries })
  return row?.tries
}

/** It was used. */
export const dropCode = (tx: Tx, preorderId: string) =>
  tx.delete(codes).where(eq(codes.preorderId, preorderId)).returning({ id: codes.preorderId })

/** Those that nobody used in time. */
export const dropOldCodes = (tx: Tx, before: Date) =>
  tx.delete(codes).where(lt(codes.expiresAt, before)).returning({ id: codes.preorderId })
