import type { Context, Turn } from '../context.ts'
import { SECOND } from '../../core/values.ts'
import { newLease, LEASE_MS } from '../../db/leases.ts'
import { openLanes, AT_ONCE, type Slot } from './lanes.ts'
import { post, type Outcome } from './posting.ts'
import { isAway, record, recordTaken, type Taken } from './recording.ts'
import { factoryById, type Factory } from './store.ts'
import { factoriesWaiting, isReady, messageQueue, openClaims, type Message } from './store/messages.ts'

/** The most messages that are claimed for one endpoint before they can be sent, and how long they should lie there. */
const MOST_AHEAD = 32
const AHEAD_MS = SECOND / 4
/** Answers that wait to be recorded: no more is sent until the database writes again. */
const MOST_UNRECORDED = 512

/** What this process does about one endpoint. */
interface Queue {
  /** As it was when its messages were claimed. */
  factory: Factory | undefined
  /** Claimed, and not sent yet. */
  ready: Message[]
  /** How many are claimed at a time: as many as go out within a quarter of a second. */
  ahead: number
  /** Somebody said that there may be more. */
  wanted: boolean
}

/**
 * Delivers what is due, each endpoint in a queue of its own. What is answered is recorded, and what goes out next is
 * claimed, for all endpoints in one transaction; requests do not wait for it, and no endpoint for another's.
 */
export function openSending(context: Context) {
  const { db, clock, log } = context
  const claimNext = openClaims(db)
  const running = new Set<Promise<unknown>>()
  const queues = new Map<string, Queue>()
  const lanes = openLanes((factoryId) => send(factoryId))
  let leaving: AbortSignal | undefined
  let taken: Taken[] = []
  let givenBack: Message[] = []
  let claimed = 0
  let pumping: Promise<void> | undefined
  /** All claims of a turn are under one token, renewed while any of them is in hand. */
  const held = new Map<string, { count: number; release: () => void }>()

  function track(work: Promise<unknown>, failure: string): void {
    const tracked = work
      .catch((error: unknown) => log.error({ error: String(error) }, failure))
      .finally(() => running.delete(tracked))
    running.add(tracked)
  }

  const queueOf = (factoryId: string): Queue => {
    let queue = queues.get(factoryId)
    if (!queue) queues.set(factoryId, (queue = { factory: undefined, ready: [], ahead: AT_ONCE.each, wanted: false }))
    return queue
  }

  /** A message is out of our hands. */
  function letGo({ leaseToken }: Message): void {
    const lease = held.get(leaseToken ?? '')
    if (!lease || --lease.count > 0) return
    lease.release()
    held.delete(leaseToken ?? '')
  }

  /** Whether to claim for this endpoint now: it is emptied by half and there may be more. */
  const asks = ({ wanted, ready, ahead }: Queue): boolean => wanted && ready.length <= ahead / 2

  /** One transaction: what was taken is recorded, what is not sent is given back, what goes out next is claimed. */
  async function turn(): Promise<void> {
    const [done, back] = [taken, givenBack]
    ;[taken, givenBack] = [[], []]
    const asking = leaving?.aborted ? [] : [...queues].filter(([, queue]) => asks(queue))
    for (const [, queue] of asking) queue.wanted = false
    const token = newLease()
    const now = clock.now()
    const until = new Date(now.getTime() + LEASE_MS)
    const found = await db
      .write(
        async (tx) => {
          if (done.length) await recordTaken(tx, done, now)
          for (const message of back) await messageQueue.giveBack(tx, message)
          const next: { queue: Queue; factory: Factory; messages: Message[] }[] = []
          for (const [factoryId, queue] of asking) {
            const factory = await factoryById(tx, factoryId)
            if (!factory || !isReady(factory, now)) continue
            const limit = queue.ahead - queue.ready.length
            next.push({ queue, factory, messages: await claimNext(tx, { factoryId, now, limit, token, until }) })
          }
          return next
        },
        { atomic: true },
      )
      .finally(() => {
        for (const { message } of done) letGo(message)
        for (const message of back) letGo(message)
      })
    const count = found.reduce((sum, { messages }) => sum + messages.length, 0)
    if (count) held.set(token, { count, release: messageQueue.keep(db, clock, token) })
    claimed += count
    for (const { queue, factory, messages } of found) {
      queue.factory = factory
      // As many as were asked for: there may be more behind them.
      if (messages.length) queue.wanted = true
      queue.ready.push(...messages.sort((a, b) => (a.id < b.id ? -1 : 1)))
      send(factory.id)
    }
  }

  /** Turn after turn while there is something to record or to claim; one at a time. */
  function pump(): Promise<void> {
    pumping ??= (async () => {
      try {
        do await turn()
        while (taken.length || givenBack.length || (!leaving?.aborted && [...queues.values()].some(asks)))
      } finally {
        pumping = undefined
        for (const [id, { ready, wanted, factory }] of queues)
          if (factory && !ready.length && !wanted) queues.delete(id)
      }
    })()
    track(pumping, 'webhooks could not be claimed or recorded')
    return pumping
  }

  /** Send what is claimed for an endpoint, as far as there is room; then see to the next. */
  function send(factoryId: string): void {
    const queue = queues.get(factoryId)
    if (!queue) return
    if (leaving?.aborted) return putBack(queue)
    while (queue.factory && queue.ready.length && taken.length < MOST_UNRECORDED) {
      const slot = lanes.take(factoryId, true)
      if (!slot) break
      track(deliver(queue, queue.factory, queue.ready.shift() as Message, slot), 'a webhook was not recorded')
    }
    if (asks(queue)) void pump().catch(() => {})
  }

  function putBack(queue: Queue): void {
    givenBack.push(...queue.ready.splice(0))
    queue.ahead = AT_ONCE.each
    if (givenBack.length) void pump().catch(() => {})
  }

  async function deliver(queue: Queue, factory: Factory, message: Message, slot: Slot): Promise<void> {
    slot.start()
    let outcome: Outcome
    try {
      outcome = await post(context, factory, message, leaving)
    } finally {
      slot.release()
    }
    if (outcome.error === undefined) {
      queue.ahead = Math.max(
        AT_ONCE.each,
        Math.min(MOST_AHEAD, Math.floor((AT_ONCE.each * AHEAD_MS) / outcome.durationMs)),
      )
      taken.push({ message, outcome })
      send(factory.id)
      // Where requests are under way their answers come along.
      await pump()
      return
    }
    if (leaving?.aborted) givenBack.push(message)
    else if (isAway(outcome) || outcome.status === 410) putBack(queue)
    if (leaving?.aborted) return pump()
    queue.ahead = AT_ONCE.each
    await record(context, factory, message, outcome).finally(() => letGo(message))
    queue.wanted = true
    send(factory.id)
  }

  return {
    /**
     * Set going what is due now. Each endpoint goes on by itself until it has nothing more.
     * @param patienceMs how long to wait for what is under way
     * @returns how many were claimed meanwhile
     */
    async sendDueMessages(patienceMs = SECOND, given?: Turn): Promise<number> {
      leaving = given?.leaving
      const before = claimed
      for (const factoryId of await factoriesWaiting(db.read, clock.now())) queueOf(factoryId).wanted = true
      if (queues.size) await pump().catch(() => {})
      const until = performance.now() + patienceMs
      while (running.size && performance.now() < until) {
        let timer: NodeJS.Timeout | undefined
        const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, until - performance.now())))
        await Promise.race([Promise.all(running), patience])
        clearTimeout(timer)
      }
      return claimed - before
    },
    /** Wait for what is still under way: before the process ends. */
    async finishSending(): Promise<void> {
      while (running.size) await Promise.all(running)
    },
    /** What an earlier run of the program held when it died is free at once. */
    takeOverMessages: (): Promise<number> => messageQueue.takeOver(db),
  }
}
