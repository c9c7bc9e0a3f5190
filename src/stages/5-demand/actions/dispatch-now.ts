import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { handView, reasons } from '../hand/kinds.ts'
import { perform } from '../hand/performing.ts'

import type { DemandContext } from '../options.ts'

/** Make what has gathered now, also below its goal. @throws Problem 404, 409 `hand.nothing`, `hand.over` */
export const dispatchNow = action({
  name: 'demand.dispatch-now',
  scope: 'campaigns',
  input: byId.extend({ ...reasons }),
  output: handView,
  run: (context: DemandContext, actor, { id, why, reason }) =>
    perform(context, actor, { kind: 'dispatch', campaignId: id, why, reason }),
})
