import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { campaignById, campaignBySlug, publishedAnswers, soldVersion } from '../store.ts'

/** A campaign, by id or slug, with the style it sells and the answers everybody may read. @throws Problem 404 */
export const showCampaign = action({
  name: 'storefront.show',
  scope: 'anyone',
  input: z.object({ id: z.string() }),
  output: z.looseObject({ campaign: z.looseObject({ id: z.string() }) }),
  async run({ db }: Context, _actor, { id }) {
    const campaign = (await campaignBySlug(db.read, id)) ?? (await campaignById(db.read, id))
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, id)
    const sold = await soldVersion(db.read, campaign)
    if (!sold) throw notFound({ en: 'style', zh: '款式' }, campaign.styleId)
    return { campaign, ...sold, answers: await publishedAnswers(db.read, campaign.id) }
  },
})
