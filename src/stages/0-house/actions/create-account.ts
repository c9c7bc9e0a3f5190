import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { addAccount } from '../identity/accounts.ts'
import { newUserSchema } from '../model.ts'

/** @throws Problem 409 `identity.taken`, 422 for a password that is one of the first to be tried */
export const createAccount = action({
  name: 'identity.create-account',
  scope: 'accounts',
  input: newUserSchema,
  output: z.object({ id: z.string() }),
  run: (context: Context, actor, account) => addAccount(context, actor, account, { onlyIfFirst: false }),
})
