import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { SECOND } from '../../../core/values.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { readParcels } from '../parcel-table.ts'
import { orderToPack } from '../packing.ts'
import { recordParcels } from '../recording.ts'

const MOST_BYTES = 5 * 1024 * 1024
const READ_MS = 5 * SECOND

/**
 * A warehouse's list of what has left: CSV in any encoding, or .xlsx. Taken whole or not at all.
 * @returns how many parcels are new, or every line that cannot be taken, with its reason
 */
export const importParcels = action({
  name: 'production.import-parcels',
  // A factory that sends its own order to the buyers may do it, too.
  scope: 'anyone',
  input: byId.extend({
    list: z.union([z.string(), z.custom<Uint8Array>((value) => value instanceof Uint8Array)]),
    fileName: z.string().optional(),
  }),
  output: z.object({
    sent: z.int(),
    known: z.int(),
    open: z.int().describe('Shipments in the list that have not left.'),
    errors: z.array(z.looseObject({ line: z.int(), shipment: z.string() })),
  }),
  async run(context: Context, actor, { id, list, fileName }) {
    const { db, engines } = context
    const order = await orderToPack(db.read, actor, id, 'factories')
    const sheet = await engines.feeds.table(typeof list === 'string' ? Buffer.from(list) : list, {
      fileName,
      deadlineMs: READ_MS,
      maxBytes: MOST_BYTES,
    })
    const { told, open } = readParcels(sheet)
    const done = await db.write((tx) => recordParcels(tx, context, actor, order, told))
    return { ...done, open }
  },
})
