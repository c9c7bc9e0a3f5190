import { z } from 'zod'
import { withNotice } from '../../../core/notice.ts'
import { byId } from '../../../core/parse.ts'
import { HOUR, newId } from '../../../core/values.ts'
import { take, tooMany } from '../../../db/limits.ts'
import { queueLetters } from '../../../db/mailbox.ts'
import { campaignCard } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import { linkLetter } from '../letters.ts'
import { ANEW_MS, linkFor, linkUntil } from '../links.ts'
import { linkRequest, normaliseEmail, personKey } from '../model.ts'
import type { DemandContext } from '../options.ts'
import { preorderById } from '../store.ts'

/** Letters with a link that was asked for again. */
const LINKS_AN_HOUR = { address: 3, network: 20 } as const

const allowances = (key: string, origin: string) => [
  { of: 'preorder-link.address', by: key, most: LINKS_AN_HOUR.address, windowMs: HOUR },
  { of: 'preorder-link.network', by: origin, most: LINKS_AN_HOUR.network, windowMs: HOUR },
]

/**
 * Send the link to a pre-order again, to the address it was placed with and no other. Whoever asks is not told
 * whether it is that address.
 * @throws Problem 422, 429 `limits.too-many`
 */
export const sendLinkAgain = action({
  name: 'demand.send-link-again',
  scope: 'anyone',
  input: byId.extend({
    ...linkRequest.shape,
    /** Whom the request came from, as limits count it. */
    origin: z.string(),
  }),
  output: z.null(),
  async run(context: DemandContext, _actor, { id, email, origin }) {
    const { db, clock, engines } = context
    const now = clock.now()
    const preorder = await preorderById(db.read, id)
    const isOwn = preorder !== undefined && normaliseEmail(preorder.email) === normaliseEmail(email)
    const sold = isOwn ? await campaignCard(db.read, preorder.campaignId) : undefined
    await db.write(async (tx) => {
      const over = await take(tx, allowances(personKey(engines.vault, email), origin), now)
      if (over !== undefined) throw tooMany(over)
      if (!preorder || !sold) return
      const { campaign, card } = sold
      const until = new Date(Math.max(linkUntil(campaign).getTime(), now.getTime() + ANEW_MS))
      const { lang, name } = preorder
      const words = linkLetter(lang, { name, style: card.names, link: linkFor(context, id, until) })
      const about = `campaign:${campaign.id}`
      const letter = { dedupeKey: `preorder:${id}:link:${newId()}`, about, to: preorder.email, lang, ...words }
      await queueLetters(tx, [withNotice(context.baseUrl)(letter)], now, engines.vault)
    })
    return null
  },
})
