import { system, type Actor } from '../../core/actor.ts'
import { DAY } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import { emptyLot, ladderAt, moveToNextLot } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { totalLines } from './model.ts'
import type { Lot } from './store.ts'
import { emptyBuyersLot, insertLot, putInLot } from './store/lots.ts'
import type { LOT_REASONS } from './tables.ts'

export type LotReason = (typeof LOT_REASONS)[number]

/**
 * Freeze what has gathered for a campaign's current lot: in one transaction the campaign moves on to its next lot,
 * every confirmed pre-order goes into this one, and the lot's row is written. That row is the decision to produce:
 * its key (campaign, number) exists once, so whoever comes second finds that the campaign has moved on.
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
  }: { campaignId: string; number: number; reason: LotReason; actor?: Actor },
): Promise<Lot | undefined> {
  const now = context.clock.now()
  const campaign = await moveToNextLot(tx, campaignId, number)
  if (!campaign) return undefined
  const inLot = await putInLot(tx, campaignId, number)
  const units = inLot.reduce((sum, row) => sum + row.units, 0)
  const buyers = new Set(inLot.map((row) => row.buyerKey)).size
  if (units !== campaign.lotUnits)
    throw new Error(
      `campaign ${campaignId} counts ${campaign.lotUnits} units and its pre-orders ${units}: run "firstcut demand rebuild"`,
    )

  await emptyLot(tx, campaignId)
  await emptyBuyersLot(tx, campaignId)
  const lot = await insertLot(tx, {
    campaignId,
    number,
    reason,
    styleId: campaign.styleId,
    styleVersion: campaign.styleVersion,
    styleHash: campaign.styleHash,
    quantities: totalLines(
      inLot.flatMap((row) => row.lines),
      campaign.sizes,
      campaign.colourways,
    ),
    units,
    buyers,
    // The total falls when an earlier lot is called off; nobody pays more than they were shown for that.
    unitPrice: Math.min(
      ladderAt(campaign.ladder, campaign.totalUnits).unitPrice,
      ...new Set(inLot.map((row) => row.shownPrice)),
    ),
    currency: campaign.currency,
    promisedAt: new Date(now.getTime() + campaign.promisedDays * DAY),
    frozenAt: now,
  })
  await context.outbox.emit(tx, actor, 'demand.lot-frozen', { lotId: lot.id }, now)
  return lot
}

/** The moment a lot of this campaign should be frozen by itself: lot 1, at threshold units from enough buyers. */
export const thresholdReached = (campaign: {
  state: string
  lotUnits: number
  lotBuyers: number
  thresholdUnits: number
  minBuyers: number
}): boolean =>
  campaign.state === 'open' && campaign.lotUnits >= campaign.thresholdUnits && campaign.lotBuyers >= campaign.minBuyers
