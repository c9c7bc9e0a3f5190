import { is, Param, Placeholder, sql, type SQL, type SQLChunk } from 'drizzle-orm'
import type { Localized } from '../core/values.ts'
import type { Snapshot } from './snapshot.ts'
import type { Checking } from './soundness.ts'
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
  /** PostgreSQL only: may take as long as it takes, as a migration of a large table does. */
  patient?: boolean
}

export interface Database {
  readonly dialect: 'sqlite' | 'postgres'
  /** The file, or where the server is and with which password: for a connection of a thread's own, never to be shown. */
  readonly address: string
  readonly read: Reader
  /** Whether it is whole, where we are the ones to look (a server of its own looks after its own files). */
  readonly soundness?: Pick<Checking, 'now' | 'begin'>
  /**
   * Read as everything was at one moment, in as many steps as it takes: others write meanwhile and wait for nothing. Who
   * reads much lets the event loop turn between two steps (`inSteps`).
   */
  snapshot<T>(work: (db: Reader) => Promise<T>): Promise<T>
  /**
   * Run `work` in one durable transaction and resolve after the commit has reached the disk. A thrown error rolls
   * back this work alone. The work may be run twice (a conflict is retried), and on SQLite others wait meanwhile:
   * only database statements belong inside it.
   * @throws Problem 503 `database.unavailable` when the disk refuses (full, failing) or the server is not to be reached;
   *   503 `database.outcome-unknown` when the connection broke under COMMIT: it may have been stored
   * @throws Error for a write inside a write: pass the transaction down instead
   */
  write<T>(work: (tx: Tx) => Promise<T>, options?: WriteOptions): Promise<T>
  /**
   * Run a statement that stores one row, and resolve after the commit has reached the disk. Rows that come at the same
   * time share a transaction, the embedded database runs it beside the event loop, and one row that the database
   * refuses is refused alone.
   * @returns whether it was stored: false where the statement's own conditions kept it out
   * @throws as `write` does
   */
  store<Value extends { id: string }>(statement: InsertMany<Value>, value: Value): Promise<boolean>
  /** One statement without parameters, for migrations and probes. */
  execute(statement: string): Promise<void>
  /**
   * What readiness checks: the database answers, and writes where it refused to before.
   * @throws Problem 503 with the reason
   */
  ping(): Promise<void>
  /** Why what is stored may be lost all the same, as the server is set now; undefined where nothing is wrong. */
  warning(): Promise<Localized | undefined>
  /**
   * A consistent copy of the whole database into a file, taken while it is used: a database of its own (SQLite), or a
   * dump made with pg_dump.
   * @throws Problem 503 `database.backup-failed` with the reason and what to do; nothing is left of the file then
   */
  backup(file: string, options?: { signal?: AbortSignal | undefined }): Promise<Snapshot>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Rows that are read in one step. */
const STEP = 2000

/**
 * A long list, a bounded number of rows at a time; between two slices the event loop turns.
 * @param next reads at most `limit` rows behind one, or from the beginning
 */
export async function* inSlices<Row>(
  next: (after: Row | undefined, limit: number) => Promise<Row[]>,
  limit: number = STEP,
): AsyncGenerator<Row[], undefined> {
  for (let last: Row | undefined; ;) {
    const rows = await next(last, limit)
    if (rows.length) yield rows
    if (rows.length < limit) return
    last = rows.at(-1)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The same, row by row. */
export async function* inSteps<Row>(
  next: (after: Row | undefined, limit: number) => Promise<Row[]>,
  limit: number = STEP,
): AsyncGenerator<Row, undefined> {
  for await (const rows of inSlices(next, limit)) yield* rows
}

/** What waits for the commit of the work that has the transaction. */
const waiting = new WeakMap<object, (() => void)[]>()

/** Do this once what this transaction writes has been committed; never, where it is not. Outside of one: at once. */
export function afterCommit(tx: Tx, run: () => void): void {
  const list = waiting.get(tx)
  if (list) list.push(run)
  else run()
}

/** For a database: gathers what {@link afterCommit} is told until the function that comes back is called. */
export function gatherAfterCommit(tx: Tx): () => readonly (() => void)[] {
  const list: (() => void)[] = []
  waiting.set(tx, list)
  return () => {
    waiting.delete(tx)
    return list
  }
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

/** Rows in the largest statement; with a dozen columns far from either database's limit of parameters. */
const MOST_ROWS = 64

/** A statement that inserts many rows, or those of them that its own conditions let in. */
export interface InsertMany<Value extends { id: string }> {
  /** @returns the ids of what was stored */
  (tx: Tx, values: readonly Value[]): Promise<{ id: string }[]>
  /** What the placeholders of a row are called; the one for member m of row r is called `r * names.length + m`. */
  readonly names: readonly (keyof Value & string)[]
  readonly build: (tx: Tx, rows: readonly RowPlaceholder<Value>[]) => Insert
  /** What it returns of each row that it stored. */
  readonly id: PgColumn
}

/** An insert of the query builder, before it says what it returns. */
interface Insert {
  returning(fields: { id: PgColumn }): unknown
  toSQL(): { sql: string; params: unknown[] }
}

const rowPlaceholders = <Value>(names: readonly (keyof Value & string)[], size: number): RowPlaceholder<Value>[] =>
  // Called 0, 1, 2 …, so that their values are an array: objects of a thousand members are slow.
  Array.from({ length: size }, (_, n) => (name) => sql.placeholder(`${n * names.length + names.indexOf(name)}`))

/** Built once per connection and power of two: any number of rows is run as a few of these. */
export function manyRows<Value, Row = never>(
  names: readonly (keyof Value & string)[],
  build: (tx: Tx, rows: readonly RowPlaceholder<Value>[]) => unknown,
): (tx: Tx, values: readonly Value[]) => Promise<Row[]> {
  const bySize = new Map<number, (tx: Tx, values: unknown[]) => Promise<Row[]>>()
  const statement = (size: number) => {
    let found = bySize.get(size)
    if (!found) {
      const rows = rowPlaceholders(names, size)
      const run = prepared<Record<string, unknown>, Row>((tx) => build(tx, rows))
      bySize.set(size, (found = (tx, values) => run(tx, values as unknown as Record<string, unknown>)))
    }
    return found
  }
  return async (tx, values) => {
    const told: Row[] = []
    for (let at = 0; at < values.length;) {
      const size = Math.min(MOST_ROWS, 2 ** (31 - Math.clz32(values.length - at)))
      const flat: unknown[] = []
      for (const end = at + size; at < end; at++) for (const name of names) flat.push((values[at] as Value)[name])
      const rows: unknown = await statement(size)(tx, flat)
      // A statement that returns no rows answers with a count, each database in its own way.
      if (Array.isArray(rows)) told.push(...(rows as Row[]))
    }
    return told
  }
}

/** {@link manyRows} for rows with an id: says which were stored. */
export function insertMany<Value extends { id: string }>(
  id: PgColumn,
  names: readonly (keyof Value & string)[],
  build: (tx: Tx, rows: readonly RowPlaceholder<Value>[]) => unknown,
): InsertMany<Value> {
  const insert = build as InsertMany<Value>['build'] // the query builder's own types do not know their common part
  const run = manyRows<Value, { id: string }>(names, (tx, rows) => insert(tx, rows).returning({ id }))
  return Object.assign(run, { names, build: insert, id })
}

/** The insert of one row as its text and how a row's values are put into it, for a connection that is elsewhere. */
export function rowStatement<Value extends { id: string }>(
  { names, build }: InsertMany<Value>,
  tx: Tx,
): { text: string; encode: (value: Value) => unknown[] } {
  const { sql: text, params } = build(tx, rowPlaceholders(names, 1)).toSQL()
  const encoders = params.map((param): ((value: Value) => unknown) => {
    const { value: inner, encoder } = is(param, Param) ? param : { value: param, encoder: undefined }
    if (!is(inner, Placeholder)) return () => inner
    const name = names[Number(inner.name)] as keyof Value
    return encoder ? (value) => encoder.mapToDriverValue(value[name]) : (value) => value[name]
  })
  return { text, encode: (value) => encoders.map((encoder) => encoder(value)) }
}

/** Stands for any number of rows: `given` then reads each column from an array. */
interface Arrays<Value> extends ReadonlyArray<RowPlaceholder<Value>> {
  arrays?: { used: boolean }
}

/** A statement for any number of rows at once, and how their values are put into it: an array for each column. */
export interface ArraysStatement<Value> {
  text: string
  encode: (values: readonly Value[]) => unknown[]
}

/**
 * The same for a database that has arrays (PostgreSQL): one text, whatever the number of rows.
 * @returns undefined for a statement that does not read its rows from `given`
 */
export function arraysStatement<Value extends { id: string }>(
  { names, build, id }: InsertMany<Value>,
  tx: Tx,
): ArraysStatement<Value> | undefined {
  const rows: Arrays<Value> = rowPlaceholders<Value>(names, 1)
  const arrays = (rows.arrays = { used: false })
  const insert = build(tx, rows)
  if (!arrays.used) return undefined
  const { sql: text, params } = (insert.returning({ id }) as Insert).toSQL()
  const encoders = params.map((param): ((values: readonly Value[]) => unknown) => {
    const { value: inner, encoder } = is(param, Param) ? param : { value: param, encoder: undefined }
    if (!is(inner, Placeholder)) return () => inner
    const name = names[Number(inner.name)] as keyof Value
    return (values) =>
      values.map((value) => (encoder && value[name] !== null ? encoder.mapToDriverValue(value[name]) : value[name]))
  })
  return { text, encode: (values) => encoders.map((encoder) => encoder(values)) }
}

/**
 * `given(…) as (values …)`: rows as a table that a statement selects from, each value in the type of the column it is
 * meant for.
 */
export const given = <Value>(
  columns: { readonly [Name in keyof Value & string]: PgColumn },
  rows: readonly RowPlaceholder<Value>[],
): SQL => {
  const list = (parts: SQLChunk[]) => sql`(${sql.join(parts, sql`, `)})`
  const named = Object.entries(columns) as [keyof Value & string, PgColumn][]
  const { arrays } = rows as Arrays<Value>
  const [first] = rows
  if (arrays && first) {
    arrays.used = true
    const columnsOf = named.map(
      ([name, column]) => sql`${sql.param(first(name), column)}::${sql.raw(column.getSQLType())}[]`,
    )
    return sql`given${list(named.map(([name]) => sql.identifier(name)))} as (select * from unnest(${sql.join(columnsOf, sql`, `)}))`
  }
  return sql`given${list(named.map(([name]) => sql.identifier(name)))} as (values ${sql.join(
    rows.map((row) => list(named.map(([name, column]) => typed(row(name), column)))),
    sql`, `,
  )})`
}

/** A value in the type of a column, where nothing else says which it is. */
export const typed = (value: unknown, column: PgColumn): SQL =>
  sql`cast(${sql.param(value, column)} as ${sql.raw(column.getSQLType())})`

/** The placeholders of a row by the names of its columns, as an INSERT takes them. */
export const placeholders = <Value>(row: RowPlaceholder<Value>, names: readonly (keyof Value & string)[]) =>
  Object.fromEntries(names.map((name) => [name, row(name)]))
