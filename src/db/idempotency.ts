import { and, eq, lt, sql } from 'drizzle-orm'
import { hashOf } from '../core/canonical.ts'
import { Problem, problem } from '../core/errors.ts'
import { DAY } from '../core/values.ts'
import { prepared, type Database, type Tx } from './database.ts'
import { idempotency } from './schema.ts'

/** One request that must not act twice, as draft-ietf-httpapi-idempotency-key-header-07 describes it. */
export interface OnceRequest {
  /** Who sent it: two senders may use the same key. */
  actor: string
  /** Method and path: the same key on another route is another request. */
  route: string
  key: string
  /** The validated body; its canonical hash tells a repetition from a different request under the same key. */
  body: unknown
}

export interface OnceAnswer {
  status: number
  /** The exact text of the answer, so that a repetition gets the same bytes. */
  text: string
  replayed: boolean
}

export const KEEP_MS = 30 * DAY

const insert = prepared<
  { actor: string; route: string; key: string; bodyHash: string; status: number; response: string; createdAt: Date },
  { key: string }
>((tx) =>
  tx
    .insert(idempotency)
    .values({
      actor: sql.placeholder('actor'),
      route: sql.placeholder('route'),
      key: sql.placeholder('key'),
      bodyHash: sql.placeholder('bodyHash'),
      status: sql.placeholder('status'),
      response: sql.placeholder('response'),
      createdAt: sql.placeholder('createdAt'),
    })
    .onConflictDoNothing()
    .returning({ key: idempotency.key }),
)

/** Thrown inside the transaction to undo it: the key was used before. */
class Used extends Error {}

/** Requests with a key that are under way in this process. */
export type InFlight = Set<string>

/**
 * Do `work` once per key: its rows and its answer are written in one transaction, and a repetition gets the first
 * answer, byte for byte. A refusal that would come again (4xx, not 409 or 429) is kept as well.
 * The optimistic order (work first, key last) costs the common case no look-up; a used key undoes the work.
 * @throws Problem 409 while the first is under way, 422 for the same key with another body
 */
export async function once(
  db: Database,
  inFlight: InFlight,
  request: OnceRequest,
  now: Date,
  work: (tx: Tx) => Promise<{ status: number; text: string }>,
  describe: (refusal: Problem) => string,
): Promise<OnceAnswer> {
  const { actor, route, key } = request
  const bodyHash = hashOf(request.body)
  const name = `${actor}\n${route}\n${key}`
  if (inFlight.has(name))
    throw problem(
      'idempotency.in-flight',
      409,
      {
        en: 'The first request with this Idempotency-Key is still being processed. Send it again in a moment.',
        zh: '使用该 Idempotency-Key 的首个请求仍在处理中，请稍后重试。',
      },
      { retryAfter: 1 },
    )
  inFlight.add(name)
  const keep = async (tx: Tx, status: number, text: string) => {
    const [kept] = await insert(tx, { actor, route, key, bodyHash, status, response: text, createdAt: now })
    if (!kept) throw new Used()
  }
  try {
    return await db.write(
      async (tx) => {
        const { status, text } = await work(tx)
        await keep(tx, status, text)
        return { status, text, replayed: false }
      },
      { atomic: true },
    )
  } catch (error) {
    if (error instanceof Used) return await replay(db, request, bodyHash)
    const final = error instanceof Problem && error.status < 500 && ![401, 403, 409, 429].includes(error.status)
    if (!final) throw error
    // The refusal may itself be a repetition: the first answer under this key wins.
    const text = describe(error)
    try {
      await db.write((tx) => keep(tx, error.status, text), { atomic: true })
    } catch (again) {
      if (again instanceof Used) return await replay(db, request, bodyHash)
      throw again
    }
    throw error
  } finally {
    inFlight.delete(name)
  }
}

async function replay(db: Database, { actor, route, key }: OnceRequest, bodyHash: string): Promise<OnceAnswer> {
  const [first] = await db.read
    .select()
    .from(idempotency)
    .where(and(eq(idempotency.actor, actor), eq(idempotency.route, route), eq(idempotency.key, key)))
  if (!first) throw new Error('an idempotency key vanished between two statements')
  if (first.bodyHash !== bodyHash)
    throw problem(
      'idempotency.other-body',
      422,
      {
        en: 'This Idempotency-Key was already used with another body. Use a new key for a new request.',
        zh: '该 Idempotency-Key 已用于另一个请求内容，新的请求请使用新的 Key。',
      },
      { field: 'Idempotency-Key' },
    )
  return { status: first.status, text: first.response, replayed: true }
}

/** Forget keys older than 30 days. */
export const forgetOldKeys = (db: Database, now: Date): Promise<number> =>
  db.write(
    async (tx) => {
      const gone = await tx
        .delete(idempotency)
        .where(lt(idempotency.createdAt, new Date(now.getTime() - KEEP_MS)))
        .returning({ key: idempotency.key })
      return gone.length
    },
    { atomic: true },
  )
