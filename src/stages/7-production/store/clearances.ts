import { eq } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { clearances } from '../tables.ts'

export type Clearance = typeof clearances.$inferSelect

export async function clearanceOf(db: Reader, progressId: string): Promise<Clearance | undefined> {
  const [row] = await db.select().from(clearances).where(eq(clearances.progressId, progressId))
  return row
}

/** Once for an inspection. */
export const insertClearance = (tx: Tx, row: Clearance) =>
  tx.insert(clearances).values(row).onConflictDoNothing().returning({ id: clearances.progressId })
