/** What a buyer changes of a pre-order: its row, what it was before, and what the buyer holds by it. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { newId } from '../../../core/values.ts'
import type { Reader, Tx } from '../../../db/database.ts'
import { campaigns } from '../../4-storefront/door.ts'
import { campaignBuyers, preorderChanges, preorders, type PreorderLine } from '../tables.ts'

export type PreorderChange = typeof preorderChanges.$inferSelect

/** How a pre-order stands in the counters: whether it is in them at all, and for which lot. */
export async function countedAs(tx: Tx, id: string): Promise<{ letterDue: boolean; lot: number } | undefined> {
  const [row] = await tx
    .select({ letterDue: preorders.letterDue, lot: preorders.lot, gathers: campaigns.lot })
    .from(preorders)
    .innerJoin(campaigns, eq(campaigns.id, preorders.campaignId))
    .where(eq(preorders.id, id))
  return row && { letterDue: row.letterDue, lot: row.lot ?? row.gathers }
}

interface NewLines {
  id: string
  before: PreorderLine[]
  lines: PreorderLine[]
  units: number
  /** Sealed: with the answer that its first request got. */
  contact: string | null
  now: Date
}

/** @returns the change's own id */
export async function keepLines(tx: Tx, { id, before, lines, units, contact, now }: NewLines): Promise<string> {
  await tx.update(preorders).set({ lines, units, contact }).where(eq(preorders.id, id)).returning({ id: preorders.id })
  const change = newId()
  await tx
    .insert(preorderChanges)
    .values({ id: change, preorderId: id, lines: before, at: now })
    .returning({ id: preorderChanges.id })
  return change
}

/** Verified units that a buyer has more or fewer of, in the lot that gathers. @returns what the buyer holds with them */
export async function changeHeld(
  tx: Tx,
  { campaignId, buyerKey, change }: { campaignId: string; buyerKey: string; change: number },
): Promise<number> {
  const [held] = await tx
    .update(campaignBuyers)
    .set({ units: sql`${campaignBuyers.units} + ${change}`, lotUnits: sql`${campaignBuyers.lotUnits} + ${change}` })
    .where(and(eq(campaignBuyers.campaignId, campaignId), eq(campaignBuyers.buyerKey, buyerKey)))
    .returning({ units: campaignBuyers.units })
  return held?.units ?? 0
}

/** What these pre-orders were before, oldest first. */
export const changesOf = (db: Reader, ids: readonly string[]): Promise<PreorderChange[]> =>
  db
    .select()
    .from(preorderChanges)
    .where(inArray(preorderChanges.preorderId, [...ids]))
    .orderBy(asc(preorderChanges.preorderId), asc(preorderChanges.id))
