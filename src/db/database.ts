import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** Reading only: what pages, lists and checks outside a transaction may do. */
export type Reader = Pick<PgDatabase<PgQueryResultHKT>, 'select' | 'selectDistinct' | '$count' | 'with' | '$with'>

/** Inside a transaction: the narrow part of the query builder that both dialects share. */
export type Tx = Reader & Pick<PgDatabase<PgQueryResultHKT>, 'insert' | 'update' | 'delete'>

export interface WriteOptions {
  /**
   * PostgreSQL only (SQLite has one writer and is always serial). The default is safe for a decision that reads
   * several rows. `atomic` says: this work is right at READ COMMITTED, because each statement is an atomic update
   * or a compare-and-swap; hot rows then wait for each other and are not retried.
   */
  atomic?: boolean
}

export interface Database {
  readonly dialect: 'sqlite' | 'postgres'
  readonly read: Reader
  /**
   * Run `work` in one durable transaction and resolve after the commit has reached the disk. A thrown error rolls
   * back this work alone. The work may be run twice (a conflict is retried), and on SQLite others wait meanwhile:
   * only database statements belong inside it.
   * @throws Problem 503 `database.unavailable` when the disk refuses (full, failing)
   * @throws Error for a write inside a write: pass the transaction down instead
   */
  write<T>(work: (tx: Tx) => Promise<T>, options?: WriteOptions): Promise<T>
  /** One statement without parameters, for migrations and probes. */
  execute(statement: string): Promise<void>
  /** What readiness checks: the database answers. */
  ping(): Promise<void>
  /** A consistent copy of the whole database into a file (SQLite); PostgreSQL has its own tools and says so. */
  backup(file: string): Promise<void>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A write that waits for a write that waits for it: both databases refuse it in these words. */
export const nestedWrite = (): Error => new Error('a write inside a write: pass the transaction down instead')

interface Coded {
  code?: unknown
  cause?: unknown
}

/** The driver's error code, whether it was thrown bare (SQLite) or wrapped by the query builder (PostgreSQL). */
export function errorCode(error: unknown): string | undefined {
  for (let at = error as Coded | undefined, depth = 0; at && depth < 4; at = at.cause as Coded | undefined, depth++)
    if (typeof at.code === 'string') return at.code
  return undefined
}

/** A unique index or primary key refused a row, said by either database. */
export function isUniqueViolation(error: unknown): boolean {
  const code = errorCode(error)
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
}

interface Preparable {
  prepare(name: string): { execute(values: Record<string, unknown>): unknown }
}

let named = 0

/**
 * A statement built once per connection and run many times: for the hot path, where building the SQL anew would cost
 * more than running it. Placeholders are `sql.placeholder('name')`; a timestamp takes a Date, a json column its value.
 */
export function prepared<Values extends Record<string, unknown>, Row>(
  build: (tx: Tx) => unknown,
): (tx: Tx | Reader, values: Values) => Promise<Row[]> {
  const name = `firstcut_${++named}`
  const perConnection = new WeakMap<object, ReturnType<Preparable['prepare']>>()
  return async (tx, values) => {
    let statement = perConnection.get(tx)
    if (!statement) {
      statement = (build(tx as Tx) as Preparable).prepare(name)
      perConnection.set(tx, statement)
    }
    return (await statement.execute(values)) as Row[]
  }
}
