import { system, type Actor } from '../../core/actor.ts'
import type { Tx } from '../../db/database.ts'
import {
  beginUndecided,
  campaignById,
  endStop,
  endUndecided,
  goalReached,
  lacksBuyers,
  moveCampaign,
  noteStopped,
  type Campaign,
} from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { freezeLot } from './lots.ts'
import type { Lot } from './store.ts'
import { isBeingSent } from './store/hand.ts'
import { releaseWaiting } from './store/releasing.ts'

/**
 * All or nothing: below the threshold every pre-order is released and nobody pays.
 * @returns false when somebody else has already ended it
 */
export async function releaseCampaign(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'>,
  campaign: Campaign,
  actor: Actor = system('demand'),
): Promise<boolean> {
  const now = context.clock.now()
  if (!(await moveCampaign(tx, campaign.id, 'open', 'released', now))) return false
  await releaseWaiting(tx, campaign.id, now)
  await context.outbox.emit(tx, actor, 'demand.released', { campaignId: campaign.id }, now)
  return true
}

/** What loses is ended before its date, and its buyers are told so. @returns false when it is open no more */
export async function stopLosing(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'>,
  campaign: Campaign,
  actor: Actor,
): Promise<boolean> {
  if (!(await releaseCampaign(tx, context, campaign, actor))) return false
  await noteStopped(tx, campaign.id, context.clock.now())
  return true
}

/**
 * End a campaign at its date. Open: its first lot if its goal is reached, at the price that is reached; with enough units
 * from too few buyers a person is asked; else released.
 * Dispatching: what has gathered since the last lot becomes a closing lot if it is large enough to be made, else those
 * buyers are released.
 */
export async function closeCampaign(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'>,
  campaignId: string,
  smallestLot: number,
): Promise<void> {
  const now = context.clock.now()
  const campaign = await campaignById(tx, campaignId)
  if (!campaign || campaign.stoppedAt || campaign.closesAt > now) return
  // A person has said that it is made: its end waits for that as long as it can be taken back.
  if (await isBeingSent(tx, campaignId)) return
  if (campaign.state === 'open') {
    if (lacksBuyers(campaign)) {
      if (await beginUndecided(tx, campaignId, now))
        await context.outbox.emit(tx, system('demand'), 'demand.undecided', { campaignId }, now)
      return
    }
    if (!goalReached(campaign)) {
      // So many left while a person was asked that it is below its goal like any other.
      if (campaign.undecidedAt) await endUndecided(tx, campaignId)
      await releaseCampaign(tx, context, campaign)
      return
    }
    await freezeLot(tx, context, { campaignId, number: campaign.lot, reason: 'threshold' })
  } else if (campaign.state === 'dispatching') {
    if (campaign.lotUnits >= smallestLot)
      await freezeLot(tx, context, { campaignId, number: campaign.lot, reason: 'closing' })
  } else return
  await close(tx, context, campaignId, system('demand'))
}

/** Nothing gathers any more: whoever is in no lot is let go. */
async function close(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'>,
  campaignId: string,
  actor: Actor,
): Promise<void> {
  const now = context.clock.now()
  await releaseWaiting(tx, campaignId, now)
  await moveCampaign(tx, campaignId, 'dispatching', 'closed', now)
  await context.outbox.emit(tx, actor, 'demand.closed', { campaignId }, now)
}

/**
 * A person has decided that what closed with too few buyers is made all the same: exactly what has gathered.
 * @returns undefined when there is nothing to be decided any more
 */
export async function makeForFew(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'>,
  { id, lot: number }: Pick<Campaign, 'id' | 'lot'>,
  actor: Actor,
): Promise<Lot | undefined> {
  const campaign = await campaignById(tx, id)
  if (!campaign?.undecidedAt || campaign.state !== 'open') return undefined
  const lot = await freezeLot(tx, context, { campaignId: id, number, reason: 'threshold', actor })
  if (lot) await close(tx, context, id, actor)
  return lot
}

/**
 * The end of a campaign that a person stopped, or took down: whoever waits is let go and told why. What went into a lot
 * before stays there.
 */
export async function endStopped(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'>,
  campaignId: string,
): Promise<void> {
  const now = context.clock.now()
  const campaign = await campaignById(tx, campaignId)
  const ended = campaign && (await endStop(tx, campaign))
  if (!ended) return
  await releaseWaiting(tx, campaignId, now)
  await context.outbox.emit(
    tx,
    system('demand'),
    ended === 'closed' ? 'demand.closed' : 'demand.released',
    { campaignId },
    now,
  )
}
