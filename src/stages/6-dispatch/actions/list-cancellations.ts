import { z } from 'zod'
import { authorize } from '../../../core/actor.ts'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { cancellationView } from '../model.ts'
import { cancellationsOf } from '../store/cancellations.ts'

/** Requests about an order, oldest first; a factory is shown those about itself. */
export const listCancellations = action({
  name: 'cancellations.list',
  scope: 'anyone',
  input: byId,
  output: z.array(cancellationView),
  async run({ db }: Context, actor, { id }) {
    if (actor.kind !== 'factory') authorize(actor, 'factories:read')
    const rows = await cancellationsOf(db.read, id)
    return actor.kind === 'factory' ? rows.filter(({ factoryId }) => factoryId === actor.id) : rows
  },
})
