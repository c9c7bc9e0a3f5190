import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { termsPage } from '../store/sale-terms.ts'

/** Versions of the terms of sale, newest first, with who made them and when. */
export const listSaleTerms = action({
  name: 'house.list-sale-terms',
  scope: 'house',
  input: z.object({ limit: z.int().min(1).max(100).default(20) }),
  output: z.array(z.looseObject({ version: z.int(), hash: z.string() })),
  run: ({ db }: Context, _actor, { limit }) => termsPage(db.read, limit),
})
