import { and, asc, eq, inArray } from 'drizzle-orm'
import { newId } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { progress } from './tables.ts'

export type ProgressRow = typeof progress.$inferSelect

/** Reports on an order in the order of their sequence numbers, placement by placement; or those of one placement. */
export const progressOf = (db: Reader, orderId: string, placement?: number) =>
  db
    .select()
    .from(progress)
    .where(and(eq(progress.orderId, orderId), placement === undefined ? undefined : eq(progress.placement, placement)))
    .orderBy(asc(progress.placement), asc(progress.sequence), asc(progress.reportId))

/** No row = this report is known already. */
export async function insertProgress(
  tx: Tx,
  row: Omit<typeof progress.$inferInsert, 'id'>,
): Promise<ProgressRow | undefined> {
  const [made] = await tx
    .insert(progress)
    .values({ id: newId(), ...row })
    .onConflictDoNothing()
    .returning()
  return made
}

/** Reports on orders, in the order of their sequence numbers. */
export async function reportsOn(db: Reader, orderIds: readonly string[]): Promise<ProgressRow[]> {
  const rows: ProgressRow[] = []
  for (let from = 0; from < orderIds.length; from += 500)
    rows.push(
      ...(await db
        .select()
        .from(progress)
        .where(inArray(progress.orderId, orderIds.slice(from, from + 500)))
        .orderBy(asc(progress.sequence), asc(progress.reportId))),
    )
  return rows
}
