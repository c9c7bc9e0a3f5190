import { z } from 'zod'
import { retryParked as retry } from '../../../db/outbox.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'

/** Deliveries that wait for a person are due again. */
export const retryParked = action({
  name: 'operations.retry',
  scope: 'system',
  input: z.object({ ids: z.array(z.string()).min(1).max(500) }),
  output: z.object({ retried: z.int() }),
  run: async ({ db, clock }: Context, _actor, { ids }) => ({ retried: await retry(db, ids, clock.now()) }),
})
