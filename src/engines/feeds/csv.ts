import Papa from 'papaparse'
import type { Localized } from '../../core/values.ts'
import type { FeedContents, FeedSeries } from '../ports.ts'
import { emptyExport, noDateColumn, notFeed, wrongColumns } from './complaints.ts'
import { dayOfCell, granularityOf } from './dates.ts'

const filled = (row: readonly string[]): string[] => row.map((cell) => cell.trim()).filter(Boolean)

/** `<1` is how an export writes "some, but less than one"; a blank or a dash is no value at all. */
function valueOf(cell: string | undefined): number | undefined {
  const text = (cell ?? '').normalize('NFKC').trim().replace(/,/g, '')
  if (/^<\s*1$/.test(text)) return 0.5
  if (!/^-?\d+(\.\d+)?%?$/.test(text)) return undefined
  const value = Number.parseFloat(text)
  return value >= 0 ? value : undefined
}

/** `military coat: (United States)` → the term and its region. */
function headed(header: string): { term: string; region: string | undefined } {
  const match = /^(.*?)\s*[:：]\s*[(（](.+)[)）]\s*$/.exec(header.trim())
  return match ? { term: (match[1] ?? '').trim(), region: match[2] } : { term: header.trim(), region: undefined }
}

interface Table {
  header: readonly string[]
  rows: readonly (readonly string[])[]
}

function split(text: string): string[][] {
  const delimitersToGuess = [',', '\t', ';', '|']
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: false, delimitersToGuess })
  // Some published files are tab-separated inside one comma-separated cell.
  return data.map((row) =>
    row.length > 1 && row.slice(1).some((cell) => cell.trim()) ? row : row.flatMap((cell) => cell.split(/\t+/)),
  )
}

/** The widest early row without figures: what a person would call the header. */
function likelyHeader(rows: readonly (readonly string[])[]): string[] {
  const early = rows.slice(0, 30).map(filled)
  const worded = early.filter((row) => row.length > 1 && row.every((cell) => valueOf(cell) === undefined))
  return worded.reduce<string[]>((best, row) => (row.length > best.length ? row : best), [])
}

function byColumnOfDates(rows: readonly (readonly string[])[]): Table | undefined {
  const isData = (row: readonly string[]) =>
    dayOfCell(row[0] ?? '') !== undefined && row.slice(1).some((cell) => valueOf(cell) !== undefined)
  const first = rows.findIndex(isData)
  if (first < 0) return undefined
  // Above the figures stand prose, a category and blank lines; the nearest row with several cells is the header.
  const header = rows.slice(0, first).findLast((row) => filled(row).length > 1)
  return header ? { header, rows: rows.slice(first).filter(isData) } : undefined
}

function seriesOf(table: Table): { series: FeedSeries[]; notes: Localized[] } {
  const days = table.rows.map((row) => dayOfCell(row[0] ?? '') ?? '')
  const granularity = granularityOf(table.header[0] ?? '', days)
  const series = table.header.slice(1).flatMap((name, i): FeedSeries[] => {
    const { term, region } = headed(name)
    if (!term || /^isPartial$/i.test(term)) return []
    const byDay = new Map<string, number[]>()
    table.rows.forEach((row, r) => {
      const value = valueOf(row[i + 1])
      const day = days[r]
      if (value !== undefined && day) byDay.set(day, [...(byDay.get(day) ?? []), value])
    })
    const points = [...byDay].map(([day, values]) => ({
      day,
      value: values.reduce((a, b) => a + b, 0) / values.length,
    }))
    return points.length ? [{ term, region, granularity, points: points.sort((a, b) => (a.day < b.day ? -1 : 1)) }] : []
  })
  const monthly = {
    en: 'The export is by month: each of its weeks gets the month’s value, so a short burst cannot be seen in it.',
    zh: '导出数据按月汇总：该月每周取同一数值，因此看不出短期爆发。',
  }
  return { series, notes: granularity === 'month' ? [monthly] : [] }
}

/** Google Trends "interest over time", with its preamble, and the relatives that the News Lab publishes. */
function readGoogleTrends(rows: readonly (readonly string[])[]): FeedContents {
  const header = likelyHeader(rows)
  const table = byColumnOfDates(rows)
  if (!table) {
    const dated = /^(day|week|month|date|time|日|天|周|星期|月|日期|时间)/i.test((header[0] ?? '').normalize('NFKC'))
    throw header.length && dated ? emptyExport(header) : noDateColumn(header)
  }
  const { series, notes } = seriesOf(table)
  if (!series.length) throw wrongColumns(['Week', '<term>: (<region>)'], filled(table.header))
  return { format: 'google-trends', items: [], series, notes }
}

/** Pinterest's growing trends: one row a term, `Trend, Weekly change, Monthly change, …`, then a column a week. */
function readPinterest(rows: readonly (readonly string[])[], at: number): FeedContents {
  const header = rows[at] ?? []
  const term = header.findIndex((cell) => /^(trend|keyword|趋势|关键词)/i.test(cell.trim()))
  const columns = header.flatMap((cell, i) => {
    const day = dayOfCell(cell)
    return day ? [{ i, day }] : []
  })
  if (term < 0 || columns.length < 2)
    throw wrongColumns(['Trend', 'Weekly change', 'Monthly change', '2026-11-06', '2026-11-13', '…'], filled(header))
  const granularity = granularityOf(
    '',
    columns.map((column) => column.day),
  )
  const series = rows.slice(at + 1).flatMap((row): FeedSeries[] => {
    const name = (row[term] ?? '').trim()
    const points = columns.flatMap(({ i, day }) => {
      const value = valueOf(row[i])
      return value === undefined ? [] : [{ day, value }]
    })
    return name && points.length ? [{ term: name, region: undefined, granularity, points }] : []
  })
  if (!series.length) throw emptyExport(filled(header))
  const region = {
    en: 'This export does not say its region; the one given with the upload is used.',
    zh: '该导出文件未注明地区，以上传时填写的地区为准。',
  }
  return { format: 'pinterest', items: [], series, notes: [region] }
}

/** @throws Problem `feeds.*` naming the columns that were expected and those that were found */
export function readCsv(text: string, declared: 'google-trends' | 'pinterest' | 'auto'): FeedContents {
  const rows = split(text)
  if (!rows.some((row) => filled(row).length > 1)) throw notFeed(text.trim().slice(0, 30))
  const wide = rows.slice(0, 30).findIndex((row) => row.some((cell) => /^(weekly change|周变化)/i.test(cell.trim())))
  if (declared === 'pinterest' || (declared === 'auto' && wide >= 0)) return readPinterest(rows, Math.max(wide, 0))
  return readGoogleTrends(rows)
}
