import { system, type Actor } from '../../core/actor.ts'
import { daysLater } from '../../core/zones.ts'
import type { Tx } from '../../db/database.ts'
import { readHouse } from '../0-house/door.ts'
import { emptyLot, goalReached, moveToNextLot, pricesOf, type Campaign } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { totalLines } from './model.ts'
import type { Lot } from './store.ts'
import { acceptedAt } from './pledges.ts'
import { cellsOf, countCells, setCells, type Cell } from './store/counts.ts'
import { dropRungs, rungsOf } from './store/pledges.ts'
import { countGathered, followLot, insertLot } from './store/lots.ts'
import { pledgedFor, type LOT_REASONS } from './tables.ts'

export type LotReason = (typeof LOT_REASONS)[number]

const together = (cells: readonly { units: number }[]): number => cells.reduce((sum, { units }) => sum + units, 0)

/**
 * What has gathered for the lot: from the cells that every confirmation keeps, or counted anew from its pre-orders where
 * those do not add up to what the campaign counts; and the price that it has reached.
 * @throws Error when the pre-orders do not either: nothing is produced from a wrong count
 */
async function gatheredFor(tx: Tx, campaign: Campaign, number: number) {
  const reached = pricesOf({ ...campaign, lot: number }).unitPrice
  const kept = await Promise.all([cellsOf(tx, campaign.id, number), cellsOf(tx, campaign.id, pledgedFor(number))])
  const counting = (pledged: readonly Cell[], unitPrice: number) =>
    pledged.filter(({ shownPrice }) => shownPrice >= unitPrice)
  let [firm, pledged] = kept
  if (together([...firm, ...counting(pledged, reached)]) !== campaign.lotUnits) {
    ;({ firm, pledged } = await countGathered(tx, campaign, number))
    const units = together([...firm, ...counting(pledged, reached)])
    if (units !== campaign.lotUnits) throw disagree(campaign, units)
  }
  // The total falls when an earlier lot is called off; nobody pays more than they were shown for that.
  const unitPrice = Math.min(reached, ...firm.map(({ shownPrice }) => shownPrice))
  const cells = [...firm, ...counting(pledged, unitPrice)]
  return { cells, pledged, units: together(cells), unitPrice }
}

/** Pledges that count stand with the lot's other units from now on; the others are no part of it. */
async function closePledges(
  tx: Tx,
  campaign: Campaign,
  number: number,
  gathered: Awaited<ReturnType<typeof gatheredFor>>,
) {
  const { cells, pledged, unitPrice } = gathered
  if (!pledged.length) return campaign.lotBuyers
  await setCells(tx, campaign.id, pledgedFor(number), [])
  await countCells(
    tx,
    cells
      .filter(({ lot }) => lot === pledgedFor(number))
      .map(({ campaignId, colourway, size, shownPrice, units }) => ({
        campaignId,
        lot: number,
        shownPrice,
        lines: [{ colourway, size, quantity: units }],
        times: 1 as const,
      })),
  )
  const { buyers } = acceptedAt(await rungsOf(tx, campaign.id), unitPrice)
  await dropRungs(tx, campaign.id)
  return campaign.lotBuyers - campaign.pledgersCounted + buyers
}

const disagree = ({ id, lotUnits }: Campaign, units: number) =>
  new Error(`campaign ${id} counts ${lotUnits} units and its pre-orders ${units}: run "firstcut demand rebuild"`)

/**
 * Freeze what has gathered for a campaign's current lot: in one transaction the campaign moves on to its next lot and the
 * lot's row is written. That row is the decision to produce: its key (campaign, number) exists once, so whoever comes
 * second finds that the campaign has moved on. Which pre-orders are in it was decided as each was confirmed, and by its price
 * for those that count only up to one; those of
 * a crowd become `in-lot` slice by slice afterwards (following.ts), and are told to be from this moment on.
 * @returns the lot, or undefined if the campaign is not at `number` any more or nothing has gathered
 * @throws Error when the counters and the pre-orders disagree: nothing is produced from a wrong count
 */
export async function freezeLot(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'>,
  {
    campaignId,
    number,
    reason,
    actor = system('demand'),
    actId = null,
  }: { campaignId: string; number: number; reason: LotReason; actor?: Actor; actId?: string | null },
): Promise<Lot | undefined> {
  const now = context.clock.now()
  const campaign = await moveToNextLot(tx, campaignId, number)
  if (!campaign) return undefined
  const gathered = await gatheredFor(tx, campaign, number)
  const { cells, units, unitPrice } = gathered
  const { timeZone } = await readHouse(tx)
  const buyers = await closePledges(tx, campaign, number, gathered)
  await emptyLot(tx, campaignId, units - campaign.lotUnits)
  const lot = await insertLot(tx, {
    campaignId,
    number,
    reason,
    actId,
    styleId: campaign.styleId,
    styleVersion: campaign.styleVersion,
    styleHash: campaign.styleHash,
    quantities: totalLines(
      cells.map(({ size, colourway, units: quantity }) => ({ size, colourway, quantity })),
      campaign.sizes,
      campaign.colourways,
    ),
    units,
    buyers,
    unitPrice,
    currency: campaign.currency,
    promisedAt: daysLater(now, campaign.promisedDays, timeZone),
    frozenAt: now,
    following: true,
  })
  const followed = await followLot(tx, lot)
  if (followed.done && followed.units !== units) throw disagree(campaign, followed.units)
  await context.outbox.emit(tx, actor, 'demand.lot-frozen', { lotId: lot.id }, now)
  return { ...lot, following: !followed.done }
}

/** What a campaign says of its first lot. */
type FirstLot = Pick<
  Campaign,
  'state' | 'lotUnits' | 'lotBuyers' | 'thresholdUnits' | 'minBuyers' | 'closing' | 'closingUnits'
>

/**
 * What becomes of a campaign's first lot at this moment by itself: below its goal it gathers; from there on it goes, or
 * collects until the campaign closes or its rung is reached. Later lots only gather.
 */
export function firstLotNow(campaign: FirstLot): 'gathers' | 'collects' | 'goes' {
  if (campaign.state !== 'open' || !goalReached(campaign)) return 'gathers'
  const { closing, closingUnits, lotUnits } = campaign
  if (closing === 'atGoal') return 'goes'
  return closing === 'atRung' && closingUnits !== null && lotUnits >= closingUnits ? 'goes' : 'collects'
}
