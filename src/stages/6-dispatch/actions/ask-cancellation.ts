import { byId, parseAs } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { askCancellation as step } from '../cancelling.ts'
import { cancellationSchema, cancellationView, houseCancellationSchema } from '../model.ts'
import { sideOf } from '../seeing.ts'

/**
 * Ask for the cancellation of an order in a factory's hands; until the other side agrees the order stays valid.
 * @throws Problem 403, 404, 409 as the step does, 422 naming the field
 */
export const askCancellation = action({
  name: 'cancellations.ask',
  refusal: 'cancellations.invalid',
  // A factory asks for itself, a merchandiser for the house, who says what follows.
  scope: 'anyone',
  input: cancellationSchema.extend({ id: byId.shape.id, follow: houseCancellationSchema.shape.follow.optional() }),
  output: cancellationView,
  async run(context: Context, actor, { id: orderId, follow, ...asked }) {
    const side = sideOf(actor)
    if (side.side === 'house') parseAs('cancellations.invalid', houseCancellationSchema, { ...asked, follow })
    const mine = side.side === 'house' ? { follow } : {}
    return context.db.write((tx) => step(tx, context, actor, { ...asked, ...mine, ...side, orderId }))
  },
})
