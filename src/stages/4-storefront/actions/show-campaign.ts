import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { shownTo } from '../showing.ts'
import { campaignCard, soldVersion } from '../store.ts'

/** A campaign, by id or slug, with the whole version that it sells. @throws Problem 404, 410 */
export const showCampaign = action({
  name: 'storefront.show',
  scope: 'anyone',
  input: z.object({ id: z.string() }),
  output: z.looseObject({ campaign: z.looseObject({ id: z.string() }) }),
  async run({ db }: Context, actor, { id }) {
    const found = shownTo(actor, id, await campaignCard(db.read, id))
    const { campaign } = found
    const sold = await soldVersion(db.read, campaign)
    if (!sold) throw notFound({ en: 'style', zh: '款式' }, campaign.styleId)
    return { ...found, ...sold }
  },
})
