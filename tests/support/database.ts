import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { dialect } from '../../src/core/dialect.ts'
import type { Database } from '../../src/db/database.ts'
import { migrate, type Migration } from '../../src/db/migrate.ts'
import { openPostgres } from '../../src/db/postgres.ts'
import { openSqlite } from '../../src/db/sqlite.ts'

/** An empty database of the dialect under test, with the newest schema. */
export async function freshDatabase(
  folder: string,
  migrations?: Migration[],
): Promise<{ db: Database; drop: () => Promise<void> }> {
  if (dialect === 'sqlite') {
    const db = openSqlite(join(folder, 'test.db'))
    await migrate(db, migrations)
    return { db, drop: async () => {} }
  }
  const url = new URL(process.env['DATABASE_URL'] ?? '')
  const schema = `test_${process.pid}_${randomBytes(8).toString('hex')}`
  const admin = new pg.Client({ connectionString: url.href })
  await admin.connect()
  await admin.query(`create schema ${schema}`)
  await admin.end()
  url.searchParams.set('options', `-c search_path=${schema}`)
  const db = openPostgres(url.href)
  await migrate(db, migrations)
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
