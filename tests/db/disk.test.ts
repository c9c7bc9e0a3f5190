import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../../src/core/dialect.ts'
import { insertMany, type Database } from '../../src/db/database.ts'
import { openDisk, type Disk } from '../../src/db/disk.ts'
import { migrate } from '../../src/db/migrate.ts'
import { settings } from '../../src/db/schema.ts'
import { openSqlite } from '../../src/db/sqlite.ts'

const AT = new Date('2026-11-22T02:00:00Z')

const onSqlite = test.runIf(dialect === 'sqlite')

let folder: string
let file: string
let disk: Disk
/** What happens instead of the next sync; the disk itself where it is not given. */
let instead: (() => Promise<void>) | undefined
let before: () => void
let db: Database

beforeEach(async () => {
  if (dialect !== 'sqlite') return
  folder = mkdtempSync(join(tmpdir(), 'firstcut-disk-'))
  file = join(folder, 'test.db')
  instead = undefined
  before = () => {}
  const real = openDisk(file)
  let storing: Promise<unknown> = Promise.resolve()
  disk = {
    ...real,
    store(statement, rows) {
      const stored = real.store(statement, rows)
      storing = stored.catch(() => {})
      return stored
    },
    async sync() {
      await storing // the thread does one after the other: what is asked to be synced is committed by then
      before()
      await (instead ?? real.sync)()
    },
  }
  db = openSqlite(file, disk)
  await migrate(db)
})
afterEach(async () => {
  if (dialect !== 'sqlite') return
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

const store = (key: string, value: unknown = 1) =>
  db.write(async (tx) => {
    await tx.insert(settings).values({ key, value, updatedAt: AT, updatedBy: 'test' })
    return key
  })
const put = insertMany<{ id: string; value: unknown }>(settings.key, ['id', 'value'], (tx, rows) =>
  tx
    .insert(settings)
    .values(rows.map((row) => ({ key: row('id'), value: row('value'), updatedAt: AT, updatedBy: 'test' })) as never),
)
/** The same through the thread. */
const storeApart = async (id: string, value: unknown = 1) => {
  await db.store(put, { id, value })
  return id
}
const WAYS = [
  ['in a transaction of the writer', store],
  ['in one of the thread', storeApart],
] as const
const stored = async () => (await db.read.select({ key: settings.key }).from(settings)).map(({ key }) => key).sort()

onSqlite.each(WAYS)('a row written %s is acknowledged when the disk has it, and not before', async (_, store) => {
  let release = () => {}
  const isAsked = new Promise<void>((asked) => {
    instead = () =>
      new Promise((resolve) => {
        release = resolve
        asked()
      })
  })
  let acknowledged = false
  const write = store('a').then(() => (acknowledged = true))
  await isAsked
  await new Promise((resolve) => setTimeout(resolve, 20)) // time to be acknowledged too early
  expect(await stored()).toEqual(['a'])
  expect(acknowledged).toBe(false)
  release()
  await write
  expect(acknowledged).toBe(true)
})

onSqlite('after a power cut everything acknowledged is in what the disk was asked to keep', async () => {
  const cut = mkdtempSync(join(tmpdir(), 'firstcut-cut-'))
  // What a disk that keeps nothing unasked would hold: the files as they were when a sync was asked for.
  before = () => {
    copyFileSync(file, join(cut, 'test.db'))
    copyFileSync(`${file}-wal`, join(cut, 'test.db-wal'))
  }
  const kept = () => {
    rmSync(join(cut, 'test.db-shm'), { force: true })
    const copy = new SQLite(join(cut, 'test.db'), { readonly: true })
    const keys = copy.prepare('select key from settings').pluck().all()
    copy.close()
    return keys
  }
  const acknowledged: string[] = []
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 10; n++) {
        acknowledged.push(await (writer % 2 ? store : storeApart)(`${writer}-${n}`))
        expect(kept()).toEqual(expect.arrayContaining(acknowledged))
      }
    }),
  )
  expect(acknowledged).toHaveLength(80)
  rmSync(cut, { recursive: true, force: true })
})

onSqlite.each(WAYS)('a disk that fails once is not believed again by what is written %s', async (_, store) => {
  await store('before')
  instead = () => Promise.reject(Object.assign(new Error('i/o error'), { code: 'EIO' }))
  await expect(store('a')).rejects.toMatchObject({
    code: 'database.disk-failed',
    status: 503,
    text: { en: expect.stringContaining('EIO'), zh: expect.stringContaining('EIO') },
  })
  instead = undefined
  await expect(store('b')).rejects.toMatchObject({ code: 'database.disk-failed' })
  await expect(db.execute('create table never (a)')).rejects.toMatchObject({ code: 'database.disk-failed' })
  await expect(db.ping()).rejects.toMatchObject({ code: 'database.disk-failed' })
  expect(await stored()).not.toContain('b')
})

onSqlite('a success after a failure is not believed, also where both were under way', async () => {
  await storeApart('before')
  const outcomes: (() => Promise<void>)[] = [() => Promise.reject(new Error('i/o error')), () => Promise.resolve()]
  let both = () => {}
  const asked = new Promise<void>((resolve) => (both = resolve))
  instead = async () => {
    const outcome = outcomes.shift()
    if (!outcomes.length) both()
    await asked
    return outcome?.()
  }
  const first = store('a') // the writer's turn ends with its commit, so the thread's comes while this one is synced
  await new Promise((resolve) => setTimeout(resolve, 20))
  const results = await Promise.allSettled([first, storeApart('b')])
  expect(outcomes).toEqual([])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})

onSqlite('what the disk says is told by its code, from its own thread', async () => {
  const nowhere = openDisk(join(folder, 'nowhere.db'))
  await expect(nowhere.sync()).rejects.toMatchObject({ code: 'ENOENT', message: expect.stringContaining('nowhere.db') })
  await nowhere.close()
  await expect(nowhere.sync()).rejects.toThrow('the disk thread has ended')
})

onSqlite('under steady writing the log is moved into the file and starts afresh', async () => {
  const page = 'x'.repeat(200_000)
  const total = 260
  for (let n = 0; n < total; n++) await store(`long-${n}`, page)
  const [log, database] = [statSync(`${file}-wal`).size, statSync(file).size]
  expect(log).toBeLessThan(total * 200_000 * 0.8)
  expect(database).toBeGreaterThan(total * 200_000 * 0.5)
  expect(await stored()).toHaveLength(total)
})
