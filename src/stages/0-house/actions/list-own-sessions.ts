import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { ownAccount } from '../identity/accounts.ts'
import { sessionsShown } from '../identity/sessions.ts'
import { anObject, session } from '../model.ts'

/** Where one is signed in oneself; the session that asks is marked. */
export const listOwnSessions = action({
  name: 'identity.list-own-sessions',
  scope: 'anyone',
  input: session,
  output: z.array(anObject),
  async run(context: Context, actor, { sessionToken }) {
    const { id } = await ownAccount(context, actor)
    return sessionsShown(context, id, sessionToken)
  },
})
