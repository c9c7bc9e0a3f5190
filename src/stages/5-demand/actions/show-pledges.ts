import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { campaignById, hiddenFrom, ladderOf, pricesOf } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { rungsWith } from '../pledges.ts'
import { rungsOf } from '../store/pledges.ts'

/**
 * The rungs of the lot that gathers as its pledges make them: how many pieces accept the price of each, and what it still
 * needs. @throws Problem 404, 410
 */
export const showPledges = action({
  name: 'demand.pledges',
  scope: 'anyone',
  input: byId,
  output: z.array(
    z.object({
      fromUnits: z.int(),
      unitPrice: z.int(),
      /** Pieces that accept this price. */
      units: z.int(),
      /** Those of them that count up to a price only. */
      pledged: z.int(),
      missing: z.int(),
      /** It is the price that everybody would pay now. */
      reached: z.boolean(),
      currency: z.string(),
    }),
  ),
  async run({ db }: DemandContext, actor, { id }) {
    const campaign = await campaignById(db.read, id)
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, id)
    const hidden = hiddenFrom(actor, campaign)
    if (hidden) throw hidden
    const { unitPrice: now } = pricesOf(campaign)
    const firm = { units: campaign.lotUnits - campaign.pledgesCounted }
    return rungsWith(ladderOf(campaign), firm, await rungsOf(db.read, id)).map((rung) => ({
      ...rung,
      reached: rung.unitPrice === now && rung.missing === 0,
      currency: campaign.currency,
    }))
  },
})
