import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { listRuns as runsIn } from '../store.ts'
import { runView, viewRun } from '../views.ts'

/** Runs, newest first. `cursor` of a page goes into the next request. */
export const listRuns = action({
  name: 'designs.list-runs',
  scope: 'designs:read',
  input: z.strictObject({ limit: z.int().min(1).max(100).default(20), cursor: z.string().optional() }),
  output: z.object({ items: z.array(runView), cursor: z.string().optional() }),
  async run({ db }: Context, _actor, { limit, cursor }) {
    const rows = await runsIn(db.read, limit + 1, cursor)
    return { items: rows.slice(0, limit).map(viewRun), cursor: rows.length > limit ? rows[limit - 1]?.id : undefined }
  },
})
