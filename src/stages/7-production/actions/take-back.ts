import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { takeBack as take } from '../returning.ts'

/**
 * It is back at the warehouse; `good`: somebody else may have it. What was to be exchanged is settled at once. Said twice it
 * is the same.
 * @throws Problem 404, 409 `returns.moved-on`, `pieces.counting`
 */
export const takeBack = action({
  name: 'production.take-back',
  scope: 'factories',
  input: byId.extend({ good: z.boolean() }),
  output: z.looseObject({ id: z.string(), state: z.string() }),
  run: (context: Context, actor, asked) => context.db.write((tx) => take(tx, context, actor, asked)),
})
