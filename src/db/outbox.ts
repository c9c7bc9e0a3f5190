import { and, eq, inArray, sql } from 'drizzle-orm'
import { actorTag, type Actor } from '../core/actor.ts'
import { EVENTS, type EventName, type EventPayload } from '../core/events.ts'
import { newId, type Localized } from '../core/values.ts'
import { afterCommit, type Database, type Reader, type Tx } from './database.ts'
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
      // Before the commit there is nothing to be found.
      afterCommit(tx, wake)
      return id
    },
  }
}

export interface Claimed extends Held {
  listener: string
  event: { id: string; name: EventName; payload: Record<string, unknown>; actor: string; at: Date }
}

const MOST_ATTEMPTS = 8

/** The word itself, not a parameter: so the indexes of what is parked prove that they hold it. */
const isParked = sql`${deliveries.state} = 'parked'`

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

/** Say on a parked delivery what a person is to read, and where. */
export async function noteTrouble(tx: Tx, { id }: Claimed, about: string, trouble: Localized): Promise<void> {
  await tx.update(deliveries).set({ about, trouble }).where(eq(deliveries.id, id)).returning({ id: deliveries.id })
}

export interface StandingTrouble {
  deliveryId: string
  trouble: Localized
  /** Letters about this that could not be sent, which people may have tried again there. */
  letters?: string
}

/** What failed for good about something people look at, and waits to be tried again. */
export async function troublesAbout(db: Reader, about: string): Promise<StandingTrouble[]> {
  const rows = await db
    .select({ deliveryId: deliveries.id, trouble: deliveries.trouble })
    .from(deliveries)
    .where(and(isParked, eq(deliveries.about, about)))
    .orderBy(deliveries.id)
    .limit(20)
  return rows.flatMap(({ deliveryId, trouble }) => (trouble ? [{ deliveryId, trouble }] : []))
}

/** What failed was done by other means meanwhile: nothing is to be tried again. */
export const endTroubles = (db: Database, about: string, listener: string, now: Date): Promise<number> =>
  db.write(
    async (tx) => {
      const rows = await tx
        .update(deliveries)
        .set({ state: 'done', settledAt: now })
        .where(and(isParked, eq(deliveries.about, about), eq(deliveries.listener, listener)))
        .returning({ id: deliveries.id })
      return rows.length
    },
    { atomic: true },
  )

/** A listener's deliveries that are not done: due or under way, and parked. */
export const openDeliveries = (
  db: Reader,
  listener: string,
): Promise<{ id: string; state: string; payload: Record<string, unknown> }[]> =>
  db
    .select({ id: deliveries.id, state: deliveries.state, payload: events.payload })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .where(and(inArray(deliveries.state, ['due', 'parked']), eq(deliveries.listener, listener)))
    .limit(5000)

/** The process leaves: what it has not finished is due at once, and was not tried. */
export const giveBack = (db: Database, claimed: Claimed): Promise<boolean> =>
  db.write((tx) => deliveryQueue.giveBack(tx, claimed), { atomic: true })

/** The "try again" button: due now, with its attempts forgotten. Returns how many were parked. */
export const retryParked = (db: Database, ids: readonly string[], now: Date): Promise<number> =>
  db.write((tx) => deliveryQueue.again(tx, and(inArray(deliveries.id, [...ids]), isParked), now), { atomic: true })
