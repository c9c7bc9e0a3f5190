import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { ownAccount } from '../identity/accounts.ts'
import { sessionId } from '../identity/sessions.ts'
import { deleteSession, sessionsOf } from '../store/sessions.ts'

/** End one session of one's own. @throws Problem 404 */
export const endSession = action({
  name: 'identity.end-session',
  scope: 'anyone',
  input: byId,
  output: z.object({ ended: z.literal(1) }),
  async run(context: Context, actor, { id }) {
    const user = await ownAccount(context, actor)
    const { db, clock } = context
    await db.write(async (tx) => {
      const theirs = await sessionsOf(tx, user.id)
      const over = theirs.find(({ tokenHash }) => sessionId(tokenHash) === id)
      if (!over) throw notFound({ en: 'session', zh: '登录' }, id)
      await deleteSession(tx, over.tokenHash)
      const details = { sessions: 1, why: 'ended' } as const
      await record(tx, { act: 'session.ended', by: actor, on: `user:${user.id}`, details }, clock.now())
    })
    return { ended: 1 as const }
  },
})
