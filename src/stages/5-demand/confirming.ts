import { system } from '../../core/actor.ts'
import type { Tx } from '../../db/database.ts'
import { readHouse } from '../0-house/door.ts'
import { beginCollecting, campaignById, countBuyer, verifyUnits, type Gathered } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { whyNot } from './intake.ts'
import { firstLotNow, freezeLot } from './lots.ts'
import { overCap } from './model.ts'
import { forgetLetter, holdUnits, markConfirmed, markForLot, type Lot, type Preorder } from './store.ts'
import { allowedUnits } from './store/intake.ts'
import { countCells, countHour } from './store/counts.ts'
import { UNCONFIRMED } from './tables.ts'

/** Somebody else changed the pre-order between looking and acting; the transaction is undone. */
export class Conflict extends Error {}

/** From this share of its goal on, what a lot will need is made ready. */
const NEAR = 0.6

/** Whether these units are those by which a lot comes near its goal: said once, whatever is cancelled and ordered again. */
export const comesNear = (
  { lotUnits, thresholdUnits }: { lotUnits: number; thresholdUnits: number },
  units: number,
): boolean => lotUnits >= NEAR * thresholdUnits && lotUnits - units < NEAR * thresholdUnits

/**
 * Pending → confirmed, with the counters and, in the same transaction, what comes of it: the goal is reached and the lot
 * collects on, or it is the decision to produce.
 * @throws Conflict, Problem 409 the campaign takes none any more, 422 over the buyer's cap
 */
export async function confirmIn(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'>,
  preorder: Pick<Preorder, 'id' | 'campaignId' | 'buyerKey'>,
  now: Date,
): Promise<Lot | undefined> {
  const { campaignId, buyerKey } = preorder
  const [confirmed] = await markConfirmed(tx, { id: preorder.id, now })
  if (!confirmed) throw new Conflict()
  const { units, lines, shownPrice } = confirmed
  const [gathered] = await verifyUnits(tx, { campaignId, now, units, pending: confirmed.letterDue ? 0 : units })
  if (!gathered) {
    const [campaign, { timeZone }] = [await campaignById(tx, campaignId), await readHouse(tx)]
    throw whyNot(campaign, campaignId, now, timeZone) ?? new Conflict()
  }
  const { lot } = gathered
  if (confirmed.lot !== lot) await markForLot(tx, preorder.id, lot)
  if (confirmed.letterDue) await forgetLetter(tx, preorder.id)
  const [held] = await holdUnits(tx, { campaignId, buyerKey, units, lot })
  const holds = held?.units ?? units
  if (holds > gathered.perBuyerCap) {
    const allowed = await allowedUnits(tx, campaignId, buyerKey)
    if (holds > allowed) throw overCap(Math.max(allowed, gathered.perBuyerCap))
  }
  let { lotBuyers } = gathered
  if (held?.lotUnits === units)
    [{ lotBuyers }] = (await countBuyer(tx, { campaignId, change: 1 })) as [{ lotBuyers: number }]
  const counted = { campaignId, shownPrice, lines }
  await countCells(tx, [
    { ...counted, lot, times: 1 },
    ...(confirmed.letterDue ? [] : [{ ...counted, lot: UNCONFIRMED, times: -1 as const }]),
  ])
  await countHour(tx, { campaignId, lot, units, at: now, times: 1 })
  return whatComesOfIt(tx, context, { campaignId, gathered: { ...gathered, lotBuyers }, units, now })
}

/**
 * Units have come to the lot that gathers: its goal is near or reached and it collects on, or it goes into production.
 * @param counted `gathered` as it stands with them
 */
export async function whatComesOfIt(
  tx: Tx,
  context: Pick<Context, 'clock' | 'outbox'>,
  { campaignId, gathered, units, now }: { campaignId: string; gathered: Gathered; units: number; now: Date },
): Promise<Lot | undefined> {
  const { lot } = gathered
  const becomes = firstLotNow(gathered)
  if (becomes === 'goes') return freezeLot(tx, context, { campaignId, number: lot, reason: 'threshold' })
  if (comesNear(gathered, units))
    await context.outbox.emit(tx, system('demand'), 'demand.goal-near', { campaignId, lot }, now, {
      dedupeKey: `near:${campaignId}:${lot}`,
    })
  if (becomes === 'collects' && !gathered.collecting && (await beginCollecting(tx, campaignId)).length)
    await context.outbox.emit(tx, system('demand'), 'demand.goal-reached', { campaignId, lot }, now)
  return undefined
}
