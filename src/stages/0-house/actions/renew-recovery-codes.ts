import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { ownAccount, readAccount } from '../identity/accounts.ts'
import { replaceCodes } from '../identity/second-factor.ts'
import { noInput } from '../model.ts'

/** @returns recovery codes, shown this once; those from before count no more. @throws Problem 409 without a second factor */
export const renewRecoveryCodes = action({
  name: 'identity.renew-codes',
  scope: 'anyone',
  input: noInput,
  output: z.array(z.string()),
  async run(context: Context, actor) {
    const { id } = await ownAccount(context, actor)
    const { db, clock } = context
    return db.write(async (tx) => replaceCodes(tx, await readAccount(tx, id), clock.now()))
  },
})
