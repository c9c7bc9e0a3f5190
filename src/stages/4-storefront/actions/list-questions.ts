import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { listInquiries } from '../store.ts'

/** Questions of buyers, newest first. Who asked is told to whoever may know it, and is empty otherwise. */
export const listQuestions = action({
  name: 'storefront.inquiries',
  scope: 'campaigns:read',
  input: z.object({
    /** Only those without an answer. */
    open: z.boolean(),
    /** Only those about one campaign. */
    campaignId: z.string().optional(),
    before: z.string().optional(),
    limit: z.int().min(1),
  }),
  output: z.array(z.looseObject({ inquiry: z.looseObject({ id: z.string() }) })),
  async run({ db }: Context, actor, filter) {
    const rows = await listInquiries(db.read, filter)
    if (may(actor, 'people')) return rows
    return rows.map((row) => ({ ...row, inquiry: { ...row.inquiry, email: '' } }))
  },
})
