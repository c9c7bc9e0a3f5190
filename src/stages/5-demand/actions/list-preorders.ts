import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { preorderPage } from '../store.ts'

/** Pre-orders of a campaign, oldest first, or newest first. Whose they are is told to whoever may know it, and is empty otherwise. */
export const listPreorders = action({
  name: 'demand.list-preorders',
  scope: 'campaigns:read',
  input: z.object({
    campaignId: z.string(),
    newest: z.boolean().default(false),
    /** The id of the last one already seen, in that order. */
    after: z.string().optional(),
    limit: z.int().min(1),
  }),
  output: z.array(z.looseObject({ id: z.string() })),
  async run({ db }: DemandContext, actor, filter) {
    const rows = await preorderPage(db.read, filter)
    return may(actor, 'people') ? rows : rows.map((row) => ({ ...row, email: '', name: '', buyerKey: '' }))
  },
})
