/** Ending a campaign by hand: nobody joins from now on; those who wait are let go when it can no longer be taken back. */
import type { Tx } from '../../../db/database.ts'
import {
  beginStop,
  pricesOf,
  pauseCampaign,
  putUpAgain,
  resumeCampaign,
  soldVersion,
  takeBackStop,
  takeDown,
  takePictures,
  type Campaign,
} from '../../4-storefront/door.ts'
import { endStopped } from '../closing.ts'
import { refused } from '../messages.ts'
import type { Hand } from './kinds.ts'

/** What those who wait for its next lot would pay. */
const waitingFor = (campaign: Campaign): number => campaign.lotUnits * pricesOf(campaign).unitPrice

export const stopping: Hand = {
  async begin(tx, { clock }, campaign) {
    if (!(await beginStop(tx, campaign.id, clock.now()))) throw refused('hand.over')
    return {}
  },
  finish: (tx, context, { id }) => endStopped(tx, context, id),
  async undo(tx, _context, { id, takenDownAt }) {
    if (takenDownAt) throw refused('hand.taken-down')
    if (!(await takeBackStop(tx, id))) throw refused('hand.moved-on')
  },
  sum: waitingFor,
}

/** Every file of a picture of what it sells. */
async function hidePictures(tx: Tx, campaign: Campaign): Promise<void> {
  const sold = await soldVersion(tx, campaign)
  await takePictures(
    tx,
    campaign.id,
    (sold?.version.pictures ?? []).flatMap(({ files }) => Object.values(files)),
  )
}

/** Its page and pictures go at once, also where it is over already; the record stays. */
export const takingDown: Hand = {
  async begin(tx, { clock }, campaign) {
    if (!(await takeDown(tx, campaign.id, clock.now()))) throw refused('hand.taken-down-before')
    await hidePictures(tx, campaign)
    return { stopped: await beginStop(tx, campaign.id, clock.now()) }
  },
  async finish(tx, context, campaign, { before }) {
    // Drawn since, perhaps.
    await hidePictures(tx, campaign)
    if (before['stopped']) await endStopped(tx, context, campaign.id)
  },
  async undo(tx, _context, { id }, { before }) {
    if (!(await putUpAgain(tx, id))) throw refused('hand.moved-on')
    if (before['stopped'] && !(await takeBackStop(tx, id))) throw refused('hand.moved-on')
  },
}

/** Nobody new orders; what was ordered is confirmed, cancelled and made as before. */
export const pausing: Hand = {
  async begin(tx, { clock }, { id, pausedAt, endedAt }) {
    if (await pauseCampaign(tx, id, clock.now())) return {}
    throw refused(pausedAt && !endedAt ? 'hand.paused' : 'hand.over')
  },
  async undo(tx, _context, { id }) {
    if (!(await resumeCampaign(tx, id))) throw refused('hand.moved-on')
  },
}

export const resuming: Hand = {
  async begin(tx, _context, { id, pausedAt, endedAt }) {
    if (await resumeCampaign(tx, id)) return {}
    throw refused(pausedAt || endedAt ? 'hand.over' : 'hand.not-paused')
  },
  async undo(tx, { clock }, { id }) {
    if (!(await pauseCampaign(tx, id, clock.now()))) throw refused('hand.moved-on')
  },
}
