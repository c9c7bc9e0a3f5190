/** Design runs that are over and of which nothing stands any more: neither to be decided about, nor on sale. */
import { and, asc, eq, gt, inArray, lt, notExists, sql } from 'drizzle-orm'
import { oldestIdAt } from '../../../core/values.ts'
import type { Reader, Tx } from '../../../db/database.ts'
import type { PrunePage } from '../../0-house/door.ts'
import { designRuns, styles } from '../tables.ts'

const isOver = inArray(designRuns.state, ['done', 'failed'])

const standing = (db: Reader) =>
  db
    .select({ one: sql`1` })
    .from(styles)
    .where(and(eq(styles.runId, designRuns.id), inArray(styles.state, ['proposed', 'approved'])))

/** Without what was asked for, which somebody typed, and what was proposed: that stands in the styles. */
export const oldRuns = (db: Reader, { before, after, limit }: PrunePage) =>
  db
    .select({
      id: designRuns.id,
      trendIds: designRuns.trendIds,
      state: designRuns.state,
      done: designRuns.done,
      total: designRuns.total,
      designer: designRuns.designer,
      requestedBy: designRuns.requestedBy,
      createdAt: designRuns.createdAt,
      finishedAt: designRuns.finishedAt,
    })
    .from(designRuns)
    .where(
      and(
        lt(designRuns.id, oldestIdAt(before)),
        after === undefined ? undefined : gt(designRuns.id, after),
        isOver,
        notExists(standing(db)),
      ),
    )
    .orderBy(asc(designRuns.id))
    .limit(limit)

/** Its styles stay, and are of no run any more. */
export async function deleteRuns(tx: Tx, ids: readonly string[]): Promise<number> {
  const over = await tx
    .select({ id: designRuns.id })
    .from(designRuns)
    .where(and(inArray(designRuns.id, [...ids]), isOver, notExists(standing(tx))))
  const still = over.map(({ id }) => id)
  if (!still.length) return 0
  await tx
    .update(styles)
    .set({ runId: null, slot: null })
    .where(inArray(styles.runId, still))
    .returning({ id: styles.id })
  await tx.delete(designRuns).where(inArray(designRuns.id, still)).returning({ id: designRuns.id })
  return still.length
}
