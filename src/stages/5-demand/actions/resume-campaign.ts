import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { handView, reasons } from '../hand/kinds.ts'
import { perform } from '../hand/performing.ts'
import type { DemandContext } from '../options.ts'

/** It takes pre-orders again. @throws Problem 404, 409 `hand.not-paused`, `hand.over` */
export const resumeCampaign = action({
  name: 'demand.resume',
  scope: 'campaigns',
  input: byId.extend(reasons),
  output: handView,
  run: (context: DemandContext, actor, { id, ...said }) =>
    perform(context, actor, { kind: 'resume', campaignId: id, ...said }),
})
