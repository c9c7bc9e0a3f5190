import { z } from 'zod'
import { actorTag } from '../../../core/actor.ts'
import { byId } from '../../../core/parse.ts'
import { decideStyle, movedOn } from '../../2-designs/door.ts'
import { action } from '../../action.ts'
import { lookedAt, type ApprovalContext } from '../deciding.ts'
import { rejectSchema } from '../model.ts'
import { insertDecision } from '../store.ts'

/** Reject a style, with a reason. @throws Problem 409 `approvals.moved-on` */
export const rejectStyle = action({
  name: 'approvals.reject',
  scope: 'approvals',
  input: rejectSchema.extend(byId.shape),
  output: z.object({ rejected: z.literal(true) }),
  async run(context: ApprovalContext, actor, { id: styleId, version: number, reason }) {
    const { db, clock, outbox } = context
    const { version } = await lookedAt(context, styleId, number)
    const now = clock.now()
    await db.write(async (tx) => {
      if (!(await decideStyle(tx, styleId, number, 'rejected', now))) throw movedOn()
      await insertDecision(tx, {
        styleId,
        version: number,
        hash: version.hash,
        kind: 'reject',
        reason,
        by: actorTag(actor),
        at: now,
      })
      await outbox.emit(tx, actor, 'approvals.rejected', { styleId, version: number }, now)
    })
    return { rejected: true as const }
  },
})
