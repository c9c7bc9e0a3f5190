/** A lot that failed its inspection does not leave, unless a manager says why it may. */
import { actorTag, type Actor } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { orderById, type ProductionOrder } from '../6-dispatch/door.ts'
import type { Context } from '../context.ts'
import { refused } from './messages.ts'
import { progressOf, type ProgressRow } from './store.ts'
import { clearanceOf, insertClearance, type Clearance } from './store/clearances.ts'

/** The last inspection among reports, where it failed. @param before only those of a lower sequence number */
export function failedIn(rows: readonly ProgressRow[], before = Number.POSITIVE_INFINITY): ProgressRow | undefined {
  const last = rows
    .filter(
      ({ details, outcome, sequence }) =>
        typeof details['passed'] === 'boolean' && outcome === 'applied' && sequence < before,
    ) // prettier-ignore
    .at(-1)
  return last?.details['passed'] === false ? last : undefined
}

/** @throws Problem 409 `production.failed-inspection` */
export async function assertMayLeave(
  db: Reader,
  { number }: Pick<ProductionOrder, 'number'>,
  rows: readonly ProgressRow[],
  sequence: number,
): Promise<void> {
  const failed = failedIn(rows, sequence)
  if (failed && !(await clearanceOf(db, failed.id))) throw refused('production.failed-inspection', { number })
}

/** The inspection that keeps an order from leaving, and a manager's word on it. */
export async function standingInspection(
  db: Reader,
  rows: readonly ProgressRow[],
): Promise<{ failed: ProgressRow; clearance: Clearance | undefined } | undefined> {
  const failed = failedIn(rows)
  return failed && { failed, clearance: await clearanceOf(db, failed.id) }
}

/** About the inspection that failed last, and no later one. Said twice, the first reason stands. @throws Problem 404, 409 */
export async function clear(
  tx: Tx,
  { clock }: Pick<Context, 'clock'>,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<Clearance> {
  const order = await orderById(tx, id)
  if (!order) throw notFound({ en: 'production order', zh: '生产订单' }, id)
  const failed = failedIn(await progressOf(tx, id, order.placement))
  if (!failed) throw refused('production.not-failed', { number: order.number })
  await insertClearance(tx, { progressId: failed.id, reason, by: actorTag(actor), at: clock.now() })
  const stands = await clearanceOf(tx, failed.id)
  if (!stands) throw new Error(`the clearance of ${failed.id} was not stored`)
  return stands
}
