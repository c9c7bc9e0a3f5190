/** Instants as feeds write them: RFC 822 and its careless relatives, ISO 8601, seconds since 1970. */
import { dayOfCell, fullYear, monthNamed, realDay } from './dates.ts'

/** An instant; or a day alone, where no time zone says which instant it was; or nothing. */
export type When =
  | { kind: 'instant'; at: Date }
  | { kind: 'day'; day: string; timed: boolean }
  | { kind: 'none' }
  /** Something stands there that is no date, or is a publisher's way of writing none. */
  | { kind: 'unreadable' }

/** RFC 822 names these and no others; what "CET" or "IST" means depends on who writes it. */
const ZONES: Readonly<Record<string, number>> = {
  Z: 0, UT: 0, UTC: 0, GMT: 0, EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420,
} // prettier-ignore

/** Minutes east of Greenwich, or undefined. */
function offsetOf(text: string): number | undefined {
  const zone = text
    .trim()
    .replace(/\s*\(.*\)$/, '')
    .toUpperCase()
    .replace(/^(?:GMT|UTC)(?=[+-])/, '')
  if (Object.hasOwn(ZONES, zone)) return ZONES[zone]
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone.replace('−', '-'))
  if (!match) return undefined
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  if (minutes > 14 * 60) return undefined
  return match[1] === '-' ? -minutes : minutes
}

function whenOf(day: string | undefined, time: string | undefined, zone: string | undefined): When {
  if (!day) return { kind: 'unreadable' }
  if (!time) return { kind: 'day', day, timed: false }
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  if (hours > 24 || minutes > 59) return { kind: 'unreadable' }
  const offset = zone === undefined || zone.trim() === '' ? undefined : offsetOf(zone)
  if (offset === undefined) return { kind: 'day', day, timed: true }
  const at = Date.parse(`${day}T00:00:00Z`) + ((hours * 60 + minutes - offset) * 60 + Math.min(seconds, 59)) * 1000
  return { kind: 'instant', at: new Date(at) }
}

const TIME = String.raw`(\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?`
const ISO = new RegExp(
  String.raw`^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)(?:[T\s]+${TIME})?\s*(.*)$`,
  'i',
)
const RFC = new RegExp(
  String.raw`^(?:[\p{L}.]{1,12}\s*,?\s*)?(\d{1,2})[\s-]+([\p{L}\d]{1,12}\.?)[\s-]+(\d{4}|\d{2})(?:[\s,]+${TIME})?\s*(.*)$`,
  'u',
)
const AMERICAN = new RegExp(
  String.raw`^(?:\p{L}{3,9},?\s+)?(\p{L}{3,9})\.?\s+(\d{1,2}),?\s+(?:${TIME}\s+([A-Z+\d:-]*)\s*)?(\d{4})(?:[\s,]+${TIME})?\s*(.*)$`,
  'u',
)
const PACKED = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?\s*(Z|[+-]\d{2}:?\d{2})?$/

function instant(milliseconds: number): When {
  const at = new Date(milliseconds)
  if (Number.isNaN(at.getTime())) return { kind: 'unreadable' }
  return realDay(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())
    ? { kind: 'instant', at }
    : { kind: 'unreadable' }
}

export function readWhen(raw: string | number | null | undefined): When {
  const text = String(raw ?? '')
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .trim()
  if (!text) return { kind: 'none' }
  if (text.length > 80) return { kind: 'unreadable' }
  return inDigits(text) ?? inWords(text)
}

/** Seconds since 1970, or a date in digits alone. */
function inDigits(text: string): When | undefined {
  // 10 digits are seconds, 13 milliseconds, 16 microseconds.
  if (/^\d{10}(\.\d+)?$/.test(text)) return instant(Number(text) * 1000)
  if (/^\d{13}$/.test(text)) return instant(Number(text))
  if (/^\d{16}$/.test(text)) return instant(Number(text) / 1000)
  const packed = PACKED.exec(text)
  if (packed)
    return whenOf(
      realDay(Number(packed[1]), Number(packed[2]), Number(packed[3])),
      packed[4] ? `${packed[4]}:${packed[5]}:${packed[6] ?? '00'}` : undefined,
      packed[7],
    )
  const iso = ISO.exec(text)
  return iso ? whenOf(dayOfCell(iso[1] ?? ''), iso[2], iso[3]) : undefined
}

/** A date whose month is a word, or whatever a table would call a day. */
function inWords(text: string): When {
  const rfc = RFC.exec(text)
  const month = rfc && monthNamed(rfc[2] ?? '')
  if (rfc && month) return whenOf(realDay(fullYear(rfc[3] ?? ''), month, Number(rfc[1])), rfc[4], rfc[5])
  const american = AMERICAN.exec(text)
  const first = american && monthNamed(american[1] ?? '')
  if (american && first)
    return whenOf(
      realDay(Number(american[5]), first, Number(american[2])),
      american[3] ?? american[6],
      american[3] ? american[4] : american[7],
    )
  const day = dayOfCell(text)
  return day ? { kind: 'day', day, timed: false } : { kind: 'unreadable' }
}
