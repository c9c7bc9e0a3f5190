import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { campaignCard } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { RETURN_STATES } from '../shipping.ts'
import { returnPage } from '../store/returns.ts'

/** What buyers send back, newest first. Whose it is, and what they say of it, is told to whoever may know it. */
export const listReturns = action({
  name: 'production.returns',
  scope: 'factories:read',
  input: z.object({
    state: z.enum(RETURN_STATES).optional(),
    /** The id of the last one already seen. */
    before: z.string().optional(),
    limit: z.int().min(1),
  }),
  output: z.array(z.looseObject({ id: z.string(), state: z.string() })),
  async run({ db }: Context, actor, { state, before, limit }) {
    const rows = await returnPage(db.read, { states: state && [state], before, limit })
    const known = may(actor, 'people')
    const cards = new Map<string, Awaited<ReturnType<typeof campaignCard>>>()
    for (const { campaignId } of rows)
      if (!cards.has(campaignId)) cards.set(campaignId, await campaignCard(db.read, campaignId))
    return rows.map(({ row, shipment, campaignId, buyer }) => ({
      ...row,
      words: known ? row.words : null,
      trackingNumber: known ? row.trackingNumber : null,
      shipment,
      buyer: known ? buyer : '',
      style: cards.get(campaignId)?.card.names ?? { zh: '', en: '' },
      colourways: cards.get(campaignId)?.card.colourways.map(({ id, name }) => ({ id, name })) ?? [],
    }))
  },
})
