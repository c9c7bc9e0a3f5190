import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { handView, reasons } from '../hand/kinds.ts'
import { perform } from '../hand/performing.ts'
import type { DemandContext } from '../options.ts'

/**
 * A complaint about rights: page and pictures are gone at once for everybody outside, whoever waits is let go as with a
 * stop, and the record stays. Also of one that is over. @throws Problem 404, 409 `hand.taken-down-before`
 */
export const takeDownCampaign = action({
  name: 'demand.take-down',
  scope: 'campaigns',
  input: byId.extend(reasons),
  output: handView,
  run: (context: DemandContext, actor, { id, ...said }) =>
    perform(context, actor, { kind: 'take-down', campaignId: id, ...said }),
})
