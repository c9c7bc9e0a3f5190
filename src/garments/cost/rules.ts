/** What a house calculates by before it has set its own: labour, terms, rungs; and the same in another currency. */
import type { Currency, Minor } from '../../core/values.ts'
import { perCategory } from '../categories/index.ts'
import type { Category, CostTerms, HouseRules } from '../types.ts'

/**
 * What a full calculation starts with, CNY fen: a minute of a small workshop, pattern and grading, a sample, inspection
 * and road freight as they are quoted in 2026 for lots of about 100 (ours, by asking; an operator replaces them). VAT is
 * left at nothing: whether a house gets it back is its own affair.
 */
const DEFAULT_TERMS: CostTerms = {
  minuteRate: 125,
  ownMinutes: {},
  patternPerStyle: 600_00,
  samplePerStyle: 300_00,
  dyeLotMetres: 0,
  inspectionPercent: 1,
  freightPerKg: 3_00,
  vatPercent: 0,
}

/**
 * What a house starts with. Labour prices are assumptions (CNY fen for one piece, of a workshop that makes small
 * lots); an operator replaces them. They count where minutes are not known.
 */
export const DEFAULT_RULES: HouseRules = {
  currency: 'CNY',
  marginPercent: 45,
  overheadPercent: 8,
  thresholdUnits: 100,
  rungs: [100, 200, 500, 1000, 2000],
  cmt: perCategory(({ trade }) => trade.cmt),
  cmtVolumeSavingPercent: 20,
  materialVolumeSavingPercent: 8,
  terms: DEFAULT_TERMS,
}

/**
 * CNY for one unit of a currency, to restate prices we only know in CNY (trims, default labour) for a house that
 * calculates in another. Rough assumptions, not a day's rate: every use says so in the line's basis.
 */
export const ASSUMED_CNY_PER: Readonly<Record<Currency, number>> = { CNY: 1, USD: 7.1, EUR: 7.8, GBP: 9.1 }

/** Restate an amount in another currency at the assumed rates, rounded up: never cheaper than it was. */
export const restate = (amount: Minor, from: Currency, to: Currency): Minor =>
  from === to ? amount : Math.ceil((amount * ASSUMED_CNY_PER[from]) / ASSUMED_CNY_PER[to] - 1e-9)

/** The default rules for a house that calculates in another currency, labour restated at the assumed rates. */
export const defaultRulesIn = (currency: Currency): HouseRules => ({
  ...DEFAULT_RULES,
  currency,
  cmt: Object.fromEntries(
    Object.entries(DEFAULT_RULES.cmt).map(([category, amount]) => [category, restate(amount, 'CNY', currency)]),
  ) as Record<Category, Minor>,
  terms: termsIn(currency),
})

/** {@link DEFAULT_TERMS} for a house that calculates in another currency. */
export const termsIn = (currency: Currency): CostTerms => {
  const money = (amount: Minor): Minor => restate(amount, 'CNY', currency)
  return {
    ...DEFAULT_TERMS,
    minuteRate: money(DEFAULT_TERMS.minuteRate),
    patternPerStyle: money(DEFAULT_TERMS.patternPerStyle),
    samplePerStyle: money(DEFAULT_TERMS.samplePerStyle),
    freightPerKg: money(DEFAULT_TERMS.freightPerKg),
  }
}
