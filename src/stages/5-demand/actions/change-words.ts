import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import { handView, reasons } from '../hand/kinds.ts'
import { perform } from '../hand/performing.ts'
import { words } from '../hand/terms.ts'
import type { DemandContext } from '../options.ts'

/** Correct what buyers read of it, in both languages; what was approved stays. @throws Problem 404, 409, 422 */
export const changeWords = action({
  name: 'demand.change-words',
  scope: 'campaigns',
  input: byId.extend({ ...reasons, ...words }),
  output: handView,
  run: (context: DemandContext, actor, { id, why, reason, ...what }) =>
    perform(context, actor, { kind: 'words', campaignId: id, why, reason, what }),
})
