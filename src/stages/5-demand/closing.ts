import { system, type Actor } from '../../core/actor.ts'
import type { Tx } from '../../db/database.ts'
import { campaignById, endStop, goalReached, moveCampaign, noteStopped, type Campaign } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { freezeLot } from './lots.ts'
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
 * End a campaign at its date. Open: its first lot if its goal is reached, at the price that is reached, else released.
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
  if (campaign.state === 'open') {
    if (!goalReached(campaign)) {
      await releaseCampaign(tx, context, campaign)
      return
    }
    await freezeLot(tx, context, { campaignId, number: campaign.lot, reason: 'threshold' })
  } else if (campaign.state === 'dispatching') {
    if (campaign.lotUnits >= smallestLot)
      await freezeLot(tx, context, { campaignId, number: campaign.lot, reason: 'closing' })
  } else return
  await releaseWaiting(tx, campaignId, now)
  await moveCampaign(tx, campaignId, 'dispatching', 'closed', now)
  await context.outbox.emit(tx, system('demand'), 'demand.closed', { campaignId }, now)
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
