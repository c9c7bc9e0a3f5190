import { sql } from 'drizzle-orm'
import type { Clock } from '../core/clock.ts'
import { SECOND } from '../core/values.ts'
import type { Database } from './database.ts'

/** How often the database is asked again what time it is. */
const EVERY_MS = 30 * SECOND
const SAMPLES = 3

export interface DatabaseClock extends Clock {
  close(): void
}

/** What time the database says it is, as milliseconds since 1970, and how long the question was under way. */
async function ask({ read }: Database): Promise<{ at: number; measured: number; took: number }> {
  const asked = performance.now()
  const [row] = await read
    .select({ at: sql<string>`(extract(epoch from clock_timestamp()) * 1000)::text` })
    .from(sql`(select 1) as one`)
  const took = performance.now() - asked
  return { at: Number(row?.at), measured: asked + took / 2, took }
}

/**
 * The clock of a PostgreSQL server for all its nodes: what is due and which lease has ended is one question with one
 * answer, however wrong a node's own clock goes. Between two looks at the server time passes by the processor's
 * monotonic clock, so that a node's clock that is set meanwhile changes nothing either. Exact to half a round trip.
 * @throws as reading does, when the server cannot be asked at the start; later it goes on by what it knows
 */
export async function openDatabaseClock(db: Database, everyMs: number = EVERY_MS): Promise<DatabaseClock> {
  let known = await ask(db)
  for (let n = 1; n < SAMPLES; n++) {
    const next = await ask(db)
    if (next.took < known.took) known = next
  }
  const timer = setInterval(() => {
    ask(db).then(
      (next) => void (known = next),
      () => {},
    )
  }, everyMs)
  timer.unref()
  return {
    now: () => new Date(known.at + performance.now() - known.measured),
    close: () => clearInterval(timer),
  }
}
