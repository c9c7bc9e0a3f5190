import { z } from 'zod'
import { action } from '../../action.ts'
import { handView } from '../hand/kinds.ts'
import type { DemandContext } from '../options.ts'
import { actsOf } from '../store/hand.ts'

/** What people did with a campaign, newest first: who, when and why. */
export const listActs = action({
  name: 'demand.list-acts',
  scope: 'campaigns:read',
  input: z.object({ campaignId: z.string(), before: z.string().optional(), limit: z.int().min(1) }),
  output: z.array(handView),
  run: ({ db }: DemandContext, _actor, wish) => actsOf(db.read, wish),
})
