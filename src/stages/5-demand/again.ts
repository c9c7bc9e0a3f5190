/** A buyer who got nothing, or not all, of a lot is in the next one. */
import { newId } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import { campaignById, pricesOf, type Campaign } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { confirmIn, Conflict } from './confirming.ts'
import { acceptPreorder, whyNot } from './intake.ts'
import { countingAt, dearestOf, pledgeIn, readPledge, type PledgedLine } from './pledges.ts'
import type { Preorder } from './store.ts'
import { lotNumbered } from './store/lots.ts'

/** Whether a lot after the first gathers and takes pre-orders at that moment. */
export const gathersOn = (campaign: Campaign, now: Date): boolean =>
  campaign.state === 'dispatching' && !campaign.pausedAt && whyNot(campaign, campaign.id, now) === undefined

/** Pieces of a pledge that was in a lot, up to the lowest price that any of the same size and colour had there. */
async function stillUpTo(
  tx: Tx,
  { campaignId, lot, lines, pledged }: Pick<Preorder, 'campaignId' | 'lot' | 'lines' | 'pledged'>,
): Promise<PledgedLine[]> {
  const pledge = readPledge(pledged)
  if (!pledge) return lines
  const was = lot === null ? undefined : await lotNumbered(tx, campaignId, lot)
  const counted = was ? countingAt(pledge, was.unitPrice) : pledge
  return lines.map((line) => {
    const own = counted.filter(({ size, colourway }) => size === line.size && colourway === line.colourway)
    const atMost = Math.min(...own.map((each) => each.atMost ?? Number.POSITIVE_INFINITY))
    return Number.isFinite(atMost) ? { ...line, atMost } : line
  })
}

/**
 * The same again for the lot that gathers, confirmed at once: its buyer was verified. A pre-order of its own, because the lot it
 * was in keeps what it was frozen with. It promises the most that lot may cost, as to everybody who joins it, and counts up to the
 * price that it named.
 * @returns its id
 * @throws Problem 409 the campaign takes none, 422 over the buyer's cap
 */
export async function orderAgain(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'>,
  preorder: Preorder,
  now: Date,
  /** What it stands for: said twice, it is one. */
  requestKey = `again:${preorder.id}`,
): Promise<string> {
  const { id, campaignId, buyerKey, email, name, contact, lang, lines, units, partnerId } = preorder
  const campaign = await campaignById(tx, campaignId)
  if (!campaign) throw new Error(`pre-order ${id} has no campaign`)
  const asked = await stillUpTo(tx, preorder)
  const again = { id: newId(), campaignId, buyerKey, email, name, contact, lang, lines, units, pledged: pledgeIn(asked), shownPrice: dearestOf(asked, pricesOf(campaign).most), placedAt: now, requestKey, origin: null, partnerId, terms: preorder.terms } // prettier-ignore
  if (!(await acceptPreorder(tx, again))) throw new Conflict()
  await confirmIn(tx, context, again, now)
  return again.id
}
