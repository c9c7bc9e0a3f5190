import { z } from 'zod'
import { giveUp } from '../../../db/limits.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { admitCode, codesOf, deviceOf, noteRefusal } from '../identity/admitting.ts'
import { openSession, signInAgain, takeTicket, ticketUser, wrongCode } from '../identity/parts.ts'
import { takeCode } from '../identity/second-factor.ts'
import { anObject, gettingIn } from '../model.ts'

/** The second step. @throws Problem 401 where the first is too long ago, 422 for a wrong code, 429 */
export const signInByCode = action({
  name: 'identity.sign-in-by-code',
  scope: 'anyone',
  input: gettingIn.extend({ ticket: z.string(), code: z.string() }),
  output: anObject,
  async run(context: Context, _actor, { ticket, code, origin, previous }) {
    const { db, clock, engines } = context
    const user = await ticketUser(db.read, ticket, 'code', clock.now())
    if (!user) throw signInAgain()
    await admitCode(context, user)
    const token = await db.write(async (tx) => {
      const now = clock.now()
      const taken = await takeCode(tx, engines.vault, user, code, now)
      if (!taken) return undefined
      if (!(await takeTicket(tx, ticket))) throw signInAgain()
      await giveUp(tx, [codesOf(user)])
      const by = taken === 'code' ? 'password-code' : 'password-recovery'
      return openSession(tx, user, origin, by, previous, now)
    })
    if (token === undefined) {
      await noteRefusal(context, 'code', origin, user)
      throw wrongCode()
    }
    return { step: 'in' as const, token, device: deviceOf(engines.vault, user) }
  },
})
