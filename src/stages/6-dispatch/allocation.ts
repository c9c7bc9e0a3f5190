import type { Currency, Localized, Minor } from '../../core/values.ts'
import { DAY } from '../../core/values.ts'

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

function obstacles(inputs: AllocationInputs, factory: Candidate): Localized[] {
  const found: Localized[] = []
  const refuse = (en: string, zh: string) => void found.push({ en, zh })
  const { units } = inputs
  if (factory.state !== 'active' || !factory.verified)
    refuse(
      `It is not active and verified (state: ${factory.state}).`,
      `尚未启用或未通过接口验证（状态：${factory.state}）。`,
    )
  if (inputs.excluded?.includes(factory.id))
    refuse('This order was called off with it before.', '本单此前已与其协商取消，不再派给该厂。')
  if (!factory.categories.includes(inputs.category))
    refuse(`It does not make ${inputs.category}.`, `不生产该品类（${inputs.category}）。`)
  if (factory.moq > units)
    refuse(
      `Its minimum of ${factory.moq} is above the lot of ${units}.`,
      `起订量 ${factory.moq} 件高于本批 ${units} 件。`,
    )
  if (factory.maxUnits < units)
    refuse(
      `The lot of ${units} is above its maximum of ${factory.maxUnits}.`,
      `本批 ${units} 件超过其单笔上限 ${factory.maxUnits} 件。`,
    )
  // Class A is the strictest and comes first in the alphabet.
  if (factory.complianceClass > inputs.safetyClass)
    refuse(
      `It is cleared for class ${factory.complianceClass}; the style needs ${inputs.safetyClass} (GB 18401).`,
      `其资质为 ${factory.complianceClass} 类，本款要求 ${inputs.safetyClass} 类（GB 18401）。`,
    )
  if (factory.currency !== inputs.currency)
    refuse(
      `It quotes in ${factory.currency}, the order is in ${inputs.currency}.`,
      `报价币种为 ${factory.currency}，订单币种为 ${inputs.currency}。`,
    )
  if (inputs.ceiling !== null && factory.price > inputs.ceiling)
    refuse(
      `At its price of ${factory.price} a garment would sell below cost (ceiling ${inputs.ceiling}).`,
      `按其加工费 ${factory.price} 将低于成本销售（上限 ${inputs.ceiling}）。`,
    )
  const days = (Date.parse(inputs.shipBy) - Date.parse(inputs.now)) / DAY
  const lead = leadDaysOf(factory.leadDays, factory.history.leadDays)
  if (lead > days)
    refuse(
      `It needs ${lead} days and there are ${Math.floor(Math.max(0, days))} until the ship-by date.`,
      `其交期 ${lead} 天，距最迟发货日仅 ${Math.floor(Math.max(0, days))} 天。`,
    )
  const free = freeUnits(factory.weeklyCapacity, factory.committedUnits, days)
  if (free < units)
    refuse(
      `Its free capacity before the ship-by date is ${Math.max(0, free)} units, the lot has ${units}.`,
      `最迟发货日前的剩余产能为 ${Math.max(0, free)} 件，本批 ${units} 件。`,
    )
  return found
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
    if (isOverShare(factory))
      row.reasons.push({
        en: `With this lot it would hold more than ${inputs.terms.maxSharePercent} % of the units of 90 days: asked after the others.`,
        zh: `接下本批后其近 90 天份额将超过 ${inputs.terms.maxSharePercent}%：排在其他工厂之后。`,
      })
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
      newcomer.row.reasons.push({
        en: `Asked first: ${inputs.terms.explorationPercent} % of the units, in small lots, go to factories we do not know yet.`,
        zh: `优先询单：按规则，${inputs.terms.explorationPercent}% 的件数以小批量交给新工厂试单。`,
      })
      order.unshift(newcomer)
    }
  }
  order.forEach(({ row }, index) => (row.rank = index + 1))
  const out = judged.filter((each) => each.out).sort((x, y) => (x.row.factoryId < y.row.factoryId ? -1 : 1))
  return [...order, ...out].map(({ row }) => row)
}
