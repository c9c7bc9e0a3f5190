import { z } from 'zod'
import { sha256 } from '../../../core/canonical.ts'
import { giveUp } from '../../../db/limits.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { admitCode, codesOf, noteRefusal } from '../identity/admitting.ts'
import { fromOf, signInAgain, userActor } from '../identity/parts.ts'
import { takeCode } from '../identity/second-factor.ts'
import { refused } from '../messages.ts'
import { fromSomewhere, session } from '../model.ts'
import { verifyPassword } from '../passwords.ts'
import { userById } from '../store/accounts.ts'
import { changeSession } from '../store/sessions.ts'

/**
 * Prove once more who it is, for what is dear: the password, or a code where there is a second factor.
 * @throws Problem 422 on `proof`, 429
 */
export const confirmIdentity = action({
  name: 'identity.confirm',
  scope: 'anyone',
  input: session.extend({ proof: z.string() }).extend(fromSomewhere.shape),
  output: z.object({ confirmed: z.boolean() }),
  async run(context: Context, actor, { sessionToken, proof, origin }) {
    // A key is as good as it was when it was made: there is nothing to prove.
    if (actor.kind !== 'user') return { confirmed: false }
    const { db, clock, engines } = context
    const user = await userById(db.read, actor.id)
    if (!user) throw signInAgain()
    await admitCode(context, user)
    const right = await verifyPassword(user.passwordHash, proof)
    const done = await db.write(async (tx) => {
      const now = clock.now()
      const by = right ? ('password' as const) : await takeCode(tx, engines.vault, user, proof, now)
      if (!by) return false
      await giveUp(tx, [codesOf(user)])
      await changeSession(tx, sha256(sessionToken), { confirmedAt: now })
      const details = { by, from: fromOf(origin) }
      await record(tx, { act: 'sign-in.confirmed', by: userActor(user), on: `user:${user.id}`, details }, now)
      return true
    })
    if (done) return { confirmed: true }
    await noteRefusal(context, 'password', origin, user)
    throw refused('identity.proof', undefined, { field: 'proof' })
  },
})
