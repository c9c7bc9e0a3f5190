import { z } from 'zod'
import { authorize } from '../../../core/actor.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { ORDER_STATES } from '../life.ts'
import { orderView } from '../model.ts'
import { orderPage } from '../store.ts'

/** Newest first; a factory is shown those that it makes. */
export const listOrders = action({
  name: 'dispatch.list-orders',
  // A factory looks at its own.
  scope: 'anyone',
  input: z.object({
    states: z.array(z.enum(ORDER_STATES)).readonly().optional(),
    factoryId: z.string().optional(),
    campaignId: z.string().optional(),
    before: z.string().optional(),
    limit: z.int().min(1),
  }),
  output: orderView,
  run({ db }: Context, actor, filter) {
    if (actor.kind === 'factory') return orderPage(db.read, { ...filter, factoryId: actor.id })
    authorize(actor, 'factories:read')
    return orderPage(db.read, filter)
  },
})
