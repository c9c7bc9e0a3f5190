import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { measureOf, type TermSeries } from '../model.ts'
import { exposedWeeks, mustHaveTrend, termSeries } from '../store.ts'
import { seriesView } from '../views.ts'

/** A trend's whole history in each of its sources. Weeks in which a source said nothing at all are left out. */
export const showSeries = action({
  name: 'trends.show-series',
  scope: 'trends:read',
  input: byId,
  output: seriesView,
  async run({ db }: TrendsContext, _actor, { id }): Promise<TermSeries[]> {
    const trend = await mustHaveTrend(db.read, id)
    const rows = await termSeries(db.read, trend.term, trend.week)
    const counted = rows.filter((row) => measureOf(row.format) === 'counts').map((row) => row.sourceId)
    const exposed = counted.length ? await exposedWeeks(db.read, [...new Set(counted)], trend.week) : []
    return [...new Map(rows.map((row) => [row.sourceId, row])).values()].map(({ sourceId, source, format }) => {
      const own = rows.filter((row) => row.sourceId === sourceId)
      const values = new Map(own.map((row) => [row.week, row.value]))
      const weeks = exposed.filter((row) => row.sourceId === sourceId).map((row) => row.week)
      return {
        source: { id: sourceId, name: source, measure: measureOf(format) },
        points: (weeks.length ? weeks : [...values.keys()]).map((week) => ({ week, value: values.get(week) ?? 0 })),
      }
    })
  },
})
