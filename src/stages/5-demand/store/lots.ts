import { and, eq } from 'drizzle-orm'
import { newId } from '../../../core/values.ts'
import type { Tx } from '../../../db/database.ts'
import { campaignBuyers, lots, preorders } from '../tables.ts'
import type { Lot } from '../store.ts'

/** Every confirmed pre-order of a campaign goes into its lot `number`. */
export const putInLot = (tx: Tx, campaignId: string, number: number) =>
  tx
    .update(preorders)
    .set({ state: 'in-lot', lot: number })
    .where(and(eq(preorders.campaignId, campaignId), eq(preorders.state, 'confirmed')))
    .returning({
      lines: preorders.lines,
      units: preorders.units,
      buyerKey: preorders.buyerKey,
      shownPrice: preorders.shownPrice,
    })

/** What buyers held in the lot that was frozen is in it; of the next they hold nothing yet. */
export const emptyBuyersLot = (tx: Tx, campaignId: string) =>
  tx
    .update(campaignBuyers)
    .set({ lotUnits: 0 })
    .where(eq(campaignBuyers.campaignId, campaignId))
    .returning({ key: campaignBuyers.buyerKey })

export async function insertLot(tx: Tx, row: Omit<typeof lots.$inferInsert, 'id'>): Promise<Lot> {
  const [lot] = await tx
    .insert(lots)
    .values({ id: newId(), ...row })
    .returning()
  if (!lot) throw new Error('a lot was not stored')
  return lot
}
