import { sha256 } from '../../../core/canonical.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { ownAccount } from '../identity/accounts.ts'
import { endSessions } from '../identity/parts.ts'
import { anEnd, session } from '../model.ts'

/** End every session of one's own but the one at hand. */
export const endOtherSessions = action({
  name: 'identity.end-other-sessions',
  scope: 'anyone',
  input: session,
  output: anEnd,
  async run(context: Context, actor, { sessionToken }) {
    const { id } = await ownAccount(context, actor)
    const { db, clock } = context
    return { ended: await db.write((tx) => endSessions(tx, actor, id, 'ended', clock.now(), sha256(sessionToken))) }
  },
})
