import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { cancellationView } from '../model.ts'
import { cancellationsFor } from '../store.ts'

const LISTED = 100

/** A factory's orders that were called off or may be, newest first: of the order no more than it knew. */
export const listOwnCancellations = action({
  name: 'cancellations.own',
  // Only the factory itself; nobody else has any.
  scope: 'anyone',
  input: z.object({}),
  output: z.array(z.object({ order: z.looseObject({}), cancellation: cancellationView })),
  async run({ db }: Context, actor) {
    if (actor.kind !== 'factory') return []
    const rows = await cancellationsFor(db.read, actor.id, LISTED)
    return rows.map(({ order: { id, number, units }, cancellation }) => ({
      order: { id, number, units },
      cancellation,
    }))
  },
})
