import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { ownAccount } from '../identity/accounts.ts'
import { anObject, noInput } from '../model.ts'

/** One's own account, for the page about it. */
export const showOwnAccount = action({
  name: 'identity.show-own',
  scope: 'anyone',
  input: noInput,
  output: anObject,
  async run(context: Context, actor) {
    const { id, email, name, role, secondFactor, recoveryHashes } = await ownAccount(context, actor)
    return { id, email, name, role, secondFactor: secondFactor !== null, codesLeft: recoveryHashes?.length ?? 0 }
  },
})
