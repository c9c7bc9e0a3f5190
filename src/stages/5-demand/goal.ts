/** A lot has reached its goal and collects on: its buyers are told until when they may leave, each once. */
import { withNotice } from '../../core/notice.ts'
import { spokenEnds } from '../../core/zones.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { readHouse } from '../0-house/door.ts'
import { campaignById, campaignCard, dealWords } from '../4-storefront/door.ts'
import type { Context } from '../context.ts'
import { linkFor, linkUntil } from './links.ts'
import { letters } from './messages.ts'
import { listedLines } from './model.ts'
import { buyersOfLot } from './store.ts'

/**
 * In the words that the shop and the buyer's page have. Whoever joins later reads them in the letter to confirm. Where it does
 * not collect (any more), because buyers left or it went into production, nothing is said that is not so.
 */
export async function tellGoal(
  context: Context,
  { campaignId, lot }: { campaignId: string; lot: number },
): Promise<void> {
  const { db, clock, engines, baseUrl } = context
  const sold = await campaignCard(db.read, campaignId)
  if (!sold) return
  const { timeZone } = await readHouse(db.read)
  const { names: style, colourways } = sold.card
  for await (const buyers of buyersOfLot(db.read, campaignId, lot))
    await db.write(
      async (tx) => {
        const campaign = await campaignById(tx, campaignId)
        if (!campaign?.collecting || campaign.lot !== lot || campaign.stoppedAt) return
        const deal = dealWords(campaign, spokenEnds(campaign.closesAt, timeZone))
        if (!deal) return
        const written = buyers
          .filter(({ state }) => state === 'confirmed')
          .map(({ id, email, name, lang, lines }) => ({
            dedupeKey: `preorder:${id}:goal`,
            about: `campaign:${campaignId}`,
            to: email,
            lang,
            subject: letters.say(lang, 'goal.subject', { style }),
            body: letters.say(lang, 'goal.body', {
              name,
              style,
              deal: deal[lang],
              lines: listedLines(lines, colourways, lang),
              link: linkFor(context, id, linkUntil(campaign)),
            }),
          }))
        await queueLetters(tx, written.map(withNotice(baseUrl)), clock.now(), engines.vault)
      },
      { atomic: true },
    )
}
