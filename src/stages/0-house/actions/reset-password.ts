import { z } from 'zod'
import { giveUp } from '../../../db/limits.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { endSessions, takeTicket, ticketUser, userActor } from '../identity/parts.ts'
import { refuseCommon } from '../identity/strength.ts'
import { refused } from '../messages.ts'
import { accountSchema } from '../model.ts'
import { hashPassword } from '../passwords.ts'
import { changeUser } from '../store/accounts.ts'

/**
 * The new password of whoever holds the letter. Every session ends, and whoever was made to wait by strangers waits
 * no longer. A second factor stays.
 * @throws Problem 410 for a link that was used or is too old, 422 on `password`
 */
export const resetPassword = action({
  name: 'identity.reset',
  scope: 'anyone',
  input: accountSchema.pick({ password: true }).extend({ token: z.string() }),
  output: z.object({ changed: z.literal(true) }),
  async run({ db, clock }: Context, _actor, { token, password }) {
    const user = await ticketUser(db.read, token, 'reset', clock.now())
    if (!user) throw refused('identity.reset-gone')
    await refuseCommon(password, user)
    const passwordHash = await hashPassword(password)
    await db.write(async (tx) => {
      if (!(await takeTicket(tx, token))) throw refused('identity.reset-gone')
      const now = clock.now()
      await changeUser(tx, user.id, { passwordHash })
      await giveUp(tx, [{ of: 'sign-in.failed', by: user.email }])
      const by = userActor(user)
      await record(tx, { act: 'account.password', by, on: `user:${user.id}`, details: { how: 'letter' } }, now)
      await endSessions(tx, by, user.id, 'changed', now)
    })
    return { changed: true as const }
  },
})
