/** What a buyer is told of what they send back: each step once, within the transaction that makes it. */
import { withNotice } from '../../core/notice.ts'
import { ERASED } from '../../core/person.ts'
import type { Tx } from '../../db/database.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { campaignCard } from '../4-storefront/door.ts'
import { ANEW_MS, linkFor, listedLines, preorderById } from '../5-demand/door.ts'
import type { Context } from '../context.ts'
import { letters } from './messages.ts'
import type { Return } from './store/returns.ts'

export async function tellOfReturn(
  tx: Tx,
  context: Pick<Context, 'clock' | 'engines' | 'baseUrl'>,
  { id, state, preorderId, orderId, lines, want, answer, againId, carrier, trackingNumber }: Return,
): Promise<void> {
  const preorder = await preorderById(tx, preorderId)
  const sold = preorder && (await campaignCard(tx, preorder.campaignId))
  if (state === 'asked' || !preorder || !sold || preorder.email === ERASED) return
  const now = context.clock.now()
  const { lang, name, email } = preorder
  const listed = (some: typeof lines) => listedLines(some, sold.card.colourways, lang)
  const style = sold.card.names
  const letter = {
    dedupeKey: `return:${id}:${state}:${preorderId}`,
    about: `order:${orderId}` as const,
    to: email,
    lang,
    subject: letters.say(lang, `return-${state}.subject`, { style }),
    body: letters.say(lang, `return-${state}.body`, {
      name,
      style,
      lines: listed(lines),
      want: listed(want),
      answer: answer ?? '',
      parcel: carrier && trackingNumber ? letters.say(lang, 'parcel', { carrier, number: trackingNumber }) : '',
      link: linkFor(context, againId ?? preorderId, new Date(now.getTime() + ANEW_MS)),
    }),
  }
  await queueLetters(tx, [withNotice(context.baseUrl)(letter)], now, context.engines.vault)
}
