import { authorize } from '../../../core/actor.ts'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { factoryView } from '../model.ts'
import { readFactory, showFactory as shown } from '../registering.ts'

/** One factory. */
export const showFactory = action({
  name: 'factories.show',
  // A factory looks at itself.
  scope: 'anyone',
  input: byId,
  output: factoryView,
  async run(context: Context, actor, { id }) {
    if (actor.kind !== 'factory' || actor.id !== id) authorize(actor, 'factories:read')
    return shown(context, await readFactory(context.db.read, id))
  },
})
