/** A buyer takes other sizes, colours or pieces of what was ordered, as long as its lot gathers. */
import { system } from '../../core/actor.ts'
import type { Tx } from '../../db/database.ts'
import type { Vault } from '../../engines/ports.ts'
import {
  addPending,
  campaignById,
  changeVerified,
  endCollecting,
  type Campaign,
  type Gathered,
} from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { whatComesOfIt } from './confirming.ts'
import { openContact, sealContact } from './contact.ts'
import { firstAnswer } from './first-answer.ts'
import { refused } from './messages.ts'
import { checkLines, overCap, totalLines, unitsOf } from './model.ts'
import type { Preorder } from './store.ts'
import { changeHeld, countedAs, keepLines } from './store/changing.ts'
import { changeHour, countCells } from './store/counts.ts'
import { allowedUnits, heldUnits } from './store/intake.ts'
import { recountPledges } from './store/pledges.ts'
import { UNCONFIRMED, type PreorderLine } from './tables.ts'

/** Why nothing of it can be changed any more, in words; undefined while it can. */
export function whyNotChanged(
  { state, pledged }: Pick<Preorder, 'state' | 'pledged'>,
  { closesAt, stoppedAt }: Pick<Campaign, 'closesAt' | 'stoppedAt'>,
  now: Date,
) {
  if (state === 'in-lot' || state === 'fulfilled') return refused('preorders.too-late')
  if (state === 'cancelled' || state === 'released') return refused('preorders.change-ended')
  if (pledged !== null) return refused('preorders.change-pledge')
  if (stoppedAt || closesAt <= now) return refused('preorders.change-closed')
  return undefined
}

/** @throws Problem 422 `preorders.cap` */
async function checkCap(tx: Tx, { campaignId, buyerKey }: Preorder, holds: number, cap: number): Promise<void> {
  if (holds <= cap) return
  const allowed = await allowedUnits(tx, campaignId, buyerKey)
  if (holds > allowed) throw overCap(Math.max(allowed, cap))
}

interface Wish {
  preorder: Preorder
  campaign: Campaign
  lines: readonly PreorderLine[]
  now: Date
}

/**
 * The pre-order with these lines in place of its own: row, counters and what comes of them in the caller's transaction,
 * which must be one that fails where somebody changed the row meanwhile. Its price stays what was shown.
 * @returns the id of the change, or undefined where nothing is different
 * @throws Problem 409 once its lot is full, its campaign has closed or is paused; 422 for a size or colour that there is
 *   not, or more than one buyer may hold
 */
export async function changeLinesIn(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'> & { engines: { vault: Vault } },
  { preorder, campaign, lines: wished, now }: Wish,
): Promise<string | undefined> {
  const { id, campaignId, state, shownPrice } = preorder
  const over = whyNotChanged(preorder, campaign, now)
  if (over) throw over
  checkLines(wished, campaign.sizes, campaign.colourways)
  const total = (list: readonly PreorderLine[]) => totalLines(list, campaign.sizes, campaign.colourways)
  const lines = total(wished)
  if (JSON.stringify(lines) === JSON.stringify(total(preorder.lines))) return undefined
  const units = unitsOf(lines)
  const change = units - preorder.units
  if (change > 0 && campaign.pausedAt) throw refused('preorders.change-paused')
  const counted = await countedAs(tx, id)
  if (!counted) throw refused('preorders.too-late')
  const { vault } = context.engines
  const first = await firstAnswer(tx, vault, id)
  const contact = sealContact(vault, { now: openContact(vault, preorder.contact).now, first })
  const changeId = await keepLines(tx, { id, before: preorder.lines, lines, units, contact, now })
  const cells = (lot: number) =>
    countCells(tx, [
      { campaignId, shownPrice, lot, lines: preorder.lines, times: -1 },
      { campaignId, shownPrice, lot, lines, times: 1 },
    ])
  if (state === 'pending') {
    const holds = (await heldUnits(tx, campaignId, preorder.buyerKey)) + units
    if (change > 0) await checkCap(tx, preorder, holds, campaign.perBuyerCap)
    // Not asked yet: it stands in no counter.
    if (counted.letterDue) return changeId
    await addPending(tx, campaignId, change)
    await cells(UNCONFIRMED)
    return changeId
  }
  const gathered = await changeCounted(tx, { preorder, change, lot: counted.lot, now })
  await cells(counted.lot)
  if (change > 0) await whatComesOfIt(tx, context, { campaignId, gathered, units: change + gathered.joined, now })
  const [missed] = change < 0 ? await endCollecting(tx, campaignId) : []
  if (missed)
    await context.outbox.emit(tx, system('demand'), 'demand.goal-missed', { campaignId, lot: missed.lot }, now)
  return changeId
}

/** A verified pre-order's units in the counters of its campaign, its buyer and its hour. @throws Problem 409, 422 */
async function changeCounted(
  tx: Tx,
  { preorder, change, lot, now }: { preorder: Preorder; change: number; lot: number; now: Date },
): Promise<Gathered & { joined: number }> {
  const { campaignId, buyerKey, confirmedAt, placedAt } = preorder
  const gathered = await changeVerified(tx, { campaignId, lot, change, now })
  if (!gathered) throw refused('preorders.too-late')
  const holds = await changeHeld(tx, { campaignId, buyerKey, change })
  if (change > 0) await checkCap(tx, preorder, holds, gathered.perBuyerCap)
  await changeHour(tx, { campaignId, lot, change, at: confirmedAt ?? placedAt })
  if (gathered.pledgedUnits === 0 || change === 0) return { ...gathered, joined: 0 }
  // Others count up to a price, which may be reached by this, or lost.
  const campaign = await campaignById(tx, campaignId)
  const counted = campaign && (await recountPledges(tx, campaign))
  return { ...gathered, ...counted, joined: (counted?.lotUnits ?? gathered.lotUnits) - gathered.lotUnits }
}
