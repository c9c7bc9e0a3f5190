import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { handView, reasons } from '../hand/kinds.ts'
import { perform } from '../hand/performing.ts'
import { cap } from '../hand/terms.ts'
import type { DemandContext } from '../options.ts'

/** One buyer may hold more from now on. @throws Problem 404, 409, 422 `hand.cap` */
export const raiseCap = action({
  name: 'demand.raise-cap',
  scope: 'campaigns',
  input: byId.extend({ ...reasons, ...cap }),
  output: handView,
  run: (context: DemandContext, actor, { id, why, reason, ...what }) =>
    perform(context, actor, { kind: 'cap', campaignId: id, why, reason, what }),
})
