/** Trends that could not be followed, month by month. */
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { trends } from '../../1-trends/door.ts'
import type { Unfollowed } from '../designer/fidelity.ts'
import { unfollowedTrends } from '../tables.ts'

export type UnfollowedRow = typeof unfollowedTrends.$inferSelect

export const trendsOfWeek = (db: Reader, week: string): Promise<(typeof trends.$inferSelect)[]> =>
  db.select().from(trends).where(eq(trends.week, week))

/**
 * Keep what could not be followed, a trend once in each month.
 * @param refused how many designs of each were refused: none where they were only seen
 */
export async function keepUnfollowed(
  tx: Tx,
  { month, lost, refused, at }: { month: string; lost: readonly Unfollowed[]; refused: 0 | 1; at: Date },
): Promise<void> {
  for (const { term, label, missing } of lost) {
    const [first] = missing
    if (!first) continue
    const now = { label, missing: first.key, missingLabel: first.label, why: first.why, seenAt: at }
    await tx
      .insert(unfollowedTrends)
      .values({ month, term, ...now, refused })
      .onConflictDoUpdate({
        target: [unfollowedTrends.month, unfollowedTrends.term],
        set: { ...now, refused: sql`${unfollowedTrends.refused} + ${refused}` },
      })
  }
}

/** Seen before in the month and possible by now: what was refused stays told. */
export async function forgetFollowed(tx: Tx, month: string, term: string): Promise<void> {
  await tx
    .delete(unfollowedTrends)
    .where(and(eq(unfollowedTrends.month, month), eq(unfollowedTrends.term, term), eq(unfollowedTrends.refused, 0)))
    .returning({ term: unfollowedTrends.term })
}

export const unfollowedIn = (db: Reader, month: string): Promise<UnfollowedRow[]> =>
  db.select().from(unfollowedTrends).where(eq(unfollowedTrends.month, month)).orderBy(unfollowedTrends.term)

/** The newest month that anything was seen in. */
export async function newestUnfollowed(db: Reader): Promise<string | undefined> {
  const [row] = await db
    .select({ month: unfollowedTrends.month })
    .from(unfollowedTrends)
    .orderBy(desc(unfollowedTrends.month))
    .limit(1)
  return row?.month
}
