import { Problem } from '../../core/errors.ts'
import { signMessage } from '../../core/signature.ts'
import { SECOND } from '../../core/values.ts'
import { queueLetters } from '../../db/mailbox.ts'
import type { OutboundAnswer } from '../../engines/ports.ts'
import { withoutKeys } from '../../core/redact.ts'
import type { Context, Turn } from '../context.ts'
import { openLanes, type Slot } from './lanes.ts'
import { endpointOff } from './letters.ts'
import {
  bodyOf,
  endpointsDue,
  firstAttempt,
  forgetFailures,
  isReady,
  messageQueue,
  nextOf,
  recordAttempt,
  type Message,
} from './store/messages.ts'
import { LONGEST_ASKED, QUIET_MS, retryAfter, retryDelay } from './model.ts'
import { overOffersOf } from './offers.ts'
import { signingKeys } from './secrets.ts'
import { changeFactory, factoryById, type Factory } from './store.ts'

/** The whole exchange with a factory's endpoint, and how much of its answer is read. */
export const DEADLINE_MS = 20 * SECOND
const MOST_BYTES = 64 * 1024
const KEPT_ANSWER = 2000
/** 429, 502, 503, 504: the endpoint is overloaded or away; everything else for it waits too. */
const SLOW = new Set([429, 502, 503, 504])

export interface Outcome {
  status: number | null
  /** Why it does not count as delivered; undefined = delivered. */
  error: string | undefined
  answer: string
  askedMs: number
  durationMs: number
}

/** Sign and post one message once. Never throws: what went wrong is in the outcome. */
export async function post(
  { engines, clock }: Pick<Context, 'engines' | 'clock'>,
  factory: Factory,
  message: { id: string; body: string },
  signal?: AbortSignal,
): Promise<Outcome> {
  const now = clock.now()
  const body = bodyOf(engines.vault, message)
  const started = performance.now()
  const outcome = (status: number | null, error: string | undefined, answer = '', askedMs = 0): Outcome => ({
    status,
    error,
    answer,
    askedMs,
    durationMs: Math.round(performance.now() - started),
  })
  try {
    const answer = await engines.outbound.request({
      method: 'POST',
      url: factory.endpoint ?? '',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...signMessage(signingKeys(engines.vault, factory, now), message.id, now, body),
      },
      body,
      deadlineMs: DEADLINE_MS,
      maxBytes: MOST_BYTES,
      maxRedirects: 0,
      signal,
    })
    const text = printable(answer)
    const { status } = answer
    if (status >= 200 && status < 300) return outcome(status, undefined, text)
    const error = status >= 300 && status < 400 ? 'redirects are not followed' : `answered ${status}`
    return outcome(status, error, text, retryAfter(answer.headers['retry-after'], now))
  } catch (error) {
    return outcome(null, error instanceof Problem ? error.text.en : String(error))
  }
}

/** What people may be shown of an answer; PostgreSQL's text takes no NUL. */
const printable = ({ bytes, truncated }: OutboundAnswer): string => {
  const text = bytes.subarray(0, KEPT_ANSWER).toString('utf8').replaceAll('\0', '')
  return withoutKeys(truncated || bytes.length > KEPT_ANSWER ? `${text}…` : text)
}

/**
 * Delivers what is due, each endpoint in a queue of its own: when one request is over, the next of that endpoint is
 * claimed, and nobody waits for anybody else's.
 */
export function openSending(context: Context) {
  const { db, clock, log } = context
  const running = new Set<Promise<unknown>>()
  let leaving: AbortSignal | undefined
  const lanes = openLanes((factoryId) => track(fill(factoryId)))

  function track(work: Promise<unknown>): void {
    const tracked = work
      .catch((error: unknown) => log.error({ error: String(error) }, 'webhooks could not be looked for'))
      .finally(() => running.delete(tracked))
    running.add(tracked)
  }

  async function deliver(factory: Factory, message: Message): Promise<void> {
    const release = messageQueue.keep(db, clock, message.leaseToken ?? '')
    try {
      const outcome = await post(context, factory, message, leaving)
      if (outcome.error !== undefined && leaving?.aborted)
        await db.write((tx) => messageQueue.giveBack(tx, message), { atomic: true })
      else await record(context, factory, message, outcome)
    } finally {
      release()
    }
  }

  function launch(factory: Factory, message: Message, slot: Slot): void {
    slot.start()
    track(
      deliver(factory, message)
        .catch((error: unknown) =>
          log.error({ message: message.id, error: String(error) }, 'a webhook was not recorded'),
        )
        .then(() => {
          slot.release()
          return fill(factory.id)
        }),
    )
  }

  /** Start as many of an endpoint's due messages as there is room for. @returns how many */
  async function fill(factoryId: string): Promise<number> {
    if (leaving?.aborted) return 0
    const slots: Slot[] = []
    const free = () => {
      for (const slot of slots.splice(0)) slot.release()
    }
    try {
      for (let slot = lanes.take(factoryId, true); slot; slot = lanes.take(factoryId, false)) slots.push(slot)
      if (!slots.length) return 0
      const now = clock.now()
      const factory = await factoryById(db.read, factoryId)
      if (!factory || !isReady(factory, now)) return 0
      const due = await messageQueue.claim(db, { now, limit: slots.length, only: nextOf(factoryId) })
      for (const message of due) launch(factory, message, slots.shift() as Slot)
      return due.length
    } finally {
      free()
    }
  }

  return {
    /**
     * Set going what is due now. Each endpoint goes on by itself until it has nothing more.
     * @param patienceMs how long to wait for what is under way
     * @returns how many were started
     */
    async sendDueMessages(patienceMs = SECOND, given?: Turn): Promise<number> {
      leaving = given?.leaving
      const due = await endpointsDue(db.read, clock.now())
      const started = await Promise.all(due.map(({ factoryId }) => fill(factoryId)))
      const until = performance.now() + patienceMs
      while (running.size && performance.now() < until) {
        let timer: NodeJS.Timeout | undefined
        const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, until - performance.now())))
        await Promise.race([Promise.all(running), patience])
        clearTimeout(timer)
      }
      return started.reduce((sum, count) => sum + count, 0)
    },
    /** Wait for what is still under way: before the process ends. */
    async finishSending(): Promise<void> {
      while (running.size) await Promise.all(running)
    },
    /** What an earlier run of the program held when it died is free at once. */
    takeOverMessages: (): Promise<number> => messageQueue.takeOver(db),
  }
}

/**
 * Store the attempt and what follows from it, fenced by the message's lease. An endpoint is switched off when it says
 * that it is gone, or when all attempts of a message have failed and nothing else got through to it meanwhile.
 * @param once a test message: nothing follows from its failure but what its sender is told
 */
export async function record(
  context: Context,
  { id: factoryId }: Pick<Factory, 'id'>,
  message: Message,
  outcome: Outcome,
  { once = false }: { once?: boolean } = {},
): Promise<void> {
  const { db, clock, log } = context
  const at = clock.now()
  const { status, error, answer, durationMs, askedMs } = outcome
  const delay = error === undefined || once ? undefined : retryDelay(message.attempts, askedMs)
  const gone = status === 410

  const off = await db.write(async (tx) => {
    const owned =
      error === undefined
        ? await messageQueue.settle(tx, message, at)
        : gone || delay === undefined
          ? await messageQueue.park(tx, message, at, error)
          : await messageQueue.postpone(tx, message, { now: at, error, delayMs: delay })
    // Somebody else holds it since our lease ended: the attempt happened all the same and is told.
    await recordAttempt(tx, {
      messageId: message.id,
      at,
      status,
      durationMs,
      answer: answer || null,
      error: error?.slice(0, KEPT_ANSWER) ?? null,
    })
    const factory = owned ? await factoryById(tx, factoryId) : undefined
    if (!factory) return false
    if (error === undefined) {
      if (factory.failingSince) await changeFactory(tx, factoryId, { failingSince: null })
      return false
    }
    if (once && !gone) return false
    const failingSince = factory.failingSince ?? at
    if (!factory.failingSince) await changeFactory(tx, factoryId, { failingSince })
    // Where nobody answers at all, asking about every message would only cost the others their time.
    if (delay !== undefined && (status === null || SLOW.has(status))) {
      const quietUntil = new Date(at.getTime() + Math.max(Math.min(askedMs, LONGEST_ASKED), Math.min(delay, QUIET_MS)))
      if (!factory.quietUntil || factory.quietUntil < quietUntil) await changeFactory(tx, factoryId, { quietUntil })
    }
    if (!gone) {
      if (delay !== undefined) return false
      const first = await firstAttempt(tx, message.id, message.attempts)
      if (!first || failingSince > first) {
        await forgetFailures(tx, factoryId) // something got through meanwhile: it is this message that fails
        return false
      }
    }
    await changeFactory(tx, factoryId, { state: 'disabled' }, ['active', 'paused', 'invited'])
    await overOffersOf(
      tx,
      context,
      factoryId,
      gone ? 'the endpoint answered 410 Gone' : 'the endpoint has failed for days',
    )
    await queueLetters(tx, endpointOff(factory, message.id, gone), at, context.engines.vault)
    return true
  })
  if (error !== undefined)
    log[delay === undefined || off ? 'error' : 'warn'](
      { factory: factoryId, message: message.id, attempt: message.attempts, status, error, off },
      off
        ? 'a factory endpoint was switched off'
        : delay === undefined
          ? 'a webhook failed for good'
          : 'a webhook will be sent again',
    )
}
