/**
 * Pre-orders, what their buyers hold, and lots. What intake runs for every pre-order is built once per connection. Rows
 * are touched in one order, a pre-order before its campaign before its buyer; where freezing a lot must go the other way
 * round, PostgreSQL breaks the circle and the transaction is run again.
 */
import { and, asc, desc, eq, gt, inArray, isNotNull, lte, notInArray, sql, lt } from 'drizzle-orm'
import type { Currency } from '../../core/values.ts'
import { prepared, type Reader, type Tx } from '../../db/database.ts'
import { addPending, campaignById, campaigns, countBuyer, takePending, takeVerified } from '../4-storefront/door.ts'
import { firmIn, readPledge, type PledgedLine } from './pledges.ts'
import { asSettled, standing } from './standing.ts'
import { countCells, countHour } from './store/counts.ts'
import { cellsFor, movePledges } from './store/pledges.ts'
import { campaignBuyers, lots, preorders, UNCONFIRMED } from './tables.ts'

/** Rows that are changed in one transaction: pre-orders that come meanwhile wait for it. */
export const SLICE = 500

export type Preorder = typeof preorders.$inferSelect
export type Lot = typeof lots.$inferSelect

/** What a row of `campaign_buyers` becomes by another of the same buyer; of lots it knows the later one. */
export const HELD_TOGETHER = {
  units: sql`${campaignBuyers.units} + excluded.units`,
  lotUnits: sql`case when ${campaignBuyers.lot} = excluded.lot then ${campaignBuyers.lotUnits} + excluded.lot_units
    when ${campaignBuyers.lot} < excluded.lot then excluded.lot_units else ${campaignBuyers.lotUnits} end`,
  lot: sql`case when ${campaignBuyers.lot} < excluded.lot then excluded.lot else ${campaignBuyers.lot} end`,
}

/**
 * What a buyer holds, grown by verified units in a lot; a sum over the cap is undone by the caller.
 * @param values `firm`: those of the units that count at every price
 */
export const holdUnits = prepared<
  { campaignId: string; buyerKey: string; units: number; firm: number; lot: number },
  { units: number; lotUnits: number }
>((tx) =>
  tx
    .insert(campaignBuyers)
    .values({
      campaignId: sql.placeholder('campaignId'),
      buyerKey: sql.placeholder('buyerKey'),
      units: sql.placeholder('units'),
      lotUnits: sql.placeholder('firm'),
      lot: sql.placeholder('lot'),
    })
    .onConflictDoUpdate({ target: [campaignBuyers.campaignId, campaignBuyers.buyerKey], set: HELD_TOGETHER })
    .returning({ units: campaignBuyers.units, lotUnits: campaignBuyers.lotUnits }),
)

/** What is counted of a pre-order as it stands at the moment it is confirmed: its buyer may have changed it just before. */
type Confirmed = Pick<Preorder, 'letterDue' | 'lot' | 'units' | 'lines' | 'pledged' | 'shownPrice'>

/** From `pending` to `confirmed`, for the lot that gathers, once: no row = it was not pending any more. */
export const markConfirmed = prepared<{ id: string; now: Date }, Confirmed>((tx) =>
  tx
    .update(preorders)
    .set({
      state: 'confirmed',
      confirmedAt: sql.placeholder('now') as never,
      lot: sql`(select ${campaigns.lot} from ${campaigns} where ${campaigns.id} = ${preorders.campaignId})`,
    })
    .where(and(eq(preorders.id, sql.placeholder('id')), eq(preorders.state, 'pending')))
    .returning({
      letterDue: preorders.letterDue,
      lot: preorders.lot,
      units: preorders.units,
      lines: preorders.lines,
      pledged: preorders.pledged,
      shownPrice: preorders.shownPrice,
    }),
)

/** The lot it was meant for was frozen by a transaction beside this one, which had to be waited for. */
export const markForLot = (tx: Tx, id: string, lot: number) =>
  tx.update(preorders).set({ lot }).where(eq(preorders.id, id)).returning({ id: preorders.id })

/** Confirmed before anybody was asked to: no letter any more. */
export const forgetLetter = (tx: Tx, id: string) =>
  tx.update(preorders).set({ letterDue: false }).where(eq(preorders.id, id)).returning({ id: preorders.id })

const SEEN = {
  preorder: preorders,
  campaign: { state: campaigns.state, lot: campaigns.lot, endedAt: campaigns.endedAt },
  lot: { state: lots.state, endedAt: lots.endedAt, unitPrice: lots.unitPrice, frozenAt: lots.frozenAt },
}

/** Pre-orders with what was decided about them (standing.ts). */
export const seen = (db: Reader) =>
  db
    .select(SEEN)
    .from(preorders)
    .innerJoin(campaigns, eq(campaigns.id, preorders.campaignId))
    .leftJoin(lots, and(eq(lots.campaignId, preorders.campaignId), eq(lots.number, preorders.lot)))

/** A pre-order as it stands. */
export async function preorderById(db: Reader, id: string): Promise<Preorder | undefined> {
  const [row] = await seen(db).where(eq(preorders.id, id))
  return row && standing(row.preorder, row)
}

type Priced = { preorder: Preorder; currency: Currency }
const priced = (db: Reader) =>
  db
    .select({ preorder: preorders, currency: campaigns.currency })
    .from(preorders)
    .innerJoin(campaigns, eq(campaigns.id, preorders.campaignId))

/** The pre-order that a request made, with what its answer says of the campaign. */
export const preorderUnder = async (db: Reader, requestKey: string): Promise<Priced | undefined> =>
  (await priced(db).where(eq(preorders.requestKey, requestKey)))[0]

/** The row of a pre-order, whatever was decided about it, with the currency of its price. */
export const preorderWithCurrency = async (db: Reader, id: string): Promise<Priced | undefined> =>
  (await priced(db).where(eq(preorders.id, id)))[0]

/**
 * Take a pre-order out, by compare-and-swap on its own row and on the lot that its campaign gathers for, and its units
 * out of the counters.
 * @returns false when somebody else was quicker: what was done so far is to be undone
 */
export async function cancelPreorder(
  tx: Tx,
  { id, state }: Pick<Preorder, 'id' | 'state'>,
  now: Date,
): Promise<boolean> {
  const [before] = await tx
    .select({ lot: preorders.lot, letterDue: preorders.letterDue, gathers: campaigns.lot })
    .from(preorders)
    .innerJoin(campaigns, eq(campaigns.id, preorders.campaignId))
    .where(eq(preorders.id, id))
  const [row] = await tx
    .update(preorders)
    .set({ state: 'cancelled', endedAt: now, letterDue: false, lot: null })
    .where(and(eq(preorders.id, id), eq(preorders.state, state)))
    .returning()
  if (!row || !before) return false
  const { campaignId, buyerKey, units, lines, shownPrice, confirmedAt } = row
  const cells = { campaignId, lines, shownPrice, times: -1 as const }
  const pledge = readPledge(row.pledged)
  const firm = firmIn(row)
  if (state === 'pending') {
    // Not asked yet: it stands in no counter.
    if (before.letterDue) return true
    await takePending(tx, campaignId, units)
    await countCells(tx, [{ ...cells, lot: UNCONFIRMED }])
    return true
  }
  const lot = before.lot ?? before.gathers
  const [taken] = await takeVerified(tx, { campaignId, units: firm, pledged: units - firm, lot })
  if (!taken) return false
  await (pledge ? takePledged(tx, row, pledge, lot) : countCells(tx, [{ ...cells, lot }]))
  await countHour(tx, { campaignId, lot, units, at: confirmedAt ?? row.placedAt, times: -1 })
  const [left] = await tx
    .update(campaignBuyers)
    .set({
      units: sql`${campaignBuyers.units} - ${units}`,
      lotUnits: sql`${campaignBuyers.lotUnits} - ${firm}`,
    })
    .where(and(eq(campaignBuyers.campaignId, campaignId), eq(campaignBuyers.buyerKey, buyerKey)))
    .returning({ lotUnits: campaignBuyers.lotUnits })
  const holds = left?.lotUnits ?? 0
  if (firm > 0 && holds === 0) await countBuyer(tx, { campaignId, change: -1 })
  if (pledge || taken.pledgedUnits > 0)
    await movePledges(tx, { id, campaignId, buyerKey, lot, pledge, firm, holds, times: -1 })
  return true
}

async function takePledged(tx: Tx, row: Preorder, pledge: readonly PledgedLine[], lot: number): Promise<void> {
  const campaign = await campaignById(tx, row.campaignId)
  if (campaign) await countCells(tx, cellsFor(campaign, { ...row, pledge }, lot, -1))
}

/** What a lot's pre-orders may be, in the order in which they become it. */
const OF_LOT = ['confirmed', 'in-lot', 'fulfilled', 'released'] as const

/**
 * The pre-orders of a lot that was frozen, a slice at a time: none is missed that becomes something else meanwhile, which
 * may be met twice. Pledges that do not accept its price are no part of it.
 */
export async function* buyersOfLot(db: Reader, campaignId: string, lot: number): AsyncGenerator<Preorder[]> {
  const [frozen] = await db
    .select({ unitPrice: lots.unitPrice })
    .from(lots)
    .where(and(eq(lots.campaignId, campaignId), eq(lots.number, lot)))
  for (const state of OF_LOT)
    for (let after = '', rows: Preorder[] | undefined; !rows || rows.length === SLICE; after = rows.at(-1)?.id ?? '') {
      rows = await db
        .select()
        .from(preorders)
        .where(
          and(
            eq(preorders.campaignId, campaignId),
            eq(preorders.lot, lot),
            eq(preorders.state, state),
            gt(preorders.id, after),
          ),
        )
        .orderBy(asc(preorders.id))
        .limit(SLICE)
      const settled = rows.flatMap((row) => asSettled(row, frozen))
      if (settled.length) yield settled
    }
}

/** Letters to these pre-orders are on their way: their units stand with the campaign as pending from now on. */
export async function countPending(tx: Tx, ids: readonly string[]): Promise<void> {
  if (!ids.length) return
  const rows = await tx
    .update(preorders)
    .set({ letterDue: false })
    .where(and(inArray(preorders.id, [...ids]), eq(preorders.letterDue, true), eq(preorders.state, 'pending')))
    .returning({
      campaignId: preorders.campaignId,
      units: preorders.units,
      lines: preorders.lines,
      shownPrice: preorders.shownPrice,
    })
  const sums = new Map<string, number>()
  for (const { campaignId, units } of rows) sums.set(campaignId, (sums.get(campaignId) ?? 0) + units)
  for (const [campaignId, units] of sums) await addPending(tx, campaignId, units)
  await countCells(
    tx,
    rows.map((row) => ({ ...row, lot: UNCONFIRMED, times: 1 })),
  )
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
  db
    .select()
    .from(preorders)
    .where(and(lte(preorders.letterAfter, now), notStopping(db)))
    .orderBy(asc(preorders.letterAfter))
    .limit(limit)

/** Whether a campaign that is being stopped goes on is not decided yet; nobody of the others waits for that. */
const notStopping = (db: Reader) =>
  notInArray(
    preorders.campaignId,
    db
      .select({ id: campaigns.id })
      .from(campaigns)
      .where(and(inArray(campaigns.state, ['open', 'dispatching']), isNotNull(campaigns.stoppedAt))),
  )

/** No letter any more. Where it came from stays, as the mark that nobody was asked. */
export async function endHolding(tx: Tx, ids: readonly string[]): Promise<void> {
  if (!ids.length) return
  await tx
    .update(preorders)
    .set({ letterAfter: null })
    .where(inArray(preorders.id, [...ids]))
    .returning({ id: preorders.id })
}

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

/** Pre-orders of a campaign as they stand, oldest or newest first; `after` is the id of the last one already seen. */
export async function preorderPage(
  db: Reader,
  {
    campaignId,
    newest,
    after,
    limit,
  }: { campaignId: string; newest: boolean; after?: string | undefined; limit: number },
): Promise<Preorder[]> {
  const beyond = after && (newest ? lt : gt)(preorders.id, after)
  // Not in one statement: a planner whose statistics are old walks through all campaigns for it.
  const rows = await db
    .select()
    .from(preorders)
    .where(and(eq(preorders.campaignId, campaignId), beyond || undefined))
    .orderBy((newest ? desc : asc)(preorders.id))
    .limit(limit)
  const [campaign] = await db.select(SEEN.campaign).from(campaigns).where(eq(campaigns.id, campaignId))
  if (!campaign) return []
  const frozen = await db
    .select({ number: lots.number, ...SEEN.lot })
    .from(lots)
    .where(eq(lots.campaignId, campaignId))
  const byNumber = new Map(frozen.map((lot) => [lot.number, lot]))
  return rows.map((row) => standing(row, { campaign, lot: byNumber.get(row.lot ?? 0) ?? null }))
}

/** Pre-orders whose buyers have not been asked to confirm, oldest first. */
export const lettersDue = (db: Reader, limit: number): Promise<Preorder[]> =>
  db
    .select()
    .from(preorders)
    // Said as the index says it, so that it proves to hold them all.
    .where(and(sql`${preorders.letterDue}`, eq(preorders.state, 'pending'), notStopping(db)))
    .orderBy(asc(preorders.id))
    .limit(limit)
