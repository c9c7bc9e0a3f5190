import { SECOND } from '../../core/values.ts'
import type { Context, Turn } from '../context.ts'
import { openClaiming } from './claiming.ts'
import { AT_ONCE, openLanes, type Slot } from './lanes.ts'
import { post } from './posting.ts'
import { isAway, record, type Taken } from './recording.ts'
import type { Factory } from './store/factories.ts'
import { factoriesWaiting, messageQueue, type Message } from './store/messages.ts'

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
  /** Requests under way. */
  busy: number
  /** How many may be in hand at a time: as many as go out within a quarter of a second. */
  ahead: number
  /** Somebody said that there may be more. */
  wanted: boolean
}

const inHand = ({ ready, busy }: Queue): number => ready.length + busy
/** Whether to claim for this endpoint now: half of what it may hold is done, and there may be more. */
const asks = (queue: Queue): boolean => queue.wanted && inHand(queue) <= queue.ahead / 2

/**
 * Delivers what is due, each endpoint in a queue of its own. What is answered is recorded, and what goes out next is
 * claimed, for all endpoints in one transaction; requests do not wait for it, and no endpoint for another's.
 */
class Sending {
  readonly #context: Context
  readonly #claiming: ReturnType<typeof openClaiming>
  readonly #lanes = openLanes((factoryId) => this.#send(factoryId))
  readonly #queues = new Map<string, Queue>()
  readonly #running = new Set<Promise<unknown>>()
  #leaving: AbortSignal | undefined
  /** What waits for the next transaction. */
  #taken: Taken[] = []
  #givenBack: Message[] = []
  #pumping = false
  #claimed = 0

  constructor(context: Context) {
    this.#context = context
    this.#claiming = openClaiming(context)
  }

  async due(patienceMs: number, given: Turn | undefined): Promise<number> {
    const { db, clock } = this.#context
    this.#leaving = given?.leaving
    const before = this.#claimed
    for (const factoryId of await factoriesWaiting(db.read, clock.now())) this.#queueOf(factoryId).wanted = true
    if (this.#queues.size) this.#pump()
    await over(this.#running, patienceMs)
    return this.#claimed - before
  }

  async finish(): Promise<void> {
    if (this.#leaving?.aborted) for (const queue of this.#queues.values()) this.#putBack(queue)
    while (this.#running.size) await Promise.all(this.#running)
  }

  #queueOf(factoryId: string): Queue {
    let queue = this.#queues.get(factoryId)
    if (!queue) {
      queue = { factory: undefined, ready: [], busy: 0, ahead: AT_ONCE.each, wanted: false }
      this.#queues.set(factoryId, queue)
    }
    return queue
  }

  /** Work that nobody waits for: known until it is over, its failure logged. */
  #track(work: Promise<unknown>, failure: string): void {
    const tracked = work
      .catch((error: unknown) => this.#context.log.error({ error: String(error) }, failure))
      .finally(() => this.#running.delete(tracked))
    this.#running.add(tracked)
  }

  /** One transaction: what was taken is recorded, what is not sent is given back, what goes out next is claimed. */
  async #turn(): Promise<void> {
    const [taken, back] = [this.#taken, this.#givenBack]
    ;[this.#taken, this.#givenBack] = [[], []]
    // What was said next about the same order has waited for it.
    for (const { message } of taken) if (message.sequence !== null) this.#queueOf(message.factoryId).wanted = true
    const asking = this.#leaving?.aborted ? [] : [...this.#queues].filter(([, queue]) => asks(queue))
    for (const [, queue] of asking) queue.wanted = false
    const wishes = asking.map(([factoryId, queue]) => ({ factoryId, limit: queue.ahead - inHand(queue) }))
    for (const { factory, messages } of await this.#claiming.recordAndClaim(taken, back, wishes)) {
      const queue = this.#queueOf(factory.id)
      queue.factory = factory
      // There may be more behind them.
      if (messages.length) queue.wanted = true
      this.#claimed += messages.length
      queue.ready.push(...messages)
    }
    // Also what had to wait for this transaction: an endpoint that refuses message after message asks for no more.
    for (const factoryId of this.#queues.keys()) this.#send(factoryId)
  }

  async #turns(): Promise<void> {
    try {
      do await this.#turn()
      while (
        this.#taken.length ||
        this.#givenBack.length ||
        (!this.#leaving?.aborted && [...this.#queues.values()].some(asks))
      )
    } finally {
      this.#pumping = false
      for (const [id, queue] of this.#queues) if (!inHand(queue) && !queue.wanted) this.#queues.delete(id)
    }
  }

  /** Turn after turn while there is something to record or to claim; one at a time. */
  #pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    this.#track(this.#turns(), 'webhooks could not be claimed or recorded')
  }

  /** Send what is claimed for an endpoint, as far as there is room; then see to the next. */
  #send(factoryId: string): void {
    const queue = this.#queues.get(factoryId)
    if (!queue) return
    if (this.#leaving?.aborted) return this.#putBack(queue)
    while (queue.factory && queue.ready.length && this.#taken.length < MOST_UNRECORDED) {
      const slot = this.#lanes.take(factoryId, true)
      if (!slot) break
      const message = queue.ready.shift() as Message
      this.#track(this.#deliver(queue, queue.factory, message, slot), 'a webhook was not recorded')
    }
    if (asks(queue)) this.#pump()
  }

  #putBack(queue: Queue): void {
    this.#givenBack.push(...queue.ready.splice(0))
    queue.ahead = AT_ONCE.each
    if (this.#givenBack.length) this.#pump()
  }

  async #deliver(queue: Queue, factory: Factory, message: Message, slot: Slot): Promise<void> {
    queue.busy++
    // Whoever keeps us waiting is sent no more than it holds.
    slot.start(() => this.#putBack(queue))
    const outcome = await post(this.#context, factory, message, this.#leaving).finally(() => {
      queue.busy--
      slot.release()
    })
    if (outcome.error === undefined) {
      const quick = Math.floor((AT_ONCE.each * AHEAD_MS) / outcome.durationMs)
      queue.ahead = Math.max(AT_ONCE.each, Math.min(MOST_AHEAD, quick))
      this.#taken.push({ message, outcome })
      this.#send(factory.id)
      return this.#pump()
    }
    if (this.#leaving?.aborted) {
      this.#givenBack.push(message)
      return this.#putBack(queue)
    }
    queue.wanted = false
    if (isAway(outcome) || outcome.status === 410) this.#putBack(queue)
    await record(this.#context, factory, message, outcome).finally(() => this.#claiming.letGo(message))
    this.#queueOf(factory.id).wanted = true
    this.#send(factory.id)
    return this.#pump()
  }
}

export function openSending(context: Context) {
  const sending = new Sending(context)
  return {
    /**
     * Set going what is due now. Each endpoint goes on by itself until it has nothing more.
     * @param patienceMs how long to wait for what is under way
     * @returns how many were claimed meanwhile
     */
    sendDueMessages: (patienceMs: number = SECOND, given?: Turn): Promise<number> => sending.due(patienceMs, given),
    /** Wait for what is still under way: before the process ends. */
    finishSending: (): Promise<void> => sending.finish(),
    /** What an earlier run of the program held when it died is free at once. */
    takeOverMessages: (): Promise<number> => messageQueue.takeOver(context.db),
  }
}

/** Resolves when nothing runs any more, or after so long. */
async function over(running: ReadonlySet<Promise<unknown>>, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs
  while (running.size && performance.now() < until) {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, until - performance.now())))
    await Promise.race([Promise.all(running), patience])
    clearTimeout(timer)
  }
}
