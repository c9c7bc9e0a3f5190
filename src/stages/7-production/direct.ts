/** Orders that their factory sends to the buyers itself. */
import { authorize, type Actor } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { isInHand, orderById, type ProductionOrder } from '../6-dispatch/door.ts'
import type { Context } from '../context.ts'
import { refused } from './messages.ts'
import { beginDirect, packingOf } from './store/packing.ts'

export const isDirect = async (db: Reader, { id, placement }: Pick<ProductionOrder, 'id' | 'placement'>) =>
  (await packingOf(db, id))?.direct === placement

/** Said twice it is the same. @throws Problem 404, 409 `parcels.not-in-hand` */
export async function sendDirect(
  tx: Tx,
  { clock }: Pick<Context, 'clock'>,
  actor: Actor,
  id: string,
): Promise<{ direct: boolean }> {
  authorize(actor, 'factories')
  const order = await orderById(tx, id)
  if (!order) throw notFound({ en: 'production order', zh: '生产订单' }, id)
  if (await isDirect(tx, order)) return { direct: true }
  if (!isInHand(order.state)) throw refused('parcels.not-in-hand', { number: order.number })
  await beginDirect(tx, order, clock.now())
  return { direct: true }
}
