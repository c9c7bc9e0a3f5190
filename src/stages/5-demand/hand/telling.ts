/** What the buyers of a campaign are told because of an act: a slice of them at a time, each once. */
import { system } from '../../../core/actor.ts'
import { withNotice } from '../../../core/notice.ts'
import { spokenEnd } from '../../../core/zones.ts'
import type { Lang } from '../../../core/values.ts'
import { personKeys } from '../../../core/person.ts'
import { queueLetters, type NewLetter } from '../../../db/mailbox.ts'
import { readHouse } from '../../0-house/door.ts'
import { campaignCard } from '../../4-storefront/door.ts'
import type { Context } from '../../context.ts'
import { letters } from '../messages.ts'
import { unsubscribeLink } from '../links.ts'
import { isByText } from '../reach.ts'
import { refusedBy } from '../store/news.ts'
import { actById, buyersBehind, type HandAct } from '../store/hand.ts'
import type { Hand } from './kinds.ts'

/** It can no longer be taken back: whoever ordered is told. */
export const announce: NonNullable<Hand['finish']> = async (tx, { outbox, clock }, _campaign, { id }) => {
  await outbox.emit(tx, system('demand'), 'demand.said', { actId: id }, clock.now(), { dedupeKey: `said:${id}` })
}

/** What is said, in a reader's language. */
function saying({ kind, what, before }: HandAct, lang: Lang, timeZone: string): string {
  if (kind === 'message') return String(what[lang] ?? '')
  const end = (value: unknown) => spokenEnd(new Date(String(value)), lang, timeZone)
  return letters.say(lang, 'dates.body', { closes: end(before['to']), before: end(before['closesAt']) })
}

/** Those of them who have not said that they want to read of their own orders alone. */
async function wantNews<Row extends { email: string }>(
  { db, engines: { vault } }: Pick<Context, 'db' | 'engines'>,
  rows: readonly Row[],
): Promise<Row[]> {
  const keyed = rows.map((row) => ({ row, keys: personKeys(vault, row.email) }))
  const not = await refusedBy(
    db.read,
    keyed.flatMap(({ keys }) => keys),
  )
  return keyed.flatMap(({ row, keys }) => (keys.some((key) => not.has(key)) ? [] : [row]))
}

/** How such letters are refused stands at the end of each. */
const withWayOut = (letter: NewLetter): NewLetter =>
  letter.unsubscribe === undefined
    ? letter
    : { ...letter, body: `${letter.body}${letters.say(letter.lang, 'news.end', { link: letter.unsubscribe })}` }

export async function tellBuyers(context: Context, actId: string): Promise<void> {
  const { db, clock, engines } = context
  const act = await actById(db.read, actId)
  const sold = act && (await campaignCard(db.read, act.campaignId))
  if (!act || !sold) return
  const { timeZone } = await readHouse(db.read)
  const style = sold.card.names
  for (let after = '', more = true; more;) {
    const buyers = await buyersBehind(db.read, act.campaignId, act.dueAt ?? act.at, after)
    const readers = act.kind === 'message' ? await wantNews(context, buyers) : buyers
    const written = readers.map(({ buyerKey, email, name, lang }) => ({
      dedupeKey: `act:${act.id}:${buyerKey}`,
      about: `campaign:${act.campaignId}`,
      to: email,
      lang,
      subject: letters.say(lang, act.kind === 'message' ? 'said.subject' : 'dates.subject', { style }),
      body: letters.say(lang, 'said.body', { name, style, text: saying(act, lang, timeZone) }),
      ...(act.kind === 'message' && !isByText(email) && { unsubscribe: unsubscribeLink(context, email) }),
    }))
    if (written.length)
      await db.write(
        (tx) => queueLetters(tx, written.map(withWayOut).map(withNotice(context.baseUrl)), clock.now(), engines.vault),
        {
          atomic: true,
        },
      )
    after = buyers.at(-1)?.id ?? after
    more = buyers.length > 0
  }
}
