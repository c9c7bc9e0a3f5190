import { and, inArray, lt, ne, sql } from 'drizzle-orm'
import { ERASED } from '../../../core/person.ts'
import type { Reader, Tx } from '../../../db/database.ts'
import { isOf, maybeOf } from '../../../db/persons.ts'
import { inquiries } from '../tables.ts'
import type { Inquiry } from '../store.ts'

export async function inquiriesOf(db: Reader, email: string): Promise<Inquiry[]> {
  const isTheirs = isOf(email)
  return (await db.select().from(inquiries).where(maybeOf(inquiries.email, email))).filter((row) => isTheirs(row.email))
}

export async function askerAddresses(db: Reader): Promise<string[]> {
  return (await db.selectDistinct({ email: inquiries.email }).from(inquiries)).map(({ email }) => email)
}

/** Nobody's, without their words; nobody is waited for to answer them. */
export const forgetInquiries = (tx: Tx, ids: string[], now: Date) =>
  tx
    .update(inquiries)
    .set({
      email: ERASED,
      question: '',
      published: false,
      answeredAt: sql`coalesce(${inquiries.answeredAt}, ${sql.param(now, inquiries.answeredAt)})`,
    })
    .where(inArray(inquiries.id, ids))
    .returning({ id: inquiries.id })

/** Those that were answered before lose their address and keep their words: a slice of them. @returns how many */
export async function forgetOldAskers(tx: Tx, before: Date, limit: number): Promise<number> {
  const old = await tx
    .select({ id: inquiries.id })
    .from(inquiries)
    .where(and(lt(inquiries.answeredAt, before), ne(inquiries.email, ERASED)))
    .limit(limit)
  const ids = old.map(({ id }) => id)
  if (ids.length)
    await tx.update(inquiries).set({ email: ERASED }).where(inArray(inquiries.id, ids)).returning({ id: inquiries.id })
  return ids.length
}
