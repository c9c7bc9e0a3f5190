import { z } from 'zod'
import { saidAs } from '../../../core/issues.ts'
import { dayIn, weekOf } from '../../../core/values.ts'
import { readHouse } from '../../0-house/door.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { TREND_SORTS, type TrendPage } from '../model.ts'
import { newestReadWeek } from '../reckoning.ts'
import { newestScoredWeek, trendsOfWeek } from '../store.ts'
import { openingOf } from '../timing.ts'
import { trendView } from '../views.ts'
import { TERM_KINDS } from '../vocabulary/term.ts'

/**
 * A week's trends in the combined order or by one of the scores, a page at a time. Without a week: the newest with trends; `newest` names the
 * newest week that was read, so that whoever shows the list can say that a later one has none.
 */
export const listTrends = action({
  name: 'trends.list-trends',
  scope: 'trends:read',
  input: z.object({
    week: z.iso.date().optional(),
    kind: z.enum(TERM_KINDS).optional(),
    sort: z.enum(TREND_SORTS).default('combined'),
    limit: z.int().min(1).max(200).default(50),
    cursor: z
      .string()
      .regex(
        saidAs(/^\d+$/, {
          en: 'it must be what the page before gave as the next one',
          zh: '须为上一页返回的下一页标记',
        }),
      )
      .optional(),
  }),
  output: z.array(trendView),
  async run(context: TrendsContext, _actor, { week, kind, sort, limit, cursor }): Promise<TrendPage> {
    const { db } = context
    const newest = await newestReadWeek(context)
    const shown = week === undefined ? await newestScoredWeek(db.read) : weekOf(week)
    if (!shown) return { week: undefined, newest, trends: [], next: undefined }
    const skip = Number(cursor ?? 0)
    const rows = await trendsOfWeek(db.read, { week: shown, kind, sort, skip, limit: limit + 1 })
    const house = await readHouse(db.read)
    const today = dayIn(context.clock.now(), house.timeZone)
    const trends = rows.slice(0, limit).map((row) => ({ ...row, opening: openingOf(row.evidence, house, today) }))
    return { week: shown, newest, trends, next: rows.length > limit ? String(skip + limit) : undefined }
  },
})
