/** A week's scores are what they are, however much is known, wherever they are reckoned and however often it is asked. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIXTURES, FIXTURES_FOLDER, FIXTURES_WEEK } from '../../scripts/fixtures-trends.ts'
import { system } from '../../src/core/actor.ts'
import { random as openRandom } from '../../src/core/random.ts'
import { newId } from '../../src/core/values.ts'
import { events, exposures, ingests, items, sources, termWeeks, trends } from '../../src/db/schema.ts'
import { openFeedReader } from '../../src/engines/feeds/reader.ts'
import { openTrends } from '../../src/stages/1-trends/actions.ts'
import { assessWeek } from '../../src/stages/1-trends/assessing.ts'
import { scoresOf } from '../../src/stages/1-trends/reckoning.ts'
import { backgroundOf, cellsOf, isLong } from '../../src/stages/1-trends/store/scores.ts'
import { VOCABULARY } from '../../src/stages/1-trends/vocabulary/index.ts'
import { addWeeks, weeksFrom } from '../../src/stages/1-trends/weeks.ts'
import { world } from '../support/world.ts'

const house = system('test')
const reader = openFeedReader()
afterAll(() => reader.close())
const feeds = { read: reader.read, table: reader.table, close: () => Promise.resolve() }
const opened = () => world({ stages: (context) => ({ trends: openTrends(context) }), engines: { feeds } })
type W = Awaited<ReturnType<typeof opened>>

const scored = async ({ db }: W, week: string) => {
  const rows = await db.read.select().from(trends).where(eq(trends.week, week)).orderBy(asc(trends.rank))
  return rows.map(({ id: _id, scoredAt: _at, word: _word, evidence, ...row }) => ({
    ...row,
    evidence: { ...evidence, sources: evidence.sources.map(({ name, recent }) => ({ name, recent })) },
  }))
}
const scorings = async ({ db }: W) => db.read.$count(events, eq(events.name, 'trends.scored'))

test('the scores of the demo’s fixtures are what they were, to the last digit', async () => {
  await using w = await opened()
  for (const { file, contentType, ...source } of FIXTURES) {
    const bytes = new Uint8Array(readFileSync(new URL(file, FIXTURES_FOLDER)))
    await w.stages.trends.upload(house, { ...source, fileName: file, contentType, bytes })
  }
  await w.settle()
  const all = await scored(w, FIXTURES_WEEK)
  expect(all.length).toBeGreaterThan(10)
  const sorted = JSON.stringify(all, (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  expect(createHash('sha256').update(sorted).digest('hex').slice(0, 16)).toBe('2ef81c9431e9f3de')
  expect(await scorings(w)).toBeLessThan(FIXTURES.length)
})

describe('a long history of many sources', () => {
  const WEEK = '2026-11-16'
  let w: W
  beforeAll(async () => {
    w = await opened()
    const random = openRandom(7)
    const weeks = weeksFrom(addWeeks(WEEK, -99), WEEK)
    const ids = ['rss', 'google-trends', 'hot-search', 'rss'].map((format) => ({ id: newId(), format }))
    await w.db.write(async (tx) => {
      for (const [i, { id, format }] of ids.entries())
        await tx.insert(sources).values({
          id,
          name: `source ${i}`,
          kind: 'upload',
          format,
          url: null,
          lang: 'en',
          region: null,
          nextFetchAt: null,
          createdAt: w.clock.now(),
        })
      for (const { id: sourceId } of ids) {
        await tx.insert(exposures).values(weeks.map((week) => ({ sourceId, week, items: 400, days: 7 })))
        for (const { id: term } of VOCABULARY.slice(0, 60)) {
          const rows = weeks.map((week) => ({ term, sourceId, week, value: Math.floor(random() * 40) / 3, days: 7 }))
          await tx.insert(termWeeks).values(rows)
        }
      }
      const titles = Array.from({ length: 600 }, (_, i) => ({
        id: newId(),
        sourceId: ids[(i % 2) * 2]?.id ?? '',
        externalId: `${i}`,
        title: `title ${i}`,
        url: null,
        lang: 'en' as const,
        publishedAt: new Date(Date.UTC(2026, 10, 16 + (i % 5), 12)),
        day: `2026-11-${16 + (i % 5)}`,
        week: WEEK,
        fingerprint: `title ${i % 500}`,
        terms: [VOCABULARY[i % 60]?.id ?? ''],
      }))
      await tx.insert(items).values(titles)
    })
  })
  afterAll(() => w.close())

  test('is scored in a thread, which says what would be said here', async () => {
    expect(await isLong(w.db.read, WEEK)).toBe(true)
    let turns = 0
    const turn = () => {
      turns++
      timer = setImmediate(turn)
    }
    let timer = setImmediate(turn)
    const there = await scoresOf(w.context, WEEK)
    clearImmediate(timer)
    expect(turns).toBeGreaterThan(100)
    const here = await assessWeek(WEEK, await backgroundOf(w.db.read, WEEK), cellsOf(w.db.read, WEEK))
    expect(there.length).toBeGreaterThan(20)
    expect(there).toEqual(here)
  })

  test('is read a few terms at a time: never more rows at once than those have', async () => {
    const sizes: number[] = []
    for await (const cells of cellsOf(w.db.read, WEEK)) sizes.push(cells.length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10 * 4 * 100)
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(60 * 4 * 100)
  })

  test('its scores are written in slices that others can come between', async () => {
    const write = w.db.write.bind(w.db)
    const seen: number[] = []
    w.db.write = async (...args) => {
      seen.push(await w.db.read.$count(trends))
      return write(...args)
    }
    const { trends: found } = await w.stages.trends.scoreWeek(house, { week: WEEK })
    w.db.write = write
    seen.push(await w.db.read.$count(trends))
    expect(seen.at(-1)).toBe(found)
    expect(Math.max(...seen.slice(1).map((n, i) => n - (seen[i] ?? 0)))).toBeLessThanOrEqual(50)
    expect((await scored(w, WEEK)).map(({ rank }) => rank)).toEqual(Array.from({ length: found }, (_, i) => i + 1))
  })
})

test('a week’s trends stand in the order of any score, page by page, and unknown ones last', async () => {
  await using w = await opened()
  for (const { file, contentType, ...source } of FIXTURES) {
    const bytes = new Uint8Array(readFileSync(new URL(file, FIXTURES_FOLDER)))
    await w.stages.trends.upload(house, { ...source, fileName: file, contentType, bytes })
  }
  await w.settle()
  const all = async (sort: 'combined' | 'lift' | 'rise' | 'burst') => {
    const first = await w.stages.trends.listTrends(house, { sort, limit: 4 })
    const next = await w.stages.trends.listTrends(house, { sort, limit: 200, cursor: first.next })
    return [...first.trends, ...next.trends]
  }
  const combined = await all('combined')
  expect(combined.map(({ rank }) => rank)).toEqual(combined.map((_, i) => i + 1))
  for (const sort of ['lift', 'rise', 'burst'] as const) {
    const told = await all(sort)
    expect(new Set(told.map(({ id }) => id))).toEqual(new Set(combined.map(({ id }) => id)))
    const scores = told.map((one) => one[sort] ?? -1e9)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  }
  // What stands first is forecast, from the week after.
  const [top] = combined
  expect(top?.evidence.forecast).toMatchObject({ from: addWeeks(FIXTURES_WEEK, 1) })
  expect(top?.evidence.forecast?.mid).toHaveLength(52)
})

describe('many readings', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 8, 14 + n)).toISOString().slice(0, 10)
  const file = (name: string) =>
    Buffer.from(
      `date,title\n${Array.from({ length: 66 }, (_, n) => `${day(n)},${n > 60 ? `military coat ${name} ${n}` : `market stall ${n}`}`).join('\n')}`,
    )

  test('are one scoring or two, and it has seen them all', async () => {
    await using together = await opened()
    await using oneByOne = await opened()
    const names = Array.from({ length: 12 }, (_, i) => `s${String(i).padStart(2, '0')}`)
    for (const name of names) await together.stages.trends.upload(house, { name, bytes: file(name) })
    await together.settle()
    for (const name of names) {
      await oneByOne.stages.trends.upload(house, { name, bytes: file(name) })
      await oneByOne.settle()
    }
    expect(await scorings(oneByOne)).toBe(12)
    expect(await scorings(together)).toBeLessThanOrEqual(2)
    const all = await scored(together, '2026-11-16')
    expect(all.length).toBeGreaterThan(0)
    expect(all).toEqual(await scored(oneByOne, '2026-11-16'))
    expect(all[0]?.evidence.sources).toHaveLength(12)
  })

  test('of which the last failed are scored all the same', async () => {
    await using w = await opened()
    const { sourceId } = await w.stages.trends.upload(house, { name: 'a', bytes: file('a') })
    await w.db.write((tx) =>
      tx.insert(ingests).values({
        id: newId(),
        sourceId,
        format: 'rss',
        at: w.clock.now(),
        bytes: 0,
        itemsSeen: 0,
        itemsNew: 0,
        notes: [],
        error: { zh: '无法读取', en: 'It cannot be read.' },
      }),
    )
    await w.settle()
    expect((await scored(w, '2026-11-16')).map(({ term }) => term)).toContain('military-overcoat')
  })
})
