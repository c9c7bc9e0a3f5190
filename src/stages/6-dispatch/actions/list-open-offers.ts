import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { ownFactory } from '../seeing.ts'
import { openOffersFor } from '../store/offers.ts'

/** What a factory has to answer, soonest first. @throws Problem 403 `factories.portal-only` */
export const listOpenOffers = action({
  name: 'dispatch.open-offers',
  scope: 'anyone', // ownFactory lets nobody else in
  input: z.object({}),
  output: z.array(z.looseObject({})),
  async run({ db }: Context, actor) {
    return openOffersFor(db.read, ownFactory(actor))
  },
})
