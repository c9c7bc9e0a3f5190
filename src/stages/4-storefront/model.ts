import { z } from 'zod'
import type { Transitions } from '../../core/states.ts'
import { problem } from '../../core/errors.ts'
import { LANGS, type Minor } from '../../core/values.ts'
import type { CAMPAIGN_STATES } from '../../db/schema.ts'
import type { Rung } from '../../garments/types.ts'

export type CampaignState = (typeof CAMPAIGN_STATES)[number]

export const CAMPAIGN_MOVES: Transitions<CampaignState> = {
  scheduled: ['open'],
  open: ['dispatching', 'released'],
  dispatching: ['closed'],
  closed: [],
  released: [],
}

/** What a merchandiser may set when approving; what is left out comes from the house's rules. */
export const campaignTerms = z
  .object({
    opensAt: z.iso.datetime({ offset: true }),
    closesAt: z.iso.datetime({ offset: true }),
    thresholdUnits: z.int().min(1).max(1_000_000),
    minBuyers: z.int().min(1).max(100_000),
    perBuyerCap: z.int().min(1).max(100_000),
    promisedDays: z.int().min(1).max(365),
  })
  .partial()
  .strict()
export type CampaignTerms = z.infer<typeof campaignTerms>

export const inquirySchema = z.strictObject({
  email: z.email().max(254),
  question: z.string().trim().min(3).max(2000),
  lang: z.enum(LANGS).default('zh'),
})

export const answerSchema = z.strictObject({
  answer: z.string().trim().min(1).max(4000),
  /** Show question and answer to every visitor of the style's page. */
  publish: z.boolean().default(false),
})

/** Where a campaign stands on its ladder: what one unit costs now, and what it will cost when more join. */
export interface LadderPosition {
  unitPrice: Minor
  next: { fromUnits: number; unitPrice: Minor; unitsMissing: number } | undefined
}

/**
 * The rung that `units` has reached. Below the first rung the first rung's price is asked: nobody is shown a price
 * that depends on units nobody can see.
 * @param ladder rungs by rising `fromUnits`, prices never rising
 */
export function ladderAt(ladder: readonly Rung[], units: number): LadderPosition {
  const reached = ladder.filter((rung) => rung.fromUnits <= units).at(-1) ?? ladder[0]
  if (!reached) throw new Error('a ladder without rungs')
  const next = ladder.find((rung) => rung.fromUnits > units && rung.unitPrice < reached.unitPrice)
  return {
    unitPrice: reached.unitPrice,
    next: next && { fromUnits: next.fromUnits, unitPrice: next.unitPrice, unitsMissing: next.fromUnits - units },
  }
}

/** Terms that cannot stand: an end before the start, a threshold the ladder was not costed for. */
export function checkTerms(terms: { opensAt: Date; closesAt: Date; thresholdUnits: number }, costedAt: number): void {
  if (terms.closesAt <= terms.opensAt)
    throw problem(
      'campaigns.dates',
      422,
      {
        en: 'The campaign would close before it opens. Choose a closing date after the opening date.',
        zh: '预售的截止时间早于开始时间，请选择晚于开始时间的截止时间。',
      },
      { field: 'closesAt' },
    )
  if (terms.thresholdUnits < costedAt)
    throw problem(
      'campaigns.threshold',
      422,
      {
        en: `The price was calculated for at least ${costedAt} units. Set a threshold of ${costedAt} or more, or refine the style under other rules.`,
        zh: `价格按至少 ${costedAt} 件核算。请将起做量设为 ${costedAt} 或以上，或按其他规则重新核价。`,
      },
      { field: 'thresholdUnits' },
    )
}
