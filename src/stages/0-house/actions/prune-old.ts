import { z } from 'zod'
import { action } from '../../action.ts'
import type { PruningContext } from '../pruning/context.ts'
import { prune } from '../pruning/pruning.ts'

/** Put away what is old and over; with `dryRun` say only how much there is. */
export const pruneOld = action({
  name: 'operations.prune',
  scope: 'system',
  input: z.object({ dryRun: z.boolean().default(false) }),
  output: z.array(z.object({ what: z.string(), rows: z.int(), archives: z.array(z.string()) })),
  run: (context: PruningContext, _actor, { dryRun }) => prune(context, dryRun),
})
