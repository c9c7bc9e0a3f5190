import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { handView, reasons } from '../hand/kinds.ts'
import { perform } from '../hand/performing.ts'
import { message } from '../hand/dispatching.ts'
import type { DemandContext } from '../options.ts'

/** A letter to everybody whose order stands, in the language of each. @throws Problem 404, 409 `hand.nobody` */
export const tellBuyers = action({
  name: 'demand.tell-buyers',
  scope: 'campaigns',
  input: byId.extend({ ...reasons, ...message }),
  output: handView,
  run: (context: DemandContext, actor, { id, why, reason, ...what }) =>
    perform(context, actor, { kind: 'message', campaignId: id, why, reason, what }),
})
