import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { ApprovalContext } from '../deciding.ts'
import { decisionsOf } from '../store.ts'

/** Every decision about a style, newest first. */
export const listDecisions = action({
  name: 'approvals.history',
  scope: 'designs:read',
  input: byId,
  output: z.array(z.looseObject({})),
  run: ({ db }: ApprovalContext, _actor, { id }) => decisionsOf(db.read, id),
})
