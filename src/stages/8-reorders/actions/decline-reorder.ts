import { byId, labels } from '../../../core/parse.ts'
import { paragraphs } from '../../../core/typed.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { decidedBy, proposal } from '../deciding.ts'
import { refused } from '../messages.ts'
import { reorderView } from '../model.ts'
import { decide } from '../store.ts'

/** @throws Problem 422 without a reason that others can read, 409 `reorders.moved-on` */
export const declineReorder = action({
  name: 'reorders.decline',
  scope: 'campaigns',
  input: byId.extend({
    reason: paragraphs(1, 1000).register(labels, { label: { zh: '不采纳的原因', en: 'Reason' } }),
  }),
  output: reorderView,
  async run(context: Context, actor, { id, reason }) {
    const { db } = context
    const reorder = await proposal(db.read, id)
    const declined = await db.write((tx) =>
      decide(tx, reorder.id, 'proposed', { state: 'declined', reason, ...decidedBy(context, actor) }),
    )
    if (!declined) throw refused('reorders.moved-on')
    return declined
  },
})
