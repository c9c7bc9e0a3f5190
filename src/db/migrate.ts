import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import type { Dialect } from '../core/dialect.ts'
import { problem } from '../core/errors.ts'
import type { Database } from './database.ts'
import { migrations as table } from './migrations-table.ts'

export interface Migration {
  /** `0000_first`: the order is in the name. */
  tag: string
  statements: readonly string[]
}

/** The generated migrations of one dialect, oldest first, as drizzle-kit's journal lists them. */
export function migrationsFor(dialect: Dialect): Migration[] {
  const folder = fileURLToPath(new URL(`./migrations/${dialect}/`, import.meta.url))
  const journal = JSON.parse(readFileSync(`${folder}meta/_journal.json`, 'utf8')) as { entries: { tag: string }[] }
  return journal.entries.map(({ tag }) => ({
    tag,
    statements: readFileSync(`${folder}${tag}.sql`, 'utf8').split('--> statement-breakpoint'),
  }))
}

/** Serialises nodes that start together; released with the connection's transaction. Any constant will do. */
const LOCK = 7_311_964_021

/**
 * Bring the database to the newest schema, each migration in a transaction of its own.
 * @param all migrations oldest first; a shorter list serves the tests of every prefix
 * @throws Problem `database.newer` when the database was already used by a later version
 */
export async function migrate(db: Database, all = migrationsFor(db.dialect)): Promise<string[]> {
  await db.execute('create table if not exists _migrations (tag text primary key, applied_at text not null)')
  const seen = await db.read.select({ tag: table.tag }).from(table)
  // As at nearly every start: no transaction for each of those that were made long ago.
  if (seen.length === all.length && all.every(({ tag }) => seen.some((row) => row.tag === tag))) return []
  const applied: string[] = []
  for (const migration of all) {
    const fresh = await db.write(
      async (tx) => {
        if (db.dialect === 'postgres')
          await tx.select({ lock: sql`pg_advisory_xact_lock(${LOCK})` }).from(sql`(select 1) as one`)
        const known = new Set((await tx.select({ tag: table.tag }).from(table)).map((row) => row.tag))
        const unknown = [...known].filter((tag) => !all.some((each) => each.tag === tag))
        if (unknown.length)
          throw problem('database.newer', 500, {
            en: `The database was made by a newer version of Firstcut (it knows ${unknown.join(', ')}). Start that version, or restore a backup from before the upgrade.`,
            zh: `该数据库由更新版本的 Firstcut 创建（包含 ${unknown.join('、')}）。请启动相应版本，或恢复升级前的备份。`,
          })
        if (known.has(migration.tag)) return false
        for (const statement of migration.statements) if (statement.trim()) await runRaw(tx, statement)
        await tx.insert(table).values({ tag: migration.tag, appliedAt: new Date().toISOString() })
        return true
      },
      { atomic: true, patient: true },
    )
    if (fresh) applied.push(migration.tag)
  }
  return applied
}

/** DDL has no builder; both drivers' sessions have a raw call under different names. */
export async function runRaw(tx: object, statement: string): Promise<void> {
  const session = tx as { run?: (query: unknown) => unknown; execute?: (query: unknown) => Promise<unknown> }
  if (session.run) session.run(sql.raw(statement))
  else await session.execute?.(sql.raw(statement))
}
