/** The book of what people did with campaigns by hand. */
import { and, asc, desc, eq, gt, inArray, lt, lte, ne, sql } from 'drizzle-orm'
import { ERASED } from '../../../core/person.ts'
import type { Reader, Tx } from '../../../db/database.ts'
import { allowances, handActs, preorders } from '../tables.ts'
import { SLICE } from '../store.ts'

export type HandAct = typeof handActs.$inferSelect

export async function insertAct(tx: Tx, row: typeof handActs.$inferInsert): Promise<HandAct> {
  const [act] = await tx.insert(handActs).values(row).returning()
  if (!act) throw new Error('an act was not stored')
  return act
}

export async function actById(db: Reader, id: string): Promise<HandAct | undefined> {
  const [row] = await db.select().from(handActs).where(eq(handActs.id, id))
  return row
}

/** From one state to another, once. @returns undefined where somebody was quicker */
export async function moveAct(
  tx: Tx,
  id: string,
  from: HandAct['state'],
  set: Partial<typeof handActs.$inferInsert>,
): Promise<HandAct | undefined> {
  const [row] = await tx
    .update(handActs)
    .set(set)
    .where(and(eq(handActs.id, id), eq(handActs.state, from)))
    .returning()
  return row
}

/** Newest first. */
export const actsOf = (
  db: Reader,
  { campaignId, before, limit }: { campaignId: string; before?: string | undefined; limit: number },
): Promise<HandAct[]> =>
  db
    .select()
    .from(handActs)
    .where(and(eq(handActs.campaignId, campaignId), before === undefined ? undefined : lt(handActs.id, before)))
    .orderBy(desc(handActs.id))
    .limit(limit)

/** Begun, and no more to be taken back: longest ago first. */
export const actsDue = (db: Reader, now: Date, limit: number): Promise<HandAct[]> =>
  db
    .select()
    .from(handActs)
    .where(and(sql`${handActs.state} = 'waiting'`, lte(handActs.dueAt, now)))
    .orderBy(asc(handActs.dueAt))
    .limit(limit)

/** Whether a person has sent a lot of it before its time, and may still take that back. */
export const isBeingSent = async (db: Reader, campaignId: string): Promise<boolean> =>
  (await db.$count(
    handActs,
    and(eq(handActs.campaignId, campaignId), eq(handActs.kind, 'dispatch'), eq(handActs.state, 'waiting')),
  )) > 0

/** A buyer may hold so much. @returns what it was before */
export async function allow(tx: Tx, row: typeof allowances.$inferInsert): Promise<number | null> {
  const own = and(eq(allowances.campaignId, row.campaignId), eq(allowances.buyerKey, row.buyerKey))
  const [before] = await tx.select({ units: allowances.units }).from(allowances).where(own)
  await tx
    .insert(allowances)
    .values(row)
    .onConflictDoUpdate({ target: [allowances.campaignId, allowances.buyerKey], set: { units: row.units } })
    .returning({ units: allowances.units })
  return before?.units ?? null
}

export const disallow = (tx: Tx, campaignId: string, buyerKey: string) =>
  tx
    .delete(allowances)
    .where(and(eq(allowances.campaignId, campaignId), eq(allowances.buyerKey, buyerKey)))
    .returning({ units: allowances.units })

/**
 * Buyers who were verified by then and whose order stands, a slice of their pre-orders behind one of them. Whoever joined
 * later is not told what was said before, however late it is said again.
 */
export const buyersBehind = (db: Reader, campaignId: string, until: Date, after: string) =>
  db
    .select({
      id: preorders.id,
      buyerKey: preorders.buyerKey,
      email: preorders.email,
      name: preorders.name,
      lang: preorders.lang,
    })
    .from(preorders)
    .where(
      and(
        eq(preorders.campaignId, campaignId),
        gt(preorders.id, after),
        inArray(preorders.state, ['confirmed', 'in-lot', 'fulfilled']),
        lte(preorders.confirmedAt, until),
        ne(preorders.email, ERASED),
      ),
    )
    .orderBy(asc(preorders.id))
    .limit(SLICE)
