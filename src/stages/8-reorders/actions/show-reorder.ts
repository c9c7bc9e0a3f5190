import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { proposal } from '../deciding.ts'
import { reorderView } from '../model.ts'

export const showReorder = action({
  name: 'reorders.show',
  scope: 'campaigns:read',
  input: byId,
  output: reorderView,
  run: ({ db }: Context, _actor, { id }) => proposal(db.read, id),
})
