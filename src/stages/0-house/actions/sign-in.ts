import { z } from 'zod'
import { sameEmail } from '../../../core/email.ts'
import { MINUTE } from '../../../core/values.ts'
import { giveUp } from '../../../db/limits.ts'
import { action } from '../../action.ts'
import { admit, countersOf, deviceOf, isKnown, noteRefusal, type SigningContext } from '../identity/admitting.ts'
import { issueTicket, openSession, wrongLogin } from '../identity/parts.ts'
import { anObject, gettingIn } from '../model.ts'
import { verifyPassword } from '../passwords.ts'
import { userByEmail, type User } from '../store/accounts.ts'

const CODE_TICKET_MS = 10 * MINUTE

export type SignInStep = { step: 'in'; token: string; device: string } | { step: 'code'; ticket: string }

function whyRefused(user: User | undefined): 'unknown' | 'off' | 'password' {
  if (!user) return 'unknown'
  return user.disabledAt ? 'off' : 'password'
}

/**
 * The password. Where the account has a second factor, a ticket for the next step instead of a session.
 * @throws Problem 401, the same for an unknown address, a wrong password and an account that is off; 429
 */
export const signIn = action({
  name: 'identity.sign-in',
  scope: 'anyone',
  input: gettingIn.extend({ email: z.string(), password: z.string() }),
  output: anObject,
  async run(context: SigningContext, _actor, { email: typed, password, origin, previous }): Promise<SignInStep> {
    const { db, clock, engines, nobody } = context
    const email = sameEmail(typed)
    const user = await userByEmail(db.read, email)
    const known = isKnown(engines.vault, origin.device, user)
    await admit(context, { email, origin, user, known })
    // Asked for whoever comes: the first to sign in waits for it, and shows by that nothing about an account.
    const nobodys = await nobody()
    const right = await verifyPassword(user?.passwordHash ?? nobodys, password)
    if (!user || !right || user.disabledAt) {
      await noteRefusal(context, whyRefused(user), origin, user)
      throw wrongLogin()
    }
    const { onePlace, spread, account } = countersOf({ email, origin, known })
    return db.write(async (tx): Promise<SignInStep> => {
      await giveUp(tx, known ? [onePlace] : [onePlace, spread, account])
      const now = clock.now()
      if (user.secondFactor)
        return { step: 'code', ticket: await issueTicket(tx, user.id, 'code', CODE_TICKET_MS, now) }
      const token = await openSession(tx, user, origin, 'password', previous, now)
      return { step: 'in', token, device: deviceOf(engines.vault, user) }
    })
  },
})
