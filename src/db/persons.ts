/** What the machinery's own tables hold on a person: letters, and what was said when one could not be sent. */
import { and, eq, inArray, like, lt, ne, or, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { BY_TEXT, ERASED, NOBODY, normaliseEmail } from '../core/person.ts'
import type { Reader, Tx } from './database.ts'
import { deliveries, mails } from './tables.ts'

export type MailRow = typeof mails.$inferSelect

/** Addresses in a column that may be this person's, however they were typed: `isOf` says which are. */
export function maybeOf(column: PgColumn, email: string) {
  if (email.startsWith(BY_TEXT)) return eq(column, email)
  const domain = normaliseEmail(email).split('@')[1] ?? ''
  const patterns = domain === 'gmail.com' ? ['%@gmail.com', '%@googlemail.com'] : [`%@${domain}`]
  return or(...patterns.map((pattern) => like(sql`lower(${column})`, pattern)))
}

/** Whether an address is this person's. */
export function isOf(email: string): (typed: string | null) => boolean {
  const person = normaliseEmail(email)
  return (typed) => typed !== null && normaliseEmail(typed) === person
}

export async function lettersOf(db: Reader, email: string): Promise<MailRow[]> {
  const isTheirs = isOf(email)
  return (await db.select().from(mails).where(maybeOf(mails.to, email))).filter(({ to }) => isTheirs(to))
}

export async function letterAddresses(db: Reader): Promise<string[]> {
  return (await db.selectDistinct({ to: mails.to }).from(mails)).map(({ to }) => to)
}

/** Those that were sent become nobody's; those that wait are never sent. @returns the ids of all of them */
export async function forgetLetters(tx: Tx, letters: readonly Pick<MailRow, 'id' | 'state'>[]): Promise<string[]> {
  const idsOf = (sent: boolean) => letters.filter(({ state }) => (state === 'sent') === sent).map(({ id }) => id)
  const [sent, unsent] = [idsOf(true), idsOf(false)]
  if (sent.length) await blank(tx, sent)
  if (unsent.length) await tx.delete(mails).where(inArray(mails.id, unsent)).returning({ id: mails.id })
  return letters.map(({ id }) => id)
}

const blank = (tx: Tx, ids: string[]) =>
  tx
    .update(mails)
    .set({ to: ERASED, subject: '', body: '', lastError: null })
    .where(inArray(mails.id, ids))
    .returning({ id: mails.id })

/** Letters about something that is over become nobody's, but for those still to be sent. @returns their ids */
export async function forgetLettersAbout(tx: Tx, id: string): Promise<string[]> {
  const about = and(like(mails.dedupeKey, `%${id}%`), ne(mails.state, 'due'), ne(mails.to, ERASED))
  const ids = (await tx.select({ id: mails.id }).from(mails).where(about)).map((letter) => letter.id)
  if (ids.length) await blank(tx, ids)
  return ids
}

/** A slice of those that were sent before. @returns their ids */
export async function forgetOldLetters(tx: Tx, before: Date, limit: number): Promise<string[]> {
  const old = await tx
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.state, 'sent'), lt(mails.createdAt, before), ne(mails.to, ERASED)))
    .limit(limit)
  const ids = old.map(({ id }) => id)
  if (ids.length) await blank(tx, ids)
  return ids
}

/** What a mail server or a failed reaction said may name the address. */
export const forgetWhatWasSaid = (tx: Tx, email: string) =>
  tx
    .update(deliveries)
    .set({ lastError: NOBODY })
    .where(like(sql`lower(${deliveries.lastError})`, `%${email.toLowerCase()}%`))
    .returning({ id: deliveries.id })
