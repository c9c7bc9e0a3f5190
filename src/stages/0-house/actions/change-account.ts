import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { changeAccount as change } from '../identity/accounts.ts'
import { userChange } from '../model.ts'

/** @throws Problem 404; 409 for switching off or demoting oneself or the last admin */
export const changeAccount = action({
  name: 'identity.change-account',
  scope: 'accounts',
  input: userChange.extend(byId.shape),
  output: z.object({ id: z.string() }),
  async run(context: Context, actor, { id, ...given }) {
    await change(context, actor, id, given)
    return { id }
  },
})
