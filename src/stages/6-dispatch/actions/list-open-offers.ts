import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { openOffersFor } from '../store.ts'

/** What a factory has to answer, soonest first. */
export const listOpenOffers = action({
  name: 'dispatch.open-offers',
  // Only the factory itself.
  scope: 'anyone',
  input: z.object({}),
  output: z.array(z.looseObject({})),
  async run({ db }: Context, actor) {
    if (actor.kind === 'factory') return openOffersFor(db.read, actor.id)
    throw refused('factories.portal-only')
  },
})
