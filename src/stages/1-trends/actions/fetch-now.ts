import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { announceDue } from '../due.ts'
import { refused } from '../messages.ts'
import { changeSource, mustHaveSource } from '../store.ts'
import { sourceView } from '../views.ts'

/** Fetch a source now, whatever its rhythm. The fetch itself happens in the worker. */
export const fetchNow = action({
  name: 'trends.fetch-now',
  scope: 'trends',
  input: byId,
  output: sourceView,
  run(context: TrendsContext, actor, { id }) {
    const now = context.clock.now()
    return context.db.write(async (tx) => {
      const source = await mustHaveSource(tx, id)
      if (source.kind !== 'feed' || !source.enabled) throw refused('trends.not-fetchable')
      const due = await changeSource(tx, id, { nextFetchAt: now })
      await announceDue(tx, context, actor, { sourceId: id, window: now.toISOString(), at: now })
      return due ?? source
    })
  },
})
