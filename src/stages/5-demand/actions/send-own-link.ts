import { z } from 'zod'
import { withNotice } from '../../../core/notice.ts'
import { DAY, HOUR, newId } from '../../../core/values.ts'
import { take, tooMany } from '../../../db/limits.ts'
import { queueLetters } from '../../../db/mailbox.ts'
import { action } from '../../action.ts'
import { holdCode, ordersCode } from '../codes.ts'
import { ANEW_MS, personLink } from '../links.ts'
import { letters } from '../messages.ts'
import { ordersOf, readReach } from '../mine.ts'
import { personKey } from '../model.ts'
import type { DemandContext } from '../options.ts'
import { isByText } from '../reach.ts'

/** Letters and codes that open everything of one person. */
const AN_HOUR = { address: 3, network: 20 } as const

/**
 * Send the link to all of somebody's orders to the address they were placed with, or a code to the number. Whoever asks
 * is not told whether there are any.
 * @throws Problem 422 `orders.reach`, 429 `limits.too-many`
 */
export const sendOwnLink = action({
  name: 'demand.send-own-link',
  scope: 'anyone',
  input: z.object({
    /** An e-mail or a telephone number. */
    reach: z.string().max(254),
    /** Whom the request came from, as limits count it. */
    origin: z.string(),
  }),
  output: z.object({ byText: z.boolean() }),
  async run(context: DemandContext, _actor, { reach: typed, origin }) {
    const { db, clock, engines, baseUrl } = context
    const { vault } = engines
    const now = clock.now()
    const reach = readReach(typed)
    const [newest] = await ordersOf(db.read, vault, reach, { limit: 1 })
    await db.write(async (tx) => {
      const over = await take(
        tx,
        [
          { of: 'orders-link.address', by: personKey(vault, reach), most: AN_HOUR.address, windowMs: HOUR },
          { of: 'orders-link.network', by: origin, most: AN_HOUR.network, windowMs: HOUR },
        ],
        now,
      )
      if (over !== undefined) throw tooMany(over)
      if (!newest) return
      if (isByText(reach)) {
        const message = ordersCode(vault, newest, newId())
        await holdCode(tx, newest.id, message, now)
        return queueLetters(tx, [message.letter], now, vault)
      }
      // To the address as it was ordered with, not as it was typed just now.
      const { email: to, lang } = newest
      const letter = {
        dedupeKey: `orders:${newId()}`,
        to,
        lang,
        subject: letters.say(lang, 'mine.subject'),
        body: letters.say(lang, 'mine.body', { link: personLink(context, to), days: ANEW_MS / DAY }),
      }
      await queueLetters(tx, [withNotice(baseUrl)(letter)], now, vault)
    })
    return { byText: isByText(reach) }
  },
})
