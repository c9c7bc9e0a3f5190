import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { campaignById, ownPriceOf } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { lotsOf } from '../store/lots.ts'
import { LOT_REASONS, LOT_STATES } from '../tables.ts'

/**
 * The lots of a campaign, oldest first, with the price that everybody in it pays and what is given away by it: the price of a
 * lot's own units was dearer where the house prices by the total, or where somebody was shown less before others left.
 */
export const listLots = action({
  name: 'demand.list-lots',
  scope: 'campaigns:read',
  input: byId,
  output: z.array(
    z.object({
      id: z.string(),
      number: z.int(),
      state: z.enum(LOT_STATES),
      reason: z.enum([...LOT_REASONS, 'hand']),
      units: z.int(),
      buyers: z.int(),
      frozenAt: z.date(),
      unitPrice: z.int(),
      /** What one unit costs in a lot of its size. */
      ownPrice: z.int(),
      /** Margin that the house gave away by it, on all its units. */
      givenAway: z.int(),
      currency: z.string(),
    }),
  ),
  async run({ db }: DemandContext, _actor, { id }) {
    const campaign = await campaignById(db.read, id)
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, id)
    const lots = await lotsOf(db.read, id)
    return lots.map(
      ({ id: lotId, number, state, reason: own, actId, units, buyers, frozenAt, unitPrice, currency }) => {
        const reason = actId ? ('hand' as const) : own
        const ownPrice = ownPriceOf(campaign, { number, units })
        const givenAway = Math.max(0, ownPrice - unitPrice) * units
        return { id: lotId, number, state, reason, units, buyers, frozenAt, unitPrice, ownPrice, givenAway, currency }
      },
    )
  },
})
