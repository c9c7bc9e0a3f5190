import { byId } from '../../../core/parse.ts'
import { releaseLot } from '../../5-demand/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { notUnplaced } from '../messages.ts'
import { givingUpSchema, orderView } from '../model.ts'
import { readOrder } from '../seeing.ts'
import { moveOrder } from '../store.ts'

/**
 * Nobody can make it: the order ends and its lot's buyers are let go, each told once.
 * @throws Problem 404, 409 `dispatch.not-unplaced`, 422 without a reason
 */
export const giveUpUnplaced = action({
  name: 'dispatch.give-up',
  refusal: 'dispatch.give-up',
  scope: 'factories',
  input: byId.extend(givingUpSchema.shape).strict(),
  output: orderView,
  async run({ db, clock, outbox }: Context, actor, { id, reason }) {
    const order = await readOrder(db.read, id)
    const now = clock.now()
    const ended = await db.write(async (tx) => {
      const cancelled = await moveOrder(tx, id, 'unplaced', { state: 'cancelled', givenUpFor: reason })
      if (!cancelled) return undefined
      await releaseLot(tx, order.campaignId, order.lot, now)
      await outbox.emit(tx, actor, 'dispatch.given-up', { orderId: id }, now)
      return cancelled
    })
    if (!ended) throw notUnplaced(await readOrder(db.read, id))
    return ended
  },
})
