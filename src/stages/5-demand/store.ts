/**
 * Pre-orders, what their buyers hold, and lots. What intake runs for every pre-order is built once per connection. Rows
 * are touched in one order, a pre-order before its campaign before its buyer; where freezing a lot must go the other way
 * round, PostgreSQL breaks the circle and the transaction is run again.
 */
import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { Currency } from '../../core/values.ts'
import { prepared, type Reader, type Tx } from '../../db/database.ts'
import {
  addPending,
  campaigns,
  countBuyer,
  dropWaiting,
  takeFromTotal,
  takePending,
  takeVerified,
} from '../4-storefront/door.ts'
import { campaignBuyers, lots, preorders } from './tables.ts'

export type Preorder = typeof preorders.$inferSelect
export type Lot = typeof lots.$inferSelect

/** What a buyer holds, grown by verified units; a sum over the cap is undone by the caller. */
export const holdUnits = prepared<
  { campaignId: string; buyerKey: string; units: number },
  { units: number; lotUnits: number }
>((tx) =>
  tx
    .insert(campaignBuyers)
    .values({
      campaignId: sql.placeholder('campaignId'),
      buyerKey: sql.placeholder('buyerKey'),
      units: sql.placeholder('units'),
      lotUnits: sql.placeholder('units'),
    })
    .onConflictDoUpdate({
      target: [campaignBuyers.campaignId, campaignBuyers.buyerKey],
      set: {
        units: sql`${campaignBuyers.units} + excluded.units`,
        lotUnits: sql`${campaignBuyers.lotUnits} + excluded.lot_units`,
      },
    })
    .returning({ units: campaignBuyers.units, lotUnits: campaignBuyers.lotUnits }),
)

/** From `pending` to `confirmed`, once: no row = it was not pending any more. */
export const markConfirmed = prepared<{ id: string; now: Date }, { letterDue: boolean }>((tx) =>
  tx
    .update(preorders)
    .set({ state: 'confirmed', confirmedAt: sql.placeholder('now') as never })
    .where(and(eq(preorders.id, sql.placeholder('id')), eq(preorders.state, 'pending')))
    .returning({ letterDue: preorders.letterDue }),
)

/** Confirmed before anybody was asked to: no letter any more. */
export const forgetLetter = (tx: Tx, id: string) =>
  tx.update(preorders).set({ letterDue: false }).where(eq(preorders.id, id)).returning({ id: preorders.id })

export async function preorderById(db: Reader, id: string): Promise<Preorder | undefined> {
  const [row] = await db.select().from(preorders).where(eq(preorders.id, id))
  return row
}

/** The pre-order that a request made, with what its answer says of the campaign. */
export async function preorderUnder(
  db: Reader,
  requestKey: string,
): Promise<{ preorder: Preorder; currency: Currency } | undefined> {
  const [row] = await db
    .select({ preorder: preorders, currency: campaigns.currency })
    .from(preorders)
    .innerJoin(campaigns, eq(campaigns.id, preorders.campaignId))
    .where(eq(preorders.requestKey, requestKey))
  return row
}

/** Take a pre-order out, by compare-and-swap on its own row, and its units out of the counters. */
export async function cancelPreorder(tx: Tx, preorder: Preorder, now: Date): Promise<boolean> {
  const verified = preorder.state === 'confirmed'
  const rows = await tx
    .update(preorders)
    .set({ state: 'cancelled', endedAt: now, letterDue: false })
    .where(and(eq(preorders.id, preorder.id), eq(preorders.state, preorder.state)))
    .returning({ id: preorders.id })
  if (!rows.length) return false
  // Neither verified nor asked yet: it stands in no counter.
  if (!verified && preorder.letterDue) return true
  await (verified ? takeVerified : takePending)(tx, preorder.campaignId, preorder.units)
  if (!verified) return true
  const [left] = await tx
    .update(campaignBuyers)
    .set({
      units: sql`${campaignBuyers.units} - ${preorder.units}`,
      lotUnits: sql`${campaignBuyers.lotUnits} - ${preorder.units}`,
    })
    .where(and(eq(campaignBuyers.campaignId, preorder.campaignId), eq(campaignBuyers.buyerKey, preorder.buyerKey)))
    .returning({ lotUnits: campaignBuyers.lotUnits })
  if (left?.lotUnits === 0) await countBuyer(tx, { campaignId: preorder.campaignId, change: -1 })
  return true
}

export async function lotById(db: Reader, id: string): Promise<Lot | undefined> {
  const [row] = await db.select().from(lots).where(eq(lots.id, id))
  return row
}

export const preordersOfLot = (db: Reader, campaignId: string, lot: number) =>
  db
    .select()
    .from(preorders)
    .where(and(eq(preorders.campaignId, campaignId), eq(preorders.lot, lot)))

/** Letters to these pre-orders are on their way: their units stand with the campaign as pending from now on. */
export async function countPending(tx: Tx, ids: readonly string[]): Promise<void> {
  if (!ids.length) return
  const rows = await tx
    .update(preorders)
    .set({ letterDue: false })
    .where(and(inArray(preorders.id, [...ids]), eq(preorders.letterDue, true), eq(preorders.state, 'pending')))
    .returning({ campaignId: preorders.campaignId, units: preorders.units })
  const sums = new Map<string, number>()
  for (const { campaignId, units } of rows) sums.set(campaignId, (sums.get(campaignId) ?? 0) + units)
  for (const [campaignId, units] of sums) await addPending(tx, campaignId, units)
}

/** Letters that are over an allowance wait for its end. */
export async function holdLetters(tx: Tx, until: ReadonlyMap<string, Date>): Promise<void> {
  for (const [id, letterAfter] of until)
    await tx
      .update(preorders)
      .set({ letterAfter })
      .where(and(eq(preorders.id, id), eq(preorders.state, 'pending')))
      .returning({ id: preorders.id })
}

/** Letters whose waiting is over, longest first. */
export const heldLetters = (db: Reader, now: Date, limit: number): Promise<Preorder[]> =>
  db.select().from(preorders).where(lte(preorders.letterAfter, now)).orderBy(asc(preorders.letterAfter)).limit(limit)

/** No letter any more. Where it came from stays, as the mark that nobody was asked. */
export const endHolding = (tx: Tx, ids: readonly string[]) =>
  tx
    .update(preorders)
    .set({ letterAfter: null })
    .where(inArray(preorders.id, [...ids]))
    .returning({ id: preorders.id })

/** The letter is on its way: nobody needs to know any more where the pre-order came from. */
export async function forgetOrigins(tx: Tx, ids: readonly string[]): Promise<void> {
  if (!ids.length) return
  await tx
    .update(preorders)
    .set({ origin: null, letterAfter: null })
    .where(inArray(preorders.id, [...ids]))
    .returning({ id: preorders.id })
}

/**
 * Placed in the last moment of a campaign that ended before anybody was asked: they stand in no counter.
 * @returns the ids of those that were let go by this
 */
export async function releaseUnasked(tx: Tx, ids: readonly string[], now: Date): Promise<{ id: string }[]> {
  if (!ids.length) return []
  return tx
    .update(preorders)
    .set({ state: 'released', endedAt: now, letterDue: false })
    .where(and(inArray(preorders.id, [...ids]), eq(preorders.state, 'pending')))
    .returning({ id: preorders.id })
}

/** The lot's garments have arrived. */
export const fulfilLot = (tx: Tx, campaignId: string, lot: number, now: Date) =>
  tx
    .update(preorders)
    .set({ state: 'fulfilled', endedAt: now })
    .where(and(eq(preorders.campaignId, campaignId), eq(preorders.lot, lot), eq(preorders.state, 'in-lot')))
    .returning({ id: preorders.id })

/**
 * A lot will not be made: its pre-orders are let go and nobody pays. They leave the campaign's total and what their
 * buyers hold, so that a buyer may order again where the campaign goes on. Rows in intake's order, see above.
 * @returns how many pre-orders; 0 when somebody did it before
 */
export async function releaseLot(tx: Tx, campaignId: string, lot: number, now: Date): Promise<number> {
  const rows = await tx
    .update(preorders)
    .set({ state: 'released', endedAt: now })
    .where(and(eq(preorders.campaignId, campaignId), eq(preorders.lot, lot), eq(preorders.state, 'in-lot')))
    .returning({ units: preorders.units })
  if (!rows.length) return 0
  const units = rows.reduce((sum, row) => sum + row.units, 0)
  await takeFromTotal(tx, campaignId, units)
  const released = and(
    eq(preorders.campaignId, campaignId),
    eq(preorders.lot, lot),
    eq(preorders.state, 'released'),
    eq(preorders.buyerKey, campaignBuyers.buyerKey),
  )
  // One statement for a crowd: a lot may have thousands of buyers.
  await tx
    .update(campaignBuyers)
    .set({
      units: sql`${campaignBuyers.units} - (select sum(${preorders.units}) from ${preorders} where ${released})`,
    })
    .where(and(eq(campaignBuyers.campaignId, campaignId), sql`exists (select 1 from ${preorders} where ${released})`))
    .returning({ key: campaignBuyers.buyerKey })
  return rows.length
}

/** Everything still waiting in a campaign is let go: nobody pays. Returns how many pre-orders. */
export async function releaseWaiting(tx: Tx, campaignId: string, now: Date): Promise<number> {
  await dropWaiting(tx, campaignId)
  await tx
    .update(campaignBuyers)
    .set({ units: sql`${campaignBuyers.units} - ${campaignBuyers.lotUnits}`, lotUnits: 0 })
    .where(and(eq(campaignBuyers.campaignId, campaignId), gte(campaignBuyers.lotUnits, 1)))
    .returning({ key: campaignBuyers.buyerKey })
  const rows = await tx
    .update(preorders)
    .set({ state: 'released', endedAt: now, letterDue: false })
    .where(
      and(eq(preorders.campaignId, campaignId), or(eq(preorders.state, 'pending'), eq(preorders.state, 'confirmed'))),
    )
    .returning({ id: preorders.id })
  return rows.length
}

/** Pre-orders of a campaign, oldest first; `after` is the id of the last one already seen. */
export const preorderPage = (
  db: Reader,
  { campaignId, after, limit }: { campaignId: string; after?: string | undefined; limit: number },
): Promise<Preorder[]> =>
  db
    .select()
    .from(preorders)
    .where(and(eq(preorders.campaignId, campaignId), after ? gt(preorders.id, after) : undefined))
    .orderBy(asc(preorders.id))
    .limit(limit)

/** What was ordered in a campaign, as lines, with how far each pre-order has come. */
export const linesOfCampaign = (db: Reader, campaignId: string) =>
  db
    .select({ state: preorders.state, confirmedAt: preorders.confirmedAt, lines: preorders.lines })
    .from(preorders)
    .where(eq(preorders.campaignId, campaignId))

/** Those who were let go with their campaign. Whose lot was called off is not among them. */
export const releasedWithCampaign = (db: Reader, campaignId: string) =>
  db
    .select({
      id: preorders.id,
      email: preorders.email,
      name: preorders.name,
      lang: preorders.lang,
      confirmedAt: preorders.confirmedAt,
    })
    .from(preorders)
    .where(
      and(
        eq(preorders.campaignId, campaignId),
        eq(preorders.state, 'released'),
        isNull(preorders.lot),
        // Whose letter was held is a stranger who was never asked, and is not written now either.
        or(isNull(preorders.origin), isNotNull(preorders.confirmedAt)),
      ),
    )

/** Pre-orders whose buyers have not been asked to confirm, oldest first. */
export const lettersDue = (db: Reader, limit: number): Promise<Preorder[]> =>
  db
    .select()
    .from(preorders)
    .where(and(eq(preorders.letterDue, true), eq(preorders.state, 'pending')))
    .orderBy(asc(preorders.id))
    .limit(limit)
