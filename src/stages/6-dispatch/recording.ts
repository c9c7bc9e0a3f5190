/** What became of messages, and what follows from it. */
import type { Tx } from '../../db/database.ts'
import { queueLetters } from '../../db/mailbox.ts'
import type { Context } from '../context.ts'
import { endpointOff } from './letters.ts'
import { LONGEST_ASKED, QUIET_MS, retryDelay } from './model.ts'
import { overOffersOf } from './offers.ts'
import { KEPT_ANSWER, type Outcome } from './posting.ts'
import { changeFactory, factoryById, failingAmong, type Factory } from './store/factories.ts'
import { firstAttempt, forgetFailures, insertAttempts, messageQueue, type Message } from './store/messages.ts'

/** 429, 502, 503, 504: the endpoint is overloaded or away; everything else for it waits too. */
const SLOW = new Set([429, 502, 503, 504])

/** Where nobody answers at all, asking about every message would only cost the others their time. */
export const isAway = ({ status }: Pick<Outcome, 'status'>): boolean => status === null || SLOW.has(status)

const attemptOf = (message: Message, { status, error, answer, durationMs }: Outcome, at: Date) => ({
  messageId: message.id,
  at,
  status,
  durationMs,
  answer: answer || null,
  error: error?.slice(0, KEPT_ANSWER) ?? null,
})

/** A message that its endpoint has taken. */
export interface Taken {
  message: Message
  outcome: Outcome
}

/**
 * Many that went well, in the caller's transaction: each settled under its own lease, each attempt told, in two statements. An endpoint
 * that failed before has got something through.
 */
export async function recordTaken(tx: Tx, taken: readonly Taken[], at: Date): Promise<void> {
  const messages = taken.map(({ message }) => message)
  const settled = await messageQueue.settleAll(tx, messages, at)
  const through = new Set(messages.filter(({ id }) => settled.has(id)).map(({ factoryId }) => factoryId))
  // Whose lease had ended meanwhile: the attempt happened all the same and is told.
  await insertAttempts(
    tx,
    taken.map(({ message, outcome }) => attemptOf(message, outcome, at)),
  )
  for (const factoryId of await failingAmong(tx, through)) await changeFactory(tx, factoryId, { failingSince: null })
}

/**
 * Store a failed attempt and what follows from it, fenced by the message's lease. An endpoint is switched off when it
 * says that it is gone, or when all attempts of a message have failed and nothing else got through to it meanwhile.
 * @param once a test message: nothing follows from its failure but what its sender is told
 */
async function recordFailure(
  context: Context,
  factoryId: string,
  message: Message,
  outcome: Outcome & { error: string },
  once: boolean,
): Promise<void> {
  const { db, clock, log } = context
  const at = clock.now()
  const { status, error, askedMs } = outcome
  const delay = once ? undefined : retryDelay(message.attempts, askedMs)
  const gone = status === 410
  const off = await db.write(async (tx) => {
    const owned =
      gone || delay === undefined
        ? await messageQueue.park(tx, message, at, error)
        : await messageQueue.postpone(tx, message, { now: at, error, delayMs: delay })
    await insertAttempts(tx, [attemptOf(message, outcome, at)])
    const factory = owned ? await factoryById(tx, factoryId) : undefined
    if (!factory || (once && !gone)) return false
    const failingSince = factory.failingSince ?? at
    if (!factory.failingSince) await changeFactory(tx, factoryId, { failingSince })
    if (delay !== undefined && isAway(outcome)) {
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
    await switchOff(tx, context, factory, message, gone)
    return true
  })
  const about = { factory: factoryId, message: message.id, attempt: message.attempts, status, error, off }
  if (off) log.error(about, 'a factory endpoint was switched off')
  else if (delay === undefined) log.error(about, 'a webhook failed for good')
  else log.warn(about, 'a webhook will be sent again')
}

async function switchOff(tx: Tx, context: Context, factory: Factory, message: Message, gone: boolean): Promise<void> {
  await changeFactory(tx, factory.id, { state: 'disabled' }, ['active', 'paused', 'invited'])
  const why = gone ? 'the endpoint answered 410 Gone' : 'the endpoint has failed for days'
  await overOffersOf(tx, context, factory.id, why)
  await queueLetters(tx, endpointOff(factory, message.id, gone), context.clock.now(), context.engines.vault)
}

/** Store one attempt. @param once see {@link recordFailure} */
export async function record(
  context: Context,
  { id: factoryId }: Pick<Factory, 'id'>,
  message: Message,
  outcome: Outcome,
  { once = false }: { once?: boolean } = {},
): Promise<void> {
  const { error } = outcome
  if (error !== undefined) return recordFailure(context, factoryId, message, { ...outcome, error }, once)
  await context.db.write((tx) => recordTaken(tx, [{ message, outcome }], context.clock.now()))
}
