/** What people see when a reaction of this stage has failed for good: on the order, or the campaign it is of. */
import type { Tx } from '../../db/database.ts'
import { lotById } from '../5-demand/door.ts'
import type { GivingUp, Subject } from '../context.ts'
import { orderOfLot } from './store.ts'

async function ofLot(lotId: string, tx: Tx): Promise<Subject | undefined> {
  const order = await orderOfLot(tx, lotId)
  if (order) return `order:${order.id}`
  const lot = await lotById(tx, lotId)
  return lot && `campaign:${lot.campaignId}`
}

const NOT_OFFERED = {
  en: 'This order could not be offered to a factory.',
  zh: '该生产单未能派给工厂。',
}

export const givingUp: GivingUp = {
  'dispatch.sweep-due': { unseen: 'the next window looks for the same offers and orders' },
  'demand.goal-near': { unseen: 'what is not ready is made when the lot is frozen' },
  'demand.lot-frozen': { about: ({ lotId }, tx) => ofLot(lotId, tx), says: NOT_OFFERED },
  'dispatch.refused': { about: ({ orderId }) => `order:${orderId}`, says: NOT_OFFERED },
  'dispatch.called-off': { about: ({ orderId }) => `order:${orderId}`, says: NOT_OFFERED },
}
