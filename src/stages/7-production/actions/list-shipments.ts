import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { grouped } from '../../../core/values.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { packedOrder } from '../packing.ts'
import { parcelsOf, shipmentPage } from '../store/packing.ts'
import { SHIPMENT_STATES } from '../shipping.ts'

/** Shipments of a lot with their parcels, in the order of their numbers. Whose they are is told to whoever may know it. */
export const listShipments = action({
  name: 'production.shipments',
  scope: 'factories:read',
  input: z.object({
    id: z.string(),
    state: z.enum(SHIPMENT_STATES).optional(),
    /** The id of the last one already seen. */
    after: z.string().optional(),
    limit: z.int().min(1),
  }),
  output: z.array(z.looseObject({ id: z.string(), number: z.string(), state: z.string() })),
  async run({ db }: Context, actor, { id, state, after, limit }) {
    await packedOrder(db.read, id)
    const rows = await shipmentPage(db.read, { orderId: id, states: state && [state], after, limit })
    const own = grouped(
      await parcelsOf(
        db.read,
        rows.map(({ shipment }) => shipment.id),
      ),
      ({ shipmentId }) => shipmentId,
    )
    const known = may(actor, 'people')
    return rows.map(({ shipment, buyer }) => ({
      ...shipment,
      name: known ? buyer.name : '',
      email: known ? buyer.email : '',
      parcels: (own.get(shipment.id) ?? []).map(({ id: parcelId, carrier, trackingNumber, at, receivedAt }) => ({
        id: parcelId,
        carrier,
        trackingNumber: known ? trackingNumber : '',
        at,
        receivedAt,
      })),
    }))
  },
})
