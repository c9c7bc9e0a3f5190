/**
 * Tables of interest, of titles and of sales → series and items. Which of them a table is shows in its columns; what
 * was taken as what is said, and what cannot be known is refused with the columns named.
 */
import { type Separator } from '../../core/written.ts'
import { type Localized } from '../../core/values.ts'
import { type FeedContents, type FeedSeries, type Sheet } from '../ports.ts'
import { collectItems, type Draft } from './collecting.ts'
import { isNamed, roleOf, taken, type Column } from './columns.ts'
import {
  emptyExport,
  mapExport,
  noDateColumn,
  notFeed,
  salesWithoutDates,
  unclearTable,
  wrongColumns,
} from './complaints.ts'
import { refused } from './messages.ts'
import { granularityOf } from './dates.ts'
import { openTally, type Tally } from './tally.ts'
import { cleanTitle, cleanUrl } from './words.ts'
import {
  type Row,
  filled,
  isDate,
  SAMPLE,
  likelyHeader,
  numbersOf,
  type Dated,
  daysOf,
  datedTable,
  type ExportOptions,
} from './dated-table.ts'

/** `military coat: (United States)` → the term and its region. */
function headed(header: string): { term: string; region: string | undefined } {
  const match = /^(.*?)\s*[:：]\s*[(（](.+)[)）]\s*$/.exec(header.trim())
  return match ? { term: (match[1] ?? '').trim(), region: match[2] } : { term: header.trim(), region: undefined }
}

const monthly: Localized = {
  en: 'The export is by month: each of its weeks gets the month’s value, so a short burst cannot be seen in it.',
  zh: '导出数据按月汇总：该月每周取同一数值，因此看不出短期爆发。',
}

const yes = (cell: string | undefined): boolean => /^(?:true|1|yes|y|是|wahr)$/i.test((cell ?? '').trim())

/** Rows whose period the export itself calls incomplete are left out. */
function complete(table: Dated, tally: Tally): Dated['rows'] {
  const partial = table.columns.find(({ name }) => isNamed('partial', name))
  if (!partial) return table.rows
  return table.rows.filter(({ cells, day }) => {
    const open = yes(cells[partial.at])
    if (open) tally.leaveOut('partial', day)
    return !open
  })
}

function readWide(table: Dated, separator: Separator, tally: Tally): FeedContents {
  const rows = complete(table, tally)
  const columns = table.columns.filter(({ at, name }) => at !== table.at && name && !isNamed('partial', name))
  const numberOf = numbersOf(
    columns.flatMap(({ cells }) => cells),
    separator,
    tally,
  )
  const granularity = granularityOf(
    table.header[table.at] ?? '',
    table.rows.map(({ day }) => day),
  )
  const series = columns.flatMap(({ at, name }): FeedSeries[] => {
    // Several rows of one day (hours, quarters of an hour) are the mean of it.
    const byDay = new Map<string, number[]>()
    for (const { day, cells } of rows) {
      const value = numberOf(cells[at])
      if (value !== undefined) byDay.set(day, [...(byDay.get(day) ?? []), value])
    }
    const points = [...byDay].map(([day, all]) => ({ day, value: all.reduce((a, b) => a + b, 0) / all.length }))
    return points.length
      ? [{ ...headed(name), granularity, points: points.sort((a, b) => (a.day < b.day ? -1 : 1)) }]
      : []
  })
  if (!series.length) throw wrongColumns(['Week', '<term>: (<region>)'], filled(table.header))
  const notes = [...table.notes, ...tally.notes(), ...(granularity === 'month' ? [monthly] : [])]
  return { format: 'google-trends', title: undefined, items: [], series, notes, ...tally.counts() }
}

/** One row a term and day: `keyword,date,value` in whatever order. */
function readLong(table: Dated, name: Column, value: Column, separator: Separator, tally: Tally): FeedContents {
  const region = table.columns.find((column) => isNamed('region', column.name))
  const numberOf = numbersOf(value.cells, separator, tally)
  const all = new Map<string, { term: string; region: string | undefined; points: Map<string, number> }>()
  for (const { day, cells } of complete(table, tally)) {
    const { term, region: inName } = headed(cells[name.at] ?? '')
    const place = (region && cells[region.at]?.trim()) || inName
    if (!term) {
      tally.leaveOut('no-term', day)
      continue
    }
    const number = numberOf(cells[value.at])
    if (number === undefined) continue
    const key = `${term}\n${place ?? ''}`
    const one = all.get(key) ?? { term, region: place, points: new Map<string, number>() }
    if (one.points.has(day)) tally.leaveOut('repeated', `${term} ${day}`)
    else one.points.set(day, number)
    all.set(key, one)
  }
  const granularity = granularityOf(
    table.header[table.at] ?? '',
    [...all.values()].flatMap(({ points }) => [...points.keys()]),
  )
  const series = [...all.values()].map(({ points, ...one }): FeedSeries => ({
    ...one,
    granularity,
    points: [...points].map(([day, number]) => ({ day, value: number })).sort((a, b) => (a.day < b.day ? -1 : 1)),
  }))
  if (!series.length) throw emptyExport(filled(table.header))
  return {
    format: 'google-trends',
    title: undefined,
    items: [],
    series,
    notes: [...table.notes, ...tally.notes(), ...(granularity === 'month' ? [monthly] : [])],
    ...tally.counts(),
    columns: taken({ date: table.columns[table.at], keyword: name, value, region }),
    found: filled(table.header),
  }
}

/** Titles with their day: `date,title`. */
function readTitles(table: Dated, title: Column, tally: Tally): FeedContents {
  const link = table.columns.find((column) => isNamed('url', column.name))
  const drafts = table.rows.flatMap(({ day, cells }): Draft[] => {
    // A title in the last column that has commas of its own, without quotes: what follows belongs to it.
    const last = title.at === table.header.length - 1
    const text = cleanTitle(last ? cells.slice(title.at).filter(Boolean).join(',') : (cells[title.at] ?? ''))
    if (!text) {
      tally.leaveOut('no-entry', day)
      return []
    }
    return [
      {
        id: `${day}|${text}`,
        title: text,
        url: cleanUrl(link && cells[link.at]),
        when: { kind: 'day', day, timed: false },
      },
    ]
  })
  const { items, notes } = collectItems(drafts, tally)
  if (!items.length) throw emptyExport(filled(table.header))
  return {
    format: 'hot-search',
    title: undefined,
    items,
    series: [],
    notes: [...table.notes, ...notes],
    ...tally.counts(),
    columns: taken({ date: table.columns[table.at], title, url: link }),
    found: filled(table.header),
  }
}

/** What was sold on which day: units of every product, with its category's words beside its own. */
function readSales(
  table: Dated,
  { product, category, units }: { product: Column | undefined; category: Column | undefined; units: Column },
  separator: Separator,
  tally: Tally,
): FeedContents {
  const numberOf = numbersOf(units.cells, separator, tally)
  const all = new Map<string, Map<string, number>>()
  // The same few hundred names stand in a table again and again.
  const cleaned = new Map<string, string>()
  const wordsIn = (column: Column | undefined, cells: Row): string => {
    const cell = (column && cells[column.at]) ?? ''
    let words = cleaned.get(cell)
    if (words === undefined) cleaned.set(cell, (words = cleanTitle(cell)))
    return words
  }
  for (const { day, cells } of complete(table, tally)) {
    const [name, kind] = [wordsIn(product, cells), wordsIn(category, cells)]
    const words = name && kind ? `${name} | ${kind}` : name || kind
    const number = numberOf(cells[units.at])
    if (!words) tally.leaveOut('no-term', day)
    if (!words || number === undefined) continue
    let days = all.get(words)
    if (!days) all.set(words, (days = new Map<string, number>()))
    days.set(day, (days.get(day) ?? 0) + number)
  }
  const granularity = granularityOf(
    table.header[table.at] ?? '',
    table.rows.map(({ day }) => day),
  )
  const series = [...all].map(([term, days]): FeedSeries => ({
    term,
    region: undefined,
    granularity,
    points: [...days].map(([day, value]) => ({ day, value })).sort((a, b) => (a.day < b.day ? -1 : 1)),
  }))
  if (!series.length) throw emptyExport(filled(table.header))
  const columns = taken({ date: table.columns[table.at], product, category, units })
  const note: Localized = {
    en: `Read as a table of sales: ${columns.map(({ role, column }) => `"${column}" as ${role}`).join(', ')}. If that is wrong, name the columns and upload it again.`,
    zh: `已按销售表读取：${columns.map(({ role, column }) => `“${column}”作为${ROLE_ZH[role] ?? role}`).join('、')}。如有误，请指定各列后重新上传。`,
  }
  return {
    format: 'sales',
    title: undefined,
    items: [],
    series,
    notes: [note, ...table.notes, ...tally.notes()],
    ...tally.counts(),
    columns,
    found: filled(table.header),
  }
}
const ROLE_ZH: Readonly<Record<string, string>> = { date: '日期', product: '商品', category: '类目', units: '件数' }

/** One row a term, a column a period: Pinterest's growing trends and tables turned on their side. */
function readRows(rows: readonly Row[], at: number, sheet: Sheet, options: ExportOptions, tally: Tally): FeedContents {
  const header = rows[at] ?? []
  const { dayOf, notes } = daysOf(header, options.dates)
  const columns = header.flatMap((cell, i) => {
    const day = dayOf(cell)
    return day ? [{ i, day }] : []
  })
  const named = header.findIndex(
    (cell) => isNamed('keyword', cell) || /^(?:trend|keyword|趋势|关键词)/i.test(cell.trim()),
  )
  const term = named >= 0 ? named : header.findIndex((_, i) => !columns.some((column) => column.i === i))
  if (term < 0 || columns.length < 2)
    throw wrongColumns(['Trend', 'Weekly change', 'Monthly change', '2026-11-06', '2026-11-13', '…'], filled(header))
  const granularity = granularityOf(
    '',
    columns.map(({ day }) => day),
  )
  const below = rows.slice(at + 1)
  const numberOf = numbersOf(
    below.flatMap((row) => columns.map(({ i }) => row[i] ?? '')),
    sheet.separator,
    tally,
  )
  const series = below.flatMap((row): FeedSeries[] => {
    const name = (row[term] ?? '').trim()
    const points = columns.flatMap(({ i, day }) => {
      const value = numberOf(row[i])
      return value === undefined ? [] : [{ day, value }]
    })
    return name && points.length
      ? [{ term: name, region: undefined, granularity, points: points.sort((a, b) => (a.day < b.day ? -1 : 1)) }]
      : []
  })
  if (!series.length) throw emptyExport(filled(header))
  const region: Localized = {
    en: 'This export does not say its region; the one given with the upload is used.',
    zh: '该导出文件未注明地区，以上传时填写的地区为准。',
  }
  return {
    format: 'pinterest',
    title: undefined,
    items: [],
    series,
    notes: [region, ...notes, ...tally.notes()],
    ...tally.counts(),
  }
}

/** `TOP` and `RISING` alone in their rows: Google Trends' related queries or topics. */
const isRelated = (rows: readonly Row[]): boolean =>
  rows
    .slice(0, 60)
    .some(
      (row) =>
        filled(row).length === 1 &&
        /^(?:top|rising|热门|搜索量上升|飙升|top-suchanfragen)$/i.test(filled(row)[0] ?? ''),
    ) ||
  rows
    .slice(0, 10)
    .some((row) =>
      /^(?:top|rising|related)[\s_]*(?:queries|topics|searches)|^相关(?:查询|主题|搜索)/i.test((row[0] ?? '').trim()),
    )

const PLACES =
  /^(?:country|region|city|metro|dma|subregion|state|province|land|国家|地区|区域|省|城市|国家\/地区|省\/自治区|城市\/地铁)(?:[\s/（(].*)?$/i

const isProse = (column: Column | undefined): boolean => {
  const cells = (column?.cells ?? []).filter(Boolean).slice(0, SAMPLE)
  return cells.filter((cell) => /\p{L}{2,}/u.test(cell)).length * 2 > cells.length
}

/** The columns of interest in keywords, one row for each of them and day; or undefined where the table has none. */
function interestIn(has: {
  keyword: Column | undefined
  value: Column | undefined
  /** The only column of words. */
  alone: Column | undefined
  weighty: readonly Column[]
}): { keyword: Column; value: Column } | undefined {
  const only = has.weighty.length === 1 ? has.weighty[0] : undefined
  if (has.keyword) {
    const value = has.value ?? only
    if (value) return { keyword: has.keyword, value }
  }
  return has.value && has.alone ? { keyword: has.alone, value: has.value } : undefined
}

/** A table with text in it beside its dates: of sales, of interest in one column, or of titles. @throws Problem */
function readTable(table: Dated, sheet: Sheet, options: ExportOptions, tally: Tally): FeedContents {
  const given = options.columns
  const others = table.columns.filter(({ at, empty }) => at !== table.at && !empty)
  const words = others.filter(({ numeric, name }) => !numeric && !isNamed('partial', name))
  const role = (name: Parameters<typeof roleOf>[1]) =>
    roleOf(
      table.columns.filter(({ at }) => at !== table.at),
      name,
      given,
    )
  const numbers = others.filter(({ numeric }) => numeric)
  if (!words.length && Object.keys(given).length === 0) return readWide(table, sheet.separator, tally)
  const [units, product, category] = [role('units'), role('product'), role('category')]
  const [keyword, value, title] = [role('keyword'), role('value'), role('title')]
  // "title" names a product where units stand beside it.
  const goods = product ?? (units && title)
  if (units && (goods ?? category)) return readSales(table, { product: goods, category, units }, sheet.separator, tally)
  if (options.declared === 'sales') throw unclearTable(filled(table.header))
  const weighty = numbers.filter(({ name }) => !/^(?:rank|排名|名次|序号|id|no\.?|#|index)$/i.test(name))
  const alone = words.length === 1 ? words[0] : undefined
  const interest = interestIn({ keyword, value, alone: product ? undefined : alone, weighty })
  if (interest) return readLong(table, interest.keyword, interest.value, sheet.separator, tally)
  const titles = title ?? (weighty.length === 0 ? (keyword ?? (isProse(alone) ? alone : undefined)) : undefined)
  if (titles && !product && !category) return readTitles(table, titles, tally)
  // A timeline with a column of remarks beside it.
  const timeline = table.columns.some(({ name }) => headed(name).region !== undefined)
  if (timeline) return readWide(table, sheet.separator, tally)
  throw unclearTable(filled(table.header))
}

/** Wider than any export: a table turned on its side, or no table at all. */
const MOST_COLUMNS = 5000

/** @throws Problem `feeds.*` naming the columns that were expected and those that were found */
export function readExport(sheet: Sheet, options: ExportOptions): FeedContents {
  const { rows } = sheet
  if (!rows.some((row) => filled(row).length > 1)) throw notFeed(rows.flat().join(' ').trim().slice(0, 30))
  const tally = openTally()
  const wide = rows
    .slice(0, 40)
    .findIndex(
      (row) => row.some((cell) => /^(weekly change|周变化)/i.test(cell.trim())) || row.filter(isDate).length >= 3,
    )
  const told = (contents: FeedContents): FeedContents => ({ ...contents, notes: [...sheet.notes, ...contents.notes] })
  if (options.declared === 'pinterest' || (options.declared === 'auto' && wide >= 0))
    return told(readRows(rows, Math.max(wide, 0), sheet, options, tally))
  const widest = rows.slice(0, SAMPLE).reduce((most, row) => Math.max(most, row.length), 0)
  if (widest > MOST_COLUMNS) throw refused('feeds.too-many-columns', { n: String(widest), most: String(MOST_COLUMNS) })
  if (isRelated(rows)) throw refused('feeds.related-queries')
  const table = datedTable(rows, options, tally)
  if (table?.rows.length) return told(readTable(table, sheet, options, tally))
  const header = likelyHeader(rows)
  if (header.some((name) => isNamed('date', name))) throw emptyExport(header)
  if (
    header.some((name) => isNamed('units', name)) &&
    header.some((name) => isNamed('product', name) || isNamed('category', name))
  )
    throw salesWithoutDates(header)
  throw PLACES.test((header[0] ?? '').normalize('NFKC')) ? mapExport(header) : noDateColumn(header)
}
