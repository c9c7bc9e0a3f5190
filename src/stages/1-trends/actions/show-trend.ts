import { byId } from '../../../core/parse.ts'
import { dayIn } from '../../../core/values.ts'
import { readHouse } from '../../0-house/door.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import type { Trend } from '../model.ts'
import { mustHaveTrend } from '../store.ts'
import { openingOf } from '../timing.ts'
import { trendView } from '../views.ts'

export const showTrend = action({
  name: 'trends.show-trend',
  scope: 'trends:read',
  input: byId,
  output: trendView,
  async run({ db, clock }: TrendsContext, _actor, { id }): Promise<Trend> {
    const trend = await mustHaveTrend(db.read, id)
    const house = await readHouse(db.read)
    return { ...trend, opening: openingOf(trend.evidence, house, dayIn(clock.now(), house.timeZone)) }
  },
})
