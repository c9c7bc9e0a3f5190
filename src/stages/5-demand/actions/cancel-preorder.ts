import { z } from 'zod'
import { action } from '../../action.ts'
import { preorderBehind } from '../links.ts'
import { refused } from '../messages.ts'
import { byLink } from '../model.ts'
import type { DemandContext } from '../options.ts'
import { cancelPreorder as take, preorderById, type Preorder } from '../store.ts'

/** @throws Problem 409 `preorders.too-late` once the lot is frozen */
export const cancelPreorder = action({
  name: 'demand.cancel',
  scope: 'anyone',
  input: byLink,
  output: z.looseObject({ id: z.string(), state: z.string() }),
  async run(context: DemandContext, _actor, { id, token }) {
    const { db, clock } = context
    await preorderBehind(context, id, token)
    await db.write(async (tx) => {
      const preorder = await preorderById(tx, id)
      if (!preorder || preorder.state === 'cancelled') return
      if (preorder.state !== 'pending' && preorder.state !== 'confirmed') throw refused('preorders.too-late')
      // Lost a race with a confirmation or with the lot: undo it all and let the caller look again.
      if (!(await take(tx, preorder, clock.now()))) throw refused('preorders.too-late')
    })
    return (await preorderById(db.read, id)) as Preorder
  },
})
