import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { readBrief as briefOf } from '../briefs.ts'
import { assertSees, readOrder } from '../seeing.ts'
import { readTerms } from '../store.ts'

/** The brief of an order, with links that work from now on: for the factory it is offered to, and for us. */
export const readBrief = action({
  name: 'dispatch.brief',
  // A factory reads what was offered to it.
  scope: 'anyone',
  input: byId,
  output: z.looseObject({}),
  async run(context: Context, actor, { id }) {
    const { db } = context
    const order = await readOrder(db.read, id)
    await assertSees(db.read, actor, order)
    const { linkDays } = await readTerms(db.read)
    return briefOf(context, order, linkDays)
  },
})
