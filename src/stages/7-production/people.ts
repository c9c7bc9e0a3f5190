import { timeOf } from '../../core/values.ts'
import type { HoldsPeople } from '../0-house/door.ts'
import { preordersOfPerson } from '../5-demand/door.ts'
import { forgetNumbers, numbersOfNobody, parcelsOfPreorders, returnsOfPreorders } from './store/returns.ts'

/** Once a pre-order is nobody's: a slice of those whose numbers still say whose they were. */
const forgetSome: NonNullable<HoldsPeople['forgetOld']> = async (tx, _before, limit) => {
  const ids = await numbersOfNobody(tx, limit)
  if (ids.length) await forgetNumbers(tx, ids)
  return ids.length
}

/** Numbers of parcels lead to whoever received them; they go with the pre-order that they belong to. */
export const parcelPeople: HoldsPeople = {
  as: 'parcels',
  async find(db, email) {
    const { ids, over } = await preordersOfPerson(db, email)
    const rows = await parcelsOfPreorders(db, ids)
    return {
      shown: rows.map(({ parcel: { carrier, trackingNumber, at, receivedAt }, shipment, preorderId }) => ({ preorderId, shipment, carrier, trackingNumber, at: timeOf(at), receivedAt: timeOf(receivedAt) })), // prettier-ignore
      erasable: 0,
      kept: [],
      forget: (tx) => forgetNumbers(tx, over),
    }
  },
  forgetOld: forgetSome,
}

/** What buyers said of what they sent back, and what was answered. */
export const returnPeople: HoldsPeople = {
  as: 'returns',
  async find(db, email) {
    const { ids } = await preordersOfPerson(db, email)
    const rows = await returnsOfPreorders(db, ids)
    return {
      shown: rows.map(({ id, preorderId, state, kind, reason, fits, lines, want, words, answer, carrier, trackingNumber, askedAt, backAt, endedAt }) => ({ id, preorderId, state, kind, reason, fits, lines, want, words, answer, carrier, trackingNumber, askedAt: timeOf(askedAt), backAt: timeOf(backAt), endedAt: timeOf(endedAt) })), // prettier-ignore
      erasable: 0,
      kept: [],
      // They go with the parcels of the same pre-orders.
      forget: async () => {},
    }
  },
}
