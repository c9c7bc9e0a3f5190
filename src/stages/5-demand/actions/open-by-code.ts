import { z } from 'zod'
import { HOUR } from '../../../core/values.ts'
import { take, tooMany } from '../../../db/limits.ts'
import { action } from '../../action.ts'
import { tryCode, TRIES_AN_HOUR } from '../codes.ts'
import { personLink } from '../links.ts'
import { refused } from '../messages.ts'
import { orderByText, readReach } from '../mine.ts'
import { typedCode } from '../model.ts'
import type { DemandContext } from '../options.ts'

/**
 * Whoever has the telephone types the code that was sent to it: all of its orders open. Nothing about them changes, and
 * whether there are any is told to nobody else.
 * @throws Problem 422 `orders.reach`, `orders.code`, 429 `limits.too-many`
 */
export const openByCode = action({
  name: 'demand.open-by-code',
  scope: 'anyone',
  input: z.object({ reach: z.string().max(254), code: typedCode, origin: z.string() }),
  output: z.object({ link: z.string() }),
  async run(context: DemandContext, _actor, { reach: typed, code, origin }) {
    const { db, clock, engines } = context
    const now = clock.now()
    const newest = await orderByText(db.read, engines.vault, readReach(typed))
    // A wrong try is kept although it is refused, so it is told outside of what is stored.
    const tried = await db.write(async (tx) => {
      const over = await take(tx, [{ of: 'code.network', by: origin, most: TRIES_AN_HOUR, windowMs: HOUR }], now)
      if (over !== undefined) throw tooMany(over)
      return newest && tryCode(tx, engines.vault, newest.id, code, now)
    })
    if (!newest || tried !== 'right') throw refused('orders.code', undefined, { field: 'code' })
    return { link: personLink(context, newest.email) }
  },
})
