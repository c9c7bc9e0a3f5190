import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { changeSource, mustHaveSource } from '../store.ts'
import { sourceView } from '../views.ts'

/** Switch a source on or off; switched on, it is due at once and its failures are forgotten. */
export const switchSource = action({
  name: 'trends.switch-source',
  scope: 'trends',
  input: byId.extend({ enabled: z.boolean() }),
  output: sourceView,
  run: ({ db, clock }: TrendsContext, _actor, { id, enabled }) =>
    db.write(async (tx) => {
      const change = enabled ? { enabled, failures: 0, lastError: null, nextFetchAt: clock.now() } : { enabled }
      return (await changeSource(tx, id, change)) ?? mustHaveSource(tx, id)
    }),
})
