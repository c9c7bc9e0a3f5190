/** What a garment costs and what it is offered at. The parts are in cost/. */
export { clothSaving, costOf, type CostInput, labourSaving, type Making } from './cost/lines.ts'
export type { CostOverride } from './cost/overrides.ts'
export {
  ladder,
  type LadderInput,
  priceAt,
  priceFloor,
  priceFor,
  pricingOf,
  rungsFrom,
  shopPrice,
} from './cost/prices.ts'
export { ASSUMED_CNY_PER, DEFAULT_RULES, defaultRulesIn, restate, termsIn } from './cost/rules.ts'
