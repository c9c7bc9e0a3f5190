import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { freezeProposed, proposal } from '../deciding.ts'
import { refused } from '../messages.ts'

/**
 * Make the next lot now, from exactly what has been pre-ordered at this moment.
 * @throws Problem 409 `reorders.moved-on`, or `reorders.not-a-lot` for a proposal to stop
 */
export const approveReorder = action({
  name: 'reorders.approve',
  scope: 'campaigns',
  input: byId,
  output: z.looseObject({ id: z.string(), number: z.int(), units: z.int() }),
  async run(context: Context, actor, { id }) {
    const reorder = await proposal(context.db.read, id)
    if (reorder.verdict === 'loser') throw refused('reorders.not-a-lot')
    return context.db.write((tx) => freezeProposed(tx, context, actor, reorder))
  },
})
