import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { readTerms } from '../../6-dispatch/door.ts'
import { slipsFor } from '../addresses.ts'
import { assertSettled } from '../counting.ts'
import { refused } from '../messages.ts'
import { orderToPack } from '../packing.ts'
import { SHIPMENT_STATES } from '../shipping.ts'
import { shipmentPage } from '../store/packing.ts'

/** Pages of one file: it is printed and looked through. */
export const MOST_SLIPS = 300

/**
 * Packing slips of the next shipments, a page or more for each, with bars to be scanned. PDF.
 * @throws Problem 404, 409 `parcels.not-arrived`, `parcels.no-slips`
 */
export const printSlips = action({
  name: 'production.slips',
  // A factory that sends its own order to the buyers may do it, too.
  scope: 'anyone',
  input: z.object({
    id: z.string(),
    state: z.enum(SHIPMENT_STATES).default('to-pack'),
    /** The id of the last shipment that has its slip. */
    after: z.string().optional(),
  }),
  output: z.looseObject({ next: z.string().optional() }),
  async run({ db, engines, studio, clock }: Context, actor, { id, state, after }) {
    const order = await orderToPack(db.read, actor, id, 'people')
    await assertSettled(db.read, order)
    const found = await shipmentPage(db.read, { orderId: id, states: [state], after, limit: MOST_SLIPS + 1 })
    const rows = found.slice(0, MOST_SLIPS)
    if (!rows.length) throw refused('parcels.no-slips', { number: order.number })
    const { maker, makerAddress } = await readTerms(db.read)
    const bytes = await studio.slips({
      ...(await slipsFor(db.read, engines.vault, order, rows)),
      from: [maker, makerAddress].filter((line) => line !== undefined),
      order: order.number,
      issuedAt: clock.now().toISOString(),
    })
    return { bytes, next: found.length > MOST_SLIPS ? rows.at(-1)?.shipment.id : undefined }
  },
})
