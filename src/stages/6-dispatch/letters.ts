import { formatMoney, type Localized } from '../../core/values.ts'
import type { NewLetter } from '../../db/mailbox.ts'
import { letters } from './messages.ts'
import type { Cancellation } from './store/cancellations.ts'
import type { Factory } from './store/factories.ts'
import type { Offer } from './store/offers.ts'
import type { ProductionOrder } from './store.ts'

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

interface About {
  /** The same news is told once. */
  dedupeKey: string
  orderId?: string
}

/** To the factory's people, where they gave an address. */
const toFactory = (
  { contactEmail, lang }: Factory,
  { dedupeKey, orderId }: About,
  text: { subject: string; body: string },
): NewLetter[] =>
  contactEmail
    ? [{ dedupeKey, ...(orderId ? { about: `order:${orderId}` } : {}), to: contactEmail, lang, ...text }]
    : []

/** To the factory's people, on another channel than the endpoint that stopped working. */
export function endpointOff(factory: Factory, messageId: string, gone: boolean): NewLetter[] {
  const { lang, name } = factory
  const key = gone ? 'endpoint-off.gone' : 'endpoint-off.unreached'
  return toFactory(
    factory,
    { dedupeKey: `factory:${factory.id}:off:${messageId}` },
    {
      subject: letters.say(lang, 'endpoint-off.subject'),
      body: letters.say(lang, key, { name, endpoint: factory.endpoint ?? '' }),
    },
  )
}

/** Beside the webhook, and instead of it where a factory works in the portal. */
export function offerLetter(
  factory: Factory,
  { order, offer, style, baseUrl }: { order: ProductionOrder; offer: Offer; style: Localized; baseUrl: string },
): NewLetter[] {
  const { lang, name } = factory
  const facts = { number: order.number, units: String(order.units), style }
  return toFactory(
    factory,
    { dedupeKey: `offer:${offer.id}`, orderId: order.id },
    {
      subject: letters.say(lang, 'offer.subject', facts),
      body: letters.say(lang, 'offer.body', {
        ...facts,
        name,
        price: formatMoney(offer.price, order.currency, lang),
        shipBy: dayOf(offer.shipBy),
        answerBy: offer.answerBy.toISOString(),
        link: `${baseUrl}/factory`,
      }),
    },
  )
}

interface Asked {
  order: ProductionOrder
  row: Cancellation
  baseUrl: string
}
const jobLink = ({ order, baseUrl }: Pick<Asked, 'order' | 'baseUrl'>): string => `${baseUrl}/factory/jobs/${order.id}`

/** The house asks to cancel; until the factory agrees the order goes on. */
export function cancellationLetter(factory: Factory, { order, row, baseUrl }: Asked): NewLetter[] {
  const { lang, name } = factory
  const facts = { number: order.number, units: String(order.units) }
  return toFactory(
    factory,
    { dedupeKey: `cancellation:${row.id}:asked`, orderId: order.id },
    {
      subject: letters.say(lang, 'cancellation.subject', facts),
      body: letters.say(lang, 'cancellation.body', {
        ...facts,
        name,
        reason: row.reason,
        link: jobLink({ order, baseUrl }),
      }),
    },
  )
}

/** A request is over without an agreement: we withdrew ours, or refused the factory's. The order goes on. */
export function requestOverLetter(factory: Factory, { order, row, baseUrl }: Asked): NewLetter[] {
  const { lang, name } = factory
  const facts = { number: order.number, units: String(order.units) }
  const key = row.side === 'house' ? 'withdrawn' : 'refused'
  const reason = row.answer ? letters.say(lang, 'reason', { reason: row.answer }) : ''
  return toFactory(
    factory,
    { dedupeKey: `cancellation:${row.id}:over`, orderId: order.id },
    {
      subject: letters.say(lang, `${key}.subject`, facts),
      body: letters.say(lang, `${key}.body`, { ...facts, name, reason, link: jobLink({ order, baseUrl }) }),
    },
  )
}

/** Both agreed: stop. */
export function calledOffLetter(factory: Factory, { order, row }: Pick<Asked, 'order' | 'row'>): NewLetter[] {
  const { lang, name } = factory
  const facts = { number: order.number, units: String(order.units) }
  return toFactory(
    factory,
    { dedupeKey: `cancellation:${row.id}:agreed`, orderId: order.id },
    {
      subject: letters.say(lang, 'called-off.subject', facts),
      body: letters.say(lang, 'called-off.body', { ...facts, name, reason: row.reason }),
    },
  )
}

/** Asked for by somebody at the portal's door, who need not be the factory: so it says that nothing has changed. */
export function portalLinkLetter(factory: Factory, { id, link }: { id: string; link: string }): NewLetter[] {
  const { lang, name } = factory
  return toFactory(
    factory,
    { dedupeKey: `portal-link:${id}` },
    {
      subject: letters.say(lang, 'portal-link.subject'),
      body: letters.say(lang, 'portal-link.body', { name, link }),
    },
  )
}
