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
