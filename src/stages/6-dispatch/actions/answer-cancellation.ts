import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { answerCancellation as step } from '../cancelling.ts'
import { cancellationAnswerSchema, cancellationView } from '../model.ts'
import { sideOf } from '../seeing.ts'

/** Agree to or refuse a request to cancel. @throws Problem 403, 404, 409 as the step does, 422 naming the field */
export const answerCancellation = action({
  name: 'cancellations.answer',
  refusal: 'cancellations.invalid',
  // A factory answers for itself, a merchandiser for the house or for one that telephoned.
  scope: 'anyone',
  input: cancellationAnswerSchema.safeExtend(byId.shape),
  output: cancellationView,
  async run(context: Context, actor, { id: orderId, ...answer }) {
    const side = sideOf(actor)
    return context.db.write((tx) => step(tx, context, actor, { ...answer, ...side, orderId }))
  },
})
