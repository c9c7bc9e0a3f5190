import { z } from 'zod'
import { action } from '../../action.ts'
import { handView } from '../hand/kinds.ts'
import { undo } from '../hand/performing.ts'
import type { DemandContext } from '../options.ts'

/** Take an act back while nothing of it has left the house. @throws Problem 404, 409 `hand.left`, `hand.moved-on` */
export const undoAct = action({
  name: 'demand.undo-act',
  scope: 'campaigns',
  input: z.object({ campaignId: z.string(), actId: z.string() }),
  output: handView,
  run: (context: DemandContext, actor, which) => undo(context, actor, which),
})
