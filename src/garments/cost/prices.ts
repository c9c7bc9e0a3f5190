/** What a garment is offered at: the price a cost asks for, and the ladder of prices over quantities. */
import type { Minor } from '../../core/values.ts'
import type { BomRow, Category, Derived, FlooredRung, HouseRules, Rung, StyleSpec } from '../types.ts'
import { costOf, type Making } from './lines.ts'
import type { CostOverride } from './overrides.ts'

/** The lowest price that leaves the margin over a cost: cost ÷ (1 − margin), rounded up to a whole minor unit. */
export const priceFor = (cost: Minor, marginPercent: number): Minor =>
  Math.ceil((cost * 100) / (100 - marginPercent) - 1e-9)

/**
 * Round up to a price a shop would print: …9.00 from 300.00 on, …4.00 or …9.00 from 100.00 on, ….90 below. Never down,
 * so the margin stays; and never lower for a higher price, so a ladder stays a ladder.
 */
export function shopPrice(price: Minor): Minor {
  const [, step, short] = SHOP_STEPS.find(([upTo]) => price <= upTo) ?? [Infinity, 10_00, 1_00]
  return Math.ceil((price + short) / step) * step - short
}
/** Up to which price, in what steps, and how far below the round number. A price is one that this gives for itself. */
const SHOP_STEPS: readonly (readonly [upTo: Minor, step: Minor, short: Minor])[] = [
  [99_90, 1_00, 10],
  [299_00, 5_00, 1_00],
]

export interface LadderInput {
  category: Category
  bom: readonly BomRow[]
  sizes: readonly string[]
  rules: HouseRules
  overrides?: readonly CostOverride[]
  making?: Making
}

/** Cost of the dearest size (the largest, unless a marker lies oddly) at a quantity: one price has to carry them all. */
const dearest = ({ sizes, ...rest }: LadderInput, units: number): Minor =>
  Math.max(...sizes.map((size) => costOf({ ...rest, size, units }).total))

/** The lowest price this style may ever be offered at: cost at the threshold quantity ÷ (1 − margin). */
export const priceFloor = (input: LadderInput): Minor =>
  priceFor(dearest(input, input.rules.thresholdUnits), input.rules.marginPercent)

/**
 * The price ladder: from the threshold on, and at each rung of the house above it, the shop price that keeps the
 * margin for every size. Unit prices never rise from rung to rung, so whoever orders, whatever joins them makes
 * their order no dearer; a rung at which the price would not fall is left out.
 */
export const ladder = (input: LadderInput): Rung[] =>
  rungsFrom(input, input.rules.thresholdUnits).map(({ fromUnits, unitPrice }) => ({ fromUnits, unitPrice }))

/** The ladder of lots of `smallest` units and more: each priced by what so many cost made by themselves. */
export function rungsFrom(input: LadderInput, smallest: number): FlooredRung[] {
  const { rules } = input
  const steps = [smallest, ...[rules.thresholdUnits, ...rules.rungs].filter((units) => units > smallest)]
  const rungs: FlooredRung[] = []
  for (const fromUnits of [...new Set(steps)].sort((a, b) => a - b)) {
    const floor = priceFor(dearest(input, fromUnits), rules.marginPercent)
    const unitPrice = shopPrice(floor)
    const above = rungs.at(-1)
    if (!above || unitPrice < above.unitPrice) rungs.push({ fromUnits, unitPrice, floor })
  }
  return rungs
}

/** What a stored version is priced by. */
export const pricingOf = (
  spec: Pick<StyleSpec, 'category' | 'colourways'>,
  { bom, sizes, making }: Derived,
  rules: HouseRules,
): LadderInput => ({
  category: spec.category,
  bom,
  sizes: sizes.map(({ size }) => size),
  rules,
  making: {
    weightG: Object.fromEntries(sizes.map(({ size, weightG }) => [size, weightG])),
    colourways: spec.colourways.length,
    ...(making ? { minutes: making.minutes } : {}),
  },
})

/**
 * What everybody pays when so many units are sold together. Below the first rung nothing is made, so the first
 * rung's price is the one to show.
 * @throws RangeError for a ladder without rungs
 */
export function priceAt(rungs: readonly Rung[], units: number): Minor {
  const reached = rungs.findLast((rung) => rung.fromUnits <= units) ?? rungs[0]
  if (!reached) throw new RangeError('a ladder without rungs has no price')
  return reached.unitPrice
}
