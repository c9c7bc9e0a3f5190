/** Pre-orders that follow what was decided about their lot. */
import { eachAlone } from '../../core/each-alone.ts'
import type { Context, Turn } from '../context.ts'
import { followLot, lotById, lotsFollowing } from './store/lots.ts'

/** Slices in one look: others look meanwhile. */
const SLICES = 40

/**
 * Goes on wherever somebody stopped, this process or another: which pre-orders have not followed is seen from what they
 * are. Each slice is a transaction of its own. A lot that cannot be followed holds up no other.
 * @returns how many pre-orders followed
 */
export async function followLots({ db }: Pick<Context, 'db'>, { leaving }: Pick<Turn, 'leaving'>): Promise<number> {
  let count = 0
  async function follow(id: string): Promise<void> {
    for (let slice = 0, done = false; slice < SLICES && !done && !leaving.aborted; slice++) {
      const followed = await db.write(
        async (tx) => {
          const lot = await lotById(tx, id)
          return lot?.following ? followLot(tx, lot) : { rows: 0, done: true }
        },
        { atomic: true },
      )
      count += followed.rows
      done = followed.done
    }
  }
  await eachAlone(await lotsFollowing(db.read, SLICES), ({ id }) => follow(id))
  return count
}
