import { z } from 'zod'
import { readHouse } from '../../0-house/door.ts'
import { byLink, lotNumbered, preorderBehind } from '../../5-demand/door.ts'
import { orderOfLot } from '../../6-dispatch/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { openChoice } from '../choosing.ts'
import { isDirect } from '../direct.ts'
import { mayCancelLate } from '../late.ts'
import { progressOf, type ProgressRow } from '../store.ts'
import { parcelsOf, shipmentsOfPreorders } from '../store/packing.ts'

/** When each state was reached first, of reports that were taken. */
const firstOfEach = (reports: readonly ProgressRow[]): ProgressRow[] => [
  ...new Map(
    reports
      .filter(({ outcome }) => outcome === 'applied')
      .toReversed()
      .map((report) => [report.state, report]),
  ).values(),
]

/** Where a buyer's own garments are: their lot's order as far as it is the buyer's business, and their own parcels. */
export const showOwnParcels = action({
  name: 'production.of-buyer',
  // The link itself is the permission.
  scope: 'anyone',
  input: byLink,
  output: z.looseObject({
    order: z.looseObject({ state: z.string() }).optional(),
    shipment: z.looseObject({ number: z.string(), state: z.string() }).optional(),
    mayCancel: z.boolean().describe('A promised date is missed and nothing has left: the buyer need not wait.'),
    making: z.array(z.looseObject({ state: z.string() })).optional(),
    short: z
      .looseObject({ mayWait: z.boolean() })
      .optional()
      .describe('Too few pieces came, and the buyer may choose.'),
    parcels: z.array(z.looseObject({ carrier: z.string(), trackingNumber: z.string() })),
  }),
  async run(context: Context, _actor, { id, token }) {
    const { db, clock } = context
    const preorder = await preorderBehind(context, id, token)
    if (preorder.lot === null) return { making: [], parcels: [], mayCancel: false }
    const lot = await lotNumbered(db.read, preorder.campaignId, preorder.lot)
    const order = lot && (await orderOfLot(db.read, lot.id))
    const direct = order ? await isDirect(db.read, order) : false
    const { timeZone } = await readHouse(db.read)
    const [shipment] = await shipmentsOfPreorders(db.read, [id])
    const reports = order ? await progressOf(db.read, order.id, order.placement) : []
    const own = shipment ? await parcelsOf(db.read, [shipment.id]) : []
    const short = order && shipment && (await openChoice(db.read, order, preorder, shipment, clock.now()))
    return {
      order: order && { state: order.state, promisedAt: order.promisedAt, acceptedAt: order.acceptedAt, shippedAt: order.shippedAt, arrivedAt: direct ? null : order.deliveredAt, direct }, // prettier-ignore
      shipment: shipment && { number: shipment.number, state: shipment.state, lines: shipment.lines, sentAt: shipment.sentAt, endedAt: shipment.endedAt, chosen: shipment.chosen }, // prettier-ignore
      short,
      mayCancel:
        lot !== undefined &&
        order !== undefined &&
        preorder.state === 'in-lot' &&
        mayCancelLate({ lot, order, now: clock.now(), timeZone }, shipment?.state),
      // What a factory has reported of it; what it says of its own work and to the house is not the buyer's.
      making: firstOfEach(reports).map(({ state, at }) => ({ state, at })),
      parcels: own.map(({ carrier, trackingNumber, at, receivedAt }) => ({ carrier, trackingNumber, at, receivedAt })),
    }
  },
})
