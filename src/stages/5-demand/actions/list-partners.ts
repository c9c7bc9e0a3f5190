import { z } from 'zod'
import { may } from '../../../core/actor.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { partnerView, viewOf } from '../partners/model.ts'
import { partnerPage, termsOf } from '../store/partners.ts'

/** Newest first. */
export const listPartners = action({
  name: 'partners.list',
  scope: 'campaigns:read',
  input: z.object({ before: z.string().max(200).optional(), limit: z.int().min(1).max(500) }),
  output: partnerView,
  async run({ db }: DemandContext, actor, page) {
    const rows = await partnerPage(db.read, page)
    const ids = rows.map(({ id }) => id)
    const terms = ids.length ? await termsOf(db.read, ids) : []
    return rows.map((row) => viewOf(row, terms, may(actor, 'people')))
  },
})
