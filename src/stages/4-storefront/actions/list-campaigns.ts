import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { listCampaigns as campaignPage } from '../store.ts'
import { CAMPAIGN_STATES } from '../tables.ts'

/** All of them, newest first, also what is not open yet or any more. Anybody may look. */
export const listCampaigns = action({
  name: 'storefront.list',
  scope: 'anyone',
  input: z.object({
    before: z.string().optional(),
    limit: z.int().min(1),
  }),
  output: z.array(
    z.looseObject({
      campaign: z.looseObject({ id: z.string(), state: z.enum(CAMPAIGN_STATES), collecting: z.boolean() }),
    }),
  ),
  run: ({ db }: Context, _actor, wish) => campaignPage(db.read, wish),
})
