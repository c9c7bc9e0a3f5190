import type { Reactions } from '../context.ts'
import { settleAbandoned } from './model-designer/ledger.ts'
import { workOn, type WorkContext } from './run/work.ts'
import { abandonedGenerations } from './store.ts'

export const reactionsOf = (context: WorkContext): Reactions => ({
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
