/**
 * Any number of rows as one parameter: a text that the database takes apart itself. Binding each value of each row by
 * itself costs several times what storing it costs.
 */
import { getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { dialect } from '../core/dialect.ts'
import { prepared, typed, type Reader, type Tx } from './database.ts'

/** The rows, for a statement that selects from them. */
export interface Rows<Row> {
  /** What stands behind FROM. */
  from: SQL
  /** A member of a row, in the type of its column. */
  value(name: keyof Row & string): SQL
}

/**
 * A statement for any number of rows, built once per connection.
 * @param columns which column each member of a row is meant for: its values are written as the column writes them
 * @param build reads the rows from what it is given, and what is alike for all from placeholders
 */
export function atOnce<Row, Told = never, Alike extends Record<string, unknown> = Record<never, never>>(
  columns: { readonly [Name in keyof Row & string]: PgColumn },
  build: (tx: Tx, rows: Rows<Row>) => unknown,
): (tx: Tx | Reader, values: readonly Row[], alike?: Alike) => Promise<Told[]> {
  const named = Object.entries(columns) as [keyof Row & string, PgColumn][]
  const places = new Map(named.map(([name], place) => [name, sql.raw(String(place))]))
  const all = sql.placeholder('rows')
  const rows: Rows<Row> =
    dialect === 'sqlite'
      ? { from: sql`json_each(${all}) as given`, value: (name) => sql`(given.value ->> ${places.get(name)})` }
      : {
          from: sql`jsonb_array_elements(cast(${all} as jsonb)) as given (value)`,
          value: (name) =>
            sql`cast(given.value ->> ${places.get(name)} as ${sql.raw((columns[name] as PgColumn).getSQLType())})`,
        }
  const run = prepared<Record<string, unknown>, Told>((tx) => build(tx, rows))
  return async (tx, values, alike) => {
    if (!values.length) return []
    const written = values.map((row) =>
      named.map(([name, column]) => {
        const value = row[name] as unknown
        return value === null || value === undefined ? null : column.mapToDriverValue(value)
      }),
    )
    const told: unknown = await run(tx, { ...alike, rows: JSON.stringify(written) })
    // A statement that returns no rows answers with a count, each database in its own way.
    return Array.isArray(told) ? (told as Told[]) : []
  }
}

/** {@link atOnce} for rows that go into a table: an insert, for `finish` to say what else it does. */
export function insertAtOnce<Row, Told = never>(
  table: PgTable,
  names: readonly (keyof Row & string)[],
  finish: (insert: ReturnType<ReturnType<Tx['insert']>['select']>) => unknown = (insert) => insert,
): (tx: Tx, values: readonly Row[]) => Promise<Told[]> {
  const all = Object.entries(getTableColumns(table)) as [keyof Row & string, PgColumn][]
  const columns = Object.fromEntries(all.filter(([name]) => names.includes(name)))
  return atOnce<Row, Told>(columns as never, (tx, { from, value }) => {
    const values = all.map(([name, column]) => (name in columns ? value(name) : typed(null, column)))
    // `where true`: or SQLite would read ON CONFLICT as the ON of a join.
    return finish(tx.insert(table).select(sql`select ${sql.join(values, sql`, `)} from ${from} where true`))
  })
}
