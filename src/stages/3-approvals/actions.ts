/** What a merchandiser decides about a style. Every decision is a row with the hash of exactly what was looked at. */
import type { PictureOptions } from '../2-designs/door.ts'
import { opened } from '../action.ts'
import type { Context } from '../context.ts'
import { approveStyle } from './actions/approve-style.ts'
import { listDecisions } from './actions/list-decisions.ts'
import { refineStyle } from './actions/refine-style.ts'
import { rejectStyle } from './actions/reject-style.ts'
import { undoRefinement } from './actions/undo-refinement.ts'
import type { ApprovalContext } from './deciding.ts'
import { givingUp } from './giving-up.ts'
import { reactionsOf } from './reactions.ts'

export type Approvals = ReturnType<typeof openApprovals>

export function openApprovals(bare: Context, pictures: PictureOptions) {
  const context: ApprovalContext = { ...bare, pictures }
  return {
    givingUp,
    reactions: reactionsOf(context),
    ...opened(context, {
      approve: approveStyle,
      refine: refineStyle,
      undo: undoRefinement,
      reject: rejectStyle,
      history: listDecisions,
    }),
  }
}
