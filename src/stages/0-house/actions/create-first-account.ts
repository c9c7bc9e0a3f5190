import { z } from 'zod'
import { anonymous } from '../../../core/actor.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { addAccount, isFirstRun } from '../identity/accounts.ts'
import { refused } from '../messages.ts'
import { accountSchema } from '../model.ts'

/** The first account of an empty installation: an admin, because somebody must be able to add the others. */
export const createFirstAccount = action({
  name: 'identity.create-first',
  scope: 'anyone',
  input: accountSchema,
  output: z.object({ id: z.string() }),
  async run(context: Context, _actor, account) {
    // Before anything is made of the password: afterwards this is a stranger's.
    if (!(await isFirstRun(context.db.read))) throw refused('identity.not-first')
    return addAccount(context, anonymous, { ...account, role: 'admin' }, { onlyIfFirst: true })
  },
})
