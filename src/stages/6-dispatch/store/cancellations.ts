/** Requests to call an order off, and what becomes of the orders. */
import { and, asc, desc, eq, gt, gte, inArray } from 'drizzle-orm'
import { inSteps, type Reader, type Tx } from '../../../db/database.ts'
import { lots } from '../../5-demand/door.ts'
import { cancellations, offers, productionOrders } from '../tables.ts'
import { IN_HAND } from '../life.ts'
import type { ProductionOrder } from '../store.ts'

export type Cancellation = typeof cancellations.$inferSelect

export async function cancellationById(db: Reader, id: string): Promise<Cancellation | undefined> {
  const [row] = await db.select().from(cancellations).where(eq(cancellations.id, id))
  return row
}

/** Every request to call an order off, oldest first. */
export const cancellationsOf = (db: Reader, orderId: string): Promise<Cancellation[]> =>
  db.select().from(cancellations).where(eq(cancellations.orderId, orderId)).orderBy(asc(cancellations.id))

/** A factory's requests that are open or were agreed to, newest first, with the order each is about. */
export const cancellationsFor = (db: Reader, factoryId: string, limit: number) =>
  db
    .select({ cancellation: cancellations, order: productionOrders })
    .from(cancellations)
    .innerJoin(productionOrders, eq(productionOrders.id, cancellations.orderId))
    .where(and(eq(cancellations.factoryId, factoryId), inArray(cancellations.state, ['asked', 'agreed'])))
    .orderBy(desc(cancellations.id))
    .limit(limit)

/** No row = there is an open request for the order already, or one under this id. */
export async function insertCancellation(
  tx: Tx,
  row: typeof cancellations.$inferInsert,
): Promise<Cancellation | undefined> {
  const [made] = await tx.insert(cancellations).values(row).onConflictDoNothing().returning()
  return made
}

/** From `asked`, once: no row = somebody has answered it before. */
export async function settleCancellation(
  tx: Tx,
  id: string,
  change: Pick<Cancellation, 'state'> & Partial<typeof cancellations.$inferInsert>,
): Promise<Cancellation | undefined> {
  const [row] = await tx
    .update(cancellations)
    .set(change)
    .where(and(eq(cancellations.id, id), eq(cancellations.state, 'asked')))
    .returning()
  return row
}

/**
 * Write the row of an order in a factory's hands as it stands. What moves it at the same time waits and then sees what
 * this transaction has stored, whatever the isolation; false = it has left, or was taken back.
 */
export async function holdInHand(
  tx: Tx,
  { id, placement }: Pick<ProductionOrder, 'id' | 'placement'>,
): Promise<boolean> {
  const rows = await tx
    .update(productionOrders)
    .set({ placement })
    .where(
      and(
        eq(productionOrders.id, id),
        eq(productionOrders.placement, placement),
        inArray(productionOrders.state, [...IN_HAND]),
      ),
    )
    .returning({ id: productionOrders.id })
  return rows.length === 1
}

/** Take an order out of its factory's hands, if it still is in them and has not left. */
export async function takeBack(
  tx: Tx,
  order: Pick<ProductionOrder, 'id' | 'placement'>,
  change: Partial<typeof productionOrders.$inferInsert>,
): Promise<ProductionOrder | undefined> {
  const [row] = await tx
    .update(productionOrders)
    .set(change)
    .where(
      and(
        eq(productionOrders.id, order.id),
        eq(productionOrders.placement, order.placement),
        inArray(productionOrders.state, [...IN_HAND]),
      ),
    )
    .returning()
  return row
}

/** Orders called off since `since`, with the date by which they should have been shipped. */
export const calledOffSince = (db: Reader, since: Date) =>
  db
    .select({
      factoryId: cancellations.factoryId,
      side: cancellations.side,
      answeredAt: cancellations.answeredAt,
      shipBy: offers.shipBy,
    })
    .from(cancellations)
    .innerJoin(offers, eq(offers.id, cancellations.offerId))
    .where(and(eq(cancellations.state, 'agreed'), gte(cancellations.answeredAt, since)))

/** Orders with what their lots have, a bounded number of them at a time. */
export const ordersWithLots = (db: Reader) =>
  inSteps<{ id: string; campaignId: string; number: string; units: number; lotUnits: number }>(async (last, limit) =>
    db
      .select({
        id: productionOrders.id,
        campaignId: lots.campaignId,
        number: productionOrders.number,
        units: productionOrders.units,
        lotUnits: lots.units,
      })
      .from(productionOrders)
      .innerJoin(lots, eq(lots.id, productionOrders.lotId))
      .where(last && gt(productionOrders.id, last.id))
      .orderBy(asc(productionOrders.id))
      .limit(limit),
  )
