/** What of a lot at the warehouse is each buyer's: a shipment for each of its pre-orders. */
import { authorize, type Actor, type Scope } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import type { Reader } from '../../db/database.ts'
import { SLICE } from '../5-demand/door.ts'
import { orderById, type ProductionOrder } from '../6-dispatch/door.ts'
import type { Context, Turn } from '../context.ts'
import { isDirect } from './direct.ts'
import { refused } from './messages.ts'
import { fillPacking, packingsFilling } from './store/packing.ts'

/** Orders looked at in one turn; others look meanwhile. */
const ORDERS = 20

/**
 * Goes on wherever somebody stopped, this process or another: each slice is a transaction that says how far it came.
 * @returns how many pre-orders were looked at
 */
export async function fillPackings(context: Pick<Context, 'db' | 'clock'>, { leaving }: Pick<Turn, 'leaving'>) {
  const { db, clock } = context
  let count = 0
  for (const { orderId } of await packingsFilling(db.read, ORDERS)) {
    const order = await orderById(db.read, orderId)
    for (let seen: number | undefined = SLICE; order && seen === SLICE && !leaving.aborted;) {
      seen = await db.write((tx) => fillPacking(tx, order, clock.now()))
      count += seen ?? 0
    }
  }
  return count
}

/**
 * An order whose garments are where they are packed for their buyers.
 * @throws Problem 404, 409 `parcels.not-arrived`
 */
export async function packedOrder(db: Reader, id: string): Promise<ProductionOrder> {
  const order = await orderById(db, id)
  if (!order) throw notFound({ en: 'production order', zh: '生产订单' }, id)
  if (order.state === 'delivered' || (await isDirect(db, order))) return order
  throw refused('parcels.not-arrived', { number: order.number })
}

/**
 * The same, for whoever packs it: us, or a factory that sends its own order to the buyers.
 * @param scope what one of us needs for it
 * @throws Problem 401, 403, 404, 409 `parcels.not-arrived`
 */
export async function orderToPack(db: Reader, actor: Actor, id: string, scope: Scope): Promise<ProductionOrder> {
  if (actor.kind !== 'factory') authorize(actor, scope)
  const order = await packedOrder(db, id).catch((failure: unknown) => {
    // A factory learns nothing of orders that are not its own.
    throw actor.kind === 'factory' ? notFound({ en: 'production order', zh: '生产订单' }, id) : failure
  })
  if (actor.kind !== 'factory') return order
  if (order.factoryId !== actor.id || order.state === 'cancelled' || !(await isDirect(db, order)))
    throw notFound({ en: 'production order', zh: '生产订单' }, id)
  return order
}
