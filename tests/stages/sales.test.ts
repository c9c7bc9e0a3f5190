/** Tables of sales and daily files, from the upload to the stored weeks. */
import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { sources, termWeeks } from '../../src/db/schema.ts'
import { openTrends } from '../../src/stages/1-trends/actions.ts'
import { world } from '../support/world.ts'

const house = system('test')
const opened = () => world({ stages: (context) => ({ trends: openTrends(context) }), now: '2026-11-25T04:00:00Z' })
type W = Awaited<ReturnType<typeof opened>>
const bytes = (text: string) => Buffer.from(text)
/** Weeks and units of the first term that was stored. */
const weeksOf = async (w: W) => {
  const rows = await w.db.read.select().from(termWeeks).orderBy(asc(termWeeks.term), asc(termWeeks.week))
  return rows.filter(({ term }) => term === rows[0]?.term).map(({ week, value }) => [week, value])
}

const days = (from: string, n: number) =>
  Array.from({ length: n }, (_, i) => new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10))
const table = (from: string, n: number, units = 2) =>
  `统计日期,商品名称,类目,支付件数\n${days(from, n)
    .map((day) => `${day},羊毛大衣女,女装,${units}`)
    .join('\n')}\n`

test('units are added up to whole weeks that are over; what is cut is left out and said', async () => {
  await using w = await opened()
  // Thursday 29 October to Wednesday 25 November, which is today.
  const result = await w.stages.trends.upload(house, { bytes: bytes(table('2026-10-29', 28)) })
  expect(result).toMatchObject({ format: 'sales', name: '销售表' })
  expect(result.columns.map(({ role }) => role)).toEqual(['date', 'product', 'category', 'units'])
  expect(await weeksOf(w)).toEqual([
    ['2026-11-02', 14],
    ['2026-11-09', 14],
    ['2026-11-16', 14],
  ])
  expect(result.notes.map(({ zh }) => zh).join()).toMatch(/不完整.*/)
})

test('the same weeks again, read by other columns, replace what was stored of them', async () => {
  await using w = await opened()
  const text = `Day,Wares,Kind,Units\n${days('2026-11-02', 14)
    .map((day) => `${day},Pleated skirt,Wool overcoat,1`)
    .join('\n')}\n`
  const columns = 'product=Wares; units=Units'
  await w.stages.trends.upload(house, { lang: 'en', bytes: bytes(text), columns: 'product=Kind; units=Units' })
  await w.stages.trends.upload(house, { lang: 'en', bytes: bytes(text), columns })
  const terms = (await w.db.read.select().from(termWeeks)).filter(({ value }) => value > 0).map(({ term }) => term)
  expect(terms.join()).toMatch(/skirt|pleat/)
  expect(terms.join()).not.toMatch(/overcoat|wool/)
})

test('daily files of one source make the weeks that one table of those days makes', async () => {
  await using one = await opened()
  await using many = await opened()
  const all = days('2026-11-02', 21)
  const rows = (wanted: readonly string[]) =>
    `统计日期,商品名称,支付件数\n${wanted
      .flatMap((day) => {
        const n = all.indexOf(day)
        // The skirt first sells in the second week, and not every day.
        return [`${day},羊毛大衣女,${n + 1}`, ...(n >= 7 && n % 3 === 0 ? [`${day},百褶半身裙,${n}`] : [])]
      })
      .join('\n')}\n`
  await one.stages.trends.upload(house, { bytes: bytes(rows(all)) })
  // Out of order, and two of them twice.
  for (const day of [...all.toReversed(), all[3] ?? '', all[8] ?? ''])
    await many.stages.trends.upload(house, { bytes: bytes(rows([day])) })
  const told = async (w: W) =>
    (await w.db.read.select().from(termWeeks).orderBy(asc(termWeeks.term), asc(termWeeks.week))).map(
      ({ term, week, value, days: n }) => [term, week, value, n],
    )
  expect((await told(one)).length).toBeGreaterThanOrEqual(6)
  expect(await told(many)).toEqual(await told(one))
  expect(await many.stages.trends.listSources(house)).toHaveLength(1)
})

test('days of the first week add up, and a corrected day replaces itself', async () => {
  await using w = await opened()
  const send = (from: string, n: number, units?: number) =>
    w.stages.trends.upload(house, { bytes: bytes(table(from, n, units)) })
  expect((await send('2026-11-09', 1)).notes.map(({ en }) => en).join()).toMatch(/1 of 7 days.*no whole week/)
  await send('2026-11-10', 1)
  await send('2026-11-10', 1)
  expect(await weeksOf(w)).toEqual([['2026-11-09', 4]])
  await send('2026-11-10', 1, 5)
  expect(await weeksOf(w)).toEqual([['2026-11-09', 7]])
  // With a whole week there, one that is not is no fall.
  await send('2026-11-16', 7)
  expect(await weeksOf(w)).toEqual([['2026-11-16', 14]])
  await send('2026-11-11', 5)
  expect(await weeksOf(w)).toEqual([
    ['2026-11-09', 17],
    ['2026-11-16', 14],
  ])
})

test('some days of a week that a table by week told whole do not shrink it; all seven replace it', async () => {
  await using w = await opened()
  const weekly = 'Week,Product,Units\n2026-11-02,Wool overcoat,30\n2026-11-09,Wool overcoat,40\n'
  await w.stages.trends.upload(house, { name: 'shop', bytes: bytes(weekly) })
  const send = (from: string, n: number) =>
    w.stages.trends.upload(house, { name: 'shop', bytes: bytes(table(from, n)) })
  await send('2026-11-11', 1)
  expect((await weeksOf(w)).at(-1)).toEqual(['2026-11-09', 40])
  await send('2026-11-09', 7)
  expect((await w.db.read.select().from(termWeeks)).map(({ week, value }) => [week, value])).toContainEqual([
    '2026-11-09',
    14,
  ])
  await w.stages.trends.upload(house, { name: 'shop', bytes: bytes(weekly) })
  await send('2026-11-11', 1)
  expect((await weeksOf(w)).at(-1)).toEqual(['2026-11-09', 40])
})

test('a preview says what would be read and stores nothing', async () => {
  await using w = await opened()
  const preview = await w.stages.trends.previewUpload(house, { bytes: bytes(table('2026-11-02', 14)) })
  expect(preview).toMatchObject({ format: 'sales', kept: 1, found: ['统计日期', '商品名称', '类目', '支付件数'] })
  expect(await w.db.read.select().from(sources)).toEqual([])
})

test('a file of which nothing counts is refused with what is in it', async () => {
  await using w = await opened()
  await expect(
    w.stages.trends.upload(house, { bytes: bytes('date,visitors\n2026-11-01,3\n2026-11-02,4\n') }),
  ).rejects.toMatchObject({ code: 'trends.no-terms', text: { en: expect.stringContaining('visitors') } })
  await expect(
    w.stages.trends.upload(house, { bytes: bytes('Week,coat: (US)\n2026-11-22,3\n') }),
  ).rejects.toMatchObject({ code: 'trends.nothing-over' })
  expect(await w.db.read.select().from(sources)).toEqual([])
})

test('four daily files without a name are one source; a blog is named by itself', async () => {
  await using w = await opened()
  for (const day of days('2026-11-16', 4))
    await w.stages.trends.upload(house, { fileName: `${day}.json`, bytes: bytes('[{"title":"军大衣"}]') })
  await w.stages.trends.upload(house, {
    fileName: 'x.xml',
    bytes: bytes('<rss><channel><title>Coat notes</title><item><title>Wool coat</title></item></channel></rss>'),
  })
  expect((await w.stages.trends.listSources(house)).map(({ name }) => name)).toEqual(['热搜榜', 'Coat notes'])
})

test('a week that is not over on the day of reading is left out, and said', async () => {
  await using w = await opened()
  const result = await w.stages.trends.upload(house, {
    lang: 'en',
    bytes: bytes('Week,trench coat: (US)\n2026-11-08,40\n2026-11-15,41\n2026-11-22,7\n'),
  })
  expect(result).toMatchObject({ kept: 1, leftOut: 1 })
  expect(result.notes[0]?.en).toContain('2026-11-22')
})
