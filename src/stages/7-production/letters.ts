import { formatMoney, longDay, type Currency, type Lang, type Localized } from '../../core/values.ts'
import type { NewLetter } from '../../db/mailbox.ts'
import { type PreorderLine, listedLines } from '../5-demand/door.ts'
import { letters } from './messages.ts'

/** What every letter about a lot knows: the garment, and the buyers who wait for it. */
export interface LotFacts {
  orderId: string
  /** Above 1 another factory makes it than at first: what was told then is told anew. */
  placement: number
  style: Localized
  colourways: readonly { id: string; name: Localized }[]
  promisedAt: Date
  unitPrice: number
  currency: Currency
  timeZone: string
  /** The buyer's own page, by the pre-order. */
  linkOf: (preorderId: string) => string
  buyers: readonly {
    id: string
    email: string
    name: string
    lang: Lang
    lines: readonly PreorderLine[]
    units: number
  }[]
}

export interface Parcel {
  carrier: string
  trackingNumber: string
  units?: number | undefined
}

export type News =
  | { kind: 'accepted' }
  /** It has left the factory for the house's warehouse. The numbers of that freight are no buyer's. */
  | { kind: 'shipped' }
  /** It is at the warehouse. */
  | { kind: 'arrived' }
  | { kind: 'late'; expectedAt: Date }
  /** Another factory is looked for, after one that is out or the first at all: the promised date moves. `by`: once for each. */
  | { kind: 'moved'; from: Date; to: Date; by: string; after: 'factory-out' | 'none-found' }
  /** It will not be made. */
  | { kind: 'released'; why: ReleasedFor }

/** The factory cannot, the house stopped it, or no factory was found at all. */
type ReleasedFor = 'factory' | 'house' | 'none-found'

type Buyer = LotFacts['buyers'][number]
interface LetterText {
  subject: string
  body: string
}

/** What a piece of news is to one buyer. */
function told(news: News, facts: LotFacts, { id, lang, name, lines: ordered }: Buyer): LetterText {
  const link = facts.linkOf(id)
  const { style, timeZone } = facts
  const day = (date: Date): string => longDay(date, lang, timeZone)
  const lines = listedLines(ordered, facts.colourways, lang)
  const price = formatMoney(facts.unitPrice, facts.currency, lang)
  const promised = day(facts.promisedAt)
  switch (news.kind) {
    case 'accepted': {
      const key = facts.placement > 1 ? 'accepted-again' : 'accepted'
      return {
        subject: letters.say(lang, `${key}.subject`, { style }),
        body: letters.say(lang, `${key}.body`, { name, style, lines, price, promised }),
      }
    }
    case 'shipped':
    case 'arrived':
      return {
        subject: letters.say(lang, `${news.kind}.subject`, { style }),
        body: letters.say(lang, `${news.kind}.body`, { name, style, promised, lines }),
      }
    case 'late':
      return {
        subject: letters.say(lang, 'late.subject', { style }),
        body: letters.say(lang, 'late.body', { name, style, promised, to: day(news.expectedAt), link }),
      }
    case 'moved':
      return {
        subject: letters.say(lang, `moved-${news.after}.subject`, { style }),
        body: letters.say(lang, `moved-${news.after}.body`, {
          name,
          style,
          from: day(news.from),
          to: day(news.to),
          link,
        }),
      }
    case 'released':
      return {
        subject: letters.say(lang, 'released.subject', { style }),
        body: letters.say(lang, 'released.body', {
          name,
          style,
          lines,
          why: letters.say(lang, `released.${news.why}`),
        }),
      }
  }
}

/** What is said once only, by its name. */
function onceFor(news: News, { orderId, placement }: LotFacts): string {
  if (news.kind === 'moved') return `${news.by}:moved`
  // Letters of before said that it was delivered: whoever had one is not written to again.
  const kind = news.kind === 'arrived' ? 'delivered' : news.kind
  return `order:${placement > 1 ? `${orderId}@${placement}` : orderId}:${kind}`
}

/** One letter to each buyer of the lot, in the buyer's language; a kind of news is told once per order and factory. */
export const lotLetters = (news: News, facts: LotFacts): NewLetter[] => {
  const once = onceFor(news, facts)
  return facts.buyers.map((buyer) => ({
    dedupeKey: `${once}:${buyer.id}`,
    about: `order:${facts.orderId}`,
    to: buyer.email,
    lang: buyer.lang,
    ...told(news, facts, buyer),
  }))
}
