import SQLite from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { link, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { arriving } from './in-use.ts'

/** Files that SQLite keeps beside a database and that belong to that one alone. */
const BESIDE = ['-wal', '-shm', '-journal']

const flush = async (folder: string): Promise<void> => {
  const directory = await open(folder, 'r')
  await directory.sync().finally(() => directory.close())
}

/** Move what is in the log into the file. A database that cannot be opened keeps its log beside it instead. */
function fold(database: string): void {
  try {
    const connection = new SQLite(database, { timeout: 0, fileMustExist: true })
    try {
      connection.pragma('journal_mode = DELETE')
    } finally {
      connection.close()
    }
  } catch {
    // Damaged: perhaps why it is being replaced.
  }
}

/** @throws Error when the copy is not whole */
export function checkSqlite(file: string): void {
  const copy = new SQLite(file, { readonly: true, fileMustExist: true })
  try {
    const health = copy.pragma('quick_check(1)', { simple: true })
    if (health !== 'ok') throw new Error(String(health))
  } finally {
    copy.close()
  }
}

/**
 * Put a database in the place of another one, whose lock is held (`reserveDatabase`). The old one stays, with its log,
 * under another name; of its log nothing is left beside the new one, which would read it as its own. Broken off at any
 * moment, either the old one is there as it was, or nothing starts until the restore is repeated.
 * @param staged in the same folder
 * @returns where the old one lies; undefined where there was none
 */
export async function exchangeSqlite(database: string, staged: string, stamp: string): Promise<string | undefined> {
  const folder = dirname(database)
  const there = existsSync(database)
  const kept = `${database}.before-${stamp}`
  if (there) fold(database)
  await rename(staged, arriving(database))
  await flush(folder)
  if (there) await link(database, kept).catch(() => rename(database, kept)) // a disk without hard links
  for (const suffix of BESIDE)
    if (existsSync(`${database}${suffix}`)) await rename(`${database}${suffix}`, `${kept}${suffix}`)
  await flush(folder)
  await rename(arriving(database), database)
  await flush(folder)
  return there ? kept : undefined
}

/** One setting of a database that nobody has open. @throws the database's error */
export function sqliteSetting(database: string, key: string): unknown {
  const connection = new SQLite(database, { readonly: true, fileMustExist: true })
  try {
    return connection.prepare('select value from settings where key = ?').pluck().get(key)
  } finally {
    connection.close()
  }
}
