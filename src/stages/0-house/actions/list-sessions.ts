import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { sessionsShown } from '../identity/sessions.ts'
import { anObject } from '../model.ts'

/** Where an account is signed in, the newest first. */
export const listSessions = action({
  name: 'identity.list-sessions',
  scope: 'accounts',
  input: byId,
  output: z.array(anObject),
  run: (context: Context, _actor, { id }) => sessionsShown(context, id),
})
