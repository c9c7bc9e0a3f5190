import { sql, type Placeholder, type SQL } from 'drizzle-orm'
import type { PgColumn, PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

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

/** One of the rows of a statement for many: `row('email')` stands for the value of that member. */
export type RowPlaceholder<Value> = (name: keyof Value & string) => Placeholder

/** Rows in the largest statement; with 13 columns far from either database's limit of parameters. */
const MOST_ROWS = 64

/**
 * A statement over many rows at once, built once per connection and power of two: any number of rows is run as a few
 * of these. What each returns is put together; nothing says which row it belongs to but its own columns.
 */
export function preparedMany<Value extends object, Row>(
  names: readonly (keyof Value & string)[],
  build: (tx: Tx, rows: readonly RowPlaceholder<Value>[]) => unknown,
): (tx: Tx | Reader, values: readonly Value[]) => Promise<Row[]> {
  const bySize = new Map<number, (tx: Tx | Reader, values: unknown[]) => Promise<Row[]>>()
  const statement = (size: number) => {
    let found = bySize.get(size)
    if (!found) {
      // Placeholders are called 0, 1, 2 …, so that their values are an array: objects of a thousand members are slow.
      const rows = Array.from(
        { length: size },
        (_, n): RowPlaceholder<Value> =>
          (name) =>
            sql.placeholder(`${n * names.length + names.indexOf(name)}`),
      )
      const run = prepared<Record<string, unknown>, Row>((tx) => build(tx, rows))
      bySize.set(size, (found = (tx, values) => run(tx, values as unknown as Record<string, unknown>)))
    }
    return found
  }
  return async (tx, values) => {
    const found: Row[] = []
    for (let at = 0; at < values.length;) {
      const size = Math.min(MOST_ROWS, 2 ** (31 - Math.clz32(values.length - at)))
      const flat: unknown[] = []
      for (const end = at + size; at < end; at++) for (const name of names) flat.push((values[at] as Value)[name])
      found.push(...(await statement(size)(tx, flat)))
    }
    return found
  }
}

/** The placeholders of a row by the names of its columns, as an INSERT takes them. */
export const placeholders = <Value>(row: RowPlaceholder<Value>, names: readonly (keyof Value & string)[]) =>
  Object.fromEntries(names.map((name) => [name, row(name)]))

/** `(a, b) in (values …)`: rows whose columns are together those of one of the given rows. Texts only. */
export const among = <Value>(
  columns: readonly PgColumn[],
  rows: readonly RowPlaceholder<Value>[],
  names: readonly (keyof Value & string)[],
): SQL => {
  const list = (parts: readonly unknown[]) => sql`(${sql.join(parts as SQL[], sql`, `)})`
  return sql`${list(columns)} in (values ${sql.join(
    rows.map((row) => list(names.map((name) => row(name)))),
    sql`, `,
  )})`
}
