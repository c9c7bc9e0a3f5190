/** Rounds in which factories were compared for an order, and the work that they are compared by. */
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, ne, or, sql } from 'drizzle-orm'
import { grouped } from '../../../core/values.ts'
import { inSlices, type Reader, type Tx } from '../../../db/database.ts'
import type { Worked } from '../histories.ts'
import { allocations, offers, productionOrders } from '../tables.ts'
import { IN_HAND } from '../life.ts'
import { ORDERS_AT_ONCE, type ProductionOrder } from '../store.ts'
import { OPEN_OFFERS } from './offers.ts'

export const roundsOf = (db: Reader, orderId: string) =>
  db.select().from(allocations).where(eq(allocations.orderId, orderId)).orderBy(desc(allocations.round))

export const insertAllocation = (tx: Tx, row: typeof allocations.$inferInsert) =>
  tx.insert(allocations).values(row).onConflictDoNothing().returning({ id: allocations.id })

type Taken = Pick<ProductionOrder, 'id' | 'factoryId' | 'placement' | 'units' | 'acceptedAt' | 'shippedAt'>

/** Orders that a factory took since `since`, as they were taken: in slices. */
const takenSince = (db: Reader, since: Date) =>
  inSlices<Taken>((last, limit) => {
    const { id, factoryId, placement, units, acceptedAt, shippedAt, state } = productionOrders
    const from = last?.acceptedAt ?? since
    return db
      .select({ id, factoryId, placement, units, acceptedAt, shippedAt })
      .from(productionOrders)
      .where(and(gte(acceptedAt, from), last && or(gt(acceptedAt, from), gt(id, last.id)), ne(state, 'cancelled')))
      .orderBy(asc(acceptedAt), asc(id))
      .limit(limit)
  }, ORDERS_AT_ONCE)

/** The same with what the offer promised that their factory accepted. */
export async function* recentWork(db: Reader, since: Date): AsyncGenerator<Worked[]> {
  for await (const some of takenSince(db, since)) {
    const ids = some.map(({ id }) => id)
    // Neither joined to them nor by their state: a planner without statistics would read every offer ever accepted.
    const asked = await db
      .select({ orderId: offers.orderId, factoryId: offers.factoryId, shipBy: offers.shipBy, state: offers.state })
      .from(offers)
      .where(inArray(offers.orderId, ids))
    const accepted = asked.filter(({ state }) => state === 'accepted')
    const offersOfOrder = grouped(accepted, ({ orderId }) => orderId)
    yield some.flatMap(({ acceptedAt, ...order }) => {
      const offer = offersOfOrder.get(order.id)?.find(({ factoryId }) => factoryId === order.factoryId)
      return offer && acceptedAt ? [{ ...order, acceptedAt, factoryId: offer.factoryId, shipBy: offer.shipBy }] : []
    })
  }
}

/** Units each factory has in hand, and units of offers to it that are still open. */
export async function commitments(db: Reader): Promise<Map<string, number>> {
  const total = sql`sum(${productionOrders.units})`.mapWith(Number)
  const inHand = await db
    .select({ factoryId: productionOrders.factoryId, units: total })
    .from(productionOrders)
    .where(and(isNotNull(productionOrders.factoryId), inArray(productionOrders.state, [...IN_HAND])))
    .groupBy(productionOrders.factoryId)
  const offered = await db
    .select({ factoryId: offers.factoryId, units: total })
    .from(offers)
    .innerJoin(productionOrders, eq(productionOrders.id, offers.orderId))
    .where(inArray(offers.state, [...OPEN_OFFERS]))
    .groupBy(offers.factoryId)
  const sums = new Map<string, number>()
  for (const { factoryId, units } of [...inHand, ...offered])
    if (factoryId) sums.set(factoryId, (sums.get(factoryId) ?? 0) + units)
  return sums
}
