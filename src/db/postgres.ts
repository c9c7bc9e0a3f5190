import { AsyncLocalStorage } from 'node:async_hooks'
import { drizzle } from 'drizzle-orm/node-postgres'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Problem, problem } from '../core/errors.ts'
import { errorCode, nestedWrite, type Database, type Reader, type Tx } from './database.ts'
import { openStores } from './gather.ts'

/** serialization_failure and deadlock_detected: the database asks for the whole transaction to be run again. */
const AGAIN = new Set(['40001', '40P01'])
const MOST_TRIES = 60
/** Codes of a server that is going away, restarting or unreachable. */
const GONE = /^(08|57P0|53)|ECONN|ETIMEDOUT|EPIPE/

/**
 * PostgreSQL for several nodes. Each pooled connection keeps one query builder, so prepared statements live as long
 * as the connection. `synchronous_commit` is left at the server's setting (on by default): durable once answered.
 */
export function openPostgres(url: string, connections = 10): Database {
  const pool = new pg.Pool({ connectionString: url, max: connections, application_name: 'firstcut' })
  // An idle connection that the server closes must not end the process; the next query opens another.
  pool.on('error', () => {})
  const builders = new WeakMap<object, Tx>()
  const builderOf = (client: pg.PoolClient): Tx => {
    let builder = builders.get(client)
    if (!builder) builders.set(client, (builder = drizzle(client) as unknown as Tx))
    return builder
  }

  async function attempt<T>(work: (tx: Tx) => Promise<T>, atomic: boolean): Promise<T> {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query(atomic ? 'BEGIN' : 'BEGIN ISOLATION LEVEL SERIALIZABLE')
      const value = await work(builderOf(client))
      await client.query('COMMIT')
      return value
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure))
      throw error
    } finally {
      client.release(broken)
    }
  }

  async function write<T>(work: (tx: Tx) => Promise<T>, atomic: boolean): Promise<T> {
    for (let tries = 1; ; tries++)
      try {
        return await attempt(work, atomic)
      } catch (error) {
        const code = errorCode(error) ?? ''
        if (AGAIN.has(code) && tries < MOST_TRIES) {
          await sleep(Math.random() * Math.min(2 ** tries, 100))
          continue
        }
        if (!GONE.test(code)) throw error
        const failure = problem(
          'database.unavailable',
          503,
          {
            en: `The database does not answer just now (${code}). Nothing was stored; try again shortly.`,
            zh: `数据库暂时无响应（${code}），未保存任何内容，请稍后重试。`,
          },
          { retryAfter: 5 },
        )
        failure.cause = error
        throw failure
      }
  }

  /** Rows for one statement, many in one execution of it. */
  const stores = openStores((statement) => async (values) => {
    const run = async (some: typeof values): Promise<(boolean | Error)[]> => {
      try {
        const rows = await write((tx) => statement(tx, some), true)
        const stored = new Set(rows.map(({ id }) => id))
        return some.map(({ id }) => stored.has(id))
      } catch (error) {
        // One row that the database cannot take does not take the others with it.
        if (some.length === 1 || error instanceof Problem) return some.map(() => error as Error)
        return (await Promise.all(some.map((value) => run([value])))).flat()
      }
    }
    return run(values)
  })

  let closing: Promise<void> | undefined
  const close = () => (closing ??= stores.settled().then(() => pool.end()))
  return {
    dialect: 'postgres',
    read: drizzle(pool) as unknown as Reader,
    write: (work, options) => refuseNested(() => write(work, options?.atomic ?? false)),
    store: (statement, value) => refuseNested(() => stores.store(statement, value)),
    async execute(statement) {
      await pool.query(statement)
    },
    async ping() {
      await pool.query('select 1')
    },
    async backup() {
      throw problem('database.backup-elsewhere', 400, {
        en: 'PostgreSQL is backed up with its own tools: use pg_dump or continuous archiving.',
        zh: 'PostgreSQL 请使用其自带工具备份：pg_dump 或持续归档。',
      })
    },
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
