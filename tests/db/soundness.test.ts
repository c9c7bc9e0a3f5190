/** A large database is looked over after the start, beside the work, and what is broken is said. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dialect } from '../../src/core/dialect.ts'
import type { Database } from '../../src/db/database.ts'
import { openDisk } from '../../src/db/disk.ts'
import { migrate } from '../../src/db/migrate.ts'
import { settings } from '../../src/db/schema.ts'
import { endedUncleanly, type Looked } from '../../src/db/soundness.ts'
import { openSqlite } from '../../src/db/sqlite.ts'

describe.runIf(dialect === 'sqlite')('a large database', () => {
  const AT = new Date('2026-11-22T02:00:00Z')
  const ROWS = 30_000
  let folder: string
  let file: string
  let db: Database | undefined

  /** As a start finds it: no file is small enough to be checked first, and nobody waits a minute. */
  const open = () => (db = openSqlite(file, openDisk(file), { checkedFirst: 0, checkAfterMs: 0 }))
  const looked = (database: Database) => new Promise<Looked>((resolve) => database.soundness?.begin(resolve))

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'firstcut-soundness-'))
    file = join(folder, 'test.db')
    await using fresh = openSqlite(file)
    await migrate(fresh)
    await fresh.close()
    const filling = new SQLite(file)
    const insert = filling.prepare('insert into settings (key, value, updated_at, updated_by) values (?, ?, ?, ?)')
    filling.transaction(() => {
      for (let n = 0; n < ROWS; n++) insert.run(`key-${n}`, JSON.stringify('x'.repeat(100)), AT.getTime(), 'test')
    })()
    filling.close()
  })
  afterEach(async () => {
    await db?.close()
    rmSync(folder, { recursive: true })
  })

  test('is in use before it was looked over, and is then said to be whole', async () => {
    const database = open()
    expect(database.soundness?.now().state).toBe('unchecked')
    const told = looked(database)
    await database.write((tx) =>
      tx.insert(settings).values({ key: 'beside', value: 1, updatedAt: AT, updatedBy: 'test' }).returning(),
    )
    const { state, found, rows, slices } = await told
    expect({ state, found }).toEqual({ state: 'sound', found: [] })
    expect(rows).toBeGreaterThanOrEqual(ROWS)
    expect(rows / slices, 'rows in one slice').toBeLessThan(ROWS / 2)
    expect(database.soundness?.now().state).toBe('sound')
  })

  /** A page of the middle of a table or an index, wherever the file has it, is overwritten. */
  const spoil = (what: string): void => {
    const reading = new SQLite(file, { readonly: true })
    const page = Number(reading.pragma('page_size', { simple: true }))
    const pages = reading.prepare("select pageno from dbstat where name = ? and pagetype = 'leaf'").pluck().all(what)
    reading.close()
    expect(pages.length).toBeGreaterThan(5)
    const disk = openSync(file, 'r+')
    writeSync(disk, Buffer.alloc(page, 0xa5), 0, page, (Number(pages[pages.length >> 1]) - 1) * page)
    closeSync(disk)
  }
  test.each([
    ['of the table', 'settings'],
    ['of its only index', 'sqlite_autoindex_settings_1'],
    ['of an index of some of its rows', 'settings_some'],
  ])('of which a page %s is broken starts, and what is broken is said', async (_, what) => {
    if (what === 'settings_some') {
      const more = new SQLite(file)
      more.exec("create index settings_some on settings (key) where updated_by = 'test'")
      more.close()
    }
    spoil(what)
    const database = open()
    const { state, found } = await looked(database)
    expect(state).toBe('damaged')
    expect(found.join()).toMatch(what)
    expect(database.soundness?.now()).toMatchObject({ state: 'damaged', found })
  })

  test('that nobody closed is known by its log', async () => {
    expect(endedUncleanly(file)).toBe(false)
    const killed = new SQLite(file)
    killed.exec("update settings set updated_by = 'somebody' where key = 'key-1'")
    expect(endedUncleanly(file)).toBe(true)
    killed.close()
    expect(endedUncleanly(file)).toBe(false)
  })

  test('is left alone by a process that leaves', async () => {
    const database = open()
    void looked(database)
    await database.close()
    expect(database.soundness?.now().state).not.toBe('damaged')
  })
})
