/** Scoring a week from what is stored, and storing what came of it. */
import type { Actor } from '../../core/actor.ts'
import { dayIn, MINUTE, weekOf } from '../../core/values.ts'
import type { Context } from '../context.ts'
import { readHouse } from '../0-house/door.ts'
import { openPool } from '../../core/pool.ts'
import { assessWeek } from './assessing.ts'
import { refused } from './messages.ts'
import type { ScoredTrend } from './model.ts'
import type { Scorings } from './scoring-thread.ts'
import { newestWeek, recentReadings } from './store.ts'
import { backgroundOf, cellsOf, changedTrends, isLong, putTrends, trendSlices } from './store/scores.ts'
import { countRest } from './storing.ts'

const MOST_RECKONINGS = 5

/** The newest week that anything was read of, not after the present one. */
export async function newestReadWeek({ db, clock }: Context): Promise<string | undefined> {
  const { timeZone } = await readHouse(db.read)
  return newestWeek(db.read, weekOf(dayIn(clock.now(), timeZone)))
}

/** Enough for the longest history there is: what comes of a term is small, and terms are read a few at a time. */
const MEMORY_MB = 256
/** Half a minute for twenty sources of four years; a house with more of them, on a slow machine, is to be scored as well. */
const DEADLINE_MS = 15 * MINUTE

/**
 * A week's scores from what is stored. What takes long is done in a thread, which goes when it is done: nobody here
 * waits, and its memory goes with it.
 */
export async function scoresOf({ db }: Pick<Context, 'db'>, week: string): Promise<ScoredTrend[]> {
  if (!(await isLong(db.read, week))) return assessWeek(week, await backgroundOf(db.read, week), cellsOf(db.read, week))
  const pool = openPool<Scorings>({
    module: new URL('./scoring-thread.ts', import.meta.url),
    threads: 1,
    memoryMb: MEMORY_MB,
  })
  try {
    return await pool.run('week', { address: db.address, week }, { deadlineMs: DEADLINE_MS })
  } finally {
    await pool.end()
  }
}

interface Scoring {
  week: string
  /** The readings there were before anything was read of them. */
  seen: readonly string[]
  cause: string
}

/**
 * Score a week once and store it in slices; says so once per cause. Each slice is written only if nothing was read
 * meanwhile: an older picture never overwrites a newer one.
 * @returns how many trends there are; undefined where something was read meanwhile
 */
async function scoreOnce(context: Context, actor: Actor, { week, seen, cause }: Scoring): Promise<number | undefined> {
  const { db, clock, outbox } = context
  await countRest(db)
  const scored = await scoresOf(context, week)
  const slices = trendSlices(await changedTrends(db.read, week, scored))
  const at = clock.now()
  for (const slice of slices) {
    const isLast = slice === slices.at(-1)
    const written = await db.write(async (tx) => {
      if (!isSame(await recentReadings(tx), seen)) return false
      await putTrends(tx, slice, at)
      if (isLast)
        await outbox.emit(tx, actor, 'trends.scored', { week }, at, { dedupeKey: `trends.scored:${week}:${cause}` })
      return true
    })
    if (!written) return undefined
  }
  return scored.length
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join()

/** Score a week now. @throws Problem `trends.busy` where sources are read faster than that */
export async function scoreAndStore(
  context: Context,
  actor: Actor,
  week: string,
  cause: string,
): Promise<{ week: string; trends: number }> {
  for (let attempt = 0; attempt < MOST_RECKONINGS; attempt++) {
    const seen = await recentReadings(context.db.read)
    const trends = await scoreOnce(context, actor, { week, seen, cause })
    if (trends !== undefined) return { week, trends }
  }
  throw refused('trends.busy', undefined, { retryAfter: 60 })
}

/** One at a time; whoever asks while it works shares the one that comes after. */
function oneAfterTheOther(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const start = (): Promise<void> => {
    next = undefined
    return (running = work().finally(() => (running = undefined)))
  }
  return () => next ?? (running ? (next = running.then(start, start)) : start())
}

/**
 * Scores the newest week because of a reading. Many readings are one scoring: those that come while one is under way
 * share the next, and one that was seen already is done.
 */
export function openScoring(context: Context, actor: Actor): (ingestId: string) => Promise<void> {
  let done: ReadonlySet<string> = new Set()
  const score = oneAfterTheOther(async () => {
    const seen = await recentReadings(context.db.read)
    const [newest] = seen
    // After the readings: what one of them brought may be of a newer week.
    const week = await newestReadWeek(context)
    if (!week || !newest) return
    const trends = await scoreOnce(context, actor, { week, seen, cause: newest })
    // Where something was read meanwhile, that reading is on its way here.
    if (trends !== undefined) done = new Set(seen)
  })
  return async (ingestId) => {
    if (!done.has(ingestId)) await score()
  }
}
