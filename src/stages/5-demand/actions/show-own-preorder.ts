import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { campaignById } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import { openContact } from '../contact.ts'
import { personLink, preorderBehind } from '../links.ts'
import { byLink } from '../model.ts'
import type { DemandContext } from '../options.ts'
import { changesOf } from '../store/changing.ts'
import { lotNumbered } from '../store/lots.ts'

/** What a buyer's page shows. */
export const showOwnPreorder = action({
  name: 'demand.of-buyer',
  scope: 'anyone',
  input: byLink,
  output: z.looseObject({
    preorder: z.looseObject({ id: z.string() }),
    campaign: z.looseObject({ id: z.string() }),
    lot: z.looseObject({ id: z.string() }).optional(),
    mine: z.string(),
  }),
  async run(context: DemandContext, _actor, { id, token }) {
    const preorder = await preorderBehind(context, id, token)
    const campaign = await campaignById(context.db.read, preorder.campaignId)
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, preorder.campaignId)
    const lot = preorder.lot === null ? undefined : await lotNumbered(context.db.read, campaign.id, preorder.lot)
    const changes = await changesOf(context.db.read, [preorder.id])
    return {
      preorder,
      campaign,
      lot,
      changes,
      contact: openContact(context.engines.vault, preorder.contact).now,
      /** To everything of the same person, as a path. */
      mine: personLink({ ...context, baseUrl: '' }, preorder.email),
    }
  },
})
