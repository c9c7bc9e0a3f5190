/** The small vocabulary every part of the product shares. No I/O, no clock, no randomness but ids. */
import { uuidv7 } from 'uuidv7'

/** A UUIDv7: sorts by the millisecond it was made, so a primary key on it appends instead of scattering. */
export const newId = (): string => uuidv7()

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

/** Calendar day (`2026-11-22`) of an instant in the business time zone. */
export function dayIn(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  )
}

/** Monday (`2026-11-16`) of the ISO week that holds a day given as `YYYY-MM-DD`. */
export function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
