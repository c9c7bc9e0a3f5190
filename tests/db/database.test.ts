import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dialect } from '../../src/core/dialect.ts'
import { errorCode, insertMany, isUniqueViolation, prepared, type Database, type Tx } from '../../src/db/database.ts'
import { requestKeyOf } from '../../src/db/idempotency.ts'
import { migrate, migrationsFor } from '../../src/db/migrate.ts'
import { refusals, settings } from '../../src/db/schema.ts'
import { openSqlite } from '../../src/db/sqlite.ts'
import { freshDatabase } from '../support/database.ts'

const AT = new Date('2026-11-22T02:00:00Z')

let folder: string
let db: Database
let drop: () => Promise<void>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firstcut-db-'))
  ;({ db, drop } = await freshDatabase(folder))
})
afterEach(async () => {
  await db.close()
  await drop()
  rmSync(folder, { recursive: true, force: true })
})

const row = (key: string, value: unknown = 1) => ({ key, value, updatedAt: AT, updatedBy: 'test' })
const keys = async () => (await db.read.select({ key: settings.key }).from(settings)).map((each) => each.key).sort()

test('a failing write among a hundred rolls back alone, and the others are durable', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, (_, n) =>
      db.write(async (tx) => {
        await tx.insert(settings).values(row(`key-${String(n).padStart(3, '0')}`))
        if (n === 41) throw new Error('this one fails')
        return n
      }),
    ),
  )
  expect(results.filter((each) => each.status === 'rejected')).toHaveLength(1)
  expect(results[41]).toMatchObject({ status: 'rejected', reason: { message: 'this one fails' } })
  expect(await keys()).toHaveLength(99)
  expect(await keys()).not.toContain('key-041')
})

test('a broken statement in one write leaves the writes beside it alone', async () => {
  const results = await Promise.allSettled([
    db.write((tx) => tx.insert(settings).values(row('twice')).returning()),
    db.write((tx) => tx.insert(settings).values(row('twice')).returning()),
    db.write((tx) => tx.insert(settings).values(row('other')).returning()),
  ])
  const refused = results.filter((each) => each.status === 'rejected')
  expect(refused).toHaveLength(1)
  expect(isUniqueViolation((refused[0] as PromiseRejectedResult).reason)).toBe(true)
  expect(await keys()).toEqual(['other', 'twice'])
})

/** Reads, then writes what follows from it. */
const count = () =>
  db.write(async (tx) => {
    const [now] = await tx.select().from(settings).where(eq(settings.key, 'counter'))
    await tx
      .update(settings)
      .set({ value: (now?.value as number) + 1 })
      .where(eq(settings.key, 'counter'))
      .returning()
  })
const counted = async () => {
  const [end] = await db.read.select().from(settings).where(eq(settings.key, 'counter'))
  return end?.value
}

test('read-then-write by many at once keeps every increment', async () => {
  await db.write((tx) => tx.insert(settings).values(row('counter', 0)).returning())
  await Promise.all(Array.from({ length: 60 }, count))
  expect(await counted()).toBe(60)
})

test('a write inside a write is refused at once instead of waiting for itself', async () => {
  await expect(db.write(() => db.write(async () => 1))).rejects.toThrow(/write inside a write/)
  await expect(db.write(async () => 2)).resolves.toBe(2)
})

test('of a write inside a write nothing is stored, neither by the outer one nor by the inner one', async () => {
  const put = (tx: Tx, key: string) =>
    tx.insert(settings).values({ key, value: 1, updatedAt: AT, updatedBy: 'test' }).returning()
  const outer = db.write(async (tx) => {
    await put(tx, 'outer')
    await db.write((inner) => put(inner, 'inner'))
  })
  const beside = db.write((tx) => put(tx, 'beside'))
  await expect(outer).rejects.toThrow(/write inside a write/)
  await beside
  await db.write((tx) => put(tx, 'after'))
  const rows = await db.read.select({ key: settings.key }).from(settings)
  const keys = rows.map(({ key }) => key)
  expect(keys).toEqual(expect.arrayContaining(['beside', 'after']))
  expect(keys).not.toContain('outer')
  expect(keys).not.toContain('inner')
})

test('a prepared statement is built once and bound each time', async () => {
  const insert = prepared<{ key: string; value: unknown; at: Date }, { key: string }>((tx) =>
    tx
      .insert(settings)
      .values({
        key: sql.placeholder('key'),
        value: sql.placeholder('value'),
        updatedAt: sql.placeholder('at'),
        updatedBy: 'test',
      })
      .returning({ key: settings.key }),
  )
  const stored = await db.write(async (tx) => [
    ...(await insert(tx, { key: 'a', value: { n: 1 }, at: AT })),
    ...(await insert(tx, { key: 'b', value: ['x'], at: AT })),
  ])
  expect(stored.map((each) => each.key)).toEqual(['a', 'b'])
  const values = await db.read.select({ value: settings.value }).from(settings).orderBy(settings.key)
  expect(values.map((each) => each.value)).toEqual([{ n: 1 }, ['x']])
})

describe('a row that is stored', () => {
  interface Setting {
    id: string
    value: unknown
    by: string | null
  }
  const put = insertMany<Setting>(settings.key, ['id', 'value', 'by'], (tx, rows) =>
    tx
      .insert(settings)
      .values(
        rows.map((each) => ({
          key: each('id'),
          value: each('value'),
          updatedAt: AT,
          updatedBy: each('by'),
        })) as never,
      )
      .onConflictDoNothing(),
  )
  const store = (id: string, value: unknown = 1, by: string | null = 'test') => db.store(put, { id, value, by })

  test('is told whether it was, whatever became of the hundreds beside it', async () => {
    await store('known')
    const results = await Promise.allSettled([
      ...Array.from({ length: 400 }, (_, n) => store(`key-${n}`, { n })),
      store('known', 2),
      store('nobody', 1, null),
      store('key-0', 'twice'),
    ])
    expect(results.slice(0, 400)).toEqual(results.slice(0, 400).map(() => ({ status: 'fulfilled', value: true })))
    expect(results.slice(400)).toMatchObject([
      { status: 'fulfilled', value: false },
      { status: 'rejected' },
      { status: 'fulfilled', value: false },
    ])
    const refused = results[401] as PromiseRejectedResult
    expect(['SQLITE_CONSTRAINT_NOTNULL', '23502']).toContain(errorCode(refused.reason))
    expect(await keys()).toHaveLength(401)
    const [row] = await db.read.select().from(settings).where(eq(settings.key, 'key-7'))
    expect(row).toMatchObject({ value: { n: 7 }, updatedBy: 'test' })
  })

  test('beside transactions that read and write keeps out of their way, and they out of its', async () => {
    await db.write((tx) => tx.insert(settings).values(row('counter', 0)).returning())
    await Promise.all(Array.from({ length: 80 }, (_, n) => (n % 2 ? store(`key-${n}`) : count())))
    expect(await keys()).toHaveLength(41)
    expect(await counted()).toBe(40)
  })

  test('inside a write is refused like any write there', async () => {
    await expect(db.write(() => store('inner'))).rejects.toThrow(/write inside a write/)
    expect(await store('after')).toBe(true)
    expect(await keys()).toEqual(['after'])
  })

  test('before the database is closed is stored before it is closed', async () => {
    const last = Array.from({ length: 20 }, (_, n) => store(`key-${n}`))
    await db.close()
    expect(await Promise.all(last)).toEqual(last.map(() => true))
  })

  test.runIf(dialect === 'sqlite')('while another process writes waits for it', async () => {
    const other = new SQLite(join(folder, 'test.db'))
    other.exec('begin immediate')
    let done = false
    const stored = store('mine').then((value) => {
      done = true
      return value
    })
    await new Promise((resolve) => setTimeout(resolve, 600)) // longer than the thread itself waits
    expect(done).toBe(false)
    other.exec('rollback')
    expect(await stored).toBe(true)
    other.close()
  })
})

test('every prefix of the migrations leads to the same end, and running them again changes nothing', async () => {
  const all = migrationsFor(dialect)
  expect(all.length).toBeGreaterThan(0)
  for (let length = 0; length < all.length; length++) {
    const other = mkdtempSync(join(tmpdir(), 'firstcut-prefix-'))
    const { db: fresh, drop: dropFresh } = await freshDatabase(other, migrationsFor(dialect).slice(0, length))
    expect(await migrate(fresh)).toEqual(all.slice(length).map((each) => each.tag))
    expect(await migrate(fresh)).toEqual([])
    await fresh.close()
    await dropFresh()
    rmSync(other, { recursive: true, force: true })
  }
})

test('answers kept by an earlier version are found by the name their request has now', async () => {
  const other = mkdtempSync(join(tmpdir(), 'firstcut-kept-'))
  const { db: old, drop: dropOld } = await freshDatabase(other, migrationsFor(dialect).slice(0, 3))
  const createdAt = new Date('2026-11-20T10:00:00Z')
  const name = { actor: 'buyer:1', route: 'POST /campaigns/1/preorders', key: 'ключ-0123456789-0123456789-0123456789' }
  const at = dialect === 'sqlite' ? createdAt.getTime() : `'${createdAt.toISOString()}'`
  await old.execute(
    `insert into idempotency (actor, route, "key", body_hash, status, response, created_at)
     values ('${name.actor}', '${name.route}', '${name.key}', 'hash', 201, '{"id":"1"}', ${at})`,
  )
  await migrate(old)
  expect(await old.read.select().from(refusals)).toEqual([
    { requestKey: requestKeyOf(name), bodyHash: 'hash', status: 201, response: '{"id":"1"}', createdAt },
  ])
  await old.close()
  await dropOld()
  rmSync(other, { recursive: true, force: true })
})

test('a database of a newer version is refused with a sentence', async () => {
  const all = migrationsFor(dialect)
  await migrate(db, [...all, { tag: '9999_future', statements: ['select 1'] }])
  await expect(migrate(db)).rejects.toMatchObject({
    code: 'database.newer',
    text: { en: expect.stringContaining('9999_future') },
  })
})

test.runIf(dialect === 'sqlite')('the embedded database keeps its settings when its file is opened again', async () => {
  await db.close()
  const again = openSqlite(join(folder, 'test.db')) // refuses to open otherwise
  await expect(again.ping()).resolves.toBeUndefined()
  await again.close()
})
