/** Everything that may be asked of this stage, by name. */
import { opened } from '../action.ts'
import type { Context } from '../context.ts'
import { givingUp } from './giving-up.ts'
import { approveReorder } from './actions/approve-reorder.ts'
import { declineReorder } from './actions/decline-reorder.ts'
import { listReorders } from './actions/list-reorders.ts'
import { showReorder } from './actions/show-reorder.ts'
import { tellChance } from './actions/tell-chance.ts'
import { tellPatterns } from './actions/tell-patterns.ts'
import { stopEarly } from './actions/stop-early.ts'
import { openLearned } from './learning.ts'
import { reactionsOf } from './reactions.ts'

export type Reorders = ReturnType<typeof openReorders>

export function openReorders(bare: Context) {
  const context = { ...bare, learned: openLearned() }
  return {
    givingUp,
    reactions: reactionsOf(context),
    ...opened(context, {
      list: listReorders,
      get: showReorder,
      approve: approveReorder,
      decline: declineReorder,
      stopEarly,
      chance: tellChance,
      patterns: tellPatterns,
    }),
  }
}
