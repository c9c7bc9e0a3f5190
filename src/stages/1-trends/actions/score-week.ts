import { z } from 'zod'
import { weekOf } from '../../../core/values.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { refused } from '../messages.ts'
import { newestReadWeek, scoreAndStore } from '../reckoning.ts'

/** Score a week (any day of it names it); without one, the newest with data. */
export const scoreWeek = action({
  name: 'trends.score-week',
  scope: 'trends',
  input: z.object({ week: z.iso.date().optional() }),
  output: z.object({ week: z.string(), trends: z.int() }),
  async run(context: TrendsContext, actor, { week }) {
    const asked = week === undefined ? await newestReadWeek(context) : weekOf(week)
    if (!asked) throw refused('trends.nothing-read')
    return scoreAndStore(context, actor, asked, `asked:${context.clock.now().toISOString()}`)
  },
})
