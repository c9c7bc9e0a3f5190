import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { system } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import type { EventName } from '../core/events.ts'
import type { ChoreSpec, Pipeline } from '../core/pipeline.ts'
import { problemIn } from '../core/errors.ts'
import { SECOND, type Localized } from '../core/values.ts'
import type { Database, Tx } from '../db/database.ts'
import {
  claim,
  deliveryQueue,
  giveBack,
  noteTrouble,
  postpone,
  settle,
  type Claimed,
  type Listeners,
  type Outbox,
} from '../db/outbox.ts'
import type { Log } from '../engines/ports.ts'
import type { Chore, Chores, GivingUp, Happened, Reactions, Trouble } from '../stages/context.ts'

export interface WorkerParts {
  db: Database
  outbox: Outbox
  clock: Clock
  log: Log
  pipeline: Pipeline
  stages: Readonly<Record<string, { reactions: Reactions; givingUp?: GivingUp; chores?: Chores }>>
  /** What is looked for beside the line: as declared, and what does it. */
  beside: { declared: Readonly<Record<string, ChoreSpec>>; chores: Chores }
  /** What an earlier run of the program held when it died, freed before the first look. */
  takeOver?: () => Promise<unknown>
}

export interface LineWorker {
  /** Do everything that is due now, and what becomes due by it, then return. For tests and the demo's own clock. */
  processAll(): Promise<void>
  /** Work until stopped: schedules, deliveries, chores. */
  start(): void
  /** Enqueue each schedule whose window has begun since it was last enqueued, once however many were missed. */
  tick(): Promise<void>
  /** Only what this process gathered in its own memory; what is due in the database is another's work. */
  startOwn(): void
  /** Start nothing more, give up calls to the outside, finish what can be finished soon; the rest is due again. */
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
/** How often schedules are looked at. One that comes late, under full load or after a pause, finds what is due since. */
const TICK_MS = SECOND
/** How long chores stand back to see what the event loop does without them. */
const LOOK_MS = 20
const MOST_PAUSE_MS = 2000
/** How long a process that leaves waits for reactions under way before it gives them back. */
const LEAVE_MS = 4 * SECOND
/** A reaction that takes longer stands in the log, so that an operator sees what the worker is busy with. */
const SLOW_MS = 1000

interface Looking extends ChoreSpec {
  name: string
  run: Chore
  /** When it was looked at last, by the clock, ms. */
  looked: number
}

/** What the map declares and what does it, joined; they must be the same. */
function choresOf(whose: string, declared: Readonly<Record<string, ChoreSpec>> = {}, provided: Chores = {}): Looking[] {
  for (const name of Object.keys(provided))
    if (!Object.hasOwn(declared, name)) throw new Error(`${whose} has a chore "${name}", which the map does not show`)
  return Object.entries(declared).map(([name, spec]) => {
    const run = provided[name]
    if (!run) throw new Error(`the map shows a chore "${name}" of ${whose}, and nothing does it`)
    return { ...spec, name, run, looked: -Infinity }
  })
}

/** Our sentence, then the reason where it is one that people can read. */
function withReason({ en, zh }: Localized, error: unknown): Localized {
  const known = problemIn(error)
  return known
    ? { en: `${en} ${known.text.en}`, zh: `${zh}${known.text.zh}` }
    : {
        en: `${en} It was tried several times; the cause stands with the parked work, where it can be tried again.`,
        zh: `${zh}系统已多次重试；原因见“待处理”，可在那里重试。`,
      }
}

/** Reactions by listener, and what a person is shown where one fails for good. @throws what {@link openWorker} throws */
function reactionsOf({ stages, pipeline }: WorkerParts) {
  const reactions = new Map<string, (event: Happened) => Promise<void>>()
  const troubles = new Map<string, Trouble>()
  for (const [stage, { reactions: own, givingUp = {} }] of Object.entries(stages)) {
    for (const [event, shown] of Object.entries(givingUp))
      if ('about' in shown) troubles.set(listenerName(stage, event as EventName), shown as unknown as Trouble)
    const declared = pipeline[stage]?.on ?? []
    const untold = Object.keys(own).filter((event) => Object.keys(givingUp).length > 0 && !(event in givingUp))
    if (untold.length) throw new Error(`nobody is shown when ${stage} fails for good at: ${untold.join(', ')}`)
    for (const [event, reaction] of Object.entries(own)) {
      if (!declared.includes(event as EventName))
        throw new Error(`${stage} reacts to "${event}", which the map does not show`)
      reactions.set(listenerName(stage, event as EventName), reaction as (event: Happened) => Promise<void>)
    }
    for (const event of declared)
      if (!(event in own)) throw new Error(`the map wakes ${stage} on "${event}", and it has no reaction`)
  }
  return { reactions, troubles }
}

/** @throws what {@link openWorker} throws */
const allChoresOf = ({ stages, pipeline, beside }: WorkerParts): Looking[] => [
  ...Object.entries(stages).flatMap(([stage, { chores: own }]) => choresOf(stage, pipeline[stage]?.chores, own)),
  ...choresOf('the house', beside.declared, beside.chores),
]

/** How long this worker goes on, and what wakes its loops. */
class Life {
  readonly leaving = new AbortController()
  stopping = false
  /** Counts what was said: whoever looked before the last word has not seen everything. */
  said = 0
  readonly #sleepers = new Set<AbortController>()

  wake(): void {
    this.said++
    for (const sleeper of this.#sleepers) sleeper.abort()
  }

  async idle(ms = IDLE_MS): Promise<void> {
    const sleeper = new AbortController()
    this.#sleepers.add(sleeper)
    await sleep(ms, undefined, { signal: sleeper.signal }).catch(() => {})
    this.#sleepers.delete(sleeper)
  }

  stop(): void {
    this.stopping = true
    this.leaving.abort()
    this.wake()
  }
}

/** What became of a reaction, written down: it went well, is put off, is parked and shown to a person, or given back. */
function openHandling(parts: WorkerParts, { leaving }: Life): (claimed: Claimed) => Promise<void> {
  const { db, clock, log } = parts
  const { reactions, troubles } = reactionsOf(parts)

  /** What a person is shown of a delivery that is parked, in their language and where they look. */
  async function show(tx: Tx, claimed: Claimed, error: unknown): Promise<void> {
    const shown = troubles.get(claimed.listener)
    if (!shown) return
    const payload = claimed.event.payload as Parameters<Trouble['about']>[0]
    const about = await shown.about(payload, tx)
    if (about === undefined) return
    const why = withReason(shown.says, error)
    await noteTrouble(tx, claimed, about, why)
    await shown.ends?.(tx, payload, why)
  }

  /** Put off or parked; that nothing can be shown of it does not keep it from being parked. */
  async function putOff(claimed: Claimed, error: unknown) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
    try {
      return await postpone(db, claimed, clock.now(), said, (tx) => show(tx, claimed, error))
    } catch (failure) {
      log.error({ listener: claimed.listener, error: String(failure) }, 'what failed could not be shown')
      return postpone(db, claimed, clock.now(), said)
    }
  }

  async function handle(claimed: Claimed): Promise<void> {
    const reaction = reactions.get(claimed.listener)
    const began = performance.now()
    // Whoever works on it keeps it: a design run may take longer than a lease.
    const release = deliveryQueue.keep(db, clock, claimed.leaseToken ?? '', (error) =>
      log.warn({ listener: claimed.listener, error: String(error) }, 'a lease could not be renewed'),
    )
    try {
      if (!reaction) throw new Error(`no reaction is called ${claimed.listener}`)
      await reaction(claimed.event as unknown as Happened)
      await settle(db, claimed, clock.now())
      const ms = Math.round(performance.now() - began)
      if (ms > SLOW_MS) log.info({ listener: claimed.listener, ms }, 'a reaction took long')
    } catch (error) {
      if (leaving.signal.aborted) return void (await giveBack(db, claimed))
      const state = await putOff(claimed, error)
      log[state === 'parked' ? 'error' : 'warn'](
        { listener: claimed.listener, event: claimed.event.id, attempts: claimed.attempts, error: String(error) },
        state === 'parked' ? 'a delivery was parked' : 'a delivery will be tried again',
      )
    } finally {
      release()
    }
  }

  return handle
}

/** Deliveries, as many in hand as there is room for. */
function openDeliveries({ db, clock, log }: WorkerParts, life: Life, handle: (claimed: Claimed) => Promise<void>) {
  /** Under way now. */
  const inHand = new Map<Claimed, Promise<void>>()

  /** Deliveries: as many in hand as there is room for; the next is claimed as soon as one is done. */
  async function deliver(): Promise<void> {
    while (!life.stopping) {
      const heard = life.said
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
            inHand.delete(claimed)
            life.wake()
          })
        inHand.set(claimed, work)
      }
      if (!due.length && heard === life.said && !life.stopping) await life.idle()
    }
  }

  /** What is still under way when there is no more time for it is due again at once, for whoever comes next. */
  async function leave(): Promise<void> {
    const enough = new AbortController()
    await Promise.race([
      Promise.all(inHand.values()),
      sleep(LEAVE_MS, undefined, { signal: enough.signal }).catch(() => {}),
    ])
    enough.abort()
    for (const claimed of inHand.keys()) {
      log.warn({ listener: claimed.listener }, 'a reaction did not end in time and will be run again')
      await giveBack(db, claimed)
    }
  }

  return { deliver, leave }
}

function openSchedules({ db, clock, log, pipeline, outbox }: WorkerParts, life: Life) {
  const schedules = Object.values(pipeline)
    .flatMap((spec) => Object.values(spec.every ?? {}))
    .map((schedule) => ({ ...schedule, enqueued: 0 }))

  /**
   * A schedule only enqueues, under the key of its window: two nodes, or a double tick, make one event. What reacts asks
   * what is due by now, so that of windows that were missed one is enough.
   */
  async function tick(): Promise<void> {
    for (const schedule of schedules) {
      const now = clock.now()
      const begun = Math.floor(now.getTime() / schedule.ms) * schedule.ms
      // Another window, not only a later one: a clock that was ahead and is put back goes on from where it is.
      if (begun === schedule.enqueued) continue
      const window = new Date(begun).toISOString()
      const { emits } = schedule
      try {
        await db.write(
          (tx) =>
            outbox.emit(tx, system('schedule'), emits, { window } as never, now, {
              dedupeKey: `${emits}:${window}`,
            }),
          { atomic: true },
        )
        schedule.enqueued = begun
      } catch (error) {
        log.warn({ emits, error: String(error) }, 'a schedule could not enqueue; the next tick will')
      }
    }
  }

  async function keepTime(): Promise<void> {
    while (!life.stopping) {
      await tick()
      if (!life.stopping) await sleep(TICK_MS, undefined, { signal: life.leaving.signal }).catch(() => {})
    }
  }

  return { tick, keepTime }
}

function openChores(parts: WorkerParts, life: Life) {
  const { clock, log } = parts
  const chores = allChoresOf(parts)

  async function look(chore: Looking, waits: boolean): Promise<number> {
    const now = clock.now().getTime()
    // A clock that was ahead and is put back must not keep it waiting until it is there again.
    if (chore.every !== undefined && Math.abs(now - chore.looked) < chore.every) return 0
    chore.looked = now
    try {
      return await chore.run({ leaving: life.leaving.signal, waits })
    } catch (error) {
      log.error({ chore: chore.name, error: String(error) }, 'a chore failed')
      return 0
    }
  }

  async function lookAll(): Promise<number> {
    let done = 0
    for (const chore of chores) done += await look(chore, true)
    return done
  }

  /**
   * A chore in a loop of its own: no letter waits for a drawing, no webhook for a mail server. The busier the event
   * loop is without it, the longer it stands back: a buyer who orders now comes before the letter to one who has
   * ordered.
   */
  async function attend(chore: Looking): Promise<void> {
    while (!life.stopping) {
      const began = performance.now()
      const heard = life.said
      const done = await look(chore, false)
      if (life.stopping) return
      if (!done) {
        if (heard === life.said) await life.idle(chore.idle)
        continue
      }
      const took = performance.now() - began
      const before = performance.eventLoopUtilization()
      await life.idle(LOOK_MS)
      if (life.stopping) return
      const busy = performance.eventLoopUtilization(before).utilization
      // Half busy: as long as it took; nine tenths: eighty times as long.
      await life.idle(Math.min(took * (busy / (1 - busy)) ** 2, MOST_PAUSE_MS))
    }
  }

  return { chores, lookAll, attend }
}

/**
 * @throws Error when the map and the stages disagree: an event a stage should react to and does not, a chore it should
 *   do and does not, or the reverse
 */
export function openWorker(parts: WorkerParts): LineWorker {
  const { db, clock, log } = parts
  const life = new Life()
  const handle = openHandling(parts, life)
  const { chores, lookAll, attend } = openChores(parts, life)
  const { deliver, leave } = openDeliveries(parts, life, handle)
  const { tick, keepTime } = openSchedules(parts, life)
  let running: Promise<unknown> | undefined

  async function work(): Promise<void> {
    await parts
      .takeOver?.()
      .catch((error: unknown) => log.warn({ error: String(error) }, 'what an earlier run held is left to its leases'))
    await Promise.all([keepTime(), deliver(), ...chores.map(attend)])
    await leave()
  }

  return {
    async processAll() {
      for (;;) {
        const due = await claim(db, clock.now(), AT_ONCE)
        await Promise.all(due.map(handle))
        if (!(await lookAll()) && !due.length) return
      }
    },
    nudge: () => life.wake(),
    tick,
    start() {
      running = work()
    },
    startOwn() {
      running = Promise.all(chores.filter(({ own }) => own).map(attend)).then(() => {})
    },
    async stop() {
      life.stop()
      await running
    },
  }
}
