/** Files as other people's programs make them: what they are decides, one oddity costs itself, nothing is guessed in silence. */
import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { numberStyle, plainNumber, writtenNumber } from '../../src/core/written.ts'
import { dayOfCell, orderOf } from '../../src/engines/feeds/dates.ts'
import { readWhen } from '../../src/engines/feeds/instants.ts'
import { parseFeedBytes, parseTableBytes } from '../../src/engines/feeds/parse.ts'
import type { FeedReadOptions } from '../../src/engines/ports.ts'

const read = (content: string | Uint8Array, options: Partial<FeedReadOptions> = {}) =>
  parseFeedBytes(typeof content === 'string' ? Buffer.from(content) : content, {
    declaredFormat: 'auto',
    maxBytes: 5_000_000,
    ...options,
  })
const codeOf = (work: () => unknown): string | undefined => {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as { code?: string }).code
  }
}
const said = ({ notes }: { notes: readonly { en: string }[] }) => notes.map(({ en }) => en).join('\n')
const rss = (inner: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}<rss version="2.0"><channel><title>T</title><link>https://e.example/blog/</link>${inner}</channel></rss>`
const item = (title: string, more = '') => `<item><title>${title}</title>${more}</item>`

/** Text in a double-byte encoding, by asking the decoder for every pair. */
function encoded(text: string, label: string): Buffer {
  const decoder = new TextDecoder(label)
  const pairs = new Map<string, [number, number]>()
  for (let lead = 0x81; lead < 0xff; lead++)
    for (let trail = 0x40; trail < 0xff; trail++) {
      const letter = decoder.decode(new Uint8Array([lead, trail]))
      if ([...letter].length === 1 && !pairs.has(letter)) pairs.set(letter, [lead, trail])
    }
  return Buffer.from(
    [...text].flatMap((letter) => (letter < '\x80' ? [letter.charCodeAt(0)] : (pairs.get(letter) ?? [63]))),
  )
}

describe('what the bytes are decides', () => {
  const titles = '[{"title":"军大衣又火了，羊毛大衣怎么搭配"},{"title":"百褶裙今年春天的搭配"}]'
  const big = '[{"title":"軍大衣又流行了，羊毛大衣怎麼搭配"},{"title":"百褶裙今年春天的搭配"}]'
  test.each([
    ['UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(titles, 'utf16le')])],
    ['UTF-16 without its mark', Buffer.from(titles, 'utf16le')],
    ['UTF-16, the other way round, without its mark', Buffer.from(titles, 'utf16le').swap16()],
    ['GBK that nobody declared', encoded(titles, 'gb18030')],
    ['compressed although nobody asked', gzipSync(titles)],
    ['compressed twice', gzipSync(gzipSync(titles))],
  ])('%s', (_, bytes) => {
    expect(read(bytes).items.map(({ title }) => title)).toEqual([
      '军大衣又火了，羊毛大衣怎么搭配',
      '百褶裙今年春天的搭配',
    ])
  })
  test('Big5 is not taken for GBK', () => {
    const contents = read(encoded(big, 'big5'))
    expect(contents.items[0]?.title).toBe('軍大衣又流行了，羊毛大衣怎麼搭配')
    expect(said(contents)).toContain('Big5')
  })
  test('GBK that a server calls UTF-8, and UTF-8 that it calls GBK, are read as what they are, and it is said', () => {
    const gbk = read(encoded(rss(item('羊毛大衣怎么搭配')), 'gb18030'), { contentType: 'text/xml; charset=utf-8' })
    expect(gbk.items[0]?.title).toBe('羊毛大衣怎么搭配')
    expect(said(gbk)).toContain('GB18030')
    const utf8 = read(rss(item('羊毛大衣怎么搭配')), { contentType: 'text/xml; charset=gb2312' })
    expect(utf8.items[0]?.title).toBe('羊毛大衣怎么搭配')
    expect(said(utf8)).toContain('UTF-8')
  })
  test('a declared encoding with one broken byte loses one character', () => {
    const [before = '', after = ''] = rss(item('羊毛大衣怎么搭配@')).split('@')
    const bytes = Buffer.concat([encoded(before, 'gb18030'), Buffer.from([0xff]), encoded(after, 'gb18030')])
    const contents = read(bytes, { contentType: 'text/xml; charset=gb2312' })
    expect(contents.items[0]?.title).toMatch(/^羊毛大衣怎么搭配/)
    expect(said(contents)).toContain('1 character could not be read as GB18030')
  })
  test('Brotli and raw deflate, which carry no mark, are taken off where the server says so', () => {
    const feed = Buffer.from(rss(item('Coat')))
    expect(read(brotliCompressSync(feed), { contentEncoding: 'br' }).items).toHaveLength(1)
    expect(read(deflateRawSync(feed), { contentEncoding: 'deflate' }).items).toHaveLength(1)
    expect(read(feed, { contentEncoding: 'gzip' }).items).toHaveLength(1)
  })
  test('a compressed bomb is too large, and one that was cut says so', () => {
    expect(codeOf(() => read(gzipSync(Buffer.alloc(50_000_000))))).toBe('feeds.too-large')
    expect(codeOf(() => read(gzipSync(rss(item('Coat'.repeat(500)))).subarray(0, 80)))).toBe('feeds.cut-off')
  })
  test('zero bytes are dropped and said: no database takes them', () => {
    const contents = read(rss(item('Co\0at')))
    expect(contents.items[0]?.title).toBe('Coat')
    expect(said(contents)).toContain('control characters')
  })
  test('a workbook is read, an old one is refused with the remedy', () => {
    const workbook = zipSync({
      'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
      ),
      'xl/sharedStrings.xml': strToU8('<sst><si><t>周</t></si><si><t>大衣</t></si></sst>'),
      'xl/styles.xml': strToU8('<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'),
      'xl/worksheets/s.xml': strToU8(
        '<sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row><c r="A2" s="1"><v>46327</v></c><c r="B2"><v>12.5</v></c></row></sheetData>',
      ),
    })
    expect(read(workbook).series).toMatchObject([{ term: '大衣', points: [{ day: '2026-11-01', value: 12.5 }] }])
    expect(codeOf(() => read(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])))).toBe('feeds.office-file')
    expect(codeOf(() => parseTableBytes(Buffer.from('%PDF-1.4'), { maxBytes: 1000 }))).toBe('feeds.not-a-table')
  })
  test('a page with a table that a shop names .xls is that table', () => {
    const page = '<table><tr><td>Week<td>coat<tr><td>2026-11-01<td>4<tr><td>2026-11-08<td>5</table>'
    expect(read(page, { fileName: 'report.xls' }).series[0]).toMatchObject({ term: 'coat', granularity: 'week' })
  })
})

describe('one oddity costs one entry', () => {
  test.each([
    ['a sign that is no markup', '<item><title>Shirts < 100</title></item>', 'Shirts < 100'],
    ['an entry that was never closed', '<item><title>Open</title><guid>1</guid>', 'Open'],
    ['a number that is no character', '<item><title>A &#99999999999; B</title></item>', 'A � B'],
  ])('%s', (_, broken, title) => {
    expect(read(rss(broken + item('Next', '<guid>2</guid>'))).items.map((one) => one.title)).toEqual([title, 'Next'])
  })
  test('one id for everything tells nothing apart: the titles do; the same twice is said', () => {
    const contents = read(rss(item('A', '<guid>1</guid>') + item('B', '<guid>1</guid>') + item('A', '<guid>1</guid>')))
    expect(new Set(contents.items.map(({ externalId }) => externalId)).size).toBe(2)
    expect(contents).toMatchObject({ leftOut: 1, changed: 2 })
  })
  test('a title is the entry’s own, not that of a picture in it; relative links are completed', () => {
    const { items } = read(rss('<item><media:title>Photo</media:title><title>Real</title><link>/1</link></item>'))
    expect(items[0]).toMatchObject({ title: 'Real', url: 'https://e.example/1' })
    const atom = read(
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>x</id><title>A</title><link href="a.html"/></entry></feed>',
      {
        address: 'https://site.example/x/feed',
      },
    )
    expect(atom.items[0]?.url).toBe('https://site.example/x/a.html')
  })
  test('what a program printed above its feed is passed over', () => {
    expect(read(`Warning: foo in /x.php\n${rss(item('A'))}`).items).toHaveLength(1)
  })
  test('lists of feeds and site maps are called by their names', () => {
    expect(codeOf(() => read('<opml version="2.0"><body/></opml>'))).toBe('feeds.feed-list')
    expect(codeOf(() => read('<?xml version="1.0"?><urlset/>'))).toBe('feeds.site-map')
  })
  test.each([
    ['strings', '["军大衣","羊毛大衣",""]', 2],
    ['a member a day', '{"2026-11-15":["军大衣"],"2026-11-16":["羊毛大衣","军大衣"]}', 3],
    ['cards', '{"data":{"cards":[{"content":[{"word":"军大衣"},{"word":"羊毛"}]}]}}', 2],
    ['things inside things', '{"data":[{"target":{"title":"军大衣为什么火"}}]}', 1],
    ['a callback', 'cb([{"title":"军大衣"}]);', 1],
    [
      'one broken line',
      '{"date":"2026-11-15","titles":["军大衣"]}\n{"date":\n{"date":"2026-11-17","titles":["降温"]}',
      2,
    ],
  ])('a hot list as %s', (_, text, kept) => {
    expect(read(text).items).toHaveLength(kept)
  })
})

describe('nothing is guessed in silence', () => {
  test('a number that can be read in one way is; one that can be two is settled by its table, or refused', () => {
    expect(numberStyle(['40,5', '1.234'], ';')).toEqual({ style: 'comma', sure: true })
    expect(writtenNumber('1.234', 'comma')).toBe(1234)
    expect(writtenNumber('1.234', 'dot')).toBe(1.234)
    expect(writtenNumber('1.234', 'mixed')).toBeUndefined()
    expect(plainNumber('１．２３４，５０', 'comma')).toBe('1234.50')
    expect(writtenNumber('1.2万', 'dot')).toBe(12_000)
    expect(writtenNumber("1'234.5", 'dot')).toBe(1234.5)
    expect(writtenNumber('12 coats', 'dot')).toBeUndefined()
  })
  test('which number is the month: as the column shows, by even spacing, or asked', () => {
    expect(orderOf(['5/2/25', '5/9/25', '5/16/25'])).toMatchObject({ order: 'month-first', how: 'seen' })
    expect(orderOf(['1/3/26', '8/3/26', '15/3/26'])).toMatchObject({ order: 'day-first', how: 'seen' })
    expect(orderOf(['1/5/26', '1/12/26', '2/2/26', '1/19/26'])).toMatchObject({ order: 'month-first' })
    expect(orderOf(['1/1/26', '1/2/26', '1/3/26'])).toMatchObject({ how: 'ambiguous' })
    const table = 'Date,hoodie\n1/1/2026,3\n1/2/2026,9\n1/3/2026,4\n'
    expect(codeOf(() => read(table))).toBe('feeds.ambiguous-dates')
    expect(read(table, { dates: 'day-first' }).series[0]?.granularity).toBe('month')
  })
  test.each([
    ['16.11.2026', '2026-11-16'],
    ['20261116', '2026-11-16'],
    ['2026年11月16日', '2026-11-16'],
    ['2026-W46', '2026-11-09'],
    ['16-Nov-26', '2026-11-16'],
    ['Okt 2026', '2026-10-01'],
    ['0001-01-01', undefined],
    ['2026-02-30', undefined],
  ])('the cell %s is %s', (cell, day) => expect(dayOfCell(cell)).toBe(day))

  const zone = process.env['TZ']
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })
  afterAll(() => undefined)
  test.each(['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Shanghai'])('dates are the same in %s', (tz) => {
    process.env['TZ'] = tz
    expect(readWhen('Mon, 16 Nov 2026 08:00:00 EST')).toEqual({ kind: 'instant', at: new Date('2026-11-16T13:00:00Z') })
    expect(readWhen('2026-11-16 23:30:00')).toEqual({ kind: 'day', day: '2026-11-16', timed: true })
    expect(readWhen('星期一, 16 十一月 2026 08:00:00 +0800')).toMatchObject({ at: new Date('2026-11-16T00:00:00Z') })
    expect(readWhen('Mon, 30 Nov -0001 00:00:00 +0000').kind).toBe('unreadable')
    expect(read('Week,coat\n46327,3\n46334,9\n').series[0]?.points[0]?.day).toBe('2026-11-01')
  })
  test('cells that are no number are counted, blanks are no zeros', () => {
    const contents = read('Week,coat\n2026-11-01,\n2026-11-08,0\n2026-11-15,n/a\n2026-11-22,abc\n')
    expect(contents.series[0]?.points).toEqual([{ day: '2026-11-08', value: 0 }])
    expect(contents.leftOut).toBe(1)
    expect(said(contents)).toContain('"abc"')
  })
  test('long tables are read; rankings of words and maps say what to download instead', () => {
    expect(read('date,keyword,value\n2026-11-01,coat,3\n2026-11-08,coat,4\n').series).toMatchObject([{ term: 'coat' }])
    expect(read('date,title\n2026-11-15,军大衣\n2026-11-16,羊毛,大衣\n').items[1]).toMatchObject({
      title: '羊毛,大衣',
      day: '2026-11-16',
    })
    expect(codeOf(() => read('Category: All categories\n\nTOP\ncoat,100\n\nRISING\npuffer,Breakout\n'))).toBe(
      'feeds.related-queries',
    )
    expect(codeOf(() => read('Category: All\n\nCountry,coat: (11/29/25 – 11/29/26)\nChina,100\n'))).toBe(
      'feeds.no-date-column',
    )
  })
  test('a table of sales says which column is what, takes another word for it, and names its columns when unclear', () => {
    const sales = read(
      '统计日期,商品名称,类目,支付件数,支付金额\n2026-11-02,羊毛大衣女,女装,"1,234",99.5\n合计,,,1234,\n',
    )
    expect(sales).toMatchObject({
      format: 'sales',
      leftOut: 1,
      columns: [
        { role: 'date', column: '统计日期' },
        { role: 'product', column: '商品名称' },
        { role: 'category', column: '类目' },
        { role: 'units', column: '支付件数' },
      ],
    })
    const unclear = 'Day,Ware,Zahl,Umsatz\n2026-11-02,Wool overcoat,12,99\n2026-11-03,Coat,12,99\n'
    expect(codeOf(() => read(unclear))).toBe('feeds.unclear-columns')
    expect(read(unclear, { columns: { product: 'Ware', units: 'Zahl' } }).series[0]?.points[0]?.value).toBe(12)
    expect(codeOf(() => read(unclear, { columns: { units: 'Stück' } }))).toBe('feeds.unknown-column')
  })
})
