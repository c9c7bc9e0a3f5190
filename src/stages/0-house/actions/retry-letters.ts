import { z } from 'zod'
import { retryLetters as retry } from '../../../db/mailbox.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'

/** Letters about something that could not be sent are due again. */
export const retryLetters = action({
  name: 'operations.retry-letters',
  scope: 'campaigns',
  input: z.object({ about: z.string() }),
  output: z.object({ retried: z.int() }),
  run: async ({ db, clock }: Context, _actor, { about }) => ({ retried: await retry(db, about, clock.now()) }),
})
