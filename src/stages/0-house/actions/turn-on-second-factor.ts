import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { ownAccount } from '../identity/accounts.ts'
import { turnOn } from '../identity/second-factor.ts'

/** @returns recovery codes, shown this once. @throws Problem 422 on `code` */
export const turnOnSecondFactor = action({
  name: 'identity.turn-on-factor',
  scope: 'anyone',
  input: z.object({ offer: z.string(), code: z.string() }),
  output: z.array(z.string()),
  async run(context: Context, actor, { offer, code }) {
    const user = await ownAccount(context, actor)
    const { db, clock, engines } = context
    return db.write((tx) => turnOn(tx, engines.vault, user, offer, code, clock.now()))
  },
})
