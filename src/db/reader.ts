/** A connection that only reads, for a thread of its own. */
import SQLite from 'better-sqlite3'
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3'
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { dialectOf } from '../core/dialect.ts'
import { SECOND } from '../core/values.ts'
import type { Reader } from './database.ts'

/** A server that says nothing for so long says nothing at all. */
const ANSWER_MS = 30 * SECOND

export interface OwnReader extends AsyncDisposable {
  readonly read: Reader
}

/** @param address the database's own (`Database.address`): a file, or where PostgreSQL is */
export function openReader(address: string): OwnReader {
  if (dialectOf(address) === 'sqlite') {
    const connection = new SQLite(address, { readonly: true, fileMustExist: true })
    return {
      read: drizzleSqlite(connection) as unknown as Reader,
      [Symbol.asyncDispose]: () => Promise.resolve(void connection.close()),
    }
  }
  const pool = new pg.Pool({ connectionString: address, max: 1, query_timeout: ANSWER_MS })
  pool.on('error', () => {}) // whoever waits for an answer hears of it
  return { read: drizzlePostgres(pool) as unknown as Reader, [Symbol.asyncDispose]: () => pool.end() }
}
