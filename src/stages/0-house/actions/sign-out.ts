import { z } from 'zod'
import { sha256 } from '../../../core/canonical.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { userActor } from '../identity/parts.ts'
import { session } from '../model.ts'
import { deleteSession, sessionUser } from '../store/sessions.ts'

/** End the session at hand, also where another tab ended it already. */
export const signOut = action({
  name: 'identity.sign-out',
  scope: 'anyone',
  input: session,
  output: z.object({ out: z.literal(true) }),
  async run({ db, clock }: Context, _actor, { sessionToken }) {
    const tokenHash = sha256(sessionToken)
    await db.write(
      async (tx) => {
        const who = await sessionUser(tx, tokenHash)
        if (!(await deleteSession(tx, tokenHash)) || !who) return
        const details = { sessions: 1, why: 'signed-out' } as const
        await record(tx, { act: 'session.ended', by: userActor(who), on: `user:${who.id}`, details }, clock.now())
      },
      { atomic: true },
    )
    return { out: true as const }
  },
})
