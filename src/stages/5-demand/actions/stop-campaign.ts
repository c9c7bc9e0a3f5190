import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { handView, reasons } from '../hand/kinds.ts'
import { perform } from '../hand/performing.ts'
import type { DemandContext } from '../options.ts'

/**
 * End a campaign now: it takes no pre-order any more, and whoever waits is let go and told once it can no longer be taken
 * back. What went into a lot before is made. @throws Problem 404, 409 `hand.over`
 */
export const stopCampaign = action({
  name: 'demand.stop',
  scope: 'campaigns',
  input: byId.extend(reasons),
  output: handView,
  run: (context: DemandContext, actor, { id, ...said }) =>
    perform(context, actor, { kind: 'stop', campaignId: id, ...said }),
})
