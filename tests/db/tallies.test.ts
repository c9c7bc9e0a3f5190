import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../src/core/values.ts'
import type { Database } from '../../src/db/database.ts'
import { events, mails, tallies } from '../../src/db/schema.ts'
import { auditTallies, keepTallies, readTallies } from '../../src/db/tallies.ts'
import { auditCounts } from '../../src/stages/0-house/upkeep.ts'
import { auditCounters } from '../../src/stages/5-demand/ledger.ts'
import { freshDatabase } from '../support/database.ts'

/** One table counted by a column, one as a whole. */
const ALL = { events: { table: events, by: events.name }, mails: { table: mails } } as const

let folder: string
let db: Database
let drop: () => Promise<void>
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firstcut-tallies-'))
  ;({ db, drop } = await freshDatabase(folder))
})
afterEach(async () => {
  await db.close()
  await drop()
  rmSync(folder, { recursive: true, force: true })
})

const at = new Date(0)
const put = (...names: string[]) =>
  db.write(
    (tx) =>
      tx
        .insert(events)
        .values(names.map((name) => ({ id: newId(), name, payload: {}, actor: 'test', at })))
        .returning({ id: events.id }),
    { atomic: true },
  )
const move = (from: string, to: string) =>
  db.write((tx) => tx.update(events).set({ name: to }).where(eq(events.name, from)).returning(), { atomic: true })
const counts = async () => (await readTallies(db.read, ALL)).events
const audit = () => db.snapshot((reader) => auditTallies(reader, ALL))

test('what was there before is counted once, and from then on as it comes, moves and goes', async () => {
  await put('a', 'a', 'b')
  expect(await keepTallies(db, ALL)).toEqual(['events', 'mails'])
  expect(await counts()).toEqual({ a: 2, b: 1 })
  await put('a', 'c', 'c')
  expect(await counts()).toEqual({ a: 3, b: 1, c: 2 })
  await move('a', 'b')
  expect(await counts()).toEqual({ b: 4, c: 2 })
  await move('c', 'c')
  await db.write((tx) => tx.delete(events).where(eq(events.name, 'c')).returning(), { atomic: true })
  expect(await counts()).toEqual({ b: 4 })
  expect((await readTallies(db.read, ALL)).mails).toBe(0)
  expect(await audit()).toEqual([])
})

test('a later start counts nothing', async () => {
  await keepTallies(db, ALL)
  await put('a')
  expect(await keepTallies(db, ALL)).toEqual([])
  expect(await counts()).toEqual({ a: 1 })
})

test('what is undone is not counted, and a row that was there is counted once', async () => {
  await keepTallies(db, ALL)
  await put('a')
  const undone = db.write(async (tx) => {
    await tx.insert(events).values({ id: newId(), name: 'a', payload: {}, actor: 'test', at })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  const once = { id: newId(), name: 'b', payload: {}, actor: 'test', dedupeKey: 'once', at }
  for (let n = 0; n < 2; n++)
    await db.write((tx) =>
      tx
        .insert(events)
        .values({ ...once, id: newId() })
        .onConflictDoNothing()
        .returning(),
    )
  expect(await counts()).toEqual({ a: 1, b: 1 })
})

test('a crowd that writes at once is counted whole', async () => {
  await keepTallies(db, ALL)
  await Promise.all(Array.from({ length: 60 }, (_, n) => put(...Array.from({ length: 1 + (n % 4) }, () => 'a'))))
  await Promise.all([move('a', 'b'), put('a'), put('b', 'c')])
  expect(await audit()).toEqual([])
  const { a = 0, b = 0, c = 0 } = await counts()
  expect(a + b + c).toBe(153)
})

test('triggers that a migration took away with their table are made again, and the table is counted again', async () => {
  await keepTallies(db, ALL)
  await put('a')
  await db.execute(db.dialect === 'sqlite' ? 'drop trigger tally_events_in' : 'drop trigger tally_events_in on events')
  await put('a', 'b')
  expect(await audit()).toEqual([
    { what: 'events', state: 'a', kept: 1, counted: 2 },
    { what: 'events', state: 'b', kept: 0, counted: 1 },
  ])
  expect(await keepTallies(db, ALL)).toEqual(['events'])
  expect(await audit()).toEqual([])
  await put('b')
  expect(await counts()).toEqual({ a: 2, b: 2 })
})

test('a number that is not what its rows say is told, and set right by the repair of counters', async () => {
  await keepTallies(db, ALL)
  await put('a', 'b')
  await db.write((tx) => tx.update(tallies).set({ n: 7 }).where(eq(tallies.state, 'a')).returning())
  const rules = [auditCounts(ALL)]
  const wrong = [{ campaignId: '', field: 'tallies.events', about: 'a', counted: 7, ledger: 1 }]
  expect(await auditCounters(db, false, rules)).toEqual(wrong)
  expect(await auditCounters(db, true, rules)).toEqual(wrong)
  expect(await auditCounters(db, false, rules)).toEqual([])
  await put('a')
  expect(await counts()).toEqual({ a: 2, b: 1 })
})
