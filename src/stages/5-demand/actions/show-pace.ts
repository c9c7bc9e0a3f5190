import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { campaignById } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { hoursOf } from '../store/counts.ts'
import { lotsCalledOff } from '../store/lots.ts'

/**
 * Verified units of a campaign by the hour they were verified in, oldest first. Lots that were called off are left out,
 * unless everybody was released: then it is what the campaign had when it ended.
 */
export const showPace = action({
  name: 'demand.pace',
  scope: 'campaigns:read',
  input: byId,
  output: z.array(z.object({ hour: z.date(), units: z.int() })),
  async run({ db }: DemandContext, _actor, { id }) {
    const campaign = await campaignById(db.read, id)
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, id)
    const left = new Set(campaign.state === 'released' ? [] : await lotsCalledOff(db.read, id))
    const hours = new Map<number, number>()
    for (const { hour, lot, units } of await hoursOf(db.read, id))
      if (!left.has(lot)) hours.set(hour.getTime(), (hours.get(hour.getTime()) ?? 0) + units)
    return [...hours].map(([hour, units]) => ({ hour: new Date(hour), units }))
  },
})
