import { z } from 'zod'
import { action } from '../../action.ts'
import type { Selling } from '../shelf.ts'

/** What is sold now, newest first, with what it sells by name and picture. Anybody may look. */
export const listOnSale = action({
  name: 'storefront.on-sale',
  scope: 'anyone',
  input: z.object({ before: z.string().optional(), limit: z.int().min(1) }),
  output: z.array(z.looseObject({ campaign: z.looseObject({ id: z.string() }) })),
  run: ({ shelf }: Selling, _actor, wish) => shelf.page(wish),
})
