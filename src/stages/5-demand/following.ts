/** Pre-orders that follow what was decided about their lot. */
import { eachAlone } from '../../core/each-alone.ts'
import { withNotice } from '../../core/notice.ts'
import type { Tx } from '../../db/database.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { campaignCard } from '../4-storefront/door.ts'
import type { Context, Turn } from '../context.ts'
import { letterOfPrice } from './releasing.ts'
import type { Lot, Preorder } from './store.ts'
import { followLot, lotById, lotsFollowing, settlePledges } from './store/lots.ts'

/** Slices in one look: others look meanwhile. */
const SLICES = 40

type Following = Pick<Context, 'db' | 'clock' | 'engines' | 'baseUrl'>

/** Whose pledge does not accept the price of its lot is told so, with the same act by which it is let go. */
async function tellLeftOut({ clock, engines, baseUrl }: Following, tx: Tx, lot: Lot, rows: readonly Preorder[]) {
  if (!rows.length) return
  const sold = await campaignCard(tx, lot.campaignId)
  if (!sold) return
  const letters = rows.map((row) => letterOfPrice(row, sold.card.names, lot))
  await queueLetters(tx, letters.map(withNotice(baseUrl)), clock.now(), engines.vault)
}

/**
 * Goes on wherever somebody stopped, this process or another: which pre-orders have not followed is seen from what they
 * are. Each slice is a transaction of its own. A lot that cannot be followed holds up no other.
 * @returns how many pre-orders followed
 */
export async function followLots(context: Following, { leaving }: Pick<Turn, 'leaving'>): Promise<number> {
  const { db } = context
  let count = 0
  async function slice(tx: Tx, id: string): Promise<{ rows: number; done: boolean }> {
    const lot = await lotById(tx, id)
    if (!lot?.following) return { rows: 0, done: true }
    const pledges = await settlePledges(tx, lot)
    await tellLeftOut(context, tx, lot, pledges.released)
    if (pledges.rows) return { rows: pledges.rows, done: false }
    return followLot(tx, lot)
  }
  async function follow(id: string): Promise<void> {
    for (let slices = 0, done = false; slices < SLICES && !done && !leaving.aborted; slices++) {
      const followed = await db.write((tx) => slice(tx, id), { atomic: true })
      count += followed.rows
      done = followed.done
    }
  }
  await eachAlone(await lotsFollowing(db.read, SLICES), ({ id }) => follow(id))
  return count
}
