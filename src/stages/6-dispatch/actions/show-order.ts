import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { lotById } from '../../5-demand/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { cancellationView, orderView } from '../model.ts'
import { readOrder } from '../seeing.ts'
import { attemptsOf, messagePage } from '../store/messages.ts'
import { cancellationsOf } from '../store/cancellations.ts'
import { offersOf } from '../store/offers.ts'
import { orderByNumber } from '../store.ts'
import { roundsOf } from '../store/allocations.ts'

const anObject = z.looseObject({})

/**
 * An order, by its id or its number (PO-26-0003), with who was asked and why: every round's inputs, ranking, offers and
 * messages.
 */
export const showOrder = action({
  name: 'dispatch.order',
  scope: 'factories:read',
  input: byId,
  output: z.looseObject({
    order: orderView,
    lot: anObject,
    rounds: z.array(anObject),
    offers: z.array(anObject),
    cancellations: z.array(cancellationView),
    messages: z.array(anObject),
  }),
  async run({ db }: Context, _actor, { id }) {
    const order = (await orderByNumber(db.read, id.toUpperCase())) ?? (await readOrder(db.read, id))
    const orderId = order.id
    const messages = await messagePage(db.read, { orderId, limit: 100 })
    return {
      order,
      lot: await lotById(db.read, order.lotId),
      rounds: await roundsOf(db.read, orderId),
      offers: await offersOf(db.read, orderId),
      cancellations: await cancellationsOf(db.read, orderId),
      messages,
      attempts: await attemptsOf(
        db.read,
        messages.map((each) => each.id),
      ),
    }
  },
})
