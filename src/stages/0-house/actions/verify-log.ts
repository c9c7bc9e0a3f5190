import { z } from 'zod'
import { verifyStored } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { notedHead } from '../security.ts'

/**
 * Every row that was changed, is missing or stands elsewhere; an empty list is good. With a `head` that somebody kept
 * elsewhere it also finds a log that was written anew as a whole.
 * @throws Problem 422 `security.head`
 */
export const verifyLog = action({
  name: 'security.verify',
  scope: 'security',
  input: z.object({ head: z.string().max(80).optional().describe('A head that was kept: `12:ab34…`.') }),
  output: z.object({
    rows: z.int(),
    head: z.object({ seq: z.int(), hash: z.string() }).optional(),
    faults: z.array(z.looseObject({ fault: z.string(), seq: z.int() })),
  }),
  run: async ({ db }: Context, _actor, { head }) =>
    verifyStored(db.read, head === undefined ? undefined : notedHead(head)),
})
