import { may, type Actor } from '../../core/actor.ts'
import { notFound, type Problem } from '../../core/errors.ts'
import { refused } from './messages.ts'
import type { Campaign, CampaignCard } from './store.ts'

/** Gone for everybody outside; the house goes on seeing its record. */
export function hiddenFrom(actor: Actor, { takenDownAt }: Pick<Campaign, 'takenDownAt'>): Problem | undefined {
  return takenDownAt && !may(actor, 'campaigns:read') ? refused('campaigns.taken-down') : undefined
}

/**
 * A campaign for whoever asks for it by this name.
 * @throws Problem 404, 410 `campaigns.taken-down`
 */
export function shownTo(actor: Actor, id: string, found: CampaignCard | undefined): CampaignCard {
  if (!found) throw notFound({ en: 'campaign', zh: '预售' }, id)
  const hidden = hiddenFrom(actor, found.campaign)
  if (hidden) throw hidden
  return found
}
