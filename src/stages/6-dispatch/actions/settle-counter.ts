import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { settleCounter as step } from '../offers.ts'

/** The merchandiser's answer to a counter-offer. @throws Problem 404, 409 `dispatch.offer-over` */
export const settleCounter = action({
  name: 'dispatch.settle-counter',
  scope: 'factories',
  input: z.object({
    orderId: byId.shape.id,
    offerId: byId.shape.id,
    accept: z.boolean(),
    reason: z.string().max(1000).optional(),
  }),
  output: z.looseObject({}),
  run: (context: Context, actor, asked) => context.db.write((tx) => step(tx, context, actor, asked)),
})
