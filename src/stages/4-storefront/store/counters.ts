/**
 * What a campaign counts of the demand for it. Its stage writes the row; when it is written is the next stage's to say,
 * in a transaction of its own. Intake runs the prepared ones for every pre-order: one statement each, built once per
 * connection.
 */
import { and, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Currency } from '../../../core/values.ts'
import { prepared, type Reader, type Tx } from '../../../db/database.ts'
import { campaigns } from '../tables.ts'
import type { Priced } from '../model.ts'
import type { Campaign } from '../store.ts'

const GATHERING = ['open', 'dispatching'] as const
/** Gathering, and nobody has stopped it. (A buyer may leave also one that is being stopped.) */
const goesOn = and(inArray(campaigns.state, [...GATHERING]), isNull(campaigns.stoppedAt))

/** A comparison does not encode a placeholder by its column; said so, a Date becomes what each database stores. */
const moment = sql.param(sql.placeholder('now'), campaigns.opensAt)
const OPEN = and(
  eq(campaigns.id, sql.placeholder('campaignId')),
  goesOn,
  lte(campaigns.opensAt, moment),
  gt(campaigns.closesAt, moment),
)

/** What intake has to know of a campaign. */
export interface IntakeFacts extends Priced {
  sizes: string[]
  colourways: string[]
  currency: Currency
  perBuyerCap: number
  verification: Campaign['verification']
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
      pricing: campaigns.pricing,
      laterLadder: campaigns.laterLadder,
      lot: campaigns.lot,
      lotUnits: campaigns.lotUnits,
      verification: campaigns.verification,
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
  closing: Campaign['closing']
  closingUnits: number | null
  collecting: boolean
  pledgedUnits: number
}

const GATHERED = {
  state: campaigns.state,
  lot: campaigns.lot,
  lotUnits: campaigns.lotUnits,
  lotBuyers: campaigns.lotBuyers,
  thresholdUnits: campaigns.thresholdUnits,
  minBuyers: campaigns.minBuyers,
  perBuyerCap: campaigns.perBuyerCap,
  closing: campaigns.closing,
  closingUnits: campaigns.closingUnits,
  collecting: campaigns.collecting,
  pledgedUnits: campaigns.pledgedUnits,
} as const

/**
 * Count verified units, if the campaign still takes them.
 * @param values `units`: those that count at every price; `pledged`: those that count up to one; `pending`: units to take
 *   out of the pending ones (0 for units that were never counted as such)
 */
export const verifyUnits = prepared<
  { campaignId: string; now: Date; units: number; pledged: number; pending: number },
  Gathered
>((tx) =>
  tx
    .update(campaigns)
    .set({
      pendingUnits: sql`${campaigns.pendingUnits} - ${sql.placeholder('pending')}`,
      lotUnits: sql`${campaigns.lotUnits} + ${sql.placeholder('units')}`,
      totalUnits: sql`${campaigns.totalUnits} + ${sql.placeholder('units')}`,
      pledgedUnits: sql`${campaigns.pledgedUnits} + ${sql.placeholder('pledged')}`,
      soldOrders: sql`${campaigns.soldOrders} + 1`,
      soldUnits: sql`${campaigns.soldUnits} + ${sql.placeholder('units')} + ${sql.placeholder('pledged')}`,
    })
    .where(OPEN)
    .returning(GATHERED),
)

/** What of the pledges for the lot that gathers counts is so much more, or less, than it was. */
export const countPledges = (tx: Tx, id: string, { units, buyers }: { units: number; buyers: number }) =>
  tx
    .update(campaigns)
    .set({
      pledgesCounted: sql`${campaigns.pledgesCounted} + ${units}`,
      lotUnits: sql`${campaigns.lotUnits} + ${units}`,
      totalUnits: sql`${campaigns.totalUnits} + ${units}`,
      pledgersCounted: sql`${campaigns.pledgersCounted} + ${buyers}`,
      lotBuyers: sql`${campaigns.lotBuyers} + ${buyers}`,
    })
    .where(eq(campaigns.id, id))
    .returning({ lotUnits: campaigns.lotUnits, lotBuyers: campaigns.lotBuyers })

export const countBuyer = prepared<{ campaignId: string; change: number }, { lotBuyers: number }>((tx) =>
  tx
    .update(campaigns)
    .set({ lotBuyers: sql`${campaigns.lotBuyers} + ${sql.placeholder('change')}` })
    .where(eq(campaigns.id, sql.placeholder('campaignId')))
    .returning({ lotBuyers: campaigns.lotBuyers }),
)

/** What a verified order's buyer has changed: fewer units, more, or as many of another size. */
interface Changed {
  campaignId: string
  /** The one it was confirmed for. */
  lot: number
  change: number
  now: Date
}

/**
 * Units that a verified order has more or fewer from now on.
 * @returns nothing where the campaign does not gather for that lot any more, has closed or is being stopped
 */
export async function changeVerified(tx: Tx, { campaignId, lot, change: by, now }: Changed) {
  const [gathered] = await tx
    .update(campaigns)
    .set({
      lotUnits: sql`${campaigns.lotUnits} + ${by}`,
      totalUnits: sql`${campaigns.totalUnits} + ${by}`,
      soldUnits: sql`${campaigns.soldUnits} + ${by}`,
    })
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.lot, lot), goesOn, gt(campaigns.closesAt, now)))
    .returning(GATHERED)
  return gathered
}

const change = (tx: Tx, id: string, set: Parameters<ReturnType<Tx['update']>['set']>[0]) =>
  tx.update(campaigns).set(set).where(eq(campaigns.id, id)).returning({ id: campaigns.id })

/** Its goal is reached, and its first lot gathers on. @returns no row where that was so already */
export const beginCollecting = (tx: Tx, id: string) =>
  tx
    .update(campaigns)
    .set({ collecting: true })
    .where(and(eq(campaigns.id, id), eq(campaigns.state, 'open'), eq(campaigns.collecting, false)))
    .returning({ id: campaigns.id })

/** Buyers left a lot that gathers on, and its goal is not reached any more. @returns no row where it still is */
export const endCollecting = (tx: Tx, id: string) =>
  tx
    .update(campaigns)
    .set({ collecting: false })
    .where(
      and(
        eq(campaigns.id, id),
        eq(campaigns.collecting, true),
        sql`(${campaigns.lotUnits} < ${campaigns.thresholdUnits} or ${campaigns.lotBuyers} < ${campaigns.minBuyers})`,
      ),
    )
    .returning({ id: campaigns.id, lot: campaigns.lot })

/** Their buyers are being asked to confirm. */
export const addPending = (tx: Tx, id: string, units: number) =>
  change(tx, id, { pendingUnits: sql`${campaigns.pendingUnits} + ${units}` })

/** Cancelled before they were confirmed. */
export const takePending = (tx: Tx, id: string, units: number) =>
  change(tx, id, { pendingUnits: sql`${campaigns.pendingUnits} - ${units}` })

/**
 * An order that is cancelled after it was confirmed, and before its lot was frozen.
 * @param gone `units`: those that count at every price; `pledged`: those up to one; `lot`: the one it was confirmed for; no
 *   row = the campaign does not gather for that any more
 */
export const takeVerified = (
  tx: Tx,
  { campaignId, units, pledged, lot }: { campaignId: string; units: number; pledged: number; lot: number },
) =>
  tx
    .update(campaigns)
    .set({
      lotUnits: sql`${campaigns.lotUnits} - ${units}`,
      totalUnits: sql`${campaigns.totalUnits} - ${units}`,
      pledgedUnits: sql`${campaigns.pledgedUnits} - ${pledged}`,
      soldOrders: sql`${campaigns.soldOrders} - 1`,
      soldUnits: sql`${campaigns.soldUnits} - ${units + pledged}`,
    })
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.lot, lot), inArray(campaigns.state, [...GATHERING])))
    .returning({ id: campaigns.id, pledgedUnits: campaigns.pledgedUnits })

/** A lot of so many units will not be made. */
export const takeFromTotal = (tx: Tx, id: string, units: number) =>
  change(tx, id, { totalUnits: sql`${campaigns.totalUnits} - ${units}` })

const NO_PLEDGES = { pledgedUnits: 0, pledgesCounted: 0, pledgersCounted: 0 }

/** Whatever waits in a campaign that ends is let go. */
export const dropWaiting = (tx: Tx, id: string) =>
  change(tx, id, {
    totalUnits: sql`${campaigns.totalUnits} - ${campaigns.lotUnits}`,
    lotUnits: 0,
    lotBuyers: 0,
    pendingUnits: 0,
    ...NO_PLEDGES,
    collecting: false,
  })

/**
 * Move a campaign on from its lot `number` to the next, with the counters as they were: what has gathered.
 * @returns undefined where somebody did it before, it does not gather any more, or nothing has gathered
 */
export async function moveToNextLot(tx: Tx, id: string, number: number): Promise<Campaign | undefined> {
  const [campaign] = await tx
    .update(campaigns)
    .set({ state: 'dispatching', lot: number + 1, collecting: false })
    .where(and(eq(campaigns.id, id), eq(campaigns.lot, number), goesOn, sql`${campaigns.lotUnits} > 0`))
    .returning()
  return campaign
}

/** Nothing has gathered for the new lot yet. @param more units of the one before that were not among those that counted */
export const emptyLot = (tx: Tx, id: string, more: number) =>
  change(tx, id, {
    lotUnits: 0,
    lotBuyers: 0,
    ...(more && { totalUnits: sql`${campaigns.totalUnits} + ${more}` }),
    ...NO_PLEDGES,
  })

/** What the audit found a counter must be, if it still is what it saw. @returns false when it is not */
export async function repairCounter(
  tx: Tx,
  id: string,
  field:
    | 'pendingUnits'
    | 'lotUnits'
    | 'totalUnits'
    | 'lotBuyers'
    | 'pledgedUnits'
    | 'pledgesCounted'
    | 'pledgersCounted'
    | 'soldOrders'
    | 'soldUnits'
    | 'inquiries'
    | 'lot'
    | 'views',
  { from, to }: { from: number; to: number },
): Promise<boolean> {
  const rows = await tx
    .update(campaigns)
    .set({ [field]: to })
    .where(and(eq(campaigns.id, id), eq(campaigns[field], from)))
    .returning({ id: campaigns.id })
  return rows.length === 1
}

/** Campaigns whose closing date has passed and that nobody has closed yet. */
export const closingDue = (db: Reader, now: Date) =>
  db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(
      and(
        goesOn,
        lte(campaigns.closesAt, now),
        // Where a person is asked, nothing is due until so many have left that there is nothing to be asked about.
        or(isNull(campaigns.undecidedAt), sql`${campaigns.lotUnits} < ${campaigns.thresholdUnits}`),
      ),
    )
    .limit(100)

/** Campaigns whose opening date has come. */
export const openingDue = (db: Reader, now: Date) =>
  db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.state, 'scheduled'), isNull(campaigns.stoppedAt), lte(campaigns.opensAt, now)))
    .limit(100)
