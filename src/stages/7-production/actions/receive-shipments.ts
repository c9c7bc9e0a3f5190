import { z } from 'zod'
import { oneLine } from '../../../core/typed.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { assertSettled } from '../counting.ts'
import { packedOrder } from '../packing.ts'
import { MOST_PARCELS } from '../parcel-table.ts'
import { endShipments, shipmentsToReceive } from '../receiving.ts'

/**
 * Buyers have theirs, as the house knows without a carrier: handed over in a shop, or told on the telephone.
 * @throws Problem 404, 422 `parcels.rows`
 */
export const receiveShipments = action({
  name: 'production.receive',
  scope: 'factories',
  input: z.object({ id: z.string(), shipments: z.array(oneLine(1, 60)).min(1).max(MOST_PARCELS) }),
  output: z.object({ received: z.int() }),
  async run(context: Context, _actor, { id, shipments }) {
    const { db, clock } = context
    const order = await packedOrder(db.read, id)
    return db.write(async (tx) => {
      await assertSettled(tx, order)
      const ids = await shipmentsToReceive(tx, order, shipments)
      return { received: await endShipments(tx, ids, ['to-pack', 'sent'], clock.now()) }
    })
  },
})
