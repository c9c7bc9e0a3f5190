import { and, eq, gt, gte, inArray, lte, or, sql } from 'drizzle-orm'
import type { Currency } from '../../core/values.ts'
import { prepared, type Reader, type Tx } from '../../db/database.ts'
import { campaigns, type Campaign } from '../4-storefront/door.ts'
import { campaignBuyers, lots, preorders } from './tables.ts'
import type { Rung } from '../../garments/types.ts'

export type Preorder = typeof preorders.$inferSelect
export type Lot = typeof lots.$inferSelect

/**
 * Intake runs these for every pre-order, so each is built once per connection. They touch rows in one order, a
 * pre-order before its campaign before its buyer; where freezing a lot must go the other way round, PostgreSQL breaks
 * the circle and the transaction is run again.
 */
/** A comparison does not encode a placeholder by its column; said so, a Date becomes what each database stores. */
const moment = sql.param(sql.placeholder('now'), campaigns.opensAt)
const OPEN = and(
  eq(campaigns.id, sql.placeholder('campaignId')),
  inArray(campaigns.state, ['open', 'dispatching']),
  lte(campaigns.opensAt, moment),
  gt(campaigns.closesAt, moment),
)

/** What intake has to know of a campaign; read at most once a second, see actions.ts. */
export interface IntakeFacts {
  ladder: Rung[]
  sizes: string[]
  colourways: string[]
  currency: Currency
  perBuyerCap: number
  totalUnits: number
}

export async function intakeFacts(db: Reader, campaignId: string): Promise<IntakeFacts | undefined> {
  const [row] = await db
    .select({
      ladder: campaigns.ladder,
      sizes: campaigns.sizes,
      colourways: campaigns.colourways,
      currency: campaigns.currency,
      perBuyerCap: campaigns.perBuyerCap,
      totalUnits: campaigns.totalUnits,
    })
    .from(campaigns)
    .where(eq(campaigns.id, campaignId))
  return row
}

export interface Gathered {
  state: Campaign['state']
  lot: number
  lotUnits: number
  lotBuyers: number
  thresholdUnits: number
  minBuyers: number
  perBuyerCap: number
}

/**
 * Count verified units, if the campaign still takes them.
 * @param values `pending`: units to take out of the pending ones (0 for units that were never counted as such)
 */
export const verifyUnits = prepared<{ campaignId: string; now: Date; units: number; pending: number }, Gathered>((tx) =>
  tx
    .update(campaigns)
    .set({
      pendingUnits: sql`${campaigns.pendingUnits} - ${sql.placeholder('pending')}`,
      lotUnits: sql`${campaigns.lotUnits} + ${sql.placeholder('units')}`,
      totalUnits: sql`${campaigns.totalUnits} + ${sql.placeholder('units')}`,
    })
    .where(OPEN)
    .returning({
      state: campaigns.state,
      lot: campaigns.lot,
      lotUnits: campaigns.lotUnits,
      lotBuyers: campaigns.lotBuyers,
      thresholdUnits: campaigns.thresholdUnits,
      minBuyers: campaigns.minBuyers,
      perBuyerCap: campaigns.perBuyerCap,
    }),
)

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

export const countBuyer = prepared<{ campaignId: string; change: number }, { lotBuyers: number }>((tx) =>
  tx
    .update(campaigns)
    .set({ lotBuyers: sql`${campaigns.lotBuyers} + ${sql.placeholder('change')}` })
    .where(eq(campaigns.id, sql.placeholder('campaignId')))
    .returning({ lotBuyers: campaigns.lotBuyers }),
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
  await tx
    .update(campaigns)
    .set(
      verified
        ? {
            lotUnits: sql`${campaigns.lotUnits} - ${preorder.units}`,
            totalUnits: sql`${campaigns.totalUnits} - ${preorder.units}`,
          }
        : { pendingUnits: sql`${campaigns.pendingUnits} - ${preorder.units}` },
    )
    .where(eq(campaigns.id, preorder.campaignId))
    .returning({ id: campaigns.id })
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
  for (const [campaignId, units] of sums)
    await tx
      .update(campaigns)
      .set({ pendingUnits: sql`${campaigns.pendingUnits} + ${units}` })
      .where(eq(campaigns.id, campaignId))
      .returning({ id: campaigns.id })
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
  await tx
    .update(campaigns)
    .set({ totalUnits: sql`${campaigns.totalUnits} - ${units}` })
    .where(eq(campaigns.id, campaignId))
    .returning({ id: campaigns.id })
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
  await tx
    .update(campaigns)
    .set({
      totalUnits: sql`${campaigns.totalUnits} - ${campaigns.lotUnits}`,
      lotUnits: 0,
      lotBuyers: 0,
      pendingUnits: 0,
    })
    .where(eq(campaigns.id, campaignId))
    .returning({ id: campaigns.id })
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
