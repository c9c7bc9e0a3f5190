/** What pre-orders were seen by, for a few days: to tell that two are alike, and nothing else. */
import { and, asc, desc, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { preorders, traces } from '../tables.ts'

export type Trace = typeof traces.$inferSelect

/** Rows in one statement: far below what a statement may have of values. */
const AT_ONCE = 100

/** Noted once; what was noted stays. */
export async function noteTraces(tx: Tx, rows: readonly Trace[]): Promise<void> {
  for (let at = 0; at < rows.length; at += AT_ONCE)
    await tx
      .insert(traces)
      .values(rows.slice(at, at + AT_ONCE))
      .onConflictDoNothing()
      .returning({ id: traces.preorderId })
}

/** Its buyer says another address: where something is known of it still. */
export const moveTrace = (tx: Tx, preorderId: string, address: string | null) =>
  tx.update(traces).set({ address }).where(eq(traces.preorderId, preorderId)).returning({ id: traces.preorderId })

export const tracesOf = (db: Reader, preorderIds: readonly string[]): Promise<Trace[]> =>
  preorderIds.length
    ? db
        .select()
        .from(traces)
        .where(inArray(traces.preorderId, [...preorderIds]))
    : Promise.resolve([])

export const dropTraces = (tx: Tx, preorderIds: readonly string[]) =>
  tx
    .delete(traces)
    .where(inArray(traces.preorderId, [...preorderIds]))
    .returning({ id: traces.preorderId })

/** Those of orders that were placed before: a slice of them. @returns how many went */
export async function dropOldTraces(tx: Tx, before: Date, limit: number): Promise<number> {
  const old = tx
    .select({ id: traces.preorderId })
    .from(traces)
    .where(lt(traces.placedAt, before))
    .orderBy(asc(traces.placedAt))
    .limit(limit)
  return (await tx.delete(traces).where(inArray(traces.preorderId, old)).returning({ id: traces.preorderId })).length
}

/** Pre-orders of the lot that gathers which count or may come to, newest first, with what they were seen by. */
export const ordersSeen = (db: Reader, { id, lot }: { id: string; lot: number }, limit: number) =>
  db
    .select({
      id: preorders.id,
      state: preorders.state,
      buyerKey: preorders.buyerKey,
      email: preorders.email,
      name: preorders.name,
      units: preorders.units,
      lines: preorders.lines,
      pledged: preorders.pledged,
      placedAt: preorders.placedAt,
      partnerId: preorders.partnerId,
      network: traces.network,
      address: traces.address,
    })
    .from(preorders)
    .leftJoin(traces, eq(traces.preorderId, preorders.id))
    .where(
      and(
        eq(preorders.campaignId, id),
        inArray(preorders.state, ['pending', 'confirmed']),
        or(isNull(preorders.lot), eq(preorders.lot, lot)),
      ),
    )
    .orderBy(desc(preorders.id))
    .limit(limit)
