import { z } from 'zod'
import { byLink, preorderBehind, preorderLines } from '../../5-demand/door.ts'
import { orderById } from '../../6-dispatch/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { choose } from '../choosing.ts'
import { refused } from '../messages.ts'
import { shipmentsOfPreorders } from '../store/packing.ts'

/**
 * A buyer for whom there are too few pieces says what is to be done. Said twice it is the same; two buyers who want the last
 * piece get it once.
 * @throws Problem 404, 410 for the link; 409 `short.settled`, `short.none-kept`, `pieces.counting`; 422 `short.gone`,
 *   `short.too-many`, `short.no-next`
 */
export const chooseShort = action({
  name: 'production.choose-short',
  // The link itself is the permission.
  scope: 'anyone',
  input: byLink.extend({
    choice: z.enum(['fewer', 'other', 'wait', 'release']),
    lines: preorderLines.optional().describe('With `other`: what is taken in place of what is missing.'),
  }),
  output: z.object({ id: z.string(), choice: z.string() }),
  async run(context: Context, _actor, { id, token, choice, lines }) {
    const preorder = await preorderBehind(context, id, token)
    await context.db.write(async (tx) => {
      const [shipment] = await shipmentsOfPreorders(tx, [id])
      if (!shipment) throw refused('short.settled')
      if (shipment.chosen === choice) return
      const order = await orderById(tx, shipment.orderId)
      if (!order) throw new Error(`shipment ${shipment.number} has no order`)
      await choose(tx, context, { order, preorder, shipment }, { choice, lines })
    })
    return { id, choice }
  },
})
