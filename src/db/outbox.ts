import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { actorTag, type Actor } from '../core/actor.ts'
import { EVENTS, type EventName, type EventPayload } from '../core/events.ts'
import { MINUTE, newId, SECOND } from '../core/values.ts'
import type { Database, Tx } from './database.ts'
import { deliveries, events } from './schema.ts'

/** Who listens to what: listener name (`dispatch.prepare`) by event. Filled by the composition root. */
export type Listeners = ReadonlyMap<EventName, readonly string[]>

export interface EmitOptions {
  /** The same fact announced twice under one key is stored once (a schedule's window, a retried request). */
  dedupeKey?: string
}

export interface Outbox {
  /**
   * Say that something happened, in the caller's transaction: one `events` row and a delivery per listener, or
   * nothing at all if the transaction fails. Returns the event's id, or undefined when its key was already used.
   */
  emit<N extends EventName>(
    tx: Tx,
    actor: Actor,
    name: N,
    payload: EventPayload<N>,
    at: Date,
    options?: EmitOptions,
  ): Promise<string | undefined>
}

export function openOutbox(listeners: Listeners, wake: () => void = () => {}): Outbox {
  return {
    async emit(tx, actor, name, payload, at, options = {}) {
      const checked = EVENTS[name].parse(payload) as Record<string, unknown>
      const id = newId()
      const [stored] = await tx
        .insert(events)
        .values({ id, name, payload: checked, actor: actorTag(actor), at, dedupeKey: options.dedupeKey ?? null })
        .onConflictDoNothing()
        .returning({ id: events.id })
      if (!stored) return undefined
      const listening = listeners.get(name) ?? []
      if (listening.length)
        await tx
          .insert(deliveries)
          .values(listening.map((listener) => ({ id: newId(), eventId: id, listener, dueAt: at })))
      wake()
      return id
    },
  }
}

export interface Claimed {
  deliveryId: string
  leaseToken: string
  attempts: number
  listener: string
  event: { id: string; name: EventName; payload: Record<string, unknown>; actor: string; at: Date }
}

/** A dead worker's deliveries are taken over after this; a living one renews its lease in time. */
export const LEASE_MS = 60 * SECOND
const MOST_ATTEMPTS = 8

/**
 * Claim due deliveries, oldest first, by compare-and-swap on the lease: two workers never hold the same one, on
 * either database, whatever their isolation.
 */
export async function claim(db: Database, now: Date, limit: number): Promise<Claimed[]> {
  const leaseToken = newId()
  const free = and(
    eq(deliveries.state, 'due'),
    lte(deliveries.dueAt, now),
    or(isNull(deliveries.leasedUntil), lt(deliveries.leasedUntil, now)),
  )
  const due = await db.read
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(free)
    .orderBy(asc(deliveries.dueAt), asc(deliveries.id))
    .limit(limit)
  if (!due.length) return []
  const rows = await db.write(
    async (tx) => {
      const won = await tx
        .update(deliveries)
        .set({ leaseToken, leasedUntil: new Date(now.getTime() + LEASE_MS), attempts: sql`${deliveries.attempts} + 1` })
        .where(
          and(
            inArray(
              deliveries.id,
              due.map((row) => row.id),
            ),
            free,
          ),
        )
        .returning()
      if (!won.length) return []
      const happened = await tx
        .select()
        .from(events)
        .where(
          inArray(
            events.id,
            won.map((row) => row.eventId),
          ),
        )
      const byId = new Map(happened.map((event) => [event.id, event]))
      return won.flatMap((row) => {
        const event = byId.get(row.eventId)
        return event ? [{ row, event }] : []
      })
    },
    { atomic: true },
  )
  return rows
    .sort((a, b) => a.row.id.localeCompare(b.row.id))
    .map(({ row, event }) => ({
      deliveryId: row.id,
      leaseToken,
      attempts: row.attempts,
      listener: row.listener,
      event: { id: event.id, name: event.name as EventName, payload: event.payload, actor: event.actor, at: event.at },
    }))
}

/** Fenced by the lease: settling what somebody else has taken over meanwhile changes nothing and returns false. */
const fence = (claimed: Claimed) =>
  and(eq(deliveries.id, claimed.deliveryId), eq(deliveries.leaseToken, claimed.leaseToken))

export const settle = (db: Database, claimed: Claimed, now: Date): Promise<boolean> =>
  db.write(
    async (tx) => {
      const rows = await tx
        .update(deliveries)
        .set({ state: 'done', settledAt: now, leaseToken: null, leasedUntil: null, lastError: null })
        .where(fence(claimed))
        .returning({ id: deliveries.id })
      return rows.length === 1
    },
    { atomic: true },
  )

/** Work goes on: keep it for another lease. False when somebody else has taken it over. */
export const renew = (db: Database, claimed: Claimed, now: Date): Promise<boolean> =>
  db.write(
    async (tx) => {
      const rows = await tx
        .update(deliveries)
        .set({ leasedUntil: new Date(now.getTime() + LEASE_MS) })
        .where(fence(claimed))
        .returning({ id: deliveries.id })
      return rows.length === 1
    },
    { atomic: true },
  )

/** Doubling from two seconds to ten minutes, ±20 %, so that many failures do not come back together. */
export const backOff = (attempt: number, random: () => number = Math.random): number =>
  Math.min(2 * SECOND * 2 ** (attempt - 1), 10 * MINUTE) * (0.8 + 0.4 * random())

/** Put it off, or park it where the console shows it once it has failed too often. Returns the state it is in now. */
export async function postpone(db: Database, claimed: Claimed, now: Date, error: string): Promise<'due' | 'parked'> {
  const state = claimed.attempts >= MOST_ATTEMPTS ? ('parked' as const) : ('due' as const)
  await db.write(
    async (tx) => {
      await tx
        .update(deliveries)
        .set({
          state,
          lastError: error.slice(0, 2000),
          dueAt: new Date(now.getTime() + backOff(claimed.attempts)),
          leaseToken: null,
          leasedUntil: null,
        })
        .where(fence(claimed))
    },
    { atomic: true },
  )
  return state
}

/** The "try again" button: due now, with its attempts forgotten. Returns how many were parked. */
export const retryParked = (db: Database, ids: readonly string[], now: Date): Promise<number> =>
  db.write(
    async (tx) => {
      const rows = await tx
        .update(deliveries)
        .set({ state: 'due', dueAt: now, attempts: 0 })
        .where(and(inArray(deliveries.id, [...ids]), eq(deliveries.state, 'parked')))
        .returning({ id: deliveries.id })
      return rows.length
    },
    { atomic: true },
  )
