import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { handView, reasons } from '../hand/kinds.ts'
import { perform } from '../hand/performing.ts'
import { dates } from '../hand/terms.ts'
import type { DemandContext } from '../options.ts'

/**
 * Extend it, close it sooner, or open it later while it is not open. Whoever ordered is told of a new end.
 * @throws Problem 404, 409, 422 `hand.dates`
 */
export const changeDates = action({
  name: 'demand.change-dates',
  scope: 'campaigns',
  input: byId.extend({ ...reasons, ...dates }),
  output: handView,
  run: (context: DemandContext, actor, { id, why, reason, ...what }) =>
    perform(context, actor, { kind: 'dates', campaignId: id, why, reason, what }),
})
