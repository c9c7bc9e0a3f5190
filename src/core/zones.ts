/** Time zones as people name them, and the days that are meant in them. */
import { dateFormat, HOUR, dayIn, longDay, type Lang, type Localized } from './values.ts'

/** What a house has that never said where it is. */
export const DEFAULT_ZONE = 'Asia/Shanghai'

/**
 * `EST`, `CST6CDT`: abbreviations that the runtime takes for American ones. Whoever types CST in Beijing means another
 * hour, so they are asked for a place. Five of the kind name one place only.
 */
const ABBREVIATION = /^[a-z]{2,5}(\d[a-z]{3})?$/i
const CLEAR: ReadonlySet<string> = new Set([
  'UTC',
  'GMT',
  'PRC',
  'ROC',
  'ROK',
  'CUBA',
  'EGYPT',
  'EIRE',
  'IRAN',
  'JAPAN',
])

/** The zone's own name, whatever case it was typed in; undefined where no place has it (`GMT+8`, `Beijing`, `CST`). */
export function timeZoneOf(typed: string): string | undefined {
  const name = typed.trim()
  if (!/^[a-z][\w+\-/]*$/i.test(name)) return undefined
  if (ABBREVIATION.test(name) && !CLEAR.has(name.toUpperCase())) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** A place for each whole hour from UTC, where somebody types only the hours. */
const BY_HOURS = new Map<number, string>([
  [-8, 'America/Los_Angeles'],
  [-7, 'America/Denver'],
  [-6, 'America/Chicago'],
  [-5, 'America/New_York'],
  [-3, 'America/Sao_Paulo'],
  [0, 'Europe/London'],
  [1, 'Europe/Paris'],
  [2, 'Europe/Athens'],
  [3, 'Europe/Istanbul'],
  [4, 'Asia/Dubai'],
  [5, 'Asia/Karachi'],
  [6, 'Asia/Dhaka'],
  [7, 'Asia/Ho_Chi_Minh'],
  [8, DEFAULT_ZONE],
  [9, 'Asia/Tokyo'],
  [10, 'Australia/Sydney'],
])
/** Names that people use and no zone has. */
const BY_NAME = new Map<string, string>(
  Object.entries({
    beijing: DEFAULT_ZONE,
    peking: DEFAULT_ZONE,
    china: DEFAULT_ZONE,
    cst: DEFAULT_ZONE,
    shenzhen: DEFAULT_ZONE,
    guangzhou: DEFAULT_ZONE,
    hangzhou: DEFAULT_ZONE,
    北京: DEFAULT_ZONE,
    上海: DEFAULT_ZONE,
    中国: DEFAULT_ZONE,
    北京时间: DEFAULT_ZONE,
    香港: 'Asia/Hong_Kong',
    台北: 'Asia/Taipei',
    est: 'America/New_York',
    edt: 'America/New_York',
    pst: 'America/Los_Angeles',
    pdt: 'America/Los_Angeles',
    mst: 'America/Denver',
    cet: 'Europe/Paris',
    bst: 'Europe/London',
    jst: 'Asia/Tokyo',
    ist: 'Asia/Kolkata',
    india: 'Asia/Kolkata',
  }),
)

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Letters to change, add, leave out or swap between two short words; infinite where that is more than a slip or two. */
function slips(a: string, b: string): number {
  const most = b.length < 9 ? 1 : 2
  if (Math.abs(a.length - b.length) > most) return Infinity
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)]
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity
  for (let i = 1; i <= a.length; i++) {
    rows.push([i])
    for (let j = 1; j <= b.length; j++) {
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, changed, swapped))
    }
  }
  const found = at(a.length, b.length)
  return found <= most ? found : Infinity
}

/** The zone that was probably meant: by hours from UTC, a city's name, or a slip of the keyboard. */
export function suggestZone(typed: string): string | undefined {
  const name = typed.trim().slice(0, 60)
  const hours = /^(?:(?:utc|gmt)\s*)?([+-])\s*0?(\d{1,2}(?::?[034][05])?)$/i.exec(
    name.normalize('NFKC').replaceAll('−', '-'),
  )
  if (hours) {
    const [, whole = '', half] = /^(\d{1,2}?):?([034][05])?$/.exec(hours[2] ?? '') ?? []
    if (half === '30' && whole === '5') return 'Asia/Kolkata'
    return half === '00' || half === undefined ? BY_HOURS.get(Number(`${hours[1]}${whole}`)) : undefined
  }
  const word = bare(name)
  const city = bare(name.split('/').at(-1) ?? '')
  if (!word) return undefined
  const known = BY_NAME.get(word) ?? BY_NAME.get(city)
  if (known) return known
  let best: { zone: string; off: number } | undefined
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const off = Math.min(slips(word, bare(zone)), slips(city, bare(zone.split('/').at(-1) ?? '')))
    if (off < (best?.off ?? Infinity)) best = { zone, off }
  }
  return best?.zone
}

/** What to say to whoever typed a zone that is none. */
export function noSuchZone(typed: string): Localized {
  const shown = typed.trim().slice(0, 60)
  const meant = suggestZone(typed)
  return {
    en: `"${shown}" is no time zone. Write a place as the tz database names it, such as ${meant ?? DEFAULT_ZONE}${meant ? ' (is that the one you mean?)' : ', Europe/London or America/New_York'}`,
    zh: `“${shown}”不是有效的时区。请填写时区数据库中的地区名称，例如 ${meant ?? DEFAULT_ZONE}${meant ? '（您指的是它吗？）' : '、Europe/London、America/New_York'}`,
  }
}

/**
 * The first instant of a day. Found by looking, not by reckoning with offsets: a day may begin at one o'clock where the
 * clocks go forward at midnight.
 * @param day `YYYY-MM-DD`
 */
export function startOfDay(day: string, timeZone: string): Date {
  const noon = Date.parse(`${day}T00:00:00Z`)
  // Local midnight lies between 14 hours before and 12 hours after that of Greenwich.
  let [before, after] = [noon - 15 * HOUR, noon + 13 * HOUR]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (dayIn(new Date(middle), timeZone) >= day) after = middle
    else before = middle
  }
  return new Date(after)
}

/** A day so many calendar days later. */
export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The last millisecond of a day: it still names that day, wherever the instant is printed in the zone. */
export const endOfDay = (day: string, timeZone: string): Date =>
  new Date(startOfDay(dayAfter(day, 1), timeZone).getTime() - 1)

/**
 * The same time of day so many calendar days later (earlier, where negative): where clocks change a day has 23 or 25 hours,
 * and a promise of 30 days is one of days, not of hours.
 */
export function daysLater(at: Date, days: number, timeZone: string): Date {
  const from = dayIn(at, timeZone)
  const to = dayAfter(from, days)
  const since = at.getTime() - startOfDay(from, timeZone).getTime()
  return new Date(Math.min(startOfDay(to, timeZone).getTime() + since, endOfDay(to, timeZone).getTime()))
}

const BEIJING: ReadonlySet<string> = new Set(['Asia/Shanghai', 'Asia/Chongqing', 'Asia/Urumqi', 'PRC'])

/** `Beijing time`, `Eastern Time`, `美国东部时间`. */
export function zoneName(timeZone: string, lang: Lang): string {
  if (BEIJING.has(timeZone) && timeZone !== 'Asia/Urumqi') return lang === 'zh' ? '北京时间' : 'Beijing time'
  const parts = dateFormat(lang === 'zh' ? 'zh-CN' : 'en-US', timeZone, { timeZoneName: 'longGeneric' }).formatToParts(
    0,
  )
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/**
 * `21 December 2026, 23:59 (Beijing time)`: when something begins or ends, as every page and letter says it. A day alone would
 * leave open whether that day is the last or the first that is too late.
 */
export const spokenEnd = (at: Date, lang: Lang, timeZone: string): string => {
  const time = dateFormat('en-GB', timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  return lang === 'zh'
    ? `${longDay(at, lang, timeZone)} ${time}（${zoneName(timeZone, lang)}）`
    : `${longDay(at, lang, timeZone)}, ${time} (${zoneName(timeZone, lang)})`
}

/** The same in every language, for words that are told in several. */
export const spokenEnds = (at: Date, timeZone: string): Localized => ({
  zh: spokenEnd(at, 'zh', timeZone),
  en: spokenEnd(at, 'en', timeZone),
})
