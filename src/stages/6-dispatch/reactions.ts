import { dayIn, MINUTE } from '../../core/values.ts'
import { endTroubles } from '../../db/outbox.ts'
import { readHouse } from '../0-house/door.ts'
import { lotById } from '../5-demand/door.ts'
import type { Reactions } from '../context.ts'
import { offerNext } from './asking.ts'
import { makeBetter, makeReady } from './getting-ready.ts'
import type { Dispatching } from './dispatching.ts'
import { expireOverdue } from './offers.ts'
import { ensureOrder, stuckOrders } from './store.ts'
import { overdueOffers } from './store/offers.ts'

/** An order that is being placed for this long with nobody asked is tried again by the sweep. */
const STUCK_AFTER = 5 * MINUTE

export const reactionsOf = (context: Dispatching): Reactions => {
  const { db, clock } = context
  return {
    'demand.goal-near': ({ payload }) => makeReady(context, payload.campaignId, payload.lot),
    'demand.lot-frozen': async ({ payload }) => {
      const lot = await lotById(db.read, payload.lotId)
      if (!lot) throw new Error(`lot ${payload.lotId} is not there`)
      const house = await readHouse(db.read)
      const now = clock.now()
      const order = await db.write(
        (tx) =>
          ensureOrder(
            tx,
            {
              campaignId: lot.campaignId,
              lot: lot.number,
              lotId: lot.id,
              units: lot.units,
              styleHash: lot.styleHash,
              currency: lot.currency,
              promisedAt: lot.promisedAt,
              createdAt: now,
            },
            dayIn(now, house.timeZone).slice(2, 4),
          ),
        { atomic: true },
      )
      await offerNext(context, order.id)
    },
    'dispatch.refused': ({ payload }) => offerNext(context, payload.orderId),
    'dispatch.called-off': ({ payload }) => offerNext(context, payload.orderId),
    'dispatch.sweep-due': async () => {
      for (const { id } of await overdueOffers(db.read, clock.now()))
        await db.write((tx) => expireOverdue(tx, context, id))
      // Orders whose brief was refused (a missing address, say) go out once that is mended, without a button.
      for (const order of await stuckOrders(db.read, new Date(clock.now().getTime() - STUCK_AFTER)))
        await offerNext(context, order.id).then(
          // What its own reaction gave up on is done: its page need not say so any more.
          () => endTroubles(db, `order:${order.id}`, 'dispatch:demand.lot-frozen', clock.now()),
          (error: unknown) =>
            context.log.warn({ order: order.number, error: String(error) }, 'an order could not be offered'),
        )
      await makeBetter(context)
    },
  }
}
