import type { Actor } from '../../core/actor.ts'
import {
  dateFormat,
  DAY,
  formatMoney,
  HOUR,
  longDay as spokenDay,
  MINUTE,
  numberFormat,
  type Currency,
  type Lang,
  type Localized,
} from '../../core/values.ts'
import { DEFAULT_ZONE, spokenEnd, spokenEnds } from '../../core/zones.ts'

/** What every page knows about who is looking at it. */
export interface View {
  lang: Lang
  actor: Actor
  /** Without the query. */
  path: string
  url: string
  /** Who it is was proved a short while ago: forms for what is dear are offered. */
  confirmed?: boolean
  /** The business time zone; days are meant in it. */
  timeZone?: string
  /** Stands before the ids of a piece that is drawn apart from its page: two pieces would count from the same number. */
  ids?: string
  /** What the shop calls itself. */
  house?: Localized
}

export const say = (view: Pick<View, 'lang'>, text: Localized): string => text[view.lang]

type Telling = Pick<View, 'lang' | 'timeZone'>
const localeOf = ({ lang }: Telling) => (lang === 'zh' ? 'zh-CN' : 'en-GB')
/** The house's default; pages that know the house's own zone carry it in the view. */
const zoneOf = ({ timeZone = DEFAULT_ZONE }: Telling) => timeZone

/** `2026年11月22日`, `22 November 2026`. */
export const longDay = (view: Telling, at: Date): string => spokenDay(at, view.lang, zoneOf(view))

/** `22 November 2026, 23:59 (Beijing time)`: when a campaign closes, as letters say it too. */
export const ending = (view: Telling, at: Date): string => spokenEnd(at, view.lang, zoneOf(view))

/** The same in every language, for words that are told in several. */
export const endTold = (at: Date, timeZone = DEFAULT_ZONE): Localized => spokenEnds(at, timeZone)

/** `11月22日`, `22 Nov`. */
export const shortDay = (view: Telling, at: Date): string =>
  dateFormat(localeOf(view), zoneOf(view), { month: view.lang === 'zh' ? 'long' : 'short', day: 'numeric' }).format(at)

/** Day and minute, for logs and histories. */
export const moment = (view: Telling, at: Date): string =>
  dateFormat(localeOf(view), zoneOf(view), {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at)

export const money = (view: Telling, amount: number, currency: Currency): string =>
  formatMoney(amount, currency, view.lang)

/** An amount as a shop shows it: whole ones without their zeros. */
export const price = (view: Telling, amount: number, currency: Currency): string =>
  amount % 100 === 0 ? money(view, amount, currency).replace(/[.,]00(?!\d)/, '') : money(view, amount, currency)

export const count = (view: Telling, value: number, digits = 0): string =>
  numberFormat(localeOf(view), 'decimal', digits).format(value)

export const percent = (view: Telling, share: number, digits = 0): string =>
  numberFormat(localeOf(view), 'percent', digits).format(share)

/** A probability; nothing that is still open is shown as certain. */
export function chance(view: Telling, share: number): string {
  if (share > 0.99 && share < 1) return `>${percent(view, 0.99)}`
  return share < 0.01 && share > 0 ? `<${percent(view, 0.01)}` : percent(view, share)
}

/** What is left until `at`, in the unit a person would choose. */
export function remaining(view: Telling, now: Date, at: Date): string {
  const left = at.getTime() - now.getTime()
  if (left <= 0) return say(view, { zh: '已截止', en: 'closed' })
  if (left >= 2 * DAY) {
    const days = Math.floor(left / DAY)
    return say(view, { zh: `剩 ${days} 天`, en: `${days} days left` })
  }
  if (left >= HOUR) {
    const hours = Math.floor(left / HOUR)
    return say(view, { zh: `剩 ${hours} 小时`, en: hours === 1 ? '1 hour left' : `${hours} hours left` })
  }
  const minutes = Math.max(1, Math.floor(left / MINUTE))
  return say(view, { zh: `剩 ${minutes} 分钟`, en: minutes === 1 ? '1 minute left' : `${minutes} minutes left` })
}

/** `1 unit`, `3 units`; Chinese has no plural: `3 件`. */
export const units = (view: Telling, value: number): string =>
  say(view, { zh: `${count(view, value)} 件`, en: `${count(view, value)} ${value === 1 ? 'unit' : 'units'}` })

/**
 * A path of our own, that no browser takes for another site: two slashes in front name a host, a backslash is read as a
 * slash, and tabs and line breaks are left out before anything else.
 */
export const isOwnPath = (address: string): boolean => /^\/(?![/\\])\P{Cc}*$/u.test(address)

/**
 * An address that may stand in a link: one of our own paths, or http(s). Anything else (javascript:, data:) would run
 * or deceive, and text from feeds and factories ends up in links.
 */
export function safeHref(address: string | null | undefined): string | undefined {
  if (!address) return undefined
  if (isOwnPath(address)) return address
  try {
    const { protocol, href } = new URL(address)
    return protocol === 'https:' || protocol === 'http:' ? href : undefined
  } catch {
    return undefined
  }
}

/** A colour as pages may draw it; anything else is drawn as an empty swatch. */
export const safeColour = (hex: string | undefined): string | undefined =>
  hex && /^#[0-9a-f]{6}$/i.test(hex) ? hex : undefined
