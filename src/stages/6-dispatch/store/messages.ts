/** The tables of webhooks to factories: what is queued, attempted, dropped and sent again. */
import {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  max,
  ne,
  notExists,
  or,
  sql,
  type SQL,
} from 'drizzle-orm'
import { newId } from '../../../core/values.ts'
import { insertAtOnce } from '../../../db/at-once.ts'
import { prepared, type Database, type Reader, type Tx } from '../../../db/database.ts'
import { leasedQueue, newLease } from '../../../db/leases.ts'
import type { Sealer } from '../../../db/sealed.ts'
import { attempts, factories, messages, productionOrders } from '../tables.ts'
import { retryDelay, type MessageType } from '../model.ts'
import { factoryById } from './factories.ts'

export type Message = typeof messages.$inferSelect

export interface NewMessage {
  factoryId: string
  orderId: string | null
  type: MessageType
  dedupeKey: string
  data: Record<string, unknown>
}

/** Webhooks as a leased queue: tried for five days, as docs/webhooks.md says. */
export const messageQueue = leasedQueue({ table: messages, done: 'sent', parked: 'failed', delay: retryDelay })

/** What one factory is told about one order is numbered from 1; whoever else tells it something about it waits. */
async function nextSequence(tx: Tx, factoryId: string, orderId: string): Promise<number> {
  // Writing the row as it stands: on PostgreSQL the lock that two transactions need to count one after the other.
  await tx.update(productionOrders).set({ id: orderId }).where(eq(productionOrders.id, orderId))
  const [row] = await tx
    .select({ last: max(messages.sequence) })
    .from(messages)
    .where(and(eq(messages.factoryId, factoryId), eq(messages.orderId, orderId)))
  return (row?.last ?? 0) + 1
}

/**
 * Queue a webhook in the transaction that gives the reason for it. The row's id is the message's for ever. A factory
 * without an endpoint works in the portal: nothing is queued for it.
 * The body lies sealed: a brief's links open files without anything else.
 * @param leased keeps the worker's hands off until then: the caller sends it itself
 */
export async function queueMessage(
  tx: Tx,
  vault: Sealer,
  { data, ...message }: NewMessage,
  now: Date,
  leased?: { until: Date },
): Promise<Message | undefined> {
  const factory = await factoryById(tx, message.factoryId)
  if (!factory?.endpoint) return undefined
  const [known] = await tx.select().from(messages).where(eq(messages.dedupeKey, message.dedupeKey))
  if (known) return undefined
  const sequence = message.orderId === null ? null : await nextSequence(tx, message.factoryId, message.orderId)
  const body = JSON.stringify({
    type: message.type,
    timestamp: now.toISOString(),
    data: sequence === null ? data : { ...data, sequence },
  })
  const [row] = await tx
    .insert(messages)
    .values({
      id: newId(),
      ...message,
      sequence,
      body: vault.seal(body),
      state: 'due',
      dueAt: now,
      createdAt: now,
      ...(leased && { leaseToken: newLease(), leasedUntil: leased.until }),
    })
    .onConflictDoNothing({ target: messages.dedupeKey })
    .returning()
  return row
}

/** What is sent. A message that was queued before bodies were sealed is as it was. */
export const bodyOf = (vault: Sealer, { body }: { body: string }): string =>
  body.startsWith('{') ? body : vault.open(body)

/** An endpoint that may be asked at all, and now. */
export const isReady = (factory: Pick<typeof factories.$inferSelect, 'state' | 'endpoint' | 'quietUntil'>, now: Date) =>
  factory.state !== 'disabled' && factory.endpoint !== null && !(factory.quietUntil && factory.quietUntil > now)

/** A moment that a statement is run with, as the columns keep moments. */
const now = sql.param(sql.placeholder('now'), messages.dueAt)

const anyFree = prepared<{ now: Date }, { id: string }>((tx) =>
  tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(sql`${messages.state} = 'due'`, lte(messages.dueAt, now)))
    .orderBy(asc(messages.dueAt))
    .limit(1),
)

const nextWaiting = prepared<{ after: string }, { factoryId: string }>((tx) =>
  tx
    .select({ factoryId: messages.factoryId })
    .from(messages)
    .where(and(sql`${messages.state} = 'due'`, gt(messages.factoryId, sql.placeholder('after'))))
    .orderBy(asc(messages.factoryId))
    .limit(1),
)

/**
 * Factories that wait for something: found one after the other in the index of what is due, past any backlog of the one
 * before. Mostly there is nothing due at all, and that is one look.
 */
export async function factoriesWaiting(db: Reader, now: Date): Promise<string[]> {
  const found: string[] = []
  if (!(await anyFree(db, { now })).length) return found
  for (let after = ''; ;) {
    const [row] = await nextWaiting(db, { after })
    if (!row) return found
    found.push((after = row.factoryId))
  }
}

/** Whether something about the same order is neither delivered nor given up: what was said later waits for it. */
const hasEarlier = sql`exists (select 1 from ${messages} as earlier where earlier.factory_id = ${messages.factoryId}
  and earlier.order_id = ${messages.orderId} and earlier.state = 'due'
  and coalesce(earlier.sequence, 0) < ${messages.sequence})`

/** No lease, or one that is over. */
const isUnclaimed = or(isNull(messages.leasedUntil), lt(messages.leasedUntil, now))

type Claiming = { factoryId: string; now: Date; limit: number; token: string; until: Date }

/**
 * Claim a factory's next messages, of each order only the first that waits: one statement, built once per connection.
 * On PostgreSQL it passes over what another process is claiming.
 */
export function openClaims({ dialect }: Pick<Database, 'dialect'>) {
  const postgres = dialect === 'postgres'
  const passing = postgres ? sql`for update skip locked` : sql``
  // As an array it is asked once: in a join PostgreSQL may ask again, and pass over what it has just locked itself.
  const isNext = (next: SQL) => (postgres ? sql`${messages.id} = any(array${next})` : sql`${messages.id} in ${next}`)
  return prepared<Claiming, Message>((tx) => {
    const next = sql`(select ${messages.id} from ${messages} where ${messages.factoryId} = ${sql.placeholder('factoryId')}
      and ${messages.state} = 'due' and ${lte(messages.dueAt, now)} and ${isUnclaimed}
      and not ${hasEarlier} order by ${messages.dueAt}, ${messages.id} limit ${sql.placeholder('limit')} ${passing})`
    return tx
      .update(messages)
      .set({
        leaseToken: sql`${sql.placeholder('token')}`,
        leasedUntil: sql`${sql.param(sql.placeholder('until'), messages.leasedUntil)}`,
        attempts: sql`${messages.attempts} + 1`,
      })
      .where(and(isNext(next), sql`${messages.state} = 'due'`, isUnclaimed))
      .returning()
  })
}

/** When the first of a message's last `count` attempts was made: since it was queued or sent again. */
export async function firstAttempt(tx: Tx, messageId: string, count: number): Promise<Date | undefined> {
  const rows = await tx
    .select({ at: attempts.at })
    .from(attempts)
    .where(eq(attempts.messageId, messageId))
    .orderBy(desc(attempts.id))
    .limit(count)
  return rows.at(-1)?.at
}

/** A failure counts while its message waits for another attempt: when none does, the endpoint is not failing. */
export const forgetFailures = (tx: Tx, factoryId: string) =>
  tx
    .update(factories)
    .set({ failingSince: null })
    .where(
      and(
        eq(factories.id, factoryId),
        isNotNull(factories.failingSince),
        ne(factories.state, 'disabled'),
        notExists(
          tx
            .select({ id: messages.id })
            .from(messages)
            .where(
              and(
                eq(messages.factoryId, factoryId),
                eq(messages.state, 'due'),
                gt(messages.attempts, 0),
                isNotNull(messages.lastError),
              ),
            ),
        ),
      ),
    )
    .returning({ id: factories.id })

type NewAttempt = typeof attempts.$inferInsert

const storeAttempts = insertAtOnce<NewAttempt>(attempts, [
  'id',
  'messageId',
  'at',
  'status',
  'durationMs',
  'answer',
  'error',
])

/** What was asked of endpoints and what they answered, many as one statement. */
export const insertAttempts = (tx: Tx, rows: readonly Omit<NewAttempt, 'id'>[]) =>
  storeAttempts(
    tx,
    rows.map((row) => ({ id: newId(), ...row })),
  )

/** What is no longer worth delivering: the offer it is about is over. */
export async function dropMessage(tx: Tx, dedupeKey: string, now: Date): Promise<{ factoryId: string }[]> {
  const dropped = await tx
    .update(messages)
    .set({ state: 'dropped', settledAt: now, leaseToken: null, leasedUntil: null })
    .where(and(eq(messages.dedupeKey, dedupeKey), eq(messages.state, 'due')))
    .returning({ factoryId: messages.factoryId })
  for (const { factoryId } of dropped) await forgetFailures(tx, factoryId)
  return dropped
}

/** One message, or all of a factory's from a stretch of time, due again under their old ids. */
export const replay = (
  tx: Tx,
  which: { messageId: string } | { factoryId: string; from: Date; to: Date },
  now: Date,
): Promise<number> =>
  messageQueue.again(
    tx,
    'messageId' in which
      ? eq(messages.id, which.messageId)
      : and(
          eq(messages.factoryId, which.factoryId),
          gte(messages.createdAt, which.from),
          lte(messages.createdAt, which.to),
        ),
    now,
  )

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

export const attemptsOf = async (db: Reader, messageIds: readonly string[]) => {
  if (!messageIds.length) return []
  return db
    .select()
    .from(attempts)
    .where(inArray(attempts.messageId, messageIds.slice(0, 500)))
    .orderBy(asc(attempts.id))
}
