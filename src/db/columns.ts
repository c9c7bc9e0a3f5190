import * as pg from 'drizzle-orm/pg-core'
import * as lite from 'drizzle-orm/sqlite-core'
import type { Dialect } from '../core/dialect.ts'

/**
 * One column kit per dialect. The canonical types are PostgreSQL's: they lack `.get/.all/.run`, which only SQLite
 * has, so code that compiles runs on both. Column names are written out (snake_case) where they are used.
 */
const postgres = {
  table: pg.pgTable,
  text: pg.text,
  integer: pg.integer,
  real: pg.doublePrecision,
  boolean: (name: string) => pg.boolean(name),
  /** Integer minor units; 64 bits, because 2^31 fen is a mere 21 million yuan. */
  money: (name: string) => pg.bigint(name, { mode: 'number' }),
  instant: (name: string) => pg.timestamp(name, { mode: 'date', withTimezone: true, precision: 3 }),
  json: <T>(name: string) => pg.jsonb(name).$type<T>(),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  check: pg.check,
  primaryKey: pg.primaryKey,
}

export type Columns = typeof postgres

const sqlite = {
  table: lite.sqliteTable,
  text: lite.text,
  integer: lite.integer,
  real: lite.real,
  boolean: (name: string) => lite.integer(name, { mode: 'boolean' }),
  money: (name: string) => lite.integer(name, { mode: 'number' }),
  instant: (name: string) => lite.integer(name, { mode: 'timestamp_ms' }),
  json: (name: string) => lite.text(name, { mode: 'json' }),
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  check: lite.check,
  primaryKey: lite.primaryKey,
} as unknown as Columns // the one place where the two dialects are declared alike

export const columnsFor = (dialect: Dialect): Columns => (dialect === 'postgres' ? postgres : sqlite)
