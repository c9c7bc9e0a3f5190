import { and, eq, inArray } from 'drizzle-orm'
import { actorTag, type Actor } from '../core/actor.ts'
import { EVENTS, type EventName, type EventPayload } from '../core/events.ts'
import { newId } from '../core/values.ts'
import type { Database, Tx } from './database.ts'
import { leasedQueue, upTo, type Held } from './leases.ts'
import { deliveries, events } from './tables.ts'

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

export interface Claimed extends Held {
  listener: string
  event: { id: string; name: EventName; payload: Record<string, unknown>; actor: string; at: Date }
}

const MOST_ATTEMPTS = 8

/** Deliveries as a leased queue: their policy is to be tried eight times, and then to wait for a person. */
export const deliveryQueue = leasedQueue({
  table: deliveries,
  done: 'done',
  parked: 'parked',
  delay: upTo(MOST_ATTEMPTS),
})

/** Claim due deliveries, oldest first, each with its event. */
export async function claim(db: Database, now: Date, limit: number): Promise<Claimed[]> {
  const rows = await deliveryQueue.claim(db, { now, limit })
  if (!rows.length) return []
  // Stored with the deliveries and never changed: it need not be read in the transaction that claims.
  const happened = await db.read
    .select()
    .from(events)
    .where(
      inArray(
        events.id,
        rows.map((row) => row.eventId),
      ),
    )
  const byId = new Map(happened.map((event) => [event.id, event]))
  return rows.flatMap(({ id, leaseToken, attempts, listener, eventId }) => {
    const event = byId.get(eventId)
    if (!event) return []
    return [{ id, leaseToken, attempts, listener, event: { ...event, name: event.name as EventName } }]
  })
}

export const settle = (db: Database, claimed: Claimed, now: Date): Promise<boolean> =>
  db.write((tx) => deliveryQueue.settle(tx, claimed, now), { atomic: true })

/**
 * Put it off, or park it where the console shows it once it has failed too often.
 * @param gaveUp what else happens, in the same transaction, when it is parked
 * @returns the state it is in now; undefined when somebody else has taken it over
 */
export const postpone = (
  db: Database,
  claimed: Claimed,
  now: Date,
  error: string,
  gaveUp?: (tx: Tx) => Promise<void>,
): Promise<'due' | 'parked' | 'done' | undefined> =>
  db.write(
    async (tx) => {
      const state = await deliveryQueue.postpone(tx, claimed, { now, error })
      if (state === 'parked') await gaveUp?.(tx)
      return state
    },
    { atomic: gaveUp === undefined },
  )

/** The process leaves: what it has not finished is due at once, and was not tried. */
export const giveBack = (db: Database, claimed: Claimed): Promise<boolean> =>
  db.write((tx) => deliveryQueue.giveBack(tx, claimed), { atomic: true })

/** The "try again" button: due now, with its attempts forgotten. Returns how many were parked. */
export const retryParked = (db: Database, ids: readonly string[], now: Date): Promise<number> =>
  db.write(
    (tx) => deliveryQueue.again(tx, and(inArray(deliveries.id, [...ids]), eq(deliveries.state, 'parked')), now),
    { atomic: true },
  )
