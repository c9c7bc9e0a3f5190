/** Returns and exchanges, and what was delivered beside them. */
import { and, asc, desc, eq, gt, inArray, lt, ne, sql } from 'drizzle-orm'
import { dialect } from '../../../core/dialect.ts'
import { ERASED } from '../../../core/person.ts'
import { newId } from '../../../core/values.ts'
import { inSteps, type Reader, type Tx } from '../../../db/database.ts'
import { campaigns } from '../../4-storefront/door.ts'
import { preorders, type PreorderLine } from '../../5-demand/door.ts'
import type { ReturnState } from '../shipping.ts'
import { parcels, returns, shipments } from '../tables.ts'

export type Return = typeof returns.$inferSelect

export async function insertReturn(tx: Tx, row: Omit<typeof returns.$inferInsert, 'id'>): Promise<Return> {
  const [made] = await tx
    .insert(returns)
    .values({ id: newId(), ...row })
    .returning()
  if (!made) throw new Error('a return was not stored')
  return made
}

export async function returnById(db: Reader, id: string): Promise<Return | undefined> {
  const [row] = await db.select().from(returns).where(eq(returns.id, id))
  return row
}

export const returnsOfPreorder = (db: Reader, preorderId: string): Promise<Return[]> =>
  db.select().from(returns).where(eq(returns.preorderId, preorderId)).orderBy(asc(returns.id))

/** Compare and swap. @returns undefined where somebody else was quicker */
export async function moveReturn(
  tx: Tx,
  id: string,
  from: ReturnState,
  change: Partial<Omit<Return, 'id'>>,
): Promise<Return | undefined> {
  const [row] = await tx
    .update(returns)
    .set(change)
    .where(and(eq(returns.id, id), eq(returns.state, from)))
    .returning()
  return row
}

/** Newest first, with whose they are. */
export const returnPage = (
  db: Reader,
  filter: { states?: readonly ReturnState[] | undefined; before?: string | undefined; limit: number },
) =>
  db
    .select({
      row: returns,
      shipment: shipments.number,
      campaignId: preorders.campaignId,
      buyer: preorders.name,
    })
    .from(returns)
    .innerJoin(shipments, eq(shipments.id, returns.shipmentId))
    .innerJoin(preorders, eq(preorders.id, returns.preorderId))
    .where(
      and(
        filter.states ? inArray(returns.state, [...filter.states]) : undefined,
        filter.before ? lt(returns.id, filter.before) : undefined,
      ),
    )
    .orderBy(desc(returns.id))
    .limit(filter.limit)

/** Pieces of an order that came back and that somebody else may have; and those that were given in exchange. */
export async function exchangedOf(
  db: Reader,
  orderId: string,
): Promise<{ back: PreorderLine[]; given: PreorderLine[] }> {
  const rows = await db.select().from(returns).where(eq(returns.orderId, orderId))
  return {
    back: rows.flatMap(({ good, backAt, lines }) => (good && backAt ? lines : [])),
    given: rows.flatMap(({ state, want }) => (state === 'to-send' || state === 'sent' ? want : [])),
  }
}

/** The styles of which something was sent back last. */
export async function stylesReturned(
  db: Reader,
  limit: number,
  styleId?: string,
): Promise<{ styleId: string; campaignId: string }[]> {
  const rows = await db
    .select({
      styleId: returns.styleId,
      campaignId: sql<string>`max(${preorders.campaignId})`,
      last: sql<string>`max(${returns.id})`,
    })
    .from(returns)
    .innerJoin(preorders, eq(preorders.id, returns.preorderId))
    .where(and(ne(returns.state, 'declined'), styleId === undefined ? undefined : eq(returns.styleId, styleId)))
    .groupBy(returns.styleId)
    .orderBy(desc(sql`max(${returns.id})`))
    .limit(limit)
  return rows.map(({ styleId, campaignId }) => ({ styleId, campaignId }))
}

/** What was sent back of a style and not declined. */
export const returnsOfStyle = (db: Reader, styleId: string) =>
  db
    .select({ reason: returns.reason, lines: returns.lines, fits: returns.fits })
    .from(returns)
    .where(and(eq(returns.styleId, styleId), ne(returns.state, 'declined')))

/** Pieces of a style that are with their buyers, by size: counted by the database. */
export async function deliveredBySize(db: Reader, styleId: string): Promise<{ size: string; quantity: number }[]> {
  const [each, member] =
    dialect === 'postgres'
      ? [sql`jsonb_array_elements(${shipments.lines}) as line`, (name: string) => sql`line ->> ${sql.raw(`'${name}'`)}`]
      : [sql`json_each(${shipments.lines}) as line`, (name: string) => sql`line.value ->> ${sql.raw(`'${name}'`)}`]
  return db
    .select({
      size: sql<string>`${member('size')}`,
      quantity: sql`sum(cast(${member('quantity')} as integer))`.mapWith(Number),
    })
    .from(shipments)
    .innerJoin(preorders, eq(preorders.id, shipments.preorderId))
    .innerJoin(campaigns, eq(campaigns.id, preorders.campaignId))
    .crossJoin(each)
    .where(and(eq(campaigns.styleId, styleId), eq(shipments.state, 'received')))
    .groupBy(sql`1`)
}

/** What is known of parcels and returns of these pre-orders: a person's own. */
export const parcelsOfPreorders = (db: Reader, ids: readonly string[]) =>
  db
    .select({ parcel: parcels, shipment: shipments.number, preorderId: shipments.preorderId })
    .from(parcels)
    .innerJoin(shipments, eq(shipments.id, parcels.shipmentId))
    .where(inArray(shipments.preorderId, [...ids]))
    .orderBy(asc(parcels.id))

export const returnsOfPreorders = (db: Reader, ids: readonly string[]): Promise<Return[]> =>
  db
    .select()
    .from(returns)
    .where(inArray(returns.preorderId, [...ids]))
    .orderBy(asc(returns.id))

/** A tracking number leads to a person: of who is nobody it says nothing any more. */
const nobodys = (id: string) => `${ERASED}.${id}`

export async function forgetNumbers(tx: Tx, preorderIds: readonly string[]): Promise<void> {
  for (const { parcel } of await parcelsOfPreorders(tx, preorderIds))
    await tx
      .update(parcels)
      .set({ trackingNumber: nobodys(parcel.id) })
      .where(eq(parcels.id, parcel.id))
      .returning({ id: parcels.id })
  await tx
    .update(returns)
    .set({ words: null, answer: null, trackingNumber: null })
    .where(inArray(returns.preorderId, [...preorderIds]))
    .returning({ id: returns.id })
}

/** Pre-orders that are nobody's already while a number of theirs still says whose they were. */
export async function numbersOfNobody(db: Reader, limit: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: shipments.preorderId })
    .from(parcels)
    .innerJoin(shipments, eq(shipments.id, parcels.shipmentId))
    .innerJoin(preorders, eq(preorders.id, shipments.preorderId))
    .where(and(eq(preorders.email, ERASED), sql`${parcels.trackingNumber} not like ${`${ERASED}.%`}`))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Every return, in steps. */
export const allReturns = (db: Reader) =>
  inSteps<Return>((last, limit) =>
    db
      .select()
      .from(returns)
      .where(last && gt(returns.id, last.id))
      .orderBy(asc(returns.id))
      .limit(limit),
  )
