/** Who may see an order, and who answers for a factory. */
import { authorize, may, type Actor } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import type { Reader } from '../../db/database.ts'
import { assertNotOut, type Side } from './cancelling.ts'
import { refused } from './messages.ts'
import { OPEN_OFFERS, offersOf } from './store/offers.ts'
import { orderById, type ProductionOrder } from './store.ts'

/** @throws Problem 404 */
export async function readOrder(db: Reader, id: string): Promise<ProductionOrder> {
  const order = await orderById(db, id)
  if (!order) throw notFound({ en: 'production order', zh: '生产订单' }, id)
  return order
}

/** A factory answers for itself; a merchandiser may do it for one that telephoned. */
export function answersFor(actor: Actor): string | undefined {
  if (actor.kind === 'factory') return actor.id
  authorize(actor, 'factories')
  return undefined
}

/** What is the factory's own: nobody asks it for a factory. @throws Problem 403 `factories.portal-only` */
export function ownFactory(actor: Actor): string {
  if (actor.kind === 'factory') return actor.id
  throw refused('factories.portal-only')
}

/** A factory speaks for itself; a merchandiser for the house. */
export function sideOf(actor: Actor): Side {
  if (actor.kind === 'factory') return { side: 'factory', factoryId: actor.id }
  authorize(actor, 'factories')
  return { side: 'house' }
}

/** A factory sees an order once it was offered to it; everybody else needs to be one of us. */
export async function assertSees(db: Reader, actor: Actor, order: ProductionOrder): Promise<void> {
  if (actor.kind !== 'factory') return authorize(actor, 'factories:read')
  await assertNotOut(db, order, actor.id)
  const offers = await offersOf(db, order.id)
  const own = offers.findLast(({ factoryId }) => factoryId === actor.id)
  if (!own || (!OPEN_OFFERS.includes(own.state) && own.state !== 'accepted'))
    throw notFound({ en: 'production order', zh: '生产订单' }, order.id)
}

/** Whoever looks after factories may send again, and whoever looks after the machinery. @throws Problem 403 */
export function assertMayReplay(actor: Actor): void {
  if (!may(actor, 'system')) authorize(actor, 'factories')
}
