import { z } from 'zod'
import { readHouse } from '../../0-house/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { counterSchema } from '../model.ts'
import { counterOffer as step } from '../offers.ts'
import { answersFor } from '../seeing.ts'

/** The factory asks for another price or date. @throws Problem 404, 409 `dispatch.offer-over`, 422 */
export const counterOffer = action({
  name: 'dispatch.counter',
  refusal: 'dispatch.answer',
  // A factory answers for itself; a merchandiser for one that telephoned.
  scope: 'anyone',
  input: counterSchema,
  output: z.looseObject({}),
  async run(context: Context, actor, asked) {
    const factoryId = answersFor(actor)
    const { answerHours } = await readHouse(context.db.read)
    return context.db.write((tx) => step(tx, context, { ...asked, factoryId, answerHours }))
  },
})
