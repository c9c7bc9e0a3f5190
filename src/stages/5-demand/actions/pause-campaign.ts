import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { handView, reasons } from '../hand/kinds.ts'
import { perform } from '../hand/performing.ts'
import type { DemandContext } from '../options.ts'

/** No new pre-orders until somebody resumes it; those it has go on. @throws Problem 404, 409 `hand.paused`, `hand.over` */
export const pauseCampaign = action({
  name: 'demand.pause',
  scope: 'campaigns',
  input: byId.extend(reasons),
  output: handView,
  run: (context: DemandContext, actor, { id, ...said }) =>
    perform(context, actor, { kind: 'pause', campaignId: id, ...said }),
})
