/** Sessions that ended, and their going. */
import { and, asc, gt, inArray, lt } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { sessions } from '../tables.ts'
import type { PrunePage } from '../upkeep.ts'

export const oldSessions = (db: Reader, { before, after, limit }: PrunePage) =>
  db
    .select({ id: sessions.tokenHash })
    .from(sessions)
    .where(and(lt(sessions.expiresAt, before), after === undefined ? undefined : gt(sessions.tokenHash, after)))
    .orderBy(asc(sessions.tokenHash))
    .limit(limit)

export async function deleteSessions(tx: Tx, ids: readonly string[]): Promise<number> {
  const gone = await tx
    .delete(sessions)
    .where(inArray(sessions.tokenHash, [...ids]))
    .returning({ id: sessions.tokenHash })
  return gone.length
}
