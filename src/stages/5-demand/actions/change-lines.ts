import { z } from 'zod'
import { withNotice } from '../../../core/notice.ts'
import { HOUR } from '../../../core/values.ts'
import { take, tooMany } from '../../../db/limits.ts'
import { queueLetters } from '../../../db/mailbox.ts'
import { campaignCard } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import { changeLinesIn } from '../changing.ts'
import { changedLetter } from '../letters.ts'
import { linkFor, linkUntil, preorderBehind } from '../links.ts'
import { refused } from '../messages.ts'
import { linesByLink } from '../model.ts'
import type { DemandContext } from '../options.ts'
import { preorderById } from '../store.ts'

/** Each is told in a letter. */
const CHANGES_AN_HOUR = 20

/**
 * Other sizes, colours or pieces than were ordered, as long as the lot gathers; asked again, it changes nothing. The price
 * stays what was shown.
 * @throws Problem 404, 410 for the link; 409 `preorders.too-late`, `preorders.change-closed`, `preorders.change-paused`,
 *   `preorders.change-ended`; 422 `preorders.nothing`, `preorders.size`, `preorders.colourway`, `preorders.cap`; 429 `limits.too-many`
 */
export const changeLines = action({
  name: 'demand.change-lines',
  scope: 'anyone',
  input: linesByLink,
  output: z.looseObject({ id: z.string(), state: z.string(), units: z.int() }),
  async run(context: DemandContext, _actor, { id, token, lines }) {
    const { db, clock, engines, baseUrl } = context
    await preorderBehind(context, id, token)
    if (!lines.length) throw refused('preorders.nothing', undefined, { field: 'lines' })
    // As one of many at once: whoever changes the same row meanwhile has this looked at anew.
    return db.write(async (tx) => {
      const now = clock.now()
      const preorder = await preorderById(tx, id)
      const sold = preorder && (await campaignCard(tx, preorder.campaignId))
      if (!preorder || !sold) throw refused('preorders.link')
      const { campaign, card } = sold
      const change = await changeLinesIn(tx, context, { preorder, campaign, lines, now })
      const changed = (await preorderById(tx, id)) ?? preorder
      if (change === undefined) return changed
      const over = await take(tx, [{ of: 'preorder-changes', by: id, most: CHANGES_AN_HOUR, windowMs: HOUR }], now)
      if (over !== undefined) throw tooMany(over)
      const { lang, name, shownPrice, state } = changed
      const words = changedLetter(lang, {
        name,
        style: card.names,
        lines: changed.lines,
        colourways: card.colourways,
        shownPrice,
        currency: campaign.currency,
        confirmed: state !== 'pending',
        link: linkFor(context, id, linkUntil(campaign)),
      })
      // Whoever has not been asked to confirm yet is asked with what it is now.
      if (!changed.letterDue)
        await queueLetters(
          tx,
          [
            withNotice(baseUrl)({
              dedupeKey: `preorder:${id}:changed:${change}`,
              about: `campaign:${campaign.id}`,
              to: changed.email,
              lang,
              ...words,
            }),
          ],
          now,
          engines.vault,
        )
      return changed
    })
  },
})
