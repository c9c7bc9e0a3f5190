/**
 * Calling an accepted order off: asked for by one side, decided by the other, done once. Until then the order stays
 * valid. The steps run inside the caller's transaction: an action's or a signed callback's.
 */
import { actorTag, system, type Actor } from '../../core/actor.ts'
import { notFound, type Problem } from '../../core/errors.ts'
import { newId } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { readHouse } from '../0-house/door.ts'
import { campaignById } from '../4-storefront/door.ts'
import { releaseLot } from '../5-demand/door.ts'
import type { Context } from '../context.ts'
import { calledOffLetter, cancellationLetter, requestOverLetter } from './letters.ts'
import { IN_HAND } from './life.ts'
import { dropMessage, queueMessage } from './store/messages.ts'
import { refused, words } from './messages.ts'
import { promiseAnew, type Follow } from './model.ts'
import {
  cancellationById,
  cancellationsOf,
  holdInHand,
  insertCancellation,
  settleCancellation,
  takeBack,
  type Cancellation,
} from './store/cancellations.ts'
import { factoryById } from './store/factories.ts'
import { moveOffer, offersOf } from './store/offers.ts'
import { orderById, type ProductionOrder } from './store.ts'

/** The answer of a request that the shipping ended. */
const SHIPPED = 'shipped'

type Parts = Pick<Context, 'clock' | 'outbox' | 'baseUrl' | 'engines'>

/** The side that speaks: a factory for itself, or the house. */
export type Side = { side: 'house' } | { side: 'factory'; factoryId: string }

const over = ({ id, state, follow }: Cancellation): Problem =>
  refused(
    'cancellations.over',
    { state: words.all(`cancellation.${state}`) },
    { details: { cancellationId: id, state, follow } },
  )

const notNow = ({ number, state }: ProductionOrder): Problem =>
  state === 'shipped' || state === 'delivered'
    ? refused('cancellations.shipped', { number })
    : refused('cancellations.not-accepted', { number, state })

const openAlready = ({ number }: ProductionOrder): Problem => refused('cancellations.open', { number })

/** What a factory hears that an order was called off with: its reports and answers do not count any more. */
export const calledOff = (number: string, { id, answeredAt }: Cancellation): Problem =>
  refused(
    'cancellations.called-off',
    { number, at: answeredAt?.toISOString() ?? '' },
    { details: { cancellationId: id } },
  )

/** The cancellation by which this factory is out of the order, if it is. */
export const outBy = async (db: Reader, orderId: string, factoryId: string): Promise<Cancellation | undefined> =>
  (await cancellationsOf(db, orderId)).findLast((row) => row.state === 'agreed' && row.factoryId === factoryId)

/** @throws Problem 409 `cancellations.called-off` for a factory that is out of the order */
export async function assertNotOut(db: Reader, order: ProductionOrder, factoryId: string): Promise<void> {
  const out = await outBy(db, order.id, factoryId)
  if (out) throw calledOff(order.number, out)
}

const askedKey = (id: string) => `cancellation:${id}:asked`

/**
 * Ask for the cancellation of an order in a factory's hands. Asked twice by one side it is one request; what the
 * other side has asked for already, is thereby agreed to.
 * @throws Problem 404; 409 `cancellations.shipped`, `.not-accepted`, `.open`, `.called-off`
 */
export async function askCancellation(
  tx: Tx,
  parts: Parts,
  actor: Actor,
  asked: Side & { orderId: string; reason: string; requestId?: string | undefined; follow?: Follow | undefined },
): Promise<Cancellation> {
  const { clock, outbox } = parts
  const { orderId, reason, requestId, follow, side } = asked
  const order = await orderById(tx, orderId)
  const known = order ? await cancellationsOf(tx, orderId) : []
  const before = heardBefore(asked, known)
  if (before) return before
  if (!order || (side === 'factory' && order.factoryId !== asked.factoryId))
    throw notFound({ en: 'production order', zh: '生产订单' }, orderId)
  const open = known.find(({ state }) => state === 'asked')
  if (open && open.side !== side)
    return answerCancellation(tx, parts, actor, { ...asked, cancellationId: open.id, agree: true })
  if (open) return sameAs(asked, open, order)
  if (!IN_HAND.includes(order.state)) throw notNow(order)
  const offer = (await offersOf(tx, orderId)).find(({ state }) => state === 'accepted')
  if (!offer) throw new Error(`order ${order.number} is in hand without an accepted offer`)
  // Holding the order's row: whoever ships it at this moment waits for this request and ends it, or has shipped it before.
  if (!(await holdInHand(tx, order))) throw notNow((await orderById(tx, orderId)) ?? order)
  const now = clock.now()
  const row = await insertCancellation(tx, {
    id: newId(),
    orderId,
    offerId: offer.id,
    factoryId: offer.factoryId,
    side,
    state: 'asked',
    reason,
    follow: side === 'house' ? (follow ?? null) : null,
    requestId: requestId ?? null,
    askedBy: actorTag(actor),
    askedAt: now,
  })
  // Asked twice at once: the other one is the request.
  if (!row)
    return sameAs(
      asked,
      (await cancellationsOf(tx, orderId)).find(({ state }) => state === 'asked'),
      order,
    )
  if (side === 'house') await tellFactory(tx, parts, order, row)
  await outbox.emit(tx, actor, 'dispatch.cancellation-asked', { orderId, cancellationId: row.id }, now)
  return row
}

/** The same request, sent again; or for a factory the cancellation by which it is out. */
function heardBefore(
  asked: Side & { requestId?: string | undefined },
  known: readonly Cancellation[],
): Cancellation | undefined {
  const { side, requestId } = asked
  const mine = known.filter((row) => asked.side === 'house' || row.factoryId === asked.factoryId)
  const repeated = requestId === undefined ? undefined : mine.find((row) => row.requestId === requestId)
  return repeated ?? (side === 'factory' ? mine.find(({ state }) => state === 'agreed') : undefined)
}

/** The request that is open, where it is this one. @throws Problem 409 `cancellations.open` */
function sameAs(
  { side, reason, follow }: Side & { reason: string; follow?: Follow | undefined },
  open: Cancellation | undefined,
  order: ProductionOrder,
): Cancellation {
  if (open?.side === side && (side === 'factory' || (open.reason === reason && open.follow === follow))) return open
  throw openAlready(order)
}

/** By message and by letter, that the house asks for the order to be cancelled. */
async function tellFactory(
  tx: Tx,
  { clock, baseUrl, engines }: Parts,
  order: ProductionOrder,
  row: Cancellation,
): Promise<void> {
  const { id: orderId, number: orderNumber } = order
  const { id: cancellationId, factoryId, offerId, reason } = row
  const now = clock.now()
  await queueMessage(
    tx,
    engines.vault,
    {
      factoryId,
      orderId,
      type: 'production.cancellation-asked',
      dedupeKey: askedKey(cancellationId),
      data: { orderId, orderNumber, offerId, cancellationId, reason },
    },
    now,
  )
  const factory = await factoryById(tx, factoryId)
  if (factory) await queueLetters(tx, cancellationLetter(factory, { order, row, baseUrl }), now, engines.vault)
}

/** A request of this order; a factory sees only those that are about itself. */
async function ownCancellation(
  tx: Tx,
  asked: Side & { orderId: string; cancellationId: string },
): Promise<Cancellation> {
  const row = await cancellationById(tx, asked.cancellationId)
  if (row && row.orderId === asked.orderId && (asked.side === 'house' || row.factoryId === asked.factoryId)) return row
  throw notFound({ en: 'cancellation', zh: '取消请求' }, asked.cancellationId)
}

/**
 * The answer to a request. A repeated one hears the first again; one that comes when the request is over changes
 * nothing. The house may answer its own request, for a factory that agreed on the telephone.
 * @throws Problem 404; 409 `cancellations.over`, `.own`, `.shipped`; 422 `cancellations.follow`
 */
export async function answerCancellation(
  tx: Tx,
  parts: Parts,
  actor: Actor,
  asked: Side & {
    orderId: string
    cancellationId: string
    agree: boolean
    follow?: Follow | undefined
    reason?: string | undefined
  },
): Promise<Cancellation> {
  const row = await ownCancellation(tx, asked)
  const { agree, side, reason } = asked
  if (row.state !== 'asked') {
    const same = row.state === (agree ? 'agreed' : 'refused')
    if (same && (side === 'factory' || !agree || !asked.follow || asked.follow === row.follow)) return row
    throw over(row)
  }
  if (side === 'factory' && row.side === 'factory') throw refused('cancellations.own#answered')
  const now = parts.clock.now()
  const answered = { answer: reason ?? null, answeredBy: actorTag(actor), answeredAt: now }
  if (agree) {
    const follow = side === 'house' ? (asked.follow ?? row.follow) : row.follow
    if (follow) return callOff(tx, parts, actor, row, { ...answered, follow })
    throw refused('cancellations.follow', undefined, { field: 'follow' })
  }
  return endRequest(tx, parts, actor, row, { ...answered, state: 'refused' })
}

/** The request is over and the order goes on. The factory is told, unless it never heard of it or said so itself. */
async function endRequest(
  tx: Tx,
  { clock, outbox, baseUrl, engines }: Parts,
  actor: Actor,
  row: Cancellation,
  change: Pick<Cancellation, 'answer' | 'answeredBy' | 'answeredAt'> & { state: 'refused' | 'withdrawn' },
): Promise<Cancellation> {
  const ended = await settleCancellation(tx, row.id, change)
  if (!ended) {
    const first = (await cancellationById(tx, row.id)) ?? row
    if (first.state === change.state) return first // said twice at once: the other did it
    throw over(first)
  }
  const now = clock.now()
  const { orderId, factoryId, id } = row
  const unheard = row.side === 'house' ? await dropMessage(tx, askedKey(id), now) : []
  if (!unheard.length && actor.kind !== 'factory')
    await queueMessage(
      tx,
      engines.vault,
      {
        factoryId,
        orderId,
        type: 'production.cancellation-over',
        dedupeKey: `cancellation:${id}:over`,
        data: { orderId, cancellationId: id, state: change.state, reason: change.answer },
      },
      now,
    )
  const [order, factory] = [await orderById(tx, orderId), await factoryById(tx, factoryId)]
  if (order && factory && actor.kind !== 'factory' && change.answer !== SHIPPED)
    await queueLetters(tx, requestOverLetter(factory, { order, row: ended, baseUrl }), now, engines.vault)
  const told = { orderId, cancellationId: id, state: change.state }
  await outbox.emit(tx, actor, 'dispatch.cancellation-answered', told, now)
  return ended
}

/**
 * Whoever asked thinks better of it, while the other side has not answered: the order goes on. Withdrawn twice is
 * withdrawn.
 * @throws Problem 404; 409 `cancellations.over`, `.own`
 */
export async function withdrawCancellation(
  tx: Tx,
  parts: Parts,
  actor: Actor,
  asked: Side & { orderId: string; cancellationId: string; reason?: string | undefined },
): Promise<Cancellation> {
  const row = await ownCancellation(tx, asked)
  if (row.side !== asked.side) throw refused(`cancellations.own#${row.side}`)
  if (row.state === 'withdrawn') return row
  if (row.state !== 'asked') throw over(row)
  const ended = { answer: asked.reason ?? null, answeredBy: actorTag(actor), answeredAt: parts.clock.now() }
  return endRequest(tx, parts, actor, row, { ...ended, state: 'withdrawn' })
}

/** An order that has left ends the request that was open about it. */
export async function endByShipping(tx: Tx, parts: Parts, orderId: string): Promise<void> {
  const open = (await cancellationsOf(tx, orderId)).find(({ state }) => state === 'asked')
  if (!open) return
  const actor = system('dispatch')
  const ended = { answer: SHIPPED, answeredBy: actorTag(actor), answeredAt: parts.clock.now() }
  await endRequest(tx, parts, actor, open, { ...ended, state: 'withdrawn' })
}

/**
 * Both sides agree: in the one transaction the acceptance is undone and the lot goes where the house said. The same
 * order goes back to placing, because campaign and lot have one production order for ever (docs/decisions/012).
 */
async function callOff(
  tx: Tx,
  { clock, outbox, engines }: Parts,
  actor: Actor,
  asked: Cancellation,
  answered: Pick<Cancellation, 'answer' | 'answeredBy' | 'answeredAt'> & { follow: Follow },
): Promise<Cancellation> {
  const { orderId, offerId, factoryId, reason } = asked
  const { follow } = answered
  const now = clock.now()
  const order = await orderById(tx, orderId)
  const campaign = order && (await campaignById(tx, order.campaignId))
  if (!order || !campaign) throw new Error(`cancellation ${asked.id} has no order`)
  const { timeZone } = await readHouse(tx)
  const promisedAt = promiseAnew(order, campaign, { now, timeZone })
  const dates = follow === 'replace' ? { promisedBefore: order.promisedAt, promisedAfter: promisedAt } : {}
  const row = await settleCancellation(tx, asked.id, { ...answered, ...dates, state: 'agreed' })
  if (!row) {
    const first = (await cancellationById(tx, asked.id)) ?? asked
    if (first.state === 'agreed' && first.follow === follow) return first // agreed twice at once: the other did it
    throw over(first)
  }
  const undone = await moveOffer(tx, offerId, ['accepted'], { state: 'withdrawn', reason })
  const taken =
    undone &&
    (await takeBack(
      tx,
      order,
      follow === 'release'
        ? { state: 'cancelled' }
        : {
            state: 'placing',
            placement: order.placement + 1,
            factoryId: null,
            agreedPrice: null,
            acceptedAt: null,
            sequence: 0,
            lateNoticedAt: null,
            briefFile: null,
            briefHash: null,
            promisedAt,
          },
    ))
  if (!taken) throw notNow((await orderById(tx, orderId)) ?? order)
  if (follow === 'release') await releaseLot(tx, order.campaignId, order.lot, now)
  // Neither the question nor the brief is delivered any more.
  for (const key of [askedKey(row.id), `offer:${offerId}`, `production.agreed:${offerId}`])
    await dropMessage(tx, key, now)
  await queueMessage(
    tx,
    engines.vault,
    {
      factoryId,
      orderId,
      type: 'production.cancelled',
      dedupeKey: `cancellation:${row.id}:agreed`,
      data: { orderId, orderNumber: order.number, offerId, cancellationId: row.id, reason },
    },
    now,
  )
  const factory = await factoryById(tx, factoryId)
  if (factory) await queueLetters(tx, calledOffLetter(factory, { order, row }), now, engines.vault)
  await outbox.emit(tx, actor, 'dispatch.called-off', { orderId, cancellationId: row.id, follow }, now)
  return row
}
