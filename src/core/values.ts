/** The small vocabulary every part of the product shares. No I/O, no clock, no randomness but ids. */
import { uuidv7 } from 'uuidv7'

/** A UUIDv7: sorts by the millisecond it was made, so a primary key on it appends instead of scattering. */
export const newId = (): string => uuidv7()

/** The smallest id that could have been made at that moment: what is older has a smaller one. */
export const oldestIdAt = (at: Date): string => {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

export const LANGS = ['zh', 'en'] as const
export type Lang = (typeof LANGS)[number]
/** Words for a person, in both languages. Nothing a person reads exists in one language only. */
export type Localized = Readonly<Record<Lang, string>>

/** Integer minor units (fen, cents). Never a float; the currency stands beside it in the record that owns it. */
export type Minor = number

/** ISO 4217 codes the product prices in. */
export const CURRENCIES = ['CNY', 'USD', 'EUR', 'GBP'] as const
export type Currency = (typeof CURRENCIES)[number]

/** Making a formatter takes a hundred times as long as using it, so each is made once. */
const MONEY_FORMATS = Object.fromEntries(
  CURRENCIES.map((currency) => [
    currency,
    {
      zh: new Intl.NumberFormat('zh-CN', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
      en: new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'symbol' }),
    },
  ]),
) as Readonly<Record<Currency, Readonly<Record<Lang, Intl.NumberFormat>>>>

/**
 * Print an amount for a person: `formatMoney(54000, 'CNY', 'zh')` → `¥540.00`.
 * @param amount integer minor units
 */
export const formatMoney = (amount: Minor, currency: Currency, lang: Lang): string =>
  MONEY_FORMATS[currency][lang].format(amount / 100)

const NUMBER_FORMATS = new Map<string, Intl.NumberFormat>()

/**
 * A formatter of numbers, made once for each locale and way of writing: making one costs as much as a hundred numbers.
 * @param digits after the point; of a percentage only those that say something
 */
export function numberFormat(locale: string, style: 'decimal' | 'percent', digits: number): Intl.NumberFormat {
  const key = `${locale} ${style} ${digits}`
  let format = NUMBER_FORMATS.get(key)
  if (!format) {
    const least = style === 'percent' ? 0 : digits
    format = new Intl.NumberFormat(locale, { style, maximumFractionDigits: digits, minimumFractionDigits: least })
    NUMBER_FORMATS.set(key, format)
  }
  return format
}

const DATE_FORMATS = new Map<string, Intl.DateTimeFormat>()

/** A formatter of dates, made once for each locale, zone and way of writing. */
export function dateFormat(
  locale: string,
  timeZone: string,
  style: Omit<Intl.DateTimeFormatOptions, 'timeZone'>,
): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(style)}`
  let format = DATE_FORMATS.get(key)
  if (!format) DATE_FORMATS.set(key, (format = new Intl.DateTimeFormat(locale, { ...style, timeZone })))
  return format
}

/** `2026年11月22日`, `22 November 2026`: a day as a letter or a page says it. */
export const longDay = (instant: Date, lang: Lang, timeZone: string): string =>
  dateFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', timeZone, { dateStyle: 'long' }).format(instant)

/** Calendar day (`2026-11-22`) of an instant in the business time zone. */
export const dayIn = (instant: Date, timeZone: string): string =>
  dateFormat('en-CA', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant)

/** Monday (`2026-11-16`) of the ISO week that holds a day given as `YYYY-MM-DD`. */
export function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

/**
 * Whether words that a stranger typed may stand in a letter to somebody else, under the house's name: one line, and no
 * address of a website to follow.
 */
export const isPlainLine = (text: string): boolean => !/[\p{Cc}\p{Zl}\p{Zp}]|:\/\/|www\.|\.[a-z]{2,}\//iu.test(text)

/** Rows by what they have in common, each list in their order. */
export function grouped<Row, Key>(rows: Iterable<Row>, keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const known = groups.get(key)
    if (known) known.push(row)
    else groups.set(key, [row])
  }
  return groups
}

/** An instant as JSON has it; null where there is none. */
export const timeOf = (at: Date | null): string | null => at?.toISOString() ?? null

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
