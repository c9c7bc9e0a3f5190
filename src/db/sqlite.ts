import SQLite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { problem } from '../core/errors.ts'
import { errorCode, nestedWrite, type Database, type Reader, type Tx } from './database.ts'

/** The most writes that share one commit; bounds how long the slowest of them waits. */
const LARGEST_GROUP = 256
const GATHER_TURNS = 8

interface Waiting {
  work: (tx: Tx) => Promise<unknown>
  /** The write that was running when this one was asked for: perhaps the one that asked. */
  during: Waiting | undefined
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/**
 * better-sqlite3 is compiled to reopen WAL files at synchronous=NORMAL, which loses acknowledged commits in a power
 * cut. So FULL is set on every connection and read back: a build that would not keep its word does not start.
 */
function settings(connection: SQLite.Database, file: string): void {
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('trusted_schema = OFF')
  connection.pragma('temp_store = MEMORY')
  connection.pragma('mmap_size = 0')
  const mode = connection.pragma('journal_mode', { simple: true })
  const sync = connection.pragma('synchronous', { simple: true })
  if (mode !== 'wal' || sync !== 2)
    throw problem('database.not-durable', 500, {
      en: `The database ${file} answers journal_mode=${String(mode)}, synchronous=${String(sync)} instead of wal and 2 (FULL). Put it on a local disk.`,
      zh: `数据库 ${file} 返回 journal_mode=${String(mode)}、synchronous=${String(sync)}，应为 wal 和 2（FULL）。请将其放在本地磁盘上。`,
    })
}

const unavailable = (error: unknown) =>
  problem(
    'database.unavailable',
    503,
    {
      en: `The database cannot write just now (${errorCode(error) ?? 'unknown reason'}). Nothing was stored; try again shortly. Operators: check the free space on its disk.`,
      zh: `数据库暂时无法写入（${errorCode(error) ?? '原因未知'}），未保存任何内容，请稍后重试。运营人员：请检查磁盘剩余空间。`,
    },
    { retryAfter: 5 },
  )

/**
 * The embedded database: one writer behind a queue, one read-only connection beside it.
 *
 * Group commit: while a commit is under way writes gather, and the next transaction runs them all, each in its own
 * SAVEPOINT, so that one fsync makes many of them durable. One that fails rolls back alone; every promise settles
 * only after the one COMMIT.
 */
export function openSqlite(file: string): Database {
  mkdirSync(dirname(file), { recursive: true })
  const writer = new SQLite(file, { timeout: 0 }) // 0: a synchronous wait for another process would stop everything
  writer.pragma('journal_mode = WAL')
  writer.pragma('journal_size_limit = 67108864')
  settings(writer, file)
  const health = writer.pragma('quick_check(1)', { simple: true })
  if (health !== 'ok')
    throw problem('database.damaged', 500, {
      en: `The database ${file} is damaged (${String(health)}). Restore the last backup.`,
      zh: `数据库 ${file} 已损坏（${String(health)}），请恢复最近的备份。`,
    })
  const reader = new SQLite(file, { readonly: true, timeout: 0 })
  settings(reader, file)

  const tx = drizzle(writer) as unknown as Tx
  const begin = writer.prepare('BEGIN IMMEDIATE')
  const commit = writer.prepare('COMMIT')
  const rollback = writer.prepare('ROLLBACK')
  const savepoint = writer.prepare('SAVEPOINT work')
  const release = writer.prepare('RELEASE work')
  const undo = writer.prepare('ROLLBACK TO work')

  const queue: Waiting[] = []
  let draining: Promise<void> | undefined
  let running: Waiting | undefined

  /**
   * A write that waits for a write that waits for it would hang for ever. Statements here are synchronous, so a work
   * is over before the event loop turns; one that is not waits for something else, and of the writes asked for
   * meanwhile one is its own. (An AsyncLocalStorage would know which, for a tenth of the speed of everything.)
   */
  function refuseNested(): void {
    if (!running) return
    for (const nested of queue.filter(({ during }) => during === running)) {
      queue.splice(queue.indexOf(nested), 1)
      nested.reject(nestedWrite())
    }
    watching = setImmediate(refuseNested)
  }
  let watching: NodeJS.Immediate | undefined

  /** Another process may hold the write lock: ask again without blocking the event loop. */
  async function beginPatiently(): Promise<void> {
    for (let wait = 1; ; wait = Math.min(wait * 2, 100))
      try {
        begin.run()
        return
      } catch (error) {
        if (!errorCode(error)?.startsWith('SQLITE_BUSY')) throw error
        await sleep(wait * (0.5 + Math.random()))
      }
  }

  async function commitGroup(group: Waiting[]): Promise<void> {
    const settle: (() => void)[] = []
    try {
      await beginPatiently()
      watching = setImmediate(refuseNested)
      for (const each of group) {
        const { work, resolve, reject } = each
        savepoint.run()
        running = each
        try {
          const value = await work(tx)
          release.run()
          settle.push(() => resolve(value))
        } catch (error) {
          // A full or failing disk ends the whole transaction, not only this savepoint.
          if (!writer.inTransaction) throw error
          undo.run()
          release.run()
          settle.push(() => reject(error))
        }
      }
      commit.run()
    } catch (error) {
      if (writer.inTransaction) rollback.run()
      const failure = unavailable(error)
      failure.cause = error
      for (const { reject } of group) reject(failure)
      return
    } finally {
      running = undefined
      clearImmediate(watching)
    }
    for (const each of settle) each()
  }

  /** Lets the other requests of this moment join the same commit: a few turns of the event loop, while each brings more. */
  async function gather(): Promise<void> {
    for (let turn = 0, seen = 0; turn < GATHER_TURNS && queue.length > seen && queue.length < LARGEST_GROUP; turn++) {
      seen = queue.length
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  async function drain(): Promise<void> {
    while (queue.length) {
      await gather()
      await commitGroup(queue.splice(0, LARGEST_GROUP))
    }
    draining = undefined
  }

  const enqueue = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      queue.push({ work, during: running, resolve: resolve as (value: unknown) => void, reject })
      draining ??= drain()
    })

  const close = async (): Promise<void> => {
    if (!writer.open) return
    while (draining) await draining
    reader.close()
    writer.pragma('optimize')
    writer.close()
  }

  return {
    dialect: 'sqlite',
    read: drizzle(reader) as unknown as Reader,
    write: enqueue,
    async execute(statement) {
      writer.exec(statement)
    },
    async ping() {
      reader.prepare('select 1').get()
    },
    async backup(target) {
      await writer.backup(target)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
