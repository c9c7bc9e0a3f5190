/** Mining a week for new words: counted and found in a thread, written in slices. */
import { setImmediate } from 'node:timers/promises'
import { MINUTE } from '../../core/values.ts'
import { openPool } from '../../core/pool.ts'
import type { TrendsContext } from './context.ts'
import type { Minings } from './mining-thread.ts'
import { dropOldSaid, forgetOld, hasBaseline, putFound, putSaid, uncountedWeeks } from './store/words.ts'

/** Enough for twenty thousand titles about clothing and what is said in them. */
const MEMORY_MB = 512
const DEADLINE_MS = 10 * MINUTE
/** Weeks that are counted in one go: a history that was read at once is counted in several. */
const WEEKS_AT_ONCE = 200

/**
 * Find the new words of a week. Nobody here waits: what takes long is done in a thread, which goes when it is done.
 * @returns how many were found
 */
export async function mineWeek({ db, clock, lexicon }: TrendsContext, week: string): Promise<number> {
  if (!(await hasBaseline(db.read, week))) return 0
  const { terms, decided } = await lexicon()
  const known = { terms, decided }
  const pool = openPool<Minings>({
    module: new URL('./mining-thread.ts', import.meta.url),
    threads: 1,
    memoryMb: MEMORY_MB,
  })
  try {
    const { address } = db
    for (;;) {
      const weeks = await uncountedWeeks(db.read, week, WEEKS_AT_ONCE)
      for (const one of weeks) {
        const said = await pool.run('count', { address, known, week: one }, { deadlineMs: DEADLINE_MS })
        await db.write((tx) => putSaid(tx, one, said))
        await setImmediate()
      }
      if (weeks.length < WEEKS_AT_ONCE) break
    }
    const found = await pool.run('find', { address, known, week }, { deadlineMs: DEADLINE_MS })
    await db.write(async (tx) => {
      await dropOldSaid(tx, week)
      await forgetOld(tx, week)
      await putFound(tx, found, clock.now())
    })
    return found.length
  } finally {
    await pool.end()
  }
}
