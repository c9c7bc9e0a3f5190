/**
 * Pledges for the lot that gathers: by the price up to which they count, kept beside the campaign's row in the transaction
 * that changes a pre-order. Whoever changes them holds the campaign's row, which puts them in one order.
 */
import { and, asc, eq, gt, isNotNull, ne, or, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { campaignById, countPledges, ladderOf, type Campaign } from '../../4-storefront/door.ts'
import {
  isFirm,
  pricesOn,
  reachedWith,
  readPledge,
  rungWithin,
  type PledgedLine,
  type PledgedRung,
} from '../pledges.ts'
import { campaignBuyers, pledgedFor, pledgeRungs, preorders, type PreorderLine } from '../tables.ts'
import type { Counted } from './counts.ts'

export type KeptRung = typeof pledgeRungs.$inferSelect

/** By falling price. */
export const rungsOf = (db: Reader, campaignId: string): Promise<KeptRung[]> =>
  db
    .select()
    .from(pledgeRungs)
    .where(and(eq(pledgeRungs.campaignId, campaignId), or(gt(pledgeRungs.units, 0), gt(pledgeRungs.buyers, 0))))
    .orderBy(sql`${pledgeRungs.atMost} desc`)

const addToRung = (tx: Tx, row: KeptRung) =>
  tx
    .insert(pledgeRungs)
    .values(row)
    .onConflictDoUpdate({
      target: [pledgeRungs.campaignId, pledgeRungs.atMost],
      set: { units: sql`${pledgeRungs.units} + excluded.units`, buyers: sql`${pledgeRungs.buyers} + excluded.buyers` },
    })
    .returning({ units: pledgeRungs.units })

/** Nothing is pledged for the lot that gathers any more. */
export const dropRungs = (tx: Tx, campaignId: string) =>
  tx.delete(pledgeRungs).where(eq(pledgeRungs.campaignId, campaignId)).returning({ units: pledgeRungs.units })

/** What a pre-order counts in the cells of a lot: firm lines there, the others where pledges stand. */
export function cellsFor(
  campaign: Pick<Campaign, 'ladder' | 'laterLadder'>,
  { campaignId, shownPrice, lines, pledge }: { campaignId: string; shownPrice: number; lines: readonly PreorderLine[]; pledge: readonly PledgedLine[] | undefined }, // prettier-ignore
  lot: number,
  times: 1 | -1,
): Counted[] {
  if (!pledge) return [{ campaignId, lot, shownPrice, lines, times }]
  const prices = pricesOn(campaign)
  return pledge.map((line) =>
    isFirm(line)
      ? { campaignId, lot, shownPrice, lines: [line], times }
      : {
          campaignId,
          lot: pledgedFor(lot),
          shownPrice: rungWithin(prices, line.atMost ?? 0),
          lines: [line],
          times,
        },
  )
}

/** The highest price up to which a buyer's pledges count, as the ladder has it; undefined where there are none. */
function highest(prices: readonly number[], pledges: readonly (readonly PledgedLine[])[]): number | undefined {
  const own = pledges.flat().flatMap(({ atMost }) => (atMost === undefined ? [] : [rungWithin(prices, atMost)]))
  return own.length ? Math.max(...own) : undefined
}

/** The other confirmed pledges of a buyer in a lot. */
async function othersOf(
  tx: Tx,
  { campaignId, buyerKey, lot, id }: { campaignId: string; buyerKey: string; lot: number; id: string },
): Promise<(readonly PledgedLine[])[]> {
  const rows = await tx
    .select({ pledged: preorders.pledged })
    .from(preorders)
    .where(
      and(
        eq(preorders.campaignId, campaignId),
        eq(preorders.buyerKey, buyerKey),
        isNotNull(preorders.pledged),
        eq(preorders.state, 'confirmed'),
        eq(preorders.lot, lot),
        ne(preorders.id, id),
      ),
    )
  return rows.map(({ pledged }) => readPledge(pledged) ?? [])
}

/** A pre-order that came to the lot that gathers, or left it, and what its buyer holds there firmly now. */
export interface Moved {
  id: string
  campaignId: string
  buyerKey: string
  lot: number
  pledge: readonly PledgedLine[] | undefined
  /** Its firm units. */
  firm: number
  /** The buyer's firm units in the lot, with it or without it. */
  holds: number
  times: 1 | -1
}

/**
 * A pre-order has come or gone while there are pledges: what counts is found anew from the kept rungs.
 * @returns what the campaign's lot comes to now
 */
export async function movePledges(
  tx: Tx,
  { id, campaignId, buyerKey, lot, pledge, firm, holds, times }: Moved,
): Promise<{ campaign: Campaign; lotUnits: number; lotBuyers: number }> {
  const campaign = await campaignById(tx, campaignId)
  if (!campaign) throw new Error(`campaign ${campaignId} is gone`)
  const prices = pricesOn(campaign)
  const others = await othersOf(tx, { campaignId, buyerKey, lot, id })
  const own = pledge ? [pledge] : []
  const without = holds - (times === 1 ? firm : 0)
  const withIt = holds + (times === 1 ? 0 : firm)
  const bucket = (firmly: number, pledges: readonly (readonly PledgedLine[])[]) =>
    firmly > 0 ? undefined : highest(prices, pledges)
  const withOwn = bucket(withIt, [...others, ...own])
  const [before, after] = times === 1 ? [bucket(without, others), withOwn] : [withOwn, bucket(without, others)]
  const changes = new Map<number, KeptRung>()
  const change = (atMost: number, units: number, buyers: number) => {
    const row = changes.get(atMost) ?? { campaignId, atMost, units: 0, buyers: 0 }
    row.units += units
    row.buyers += buyers
    changes.set(atMost, row)
  }
  for (const { atMost, quantity } of pledge ?? [])
    if (atMost !== undefined) change(rungWithin(prices, atMost), times * quantity, 0)
  if (before !== after) {
    if (before !== undefined) change(before, 0, -1)
    if (after !== undefined) change(after, 0, 1)
  }
  for (const row of changes.values()) await addToRung(tx, row)
  return { campaign, ...(await recountPledges(tx, campaign)) }
}

/** What counts at the price that is reached now. @param campaign as it stands in this transaction */
export async function recountPledges(tx: Tx, campaign: Campaign): Promise<{ lotUnits: number; lotBuyers: number }> {
  const { lotUnits, lotBuyers, pledgesCounted, pledgersCounted } = campaign
  const counted = countedOf(campaign, await rungsOf(tx, campaign.id))
  const [units, buyers] = [counted.units - pledgesCounted, counted.buyers - pledgersCounted]
  if (!units && !buyers) return { lotUnits, lotBuyers }
  const [now] = await countPledges(tx, campaign.id, { units, buyers })
  return now ?? { lotUnits, lotBuyers }
}

/** The price that a campaign's lot has reached, with the pledges that count at it. */
export const countedOf = (campaign: Campaign, rungs: readonly PledgedRung[]) =>
  reachedWith(ladderOf(campaign), { units: campaign.lotUnits - campaign.pledgesCounted }, rungs)

/** Buyers' keys have become others, and two of them perhaps one: who counts by pledges alone is counted from the rows. */
export async function recountPledgers(tx: Tx, campaignId: string): Promise<void> {
  const campaign = await campaignById(tx, campaignId)
  if (!campaign?.pledgedUnits) return
  const prices = pricesOn(campaign)
  const rows = await tx
    .select({
      buyerKey: preorders.buyerKey,
      pledged: preorders.pledged,
      lotUnits: campaignBuyers.lotUnits,
      lot: campaignBuyers.lot,
    }) // prettier-ignore
    .from(preorders)
    .leftJoin(
      campaignBuyers,
      and(eq(campaignBuyers.campaignId, preorders.campaignId), eq(campaignBuyers.buyerKey, preorders.buyerKey)),
    )
    .where(
      and(
        eq(preorders.campaignId, campaignId),
        isNotNull(preorders.pledged),
        eq(preorders.state, 'confirmed'),
        eq(preorders.lot, campaign.lot),
      ),
    )
    .orderBy(asc(preorders.id))
  const byBuyer = new Map<string, number>()
  for (const { buyerKey, pledged, lotUnits, lot } of rows) {
    const price = highest(prices, [readPledge(pledged) ?? []])
    const isFirmBuyer = lot === campaign.lot && (lotUnits ?? 0) > 0
    if (price !== undefined && !isFirmBuyer) byBuyer.set(buyerKey, Math.max(price, byBuyer.get(buyerKey) ?? 0))
  }
  await tx.update(pledgeRungs).set({ buyers: 0 }).where(eq(pledgeRungs.campaignId, campaignId)).returning({ units: pledgeRungs.units }) // prettier-ignore
  for (const atMost of byBuyer.values()) await addToRung(tx, { campaignId, atMost, units: 0, buyers: 1 })
  await recountPledges(tx, campaign)
}
