import { lotById } from '../5-demand/door.ts'
import { orderById } from '../6-dispatch/door.ts'
import type { Reactions } from '../context.ts'
import { settleByLot } from './deciding.ts'
import type { Learning } from './learning.ts'
import { reorderFor } from './store.ts'
import { sweep } from './sweeping.ts'

export const reactionsOf = (context: Learning): Reactions => ({
  'reorders.sweep-due': () => sweep(context),
  'production.delivered': async ({ payload }) => {
    const order = await orderById(context.db.read, payload.orderId)
    if (order) await sweep(context, order.campaignId)
  },
  'demand.lot-frozen': async ({ payload }) => {
    const lot = await lotById(context.db.read, payload.lotId)
    const reorder = lot && (await reorderFor(context.db.read, lot.campaignId, lot.number))
    if (reorder) await context.db.write((tx) => settleByLot(tx, context, reorder, lot.reason))
  },
})
