/** Rounds of deciding who is asked for an order, each stored with everything that was known. */
import { newId } from '../../core/values.ts'
import { readHouse } from '../0-house/door.ts'
import { allocate } from './allocation.ts'
import type { LotStyle } from './briefs.ts'
import { allocationInputs, outOf } from './deciding.ts'
import type { Dispatching } from './dispatching.ts'
import { insertAllocation, roundsOf } from './store/allocations.ts'
import { offersOf } from './store/offers.ts'
import { readTerms, type ProductionOrder } from './store.ts'

type Deciding = Pick<Dispatching, 'db' | 'clock' | 'making'>

/** Decide anew, with everything known at this moment. */
export async function decide(parts: Deciding, order: ProductionOrder, style: LotStyle, round: number) {
  const { db, clock, making } = parts
  const now = clock.now()
  const [house, terms] = [await readHouse(db.read), await readTerms(db.read)]
  const askedBefore = (await offersOf(db.read, order.id)).length
  const inputs = { ...(await allocationInputs(db.read, order, style, { house, terms, now, making })), askedBefore }
  return {
    id: newId(),
    orderId: order.id,
    round,
    inputs,
    ranking: allocate(inputs),
    at: now,
  }
}

/**
 * The newest round's decision; the first is made here, and so is the next when a factory is out since the last. What
 * is stored is the decision, whoever stored it.
 */
export async function currentRound(parts: Deciding, order: ProductionOrder, style: LotStyle) {
  const { db } = parts
  const [known] = await roundsOf(db.read, order.id)
  const considered = known?.inputs.excluded ?? []
  if (known && (await outOf(db.read, order.id)).every((id) => considered.includes(id))) return known
  const row = await decide(parts, order, style, (known?.round ?? 0) + 1)
  await db.write((tx) => insertAllocation(tx, row))
  const [stored] = await roundsOf(db.read, order.id)
  if (!stored) throw new Error(`the allocation of ${order.number} was not stored`)
  return stored
}
