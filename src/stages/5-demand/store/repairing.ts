/** Counters that are set right: each only while it is what the audit saw, which whoever changed it meanwhile changed. */
import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../../db/database.ts'
import { endCollecting, repairCounter } from '../../4-storefront/door.ts'
import { campaignBuyers, demandCells, demandHours, pledgeRungs } from '../tables.ts'
import type { KeptRung } from './pledges.ts'
import type { KeptBuyer, KeptCell, KeptHour } from './ledger.ts'

/** @returns false when it is something else by now */
export async function repairCampaign(
  tx: Tx,
  id: string,
  { field, counted, ledger }: { field: string; counted: number; ledger: number },
): Promise<boolean> {
  const name = field as Parameters<typeof repairCounter>[2]
  const repaired = await repairCounter(tx, id, name, { from: counted, to: ledger })
  // What gathered may not be what its goal was said to be reached by.
  await endCollecting(tx, id)
  return repaired
}

const one = async (rows: PromiseLike<unknown[]>): Promise<boolean> => (await rows).length === 1

/** @returns false when the row is something else by now, or was made meanwhile */
export function repairBuyer(
  tx: Tx,
  was: KeptBuyer,
  right: Pick<KeptBuyer, 'units' | 'lotUnits' | 'lot'>,
): Promise<boolean> {
  const { campaignId, buyerKey } = was
  const key = { key: campaignBuyers.buyerKey }
  // No lot has the number 0: there was no row.
  if (was.lot === 0)
    return one(tx.insert(campaignBuyers).values({ campaignId, buyerKey, ...right }).onConflictDoNothing().returning(key)) // prettier-ignore
  return one(
    tx
      .update(campaignBuyers)
      .set(right)
      .where(
        and(
          eq(campaignBuyers.campaignId, campaignId),
          eq(campaignBuyers.buyerKey, buyerKey),
          eq(campaignBuyers.units, was.units),
          eq(campaignBuyers.lotUnits, was.lotUnits),
          eq(campaignBuyers.lot, was.lot),
        ),
      )
      .returning(key),
  )
}

/** @param was undefined where there is no row */
export function repairCell(tx: Tx, cell: KeptCell, was: number | undefined, units: number): Promise<boolean> {
  const { campaignId, lot, colourway, size, shownPrice } = cell
  const counted = { units: demandCells.units }
  if (was === undefined)
    return one(tx.insert(demandCells).values({ ...cell, units }).onConflictDoNothing().returning(counted)) // prettier-ignore
  return one(
    tx
      .update(demandCells)
      .set({ units })
      .where(
        and(
          eq(demandCells.campaignId, campaignId),
          eq(demandCells.lot, lot),
          eq(demandCells.colourway, colourway),
          eq(demandCells.size, size),
          eq(demandCells.shownPrice, shownPrice),
          eq(demandCells.units, was),
        ),
      )
      .returning(counted),
  )
}

/** @param was undefined where there is no row */
export function repairRung(
  tx: Tx,
  row: KeptRung,
  was: KeptRung | undefined,
  right: Pick<KeptRung, 'units' | 'buyers'>,
): Promise<boolean> {
  const { campaignId, atMost } = row
  const counted = { units: pledgeRungs.units }
  if (!was)
    return one(tx.insert(pledgeRungs).values({ campaignId, atMost, ...right }).onConflictDoNothing().returning(counted)) // prettier-ignore
  return one(
    tx
      .update(pledgeRungs)
      .set(right)
      .where(
        and(
          eq(pledgeRungs.campaignId, campaignId),
          eq(pledgeRungs.atMost, atMost),
          sql`${pledgeRungs.units} = ${was.units} and ${pledgeRungs.buyers} = ${was.buyers}`,
        ),
      )
      .returning(counted),
  )
}

/** @param was undefined where there is no row */
export function repairHour(
  tx: Tx,
  row: KeptHour,
  was: KeptHour | undefined,
  right: Pick<KeptHour, 'orders' | 'units'>,
): Promise<boolean> {
  const { campaignId, hour, lot } = row
  const counted = { units: demandHours.units }
  if (!was)
    return one(tx.insert(demandHours).values({ campaignId, hour, lot, ...right }).onConflictDoNothing().returning(counted)) // prettier-ignore
  return one(
    tx
      .update(demandHours)
      .set(right)
      .where(
        and(
          eq(demandHours.campaignId, campaignId),
          eq(demandHours.hour, hour),
          eq(demandHours.lot, lot),
          sql`${demandHours.orders} = ${was.orders} and ${demandHours.units} = ${was.units}`,
        ),
      )
      .returning(counted),
  )
}
