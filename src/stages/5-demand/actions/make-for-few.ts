import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { record } from '../../../db/security-log.ts'
import { campaignById } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import { makeForFew as make } from '../closing.ts'
import { refused } from '../messages.ts'
import type { DemandContext } from '../options.ts'

/**
 * A campaign closed with enough units from too few buyers, and a person says that it is made all the same. (That it is not, is
 * said by stopping it.)
 * @throws Problem 404, 409 `campaigns.decided`
 */
export const makeForFew = action({
  name: 'demand.make-for-few',
  scope: 'campaigns',
  input: byId,
  output: z.looseObject({ id: z.string(), number: z.int(), units: z.int() }),
  run: ({ db, clock, outbox }: DemandContext, actor, { id }) =>
    db.write(async (tx) => {
      const campaign = await campaignById(tx, id)
      if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, id)
      const lot = await make(tx, { clock, outbox }, campaign, actor)
      if (!lot) throw refused('campaigns.decided')
      await record(tx, { act: 'campaign.made-for-few', by: actor, on: `campaign:${id}`, details: {} }, clock.now())
      return lot
    }),
})
