/** What runs in the scoring thread: a week's scores, read from the database over a connection of its own. */
import { answerTasks } from '../../core/pool-thread.ts'
import { openReader } from '../../db/reader.ts'
import { assessWeek } from './assessing.ts'
import type { ScoredTrend } from './model.ts'
import { backgroundOf, cellsOf } from './store/scores.ts'

/** What the scoring thread can be asked. */
export interface Scorings {
  week: { input: { address: string; week: string }; output: ScoredTrend[] }
}

answerTasks<Scorings>({
  async week({ address, week }) {
    await using db = openReader(address)
    return await assessWeek(week, await backgroundOf(db.read, week), cellsOf(db.read, week))
  },
})
