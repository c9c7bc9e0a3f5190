/** What may become of an offer: each function is one step inside the caller's transaction. */
import { system, type Actor } from '../../core/actor.ts'
import { canonicalJson } from '../../core/canonical.ts'
import { notFound } from '../../core/errors.ts'
import type { Tx } from '../../db/database.ts'
import { HOUR } from '../../core/values.ts'
import type { Context } from '../context.ts'
import { refused } from './messages.ts'
import { offerOver, type Counter } from './model.ts'
import { dropMessage, queueMessage } from './store/messages.ts'
import { moveOffer, OPEN_OFFERS, openOffersFor, offerById, type Offer } from './store/offers.ts'
import { moveOrder, orderById, type ProductionOrder } from './store.ts'

type Parts = Pick<Context, 'clock' | 'outbox' | 'engines'>

/** The offer and its order, if they belong together and to this factory. */
async function ownOffer(
  tx: Tx,
  asked: { orderId: string; offerId: string },
  factoryId: string | undefined,
): Promise<Offer> {
  const offer = await offerById(tx, asked.offerId)
  // Somebody else's offer looks exactly like one that does not exist.
  if (offer && offer.orderId === asked.orderId && (factoryId === undefined || offer.factoryId === factoryId))
    return offer
  throw notFound({ en: 'offer', zh: '订单邀约' }, asked.offerId)
}

async function orderOf(tx: Tx, offer: Offer): Promise<ProductionOrder> {
  const order = await orderById(tx, offer.orderId)
  if (!order) throw new Error(`offer ${offer.id} has no order`)
  return order
}

/** An offer that can still be answered now. @throws Problem 409 `dispatch.offer-over` */
function assertOpen(offer: Offer, now: Date): void {
  if (offer.state !== 'offered') throw offerOver(offer.state, offer.answerBy)
  if (offer.answerBy <= now) throw offerOver('expired', offer.answerBy)
}

async function place(
  tx: Tx,
  { clock, outbox }: Parts,
  actor: Actor,
  offer: Offer,
  agreed: { price: number; shipBy: Date },
): Promise<ProductionOrder> {
  const now = clock.now()
  const taken = await moveOffer(tx, offer.id, [offer.state], { state: 'accepted', answeredAt: now, ...agreed })
  const order =
    taken &&
    (await moveOrder(tx, offer.orderId, 'placing', {
      state: 'accepted',
      factoryId: offer.factoryId,
      agreedPrice: agreed.price,
      acceptedAt: now,
    }))
  if (!order) throw offerOver('withdrawn', offer.answerBy)
  await outbox.emit(tx, actor, 'dispatch.accepted', { orderId: order.id, offerId: offer.id }, now)
  return order
}

/**
 * The factory takes the order as offered. Said twice, the second changes nothing and gives the same answer.
 * @throws Problem 404, or 409 `dispatch.offer-over` when it came too late
 */
export async function acceptOffer(
  tx: Tx,
  parts: Parts,
  actor: Actor,
  asked: { orderId: string; offerId: string; factoryId?: string | undefined },
): Promise<ProductionOrder> {
  const offer = await ownOffer(tx, asked, asked.factoryId)
  if (offer.state === 'accepted') return orderOf(tx, offer)
  assertOpen(offer, parts.clock.now())
  return place(tx, parts, actor, offer, { price: offer.price, shipBy: offer.shipBy })
}

/** The factory says no, and why. The next in rank is asked by the reaction to `dispatch.refused`. */
export async function declineOffer(
  tx: Tx,
  { clock, outbox }: Parts,
  actor: Actor,
  asked: { orderId: string; offerId: string; reason: string; factoryId?: string | undefined },
): Promise<Offer> {
  const now = clock.now()
  const offer = await ownOffer(tx, asked, asked.factoryId)
  if (offer.state === 'declined') return offer
  assertOpen(offer, now)
  const declined = await moveOffer(tx, offer.id, ['offered'], {
    state: 'declined',
    answeredAt: now,
    reason: asked.reason,
  })
  if (!declined) throw offerOver('withdrawn', offer.answerBy)
  await dropMessage(tx, `offer:${offer.id}`, now)
  await outbox.emit(tx, actor, 'dispatch.refused', { orderId: offer.orderId, offerId: offer.id }, now)
  return declined
}

/** The factory asks for another price or date; a merchandiser has as long to answer as the factory had. */
export async function counterOffer(
  tx: Tx,
  { clock }: Pick<Parts, 'clock'>,
  asked: { orderId: string; offerId: string; factoryId?: string | undefined; answerHours: number } & Counter,
): Promise<Offer> {
  const now = clock.now()
  const { orderId: _order, offerId: _offer, factoryId, answerHours, ...counter } = asked
  const offer = await ownOffer(tx, asked, factoryId)
  if (offer.state === 'countered' && canonicalJson(offer.counter) === canonicalJson(counter)) return offer
  assertOpen(offer, now)
  if (counter.shipBy !== undefined && new Date(counter.shipBy) <= now)
    throw refused('dispatch.counter-date', undefined, { field: 'shipBy' })
  const countered = await moveOffer(tx, offer.id, ['offered'], {
    state: 'countered',
    answeredAt: now,
    counter,
    answerBy: new Date(now.getTime() + answerHours * HOUR),
  })
  if (!countered) throw offerOver('withdrawn', offer.answerBy)
  await dropMessage(tx, `offer:${offer.id}`, now)
  return countered
}

/** The merchandiser's answer to a counter-offer: yes makes the order, no asks the next factory. */
export async function settleCounter(
  tx: Tx,
  parts: Parts,
  actor: Actor,
  asked: { orderId: string; offerId: string; accept: boolean; reason?: string | undefined },
): Promise<Offer> {
  const now = parts.clock.now()
  const offer = await ownOffer(tx, asked, undefined)
  if (offer.state !== 'countered') throw offerOver(offer.state, offer.answerBy)
  const { price = offer.price, shipBy } = (offer.counter ?? {}) as Counter
  const agreed = { price, shipBy: shipBy === undefined ? offer.shipBy : new Date(shipBy) }
  if (asked.accept) {
    await place(tx, parts, actor, offer, agreed)
    await tell(tx, parts, offer, 'production.agreed', { price, shipBy: agreed.shipBy.toISOString() })
  } else {
    await moveOffer(tx, offer.id, ['countered'], { state: 'declined', reason: asked.reason ?? null })
    await tell(tx, parts, offer, 'production.over', { reason: asked.reason ?? 'counter-offer declined' })
    await parts.outbox.emit(tx, actor, 'dispatch.refused', { orderId: offer.orderId, offerId: offer.id }, now)
  }
  return (await offerById(tx, offer.id)) ?? offer
}

const tell = (
  tx: Tx,
  { clock, engines }: Parts,
  offer: Offer,
  type: 'production.agreed' | 'production.over',
  data: Record<string, unknown>,
) =>
  queueMessage(
    tx,
    engines.vault,
    {
      factoryId: offer.factoryId,
      orderId: offer.orderId,
      type,
      dedupeKey: `${type}:${offer.id}`,
      data: { orderId: offer.orderId, offerId: offer.id, ...data },
    },
    clock.now(),
  )

/** Nobody answered in time (or can any more): the offer is over, the next in rank will be asked. */
export async function expireOffer(tx: Tx, parts: Parts, offerId: string, reason: string): Promise<boolean> {
  const now = parts.clock.now()
  const offer = await moveOffer(tx, offerId, OPEN_OFFERS, { state: 'expired', reason })
  if (!offer) return false
  // A brief that was never delivered is not delivered any more; one that was is called off.
  const undelivered = await dropMessage(tx, `offer:${offer.id}`, now)
  if (!undelivered.length) await tell(tx, parts, offer, 'production.over', { reason })
  await parts.outbox.emit(tx, system('dispatch'), 'dispatch.refused', { orderId: offer.orderId, offerId }, now)
  return true
}

/** The sweep's step: an offer that was countered since it was read has a new deadline, and stays. */
export async function expireOverdue(tx: Tx, parts: Parts, offerId: string): Promise<boolean> {
  const offer = await offerById(tx, offerId)
  return offer && offer.answerBy <= parts.clock.now() ? expireOffer(tx, parts, offerId, 'no answer in time') : false
}

/** Everything offered to a factory that can no longer be reached. */
export async function overOffersOf(tx: Tx, parts: Parts, factoryId: string, reason: string): Promise<void> {
  for (const { offer } of await openOffersFor(tx, factoryId)) await expireOffer(tx, parts, offer.id, reason)
}
