import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { refused } from '../messages.ts'
import { currentTerms, termsNumbered } from '../store/sale-terms.ts'

/** What buyers accept now, or accepted under an earlier version. @throws Problem 404 `sale-terms.none` */
export const showSaleTerms = action({
  name: 'house.sale-terms',
  scope: 'anyone',
  input: z.object({ version: z.int().min(1).max(1_000_000).optional() }),
  output: z.object({ version: z.int(), hash: z.string(), zh: z.string(), en: z.string(), at: z.date() }),
  async run({ db }: Context, _actor, { version }) {
    const found = await (version === undefined ? currentTerms(db.read) : termsNumbered(db.read, version))
    if (!found) throw refused('sale-terms.none')
    // Who wrote it is the house's own business.
    const { by: _, ...shown } = found
    return shown
  },
})
