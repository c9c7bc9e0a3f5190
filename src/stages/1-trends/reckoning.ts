/** Scoring a week from what is stored, and storing what came of it. */
import type { Actor } from '../../core/actor.ts'
import { dayIn, weekOf } from '../../core/values.ts'
import type { Context } from '../context.ts'
import { readHouse } from '../0-house/door.ts'
import { assessWeek } from './assessing.ts'
import { refused } from './messages.ts'
import { countRest } from './storing.ts'
import { newestIngest, newestWeek, putTrends, readForScoring } from './store.ts'

const MOST_RECKONINGS = 5

/** The newest week that anything was read of, not after the present one. */
export async function newestReadWeek({ db, clock }: Context): Promise<string | undefined> {
  const { timeZone } = await readHouse(db.read)
  return newestWeek(db.read, weekOf(dayIn(clock.now(), timeZone)))
}

/**
 * Score a week and store it; says so once per cause. Reading and reckoning take too long for a transaction, so the
 * result is written only if nothing was read meanwhile, and else reckoned again: an older picture never overwrites
 * a newer one.
 */
export async function scoreAndStore(
  { db, clock, outbox }: Context,
  actor: Actor,
  week: string,
  cause: string,
): Promise<{ week: string; trends: number }> {
  await countRest(db)
  for (let attempt = 0; attempt < MOST_RECKONINGS; attempt++) {
    const seen = await newestIngest(db.read)
    const scored = assessWeek(week, await readForScoring(db.read, week))
    const at = clock.now()
    const written = await db.write(async (tx) => {
      if ((await newestIngest(tx)) !== seen) return false
      await putTrends(tx, week, scored, at)
      await outbox.emit(tx, actor, 'trends.scored', { week }, at, { dedupeKey: `trends.scored:${week}:${cause}` })
      return true
    })
    if (written) return { week, trends: scored.length }
  }
  throw refused('trends.busy', undefined, { retryAfter: 60 })
}
