import { z } from 'zod'
import { anonymous } from '../../../core/actor.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { shownTo } from '../showing.ts'
import { campaignCard, publishedAnswers } from '../store.ts'

/** A campaign, by id or slug, with its card and the answers everybody may read: what changes of its page. @throws Problem 404, 410 */
export const showToBuyers = action({
  name: 'storefront.show-to-buyers',
  scope: 'anyone',
  input: z.object({ id: z.string() }),
  output: z.looseObject({ campaign: z.looseObject({ id: z.string() }) }),
  async run({ db }: Context, _actor, { id }) {
    // Whoever looks sees what a buyer sees.
    const found = shownTo(anonymous, id, await campaignCard(db.read, id))
    return { ...found, answers: await publishedAnswers(db.read, found.campaign.id) }
  },
})
