/** What every table is written with: the columns of the dialect at hand, and three habits. */
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { dialect } from '../core/dialect.ts'
import { columnsFor } from './columns.ts'

export const { table, text, integer, real, boolean, money, instant, json, index, uniqueIndex, check, primaryKey } =
  columnsFor(dialect)

/** A time-ordered id of our own. */
export const id = () => text('id').primaryKey()
/** A moment that is always known. */
export const at = (name: string) => instant(name).notNull()
/** What a leased queue keeps about each of its rows (src/db/leases.ts); its `state` has the words of each queue. */
export const leased = (settledAt = 'settled_at') => ({
  dueAt: at('due_at'),
  attempts: integer('attempts').notNull().default(0),
  leaseToken: text('lease_token'),
  leasedUntil: instant('leased_until'),
  lastError: text('last_error'),
  settledAt: instant(settledAt),
})
/** `text({ enum })` checks nothing in either database, so each closed set gets a CHECK of its own. */
export const oneOf = (column: PgColumn, values: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`
