import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { withdrawCancellation as step } from '../cancelling.ts'
import { cancellationView, withdrawalSchema } from '../model.ts'
import { sideOf } from '../seeing.ts'

/** Whoever asked thinks better of it. @throws Problem 403, 404, 409 as the step does, 422 naming the field */
export const withdrawCancellation = action({
  name: 'cancellations.withdraw',
  refusal: 'cancellations.invalid',
  // Each side takes back what it asked itself.
  scope: 'anyone',
  input: withdrawalSchema.extend(byId.shape),
  output: cancellationView,
  async run(context: Context, actor, { id: orderId, ...asked }) {
    const side = sideOf(actor)
    return context.db.write((tx) => step(tx, context, actor, { ...asked, ...side, orderId }))
  },
})
