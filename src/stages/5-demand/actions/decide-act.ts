import { z } from 'zod'
import { action } from '../../action.ts'
import { handView } from '../hand/kinds.ts'
import { decide } from '../hand/performing.ts'
import type { DemandContext } from '../options.ts'

/** A second person agrees to an act or refuses it. @throws Problem 403 `hand.same-person`, 404, 409 `hand.moved-on` */
export const decideAct = action({
  name: 'demand.decide-act',
  scope: 'campaigns',
  input: z.object({ campaignId: z.string(), actId: z.string(), agree: z.boolean() }),
  output: handView,
  run: (context: DemandContext, actor, which) => decide(context, actor, which),
})
