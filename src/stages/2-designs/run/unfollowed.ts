/** What the trends of a week ask for that no garment of the house can follow, kept by month. */
import { dayIn } from '../../../core/values.ts'
import type { Context } from '../../context.ts'
import { readHouse } from '../../0-house/door.ts'
import { unfollowed } from '../designer/fidelity.ts'
import { stockOf } from '../store.ts'
import { forgetFollowed, keepUnfollowed, trendsOfWeek } from '../store/unfollowed.ts'
import { briefTrend } from './briefing.ts'
import { allowedBlocks } from './run.ts'

export const monthOf = (day: string): string => day.slice(0, 7)
export const monthNow = (now: Date, timeZone: string): string => monthOf(dayIn(now, timeZone))

/** A week was scored: each of its trends that cannot be followed is one of its month's. */
export async function judgeWeek({ db, clock }: Context, week: string): Promise<void> {
  const [rows, house, stock] = await Promise.all([trendsOfWeek(db.read, week), readHouse(db.read), stockOf(db.read)])
  const trends = rows.map((row) => briefTrend(row).trend)
  const lost = unfollowed(trends, allowedBlocks({}, house), stock, house.trendFidelityPercent / 100)
  const gone = new Set(lost.map(({ trendId }) => trendId))
  const month = monthOf(week)
  await db.write(async (tx) => {
    for (const { id, term } of trends) if (!gone.has(id)) await forgetFollowed(tx, month, term)
    await keepUnfollowed(tx, { month, lost, refused: 0, at: clock.now() })
  })
}
