import cron from 'node-cron'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { system } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import type { EventName } from '../core/events.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { MINUTE } from '../core/values.ts'
import type { Database } from '../db/database.ts'
import { claim, LEASE_MS, postpone, renew, settle, type Claimed, type Listeners, type Outbox } from '../db/outbox.ts'
import type { Log } from '../engines/ports.ts'
import type { Happened, Reactions } from '../stages/context.ts'

/** Work that is found by looking, not announced: letters to send, webhooks to deliver. Returns how much it did. */
export type Chore = { name: string; run: () => Promise<number> }

export interface WorkerParts {
  db: Database
  outbox: Outbox
  clock: Clock
  log: Log
  pipeline: Pipeline
  stages: Readonly<Record<string, { reactions: Reactions }>>
  chores: readonly Chore[]
}

export interface LineWorker {
  /** Do everything that is due now, and what becomes due by it, then return. For tests and the demo's own clock. */
  processAll(): Promise<void>
  /** Work until stopped: schedules, deliveries, chores. */
  start(): void
  /** Finish what is in hand, start nothing more. */
  stop(): Promise<void>
  /** Somebody emitted something: look now rather than at the next tick. */
  nudge(): void
}

/** `dispatch:demand.lot-frozen`: the stage that listens and what it listens to. */
const listenerName = (stage: string, event: EventName) => `${stage}:${event}`

/** Which stage listens to which event, from the map. */
export function listenersOf(pipeline: Pipeline): Listeners {
  const map = new Map<EventName, string[]>()
  for (const [stage, spec] of Object.entries(pipeline))
    for (const event of spec.on) map.set(event, [...(map.get(event) ?? []), listenerName(stage, event)])
  return map
}

/** Reactions under way at once: one that drafts for half a minute does not hold up the others. */
const AT_ONCE = 8
const IDLE_MS = 500
/** How long chores stand back to see what the event loop does without them. */
const LOOK_MS = 20
const MOST_PAUSE_MS = 2000
/** A reaction that takes longer stands in the log, so that an operator sees what the worker is busy with. */
const SLOW_MS = 1000

/**
 * @throws Error when the map and the stages disagree: an event a stage should react to and does not, or the reverse
 */
export function openWorker(parts: WorkerParts): LineWorker {
  const { db, clock, log } = parts
  const reactions = new Map<string, (event: Happened) => Promise<void>>()
  for (const [stage, { reactions: own }] of Object.entries(parts.stages)) {
    const declared = parts.pipeline[stage]?.on ?? []
    for (const [event, reaction] of Object.entries(own)) {
      if (!declared.includes(event as EventName))
        throw new Error(`${stage} reacts to "${event}", which the map does not show`)
      reactions.set(listenerName(stage, event as EventName), reaction as (event: Happened) => Promise<void>)
    }
    for (const event of declared)
      if (!(event in own)) throw new Error(`the map wakes ${stage} on "${event}", and it has no reaction`)
  }

  async function handle(claimed: Claimed): Promise<void> {
    const reaction = reactions.get(claimed.listener)
    const began = performance.now()
    // Whoever works on it keeps it: a design run may take longer than a lease.
    const keeping = setInterval(() => {
      renew(db, claimed, clock.now()).catch((error: unknown) =>
        log.warn({ listener: claimed.listener, error: String(error) }, 'a lease could not be renewed'),
      )
    }, LEASE_MS / 3)
    try {
      if (!reaction) throw new Error(`no reaction is called ${claimed.listener}`)
      await reaction(claimed.event as unknown as Happened)
      await settle(db, claimed, clock.now())
      const ms = Math.round(performance.now() - began)
      if (ms > SLOW_MS) log.info({ listener: claimed.listener, ms }, 'a reaction took long')
    } catch (error) {
      const state = await postpone(
        db,
        claimed,
        clock.now(),
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      )
      log[state === 'parked' ? 'error' : 'warn'](
        { listener: claimed.listener, event: claimed.event.id, attempts: claimed.attempts, error: String(error) },
        state === 'parked' ? 'a delivery was parked' : 'a delivery will be tried again',
      )
    } finally {
      clearInterval(keeping)
    }
  }

  async function runChores(): Promise<number> {
    let done = 0
    for (const chore of parts.chores)
      try {
        done += await chore.run()
      } catch (error) {
        log.error({ chore: chore.name, error: String(error) }, 'a chore failed')
      }
    return done
  }

  let stopping = false
  let running: Promise<unknown> | undefined
  const sleepers = new Set<AbortController>()
  const schedules: { stop(): unknown }[] = []

  const wake = (): void => {
    for (const sleeper of sleepers) sleeper.abort()
  }
  async function idle(ms = IDLE_MS): Promise<void> {
    const sleeper = new AbortController()
    sleepers.add(sleeper)
    await sleep(ms, undefined, { signal: sleeper.signal }).catch(() => {})
    sleepers.delete(sleeper)
  }

  /** Deliveries: as many in hand as there is room for; the next is claimed as soon as one is done. */
  async function deliver(): Promise<void> {
    const inHand = new Set<Promise<void>>()
    while (!stopping) {
      const room = AT_ONCE - inHand.size
      const due =
        room > 0
          ? await claim(db, clock.now(), room).catch((error: unknown) => {
              log.error({ error: String(error) }, 'the worker could not look for work')
              return []
            })
          : []
      for (const claimed of due) {
        const work = handle(claimed)
          .catch((error: unknown) =>
            log.error({ listener: claimed.listener, error: String(error) }, 'a delivery is left to its lease'),
          )
          .finally(() => {
            inHand.delete(work)
            wake()
          })
        inHand.add(work)
      }
      if (!due.length && !stopping) await idle()
    }
    await Promise.all(inHand)
  }

  /**
   * Chores: beside deliveries, so that no buyer's letter waits for a drawing. The busier the event loop is without
   * them, the longer they stand back: a buyer who orders now comes before the letter to one who has ordered.
   */
  async function attend(): Promise<void> {
    while (!stopping) {
      const began = performance.now()
      const done = await runChores()
      if (stopping) return
      if (!done) {
        await idle()
        continue
      }
      const took = performance.now() - began
      const before = performance.eventLoopUtilization()
      await idle(LOOK_MS)
      if (stopping) return
      const busy = performance.eventLoopUtilization(before).utilization
      // Half busy: as long as they took; nine tenths: eighty times as long.
      await idle(Math.min(took * (busy / (1 - busy)) ** 2, MOST_PAUSE_MS))
    }
  }

  return {
    async processAll() {
      for (;;) {
        const due = await claim(db, clock.now(), AT_ONCE)
        await Promise.all(due.map(handle))
        if (!(await runChores()) && !due.length) return
      }
    },
    nudge: wake,
    start() {
      for (const spec of Object.values(parts.pipeline))
        for (const { cron: pattern, emits } of Object.values(spec.every ?? {}))
          schedules.push(cron.schedule(pattern, () => enqueue(emits), { noOverlap: true }))
      running = Promise.all([deliver(), attend()])
    },
    async stop() {
      stopping = true
      for (const schedule of schedules) void schedule.stop()
      wake()
      await running
    },
  }

  /** A schedule only enqueues, under the key of its minute: two nodes, or a double tick, make one event. */
  async function enqueue(emits: EventName): Promise<void> {
    const now = clock.now()
    const window = new Date(Math.floor(now.getTime() / MINUTE) * MINUTE).toISOString()
    try {
      await db.write(
        (tx) =>
          parts.outbox.emit(tx, system('schedule'), emits, { window } as never, now, {
            dedupeKey: `${emits}:${window}`,
          }),
        { atomic: true },
      )
    } catch (error) {
      log.warn({ emits, error: String(error) }, 'a schedule could not enqueue; the next tick will')
    }
  }
}
