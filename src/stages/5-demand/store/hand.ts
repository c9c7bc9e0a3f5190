/** The book of what people did with campaigns by hand. */
import { and, asc, desc, eq, lt, lte, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { handActs } from '../tables.ts'

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
