import { system } from '../../core/actor.ts'
import type { Tx } from '../../db/database.ts'
import { readHouse } from '../0-house/door.ts'
import { beginCollecting, campaignById, countBuyer, verifyUnits, type Gathered } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { whyNot } from './intake.ts'
import { firstLotNow, freezeLot } from './lots.ts'
import { overCap } from './model.ts'
import { firmIn, readPledge } from './pledges.ts'
import { forgetLetter, holdUnits, markConfirmed, markForLot, type Lot, type Preorder } from './store.ts'
import { allowedUnits } from './store/intake.ts'
import { countCells, countHour } from './store/counts.ts'
import { cellsFor, movePledges } from './store/pledges.ts'
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

type Confirming = Pick<Preorder, 'id' | 'campaignId' | 'buyerKey' | 'units' | 'lines' | 'pledged' | 'shownPrice'>

/** @throws Problem 422 over the buyer's cap, and what a person allowed beyond it */
async function checkCap(
  tx: Tx,
  { campaignId, buyerKey }: Pick<Confirming, 'campaignId' | 'buyerKey'>,
  holds: number,
  cap: number,
): Promise<void> {
  if (holds <= cap) return
  const allowed = await allowedUnits(tx, campaignId, buyerKey)
  if (holds > allowed) throw overCap(Math.max(allowed, cap))
}

/**
 * Its cells, and where anything for its lot is pledged up to a price, what counts of that now.
 * @param of `holds`: the buyer's firm units in the lot; `wasAsked`: it stood among those whose buyers were asked
 * @returns what the lot comes to
 */
async function countIn(
  tx: Tx,
  preorder: Confirming,
  { lot, lotUnits, lotBuyers, pledgedUnits }: Pick<Gathered, 'lot' | 'lotUnits' | 'lotBuyers' | 'pledgedUnits'>,
  { holds, wasAsked }: { holds: number; wasAsked: boolean },
): Promise<{ lotUnits: number; lotBuyers: number }> {
  const { id, campaignId, buyerKey, shownPrice, lines } = preorder
  const counted = { campaignId, shownPrice, lines }
  const asked = wasAsked ? [{ ...counted, lot: UNCONFIRMED, times: -1 as const }] : []
  if (pledgedUnits === 0) {
    await countCells(tx, [{ ...counted, lot, times: 1 }, ...asked])
    return { lotUnits, lotBuyers }
  }
  const pledge = readPledge(preorder.pledged)
  const firm = firmIn(preorder)
  const { campaign, ...moved } = await movePledges(tx, { id, campaignId, buyerKey, lot, pledge, firm, holds, times: 1 })
  await countCells(tx, [...cellsFor(campaign, { ...counted, pledge }, lot, 1), ...asked])
  return moved
}

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
  const { units } = confirmed
  const firm = firmIn(confirmed)
  const pending = confirmed.letterDue ? 0 : units
  const [gathered] = await verifyUnits(tx, { campaignId, now, units: firm, pledged: units - firm, pending })
  if (!gathered) {
    const [campaign, { timeZone }] = [await campaignById(tx, campaignId), await readHouse(tx)]
    throw whyNot(campaign, campaignId, now, timeZone) ?? new Conflict()
  }
  const { lot } = gathered
  if (confirmed.lot !== lot) await markForLot(tx, preorder.id, lot)
  if (confirmed.letterDue) await forgetLetter(tx, preorder.id)
  const [held] = await holdUnits(tx, { campaignId, buyerKey, units, firm, lot })
  await checkCap(tx, preorder, held?.units ?? units, gathered.perBuyerCap)
  let { lotBuyers } = gathered
  const holds = held?.lotUnits ?? firm
  if (firm > 0 && holds === firm)
    [{ lotBuyers }] = (await countBuyer(tx, { campaignId, change: 1 })) as [{ lotBuyers: number }]
  const counted = await countIn(tx, { ...preorder, ...confirmed }, { ...gathered, lotBuyers }, { holds, wasAsked: !confirmed.letterDue }) // prettier-ignore
  await countHour(tx, { campaignId, lot, units, at: now, times: 1 })
  const came = counted.lotUnits - (gathered.lotUnits - firm)
  return whatComesOfIt(tx, context, { campaignId, gathered: { ...gathered, ...counted }, units: came, now })
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
