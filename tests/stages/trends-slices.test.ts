/** However much a source sends, it is stored a slice at a time; and whoever dies between two slices has spoiled nothing. */
import SQLite from 'better-sqlite3'
import { asc } from 'drizzle-orm'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { dialect } from '../../src/core/dialect.ts'
import { exposures, items, recounts, salesDays, termWeeks, trends } from '../../src/db/schema.ts'
import { openFeedReader } from '../../src/engines/feeds/reader.ts'
import { openTrends } from '../../src/stages/1-trends/actions.ts'
import { world } from '../support/world.ts'

const house = system('test')
const reader = openFeedReader()
afterAll(() => reader.close())
const feeds = { read: reader.read, table: reader.table, close: () => Promise.resolve() }
const opened = () =>
  world({ stages: (context) => ({ trends: openTrends(context) }), engines: { feeds }, now: '2026-11-29T04:00:00Z' })
type W = Awaited<ReturnType<typeof opened>>

const WARES = ['military coat', 'pleated skirt', 'wool blazer', 'lace dress', 'cargo trousers']
const day = (n: number) => new Date(Date.UTC(2026, 9, 5 + n)).toISOString().slice(0, 10)

/** So many titles over seven weeks, most of them in the last. */
const titles = (n: number, from = 0) =>
  Buffer.from(
    `date,title\n${Array.from({ length: n }, (_, i) => `${day(i % 5 ? 48 : i % 49)},${WARES[i % WARES.length]} seen again ${from + i}`).join('\n')}`,
  )
/** Units of five products on each of so many days. */
const sales = (days: number, units = 3) =>
  Buffer.from(
    `date,product,units\n${Array.from({ length: days }, (_, n) => WARES.map((ware, i) => `${day(n - 300)},${ware},${units + i}`).join('\n')).join('\n')}`,
  )

/** Everything that is counted, without ids and moments. */
const counts = async ({ db }: W) => ({
  items: await db.read.select({ title: items.title, week: items.week }).from(items).orderBy(asc(items.title)),
  weeks: await db.read.select().from(termWeeks).orderBy(asc(termWeeks.term), asc(termWeeks.week)).then(withoutSource),
  exposures: await db.read.select().from(exposures).orderBy(asc(exposures.week)).then(withoutSource),
  days: await db.read.select().from(salesDays).orderBy(asc(salesDays.day)).then(withoutSource),
})
const withoutSource = <T extends { sourceId: string }>(rows: T[]) =>
  rows.map((row) => ({ ...row, sourceId: undefined }))

/** Have what happens before each transaction done, and told what it is of how many. */
function beforeWrites({ db }: W, meanwhile: (nth: number) => Promise<void> | void): () => number {
  const write = db.write.bind(db)
  let nth = 0
  db.write = async (...args) => {
    await meanwhile(++nth)
    return write(...args)
  }
  return () => nth
}

describe('a source that sends thousands', () => {
  test('no transaction stores more rows than a slice, and others get their turn between two', async () => {
    await using w = await opened()
    const seen: number[] = []
    let turns = 0
    const turn = () => {
      turns++
      timer = setImmediate(turn)
    }
    let timer = setImmediate(turn)
    const between: number[] = []
    beforeWrites(w, async () => {
      seen.push(await w.db.read.$count(items))
      between.push(turns)
    })
    await w.stages.trends.upload(house, { name: 'a', bytes: titles(2600) })
    clearImmediate(timer)
    seen.push(await w.db.read.$count(items))
    expect(seen.at(-1)).toBe(2600)
    const stored = seen.slice(1).map((n, i) => n - (seen[i] ?? 0))
    expect(Math.max(...stored)).toBe(500)
    expect(new Set(between).size).toBe(between.length)
  })

  test.skipIf(dialect !== 'sqlite')(
    'a dozen rows share a statement, and what is known is not written again',
    async () => {
      await using w = await opened()
      await w.stages.trends.upload(house, { name: 'a', bytes: titles(64) })
      const prototype = Object.getPrototypeOf(new SQLite(':memory:').prepare('select 1')) as SQLite.Statement
      const run = vi.spyOn(prototype, 'run')
      const all = vi.spyOn(prototype, 'all')
      const statements = async (bytes: Buffer) => {
        run.mockClear()
        all.mockClear()
        await w.stages.trends.upload(house, { name: 'a', bytes })
        return run.mock.calls.length + all.mock.calls.length
      }
      const more = titles(2000, 64)
      const fresh = await statements(more)
      expect(fresh).toBeLessThan(2000 / 12)
      expect(await statements(more)).toBeLessThan(40)
      run.mockRestore()
      all.mockRestore()
    },
  )
})

describe.each([
  ['titles', [titles(1300)]],
  ['days of sales', [sales(240), sales(260, 5)]],
  ['weeks of sales', [sales(240), Buffer.from(sales(240, 7).toString().replace('date,', 'Week,'))]],
])('a process that dies while it stores %s', (_, files) => {
  const upload = async (w: W) => {
    for (const bytes of files) await w.stages.trends.upload(house, { name: 'a', bytes })
  }
  /** Undisturbed. */
  const whole = async () => {
    await using w = await opened()
    const writes = beforeWrites(w, () => {})
    await upload(w)
    return { counts: await counts(w), writes: writes() }
  }

  test('has stored nothing that is not true once the file comes again, and what it left is counted', async () => {
    const expected = await whole()
    expect(expected.writes).toBeGreaterThan(4)
    for (let dies = 2; dies <= expected.writes; dies += dialect === 'sqlite' ? 1 : 3) {
      await using w = await opened()
      beforeWrites(w, (nth) => {
        if (nth === dies) throw new Error('the plug was pulled')
      })
      await expect(upload(w)).rejects.toThrow('plug')
      await upload(w)
      expect(await counts(w)).toEqual(expected.counts)
      expect(await w.db.read.$count(recounts)).toBe(0)
    }
  })
})

test('what was stored and not counted is counted before the week is scored', async () => {
  await using w = await opened()
  await using undisturbed = await opened()
  for (const each of [w, undisturbed])
    await each.stages.trends.upload(house, {
      name: 'other',
      bytes: Buffer.from(
        `date,title\n${Array.from({ length: 49 }, (_, n) => `${day(n)},market stall ${n}`).join('\n')}`,
      ),
    })
  await undisturbed.stages.trends.upload(house, { name: 'a', bytes: titles(900) })
  // Of its three transactions that hold titles and their counts, the last does not come about.
  let dies = false
  beforeWrites(w, async () => {
    if (dies && (await w.db.read.$count(items)) === 949) throw new Error('the plug was pulled')
  })
  dies = true
  await expect(w.stages.trends.upload(house, { name: 'a', bytes: titles(900) })).rejects.toThrow('plug')
  dies = false
  expect(await w.db.read.$count(recounts)).toBeGreaterThan(0)
  for (const each of [w, undisturbed]) {
    await each.settle()
    await each.stages.trends.scoreWeek(house)
  }
  expect(await w.db.read.$count(recounts)).toBe(0)
  expect(await counts(w)).toEqual(await counts(undisturbed))
  const scores = async (each: W) =>
    (await each.db.read.select().from(trends).orderBy(asc(trends.rank))).map(({ term, rank, burst, lift }) => ({
      term,
      rank,
      burst,
      lift,
    }))
  expect(await scores(w)).toEqual(await scores(undisturbed))
})

test('two files for one source at once are counted as if one came after the other', async () => {
  await using w = await opened()
  await using inTurn = await opened()
  await w.stages.trends.upload(house, { name: 'a', bytes: titles(10) })
  await inTurn.stages.trends.upload(house, { name: 'a', bytes: titles(10) })
  await Promise.all([700, 5000].map((from) => w.stages.trends.upload(house, { name: 'a', bytes: titles(1200, from) })))
  for (const from of [700, 5000]) await inTurn.stages.trends.upload(house, { name: 'a', bytes: titles(1200, from) })
  expect(await counts(w)).toEqual(await counts(inTurn))
  const tables = [sales(200), sales(260).subarray(0)]
  await Promise.all(tables.map((bytes) => w.stages.trends.upload(house, { name: 'sold', bytes })))
  for (const bytes of tables) await inTurn.stages.trends.upload(house, { name: 'sold', bytes })
  expect(await counts(w)).toEqual(await counts(inTurn))
  expect(await w.db.read.$count(recounts)).toBe(0)
})

test('a table by week that comes while days of the same source are told is not taken back by them', async () => {
  await using w = await opened()
  await using inTurn = await opened()
  const weeks = (units: number) =>
    Buffer.from(
      `Week,product,units\n${Array.from({ length: 9 }, (_, n) => `${day(7 * n - 700)},${WARES[n % 2]},${units + n}`).join('\n')}`,
    )
  for (const each of [w, inTurn]) await each.stages.trends.upload(house, { name: 'a', bytes: weeks(10) })
  for (const bytes of [sales(120), weeks(70)]) await inTurn.stages.trends.upload(house, { name: 'a', bytes })
  // All days are stored, and their weeks are about to be written.
  let came = false
  beforeWrites(w, async () => {
    if (came || (await w.db.read.$count(salesDays)) < 120) return
    came = true
    await w.stages.trends.upload(house, { name: 'a', bytes: weeks(70) })
  })
  await w.stages.trends.upload(house, { name: 'a', bytes: sales(120) })
  expect(came).toBe(true)
  expect(await counts(w)).toEqual(await counts(inTurn))
  expect(await w.db.read.$count(recounts)).toBe(0)
})
