/** A table whose rows are of days: where its header and its dates stand, and how its numbers are written. */
import { LRUCache } from 'lru-cache'
import { isAmbiguous, numberStyle, writtenNumber, type NumberStyle, type Separator } from '../../core/written.ts'
import { type Localized } from '../../core/values.ts'
import { type ColumnGiven } from '../ports.ts'
import { isNamed, type Column } from './columns.ts'
import { ambiguousDates } from './complaints.ts'
import { dayOfCell, dayOfSerial, orderOf, type DayOrder } from './dates.ts'
import { readWhen } from './instants.ts'
import { type Tally } from './tally.ts'

export type Row = readonly string[]

const isFilled = (row: Row): boolean => row.some((cell) => cell.trim() !== '')
export const filled = (row: Row): string[] => row.map((cell) => cell.trim()).filter(Boolean)
/** The same few hundred days stand in a table again and again: each is looked at once. */
const known = new LRUCache<string, boolean>({ max: 20_000 })
export function isDate(cell: string | undefined): boolean {
  if (cell === undefined || cell.length > 60 || !/[\d０-９]/.test(cell)) return false
  let date = known.get(cell)
  if (date === undefined) {
    date = (dayOfCell(cell, 'month-first') ?? dayOfCell(cell, 'day-first')) !== undefined
    known.set(cell, date)
  }
  return date
}
const LESS_THAN_ONE = /^[<＜]\s*1\s*%?$/
/** How exports write that there is no value. */
const NOTHING = /^(?:[-–—/]+|n\/?a|nan|null|none|#n\/a|无|暂无|--)?$/i
const isNumber = (cell: string): boolean =>
  /^[+-]?\d[\d.,]*(?:e[+-]?\d+)?$/i.test(cell) ||
  LESS_THAN_ONE.test(cell.trim()) ||
  writtenNumber(cell, 'dot') !== undefined ||
  writtenNumber(cell, 'comma') !== undefined
/** Rows that show what a column holds; a long table is not looked through twice for it. */
export const SAMPLE = 400

/** The widest early row without figures: what a person would call the header. */
export function likelyHeader(rows: readonly Row[]): string[] {
  const early = rows.slice(0, 40).map(filled)
  const worded = early.filter((row) => row.length > 1 && row.every((cell) => !isNumber(cell)))
  return worded.reduce<string[]>((best, row) => (row.length > best.length ? row : best), [])
}

/** Numbers of a table, in its one way of writing them; what is none is counted. */
export function numbersOf(cells: Iterable<string>, separator: Separator, tally: Tally) {
  const all = [...cells]
  const { style, sure } = numberStyle(all, separator)
  // A comma-separated table with points, or one from a workbook, is the usual thing; others are worth a word.
  const told = !sure && separator !== ',' && separator !== 'cells'
  return (cell: string | undefined): number | undefined =>
    readNumber((cell ?? '').trim(), style, told || style === 'mixed', tally)
}

function readNumber(cell: string, style: NumberStyle, told: boolean, tally: Tally): number | undefined {
  if (NOTHING.test(cell)) return undefined
  if (LESS_THAN_ONE.test(cell)) return 0.5
  const value = writtenNumber(cell, style)
  if (value === undefined) tally.leaveOut('no-number', cell)
  else if (value < 0) tally.leaveOut('negative', cell)
  else if (told && isAmbiguous(cell)) tally.change('ambiguous-number', `${cell} = ${value}`)
  return value !== undefined && value >= 0 ? value : undefined
}

export interface Dated {
  header: Row
  /** The column of dates. */
  at: number
  rows: readonly { day: string; cells: Row }[]
  columns: readonly Column[]
  notes: Localized[]
}

export interface ExportOptions {
  declared: 'google-trends' | 'pinterest' | 'sales' | 'auto'
  columns: ColumnGiven
  dates: DayOrder | undefined
}

const serialNote: Localized = {
  en: 'The dates stand in the table as numbers (days since 1899-12-30), as spreadsheets store them, and were read so.',
  zh: '日期列为电子表格内部的序号（自 1899-12-30 起的天数），已按此读取。',
}
const spacingNote = (order: DayOrder): Localized => ({
  en: `Dates like 5/2/25 were read ${order === 'month-first' ? 'month first' : 'day first'}, because only so are they evenly spaced.`,
  zh: `形如 5/2/25 的日期已按“${order === 'month-first' ? '月/日' : '日/月'}”读取，因为只有这样间隔才均匀。`,
})

/** Days of a column of cells, in the order they settle. @throws Problem `feeds.ambiguous-dates` */
export function daysOf(
  cells: readonly string[],
  asked: DayOrder | undefined,
): { dayOf: (cell: string) => string | undefined; notes: Localized[] } {
  const found = orderOf(cells, asked)
  if (found.how === 'ambiguous') throw ambiguousDates(found.example)
  const { order } = found
  return {
    dayOf: (cell) => dayOfCell(cell, order),
    notes: found.how === 'spacing' && order ? [spacingNote(order)] : [],
  }
}

/** The header row above a data row: the nearest with more than one cell. */
function headerAbove(rows: readonly Row[], first: number): number {
  for (let at = first - 1; at >= 0; at--) if (filled(rows[at] ?? []).length > 1) return at
  return -1
}

interface DateColumn {
  at: number
  /** Its header's row. */
  header: number
  /** Its cells are numbers that stand for days. */
  serial: boolean
}

/** The column with the most dates below a header; one that is named as dates counts as if it were full of them. */
function writtenDates(rows: readonly Row[], asked: string | undefined): DateColumn | undefined {
  const sample = rows.slice(0, SAMPLE)
  const width = Math.min(200, Math.max(0, ...rows.slice(0, 200).map((row) => row.length)))
  let best: (DateColumn & { weight: number }) | undefined
  for (let at = 0; at < width; at++) {
    const first = sample.findIndex((row) => isDate(row[at]) && filled(row).length > 1)
    const header = first > 0 ? headerAbove(rows, first) : -1
    const name = (rows[header]?.[at] ?? '').trim()
    if (asked !== undefined && name.toLowerCase() !== asked) continue
    const dates = sample.filter((row) => isDate(row[at])).length
    const weight = dates + (isNamed('date', name) ? sample.length : 0)
    if (first > 0 && header >= 0 && weight > (best?.weight ?? 0)) best = { at, header, serial: false, weight }
  }
  return best
}

/** A column named as dates whose cells are numbers: a spreadsheet's serials, or seconds since 1970. */
function serialDates(rows: readonly Row[], asked: string | undefined): DateColumn | undefined {
  for (const [header, row] of rows.slice(0, 40).entries()) {
    const at = row.findIndex((name) =>
      asked === undefined ? isNamed('date', name) : name.trim().toLowerCase() === asked,
    )
    if (at < 0 || row.length < 2) continue
    if (rows.slice(header + 1).some((each) => dayOfSerial(each[at] ?? '') ?? dayOfEpoch(each[at] ?? '')))
      return { at, header, serial: true }
  }
  return undefined
}

/** @returns undefined where no column is one of dates. @throws Problem `feeds.ambiguous-dates` */
export function datedTable(rows: readonly Row[], options: ExportOptions, tally: Tally): Dated | undefined {
  const asked = options.columns.date?.trim().toLowerCase()
  const best = writtenDates(rows, asked) ?? serialDates(rows, asked)
  if (!best) return undefined
  const { at, serial } = best
  const header = rows[best.header] ?? []
  const body = rows.slice(best.header + 1).filter(isFilled)
  const { dayOf, notes } = serial
    ? { dayOf: (cell: string) => dayOfSerial(cell) ?? dayOfEpoch(cell), notes: [serialNote] }
    : daysOf(
        body.map((row) => row[at] ?? ''),
        options.dates,
      )
  const days = new Map<string, string | undefined>()
  const dayIn = (cell: string): string | undefined => {
    if (!days.has(cell)) days.set(cell, dayOf(cell))
    return days.get(cell)
  }
  const kept = body.flatMap((cells) => {
    const day = dayIn(cells[at] ?? '')
    // A row of one cell is a remark below the table.
    if (!day && filled(cells).length > 1) tally.leaveOut('no-date', cells[at] ?? '')
    return day ? [{ day, cells }] : []
  })
  const columns = header.map((name, i): Column => {
    const cells = kept.map((row) => (row.cells[i] ?? '').trim())
    const said = cells.filter((cell) => !NOTHING.test(cell)).slice(0, SAMPLE)
    return {
      at: i,
      name: name.trim(),
      cells,
      numeric: said.filter(isNumber).length * 2 >= said.length,
      empty: said.length === 0,
    }
  })
  return { header, at, rows: kept, columns, notes }
}

function dayOfEpoch(cell: string): string | undefined {
  const when = /^\d{10}(?:\d{3})?$/.test(cell.trim()) ? readWhen(cell.trim()) : undefined
  return when?.kind === 'instant' ? when.at.toISOString().slice(0, 10) : undefined
}
