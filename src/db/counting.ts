import { sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Reader } from './database.ts'

/** How many rows there are of each state; a state without rows is left out. */
export async function countBy(db: Reader, table: PgTable, state: PgColumn): Promise<Record<string, number>> {
  const rows = await db
    .select({ state, n: sql`count(*)`.mapWith(Number) })
    .from(table)
    .groupBy(state)
  return Object.fromEntries(rows.map((row) => [String(row.state), row.n]))
}
