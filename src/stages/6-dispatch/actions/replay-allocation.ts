import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { allocate } from '../allocation.ts'
import { roundsOf } from '../store/allocations.ts'

const anObject = z.looseObject({})

/**
 * Run a stored decision again from its own inputs: both rankings are equal unless the rules themselves have changed
 * since.
 */
export const replayAllocation = action({
  name: 'dispatch.allocation',
  scope: 'factories:read',
  input: byId.extend({ round: z.int().min(1).default(1) }),
  output: z.object({ inputs: anObject, stored: z.array(anObject), again: z.array(anObject) }),
  async run({ db }: Context, _actor, { id, round }) {
    const row = (await roundsOf(db.read, id)).find((each) => each.round === round)
    if (!row) throw notFound({ en: 'allocation for order', zh: '派单决策' }, id)
    const { inputs, ranking } = row
    return { inputs, stored: ranking, again: allocate(inputs) }
  },
})
