import { z } from 'zod'
import { byLink, preorderBehind } from '../../5-demand/door.ts'
import { orderById } from '../../6-dispatch/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { mayReturn } from '../returning.ts'
import { shipmentsOfPreorders } from '../store/packing.ts'
import { returnsOfPreorder } from '../store/returns.ts'

/** What a buyer has sent back of a pre-order, and what of it may be. */
export const showOwnReturns = action({
  name: 'production.own-returns',
  // The link itself is the permission.
  scope: 'anyone',
  input: byLink,
  output: z.object({
    returns: z.array(z.looseObject({ id: z.string(), state: z.string() })),
    may: z.looseObject({ until: z.date() }).optional().describe('What may be sent back, and until when.'),
  }),
  async run(context: Context, _actor, { id, token }) {
    const { db, clock } = context
    await preorderBehind(context, id, token)
    const [shipment] = await shipmentsOfPreorders(db.read, [id])
    const known = await returnsOfPreorder(db.read, id)
    const order = shipment && (await orderById(db.read, shipment.orderId))
    return {
      returns: known.map(({ id: returnId, state, kind, reason, lines, want, answer, askedAt, carrier, trackingNumber }) => ({ id: returnId, state, kind, reason, lines, want, answer, askedAt, carrier, trackingNumber })), // prettier-ignore
      may: order && shipment && (await mayReturn(db.read, { order, shipment, known, now: clock.now() })),
    }
  },
})
