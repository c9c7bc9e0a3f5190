/** A large database is looked over after the start, beside the work, and what is broken is said. */
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
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

  test('of which a page is broken starts, and what is broken is said', async () => {
    const page = Number(new SQLite(file, { readonly: true }).pragma('page_size', { simple: true }))
    const disk = openSync(file, 'r+')
    const middle = Math.floor(statSync(file).size / page / 2) * page
    writeSync(disk, Buffer.alloc(page, 0xa5), 0, page, middle)
    closeSync(disk)
    const database = open()
    const { state, found } = await looked(database)
    expect(state).toBe('damaged')
    expect(found.join()).toMatch(/settings/)
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
