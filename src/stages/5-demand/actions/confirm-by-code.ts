import { z } from 'zod'
import { HOUR } from '../../../core/values.ts'
import { take, tooMany } from '../../../db/limits.ts'
import { action } from '../../action.ts'
import { tryCode, TRIES_AN_HOUR } from '../codes.ts'
import { confirmIn, Conflict } from '../confirming.ts'
import { ANEW_MS, linkFor } from '../links.ts'
import { refused } from '../messages.ts'
import { typedCode } from '../model.ts'
import type { DemandContext } from '../options.ts'
import { preorderById } from '../store.ts'

/**
 * Whoever has the telephone types the code that was sent to it: the pre-order counts from now on, and its page opens. Of
 * one that was confirmed before, only the page.
 * @throws Problem 422 `preorders.code`, 410 `preorders.code-over`, 429 `limits.too-many`, what confirming refuses
 */
export const confirmByCode = action({
  name: 'demand.confirm-by-code',
  scope: 'anyone',
  input: z.object({
    id: z.string().max(200),
    code: typedCode,
    /** Whom the request came from, as limits count it. */
    origin: z.string(),
  }),
  output: z.object({ id: z.string(), state: z.string(), link: z.string() }),
  async run(context: DemandContext, _actor, { id, code, origin }) {
    const { db, clock, engines } = context
    const now = clock.now()
    // A wrong try is kept although it is refused, so it is told outside of what is stored.
    const left = await db.write(async (tx) => {
      const over = await take(tx, [{ of: 'code.network', by: origin, most: TRIES_AN_HOUR, windowMs: HOUR }], now)
      if (over !== undefined) throw tooMany(over)
      return tryCode(tx, engines.vault, id, code, now)
    })
    if (left === 'over' || left === 0) throw refused('preorders.code-over', undefined, { field: 'code' })
    if (left !== 'right') throw refused('preorders.code', { left }, { field: 'code' })
    const preorder = await preorderById(db.read, id)
    if (!preorder) throw refused('preorders.no-phone')
    if (preorder.state === 'pending')
      await db
        .write((tx) => confirmIn(tx, context, preorder, now), { atomic: true })
        .catch((error: unknown) => {
          if (!(error instanceof Conflict)) throw error // its link was followed at the same moment
        })
    const { state } = (await preorderById(db.read, id)) ?? preorder
    return { id, state, link: linkFor(context, id, new Date(now.getTime() + ANEW_MS)) }
  },
})
