import { z } from 'zod'
import { LANGS } from '../../../core/values.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { warehouseList } from '../addresses.ts'
import { packedOrder } from '../packing.ts'
import { SHIPMENT_STATES } from '../shipping.ts'

/** What a warehouse needs to pack and send a lot: one row for each variant of each shipment, as CSV. */
export const exportShipments = action({
  name: 'production.export-shipments',
  scope: 'people',
  input: z.object({
    id: z.string(),
    state: z.enum(SHIPMENT_STATES).default('to-pack'),
    /** Of the names of colours. */
    lang: z.enum(LANGS).default('zh'),
  }),
  output: z.string(),
  async run({ db }: Context, _actor, { id, state, lang }) {
    const order = await packedOrder(db.read, id)
    return warehouseList(db.read, order, { state, lang })
  },
})
