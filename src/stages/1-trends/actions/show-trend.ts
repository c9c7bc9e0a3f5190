import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { mustHaveTrend } from '../store.ts'
import { trendView } from '../views.ts'

export const showTrend = action({
  name: 'trends.show-trend',
  scope: 'trends:read',
  input: byId,
  output: trendView,
  run: ({ db }: TrendsContext, _actor, { id }) => mustHaveTrend(db.read, id),
})
