import { z } from 'zod'
import { authorize } from '../../../core/actor.ts'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { assertNotOut, orderById } from '../../6-dispatch/door.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { isDirect } from '../direct.ts'
import { standingInspection } from '../inspecting.ts'
import { progressOf } from '../store.ts'
import { piecesOf } from '../store/pieces.ts'

/** The truth for whoever polls: where the order stands, and every report with what became of it. */
export const showProgress = action({
  name: 'production.progress',
  // A factory looks at what it makes itself.
  scope: 'anyone',
  input: byId,
  output: z.looseObject({ reports: z.array(z.looseObject({})) }),
  async run({ db }: Context, actor, { id }) {
    const order = await orderById(db.read, id)
    if (actor.kind !== 'factory') authorize(actor, 'factories:read')
    if (order && actor.kind === 'factory') await assertNotOut(db.read, order, actor.id)
    if (!order || (actor.kind === 'factory' && order.factoryId !== actor.id))
      throw notFound({ en: 'production order', zh: '生产订单' }, id)
    const placement = actor.kind === 'factory' ? order.placement : undefined
    const reports = await progressOf(db.read, id, placement)
    return {
      order,
      reports,
      direct: await isDirect(db.read, order),
      pieces: await piecesOf(db.read, id),
      inspection: await standingInspection(
        db.read,
        reports.filter((row) => row.placement === order.placement),
      ),
    }
  },
})
