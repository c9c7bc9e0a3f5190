import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { acceptSchema } from '../model.ts'
import { acceptOffer as step } from '../offers.ts'
import { answersFor } from '../seeing.ts'

/** The factory takes the order as offered. @throws Problem 404, 409 `dispatch.offer-over` */
export const acceptOffer = action({
  name: 'dispatch.accept',
  refusal: 'dispatch.answer',
  // A factory answers for itself; a merchandiser for one that telephoned.
  scope: 'anyone',
  input: acceptSchema,
  output: z.looseObject({}),
  async run(context: Context, actor, asked) {
    const factoryId = answersFor(actor)
    return context.db.write((tx) => step(tx, context, actor, { ...asked, factoryId }))
  },
})
