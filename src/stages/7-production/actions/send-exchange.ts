import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { oneLine } from '../../../core/typed.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { sendExchange as send } from '../returning.ts'

/** The piece in exchange has left for its buyer, who is told its number. @throws Problem 404, 409 `returns.moved-on`, 422 */
export const sendExchange = action({
  name: 'production.send-exchange',
  scope: 'factories',
  input: byId.extend({ carrier: oneLine(1, 100), trackingNumber: oneLine(1, 100) }),
  output: z.looseObject({ id: z.string(), state: z.string() }),
  run: (context: Context, _actor, asked) => context.db.write((tx) => send(tx, context, asked)),
})
