import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { newId } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { factories, productionOrders, IN_HAND, type OrderState, type ProductionOrder } from '../6-dispatch/door.ts'
import { progress } from './tables.ts'

export type ProgressRow = typeof progress.$inferSelect

/** Reports on an order in the order of their sequence numbers, placement by placement; or those of one placement. */
export const progressOf = (db: Reader, orderId: string, placement?: number) =>
  db
    .select()
    .from(progress)
    .where(and(eq(progress.orderId, orderId), placement === undefined ? undefined : eq(progress.placement, placement)))
    .orderBy(asc(progress.placement), asc(progress.sequence), asc(progress.reportId))

export async function progressById(db: Reader, id: string): Promise<ProgressRow | undefined> {
  const [row] = await db.select().from(progress).where(eq(progress.id, id))
  return row
}

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

/** Move an order if it still stands where it was read: no row = a report came in between. */
export async function standAt(
  tx: Tx,
  order: Pick<ProductionOrder, 'id' | 'state' | 'sequence'>,
  change: Partial<typeof productionOrders.$inferInsert>,
): Promise<ProductionOrder | undefined> {
  const [row] = await tx
    .update(productionOrders)
    .set(change)
    .where(
      and(
        eq(productionOrders.id, order.id),
        eq(productionOrders.state, order.state),
        eq(productionOrders.sequence, order.sequence),
      ),
    )
    .returning()
  return row
}

/** Being made, or on its way. */
const UNDER_WAY: readonly OrderState[] = [...IN_HAND, 'shipped']

/** Orders being made or on their way whose lateness has not been noticed yet, with their factory's lead time. */
export const ordersToWatch = (db: Reader) =>
  db
    .select({ order: productionOrders, leadDays: factories.leadDays })
    .from(productionOrders)
    .innerJoin(factories, eq(factories.id, productionOrders.factoryId))
    .where(and(isNull(productionOrders.lateNoticedAt), inArray(productionOrders.state, [...UNDER_WAY])))
    .orderBy(asc(productionOrders.id))

/** Once per placement: no row = somebody noticed before, or it has been called off or delivered since it was read. */
export async function noticeLate(
  tx: Tx,
  { id, placement }: Pick<ProductionOrder, 'id' | 'placement'>,
  at: Date,
): Promise<boolean> {
  const rows = await tx
    .update(productionOrders)
    .set({ lateNoticedAt: at })
    .where(
      and(
        eq(productionOrders.id, id),
        eq(productionOrders.placement, placement),
        inArray(productionOrders.state, [...UNDER_WAY]),
        isNull(productionOrders.lateNoticedAt),
      ),
    )
    .returning({ id: productionOrders.id })
  return rows.length === 1
}
