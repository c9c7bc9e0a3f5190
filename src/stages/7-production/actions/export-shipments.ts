import { z } from 'zod'
import { LANGS } from '../../../core/values.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { warehouseList } from '../addresses.ts'
import { assertSettled } from '../counting.ts'
import { orderToPack } from '../packing.ts'
import { SHIPMENT_STATES } from '../shipping.ts'

/** What a warehouse needs to pack and send a lot: one row for each variant of each shipment, as CSV. */
export const exportShipments = action({
  name: 'production.export-shipments',
  // A factory that sends its own order to the buyers may do it, too.
  scope: 'anyone',
  input: z.object({
    id: z.string(),
    state: z.enum(SHIPMENT_STATES).default('to-pack'),
    /** Of the names of colours. */
    lang: z.enum(LANGS).default('zh'),
  }),
  output: z.string(),
  async run({ db, engines }: Context, actor, { id, state, lang }) {
    const order = await orderToPack(db.read, actor, id, 'people')
    await assertSettled(db.read, order)
    return warehouseList(db.read, engines.vault, order, { state, lang })
  },
})
