/**
 * Dates as exports write them. Which of two numbers is the month cannot be seen in one cell: it is settled by all the
 * cells of a column, and asked where they do not settle it. Nothing here looks at the process's own time zone.
 */
import { DAY } from '../../core/values.ts'

const NAMED_MONTHS: readonly (readonly string[])[] = [
  ['jan', 'januar', 'january', 'janvier', 'janv', 'enero', 'ene', 'gennaio', 'gen', '一月', '1月'],
  ['feb', 'februar', 'february', 'février', 'fevrier', 'févr', 'fevr', 'febrero', 'febbraio', '二月', '2月'],
  ['mar', 'märz', 'maerz', 'mrz', 'march', 'mars', 'marzo', '三月', '3月'],
  ['apr', 'april', 'avril', 'avr', 'abril', 'abr', 'aprile', '四月', '4月'],
  ['may', 'mai', 'mayo', 'maggio', 'mag', '五月', '5月'],
  ['jun', 'juni', 'june', 'juin', 'junio', 'giugno', 'giu', '六月', '6月'],
  ['jul', 'juli', 'july', 'juillet', 'juil', 'julio', 'luglio', 'lug', '七月', '7月'],
  ['aug', 'august', 'août', 'aout', 'agosto', 'ago', '八月', '8月'],
  ['sep', 'sept', 'september', 'septembre', 'septiembre', 'settembre', 'set', '九月', '9月'],
  ['oct', 'okt', 'oktober', 'october', 'octobre', 'octubre', 'ottobre', 'ott', '十月', '10月'],
  ['nov', 'november', 'novembre', 'noviembre', '十一月', '11月'],
  [
    'dec',
    'dez',
    'dezember',
    'december',
    'décembre',
    'decembre',
    'déc',
    'diciembre',
    'dic',
    'dicembre',
    '十二月',
    '12月',
  ],
]
const MONTH_OF = new Map(NAMED_MONTHS.flatMap((names, i) => names.map((name) => [name, i + 1] as const)))

/** 1 to 12, or undefined. */
export const monthNamed = (name: string): number | undefined => MONTH_OF.get(name.toLowerCase().replace(/\.$/, ''))

/** A real day between 1990 and 2100 as `2026-11-16`; publishers' zero dates are none. */
export function realDay(year: number, month: number, date: number): string | undefined {
  if (!(year >= 1990 && year <= 2100)) return undefined
  const at = new Date(Date.UTC(year, month - 1, date))
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date
  return real ? at.toISOString().slice(0, 10) : undefined
}

export const fullYear = (text: string): number =>
  text.length === 2 ? Number(text) + (Number(text) < 70 ? 2000 : 1900) : Number(text)

/** Monday of an ISO week. */
function dayOfWeek(year: number, week: number): string | undefined {
  if (week < 1 || week > 53) return undefined
  const fourth = new Date(Date.UTC(year, 0, 4))
  const monday = fourth.getTime() + ((week - 1) * 7 - ((fourth.getUTCDay() + 6) % 7)) * DAY
  const day = new Date(monday)
  return realDay(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate())
}

export type DayOrder = 'month-first' | 'day-first'
const LONGEST = 60
const SHORT = /^(\d{1,2})([-/])(\d{1,2})\2(\d{4}|\d{2})(?=$|[\s,T~–-])/
// Most cells are plain ASCII, for which there is nothing to normalise.
const clean = (cell: string): string =>
  // oxlint-disable-next-line no-control-regex
  (/^[\x00-\x7f]*$/.test(cell) ? cell : cell.normalize('NFKC')).replace(/^'/, '').trim()

/**
 * The first day (`2026-11-16`) of the period a cell names, or undefined when it is no date. Read: 2026-11-16,
 * 2026/11/16, 20261116, 2026-11, 2026年11月16日, 2026-W46, 2026年第46周, "2026-11-16 - 2026-11-22", 16.11.2026,
 * Nov 2026, "Nov 16, 2026 9:48", 16-Nov-26, with or without a time of day. 3/4/2026 only where an order is given.
 */
export function dayOfCell(cell: string, order?: DayOrder): string | undefined {
  const text = clean(cell)
  if (!text || text.length > LONGEST) return undefined
  const digits = inDigits(text, order)
  return digits ? digits.day : inWords(text)
}

/** A date written in digits, which may be no real day; or undefined where it is written otherwise. */
function inDigits(text: string, order: DayOrder | undefined): { day: string | undefined } | undefined {
  const week = /^(\d{4})\s*(?:年\s*第?|-?\s*(?:W|CW|KW|week)\s*)(\d{1,2})\s*周?(?=$|\s)/i.exec(text)
  if (week && (/w|第|周/i.test(text) || /k/i.test(text))) return { day: dayOfWeek(Number(week[1]), Number(week[2])) }
  const numeric =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?\s*(?:日|号|月)?(?=$|[\sT~至到–—(（,-])/.exec(text)
  if (numeric) return { day: realDay(Number(numeric[1]), Number(numeric[2]), Number(numeric[3] ?? 1)) }
  const packed = /^(\d{4})(\d{2})(\d{2})(?=$|[\sT~–-])/.exec(text)
  if (packed) return { day: realDay(Number(packed[1]), Number(packed[2]), Number(packed[3])) }
  // Points between numbers are the European way, which puts the day first.
  const pointed = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?=$|[\s,T~–-])/.exec(text)
  if (pointed) return { day: realDay(fullYear(pointed[3] ?? ''), Number(pointed[2]), Number(pointed[1])) }
  const short = SHORT.exec(text)
  if (!short) return undefined
  const [a, b] = [Number(short[1]), Number(short[3])]
  const year = fullYear(short[4] ?? '')
  if (!order) return { day: undefined }
  return { day: order === 'month-first' ? realDay(year, a, b) : realDay(year, b, a) }
}

/** A date whose month is written in letters. */
function inWords(text: string): string | undefined {
  const withDay =
    /^(?:\p{L}{2,12}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?:de\s+)?(\p{L}{3,12})\.?[\s,-]+(?:de\s+)?(\d{4}|\d{2})(?=$|[\s,T])/u.exec(
      text,
    )
  const month = withDay && monthNamed(withDay[2] ?? '')
  if (withDay && month) return realDay(fullYear(withDay[3] ?? ''), month, Number(withDay[1]))
  const named = /^(\p{L}{3,12})\.?[\s-]+(?:(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+)?(\d{4})(?=$|[\s,])/u.exec(text)
  const first = named && monthNamed(named[1] ?? '')
  return named && first ? realDay(Number(named[3]), first, Number(named[2] ?? 1)) : undefined
}

/** Days since 1899-12-30, as a spreadsheet stores a date that lost its format. */
export function dayOfSerial(cell: string): string | undefined {
  const text = clean(cell)
  if (!/^\d{5}(?:[.,]\d+)?$/.test(text)) return undefined
  const days = Math.floor(Number(text.replace(',', '.')))
  // 1995 to 2064: other five-digit numbers stand in such a column seldom.
  return days >= 34_700 && days <= 60_300
    ? new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10)
    : undefined
}

const isShort = (cell: string): boolean => SHORT.test(clean(cell))

/** Whether days follow each other at one distance: days, weeks, or the same day of each month. */
function regular(days: readonly (string | undefined)[]): boolean {
  const known = days.filter((day) => day !== undefined)
  if (known.length !== days.length || known.length < 3) return false
  const times = [...new Set(known)].map((day) => Date.parse(`${day}T00:00:00Z`)).sort((a, b) => a - b)
  const gaps = times.slice(1).map((time, i) => (time - (times[i] ?? time)) / DAY)
  if (gaps.length < 2) return false
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)]
  return least === most || (least >= 28 && most <= 31)
}

export type OrderFound =
  | { order: DayOrder; how: 'seen' | 'spacing' | 'asked' }
  /** No cell settles it. */
  | { order: undefined; how: 'ambiguous' | 'none'; example: string }

/**
 * Which number of `5/2/25` is the month, from all cells: one above twelve shows it; else the order in which they are
 * evenly spaced, if the other is not.
 */
export function orderOf(cells: Iterable<string>, asked?: DayOrder): OrderFound {
  const short = [...new Set([...cells].filter(isShort))]
  if (asked) return { order: asked, how: 'asked' }
  if (!short.length) return { order: undefined, how: 'none', example: '' }
  let [a, b] = [false, false]
  for (const cell of short) {
    const match = SHORT.exec(clean(cell))
    if (Number(match?.[1]) > 12) a = true
    if (Number(match?.[3]) > 12) b = true
  }
  if (a !== b) return { order: a ? 'day-first' : 'month-first', how: 'seen' }
  const monthFirst = regular(short.map((cell) => dayOfCell(cell, 'month-first')))
  const dayFirst = regular(short.map((cell) => dayOfCell(cell, 'day-first')))
  if (!a && monthFirst !== dayFirst) return { order: monthFirst ? 'month-first' : 'day-first', how: 'spacing' }
  const same = short.every((cell) => dayOfCell(cell, 'month-first') === dayOfCell(cell, 'day-first'))
  if (same) return { order: 'month-first', how: 'seen' }
  return { order: undefined, how: 'ambiguous', example: short[0] ?? '' }
}

export type Granularity = 'day' | 'week' | 'month'

/** From the column's own name, else from the usual distance between rows. */
export function granularityOf(header: string, days: readonly string[]): Granularity {
  const name = header.normalize('NFKC').trim().toLowerCase()
  if (/^(week|周|星期|woche|semaine|semana|settimana)/.test(name)) return 'week'
  if (/^(month|月|monat|mois|mes\b|mese)/.test(name)) return 'month'
  if (/^(day\b|日$|天|tag\b|jour|d[ií]a\b|giorno)/.test(name)) return 'day'
  const gaps = [...new Set(days)]
    .sort()
    .map((d, i, all) => (i ? (Date.parse(d) - Date.parse(all[i - 1] ?? d)) / DAY : 0))
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b)
  const usual = gaps[Math.floor(gaps.length / 2)] ?? 1
  if (usual >= 20) return 'month'
  return usual >= 5 ? 'week' : 'day'
}
