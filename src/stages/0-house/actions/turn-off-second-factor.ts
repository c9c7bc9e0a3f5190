import { z } from 'zod'
import { record } from '../../../db/security-log.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { dropFactor, ownAccount } from '../identity/accounts.ts'
import { userActor } from '../identity/parts.ts'
import { noInput } from '../model.ts'

/** Nothing happens where there was none. */
export const turnOffSecondFactor = action({
  name: 'identity.turn-off-factor',
  scope: 'anyone',
  input: noInput,
  output: z.object({ off: z.literal(true) }),
  async run(context: Context, actor) {
    const user = await ownAccount(context, actor)
    const { db, clock } = context
    if (user.secondFactor)
      await db.write(async (tx) => {
        await dropFactor(tx, user.id)
        const [by, on] = [userActor(user), `user:${user.id}`]
        await record(tx, { act: 'account.second-factor', by, on, details: { is: 'off' } }, clock.now())
      })
    return { off: true as const }
  },
})
