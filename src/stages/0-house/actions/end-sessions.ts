import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { readAccount } from '../identity/accounts.ts'
import { endSessions as end } from '../identity/parts.ts'
import { anEnd } from '../model.ts'

/** Sign an account out everywhere. @throws Problem 404 */
export const endSessions = action({
  name: 'identity.end-sessions',
  scope: 'accounts',
  input: byId,
  output: anEnd,
  async run({ db, clock }: Context, actor, { id }) {
    await readAccount(db.read, id)
    return { ended: await db.write((tx) => end(tx, actor, id, 'ended', clock.now())) }
  },
})
