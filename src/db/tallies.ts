/**
 * How many rows of a table there are, by their state, without counting them: triggers keep it, in the transaction that
 * changes the rows and whoever changes them. A table of millions is counted once, when its triggers are made; a table that
 * a migration made anew has lost them, and is counted again at the next start.
 *
 * On PostgreSQL each connection adds to a row of its own (`shard`), or all who write would wait for one; the number is
 * their sum.
 */
import { and, asc, eq, getTableColumns, getTableName, gt, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { sha256 } from '../core/canonical.ts'
import { inSteps, prepared, type Database, type Reader, type Tx } from './database.ts'
import { runRaw } from './migrate.ts'
import { tallies } from './tables.ts'

/** What is counted: the rows of a table, all of them or by a column with few values. */
export interface Tallied {
  table: PgTable
  by?: PgColumn
}
export type TalliedAs = Readonly<Record<string, Tallied>>

/** Numbers by what is counted: one where it has no states. */
export type TalliesOf<T extends TalliedAs> = {
  -readonly [K in keyof T]: T[K] extends { by: PgColumn } ? Record<string, number> : number
}

/** The state of rows that have none. */
const ALL = 'all'
/** Rows of the sum on PostgreSQL: more than connections that write at once. */
const SHARDS = 64
/** Serialises nodes that start together. Any constant will do. */
const LOCK = 7_311_964_022

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

interface Triggers {
  /** Names of the triggers on the table. */
  names: readonly string[]
  drop: readonly string[]
  make: readonly string[]
}

function sqliteTriggers(what: string, { table, by }: Tallied): Triggers {
  const name = getTableName(table)
  const state = (row: 'NEW' | 'OLD') => (by ? `${row}."${by.name}"` : quoted(ALL))
  const add = (row: 'NEW' | 'OLD', change: 1 | -1) =>
    `INSERT INTO tallies (what, state, shard, n) VALUES (${quoted(what)}, ${state(row)}, 0, ${change}) ON CONFLICT (what, state, shard) DO UPDATE SET n = n + ${change};`
  const all = {
    [`tally_${name}_in`]: `AFTER INSERT ON "${name}" BEGIN ${add('NEW', 1)} END`,
    [`tally_${name}_out`]: `AFTER DELETE ON "${name}" BEGIN ${add('OLD', -1)} END`,
    ...(by
      ? {
          [`tally_${name}_on`]: `AFTER UPDATE OF "${by.name}" ON "${name}" WHEN NEW."${by.name}" <> OLD."${by.name}" BEGIN ${add('OLD', -1)} ${add('NEW', 1)} END`,
        }
      : {}),
  }
  const names = Object.keys(all)
  return {
    names,
    drop: names.map((each) => `DROP TRIGGER IF EXISTS "${each}"`),
    make: Object.entries(all).map(([each, body]) => `CREATE TRIGGER "${each}" ${body}`),
  }
}

/** For each statement, not for each row: a lot of 300,000 changes two numbers once. */
function postgresTriggers(what: string, { table, by }: Tallied): Triggers {
  const name = getTableName(table)
  const state = by ? `"${by.name}"` : quoted(ALL)
  const counted = (rows: string, change: 1 | -1) =>
    `SELECT ${state} AS state, ${change} * count(*) AS change FROM ${rows} GROUP BY 1`
  const body = (changes: string) => `BEGIN
  INSERT INTO tallies AS kept (what, state, shard, n)
    SELECT ${quoted(what)}, state, pg_backend_pid() % ${SHARDS}, sum(change) FROM (${changes}) AS changes
    GROUP BY state HAVING sum(change) <> 0 ORDER BY state
    ON CONFLICT (what, state, shard) DO UPDATE SET n = kept.n + excluded.n;
  RETURN NULL;
END`
  const all = {
    in: { on: 'INSERT', sees: 'NEW TABLE AS added', changes: counted('added', 1) },
    out: { on: 'DELETE', sees: 'OLD TABLE AS gone', changes: counted('gone', -1) },
    ...(by
      ? {
          on: {
            on: 'UPDATE',
            sees: 'OLD TABLE AS gone NEW TABLE AS added',
            changes: `${counted('gone', -1)} UNION ALL ${counted('added', 1)}`,
          },
        }
      : {}),
  }
  const names = Object.keys(all).map((each) => `tally_${name}_${each}`)
  return {
    names,
    drop: names.map((each) => `DROP TRIGGER IF EXISTS "${each}" ON "${name}"`),
    make: Object.entries(all).flatMap(([each, { on, sees, changes }]) => [
      `CREATE OR REPLACE FUNCTION "tally_${name}_${each}"() RETURNS trigger LANGUAGE plpgsql AS $$ ${body(changes)} $$`,
      `CREATE TRIGGER "tally_${name}_${each}" AFTER ${on} ON "${name}" REFERENCING ${sees} FOR EACH STATEMENT EXECUTE FUNCTION "tally_${name}_${each}"()`,
    ]),
  }
}

/** Names of all our triggers that the database has. */
async function triggersIn(tx: Tx, dialect: Database['dialect']): Promise<Set<string>> {
  const rows =
    dialect === 'sqlite'
      ? await tx
          .select({ name: sql<string>`name` })
          .from(sql`sqlite_master`)
          .where(sql`type = 'trigger'`)
      : await tx
          .select({ name: sql<string>`tgname` })
          .from(sql`pg_trigger t join pg_class c on c.oid = t.tgrelid`)
          .where(sql`c.relnamespace = current_schema()::regnamespace`)
  return new Set(rows.map(({ name }) => name))
}

const totals = ({ table, by }: Tallied) => ({
  state: by ?? sql<string>`${sql.raw(quoted(ALL))}`,
  n: sql<number>`count(*)`.mapWith(Number),
  table,
})

/**
 * Make the triggers that are missing, and those that a new version wants otherwise, and count their tables.
 * @param wrong what is made and counted anew whatever it has: the audit found it to be wrong. Whoever writes waits meanwhile
 * @returns what was counted; nothing at almost every start
 */
export async function keepTallies(
  db: Database,
  all: TalliedAs,
  wrong: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  return db.write(
    async (tx) => {
      if (db.dialect === 'postgres')
        await tx.select({ lock: sql`pg_advisory_xact_lock(${LOCK})` }).from(sql`(select 1) as one`)
      const there = await triggersIn(tx, db.dialect)
      const made = new Map(
        (await tx.select().from(tallies).where(eq(tallies.what, MADE))).map(({ state, n }) => [state, n]),
      )
      const counted: string[] = []
      for (const [what, tallied] of Object.entries(all)) {
        const { names, drop, make } = (db.dialect === 'sqlite' ? sqliteTriggers : postgresTriggers)(what, tallied)
        const mark = Number.parseInt(sha256(make.join('\n')).slice(0, 7), 16)
        if (!wrong.has(what) && names.every((name) => there.has(name)) && made.get(what) === mark) continue
        // From here on nobody else changes the table until this is committed.
        for (const statement of [...drop, ...make]) await runRaw(tx, statement)
        await tx.delete(tallies).where(eq(tallies.what, what)).returning({ what: tallies.what })
        const { table, ...columns } = totals(tallied)
        const rows = await tx
          .select(columns)
          .from(table)
          .groupBy(...(tallied.by ? [tallied.by] : []))
        const right = rows.filter(({ n }) => n > 0).map(({ state, n }) => ({ what, state: String(state), shard: 0, n }))
        if (right.length) await tx.insert(tallies).values(right)
        await tx
          .insert(tallies)
          .values({ what: MADE, state: what, shard: 0, n: mark })
          .onConflictDoUpdate({ target: [tallies.what, tallies.state, tallies.shard], set: { n: mark } })
        counted.push(what)
      }
      return counted
    },
    { atomic: true, patient: true },
  )
}

/** Rows of the table that say with which triggers something is counted. */
const MADE = '(made)'

interface Sum {
  what: string
  state: string
  n: number
}
const sums = prepared<Record<string, never>, Sum>((db) =>
  db
    .select({ what: tallies.what, state: tallies.state, n: sql`sum(${tallies.n})`.mapWith(Number) })
    .from(tallies)
    .where(sql`${tallies.what} <> ${sql.raw(quoted(MADE))}`)
    .groupBy(tallies.what, tallies.state),
)

/** The numbers as they are kept; a state without rows is left out. */
export async function readTallies<const T extends TalliedAs>(db: Reader, all: T): Promise<TalliesOf<T>> {
  const rows = await sums(db, {})
  return Object.fromEntries(
    Object.entries(all).map(([what, { by }]) => {
      const own = rows.filter((row) => row.what === what && row.n !== 0)
      return [what, by ? Object.fromEntries(own.map(({ state, n }) => [state, n])) : (own[0]?.n ?? 0)]
    }),
  ) as TalliesOf<T>
}

/** A number that is not what its rows say. */
export interface TallyDifference {
  what: string
  state: string
  kept: number
  counted: number
}

/** Count the rows, some thousands at a time, and hold the numbers against them. @param db a snapshot */
export async function auditTallies(db: Reader, all: TalliedAs): Promise<TallyDifference[]> {
  const kept = await sums(db, {})
  const found: TallyDifference[] = []
  for (const [what, { table, by }] of Object.entries(all)) {
    const id = getTableColumns(table)['id']
    if (!id) throw new Error(`${what} has no id to go by`)
    const counted = new Map<string, number>()
    const rows = inSteps<{ id: unknown; state: unknown }>((after, limit) =>
      db
        .select({ id, state: by ?? id })
        .from(table)
        .where(and(after ? gt(id, after.id) : undefined))
        .orderBy(asc(id))
        .limit(limit),
    )
    for await (const { state } of rows) {
      const name = by ? String(state) : ALL
      counted.set(name, (counted.get(name) ?? 0) + 1)
    }
    const own = new Map(kept.filter((row) => row.what === what).map(({ state, n }) => [state, n]))
    for (const state of new Set([...counted.keys(), ...own.keys()])) {
      const [left, right] = [own.get(state) ?? 0, counted.get(state) ?? 0]
      if (left !== right) found.push({ what, state, kept: left, counted: right })
    }
  }
  return found
}
