import { z } from 'zod'
import { byId, labels } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { decidedBy, proposal } from '../deciding.ts'
import { refused } from '../messages.ts'
import { reorderView } from '../model.ts'
import { decide } from '../store.ts'

/** @throws Problem 422 without a reason, 409 `reorders.moved-on` */
export const declineReorder = action({
  name: 'reorders.decline',
  scope: 'campaigns',
  input: byId.extend({
    reason: z
      .string()
      .min(1)
      .max(1000)
      .register(labels, { label: { zh: '不采纳的原因', en: 'Reason' } }),
  }),
  output: reorderView,
  async run(context: Context, actor, { id, reason }) {
    const { db } = context
    const reorder = await proposal(db.read, id)
    const said = reason.trim()
    if (!said) throw refused('reorders.reason', undefined, { field: 'reason' })
    const declined = await db.write((tx) =>
      decide(tx, reorder.id, 'proposed', { state: 'declined', reason: said, ...decidedBy(context, actor) }),
    )
    if (!declined) throw refused('reorders.moved-on')
    return declined
  },
})
