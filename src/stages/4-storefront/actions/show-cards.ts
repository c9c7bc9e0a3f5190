import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { campaignCards } from '../store.ts'

/** Campaigns with what they sell, by their ids; those that are not there are left out. Anybody may look. */
export const showCards = action({
  name: 'storefront.show-cards',
  scope: 'anyone',
  input: z.object({ ids: z.array(z.string()) }),
  output: z.map(z.string(), z.looseObject({ campaign: z.looseObject({ id: z.string() }) })),
  run: ({ db }: Context, _actor, { ids }) => campaignCards(db.read, ids),
})
