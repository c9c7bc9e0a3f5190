/** What a design run keeps in its row: the request as it was understood, and the proposals once they are made. */
import type { Localized } from '../../../core/values.ts'
import { BLOCKS, type Block, type HouseRules, type Material } from '../../../garments/index.ts'
import type { House } from '../../0-house/door.ts'
import type { BriefTrend, DesignBrief, Proposal, Sold } from '../designer/designer.ts'
import type { Preferences } from '../designer/preference.ts'
import type { Unfollowed } from '../designer/fidelity.ts'
import type { Removed } from '../gates/source.ts'
import { requestSchema } from '../model.ts'
import type { z } from 'zod'

export interface RunPlan {
  request: z.output<typeof requestSchema>
  trends: readonly BriefTrend[]
  /** What gate G0 took out of the trends' evidence. */
  removed: readonly Removed[]
  proposals?: Proposal[]
  /** Trends that no garment of the house can follow, with what is missing. */
  unfollowed: readonly Unfollowed[]
  /** What its designs lack of their trends, by slot: asked for, made, because. */
  unmet: readonly { slot: number; text: Localized }[]
  /** Slots that could not be built, with the reason. */
  skipped: Readonly<Record<number, Localized>>
  /** Its reaction failed for good; tried again, it goes on. */
  gaveUp?: boolean
}

/** The plan in a run's row, whole also where an earlier release wrote less. */
export const planOf = (plan: Partial<RunPlan>): RunPlan => {
  return {
    request: plan.request ?? requestSchema.parse({}),
    trends: plan.trends ?? [],
    removed: plan.removed ?? [],
    skipped: plan.skipped ?? {},
    unfollowed: plan.unfollowed ?? [],
    unmet: plan.unmet ?? [],
    ...(plan.proposals ? { proposals: plan.proposals } : {}),
    ...(plan.gaveUp ? { gaveUp: true } : {}),
  }
}

export interface HouseSide {
  house: House
  rules: HouseRules
  materials: readonly Material[]
  whatSold: readonly Sold[]
  preferences: Preferences
}

/** What may be designed: as the request says, or as the house does. */
export const allowedBlocks = (
  { categories, genders }: Pick<z.output<typeof requestSchema>, 'categories' | 'genders'>,
  house: House,
): Block[] =>
  BLOCKS.filter(
    (block) =>
      (categories ?? house.designCategories).includes(block.category) &&
      (genders ?? house.designGenders).includes(block.gender),
  )

/** The brief a designer gets: the request where it says something, the house where it does not. */
export const runBrief = (
  runId: string,
  { request, trends }: RunPlan,
  { house, rules, materials, whatSold, preferences }: HouseSide,
): DesignBrief => ({
  trends,
  count: request.count,
  categories: request.categories ?? house.designCategories,
  genders: request.genders ?? house.designGenders,
  season: request.season ?? 'all-season',
  priceBand: request.priceBand,
  currency: house.currency,
  materials,
  rules,
  whatSold,
  preferences,
  fidelity: house.trendFidelityPercent / 100,
  seed: request.seed ?? 1,
  subjectId: runId,
})
