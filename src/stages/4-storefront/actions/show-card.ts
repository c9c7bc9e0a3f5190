import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { campaignCard } from '../store.ts'

/** A campaign, by id or slug, with what it sells by name and picture. Anybody may look. @throws Problem 404 */
export const showCard = action({
  name: 'storefront.show-card',
  scope: 'anyone',
  input: z.object({ id: z.string() }),
  output: z.looseObject({ campaign: z.looseObject({ id: z.string() }) }),
  async run({ db }: Context, _actor, { id }) {
    const found = await campaignCard(db.read, id)
    if (!found) throw notFound({ en: 'campaign', zh: '预售' }, id)
    return found
  },
})
