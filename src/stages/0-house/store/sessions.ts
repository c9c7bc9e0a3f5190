/** Sessions, and the tickets of those who are half-way in. Both are looked up by the SHA-256 of what somebody holds. */
import { and, desc, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { sessions, tickets, users } from '../tables.ts'
import type { User } from './accounts.ts'

export type Session = typeof sessions.$inferSelect
type Ticket = typeof tickets.$inferSelect

/** Whose session this is, whether it still counts or not. */
export async function sessionUser(db: Pick<Tx, 'select'>, tokenHash: string) {
  const [who] = await db
    .select({ id: users.id, name: users.name, role: users.role })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.tokenHash, tokenHash))
  return who
}

/** A session that counts, with its user. @param seenAfter whoever was last seen before that was idle too long */
export async function liveSession(db: Reader, tokenHash: string, now: Date, seenAfter: Date) {
  const [row] = await db
    .select({
      id: users.id,
      name: users.name,
      role: users.role,
      lang: users.lang,
      lastSeenAt: sessions.lastSeenAt,
      confirmedAt: sessions.confirmedAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.tokenHash, tokenHash),
        gt(sessions.expiresAt, now),
        gt(sessions.lastSeenAt, seenAfter),
        isNull(users.disabledAt),
      ),
    )
  return row
}

/** Every session of an account, also those that do not count any more. */
export const sessionsOf = (db: Pick<Tx, 'select'>, userId: string): Promise<Session[]> =>
  db.select().from(sessions).where(eq(sessions.userId, userId))

/** Those that count; the one seen last comes first. */
export const liveSessionsOf = (db: Reader, userId: string, now: Date, seenAfter: Date): Promise<Session[]> =>
  db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, now), gt(sessions.lastSeenAt, seenAfter)))
    .orderBy(desc(sessions.lastSeenAt))

export const insertSession = (tx: Tx, row: typeof sessions.$inferInsert) =>
  tx.insert(sessions).values(row).returning({ id: sessions.userId })

export const changeSession = (tx: Tx, tokenHash: string, set: Partial<Pick<Session, 'lastSeenAt' | 'confirmedAt'>>) =>
  tx.update(sessions).set(set).where(eq(sessions.tokenHash, tokenHash)).returning({ id: sessions.userId })

/** @returns whether it was there */
export async function deleteSession(tx: Tx, tokenHash: string): Promise<boolean> {
  const ended = await tx.delete(sessions).where(eq(sessions.tokenHash, tokenHash)).returning({ id: sessions.userId })
  return ended.length > 0
}

export const deleteSessionsOf = (tx: Tx, userId: string) =>
  tx.delete(sessions).where(eq(sessions.userId, userId)).returning({ id: sessions.userId })

// ── tickets ─────────────────────────────────────────────────────────────────────────────────────────────────────

export const insertTicket = (tx: Tx, row: Ticket) => tx.insert(tickets).values(row).returning({ id: tickets.userId })

export const deleteTicketsOf = (tx: Tx, userId: string, purpose: Ticket['purpose']) =>
  tx
    .delete(tickets)
    .where(and(eq(tickets.userId, userId), eq(tickets.purpose, purpose)))
    .returning({ id: tickets.userId })

export const deleteOldTickets = (tx: Tx, now: Date) =>
  tx.delete(tickets).where(lt(tickets.expiresAt, now)).returning({ id: tickets.userId })

/** Whose ticket it is, while its time is not over. */
export async function ticketHolder(
  db: Pick<Tx, 'select'>,
  tokenHash: string,
  purpose: Ticket['purpose'],
  now: Date,
): Promise<User | undefined> {
  const [row] = await db
    .select({ user: users })
    .from(tickets)
    .innerJoin(users, eq(users.id, tickets.userId))
    .where(and(eq(tickets.tokenHash, tokenHash), eq(tickets.purpose, purpose), gt(tickets.expiresAt, now)))
  return row?.user
}

/** @returns whether it was there: the second who comes with it gets nothing */
export async function deleteTicket(tx: Tx, tokenHash: string): Promise<boolean> {
  const taken = await tx.delete(tickets).where(eq(tickets.tokenHash, tokenHash)).returning({ id: tickets.userId })
  return taken.length > 0
}
