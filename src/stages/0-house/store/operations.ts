/** What an operator reads of the machinery: the log of events, work that waits for a person, letters that wait. */
import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { EventName } from '../../../core/events.ts'
import type { Reader } from '../../../db/database.ts'
import { migrations } from '../../../db/migrations-table.ts'
import { deliveries, events, mails } from '../../../db/tables.ts'
import { apiKeys, users } from '../tables.ts'

/** Newest first. @param before the id of the last one seen */
export const eventPage = (
  db: Reader,
  { name, before, limit }: { name?: string | undefined; before?: string | undefined; limit: number },
) =>
  db
    .select()
    .from(events)
    .where(and(name ? eq(events.name, name as EventName) : undefined, before ? lt(events.id, before) : undefined))
    .orderBy(desc(events.id))
    .limit(limit)

/** The word itself, not a parameter: so the indexes of what is parked prove that they hold it. */
const isParked = sql`${deliveries.state} = 'parked'`

/** Deliveries that failed too often, newest first. */
export const parkedDeliveries = (db: Reader, limit: number) =>
  db
    .select({ delivery: deliveries, name: events.name, payload: events.payload })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .where(isParked)
    .orderBy(desc(deliveries.id))
    .limit(limit)

export const countParked = (db: Reader): Promise<number> => db.$count(deliveries, isParked)

export const countWaitingLetters = async (db: Reader): Promise<number> =>
  (await db.$count(mails, sql`${mails.state} = 'due'`)) + (await db.$count(mails, sql`${mails.state} = 'parked'`))

export const userNames = (db: Reader, ids: string[]) =>
  db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids))

export const keyNames = (db: Reader, ids: string[]) =>
  db.select({ id: apiKeys.id, name: apiKeys.name }).from(apiKeys).where(inArray(apiKeys.id, ids))

/** When this database was made, as its first migration says. */
export async function madeAt(db: Reader): Promise<string | undefined> {
  const [first] = await db.select({ at: migrations.appliedAt }).from(migrations).orderBy(migrations.tag).limit(1)
  return first?.at
}
