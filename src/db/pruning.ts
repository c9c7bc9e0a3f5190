/** Rows of the machinery that are old and over, and their going: see stages/0-house/pruning. */
import { and, asc, eq, gt, inArray, lt, ne, notExists, sql } from 'drizzle-orm'
import { oldestIdAt } from '../core/values.ts'
import type { Reader, Tx } from './database.ts'
import { deliveries, events, mails } from './tables.ts'

interface Page {
  before: Date
  after?: string | undefined
  limit: number
}

/** Ids are made in the order of time: what is older than a moment is a range of the key. */
const range = (id: typeof events.id | typeof mails.id, { before, after }: Page) =>
  and(lt(id, oldestIdAt(before)), after === undefined ? undefined : gt(id, after))

const undone = (tx: Reader) =>
  tx
    .select({ one: sql`1` })
    .from(deliveries)
    .where(and(eq(deliveries.eventId, events.id), ne(deliveries.state, 'done')))

/** Events that everybody who listens has dealt with. */
export const oldEvents = (db: Reader, page: Page) =>
  db
    .select()
    .from(events)
    .where(and(range(events.id, page), notExists(undone(db))))
    .orderBy(asc(events.id))
    .limit(page.limit)

export async function deleteEvents(tx: Tx, ids: readonly string[]): Promise<number> {
  await tx.delete(deliveries).where(and(inArray(deliveries.eventId, [...ids]), eq(deliveries.state, 'done')))
  const gone = await tx
    .delete(events)
    .where(and(inArray(events.id, [...ids]), notExists(undone(tx))))
    .returning({ id: events.id })
  return gone.length
}

/** Letters that were sent. Their words went when they did, and whom they went to is nobody's affair in an archive. */
export const oldLetters = (db: Reader, page: Page) =>
  db
    .select({
      id: mails.id,
      dedupeKey: mails.dedupeKey,
      about: mails.about,
      lang: mails.lang,
      attempts: mails.attempts,
      createdAt: mails.createdAt,
      sentAt: mails.settledAt,
    })
    .from(mails)
    .where(and(range(mails.id, page), eq(mails.state, 'sent')))
    .orderBy(asc(mails.id))
    .limit(page.limit)

export async function deleteLetters(tx: Tx, ids: readonly string[]): Promise<number> {
  const gone = await tx
    .delete(mails)
    .where(and(inArray(mails.id, [...ids]), eq(mails.state, 'sent')))
    .returning({ id: mails.id })
  return gone.length
}
