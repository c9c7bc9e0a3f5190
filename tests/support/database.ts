import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { HandClock } from '../../src/core/clock.ts'
import { dialect } from '../../src/core/dialect.ts'
import type { Database } from '../../src/db/database.ts'
import { migrate, migrationsFor, type Migration } from '../../src/db/migrate.ts'
import { openPostgres } from '../../src/db/postgres.ts'
import { openSqlite } from '../../src/db/sqlite.ts'

/**
 * Where an empty SQLite database with the newest schema lies, to be copied: made by whoever first needs one, for the whole
 * run where build.ts has a folder for it.
 */
async function migratedFile(): Promise<string> {
  const built = process.env['FIRSTCUT_BUILT']
  const file = join(built ? dirname(built) : mkdtempSync(join(tmpdir(), 'firstcut-schema-')), 'migrated.db')
  if (existsSync(file)) return file
  const own = `${file}.${process.pid}`
  const db = openSqlite(own)
  await migrate(db)
  await db.close()
  renameSync(own, file)
  return file
}
let migrated: Promise<string> | undefined

/** Put an empty SQLite database with the newest schema where there is none yet. */
export async function placeDatabase(file: string): Promise<void> {
  copyFileSync(await (migrated ??= migratedFile()), file)
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** All migrations on a PostgreSQL database where nobody else is: one round trip instead of hundreds. */
export async function placeSchema(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(schemaAtOnce())
  } finally {
    await client.end()
  }
}

/** Every migration in one text. */
function schemaAtOnce(): string {
  const all = migrationsFor('postgres')
  return [
    'create table _migrations (tag text primary key, applied_at text not null)',
    ...all.flatMap(({ statements }) => statements.filter((each) => each.trim())),
    ...all.map(
      ({ tag }) => `insert into _migrations values (${quoted(tag)}, ${quoted(new HandClock().now().toISOString())})`,
    ),
  ]
    .map((statement) => statement.trim().replace(/;$/, ''))
    .join(';\n')
}

/** An empty database of the dialect under test, with the newest schema, or that of `migrations`. */
export async function freshDatabase(
  folder: string,
  migrations?: Migration[],
): Promise<{ db: Database; drop: () => Promise<void> }> {
  if (dialect === 'sqlite') {
    if (!migrations) await placeDatabase(join(folder, 'test.db'))
    const db = openSqlite(join(folder, 'test.db'))
    if (migrations) await migrate(db, migrations)
    return { db, drop: async () => {} }
  }
  const url = new URL(process.env['DATABASE_URL'] ?? '')
  const schema = `test_${process.pid}_${randomBytes(8).toString('hex')}`
  const admin = new pg.Client({ connectionString: url.href })
  await admin.connect()
  await admin.query(`create schema ${schema}`)
  if (!migrations) await admin.query(`set search_path to ${schema}; ${schemaAtOnce()}`)
  await admin.end()
  url.searchParams.set('options', `-c search_path=${schema}`)
  const db = openPostgres(url.href)
  if (migrations) await migrate(db, migrations)
  return {
    db,
    async drop() {
      const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] })
      await client.connect()
      await client.query(`drop schema ${schema} cascade`)
      await client.end()
    },
  }
}
