import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { readHouse } from '../../0-house/door.ts'
import { offerNext } from '../asking.ts'
import { lotStyle } from '../briefs.ts'
import type { Dispatching } from '../dispatching.ts'
import { notUnplaced } from '../messages.ts'
import { orderView, promiseAnew, retrySchema } from '../model.ts'
import { decide } from '../rounds.ts'
import { readOrder } from '../seeing.ts'
import { insertAllocation, roundsOf } from '../store/allocations.ts'
import { moveOrder } from '../store.ts'

/**
 * "Try again": rank everybody anew for an order that nobody took. With a new date factories have as long as when
 * the lot was frozen, and its buyers are told the date; never earlier than they know already.
 * @throws Problem 404, 409 `dispatch.not-unplaced`
 */
export const retryUnplaced = action({
  name: 'dispatch.retry',
  refusal: 'dispatch.retry',
  scope: 'factories',
  input: byId.extend(retrySchema.shape).strict(),
  output: orderView,
  async run(context: Dispatching, actor, { id, newDate }) {
    const { db, clock, outbox } = context
    const order = await readOrder(db.read, id)
    const style = await lotStyle(context, order.lotId)
    const now = clock.now()
    const { timeZone } = await readHouse(db.read)
    const promisedAt = newDate ? promiseAnew(order, style.campaign, { now, timeZone }) : order.promisedAt
    const round = ((await roundsOf(db.read, id))[0]?.round ?? 0) + 1
    const row = await decide(context, { ...order, promisedAt }, style, round)
    const moved = await db.write(async (tx) => {
      const placing = await moveOrder(tx, id, 'unplaced', { state: 'placing', promisedAt })
      if (!placing) return undefined
      await insertAllocation(tx, row)
      const [from, to] = [order.promisedAt.toISOString(), promisedAt.toISOString()]
      if (promisedAt > order.promisedAt)
        await outbox.emit(tx, actor, 'dispatch.promise-moved', { orderId: id, allocationId: row.id, from, to }, now)
      return placing
    })
    if (!moved) throw notUnplaced(await readOrder(db.read, id))
    await offerNext(context, id)
    return readOrder(db.read, id)
  },
})
