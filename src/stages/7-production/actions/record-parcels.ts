import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { oneLine } from '../../../core/typed.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { refusedRows } from '../parcel-rows.ts'
import { MOST_PARCELS } from '../parcel-table.ts'
import { orderToPack } from '../packing.ts'
import { recordParcels as record } from '../recording.ts'

/**
 * Parcels that have left for their buyers, each under the number of its shipment: taken together or not at all. Each
 * buyer is told the numbers of their own. Said again, nothing changes.
 * @throws Problem 404, 409 `parcels.not-arrived`, 422 `parcels.rows` with every row that cannot be taken
 */
export const recordParcels = action({
  name: 'production.record-parcels',
  // A factory that sends its own order to the buyers may do it, too.
  scope: 'anyone',
  input: byId.extend({
    parcels: z
      .array(
        z.strictObject({
          shipment: oneLine(1, 60).describe('Its number: PO-26-0003-17.'),
          carrier: oneLine(1, 100),
          trackingNumber: oneLine(1, 100),
        }),
      )
      .min(1)
      .max(MOST_PARCELS),
  }),
  output: z.object({ sent: z.int(), known: z.int() }),
  run: async (context: Context, actor, { id, parcels }) => {
    const order = await orderToPack(context.db.read, actor, id, 'factories')
    const told = parcels.map((parcel, index) => ({ line: index + 1, ...parcel }))
    const { sent, known, errors } = await context.db.write((tx) => record(tx, context, actor, order, told))
    if (errors.length) throw refusedRows(errors, 'parcels')
    return { sent, known }
  },
})
