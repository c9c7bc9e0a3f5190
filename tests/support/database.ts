import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { HandClock } from '../../src/core/clock.ts'
import { dialect } from '../../src/core/dialect.ts'
import type { Database } from '../../src/db/database.ts'
import { migrate, migrationsFor, type Migration } from '../../src/db/migrate.ts'
import { openPostgres } from '../../src/db/postgres.ts'
import { openSqlite } from '../../src/db/sqlite.ts'
import { inSession, ours } from './run.ts'

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

/** All migrations on a PostgreSQL database where nobody else is: one round trip instead of hundreds. */
export const placeSchema = (url: string): Promise<void> =>
  inSession(url, async (client) => void (await client.query(schemaAtOnce())))

const SERVER = process.env['DATABASE_URL'] ?? ''
const urlOf = (name: string): string => {
  const url = new URL(SERVER)
  url.pathname = `/${name}`
  return url.href
}

/** One database with the newest schema for the whole run, made by whoever first needs it while the others wait. */
async function migratedOnServer(): Promise<string> {
  const name = `${ours}migrated`
  await inSession(SERVER, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount) return
    await client.query(`create database ${name}`)
    await placeSchema(urlOf(name))
  })
  return name
}
let onServer: Promise<string> | undefined

/**
 * A PostgreSQL database of one's own: empty, or a copy of one that was migrated, which takes a quarter of the time that
 * the statements of a schema do. What a killed run leaves, the next one throws away (build.ts).
 */
export async function ownDatabase(schema: 'empty' | 'newest'): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `${ours}${randomBytes(8).toString('hex')}`
  const template = schema === 'newest' ? ` template ${await (onServer ??= migratedOnServer())}` : ''
  await inSession(SERVER, (client) => client.query(`create database ${name}${template}`))
  return {
    url: urlOf(name),
    drop: async () => void (await inSession(SERVER, (client) => client.query(`drop database ${name} with (force)`))),
  }
}

/**
 * An empty database of the dialect under test, with the newest schema, or that of `migrations`; `again` opens it as another
 * node does (an embedded one has one node, and one writer).
 */
export async function freshDatabase(
  folder: string,
  migrations?: Migration[],
): Promise<{ db: Database; again: () => Database; drop: () => Promise<void> }> {
  if (dialect === 'sqlite') {
    if (!migrations) await placeDatabase(join(folder, 'test.db'))
    const db = openSqlite(join(folder, 'test.db'))
    if (migrations) await migrate(db, migrations)
    return { db, again: () => db, drop: async () => {} }
  }
  const { url, drop } = await ownDatabase(migrations ? 'empty' : 'newest')
  const db = openPostgres(url)
  if (migrations) await migrate(db, migrations)
  return { db, again: () => openPostgres(url), drop }
}
