import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { sendDirect } from '../direct.ts'

/**
 * The factory packs and sends this order to its buyers itself: it sees their names, telephones and addresses, of this
 * order and only of it, until it has left. Cannot be undone once it was said: the factory has them.
 * @throws Problem 404, 409 `parcels.not-in-hand`
 */
export const shipDirect = action({
  name: 'production.ship-direct',
  scope: 'people',
  input: byId,
  output: z.looseObject({ direct: z.boolean() }),
  run: (context: Context, actor, { id }) => context.db.write((tx) => sendDirect(tx, context, actor, id)),
})
