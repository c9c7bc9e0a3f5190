import SQLite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem, problem } from '../core/errors.ts'
import {
  errorCode,
  gatherAfterCommit,
  nestedWrite,
  rowStatement,
  type Database,
  type InsertMany,
  type Reader,
  type Tx,
} from './database.ts'
import { openDisk, PRAGMAS, type Disk } from './disk.ts'
import { gather, openStores } from './gather.ts'
import { useDatabase } from './in-use.ts'
import { requestKeyOf } from './idempotency.ts'
import { snapshotSqlite } from './snapshot.ts'
import { CHECKED_FIRST_BYTES, endedUncleanly, openChecking, type Checking } from './soundness.ts'

/** The most writes that share one commit; bounds how long the slowest of them waits. */
const LARGEST_GROUP = 256
/** Pages (of 4 KiB) that must find room before a database that refused to write is ready again. */
const PROBE_PAGES = 32
/** Pages in the log from which the writer moves them itself: the disk's thread does so long before. */
const LOG_TOO_LONG = 16_384

interface Waiting {
  work: (tx: Tx) => Promise<unknown>
  /** The write that was running when this one was asked for: perhaps the one that asked. */
  during: Waiting | undefined
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** SQLite's numbers for `synchronous`. */
const SYNCHRONOUS = { NORMAL: 1, FULL: 2 }

/**
 * @param synchronous NORMAL for the writer, whose log the disk's thread syncs before anything is acknowledged; FULL
 *   elsewhere. better-sqlite3 is compiled to reopen WAL files at NORMAL, so both are set and read back: a build that
 *   would not keep its word does not start.
 */
function settings(connection: SQLite.Database, file: string, synchronous: keyof typeof SYNCHRONOUS): void {
  connection.pragma(`synchronous = ${synchronous}`)
  for (const pragma of PRAGMAS) connection.pragma(pragma)
  const mode = connection.pragma('journal_mode', { simple: true })
  const sync = connection.pragma('synchronous', { simple: true })
  if (mode !== 'wal' || sync !== SYNCHRONOUS[synchronous])
    throw problem('database.not-durable', 500, {
      en: `The database ${file} answers journal_mode=${String(mode)}, synchronous=${String(sync)} instead of wal and ${SYNCHRONOUS[synchronous]} (${synchronous}). Put it on a local disk.`,
      zh: `数据库 ${file} 返回 journal_mode=${String(mode)}、synchronous=${String(sync)}，应为 wal 和 ${SYNCHRONOUS[synchronous]}（${synchronous}）。请将其放在本地磁盘上。`,
    })
}

/**
 * The database's files are its owner's alone, also where the folder is not: SQLite gives its log the rights of the
 * database, so that has to have them first. Where the file is somebody else's, its owner decides.
 */
function keepPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
  for (const each of [file, `${file}-wal`, `${file}-shm`])
    try {
      if (existsSync(each)) chmodSync(each, 0o600)
    } catch (error) {
      if (errorCode(error) !== 'EPERM') throw error
    }
}

/** The disk refuses (full, over a quota, failing): not one statement's fault, but that of everything it stands among. */
const DISK = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/

const cannotOpen = (file: string, error: unknown) =>
  problem('database.cannot-open', 500, {
    en: `The database ${file} cannot be opened (${errorCode(error) ?? String(error)}). Check that its disk has free space and that this account may write there, then start Firstcut again.`,
    zh: `无法打开数据库 ${file}（${errorCode(error) ?? String(error)}）。请检查磁盘剩余空间以及当前账户的写入权限，然后重新启动 Firstcut。`,
  })

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

const backupFailed = (target: string, error: unknown) => {
  const failure = problem('database.backup-failed', 503, {
    en: `The backup ${target} could not be written (${errorCode(error) ?? String(error)}) and nothing of it is left. Check the free space there, or write it elsewhere.`,
    zh: `备份 ${target} 写入失败（${errorCode(error) ?? String(error)}），未留下任何文件。请检查该处的剩余空间，或改存到其他位置。`,
  })
  failure.cause = error
  return failure
}

/** A disk that failed once may say "done" the second time for pages it has dropped, so nothing is written after that. */
const diskFailed = (error: unknown) =>
  problem(
    'database.disk-failed',
    503,
    {
      en: `The disk could not keep what was written (${errorCode(error) ?? 'unknown reason'}). Whether the last writes were stored is not known, and nothing more is written. Operators: check the disk, then start Firstcut again.`,
      zh: `磁盘未能保存写入的数据（${errorCode(error) ?? '原因未知'}）。最近的写入是否已保存无法确定，系统已停止写入。运营人员：请检查磁盘后重新启动 Firstcut。`,
    },
    { retryAfter: 60 },
  )

export interface SqliteOptions {
  /** A file up to so many bytes is checked before it is used. */
  checkedFirst?: number
  /** When a larger one is, after `soundness.begin`. */
  checkAfterMs?: number
}

interface Connected {
  writer: SQLite.Database
  reader: SQLite.Database
  checking: Checking
  release: () => void
}

/** @throws Problem when the file is not to be had, not durable or (where it is small enough to tell at once) damaged */
function connect(file: string, { checkedFirst = CHECKED_FIRST_BYTES, checkAfterMs }: SqliteOptions): Connected {
  const opened: SQLite.Database[] = []
  let release: (() => void) | undefined
  const open = (options: SQLite.Options, synchronous: keyof typeof SYNCHRONOUS): SQLite.Database => {
    const connection = new SQLite(file, { ...options, timeout: 0 }) // 0: a synchronous wait would stop everything
    opened.push(connection)
    if (!options.readonly) {
      connection.pragma('journal_mode = WAL')
      connection.pragma('journal_size_limit = 67108864')
      connection.pragma(`wal_autocheckpoint = ${LOG_TOO_LONG}`)
    }
    settings(connection, file, synchronous)
    return connection
  }
  try {
    // Hashes of passwords and buyers' addresses, and beside them letters with their links: nobody else's to read.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    release = useDatabase(file)
    keepPrivate(file)
    const unclean = endedUncleanly(file)
    const checked = statSync(file).size <= checkedFirst
    const writer = open({}, 'NORMAL')
    const health = checked ? writer.pragma('quick_check(1)', { simple: true }) : 'ok'
    if (health !== 'ok')
      throw problem('database.damaged', 500, {
        en: `The database ${file} is damaged (${String(health)}). Restore the last backup with "firstcut restore".`,
        zh: `数据库 ${file} 已损坏（${String(health)}），请用 “firstcut restore” 恢复最近的备份。`,
      })
    const checking = openChecking(file, { checked, unclean, afterMs: checkAfterMs })
    return { writer, reader: open({ readonly: true }, 'FULL'), checking, release }
  } catch (error) {
    for (const connection of opened) connection.close()
    release?.()
    throw error instanceof Problem ? error : cannotOpen(file, error)
  }
}

/**
 * The embedded database: one writer behind a queue, one read-only connection beside it, and in the disk's thread a
 * writer for rows that need no decision between two statements.
 *
 * Group commit: while the disk is busy writes gather, and the next transaction runs them all, each in its own
 * SAVEPOINT, so that one sync makes many of them durable. One that fails rolls back alone; every promise settles
 * only after the one COMMIT has reached the disk. The event loop goes on meanwhile: others may already read what is
 * not yet durable, and whatever they write because of it reaches the disk after it, in the same log.
 * @param disk what syncs the log, for tests of a disk that is slow or fails
 */
export function openSqlite(file: string, disk: Disk = openDisk(file), options: SqliteOptions = {}): Database {
  const { writer, reader, checking, release: leave } = connect(file, options)
  // For migration 0003, which finds requests by their parts. PostgreSQL can hash by itself.
  writer.function('request_key', { deterministic: true }, (actor, route, key) =>
    requestKeyOf({ actor: String(actor), route: String(route), key: String(key) }),
  )

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
  async function patiently<T>(attempt: () => T | Promise<T>): Promise<T> {
    for (let wait = 1; ; wait = Math.min(wait * 2, 100))
      try {
        return await attempt()
      } catch (error) {
        if (!errorCode(error)?.startsWith('SQLITE_BUSY')) throw error
        await sleep(wait * (0.5 + Math.random()))
      }
  }

  /** Two connections of this process write: one at a time, in the order they asked. */
  let turn: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(() => {
      if (failed) throw failed
      return work()
    })
    turn = done.catch(() => {})
    return done
  }

  let failed: Problem | undefined

  /** Everything committed so far reaches the disk. After one failure no success is believed, also of one under way. */
  async function synced(): Promise<void> {
    if (!failed)
      try {
        await disk.sync()
      } catch (error) {
        failed ??= diskFailed(error)
        failed.cause ??= error
      }
    if (failed) throw failed
  }

  /** The last that was refused, until there is room again: what readiness says. */
  let refused: Problem | undefined

  /** @returns what the disk refused, as those who waited for it are told */
  function refusal(error: unknown): Problem {
    const failure = failed ?? unavailable(error)
    failure.cause ??= error
    refused = failure
    return failure
  }

  /**
   * After a refusal: is there room again? A commit that changed nothing succeeds on a full disk too, so a page is
   * written, as often as a busy moment's pre-orders would write one.
   */
  async function tryWriting(): Promise<void> {
    try {
      await inTurn(async () => {
        const version = Number(writer.pragma('user_version', { simple: true }))
        for (let page = 0; page < PROBE_PAGES; page++) writer.pragma(`user_version = ${version}`)
      })
      await synced()
    } catch (error) {
      throw refusal(error)
    }
    refused = undefined
  }

  /** Run these in one transaction. @returns what settles each of them once the commit has reached the disk */
  async function runGroup(group: Waiting[]): Promise<(() => void)[]> {
    const settle: (() => void)[] = []
    await patiently(() => begin.run())
    watching = setImmediate(refuseNested)
    try {
      for (const each of group) {
        const { work, resolve, reject } = each
        savepoint.run()
        running = each
        const after = gatherAfterCommit(tx)
        try {
          const value = await work(tx)
          release.run()
          const then = after()
          settle.push(() => {
            resolve(value)
            for (const run of then) run()
          })
        } catch (error) {
          after()
          // A full or failing disk ends the whole transaction, not only this savepoint, whether SQLite says so or not.
          if (!writer.inTransaction || DISK.test(errorCode(error) ?? '')) throw error
          undo.run()
          release.run()
          settle.push(() => reject(error))
        }
      }
      commit.run()
    } finally {
      if (writer.inTransaction) rollback.run()
      running = undefined
      clearImmediate(watching)
    }
    return settle
  }

  async function commitGroup(group: Waiting[]): Promise<void> {
    try {
      const settle = await inTurn(() => runGroup(group))
      await synced()
      for (const each of settle) each()
    } catch (error) {
      const failure = refusal(error)
      for (const { reject } of group) reject(failure)
    }
  }

  /** Rows for one statement, run in the thread. */
  const stores = openStores((statement) => {
    const { text, encode } = rowStatement(statement, tx)
    return async (values) => {
      try {
        const rows = values.map(encode)
        // Both asked for at once: the thread goes from the one to the other without waiting for the event loop.
        const store = () => Promise.all([disk.store(text, rows), synced()])
        const [outcomes] = await inTurn(() => patiently(store))
        return outcomes
      } catch (error) {
        throw refusal(error)
      }
    }
  })

  async function drain(): Promise<void> {
    while (queue.length) {
      await gather(() => queue.length, LARGEST_GROUP)
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
    await checking.close()
    while (draining) await draining
    await stores.settled()
    await disk.close()
    reader.close()
    try {
      writer.pragma('optimize')
    } catch {
      // Only statistics: a full disk is no reason to leave with an error.
    }
    writer.close()
    leave()
  }

  return {
    dialect: 'sqlite',
    address: file,
    soundness: checking,
    read: drizzle(reader) as unknown as Reader,
    async snapshot(work) {
      const connection = new SQLite(file, { readonly: true, timeout: 0 })
      try {
        settings(connection, file, 'FULL')
        // Its first question opens the snapshot; in the log's mode no writer waits for it.
        connection.exec('BEGIN')
        return await work(drizzle(connection) as unknown as Reader)
      } finally {
        connection.close()
      }
    },
    write: enqueue,
    store<Value extends { id: string }>(statement: InsertMany<Value>, value: Value) {
      // Asked for while a write runs, perhaps by that write: the queue can tell, and refuses it then.
      if (running) return enqueue(async (own) => (await statement(own, [value])).length > 0)
      return stores.store(statement, value)
    },
    async execute(statement) {
      try {
        await inTurn(async () => writer.exec(statement))
        await synced()
      } catch (error) {
        throw failed || DISK.test(errorCode(error) ?? '') ? refusal(error) : error
      }
    },
    async ping() {
      if (failed) throw failed
      reader.prepare('select 1').get()
      if (refused) await tryWriting()
    },
    // How its own file is synced is not for others to set.
    warning: async () => undefined,
    async backup(target, { signal } = {}) {
      // Under its own name a backup is whole or not there.
      const aside = `${target}.partial`
      try {
        await rm(aside, { force: true })
        const found = await snapshotSqlite(file, aside, signal)
        await rename(aside, target)
        const folder = await open(dirname(target), 'r')
        await folder.sync().finally(() => folder.close())
        return found
      } catch (error) {
        await rm(aside, { force: true })
        throw backupFailed(target, error)
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
