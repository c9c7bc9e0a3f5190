import { system, type Actor } from '../../core/actor.ts'
import { daysLater } from '../../core/zones.ts'
import type { Tx } from '../../db/database.ts'
import { readHouse } from '../0-house/door.ts'
import { emptyLot, goalReached, moveToNextLot, pricesOf, type Campaign } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { totalLines } from './model.ts'
import type { Lot } from './store.ts'
import { cellsOf } from './store/counts.ts'
import { countGathered, followLot, insertLot } from './store/lots.ts'
import type { LOT_REASONS } from './tables.ts'

export type LotReason = (typeof LOT_REASONS)[number]

/**
 * What has gathered for the lot: from the cells that every confirmation keeps, or counted anew from its pre-orders where
 * those do not add up to what the campaign counts.
 * @throws Error when the pre-orders do not either: nothing is produced from a wrong count
 */
async function gatheredFor(tx: Tx, campaign: Campaign, number: number) {
  const cells = await cellsOf(tx, campaign.id, number)
  const units = cells.reduce((sum, cell) => sum + cell.units, 0)
  const found =
    units === campaign.lotUnits
      ? { cells, units, buyers: campaign.lotBuyers }
      : await countGathered(tx, campaign.id, number)
  if (found.units !== campaign.lotUnits) throw disagree(campaign, found.units)
  return found
}

const disagree = ({ id, lotUnits }: Campaign, units: number) =>
  new Error(`campaign ${id} counts ${lotUnits} units and its pre-orders ${units}: run "firstcut demand rebuild"`)

/**
 * Freeze what has gathered for a campaign's current lot: in one transaction the campaign moves on to its next lot and the
 * lot's row is written. That row is the decision to produce: its key (campaign, number) exists once, so whoever comes
 * second finds that the campaign has moved on. Which pre-orders are in it was decided as each was confirmed; those of
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
  const { cells, units, buyers } = await gatheredFor(tx, campaign, number)
  const { timeZone } = await readHouse(tx)
  await emptyLot(tx, campaignId)
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
    // The total falls when an earlier lot is called off; nobody pays more than they were shown for that.
    unitPrice: Math.min(pricesOf({ ...campaign, lot: number }).unitPrice, ...cells.map(({ shownPrice }) => shownPrice)),
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
