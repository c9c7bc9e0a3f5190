/** What of a style's briefs is ready. */
import { and, asc, eq, lt } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { readyStyles } from '../tables.ts'

export type ReadyRow = typeof readyStyles.$inferSelect

export async function readyOf(db: Reader, styleId: string, styleVersion: number): Promise<ReadyRow | undefined> {
  const [row] = await db
    .select()
    .from(readyStyles)
    .where(and(eq(readyStyles.styleId, styleId), eq(readyStyles.styleVersion, styleVersion)))
  return row
}

export const keepReady = (tx: Tx, row: typeof readyStyles.$inferInsert) =>
  tx
    .insert(readyStyles)
    .values(row)
    .onConflictDoUpdate({
      target: [readyStyles.styleId, readyStyles.styleVersion],
      set: { madeFrom: row.madeFrom, file: row.file, likely: row.likely, rounds: row.rounds, madeAt: row.madeAt },
    })
    .returning({ id: readyStyles.id })

/** A search that came to nothing. */
export const countRound = (tx: Tx, { id, rounds }: Pick<ReadyRow, 'id' | 'rounds'>) =>
  tx
    .update(readyStyles)
    .set({ rounds: rounds + 1 })
    .where(and(eq(readyStyles.id, id), eq(readyStyles.rounds, rounds)))
    .returning({ id: readyStyles.id })

/** What was searched fewest times so far, the oldest first. */
export async function leastSearched(db: Reader, most: number): Promise<ReadyRow | undefined> {
  const [row] = await db
    .select()
    .from(readyStyles)
    .where(lt(readyStyles.rounds, most))
    .orderBy(asc(readyStyles.rounds), asc(readyStyles.madeAt))
    .limit(1)
  return row
}
