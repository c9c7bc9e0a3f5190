import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { reorderView } from '../model.ts'
import { REORDER_STATES, reorderPage } from '../store.ts'

/** Proposals for a next lot, or to stop, newest first, each with its campaign. */
export const listReorders = action({
  name: 'reorders.list',
  scope: 'campaigns:read',
  input: z.object({
    states: z.array(z.enum(REORDER_STATES)).optional(),
    before: z.string().optional(),
    limit: z.int().min(1),
  }),
  output: reorderView,
  run: ({ db }: Context, _actor, filter) => reorderPage(db.read, filter),
})
