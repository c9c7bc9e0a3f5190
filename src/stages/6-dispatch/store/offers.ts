/** Offers of an order to a factory. */
import { and, asc, eq, inArray, lte } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { offers, productionOrders } from '../tables.ts'
import type { OfferState } from '../model.ts'

export type Offer = typeof offers.$inferSelect

export const OPEN_OFFERS: readonly OfferState[] = ['offered', 'countered']

export async function offerById(db: Reader, id: string): Promise<Offer | undefined> {
  const [row] = await db.select().from(offers).where(eq(offers.id, id))
  return row
}

export const offersOf = (db: Reader, orderId: string) =>
  db.select().from(offers).where(eq(offers.orderId, orderId)).orderBy(asc(offers.rank))

export const openOffersFor = (db: Reader, factoryId: string) =>
  db
    .select({ offer: offers, order: productionOrders })
    .from(offers)
    .innerJoin(productionOrders, eq(productionOrders.id, offers.orderId))
    .where(and(eq(offers.factoryId, factoryId), inArray(offers.state, [...OPEN_OFFERS])))
    .orderBy(asc(offers.answerBy))

/** No row = there is an open offer for the order already, or this rank was offered before. */
export const insertOffer = (tx: Tx, row: typeof offers.$inferInsert) =>
  tx.insert(offers).values(row).onConflictDoNothing().returning()

export async function moveOffer(
  tx: Tx,
  id: string,
  from: readonly OfferState[],
  change: Partial<typeof offers.$inferInsert>,
): Promise<Offer | undefined> {
  const [row] = await tx
    .update(offers)
    .set(change)
    .where(and(eq(offers.id, id), inArray(offers.state, [...from])))
    .returning()
  return row
}

export const overdueOffers = (db: Reader, now: Date) =>
  db
    .select({ id: offers.id })
    .from(offers)
    .where(and(inArray(offers.state, [...OPEN_OFFERS]), lte(offers.answerBy, now)))
