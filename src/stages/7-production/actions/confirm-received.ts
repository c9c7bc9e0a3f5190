import { z } from 'zod'
import { byLink, preorderBehind } from '../../5-demand/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { endShipments } from '../receiving.ts'
import { shipmentsOfPreorders } from '../store/packing.ts'

/** The buyer says so behind their own link. Said twice it is the same. @throws Problem 404, 410, 409 `parcels.not-sent` */
export const confirmReceived = action({
  name: 'production.confirm-received',
  // The link itself is the permission.
  scope: 'anyone',
  input: byLink,
  output: z.object({ received: z.boolean() }),
  async run(context: Context, _actor, { id, token }) {
    const { db, clock } = context
    await preorderBehind(context, id, token)
    return db.write(async (tx) => {
      const [shipment] = await shipmentsOfPreorders(tx, [id])
      if (shipment?.state === 'received') return { received: true }
      if (shipment?.state !== 'sent') throw refused('parcels.not-sent')
      await endShipments(tx, [shipment.id], ['sent'], clock.now())
      return { received: true }
    })
  },
})
