import { byId } from '../../../core/parse.ts'
import { campaignById, goalReached } from '../../4-storefront/door.ts'
import { stopLosing } from '../../5-demand/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { decidedBy, proposal } from '../deciding.ts'
import { refused } from '../messages.ts'
import { reorderView } from '../model.ts'
import { decide } from '../store.ts'

/** End a losing campaign before its date: its buyers are released and told, nobody pays. @throws Problem 409 */
export const stopEarly = action({
  name: 'reorders.stop-early',
  scope: 'campaigns',
  input: byId,
  output: reorderView,
  async run(context: Context, actor, { id }) {
    const { db, outbox, clock } = context
    const reorder = await proposal(db.read, id)
    if (reorder.verdict !== 'loser') throw refused('reorders.moved-on')
    return db.write(async (tx) => {
      const campaign = await campaignById(tx, reorder.campaignId)
      // It is no loser any more.
      if (campaign && goalReached(campaign)) throw refused('reorders.moved-on')
      const done = await decide(tx, reorder.id, 'proposed', { state: 'approved', ...decidedBy(context, actor) })
      if (!done || !campaign || !(await stopLosing(tx, context, campaign, actor))) throw refused('reorders.moved-on')
      await outbox.emit(tx, actor, 'reorders.approved', { reorderId: reorder.id }, clock.now())
      return done
    })
  },
})
