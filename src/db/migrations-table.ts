import { dialect } from '../core/dialect.ts'
import { columnsFor } from './columns.ts'

const { table, text } = columnsFor(dialect)

/** Which migrations this database has seen. Not part of schema.ts: it exists before the first migration. */
export const migrations = table('_migrations', {
  tag: text('tag').primaryKey(),
  appliedAt: text('applied_at').notNull(),
})
