import { z } from 'zod'
import { sha256 } from '../../../core/canonical.ts'
import { giveUp } from '../../../db/limits.ts'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { ownAccount } from '../identity/accounts.ts'
import { admitCode, codesOf } from '../identity/admitting.ts'
import { endSessions } from '../identity/parts.ts'
import { refuseCommon } from '../identity/strength.ts'
import { refused } from '../messages.ts'
import { ownPasswordSchema, session } from '../model.ts'
import { hashPassword, verifyPassword } from '../passwords.ts'
import { changeUser } from '../store/accounts.ts'

/**
 * Another password of one's own; every other session ends.
 * @throws Problem 422 on `current` or `password`, 429
 */
export const changeOwnPassword = action({
  name: 'identity.change-own-password',
  scope: 'anyone',
  input: ownPasswordSchema.extend(session.shape),
  output: z.object({ changed: z.literal(true) }),
  async run(context: Context, actor, { sessionToken, current, password }) {
    const { db, clock } = context
    const user = await ownAccount(context, actor)
    await admitCode(context, user)
    if (!(await verifyPassword(user.passwordHash, current)))
      throw refused('identity.current', undefined, { field: 'current' })
    await refuseCommon(password, user)
    const passwordHash = await hashPassword(password)
    await db.write(async (tx) => {
      const now = clock.now()
      await giveUp(tx, [codesOf(user)])
      await changeUser(tx, user.id, { passwordHash })
      await record(tx, { act: 'account.password', by: actor, on: `user:${user.id}`, details: { how: 'own' } }, now)
      await endSessions(tx, actor, user.id, 'changed', now, sha256(sessionToken))
    })
    return { changed: true as const }
  },
})
