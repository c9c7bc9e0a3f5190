import { z } from 'zod'
import { oneLine } from '../../../core/typed.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { MOST_PARCELS } from '../parcel-table.ts'
import { refusedRows } from '../parcel-rows.ts'
import { noteReceived } from '../receiving.ts'

/**
 * What is known of parcels on their way: entered by hand, from a list, or by whoever asks the carriers. Taken together or
 * not at all. A shipment is received when all of its parcels are; then its pre-order is fulfilled.
 * @throws Problem 422 `parcels.rows`
 */
export const noteTracking = action({
  name: 'production.note-tracking',
  scope: 'factories',
  input: z.object({
    parcels: z
      .array(
        z.strictObject({
          trackingNumber: oneLine(1, 100),
          carrier: oneLine(1, 100).optional().describe('Where two carriers use one number.'),
          state: z.enum(['on-its-way', 'received']),
          at: z.iso.datetime({ offset: true }).optional(),
        }),
      )
      .min(1)
      .max(MOST_PARCELS),
  }),
  output: z.object({ received: z.int().describe('Shipments whose buyers have all of theirs by this.') }),
  run: async (context: Context, _actor, { parcels }) => {
    const told = parcels.map((parcel, index) => ({ line: index + 1, ...parcel }))
    const { received, errors } = await context.db.write((tx) => noteReceived(tx, context, told))
    if (errors.length) throw refusedRows(errors, 'parcels')
    return { received }
  },
})
