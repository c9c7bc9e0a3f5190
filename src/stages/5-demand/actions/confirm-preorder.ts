import { z } from 'zod'
import { action } from '../../action.ts'
import { confirmIn, Conflict } from '../confirming.ts'
import { preorderBehind } from '../links.ts'
import { byLink } from '../model.ts'
import type { DemandContext } from '../options.ts'
import { preorderById } from '../store.ts'

/** The buyer's link was followed: the pre-order counts from now on. Following it again changes nothing. */
export const confirmPreorder = action({
  name: 'demand.confirm',
  scope: 'anyone',
  input: byLink,
  output: z.looseObject({ preorder: z.looseObject({ id: z.string(), state: z.string() }) }),
  async run(context: DemandContext, _actor, { id, token }) {
    const { db, clock } = context
    const preorder = await preorderBehind(context, id, token)
    if (preorder.state !== 'pending') return { preorder, lot: undefined }
    const lot = await db
      .write((tx) => confirmIn(tx, context, preorder, clock.now()), { atomic: true })
      .catch((error: unknown) => {
        if (error instanceof Conflict) return undefined // the same link twice at once: the other one did it
        throw error
      })
    return { preorder: (await preorderById(db.read, id)) ?? preorder, lot }
  },
})
