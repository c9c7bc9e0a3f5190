import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseFeed } from '@rowanmanning/feed-parser'
import { afterAll, describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { parseFeedBytes } from '../../src/engines/feeds/parse.ts'
import { openFeedReader } from '../../src/engines/feeds/reader.ts'
import type { FeedReadOptions } from '../../src/engines/ports.ts'

const data = new URL('../../../shared/data/', import.meta.url)
const references = new URL('feeds/feedsmith/src/feeds/', data)
const noData = !existsSync(data)

const reader = openFeedReader()
afterAll(() => reader.close())

const read = (content: string | Uint8Array, options: Partial<FeedReadOptions> = {}) =>
  reader.read(typeof content === 'string' ? Buffer.from(content) : content, {
    declaredFormat: 'auto',
    deadlineMs: 5000,
    maxBytes: 5 * 1024 * 1024,
    ...options,
  })

const refusal = async (content: string | Uint8Array, options: Partial<FeedReadOptions> = {}): Promise<Problem> => {
  const error = await read(content, options).then(
    () => undefined,
    (e: unknown) => e,
  )
  expect(error).toBeInstanceOf(Problem)
  const said = error as Problem
  expect(said.text.zh).toMatch(/\p{Script=Han}/u)
  expect(said.text.en.length).toBeGreaterThan(30)
  return said
}

const rss = (inner: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}<rss version="2.0"><channel><title>衣</title><link>https://example.org/</link>${inner}</channel></rss>`
const item = (title: string, n = 1) =>
  `<item><title>${title}</title><link>https://example.org/${n}</link><pubDate>Mon, 16 Nov 2026 08:00:00 GMT</pubDate></item>`

interface Expected {
  items?: { title?: string; link?: string }[]
  entries?: { title?: string; links?: { href: string; rel?: string }[] }[]
}

describe.skipIf(noData)('reference feeds (skipped where the development data is absent)', () => {
  const base = noData ? [] : ['rss', 'rdf', 'atom']
  const files = base.flatMap((kind) =>
    readdirSync(new URL(`${kind}/references/`, references))
      .filter((name) => name.endsWith('.xml'))
      .map((name) => `${kind}/references/${name}`),
  )
  test.each(files)('titles and links of %s agree with the reference', async (file) => {
    const contents = await read(readFileSync(new URL(file, references)))
    const expected = JSON.parse(readFileSync(new URL(file.replace('.xml', '.json'), references), 'utf8')) as Expected
    const entries = expected.items
      ? expected.items.map((entry) => ({ title: entry.title, link: entry.link }))
      : (expected.entries ?? []).map((entry) => ({
          title: entry.title,
          link: (entry.links?.find((link) => link.rel === 'alternate') ?? entry.links?.find((l) => !l.rel))?.href,
        }))
    const titled = entries.filter((entry) => entry.title)
    expect(titled.length).toBeGreaterThan(0)
    expect(contents.items.map((entry) => entry.title)).toEqual(titled.map((entry) => entry.title?.trim()))
    titled.forEach((entry, i) => {
      if (entry.link?.startsWith('http')) expect(contents.items[i]?.url).toBe(new URL(entry.link).href)
      // A relative address is completed from the feed's own, or dropped where the feed names none.
      else if (entry.link) expect(contents.items[i]?.url ?? entry.link).toContain(entry.link)
    })
  })
})

describe('feeds', () => {
  test('RSS, Atom and JSON Feed are told apart without being announced', async () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>Blog</title>
      <entry><id>urn:1</id><title>Wide-leg chinos are back</title><link href="https://example.org/a"/><updated>2026-11-16T08:00:00Z</updated></entry></feed>`
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Notes',
      items: [
        { id: 7, title: '军大衣回潮', url: 'https://example.org/7', date_published: '2026-11-16T08:00:00+08:00' },
      ],
    })
    const [a, b, c] = await Promise.all([read(rss(item('军大衣卖断货'))), read(atom), read(json)])
    expect([a.format, b.format, c.format]).toEqual(['rss', 'atom', 'json-feed'])
    expect(a.items[0]).toMatchObject({ title: '军大衣卖断货', lang: 'zh', url: 'https://example.org/1' })
    expect(b.items[0]).toMatchObject({ externalId: 'urn:1', lang: 'en' })
    expect(c.items[0]?.publishedAt?.toISOString()).toBe('2026-11-16T00:00:00.000Z')
  })

  test.each(['gb18030', 'big5'])('Chinese titles in %s are read when the feed says so', async (encoding) => {
    // Bytes of 軍大衣 in each encoding; both can write the traditional form.
    const word = encoding === 'big5' ? [0xad, 0x78, 0xa4, 0x6a, 0xa6, 0xe7] : [0xdc, 0x8a, 0xb4, 0xf3, 0xd2, 0xc2]
    const [before = '', after = ''] = rss(item('@@'), `<?xml version="1.0" encoding="${encoding}"?>`)
      .replaceAll('衣</title><link>https://example.org/<', 'x</title><link>https://example.org/<')
      .split('@@')
    const bytes = Buffer.concat([Buffer.from(before), Buffer.from(word), Buffer.from(after)])
    expect((await read(bytes)).items[0]?.title).toBe('軍大衣')
    const undeclared = Buffer.from(bytes.toString('latin1').replace(` encoding="${encoding}"`, ''), 'latin1')
    const byHttp = await read(undeclared, { contentType: `text/xml; charset=${encoding}` })
    expect(byHttp.items[0]?.title).toBe('軍大衣')
  })

  test('a byte order mark counts more than what HTTP says', async () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(rss(item('军大衣')))])
    expect((await read(bytes, { contentType: 'text/xml; charset=gb18030' })).items[0]?.title).toBe('军大衣')
  })

  test('five thousand entries are read, and each costs what it costs in a short feed', async () => {
    const long = rss(Array.from({ length: 5000 }, (_, n) => item(`military coat ${n}, seen again`, n)).join(''))
    expect((await read(long)).items).toHaveLength(5000)
    // The library makes an element's children anew each time they are asked for.
    const prototype = Object.getPrototypeOf(parseFeed(rss(item('a'))).items[0]?.element) as object
    const own = Object.getOwnPropertyDescriptor(prototype, 'children') as PropertyDescriptor
    const asked = (n: number) => {
      let [times, made] = [0, 0]
      Object.defineProperty(prototype, 'children', {
        ...own,
        get() {
          const children = own.get?.call(this) as unknown[]
          times++
          made += children.length
          return children
        },
      })
      const text = rss(Array.from({ length: n }, (_, i) => item(`coat ${i}`, i)).join(''))
      parseFeedBytes(Buffer.from(text), { declaredFormat: 'auto', maxBytes: 5 * 1024 * 1024 })
      Object.defineProperty(prototype, 'children', own)
      return { times: times / n, made: made / n }
    }
    const [short, more] = [asked(50), asked(1000)]
    expect(more.times).toBeLessThanOrEqual(short.times)
    expect(more.made).toBeLessThanOrEqual(short.made)
    expect(more.times).toBeLessThan(12)
  })

  test('comments that are never closed hold nothing, however many begin', async () => {
    const text = `<rss version="2.0"><channel><title>x</title>${item('军大衣')}${'<!-- '.repeat(150_000)}<item><title>a < b</title>`
    expect((await read(text, { deadlineMs: 2000 })).items.map(({ title }) => title)).toContain('军大衣')
  })

  test('markup in a title is dropped, a lone sign is kept, unsafe links are not', async () => {
    const { items } = await read(
      rss(
        `<item><title>&lt;b&gt;Shirts&lt;/b&gt; &amp;lt; 100 yuan</title><link>javascript:alert(1)</link><guid>g</guid></item>`,
      ),
    )
    expect(items[0]).toMatchObject({ title: 'Shirts < 100 yuan', url: undefined, externalId: 'g' })
  })
})

describe('exports', () => {
  const preamble = 'Category: All categories\n\n'

  test('a Google Trends export is read below its preamble, and "<1" is half', async () => {
    const text = `${preamble}Week,military overcoat: (United States),peacoat: (United States)\n2026-11-01,<1,12\n2026-11-08,40,11\n`
    const { format, series } = await read(text)
    expect(format).toBe('google-trends')
    expect(series[0]).toEqual({
      term: 'military overcoat',
      region: 'United States',
      granularity: 'week',
      points: [
        { day: '2026-11-01', value: 0.5 },
        { day: '2026-11-08', value: 40 },
      ],
    })
    expect(series).toHaveLength(2)
  })

  test('the Chinese export is the same thing in Chinese', async () => {
    const { series } = await read('类别：所有类别\n\n周,军大衣: (中国)\n2026-11-01,3\n2026-11-08,9\n')
    expect(series[0]).toMatchObject({ term: '军大衣', region: '中国', granularity: 'week' })
  })

  test('exports by day and by month say so, and a monthly one warns', async () => {
    const daily = await read('Day,hoodie: (Worldwide)\n2026-11-01,3\n2026-11-02,9\n')
    const monthly = await read('Month,hoodie: (Worldwide)\n2026-10,3\n2026-11,9\n')
    expect(daily.series[0]?.granularity).toBe('day')
    expect(monthly.series[0]?.granularity).toBe('month')
    expect(monthly.notes[0]?.en).toContain('by month')
  })

  test("Pinterest's wide export gives a series for each row", async () => {
    const { format, series } = await read(
      'Trend,Weekly change,Monthly change,Yearly change,2026-10-30,2026-11-06,2026-11-13\nbarn jacket,10%,40%,300%,20,35,60\npleated skirt,0%,1%,-3%,50,50,51\n',
    )
    expect(format).toBe('pinterest')
    expect(series.map((one) => [one.term, one.points.length])).toEqual([
      ['barn jacket', 3],
      ['pleated skirt', 3],
    ])
  })

  test('a hot-search list takes its day from the file name, and asks for it when there is none', async () => {
    const list = JSON.stringify([{ url: '/weibo?q=1', title: '军大衣' }])
    const named = await read(list, { fileName: '2026-11-16.json' })
    expect(named.items[0]).toMatchObject({ day: '2026-11-16', url: 'https://s.weibo.com/weibo?q=1' })
    const unnamed = await read(list)
    expect(unnamed.items[0]?.day).toBeUndefined()
    expect(unnamed.notes[0]?.zh).toContain('未注明日期')
  })

  test('days of titles are read as a list or line by line', async () => {
    const days = [
      { date: '2026-11-15', titles: ['军大衣', '降温'] },
      { date: '2026-11-16', titles: ['军大衣'] },
    ]
    const list = await read(JSON.stringify(days))
    const lines = await read(days.map((day) => JSON.stringify(day)).join('\n'))
    expect(list.items).toHaveLength(3)
    expect(lines.items).toEqual(list.items)
  })
})

describe.skipIf(noData)('real exports (skipped where the development data is absent)', () => {
  const file = (path: string) => readFileSync(new URL(path, data))

  test('the published files with dates are read, whatever stands above their header', async () => {
    const yoga = await read(file('googletrends_ccby/20160502_YogaByStateMonth.csv'))
    expect(yoga.series).toHaveLength(51)
    expect(yoga.series[0]?.granularity).toBe('month')
    const films = await read(file('googletrends_ccby/20190503_StarWarsmonthly.csv'))
    expect(films.series.map((one) => one.term)).toContain('Yoda')
    const tabs = await read(file('googletrends_ccby/05212018_Swift_v_Sheeran_v_BTS.csv'))
    expect(tabs.series.map((one) => one.term)).toEqual(['Taylor Swift', 'Ed Sheeran', 'BTS'])
    expect(tabs.series[0]?.points.every((point) => point.value > 0)).toBe(true)
  })

  test('rankings without dates are refused with the columns that were found', async () => {
    const costumes = await refusal(file('googletrends_ccby/20221018_HalloweenCostumes_Frightgeist.csv'))
    expect(costumes.code).toBe('feeds.no-date-column')
    expect(costumes.text.en).toContain('Costume, Ranking')
    const countries = await refusal(file('googletrends_ccby/20191123_BlackFriday1.csv'))
    expect(countries.text.zh).toContain('Country、indexVal')
  })

  test('a raw day of the hot-search archive is read', async () => {
    const { items } = await read(file('weibo/raw_2021-03-01.json'), { fileName: 'raw_2021-03-01.json' })
    expect(items.length).toBeGreaterThan(50)
    expect(new Set(items.map((entry) => entry.day))).toEqual(new Set(['2021-03-01']))
  })
})

describe('what cannot be read is refused with the remedy', () => {
  test.each([
    ['nothing at all', '', 'feeds.empty'],
    ['a web page', '<!DOCTYPE html><html><body>hello</body></html>', 'feeds.web-page'],
    ['some XML that is no feed', '<catalogue><coat/></catalogue>', 'feeds.not-a-feed'],
    ['prose', 'just words', 'feeds.not-a-feed'],
    ['a feed without entries', rss(''), 'feeds.no-entries'],
    ['JSON that was cut off', '[{"title":"军', 'feeds.broken-json'],
    ['JSON of another kind', '{"coats":[]}', 'feeds.wrong-json'],
    ['an export without rows', 'Category: All categories\n\nWeek,coat: (World)\n', 'feeds.empty-export'],
    ['a map instead of a timeline', 'Country,coat\nChina,5\n', 'feeds.no-date-column'],
    ['a DOCTYPE that never ends', '<!DOCTYPE r [<!ENTITY a "b"><rss version="2.0"/>', 'feeds.doctype'],
    ['a DOCTYPE whose quotes never end', '<!DOCTYPE r [<!ENTITY a "b]><rss version=2.0/>', 'feeds.doctype'],
    ['two DOCTYPEs', '<!DOCTYPE r><!DOCTYPE r [<!ENTITY a "b">]><rss/>', 'feeds.doctype'],
    ['entities and nothing else', '<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"/>', 'feeds.no-entries'],
  ])('%s', async (_, content, code) => {
    expect((await refusal(content)).code).toBe(code)
  })

  test('an export whose date columns were removed: expected and found are both named', async () => {
    const said = await refusal('Trend,Weekly change,Monthly change\nbarn jacket,10%,20%\n')
    expect(said.code).toBe('feeds.wrong-columns')
    expect(said.text.en).toMatch(/Needed: Trend, Weekly change.*found: Trend, Weekly change, Monthly change/)
  })

  test('bytes that are not what their encoding says cost their characters, and an unknown encoding is found out', async () => {
    const bytes = Buffer.concat([Buffer.from(rss(item('x'))), Buffer.from([0xff, 0xfe, 0xff])])
    const broken = await read(bytes)
    expect(broken.items).toHaveLength(1)
    expect(broken.notes[0]?.en).toContain('3 characters could not be read as UTF-8')
    const klingon = await read(rss(item('军大衣'), '<?xml version="1.0" encoding="klingon"?>'))
    expect(klingon.items[0]?.title).toBe('军大衣')
    expect(klingon.notes[0]?.en).toContain('klingon')
  })

  test('an export announced as a feed, and a feed announced as an export', async () => {
    expect((await refusal('Week,a\n2026-11-01,1\n', { declaredFormat: 'rss' })).code).toBe('feeds.not-a-feed')
    expect((await refusal(rss(item('x')), { declaredFormat: 'google-trends' })).code).toBe('feeds.other-format')
  })

  test('more bytes than the limit', async () => {
    const said = await refusal(rss(item('x')), { maxBytes: 100 })
    expect(said.status).toBe(413)
  })
})

describe('entities that a DOCTYPE defines', () => {
  const laughs = (n: number) =>
    Array.from({ length: n }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('\n')

  test('are never expanded, and the feed is read without them', async () => {
    const doctype = `<?xml version="1.0"?><!DOCTYPE rss [<!-- "] > --><!ENTITY l0 "ha]>"><!ENTITY house 'Wool &l0;'>]>`
    const { items } = await read(rss(`${item('Field coat')}${item('&house; coat')}`, doctype))
    expect(items.map(({ title }) => title)).toEqual(['Field coat', '&house; coat'])
  })

  test('a billion laughs stay the eight letters that were written', async () => {
    const doctype = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${laughs(12)}]>`
    const { items } = await read(rss(`${item('coat &l12;')}${item('&l12;'.repeat(20))}`, doctype), { deadlineMs: 1000 })
    expect(items[0]?.title).toBe('coat &l12;')
    expect(JSON.stringify(items)).not.toContain('haha')
  })

  test('by address name no file and no server that is asked', async () => {
    const doctype = `<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/a.dtd" [<!ENTITY f SYSTEM "file:///etc/hostname">]>`
    const { items } = await read(rss(item('coat &f;'), doctype))
    expect(items.map(({ title }) => title)).toEqual(['coat &f;'])
  })
})

describe('bombs', () => {
  const bombs: [string, string][] = [
    ['200 kB of <', '<'.repeat(200_000)],
    ['1 MB of numeric references', rss(item('&#65;'.repeat(200_000)))],
    ['50,000 nested tags', rss(`<item><title>${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}</title></item>`)],
    ['200,000 unclosed tags', `<rss><channel>${'<item>'.repeat(200_000)}`],
    ['a million attributes', `<rss ${'a="b" '.repeat(300_000)}><channel/></rss>`],
    ['deep JSON', '['.repeat(500_000)],
    ['a DOCTYPE of a million entities', rss(item('&a;'), `<!DOCTYPE rss [${'<!ENTITY a "b">'.repeat(100_000)}`)],
    ['one endless CSV line', `Week,${'a,'.repeat(900_000)}`],
  ]
  test('the server keeps answering while they are read, and a feed can be read right after each', async () => {
    await read(rss(item('warm')))
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    for (const [, content] of bombs) {
      const started = Date.now()
      await read(content, { deadlineMs: 1000 }).catch((error: unknown) => {
        expect(error).toBeInstanceOf(Problem)
      })
      expect(Date.now() - started).toBeLessThan(4000)
      expect((await read(rss(item('after')))).items).toHaveLength(1)
    }
    delay.disable()
    process.stdout.write(
      `event loop under bombs: longest delay ${(delay.max / 1e6).toFixed(0)} ms, p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms\n`,
    )
    // Far below what a person notices; parsing in this thread would have blocked it for seconds.
    expect(delay.max / 1e6).toBeLessThan(400)
    expect(delay.percentile(99) / 1e6).toBeLessThan(60)
  })

  test('what takes too long is stopped at its deadline and said to be too slow', async () => {
    // A sound feed near the size limit: nothing else than the deadline can refuse it.
    const long = rss(Array.from({ length: 8000 }, (_, n) => item(`title ${n}`)).join(''))
    const said = await refusal(long, { deadlineMs: 1 })
    expect(said.code).toBe('feeds.too-slow')
    expect((await read(rss(item('after')))).items).toHaveLength(1)
  })
})
