import type { Reactions } from '../context.ts'
import { judgeWeek } from './run/unfollowed.ts'
import { saidOf } from './run/saying.ts'
import { settleAbandoned } from './model-designer/ledger.ts'
import { workOn, type WorkContext } from './run/work.ts'
import { abandonedGenerations } from './store.ts'

export const reactionsOf = (context: WorkContext): Reactions => ({
  'trends.scored': ({ payload }) => judgeWeek(context, payload.week),
  'approvals.approved': ({ payload }) => saidOf(context, 'approved', payload),
  'approvals.rejected': ({ payload }) => saidOf(context, 'rejected', payload),
  'demand.lot-frozen': async ({ payload }) => saidOf(context, 'sold', await context.sales.lot(payload.lotId)),
  'demand.released': async ({ payload }) => saidOf(context, 'unsold', await context.sales.unsold(payload.campaignId)),
  'designs.requested': ({ payload }) => workOn(context, payload.runId),
  // A call whose process died, and that nobody asks about again, is settled all the same.
  'designs.sweep-due': async () => {
    const { db, clock, log } = context
    const now = clock.now()
    if ((await abandonedGenerations(db.read, now)).length === 0) return
    const settled = await db.write((tx) => settleAbandoned(tx, now))
    if (settled > 0) log.warn({ settled }, 'calls to models were settled as unknown: their process ended')
  },
})
