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
  | { kind: 'shipped'; parcels: readonly Parcel[] }
  /** The rest follows in parcels of its own. `by`: the report that named them. */
  | { kind: 'more-parcels'; parcels: readonly Parcel[]; by: string }
  | { kind: 'delivered' }
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

function parcelsIn(lang: Lang, parcels: readonly Parcel[]): string {
  if (!parcels.length) return ''
  const rows = parcels.map(({ carrier, trackingNumber, units }) =>
    units
      ? letters.say(lang, 'parcel.units', { carrier, number: trackingNumber, units: String(units) })
      : letters.say(lang, 'parcel', { carrier, number: trackingNumber }),
  )
  return letters.say(lang, 'parcels', { parcels: rows.join('\n') })
}

/** What a piece of news is to one buyer. */
function told(news: News, facts: LotFacts, { lang, name, lines: ordered }: Buyer): LetterText {
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
    case 'more-parcels':
      return {
        subject: letters.say(lang, `${news.kind}.subject`, { style }),
        body: letters.say(lang, `${news.kind}.body`, { name, style, promised, parcels: parcelsIn(lang, news.parcels) }),
      }
    case 'delivered':
      return {
        subject: letters.say(lang, 'delivered.subject', { style }),
        body: letters.say(lang, 'delivered.body', { name, style, lines }),
      }
    case 'late':
      return {
        subject: letters.say(lang, 'late.subject', { style }),
        body: letters.say(lang, 'late.body', { name, style, promised, to: day(news.expectedAt) }),
      }
    case 'moved':
      return {
        subject: letters.say(lang, `moved-${news.after}.subject`, { style }),
        body: letters.say(lang, `moved-${news.after}.body`, { name, style, from: day(news.from), to: day(news.to) }),
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
  if (news.kind === 'more-parcels') return `report:${news.by}:parcels`
  return `order:${placement > 1 ? `${orderId}@${placement}` : orderId}:${news.kind}`
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
