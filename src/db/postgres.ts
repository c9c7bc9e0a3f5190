import { AsyncLocalStorage } from 'node:async_hooks'
import { drizzle } from 'drizzle-orm/node-postgres'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Problem, problem } from '../core/errors.ts'
import {
  arraysStatement,
  errorCode,
  gatherAfterCommit,
  nestedWrite,
  type Database,
  type InsertMany,
  type Reader,
  type Tx,
  type WriteOptions,
} from './database.ts'
import { openStores } from './gather.ts'
import { warningOf, type Keeping } from './keeping.ts'
import { applicationName, dumpPostgres } from './postgres-tools.ts'

/** serialization_failure and deadlock_detected: the database asks for the whole transaction to be run again. */
const AGAIN = new Set(['40001', '40P01'])
const MOST_TRIES = 60
/** Codes of a server that is going away, restarting, full or unreachable. */
const GONE = /^(08|57P0|53)|ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN/
/** A password that is wrong, a user or database that is not there. */
const SHUT_OUT = /^(28|3D000)/
/** What the driver itself says of a connection that broke or does not come about, without a code. */
const BROKEN = /^(Connection terminated|Client (has encountered|was closed)|Query read timeout|timeout exceeded when trying to connect)/ // prettier-ignore
/** No connection to be had within this: the server is unreachable, or has more work than it can do. */
const CONNECT_MS = 10_000
/** A server that accepts and then says nothing: nobody waits longer for a page or for a pre-order. */
const ANSWER_MS = 30_000

/** @returns what stands in the way where it is the connection or the server as a whole, not one statement */
function outageOf(error: unknown): string | undefined {
  if (error instanceof Problem) return undefined // said already, its cause may be an outage
  const code = errorCode(error)
  if (code !== undefined && GONE.test(code)) return code
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++)
    if (BROKEN.test(at.message)) return at.message
  return undefined
}

const unavailable = (reason: string, error: unknown): Problem => {
  const failure = problem(
    'database.unavailable',
    503,
    {
      en: `The database does not answer just now (${reason}). Nothing was stored; try again shortly.`,
      zh: `数据库暂时无响应（${reason}），未保存任何内容，请稍后重试。`,
    },
    { retryAfter: 5 },
  )
  failure.cause = error
  return failure
}

const shutOut = (error: unknown): Problem => {
  const failure = problem(
    'database.shut-out',
    503,
    {
      en: `PostgreSQL does not let Firstcut in (${(error as Error).message}). Nothing was stored. Operators: check the user, the password and the name of the database in DATABASE_URL; the database itself must have been created.`,
      zh: `PostgreSQL 拒绝连接（${(error as Error).message}），未保存任何内容。运营人员：请检查 DATABASE_URL 中的用户名、密码和数据库名，并确认该数据库已创建。`,
    },
    { retryAfter: 60 },
  )
  failure.cause = error
  return failure
}

/** The connection broke between COMMIT and its answer: the server may have done it or not. */
const unknown = (reason: string, error: unknown): Problem => {
  const failure = problem(
    'database.outcome-unknown',
    503,
    {
      en: `The connection to the database broke while this was being stored (${reason}), so we do not know whether it was. Send the same request again, with the same Idempotency-Key if it has one: a pre-order is then stored once. Look before you repeat anything else.`,
      zh: `保存时数据库连接中断（${reason}），无法确定是否已保存。请原样重新提交（如有 Idempotency-Key，请保持不变），预订只会保存一次；其他操作请先查看结果再重试。`,
    },
    { retryAfter: 5 },
  )
  failure.cause = error
  return failure
}

/** The same as a promise; what the database as a whole refuses is said in words. */
const inWords = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    if (SHUT_OUT.test(errorCode(error) ?? '')) throw shutOut(error)
    const reason = outageOf(error)
    throw reason === undefined ? error : unavailable(reason, error)
  })

interface Asking {
  queryWithCache(statement: string, values: unknown[], run: () => Promise<unknown>): Promise<unknown>
}

/**
 * The query builder writes the values of a statement that failed into its error, and errors go into logs and on pages:
 * hashes of passwords, letters with their links. Here its errors get the statement alone. (It has no setting for that;
 * the values are handed to this method for the error's text and for a cache that is not used.)
 */
function withoutValues(client: pg.PoolClient | pg.Pool): unknown {
  const builder = drizzle(client)
  const { session } = builder as unknown as { session: { prepareQuery(...query: unknown[]): Asking } }
  const prepareQuery = session.prepareQuery.bind(session)
  session.prepareQuery = (...query) => {
    const asking = prepareQuery(...query)
    const ask = asking.queryWithCache.bind(asking)
    asking.queryWithCache = (statement, _values, run) => ask(statement, [], run)
    return asking
  }
  return builder
}

export interface PostgresOptions {
  connections?: number
  /** How long a transaction or a question may go unanswered, ms; migrations are not bound by it. */
  answerMs?: number
  /** Where pg_dump is looked for, as PATH is written; the usual places without. */
  toolsPath?: string | undefined
}

/**
 * PostgreSQL for several nodes. Each pooled connection keeps one query builder, so prepared statements live as long
 * as the connection. `synchronous_commit` is left at the server's setting (on by default): durable once answered. Where
 * it is off, or `fsync` is, that is told (`warning`).
 */
export function openPostgres(
  url: string,
  { connections = 10, answerMs = ANSWER_MS, toolsPath }: PostgresOptions = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: applicationName(url),
    connectionTimeoutMillis: Math.min(CONNECT_MS, answerMs),
    keepAlive: true,
  })
  // A connection that the server closes must not end the process. The pool listens to those that are idle; one that is
  // handed out has nobody else, and an 'error' without a listener is thrown. Its statements are told by themselves.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  const builders = new WeakMap<object, Tx>()
  const builderOf = (client: pg.PoolClient): Tx => {
    let builder = builders.get(client)
    if (!builder) builders.set(client, (builder = withoutValues(client) as Tx))
    return builder
  }

  async function attempt<T>(work: (tx: Tx) => Promise<T>, { atomic, patient }: WriteOptions): Promise<T> {
    const client = await pool.connect()
    // Ends the connection under a statement that is never answered, which then fails like any other broken one.
    const deadline = patient ? undefined : setTimeout(() => void client.end(), answerMs)
    let broken: unknown
    let committing = false
    let then: readonly (() => void)[] = []
    try {
      await client.query(atomic ? 'BEGIN' : 'BEGIN ISOLATION LEVEL SERIALIZABLE')
      const after = gatherAfterCommit(builderOf(client))
      const value = await work(builderOf(client)).finally(() => (then = after()))
      committing = true
      const { command } = await client.query('COMMIT')
      // What a work did after a statement that failed and was caught is undone, and COMMIT says so only in its answer.
      if (command !== 'COMMIT') throw new Error(`the transaction was not committed: ${command}`)
      for (const run of then) run()
      return value
    } catch (error) {
      const reason = outageOf(error)
      if (reason === undefined) {
        await client.query('ROLLBACK').catch((failure: unknown) => (broken = failure))
        throw error
      }
      broken = error
      throw committing ? unknown(reason, error) : error
    } finally {
      clearTimeout(deadline)
      client.release(broken !== undefined)
    }
  }

  const write = <T>(work: (tx: Tx) => Promise<T>, options: WriteOptions): Promise<T> =>
    again(() => attempt(work, options))

  async function snapshot<T>(work: (db: Reader) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let broken: unknown
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      const value = await work(builderOf(client))
      await client.query('COMMIT')
      return value
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: unknown) => (broken = failure))
      throw error
    } finally {
      client.release(broken !== undefined)
    }
  }

  /** One statement is a transaction by itself: asked, done and durable in one exchange with the server. */
  async function alone(query: pg.QueryConfig): Promise<unknown[][]> {
    const client = await pool.connect()
    const deadline = setTimeout(() => void client.end(), answerMs)
    let broken: unknown
    try {
      return (await client.query<unknown[]>({ ...query, rowMode: 'array' })).rows
    } catch (error) {
      const reason = outageOf(error)
      if (reason === undefined) throw error
      broken = error
      throw unknown(reason, error)
    } finally {
      clearTimeout(deadline)
      client.release(broken !== undefined)
    }
  }

  /** What the database asks to have run again is. */
  async function again<T>(run: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++)
      try {
        return await inWords(run())
      } catch (error) {
        if (!AGAIN.has(errorCode(error) ?? '') || tries >= MOST_TRIES) throw error
        await sleep(Math.random() * Math.min(2 ** tries, 100))
      }
  }

  const builder = drizzle(pool) as unknown as Tx
  let named = 0
  /** Rows for one statement, many in one execution of it. */
  const stores = openStores(<Value extends { id: string }>(statement: InsertMany<Value>) => {
    const arrays = arraysStatement(statement, builder)
    const name = `firstcut_rows_${++named}`
    const store = async (some: Value[]): Promise<readonly unknown[]> =>
      arrays
        ? (await again(() => alone({ name, text: arrays.text, values: arrays.encode(some) }))).map(([id]) => id)
        : (await write((tx) => statement(tx, some), { atomic: true })).map(({ id }) => id)
    const run = async (some: Value[]): Promise<(boolean | Error)[]> => {
      try {
        const stored = new Set(await store(some))
        return some.map(({ id }) => stored.has(id))
      } catch (error) {
        // One row that the database cannot take does not take the others with it.
        if (some.length === 1 || error instanceof Problem) return some.map(() => error as Error)
        return (await Promise.all(some.map((value) => run([value])))).flat()
      }
    }
    return run
  })

  /** The pool as the query builder asks it: no question goes unanswered for ever, and an outage is told in words. */
  const asked: Pick<pg.Pool, never> & { query(config: string | object, values: unknown[]): Promise<unknown> } = {
    query: (config, values) =>
      inWords(
        pool.query(
          {
            ...(typeof config === 'string' ? { text: config } : config),
            query_timeout: answerMs,
          } as unknown as pg.QueryConfig,
          values,
        ),
      ),
  }

  let closing: Promise<void> | undefined
  const close = () => (closing ??= stores.settled().then(() => pool.end()))
  return {
    dialect: 'postgres',
    address: url,
    read: withoutValues(asked as pg.Pool) as Reader,
    snapshot: (work) => inWords(snapshot(work)),
    write: (work, options) => refuseNested(() => write(work, options ?? {})),
    store: (statement, value) => refuseNested(() => stores.store(statement, value)),
    async execute(statement) {
      await inWords(pool.query(statement))
    },
    async ping() {
      await asked.query('select 1', [])
    },
    async warning() {
      const { rows } = (await asked.query(
        `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit`,
        [],
      )) as { rows: [Keeping] }
      return warningOf(rows[0])
    },
    backup: (target, options) => inWords(dumpPostgres({ url, path: toolsPath }, target, options?.signal)),
    close,
    [Symbol.asyncDispose]: close,
  }
}

const inside = new AsyncLocalStorage<true>()

/** On another connection a write inside a write would wait for the rows its own caller holds. */
function refuseNested<T>(run: () => Promise<T>): Promise<T> {
  if (inside.getStore()) throw nestedWrite()
  return inside.run(true, run)
}
