import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { FIXTURES, FIXTURES_FOLDER, FIXTURES_WEEK, makeFixtures } from '../../scripts/fixtures-trends.ts'
import { anonymous, type Actor } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import type { EventName } from '../../src/core/events.ts'
import { newId } from '../../src/core/values.ts'
import { events, exposures, items, termWeeks, trends } from '../../src/db/schema.ts'
import { openTrends } from '../../src/stages/1-trends/actions.ts'
import { world } from '../support/world.ts'

const merchandiser: Actor = { kind: 'user', id: 'm', name: 'Mei', role: 'merchandiser' }

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

const freshWorld = () => world({ stages: (context) => ({ trends: openTrends(context) }) })
type W = Awaited<ReturnType<typeof freshWorld>>

async function trendsWorld(): Promise<W> {
  const w = await freshWorld()
  open.push(w)
  return w
}

/** A publisher on this machine that answers as told, and remembers what it was asked. */
async function publisher(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    answer(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  open.push({ close: () => new Promise<void>((done) => void server.close(() => done())) })
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml` }
}

const feed = (...titles: [title: string, date: string][]) =>
  `<rss version="2.0"><channel><title>x</title><link>https://a.example/</link>${titles
    .map(
      ([title, date], i) =>
        `<item><title>${title}</title><link>https://a.example/${encodeURIComponent(title)}-${i}</link><pubDate>${date}</pubDate></item>`,
    )
    .join('')}</channel></rss>`

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const days = (entries: Record<string, string[]>) =>
  bytes(JSON.stringify(Object.entries(entries).map(([date, titles]) => ({ date, titles }))))

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  )
  expect(error).toBeInstanceOf(Problem)
  return error as Problem
}

const snapshot = async (w: W) => ({
  events: (await w.db.read.select().from(events)).length,
  items: (await w.db.read.select().from(items)).length,
  weeks: (await w.db.read.select().from(termWeeks)).sort((a, b) => (a.term + a.week < b.term + b.week ? -1 : 1)),
  exposures: (await w.db.read.select().from(exposures)).sort((a, b) => (a.week < b.week ? -1 : 1)),
  trends: (await w.db.read.select().from(trends)).sort((a, b) => (a.id < b.id ? -1 : 1)),
})

/** Run every reaction once more for every event that has happened. */
async function runAllAgain(w: W): Promise<void> {
  for (const event of await w.db.read.select().from(events)) {
    const reaction = w.stages.trends.reactions[event.name as EventName] as
      | ((event: unknown) => Promise<void>)
      | undefined
    await reaction?.({ id: event.id, name: event.name, payload: event.payload, at: event.at })
  }
}

async function uploadFixtures(w: W): Promise<void> {
  for (const { file, contentType, ...source } of FIXTURES)
    await w.stages.trends.upload(merchandiser, {
      ...source,
      fileName: file,
      contentType,
      bytes: new Uint8Array(readFileSync(new URL(file, FIXTURES_FOLDER))),
    })
}

describe('the demo’s fixtures', () => {
  let w: W
  beforeAll(async () => {
    w = await freshWorld()
    await uploadFixtures(w)
    await w.settle()
  })
  afterAll(() => w.close())

  test('are what their script writes, and stay small', () => {
    const made = makeFixtures()
    let total = 0
    for (const { file } of FIXTURES) {
      const stored = readFileSync(new URL(file, FIXTURES_FOLDER), 'utf8')
      total += Buffer.byteLength(stored)
      expect(stored === made[file], `${file}: run npx tsx scripts/fixtures-trends.ts`).toBe(true)
    }
    expect(total).toBeLessThan(400_000)
  })

  test('show the 军大衣 rising, and at least seven more trends over many kinds of garment', async () => {
    const page = await w.stages.trends.listTrends(merchandiser, { limit: 40 })
    expect(page.week).toBe(FIXTURES_WEEK)
    const [first] = page.trends
    expect(first).toMatchObject({ term: 'military-overcoat', rank: 1, kind: 'garment' })
    expect(first?.label).toEqual({ zh: '军大衣', en: 'military overcoat' })
    expect(first?.lift).toBeGreaterThan(0.5)
    expect(first?.rise).toBeGreaterThan(0.5)
    expect(first?.burst).toBeGreaterThan(1)
    expect(first?.confidence).toBeGreaterThan(0.99)
    expect(first?.implies).toMatchObject({ category: 'coat', texture: 'melton', colour: '#4b5320' })

    const evidence = first?.evidence
    expect(evidence?.series).toHaveLength(52)
    expect(evidence?.series.at(-1)?.week).toBe(FIXTURES_WEEK)
    expect(evidence?.items).toHaveLength(5)
    expect(evidence?.items.every((item) => /军大衣|military overcoat/i.test(item.title))).toBe(true)
    expect(evidence?.items.filter((item) => item.url?.startsWith('https://')).length).toBeGreaterThan(1)
    expect(new Set(evidence?.sources.map((source) => source.lang))).toEqual(new Set(['zh', 'en']))
    expect(evidence?.flags).toEqual([])

    const categories = new Set(page.trends.flatMap((trend) => trend.implies.category ?? []))
    for (const category of ['coat', 'tee', 'shirt', 'hoodie', 'chinos', 'jacket', 'waistcoat', 'dress'])
      expect(categories).toContain(category)
    expect([...categories].some((category) => category.endsWith('skirt'))).toBe(true)
    expect(page.trends.length).toBeGreaterThanOrEqual(8)
    expect(w.complaints).toEqual([])

    const series = await w.stages.trends.trendSeries(merchandiser, { id: first?.id ?? '' })
    expect(series.map((one) => one.source.measure)).toContain('interest')
    expect(series.find((one) => one.source.name === '热搜榜')?.points).toHaveLength(20)
    expect(await w.stages.trends.getTrend(merchandiser, { id: first?.id ?? '' })).toEqual(first)
  })

  test('a page at a time gives every trend once, in order; a kind can be picked', async () => {
    const seen: number[] = []
    let cursor: string | undefined
    do {
      const page = await w.stages.trends.listTrends(merchandiser, { limit: 5, cursor })
      seen.push(...page.trends.map((trend) => trend.rank))
      cursor = page.next
    } while (cursor)
    expect(seen).toEqual(seen.map((_, i) => i + 1))
    const colours = await w.stages.trends.listTrends(merchandiser, { kind: 'colour' })
    expect(colours.trends.map((trend) => trend.term)).toContain('burgundy')
    expect(colours.trends.every((trend) => trend.kind === 'colour')).toBe(true)
  })

  test('uploaded and reacted to twice, they change nothing', async () => {
    const before = await snapshot(w)
    await runAllAgain(w)
    expect(await snapshot(w)).toEqual(before)

    const again = await w.stages.trends.upload(merchandiser, {
      ...FIXTURES[2],
      bytes: new Uint8Array(readFileSync(new URL(FIXTURES[2]?.file ?? '', FIXTURES_FOLDER))),
    })
    expect(again.itemsNew).toBe(0)
    await w.settle()
    const { events: _, ...after } = await snapshot(w)
    const { events: __, ...first } = before
    expect(after).toEqual(first)
  })
})

describe('items and counts', () => {
  test('a title is stored once, a repost counts once, and the day is the business day', async () => {
    const w = await trendsWorld()
    const text = feed(
      ['军大衣卖断货', 'Sun, 15 Nov 2026 17:30:00 GMT'], // Monday in Shanghai
      ['【组图】军大衣 卖断货！', 'Mon, 16 Nov 2026 02:00:00 GMT'],
      ['大学生穿军大衣上课', 'Tue, 17 Nov 2026 02:00:00 GMT'],
    )
    await w.stages.trends.upload(merchandiser, { name: 'a', bytes: bytes(text) })
    await w.stages.trends.upload(merchandiser, { name: 'a', bytes: bytes(text) })
    const stored = await w.db.read.select().from(items)
    expect(stored).toHaveLength(3)
    expect(stored.map((row) => row.day).sort()).toEqual(['2026-11-16', '2026-11-16', '2026-11-17'])
    const [week] = await w.db.read.select().from(termWeeks)
    expect(week).toMatchObject({ term: 'military-overcoat', week: '2026-11-16', value: 2, days: 2 })
    const [exposure] = await w.db.read.select().from(exposures)
    expect(exposure).toMatchObject({ week: '2026-11-16', items: 2, days: 2 })
  })

  test('an entry dated next year counts from today, and the note says so', async () => {
    const w = await trendsWorld()
    const result = await w.stages.trends.upload(merchandiser, {
      name: 'a',
      bytes: bytes(feed(['军大衣', 'Mon, 15 Nov 2027 02:00:00 GMT'])),
    })
    expect(result.notes[0]?.en).toContain('dated in the future')
    expect((await w.db.read.select().from(items))[0]?.day).toBe('2026-11-22')
  })

  test('one mention, one day or one repost is not a trend; four titles on two days are', async () => {
    const w = await trendsWorld()
    const quiet = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        new Date(Date.UTC(2026, 7, 1 + i)).toISOString().slice(0, 10),
        [`早市${i}号摊`, `地铁${i}号线`],
      ]),
    )
    await w.stages.trends.upload(merchandiser, {
      name: '热搜',
      bytes: days({
        ...quiet,
        '2026-11-16': ['军大衣卖断货', '军大衣怎么挑', '马面裙', '马面裙！', '#马面裙#', '条纹衬衫', '菜价'],
        '2026-11-17': ['军大衣上课', '军大衣团购', '军大衣排队', '早市', '夜宵'],
      }),
    })
    await w.settle()
    const { trends: found } = await w.stages.trends.listTrends(merchandiser)
    expect(found.map((trend) => trend.term)).toEqual(['military-overcoat'])
    expect(found[0]?.evidence.flags).toContain('single-source')
    expect(found[0]?.evidence.counts).toMatchObject({ recent: 5, days: 2 })
  })

  test('a week in which nothing stands out is said, and the list names the week it is of', async () => {
    const w = await trendsWorld()
    const send = async (all: Record<string, string[]>) => {
      await w.stages.trends.upload(merchandiser, { name: '热搜', bytes: days(all) })
      await w.settle()
    }
    await send(
      Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [
          new Date(Date.UTC(2026, 7, 1 + i)).toISOString().slice(0, 10),
          [`早市${i}号摊`],
        ]),
      ),
    )
    expect(await w.stages.trends.listTrends(merchandiser)).toEqual({
      week: undefined,
      newest: '2026-09-28',
      trends: [],
      next: undefined,
    })
    await send({ '2026-11-16': ['军大衣卖断货', '军大衣怎么挑'], '2026-11-17': ['军大衣上课', '军大衣团购'] })
    expect(await w.stages.trends.listTrends(merchandiser)).toMatchObject({ week: '2026-11-16', newest: '2026-11-16' })
    w.clock.advance(35 * 86_400_000)
    await send({ '2026-12-21': ['早市', '夜宵'] })
    const page = await w.stages.trends.listTrends(merchandiser)
    expect(page).toMatchObject({ week: '2026-11-16', newest: '2026-12-21' })
    expect(page.trends.map((trend) => trend.term)).toEqual(['military-overcoat'])
  })

  test('a brand in a title is neither a term nor in the way of one', async () => {
    const w = await trendsWorld()
    await w.stages.trends.upload(merchandiser, {
      name: 'a',
      bytes: bytes(feed(['Burberry风衣', 'Mon, 16 Nov 2026 02:00:00 GMT'])),
    })
    expect((await w.db.read.select().from(items))[0]?.terms).toEqual(['trench-coat'])
  })

  test('a newer export of the same interest is joined to the older one at its scale', async () => {
    const w = await trendsWorld()
    const csv = (from: number, to: number, scale: number) =>
      `周,军大衣: (中国)\n${Array.from({ length: to - from }, (_, i) => `${new Date(Date.UTC(2026, 6, 5 + 7 * (from + i))).toISOString().slice(0, 10)},${10 * scale}`).join('\n')}\n`
    await w.stages.trends.upload(merchandiser, { name: '热度', bytes: bytes(csv(0, 10, 4)) })
    await w.stages.trends.upload(merchandiser, { name: '热度', bytes: bytes(csv(4, 14, 2)) })
    const stored = await w.db.read.select().from(termWeeks)
    expect(stored).toHaveLength(14)
    expect(new Set(stored.map((row) => row.value))).toEqual(new Set([20]))
  })
})

describe('sources', () => {
  test('a feed is fetched when added, then on its rhythm, and asked only for what changed', async () => {
    const w = await trendsWorld()
    const text = feed(['军大衣卖断货', 'Mon, 16 Nov 2026 02:00:00 GMT'])
    const { url, asked } = await publisher((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end()
      else response.writeHead(200, { etag: '"v1"', 'content-type': 'application/rss+xml' }).end(text)
    })
    const source = await w.stages.trends.addSource(merchandiser, { name: 'A', url, everyMinutes: 30 })
    await w.settle()
    expect(await w.stages.trends.getSource(merchandiser, { id: source.id })).toMatchObject({
      source: { format: 'rss', etag: '"v1"', failures: 0, lastError: null },
      ingests: [{ itemsSeen: 1, itemsNew: 1, error: null }],
    })

    const tick = async (window: string) => {
      await w.db.write((tx) =>
        w.context.outbox.emit(tx, anonymous, 'trends.fetch-due', { window }, w.clock.now()).then(() => undefined),
      )
      await w.settle()
    }
    await tick('10:05')
    expect(asked).toHaveLength(1) // not due yet
    w.clock.advance(31 * 60_000)
    await tick('10:35')
    await tick('10:35') // a second node's tick
    expect(asked).toHaveLength(2)
    expect((await w.stages.trends.getSource(merchandiser, { id: source.id })).ingests).toHaveLength(1)
    const before = await snapshot(w)
    await runAllAgain(w)
    expect(await snapshot(w)).toEqual(before)
    expect(asked).toHaveLength(2)
  })

  test('a feed that fails says why, waits longer each time, and recovers', async () => {
    const w = await trendsWorld()
    let broken = true
    const { url, asked } = await publisher((_, response) => {
      if (broken) response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html></html>')
      else response.writeHead(200).end(feed(['军大衣', 'Mon, 16 Nov 2026 02:00:00 GMT']))
    })
    const { id } = await w.stages.trends.addSource(merchandiser, { name: 'A', url, everyMinutes: 30 })
    await w.settle()
    const first = (await w.stages.trends.getSource(merchandiser, { id })).source
    expect(first.lastError?.zh).toContain('这是网页')
    expect(first.nextFetchAt?.getTime()).toBe(w.clock.now().getTime() + 60 * 60_000)

    await w.stages.trends.fetchNow(merchandiser, { id })
    await w.settle()
    const second = await w.stages.trends.getSource(merchandiser, { id })
    expect(second.source.failures).toBe(2)
    expect(second.source.nextFetchAt?.getTime()).toBe(w.clock.now().getTime() + 120 * 60_000)
    expect(second.ingests.every((row) => row.error?.en.includes('web page'))).toBe(true)
    expect(await w.db.read.select().from(items)).toEqual([])

    broken = false
    w.clock.advance(1000)
    await w.stages.trends.fetchNow(merchandiser, { id })
    await w.settle()
    expect((await w.stages.trends.getSource(merchandiser, { id })).source).toMatchObject({
      failures: 0,
      lastError: null,
    })
    expect(asked).toHaveLength(3)
  })

  test('two nodes that fetch the same source at once store one reading', async () => {
    const w = await trendsWorld()
    const { url, asked } = await publisher((_, response) => {
      setTimeout(() => response.end(feed(['军大衣', 'Mon, 16 Nov 2026 02:00:00 GMT'])), 50)
    })
    const { id } = await w.stages.trends.addSource(merchandiser, { name: 'A', url })
    const due = {
      id: newId(),
      name: 'trends.source-due',
      payload: { sourceId: id, window: 'x' },
      at: w.clock.now(),
    } as const
    const fetch = w.stages.trends.reactions['trends.source-due']
    await Promise.all([fetch?.(due), fetch?.(due)])
    expect(asked).toHaveLength(2)
    expect((await w.stages.trends.getSource(merchandiser, { id })).ingests).toHaveLength(1)
  })

  test('a publisher that asks for patience gets it, and one that is gone is switched off', async () => {
    const w = await trendsWorld()
    const busy = await publisher((_, response) => response.writeHead(429, { 'retry-after': '7200' }).end())
    const gone = await publisher((_, response) => response.writeHead(410).end())
    const a = await w.stages.trends.addSource(merchandiser, { name: 'A', url: busy.url, everyMinutes: 5 })
    const b = await w.stages.trends.addSource(merchandiser, { name: 'B', url: gone.url })
    await w.settle()
    const [one, two] = await w.stages.trends.listSources(merchandiser)
    expect([one?.id, two?.id]).toEqual([a.id, b.id])
    expect(one?.nextFetchAt?.getTime()).toBe(w.clock.now().getTime() + 7_200_000)
    expect(two).toMatchObject({ enabled: false })
    expect(two?.lastError?.en).toContain('gone for good')
    expect((await problemOf(w.stages.trends.fetchNow(merchandiser, { id: b.id }))).status).toBe(409)
  })

  test('more than 2 MB is refused and nothing of it is stored', async () => {
    const w = await trendsWorld()
    const { url } = await publisher((_, response) => response.end(`<rss>${' '.repeat(3_000_000)}</rss>`))
    const { id } = await w.stages.trends.addSource(merchandiser, { name: 'A', url })
    await w.settle()
    const { source, ingests } = await w.stages.trends.getSource(merchandiser, { id })
    expect(source.lastError?.en).toContain('2 MB')
    expect(ingests[0]).toMatchObject({ itemsNew: 0 })
  })

  test.each([
    ['not an address', 'trends.bad-url'],
    ['ftp://a.example/feed', 'trends.bad-url'],
    ['https://me:secret@a.example/feed', 'trends.bad-url'],
  ])('"%s" is refused as an address', async (url, code) => {
    const w = await trendsWorld()
    const said = await problemOf(w.stages.trends.addSource(merchandiser, { name: 'A', url }))
    expect(said).toMatchObject({ code, status: 422, extra: { field: 'url' } })
    expect(await w.stages.trends.listSources(merchandiser)).toEqual([])
  })

  test('the same address is added once', async () => {
    const w = await trendsWorld()
    const { url } = await publisher((_, response) => response.end(feed(['军大衣', 'Mon, 16 Nov 2026 02:00:00 GMT'])))
    await w.stages.trends.addSource(merchandiser, { name: 'A', url })
    const said = await problemOf(w.stages.trends.addSource(merchandiser, { name: 'B', url: `${url}#top` }))
    expect(said.code).toBe('trends.source-exists')
    expect(said.text.zh).toContain('“A”')
  })

  test('a source switched off is not fetched, and is due again when switched on', async () => {
    const w = await trendsWorld()
    const { url, asked } = await publisher((_, response) =>
      response.end(feed(['军大衣', 'Mon, 16 Nov 2026 02:00:00 GMT'])),
    )
    const { id } = await w.stages.trends.addSource(merchandiser, { name: 'A', url })
    await w.stages.trends.setSourceEnabled(merchandiser, { id, enabled: false })
    await w.settle()
    expect(asked).toHaveLength(0)
    await w.stages.trends.setSourceEnabled(merchandiser, { id, enabled: true })
    await w.stages.trends.reactions['trends.source-due']?.({
      id: newId(),
      name: 'trends.source-due',
      payload: { sourceId: id, window: 'x' },
      at: w.clock.now(),
    })
    expect(asked).toHaveLength(1)
  })
})

describe('what is refused', () => {
  test('a bad upload names the remedy and leaves nothing half-written', async () => {
    const w = await trendsWorld()
    const said = await problemOf(
      w.stages.trends.upload(merchandiser, { name: 'a', bytes: bytes('Costume,Rank\nWitch,1\n') }),
    )
    expect(said.code).toBe('feeds.no-date-column')
    expect(await w.stages.trends.listSources(merchandiser)).toEqual([])
    expect((await snapshot(w)).events).toBe(0)
  })

  test('titles cannot be mixed into a source of search interest', async () => {
    const w = await trendsWorld()
    await w.stages.trends.upload(merchandiser, { name: 'a', bytes: bytes('Week,hoodie: (US)\n2026-11-01,3\n') })
    const said = await problemOf(
      w.stages.trends.upload(merchandiser, { name: 'a', bytes: days({ '2026-11-16': ['军大衣'] }) }),
    )
    expect(said.code).toBe('trends.other-measure')
  })

  test('columns that name nothing to wear are kept under their own names, and named', async () => {
    const w = await trendsWorld()
    const { notes, itemsNew } = await w.stages.trends.upload(merchandiser, {
      name: 'a',
      bytes: bytes('Week,hoodie: (US),inflation: (US)\n2026-11-01,3,4\n2026-11-08,3,4\n'),
    })
    expect(itemsNew).toBe(2)
    expect(notes[0]?.en).toMatch(/kept under their own names: inflation/)
  })

  test('strangers may not look, and readers may not add', async () => {
    const w = await trendsWorld()
    const reader: Actor = { kind: 'key', id: 'k', name: 'k', scopes: ['read'] }
    expect((await problemOf(w.stages.trends.listTrends(anonymous))).status).toBe(401)
    expect((await problemOf(w.stages.trends.addSource(reader, { name: 'A', url: 'https://a.example' }))).status).toBe(
      403,
    )
    expect(await w.stages.trends.listTrends(reader)).toEqual({ week: undefined, trends: [], next: undefined })
  })

  test('scoring with nothing read says what to do first', async () => {
    const w = await trendsWorld()
    expect((await problemOf(w.stages.trends.scoreWeek(merchandiser))).code).toBe('trends.nothing-read')
    expect((await problemOf(w.stages.trends.scoreWeek(merchandiser, { week: 'soon' }))).code).toBe('input.invalid')
  })
})
