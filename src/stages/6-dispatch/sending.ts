import { Problem } from '../../core/errors.ts'
import { signMessage } from '../../core/signature.ts'
import { MINUTE, newId, SECOND } from '../../core/values.ts'
import type { OutboundAnswer } from '../../engines/ports.ts'
import type { Context } from '../context.ts'
import { endpointOff } from './letters.ts'
import { FAILING_TOO_LONG, retryAfter, retryDelay } from './model.ts'
import { overOffersOf } from './offers.ts'
import { signingKeys } from './secrets.ts'
import { claimMessages, endpointsDue, recordAttempt, settleMessage, slowEndpoint, type Message } from './messages.ts'
import { changeFactory, factoryById, type Factory } from './store.ts'
import { queueLetters } from '../../db/mailbox.ts'

/** The whole exchange with a factory's endpoint, and how much of its answer is read. */
const DEADLINE_MS = 20 * SECOND
const MOST_BYTES = 64 * 1024
/** Longer than the deadline with a margin, so that a lease never ends under a request that is still running. */
const LEASE_MS = MINUTE
const AT_ONCE_PER_ENDPOINT = 2
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
): Promise<Outcome> {
  const now = clock.now()
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
        ...signMessage(signingKeys(engines.vault, factory, now), message.id, now, message.body),
      },
      body: message.body,
      deadlineMs: DEADLINE_MS,
      maxBytes: MOST_BYTES,
      maxRedirects: 0,
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
  return truncated || bytes.length > KEPT_ANSWER ? `${text}…` : text
}

/**
 * Delivers what is due. A hanging endpoint holds at most two of its own requests: they go on in the background while
 * the caller gets on with the others.
 */
export function openSending(context: Context) {
  const { db, clock, log } = context
  const busy = new Map<string, number>()
  const running = new Set<Promise<void>>()

  async function claimFor(factoryId: string, room: number): Promise<Message[]> {
    const now = clock.now()
    const lease = { token: newId(), now, until: new Date(now.getTime() + LEASE_MS) }
    return db.write((tx) => claimMessages(tx, factoryId, lease, room), { atomic: true })
  }

  async function deliver(message: Message): Promise<void> {
    const factory = await factoryById(db.read, message.factoryId)
    if (!factory) return
    await record(context, factory, message, await post(context, factory, message))
  }

  function launch(message: Message): Promise<void> {
    const { factoryId } = message
    busy.set(factoryId, (busy.get(factoryId) ?? 0) + 1)
    const work = deliver(message)
      .catch((error: unknown) => log.error({ message: message.id, error: String(error) }, 'a webhook was not recorded'))
      .finally(() => {
        const left = (busy.get(factoryId) ?? 1) - 1
        if (left) busy.set(factoryId, left)
        else busy.delete(factoryId)
        running.delete(work)
      })
    running.add(work)
    return work
  }

  return {
    /**
     * Start what is due now, at most `limit` messages, and wait for them, but no longer than `patienceMs`.
     * @returns how many were started
     */
    async sendDueMessages(limit = 50, patienceMs = SECOND): Promise<number> {
      const started: Promise<void>[] = []
      for (const { factoryId } of await endpointsDue(db.read, clock.now())) {
        const room = Math.min(AT_ONCE_PER_ENDPOINT - (busy.get(factoryId) ?? 0), limit - started.length)
        if (room <= 0) continue
        for (const message of await claimFor(factoryId, room)) started.push(launch(message))
      }
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)))
      await Promise.race([Promise.all(started), patience])
      clearTimeout(timer)
      return started.length
    },
    /** Wait for what is still under way: before the process ends. */
    async finishSending(): Promise<void> {
      await Promise.all(running)
    },
  }
}

/** Store the attempt and what follows from it, fenced by the message's lease. */
export async function record(context: Context, factory: Factory, message: Message, outcome: Outcome): Promise<void> {
  const { db, clock, log } = context
  const at = clock.now()
  const { status, error, answer, durationMs, askedMs } = outcome
  const delivered = error === undefined
  const delay = delivered ? undefined : retryDelay(message.attempts, askedMs)
  const gone = status === 410
  const failingFor = factory.failingSince ? at.getTime() - factory.failingSince.getTime() : 0
  const off = gone || (!delivered && failingFor >= FAILING_TOO_LONG)

  await db.write(async (tx) => {
    const dueAt = new Date(at.getTime() + (delay ?? 0))
    const owned = await settleMessage(
      tx,
      message,
      delivered
        ? { state: 'sent', settledAt: at }
        : delay === undefined || off
          ? { state: 'failed', settledAt: at }
          : { state: 'due', dueAt },
    )
    // Somebody else holds it since our lease ended: the attempt happened all the same and is told.
    await recordAttempt(tx, {
      messageId: message.id,
      at,
      status,
      durationMs,
      answer: answer || null,
      error: error?.slice(0, KEPT_ANSWER) ?? null,
    })
    if (!owned) return
    if (delivered) {
      if (factory.failingSince) await changeFactory(tx, factory.id, { failingSince: null })
      return
    }
    if (!factory.failingSince) await changeFactory(tx, factory.id, { failingSince: at })
    if (delay !== undefined && status !== null && SLOW.has(status)) await slowEndpoint(tx, factory.id, dueAt)
    if (!off) return
    await changeFactory(tx, factory.id, { state: 'disabled' }, ['active', 'paused', 'invited'])
    await overOffersOf(
      tx,
      context,
      factory.id,
      gone ? 'the endpoint answered 410 Gone' : 'the endpoint has failed for days',
    )
    await queueLetters(tx, endpointOff(factory, message.id, gone), at, context.engines.vault)
  })
  if (!delivered)
    log[delay === undefined || off ? 'error' : 'warn'](
      { factory: factory.id, message: message.id, attempt: message.attempts, status, error, off },
      off
        ? 'a factory endpoint was switched off'
        : delay === undefined
          ? 'a webhook failed for good'
          : 'a webhook will be sent again',
    )
}
