import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { runById } from '../store.ts'
import { RUN, runView, viewRun } from '../views.ts'

/** How far a run is. @throws Problem 404 */
export const showRun = action({
  name: 'designs.show-run',
  scope: 'designs:read',
  input: byId,
  output: runView,
  async run({ db }: Context, _actor, { id }) {
    const row = await runById(db.read, id)
    if (!row) throw notFound(RUN, id)
    return viewRun(row)
  },
})
