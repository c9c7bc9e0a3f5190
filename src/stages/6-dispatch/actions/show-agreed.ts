import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import type { Agreed } from '../model.ts'
import { assertSees, readOrder } from '../seeing.ts'
import { offersOf } from '../store/offers.ts'

/**
 * What the factory that makes an order and the house have agreed: the offer, or the counter-offer that was accepted. The
 * brief goes on saying what was offered. Nothing while nobody makes it.
 */
export const showAgreed = action({
  name: 'dispatch.agreed',
  // A factory sees what it agreed to.
  scope: 'anyone',
  input: byId,
  output: z.looseObject({}).optional(),
  async run({ db }: Context, actor, { id }): Promise<Agreed | undefined> {
    const order = await readOrder(db.read, id)
    await assertSees(db.read, actor, order)
    // One that was given back is withdrawn, so the accepted one is today's.
    const offer = (await offersOf(db.read, id)).find(
      ({ state, factoryId }) => state === 'accepted' && factoryId === order.factoryId,
    )
    if (!offer || order.agreedPrice === null) return undefined
    if (actor.kind === 'factory' && order.factoryId !== actor.id) return undefined
    return { unit: order.agreedPrice, total: order.agreedPrice * order.units, shipBy: offer.shipBy }
  },
})
