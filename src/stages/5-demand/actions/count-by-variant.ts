import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { campaignById, pricesOf } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import { wherePut } from '../standing.ts'
import type { DemandContext } from '../options.ts'
import { cellsOf } from '../store/counts.ts'
import { lotsCalledOff } from '../store/lots.ts'

const NOTHING = { pending: 0, confirmed: 0, pledged: 0, inLots: 0, released: 0 }

/**
 * Units per size and colourway: verified in the gathering lot, pledged for a lower price, in lots already, asked to confirm and not yet verified,
 * verified and released.
 */
export const countByVariant = action({
  name: 'demand.by-variant',
  scope: 'campaigns:read',
  input: byId,
  output: z.array(
    z.object({
      size: z.string(),
      colourway: z.string(),
      pending: z.int(),
      confirmed: z.int(),
      /** Confirmed for a lower price than the one that is reached: they do not count at it. */
      pledged: z.int(),
      inLots: z.int(),
      released: z.int(),
    }),
  ),
  async run({ db }: DemandContext, _actor, { id }) {
    const campaign = await campaignById(db.read, id)
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, id)
    const calledOff = new Set(await lotsCalledOff(db.read, id))
    const cells = new Map<string, { size: string; colourway: string } & typeof NOTHING>()
    const reached = pricesOf(campaign).unitPrice
    for (const { lot, size, colourway, units, shownPrice } of await cellsOf(db.read, id)) {
      const key = `${colourway}\n${size}`
      const cell = cells.get(key) ?? { size, colourway, ...NOTHING }
      const put = wherePut(campaign, lot, calledOff)
      cell[put === 'pledged' && shownPrice >= reached ? 'confirmed' : put] += units
      cells.set(key, cell)
    }
    return [...cells.values()]
  },
})
