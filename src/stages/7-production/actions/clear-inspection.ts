import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { paragraphs } from '../../../core/typed.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { clear } from '../inspecting.ts'

/**
 * A manager's word that a lot which failed its inspection may leave all the same, with the reason.
 * @throws Problem 404, 409 `production.not-failed`
 */
export const clearInspection = action({
  name: 'production.clear-inspection',
  scope: 'house',
  input: byId.extend({ reason: paragraphs(1, 1000) }),
  output: z.looseObject({ progressId: z.string(), reason: z.string() }),
  run: (context: Context, actor, asked) => context.db.write((tx) => clear(tx, context, actor, asked)),
})
