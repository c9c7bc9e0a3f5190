/** Everything that may be asked of this stage, by name. */
import { opened } from '../action.ts'
import type { Context } from '../context.ts'
import { reportProgress } from './actions/report-progress.ts'
import { showProgress } from './actions/show-progress.ts'
import { givingUp } from './giving-up.ts'
import { reactionsOf } from './reactions.ts'

export type Production = ReturnType<typeof openProduction>

export const openProduction = (context: Context) => ({
  givingUp,
  reactions: reactionsOf(context),
  ...opened(context, { report: reportProgress, progress: showProgress }),
})
