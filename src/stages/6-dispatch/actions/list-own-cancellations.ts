import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { cancellationView } from '../model.ts'
import { ownFactory } from '../seeing.ts'
import { cancellationsFor } from '../store/cancellations.ts'

const LISTED = 100

/**
 * A factory's orders that were called off or may be, newest first: of the order no more than it knew.
 * @throws Problem 403 `factories.portal-only`
 */
export const listOwnCancellations = action({
  name: 'cancellations.own',
  scope: 'anyone', // ownFactory lets nobody else in
  input: z.object({}),
  output: z.array(z.object({ order: z.looseObject({}), cancellation: cancellationView })),
  async run({ db }: Context, actor) {
    const rows = await cancellationsFor(db.read, ownFactory(actor), LISTED)
    return rows.map(({ order: { id, number, units }, cancellation }) => ({
      order: { id, number, units },
      cancellation,
    }))
  },
})
