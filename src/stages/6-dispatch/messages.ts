/** The tables of webhooks to factories: what is queued, claimed, settled, attempted and sent again. */
import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import { newId } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { attempts, factories, messages } from '../../db/schema.ts'
import type { MessageType } from './model.ts'
import { factoryById } from './store.ts'

export type Message = typeof messages.$inferSelect

export interface NewMessage {
  factoryId: string
  orderId: string | null
  type: MessageType
  dedupeKey: string
  data: Record<string, unknown>
}

/**
 * Queue a webhook in the transaction that gives the reason for it. The row's id is the message's for ever. A factory
 * without an endpoint works in the portal: nothing is queued for it.
 */
export async function queueMessage(
  tx: Tx,
  { data, ...message }: NewMessage,
  now: Date,
  lease: { leaseToken: string; leasedUntil: Date } | undefined = undefined,
): Promise<Message | undefined> {
  const factory = await factoryById(tx, message.factoryId)
  if (!factory?.endpoint) return undefined
  const body = JSON.stringify({ type: message.type, timestamp: now.toISOString(), data })
  const [row] = await tx
    .insert(messages)
    .values({ id: newId(), ...message, body, state: 'due', dueAt: now, createdAt: now, ...lease })
    .onConflictDoNothing()
    .returning()
  return row
}

const isFree = (now: Date) =>
  and(
    eq(messages.state, 'due'),
    lte(messages.dueAt, now),
    or(isNull(messages.leasedUntil), lt(messages.leasedUntil, now)),
  )

/** Endpoints with something to deliver now. */
export const endpointsDue = (db: Reader, now: Date) =>
  db
    .selectDistinct({ factoryId: messages.factoryId })
    .from(messages)
    .innerJoin(factories, eq(factories.id, messages.factoryId))
    .where(and(isFree(now), ne(factories.state, 'disabled'), isNotNull(factories.endpoint)))
    .orderBy(asc(messages.factoryId))

/** Take over up to `limit` due messages of one endpoint, by compare-and-swap on the lease. */
export async function claimMessages(
  tx: Tx,
  factoryId: string,
  lease: { token: string; now: Date; until: Date },
  limit: number,
): Promise<Message[]> {
  const due = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.factoryId, factoryId), isFree(lease.now)))
    .orderBy(asc(messages.dueAt), asc(messages.id))
    .limit(limit)
  if (!due.length) return []
  const rows = await tx
    .update(messages)
    .set({ leaseToken: lease.token, leasedUntil: lease.until, attempts: sql`${messages.attempts} + 1` })
    .where(
      and(
        inArray(
          messages.id,
          due.map(({ id }) => id),
        ),
        isFree(lease.now),
      ),
    )
    .returning()
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Fenced: when somebody else has taken the message over meanwhile, nothing changes and false comes back. */
export async function settleMessage(
  tx: Tx,
  message: { id: string; leaseToken: string | null },
  change: Pick<typeof messages.$inferInsert, 'state'> & Partial<typeof messages.$inferInsert>,
): Promise<boolean> {
  const rows = await tx
    .update(messages)
    .set({ ...change, leaseToken: null, leasedUntil: null })
    .where(and(eq(messages.id, message.id), eq(messages.leaseToken, message.leaseToken ?? '')))
    .returning({ id: messages.id })
  return rows.length === 1
}

export const recordAttempt = (tx: Tx, row: Omit<typeof attempts.$inferInsert, 'id'>) =>
  tx
    .insert(attempts)
    .values({ id: newId(), ...row })
    .returning({ id: attempts.id })

/** An endpoint that says it is overloaded gets nothing before `until`. */
export const slowEndpoint = (tx: Tx, factoryId: string, until: Date) =>
  tx
    .update(messages)
    .set({ dueAt: until })
    .where(
      and(
        eq(messages.factoryId, factoryId),
        eq(messages.state, 'due'),
        isNull(messages.leaseToken),
        lt(messages.dueAt, until),
      ),
    )
    .returning({ id: messages.id })

/** What is no longer worth delivering: the offer it is about is over. */
export const dropMessage = (tx: Tx, dedupeKey: string, now: Date) =>
  tx
    .update(messages)
    .set({ state: 'dropped', settledAt: now, leaseToken: null, leasedUntil: null })
    .where(and(eq(messages.dedupeKey, dedupeKey), eq(messages.state, 'due')))
    .returning({ id: messages.id })

/** One message, or all of a factory's from a stretch of time, due again under their old ids. */
export const replay = (tx: Tx, which: { messageId: string } | { factoryId: string; from: Date; to: Date }, now: Date) =>
  tx
    .update(messages)
    .set({ state: 'due', dueAt: now, attempts: 0, settledAt: null, leaseToken: null, leasedUntil: null })
    .where(
      'messageId' in which
        ? eq(messages.id, which.messageId)
        : and(
            eq(messages.factoryId, which.factoryId),
            gte(messages.createdAt, which.from),
            lte(messages.createdAt, which.to),
          ),
    )
    .returning({ id: messages.id })

export const messagePage = (
  db: Reader,
  filter: { factoryId?: string | undefined; orderId?: string | undefined; before?: string | undefined; limit: number },
) =>
  db
    .select()
    .from(messages)
    .where(
      and(
        filter.factoryId ? eq(messages.factoryId, filter.factoryId) : undefined,
        filter.orderId ? eq(messages.orderId, filter.orderId) : undefined,
        filter.before ? lt(messages.id, filter.before) : undefined,
      ),
    )
    .orderBy(desc(messages.id))
    .limit(filter.limit)

export const attemptsOf = (db: Reader, messageIds: readonly string[]) =>
  db
    .select()
    .from(attempts)
    .where(inArray(attempts.messageId, messageIds.slice(0, 500)))
    .orderBy(asc(attempts.id))
