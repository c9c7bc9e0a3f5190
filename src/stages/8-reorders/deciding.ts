import { actorTag, system, type Actor } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { freezeLot, type Lot } from '../5-demand/door.ts'
import type { Context } from '../context.ts'
import { refused } from './messages.ts'
import { decide, reorderById, type ReorderRow } from './store.ts'

/** @throws Problem 404 */
export async function proposal(db: Reader, id: string): Promise<ReorderRow> {
  const reorder = await reorderById(db, id)
  if (!reorder) throw notFound({ en: 'proposal', zh: '返单建议' }, id)
  return reorder
}

/** Who decided, and when: what every decision about a proposal records. */
export const decidedBy = ({ clock }: Pick<Context, 'clock'>, actor: Actor) => ({
  decidedBy: actorTag(actor),
  decidedAt: clock.now(),
})

/**
 * In the transaction that says yes: the proposal, and the frozen lot that it proposed.
 * @throws Problem 409 where somebody was quicker
 */
export async function freezeProposed(tx: Tx, context: Context, actor: Actor, reorder: ReorderRow): Promise<Lot> {
  const approved = await decide(tx, reorder.id, 'proposed', { state: 'approved', ...decidedBy(context, actor) })
  const lot =
    approved &&
    (await freezeLot(tx, context, { campaignId: reorder.campaignId, number: reorder.lot, reason: 'reorder', actor }))
  if (!lot) throw refused('reorders.moved-on')
  await context.outbox.emit(tx, actor, 'reorders.approved', { reorderId: reorder.id }, context.clock.now())
  return lot
}

/** Whatever froze a lot, its proposal is settled by it. */
export async function settleByLot(tx: Tx, context: Context, reorder: ReorderRow, reason: string): Promise<void> {
  if (await decide(tx, reorder.id, 'approved', { state: 'sent' })) return
  await decide(tx, reorder.id, 'proposed', {
    state: reorder.verdict === 'loser' ? 'declined' : 'sent',
    ...decidedBy(context, system('reorders')),
    reason,
  })
}
