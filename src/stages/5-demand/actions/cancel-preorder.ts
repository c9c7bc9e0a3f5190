import { z } from 'zod'
import { system } from '../../../core/actor.ts'
import { endCollecting } from '../../4-storefront/door.ts'
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
    const { db, clock, outbox } = context
    await preorderBehind(context, id, token)
    await db.write(async (tx) => {
      const preorder = await preorderById(tx, id)
      if (!preorder || preorder.state === 'cancelled') return
      if (preorder.state !== 'pending' && preorder.state !== 'confirmed') throw refused('preorders.too-late')
      // Lost a race with a confirmation or with the lot: undo it all and let the caller look again.
      const now = clock.now()
      if (!(await take(tx, preorder, now))) throw refused('preorders.too-late')
      const [missed] = await endCollecting(tx, preorder.campaignId)
      if (missed)
        await outbox.emit(tx, system('demand'), 'demand.goal-missed', { campaignId: missed.id, lot: missed.lot }, now)
    })
    return (await preorderById(db.read, id)) as Preorder
  },
})
