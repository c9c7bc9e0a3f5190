import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { HOUR, newId } from '../../../core/values.ts'
import { take, tooMany } from '../../../db/limits.ts'
import { queueLetters } from '../../../db/mailbox.ts'
import { campaignCard } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import { holdCode, maskedPhone, newCode } from '../codes.ts'
import { refused } from '../messages.ts'
import type { DemandContext } from '../options.ts'
import { isByText } from '../reach.ts'
import { preorderById } from '../store.ts'

/** Codes to one telephone, and those that one network may cause, in an hour. */
const CODES_AN_HOUR = { telephone: 4, network: 20 } as const

/**
 * A new code to the telephone of a pre-order, and to no other: for whoever waits for one, and to open its page again.
 * @throws Problem 404 `preorders.no-phone`, 429 `limits.too-many`
 */
export const sendCodeAgain = action({
  name: 'demand.send-code-again',
  scope: 'anyone',
  input: byId.extend({ origin: z.string() }),
  output: z.object({ to: z.string() }),
  async run({ db, clock, engines }: DemandContext, _actor, { id, origin }) {
    const now = clock.now()
    const preorder = await preorderById(db.read, id)
    const sold = preorder && isByText(preorder.email) ? await campaignCard(db.read, preorder.campaignId) : undefined
    if (!preorder || !sold) throw refused('preorders.no-phone')
    await db.write(async (tx) => {
      const over = await take(
        tx,
        [
          { of: 'codes.telephone', by: preorder.buyerKey, most: CODES_AN_HOUR.telephone, windowMs: HOUR },
          { of: 'codes.network', by: origin, most: CODES_AN_HOUR.network, windowMs: HOUR },
        ],
        now,
      )
      if (over !== undefined) throw tooMany(over)
      const message = newCode(engines.vault, preorder, sold.card.names, newId())
      await holdCode(tx, id, message, now)
      await queueLetters(tx, [message.letter], now, engines.vault)
    })
    return { to: maskedPhone(preorder.email) }
  },
})
