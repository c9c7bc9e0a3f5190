/** A buyer who got nothing, or not all, of a lot is in the next one. */
import { newId } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import { campaignById, pricesOf, type Campaign } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { confirmIn, Conflict } from './confirming.ts'
import { acceptPreorder, whyNot } from './intake.ts'
import type { Preorder } from './store.ts'

/** Whether a lot after the first gathers and takes pre-orders at that moment. */
export const gathersOn = (campaign: Campaign, now: Date): boolean =>
  campaign.state === 'dispatching' && !campaign.pausedAt && whyNot(campaign, campaign.id, now) === undefined

/**
 * The same again for the lot that gathers, confirmed at once: its buyer was verified. A pre-order of its own, because the lot it
 * was in keeps what it was frozen with. It promises the most that lot may cost, as to everybody who joins it.
 * @returns its id
 * @throws Problem 409 the campaign takes none, 422 over the buyer's cap
 */
export async function orderAgain(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'>,
  { id, campaignId, buyerKey, email, name, contact, lang, lines, units, partnerId }: Preorder,
  now: Date,
): Promise<string> {
  const campaign = await campaignById(tx, campaignId)
  if (!campaign) throw new Error(`pre-order ${id} has no campaign`)
  const again = { id: newId(), campaignId, buyerKey, email, name, contact, lang, lines, units, shownPrice: pricesOf(campaign).most, placedAt: now, requestKey: `again:${id}`, origin: null, partnerId } // prettier-ignore
  if (!(await acceptPreorder(tx, again))) throw new Conflict()
  await confirmIn(tx, context, again, now)
  return again.id
}
