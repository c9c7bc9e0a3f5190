import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { believed, chanceOfGoal } from '../../../core/reach.ts'
import { campaignById } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import type { Learning } from '../learning.ts'

const range = z.object({ low: z.number(), median: z.number(), high: z.number() })
const goal = z.object({ units: z.int(), buyers: z.int() })

/**
 * While a campaign's first lot gathers: the chance that its goal is reached, from its own buyers, units and time and from
 * the campaigns that are over; null afterwards, when nothing is left to be guessed.
 * @throws Problem 404
 */
export const tellChance = action({
  name: 'reorders.chance',
  scope: 'campaigns:read',
  input: byId,
  output: z
    .object({
      probability: z.number(),
      interval: z.tuple([z.number(), z.number()]).readonly(),
      /** It says something; otherwise it is too early. */
      enough: z.boolean(),
      units: range,
      buyers: range,
      basis: z.object({ buyers: z.int(), units: z.int(), elapsed: z.number(), goal }),
    })
    .nullable(),
  run: async ({ db, clock, learned }: Learning, _actor, { id }) => {
    const campaign = await campaignById(db.read, id)
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, id)
    const { collecting, undecidedAt, state, opensAt, closesAt, lotBuyers, lotUnits, thresholdUnits, minBuyers } =
      campaign
    if (state !== 'open' || collecting || undecidedAt) return null
    const elapsed = (clock.now().getTime() - opensAt.getTime()) / (closesAt.getTime() - opensAt.getTime())
    const sought = { units: thresholdUnits, buyers: minBuyers }
    const { belief } = await learned(db.read)
    return chanceOfGoal(believed(belief, sought), { buyers: lotBuyers, units: lotUnits }, elapsed, sought)
  },
})
