import { eq, lt } from 'drizzle-orm'
import { hash } from 'node:crypto'
import { hashOf } from '../core/canonical.ts'
import { Problem, problem } from '../core/errors.ts'
import { DAY } from '../core/values.ts'
import type { Database, Reader } from './database.ts'
import { refusals } from './tables.ts'

/** What a request that must not act twice is called, as draft-ietf-httpapi-idempotency-key-header-07 describes it. */
export interface RequestName {
  /** Who sent it: two senders may use the same key. */
  actor: string
  /** Method and path: the same key on another route is another request. */
  route: string
  key: string
}

export interface Answer {
  status: number
  /** The exact text, so that a repetition gets the same bytes. */
  text: string
}

export interface OnceAnswer extends Answer {
  replayed: boolean
}

/** What was asked and answered the first time. */
export interface FirstAnswer extends Answer {
  /** The canonical hash of the body, which tells a repetition from a different request under the same key. */
  bodyHash: string
}

/** As much of a key as a UUID has: enough for those that were made one after the other to stand side by side. */
const SORTED_BY = 36

/**
 * The key itself, then 132 bits of SHA-256 over all three parts, for which nobody can find a second request. The key
 * comes first because most clients make theirs in the order of time (UUIDv7, a counter): the index then grows at its
 * end, instead of writing one page of it for every row.
 */
export const requestKeyOf = ({ actor, route, key }: RequestName): string =>
  `${key.slice(0, SORTED_BY)} ${hash('sha256', `${actor}\n${route}\n${key}`, 'base64url').slice(0, 22)}`

export const KEEP_MS = 30 * DAY

/** Refusals that may not come again, and are therefore not kept. */
const PASSING = new Set([401, 403, 409, 429])

/** Requests with a key that are under way in this process. */
export type InFlight = Set<string>

export interface OnceWork {
  /**
   * Do it, in one transaction with a row that carries the request's key under a unique index.
   * @returns 'used' when that row, or a refusal (table `refusals`), is there already
   */
  act: (requestKey: string) => Promise<Answer | 'used'>
  /** The first answer, told by the row that carries the key. */
  granted: (requestKey: string) => Promise<FirstAnswer | undefined>
  /** How a refusal is written into the stored answer. */
  describe: (refusal: Problem) => string
}

/**
 * Do `act` once per key; a repetition gets the first answer, byte for byte. A refusal that would come again (4xx, not
 * 409 or 429) is kept as well. The common case, a new key that is granted, costs nothing here: the row that was asked
 * for holds the key, and what is known of it is looked up only where something is refused or repeated.
 * @throws Problem 409 while the first is under way, 422 for the same key with another body
 */
export async function once(
  db: Database,
  inFlight: InFlight,
  name: RequestName,
  body: unknown,
  now: Date,
  { act, granted, describe }: OnceWork,
): Promise<OnceAnswer> {
  const key = requestKeyOf(name)
  if (inFlight.has(key))
    throw problem(
      'idempotency.in-flight',
      409,
      {
        en: 'The first request with this Idempotency-Key is still being processed. Send it again in a moment.',
        zh: '使用该 Idempotency-Key 的首个请求仍在处理中，请稍后重试。',
      },
      { retryAfter: 1 },
    )
  const replay = async (): Promise<OnceAnswer | undefined> => {
    const first = (await granted(key)) ?? (await refusal(db.read, key))
    if (!first) return undefined
    if (first.bodyHash !== hashOf(body)) throw otherBody()
    return { status: first.status, text: first.text, replayed: true }
  }
  inFlight.add(key)
  try {
    let refused: Problem | undefined
    try {
      const answer = await act(key)
      if (answer !== 'used') return { status: answer.status, text: answer.text, replayed: false }
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error
      refused = error
    }
    // What was granted once stays granted: a campaign that closed meanwhile does not change the answer.
    const first = await replay()
    if (first) return first
    if (!refused) throw new Error('an idempotency key vanished between two statements')
    if (PASSING.has(refused.status)) throw refused
    const answer = { bodyHash: hashOf(body), status: refused.status, text: describe(refused) }
    const fresh = await keepRefusal(db, key, answer, now)
    const other = fresh ? undefined : await replay() // another node was faster
    if (other) return other
    throw refused
  } finally {
    inFlight.delete(key)
  }
}

const otherBody = () =>
  problem(
    'idempotency.other-body',
    422,
    {
      en: 'This Idempotency-Key was already used with another body. Use a new key for a new request.',
      zh: '该 Idempotency-Key 已用于另一个请求内容，新的请求请使用新的 Key。',
    },
    { field: 'Idempotency-Key' },
  )

async function refusal(db: Reader, requestKey: string): Promise<FirstAnswer | undefined> {
  const [first] = await db
    .select({ bodyHash: refusals.bodyHash, status: refusals.status, text: refusals.response })
    .from(refusals)
    .where(eq(refusals.requestKey, requestKey))
  return first
}

/** @returns whether it was the first under its key */
async function keepRefusal(db: Database, requestKey: string, first: FirstAnswer, now: Date): Promise<boolean> {
  const { bodyHash, status, text } = first
  const kept = await db.write(
    (tx) =>
      tx
        .insert(refusals)
        .values({ requestKey, bodyHash, status, response: text, createdAt: now })
        .onConflictDoNothing()
        .returning({ requestKey: refusals.requestKey }),
    { atomic: true },
  )
  return kept.length > 0
}

/** Forget refusals older than 30 days. */
export const forgetOldRefusals = (db: Database, now: Date): Promise<number> =>
  db.write(
    async (tx) => {
      const gone = await tx
        .delete(refusals)
        .where(lt(refusals.createdAt, new Date(now.getTime() - KEEP_MS)))
        .returning({ requestKey: refusals.requestKey })
      return gone.length
    },
    { atomic: true },
  )
