import { z } from 'zod'
import { authorize } from '../../../core/actor.ts'
import { action } from '../../action.ts'
import { auditCounters as auditIn } from '../ledger.ts'
import type { DemandContext } from '../options.ts'

/** Compare every counter with the rows it counts; with `repair` set them right. See ledger.ts for the rules. */
export const auditCounters = action({
  name: 'demand.audit',
  // Whoever looks may less than whoever repairs: decided in here.
  scope: 'anyone',
  input: z.object({ repair: z.boolean() }),
  output: z.array(
    z.object({
      campaignId: z.string(),
      field: z.string(),
      counted: z.int(),
      ledger: z.int(),
      about: z.string().optional(),
    }),
  ),
  async run({ db, rules }: DemandContext, actor, { repair }) {
    authorize(actor, repair ? 'system' : 'line:read')
    return auditIn(db, repair, rules)
  },
})
