import type { Currency, Localized, Minor } from '../../core/values.ts'
import { DAY } from '../../core/values.ts'
import { choosing } from './messages.ts'

/** Everything that is known about a factory at the moment of the decision. */
export interface Candidate {
  id: string
  name: string
  state: string
  verified: boolean
  categories: readonly string[]
  moq: number
  maxUnits: number
  weeklyCapacity: number
  leadDays: number
  /** CMT per unit for this category; the house's rate where the factory has none. */
  price: Minor
  currency: Currency
  complianceClass: string
  /** Units of orders in hand and of offers it has not answered yet. */
  committedUnits: number
  /** The last 90 days: orders shipped, overdue or given up, how many of them late; inspected, how many failed. */
  history: { done: number; late: number; inspected: number; failed: number; leadDays: readonly number[] }
  /** Units it was given in the last 90 days. */
  recentUnits: number
}

export interface AllocationTerms {
  /** Minor units per garment. */
  latePenalty: Minor
  rework: Minor
  maxSharePercent: number
  explorationPercent: number
  explorationUnits: number
}

/** All inputs of one decision; stored, so that it can be replayed. Instants are ISO 8601. */
export interface AllocationInputs {
  version: 1
  units: number
  category: string
  safetyClass: string
  currency: Currency
  now: string
  shipBy: string
  /** The highest CMT at which a garment does not sell below its cost; null = not known. */
  ceiling: Minor | null
  terms: AllocationTerms
  recentOrders: number
  /** Offers made in earlier rounds; everybody may be asked again in this one. */
  askedBefore: number
  /** Factories this order was called off with; decisions from before that was possible have none. */
  excluded?: readonly string[]
  factories: readonly Candidate[]
}

export interface Ranked {
  factoryId: string
  name: string
  /** 1 = first to be asked; null = filtered out, `reasons` says why. */
  rank: number | null
  price: Minor
  lateRisk: number
  failRisk: number
  /** price + P(late) × penalty + P(inspection fails) × rework, per garment in minor units. */
  expectedCost: number
  /** The classic weighted score, 0–1, beside it for comparison. */
  score: number
  isNew: boolean
  reasons: Localized[]
}

/** Beta priors worth ten orders: two good ones out of two do not beat 95 out of 100. */
const LATE_PRIOR = { a: 1.5, b: 8.5 }
const FAIL_PRIOR = { a: 1, b: 9 }
/** Published scorecards give quality 35–60 %, delivery 15–30 %, price 10–25 %. */
const WEIGHTS = { quality: 0.45, delivery: 0.3, price: 0.25 }
/** With fewer finished orders than this a factory is new, and its own lead times say nothing yet. */
const NEW_BELOW = 3
const LEAD_TIMES_FROM = 5
/** A share of fewer orders than this is an accident, not a dependence. */
const CAP_FROM_ORDERS = 5

const shrunk = (hits: number, of: number, prior: { a: number; b: number }): number =>
  (hits + prior.a) / (of + prior.a + prior.b)

/** The value below which nine out of ten lie (nearest rank). */
export const percentile90 = (values: readonly number[]): number | undefined =>
  [...values].sort((x, y) => x - y)[Math.ceil(values.length * 0.9) - 1]

/** Promised is what the factory says or, once known, the 90th percentile of what it did, if that is longer. */
export const leadDaysOf = (stated: number, past: readonly number[]): number =>
  past.length < LEAD_TIMES_FROM ? stated : Math.max(stated, Math.ceil(percentile90(past) ?? 0))

/** Units a factory can still take on before the ship-by date. */
export const freeUnits = (weeklyCapacity: number, committedUnits: number, days: number): number =>
  Math.floor((weeklyCapacity * Math.max(0, days)) / 7) - committedUnits

/** Why a factory cannot have this lot; everything that stands in the way is told. */
function obstacles(inputs: AllocationInputs, factory: Candidate): Localized[] {
  const { units, category, safetyClass, currency, ceiling } = inputs
  const days = (Date.parse(inputs.shipBy) - Date.parse(inputs.now)) / DAY
  const lead = leadDaysOf(factory.leadDays, factory.history.leadDays)
  const free = freeUnits(factory.weeklyCapacity, factory.committedUnits, days)
  const found: (Localized | false | undefined)[] = [
    (factory.state !== 'active' || !factory.verified) && choosing.all('not-active', { state: factory.state }),
    inputs.excluded?.includes(factory.id) && choosing.all('called-off'),
    !factory.categories.includes(category) && choosing.all('category', { category }),
    factory.moq > units && choosing.all('moq', { moq: factory.moq, units }),
    factory.maxUnits < units && choosing.all('too-large', { units, most: factory.maxUnits }),
    // Class A is the strictest and comes first in the alphabet.
    factory.complianceClass > safetyClass &&
      choosing.all('class', { cleared: factory.complianceClass, needed: safetyClass }),
    factory.currency !== currency && choosing.all('currency', { quoted: factory.currency, currency }),
    ceiling !== null && factory.price > ceiling && choosing.all('ceiling', { price: factory.price, ceiling }),
    lead > days && choosing.all('lead-time', { lead, days: Math.floor(Math.max(0, days)) }),
    free < units && choosing.all('capacity', { free: Math.max(0, free), units }),
  ]
  return found.filter((each) => each !== false && each !== undefined)
}

/**
 * Who should make the lot: hard filters first, then the lowest expected landed cost; a factory over its share goes
 * behind the others, and new factories get the share they are owed. Pure: the same inputs give the same ranking.
 * @returns candidates by rank, then those filtered out with every reason
 */
export function allocate(inputs: AllocationInputs): Ranked[] {
  const cheapest = Math.min(...inputs.factories.map(({ price }) => price))
  const judged = inputs.factories.map((factory) => {
    const { history, price } = factory
    const lateRisk = shrunk(history.late, history.done, LATE_PRIOR)
    const failRisk = shrunk(history.failed, history.inspected, FAIL_PRIOR)
    const cost = price + lateRisk * inputs.terms.latePenalty + failRisk * inputs.terms.rework
    const score =
      WEIGHTS.quality * (1 - failRisk) + WEIGHTS.delivery * (1 - lateRisk) + WEIGHTS.price * (cheapest / price)
    const reasons = obstacles(inputs, factory)
    const row: Ranked = {
      factoryId: factory.id,
      name: factory.name,
      rank: null,
      price,
      lateRisk,
      failRisk,
      expectedCost: Math.round(cost),
      score: Math.round(score * 1000) / 1000,
      isNew: history.done < NEW_BELOW,
      reasons,
    }
    return { row, factory, cost, out: reasons.length > 0 }
  })
  const fit = judged
    .filter(({ out }) => !out)
    .sort((x, y) => x.cost - y.cost || y.row.score - x.row.score || (x.row.factoryId < y.row.factoryId ? -1 : 1))

  const total = inputs.factories.reduce((sum, { recentUnits }) => sum + recentUnits, 0)
  const isOverShare = ({ recentUnits }: Candidate) =>
    inputs.recentOrders >= CAP_FROM_ORDERS &&
    ((recentUnits + inputs.units) / (total + inputs.units)) * 100 > inputs.terms.maxSharePercent
  for (const { row, factory } of fit)
    if (isOverShare(factory)) row.reasons.push(choosing.all('over-share', { percent: inputs.terms.maxSharePercent }))
  const order = [
    ...fit.filter(({ factory }) => !isOverShare(factory)),
    ...fit.filter(({ factory }) => isOverShare(factory)),
  ]

  const newUnits = judged.reduce((sum, { row, factory }) => sum + (row.isNew ? factory.recentUnits : 0), 0)
  const owed = (inputs.terms.explorationPercent / 100) * total - newUnits
  const first = order.findIndex(({ row }) => row.isNew)
  if (owed > 0 && inputs.units <= inputs.terms.explorationUnits && first > 0) {
    const [newcomer] = order.splice(first, 1)
    if (newcomer) {
      newcomer.row.reasons.push(choosing.all('newcomer', { percent: inputs.terms.explorationPercent }))
      order.unshift(newcomer)
    }
  }
  order.forEach(({ row }, index) => (row.rank = index + 1))
  const out = judged.filter((each) => each.out).sort((x, y) => (x.row.factoryId < y.row.factoryId ? -1 : 1))
  return [...order, ...out].map(({ row }) => row)
}
