import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { declineSchema } from '../model.ts'
import { declineOffer as step } from '../offers.ts'
import { answersFor } from '../seeing.ts'

/** The factory says no, and why. @throws Problem 404, 409 `dispatch.offer-over` */
export const declineOffer = action({
  name: 'dispatch.decline',
  refusal: 'dispatch.answer',
  // A factory answers for itself; a merchandiser for one that telephoned.
  scope: 'anyone',
  input: declineSchema,
  output: z.looseObject({}),
  async run(context: Context, actor, asked) {
    const factoryId = answersFor(actor)
    return context.db.write((tx) => step(tx, context, actor, { ...asked, factoryId }))
  },
})
