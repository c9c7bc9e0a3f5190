import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { shownTo } from '../showing.ts'
import { campaignCard } from '../store.ts'

/** A campaign, by id or slug, with what it sells by name and picture. Anybody may look. @throws Problem 404, 410 */
export const showCard = action({
  name: 'storefront.show-card',
  scope: 'anyone',
  input: z.object({ id: z.string() }),
  output: z.looseObject({ campaign: z.looseObject({ id: z.string() }) }),
  async run({ db }: Context, actor, { id }) {
    const found = shownTo(actor, id, await campaignCard(db.read, id))
    return found
  },
})
