import { notFound, type Problem } from '../../core/errors.ts'
import { DEFAULT_ZONE, spokenEnd } from '../../core/zones.ts'
import type { Tx } from '../../db/database.ts'
import { readHouse } from '../0-house/door.ts'
import { campaignById, type Campaign } from '../4-storefront/door.ts'
import { refused } from './messages.ts'
import { overCap } from './model.ts'
import { acceptPreorders, allowedUnits, heldUnits, type NewPreorder } from './store/intake.ts'

/**
 * Why a campaign takes no pre-order at that moment, in words; nothing when it does.
 * @param timeZone the house's, in which its opening is told
 */
export function whyNot(
  campaign: (Pick<Campaign, 'state' | 'opensAt' | 'closesAt'> & Partial<Pick<Campaign, 'stoppedAt'>>) | undefined,
  id: string,
  now: Date,
  timeZone = DEFAULT_ZONE,
): Problem | undefined {
  if (!campaign) return notFound({ en: 'campaign', zh: '预售' }, id)
  const { state, opensAt, closesAt, stoppedAt } = campaign
  if (stoppedAt) return refused('campaigns.closed')
  if ((state === 'open' || state === 'dispatching') && opensAt <= now && now < closesAt) return undefined
  if (state !== 'scheduled' && opensAt <= now) return refused('campaigns.closed')
  const opens = { zh: spokenEnd(opensAt, 'zh', timeZone), en: spokenEnd(opensAt, 'en', timeZone) }
  return refused('campaigns.not-open', { opens })
}

/**
 * Store one pre-order, or say why not: the reasons `acceptPreorders` has, looked up where it stored nothing.
 * @returns whether it was stored; false when its request was granted or refused before
 * @throws Problem campaign unknown, not open, closed; over the buyer's cap
 */
export async function acceptPreorder(tx: Tx, order: NewPreorder): Promise<boolean> {
  const [stored] = await acceptPreorders(tx, [order])
  if (stored) return true
  const { campaignId, buyerKey, placedAt, units } = order
  const campaign = await campaignById(tx, campaignId)
  const closed = whyNot(campaign, campaignId, placedAt, (await readHouse(tx)).timeZone)
  if (closed || !campaign) throw closed
  if (campaign.pausedAt) throw refused('campaigns.paused')
  const cap = Math.max(campaign.perBuyerCap, await allowedUnits(tx, campaignId, buyerKey))
  if ((await heldUnits(tx, campaignId, buyerKey)) + units > cap) throw overCap(cap)
  return false
}
