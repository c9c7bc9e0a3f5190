/**
 * The one leased queue: rows of a table that some process takes for a while, works on, and settles, postpones or gives
 * back. Events, letters and webhooks differ in their policy alone: what their states are called, how often they are
 * tried and when again (docs/decisions/014-one-leased-queue.md).
 *
 * Claiming is atomic and every later change is fenced by the lease's token: whoever lost a lease changes nothing.
 */
import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Clock } from '../core/clock.ts'
import { withoutKeys } from '../core/redact.ts'
import { MINUTE, newId, SECOND } from '../core/values.ts'
import { atOnce } from './at-once.ts'
import { prepared, type Database, type Tx } from './database.ts'

/** How long a process that died keeps what it had in hand. A living one renews its leases three times as often. */
export const LEASE_MS = 15 * SECOND
const RENEWALS = 3

/** A table with the column kit `leased()` of the schema, and a `state`. */
export type LeasedTable = PgTable &
  Record<'id' | 'state' | 'dueAt' | 'attempts' | 'leaseToken' | 'leasedUntil' | 'lastError' | 'settledAt', PgColumn> & {
    $inferSelect: { id: string; state: string; attempts: number; leaseToken: string | null }
  }

export interface Policy<Table extends LeasedTable> {
  table: Table
  /** What a row is called that went well, and one that was tried often enough; a waiting one is always `due`. */
  done: Table['$inferSelect']['state']
  parked: Table['$inferSelect']['state']
  /**
   * Milliseconds until the next attempt, undefined when there is none.
   * @param failed attempts so far, ≥ 1
   */
  delay(failed: number): number | undefined
  /** What a row that went well keeps no longer. */
  forgets?: Readonly<Record<string, unknown>>
}

/** What is in hand: a row, the token that proves it, and which attempt this is. */
export interface Held {
  id: string
  leaseToken: string | null
  attempts: number
}

/** Names this run of the program on its leases: a process that comes after it can tell them from its own. */
const BOOT = newId()
export const newLease = (): string => `${process.pid}.${BOOT}.${newId()}`

/** Whether the process that took this lease runs no more. Only for processes of one machine. */
function isDead(token: string): boolean {
  const [pid, boot, rest] = token.split('.')
  if (!rest) return true // an earlier version's
  if (boot === BOOT) return false
  if (Number(pid) === process.pid) return true // its number is ours now
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** Doubling from two seconds to ten minutes, ±20 %, so that many failures do not come back together. */
export const backOff = (failed: number, random: () => number = Math.random): number =>
  Math.min(2 * SECOND * 2 ** (failed - 1), 10 * MINUTE) * (0.8 + 0.4 * random())

/** {@link backOff} for the first `most - 1` failures; then it is parked. */
export const upTo =
  (most: number) =>
  (failed: number): number | undefined =>
    failed >= most ? undefined : backOff(failed)

const MOST_TEXT = 2000
const FREE = { leaseToken: null, leasedUntil: null }

export type Queue<Table extends LeasedTable> = ReturnType<typeof leasedQueue<Table>>

export function leasedQueue<Table extends LeasedTable>(policy: Policy<Table>) {
  type Row = Table['$inferSelect']
  const { table, done } = policy
  // The query builder's types do not follow a table that is a parameter; the columns are those of the kit.
  const set = (change: Record<string, unknown>) => change as never
  const change = (tx: Tx) => tx.update(table as LeasedTable)
  const ids = { id: table.id }

  /** The word itself, not a parameter: only so do the indexes of what is due prove that they hold every such row. */
  const isDue = sql`${table.state} = 'due'`
  const isFree = (now: Date) =>
    and(isDue, lte(table.dueAt, now), or(isNull(table.leasedUntil), lt(table.leasedUntil, now)))
  const fence = ({ id, leaseToken }: Held) => and(eq(table.id, id), eq(table.leaseToken, leaseToken ?? ''))
  const owned = async (rows: Promise<unknown>): Promise<boolean> => ((await rows) as unknown[]).length === 1

  /** Built once per connection: recording what is done is the hot end of every queue. */
  const markDone = prepared<{ id: string; token: string; at: Date }, { id: string }>((tx) =>
    change(tx)
      .set(set({ state: done, settledAt: sql.placeholder('at'), lastError: null, ...policy.forgets, ...FREE }))
      .where(and(eq(table.id, sql.placeholder('id')), eq(table.leaseToken, sql.placeholder('token'))))
      .returning(ids),
  )

  /** The same for many. */
  const markAllDone = atOnce<{ id: string; token: string }, { id: string }, { at: Date }>(
    { id: table.id, token: table.leaseToken },
    (tx, { from, value }) =>
      change(tx)
        .set(set({ state: done, settledAt: sql.placeholder('at'), lastError: null, ...policy.forgets, ...FREE }))
        .where(sql`(${table.id}, ${table.leaseToken}) in (select ${value('id')}, ${value('token')} from ${from})`)
        .returning(ids),
  )

  const park = (tx: Tx, held: Held, now: Date, error: string, state: Row['state'] = policy.parked): Promise<boolean> =>
    owned(
      change(tx)
        .set(set({ state, settledAt: now, lastError: withoutKeys(error).slice(0, MOST_TEXT), ...FREE }))
        .where(fence(held))
        .returning(ids),
    )

  return {
    table,
    isFree,

    /**
     * Take over up to `limit` due rows, oldest first. Two processes never hold the same one; on PostgreSQL they do not
     * wait for each other's either.
     * @param only what this caller takes, beside what is due
     */
    async claim(
      db: Database,
      { now, limit, only, token = newLease() }: { now: Date; limit: number; only?: SQL | undefined; token?: string },
    ): Promise<Row[]> {
      const free = and(isFree(now), only)
      const due = (from: Pick<Tx, 'select'>, most: number) =>
        from
          .select(ids)
          .from(table as LeasedTable)
          .where(free)
          .orderBy(asc(table.dueAt), asc(table.id))
          .limit(most)
      // Mostly there is nothing: no transaction for that.
      if (limit < 1 || !(await due(db.read, 1)).length) return []
      const rows = await db.write(
        async (tx) => {
          const wanted = due(tx, limit)
          const found = await (db.dialect === 'postgres' ? wanted.for('update', { skipLocked: true }) : wanted)
          if (!found.length) return []
          return change(tx)
            .set(
              set({
                leaseToken: token,
                leasedUntil: new Date(now.getTime() + LEASE_MS),
                attempts: sql`${table.attempts} + 1`,
              }),
            )
            .where(
              and(
                inArray(
                  table.id,
                  found.map(({ id }) => id),
                ),
                isFree(now),
              ),
            )
            .returning()
        },
        { atomic: true },
      )
      return (rows as Row[]).sort((a, b) => (a.id < b.id ? -1 : 1))
    },

    /** It went well. False: somebody else has taken it over meanwhile, and nothing changed. */
    settle: (tx: Tx, held: Held, at: Date): Promise<boolean> =>
      owned(markDone(tx, { id: held.id, token: held.leaseToken ?? '', at })),

    /** {@link settle} for many, as one statement. @returns the ids of those that were still held */
    async settleAll(tx: Tx, held: readonly Held[], at: Date): Promise<ReadonlySet<string>> {
      const rows = held.map(({ id, leaseToken }) => ({ id, token: leaseToken ?? '' }))
      return new Set((await markAllDone(tx, rows, { at })).map(({ id }) => id))
    },

    /**
     * It did not: due again by the policy, or parked where a person sees it.
     * @param delayMs another time than the policy's; null parks it
     * @returns the state it is in, or undefined where somebody else has taken it over
     */
    async postpone(
      tx: Tx,
      held: Held,
      {
        now,
        error,
        delayMs = policy.delay(held.attempts) ?? null,
      }: { now: Date; error: string; delayMs?: number | null },
    ): Promise<Row['state'] | undefined> {
      if (delayMs === null) return (await park(tx, held, now, error)) ? policy.parked : undefined
      const kept = await owned(
        change(tx)
          .set(
            set({
              state: 'due',
              lastError: withoutKeys(error).slice(0, MOST_TEXT),
              dueAt: new Date(now.getTime() + delayMs),
              ...FREE,
            }),
          )
          .where(fence(held))
          .returning(ids),
      )
      return kept ? 'due' : undefined
    },

    park,

    /** Untried, or tried in vain because we are leaving: due as it was, and not counted as an attempt. */
    giveBack: (tx: Tx, held: Held): Promise<boolean> =>
      owned(
        change(tx)
          .set(set({ attempts: sql`${table.attempts} - 1`, ...FREE }))
          .where(fence(held))
          .returning(ids),
      ),

    /** Work goes on: everything still held under this token for another lease. False when nothing is. */
    async renew(db: Database, token: string, now: Date): Promise<boolean> {
      const rows = await db.write(
        (tx) =>
          change(tx)
            .set(set({ leasedUntil: new Date(now.getTime() + LEASE_MS) }))
            // What is held is due: found among that, not in everything that ever was.
            .where(and(isDue, eq(table.leaseToken, token)))
            .returning(ids),
        { atomic: true },
      )
      return (rows as unknown[]).length > 0
    },

    /** Renew in time until the function that comes back is called: work may take longer than a lease. */
    keep(db: Database, clock: Clock, token: string, failed: (error: unknown) => void = () => {}): () => void {
      const beat = setInterval(() => void this.renew(db, token, clock.now()).catch(failed), LEASE_MS / RENEWALS)
      beat.unref()
      return () => clearInterval(beat)
    },

    /** Due now, its attempts forgotten: what was parked, when a person says so. Returns how many there were. */
    async again(tx: Tx, which: SQL | undefined, now: Date): Promise<number> {
      const rows = await change(tx)
        .set(set({ state: 'due', dueAt: now, attempts: 0, settledAt: null, ...FREE }))
        .where(which)
        .returning(ids)
      return (rows as unknown[]).length
    },

    /**
     * The embedded database has one machine's processes: what one of them held when it died is free at once, without
     * waiting for its lease. Returns how many leases there were.
     */
    async takeOver(db: Database): Promise<number> {
      if (db.dialect !== 'sqlite') return 0
      const tokens = (await db.read
        .selectDistinct({ token: table.leaseToken })
        .from(table as LeasedTable)
        .where(and(eq(table.state, 'due'), isNotNull(table.leaseToken)))) as { token: string }[]
      const dead = tokens.map(({ token }) => token).filter(isDead)
      if (!dead.length) return 0
      await db.write((tx) => change(tx).set(set(FREE)).where(inArray(table.leaseToken, dead)).returning(ids), {
        atomic: true,
      })
      return dead.length
    },
  }
}
