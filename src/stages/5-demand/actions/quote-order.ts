import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { handView, reasons } from '../hand/kinds.ts'
import { perform } from '../hand/performing.ts'
import { quote } from '../hand/dispatching.ts'
import type { DemandContext } from '../options.ts'

/**
 * Whoever asked about more than the cap may order so much, and is told at which price and until when.
 * @throws Problem 404, 409, 422 `hand.below-cap`, `hand.no-question`
 */
export const quoteOrder = action({
  name: 'demand.quote-order',
  scope: 'campaigns',
  input: byId.extend({ ...reasons, ...quote }),
  output: handView,
  run: (context: DemandContext, actor, { id, why, reason, ...what }) =>
    perform(context, actor, { kind: 'quote', campaignId: id, why, reason, what }),
})
