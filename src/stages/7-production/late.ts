/** A promise that is missed gives its buyers the right to cancel what is being made. */
import { dayIn } from '../../core/values.ts'
import type { ProductionOrder } from '../6-dispatch/door.ts'
import type { ShipmentState } from './shipping.ts'

/** The promise as it was made, where it is now, and what is known. */
interface Promised {
  lot: { promisedAt: Date }
  order: Pick<ProductionOrder, 'state' | 'promisedAt' | 'lateNoticedAt'>
  now: Date
  timeZone: string
}

/** The date was moved to a later day, is expected to be missed, or has passed. */
export const isPromiseMissed = ({ lot, order, now, timeZone }: Promised): boolean =>
  order.lateNoticedAt !== null ||
  dayIn(order.promisedAt, timeZone) > dayIn(lot.promisedAt, timeZone) ||
  dayIn(now, timeZone) > dayIn(order.promisedAt, timeZone)

/** As long as the buyer's own parcel has not left. */
export const mayCancelLate = (promised: Promised, shipment: ShipmentState | undefined): boolean =>
  promised.order.state !== 'cancelled' &&
  (shipment === undefined || shipment === 'to-pack' || shipment === 'short') &&
  isPromiseMissed(promised)
