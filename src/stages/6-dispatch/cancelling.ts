/**
 * Calling an accepted order off: asked for by one side, decided by the other, done once. Until then the order stays
 * valid. The steps run inside the caller's transaction: an action's or a signed callback's.
 */
import { actorTag, authorize, system, type Actor } from '../../core/actor.ts'
import { notFound, problem, type Problem } from '../../core/errors.ts'
import { parseAs } from '../../core/parse.ts'
import { newId } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { campaignById } from '../4-storefront/door.ts'
import { releaseLot } from '../5-demand/door.ts'
import type { Context } from '../context.ts'
import { calledOffLetter, cancellationLetter, requestOverLetter } from './letters.ts'
import { IN_HAND } from './life.ts'
import { dropMessage, queueMessage } from './store/messages.ts'
import {
  cancellationAnswerSchema,
  cancellationSchema,
  houseCancellationSchema,
  withdrawalSchema,
  type CancellationState,
  type Follow,
  promiseAnew,
} from './model.ts'
import {
  cancellationById,
  cancellationsFor,
  cancellationsOf,
  factoryById,
  holdInHand,
  insertCancellation,
  moveOffer,
  offersOf,
  orderById,
  settleCancellation,
  takeBack,
  type Cancellation,
  type ProductionOrder,
} from './store.ts'

const LISTED = 100
/** The answer of a request that the shipping ended. */
const SHIPPED = 'shipped'

type Parts = Pick<Context, 'clock' | 'outbox' | 'baseUrl' | 'engines'>

/** The side that speaks: a factory for itself, or the house. */
export type Side = { side: 'house' } | { side: 'factory'; factoryId: string }

const STATE_WORDS: Record<CancellationState, { en: string; zh: string }> = {
  asked: { en: 'is open', zh: '待答复' },
  agreed: { en: 'was agreed to', zh: '已达成一致' },
  refused: { en: 'was refused', zh: '已被拒绝' },
  withdrawn: { en: 'was withdrawn', zh: '已撤回' },
}

const over = ({ id, state, follow }: Cancellation): Problem =>
  problem(
    'cancellations.over',
    409,
    {
      en: `This request to cancel ${STATE_WORDS[state].en}; nothing was changed. Look at the order for how it stands.`,
      zh: `该取消请求${STATE_WORDS[state].zh}，本次未做任何更改。请查看订单的当前状态。`,
    },
    { details: { cancellationId: id, state, follow } },
  )

const notNow = ({ number, state }: ProductionOrder): Problem =>
  state === 'shipped' || state === 'delivered'
    ? problem('cancellations.shipped', 409, {
        en: `Order ${number} has left the factory and cannot be cancelled any more.`,
        zh: `订单 ${number} 已从工厂发出，无法再取消。`,
      })
    : problem('cancellations.not-accepted', 409, {
        en: `Order ${number} is "${state}": no factory makes it, so there is nothing to agree on with one.`,
        zh: `订单 ${number} 当前为“${state}”，没有工厂在生产，无需协商取消。`,
      })

const openAlready = ({ number }: ProductionOrder): Problem =>
  problem('cancellations.open', 409, {
    en: `For order ${number} a cancellation has been asked for already. Wait for the answer, or withdraw that request first.`,
    zh: `订单 ${number} 已有一个取消请求待答复。请等待答复，或先撤回该请求。`,
  })

/** What a factory hears that an order was called off with: its reports and answers do not count any more. */
export const calledOff = (orderNumber: string, { id, answeredAt }: Cancellation): Problem =>
  problem(
    'cancellations.called-off',
    409,
    {
      en: `Order ${orderNumber} was called off with you on ${answeredAt?.toISOString() ?? ''}. Nothing was changed; stop work on it, and send nothing more about it.`,
      zh: `订单 ${orderNumber} 已于 ${answeredAt?.toISOString() ?? ''} 与贵厂协商取消，本次未做任何更改。请停止生产，无需再发送有关该单的消息。`,
    },
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
  const { clock, outbox, baseUrl, engines } = parts
  const { orderId, reason, requestId, follow, side } = asked
  const order = await orderById(tx, orderId)
  const known = order ? await cancellationsOf(tx, orderId) : []
  const mine = known.filter((row) => side === 'house' || row.factoryId === asked.factoryId)
  const repeated = requestId === undefined ? undefined : mine.find((row) => row.requestId === requestId)
  if (repeated) return repeated
  const done = mine.find(({ state }) => state === 'agreed')
  if (order && side === 'factory' && done) return done
  if (!order || (side === 'factory' && order.factoryId !== asked.factoryId))
    throw notFound({ en: 'production order', zh: '生产订单' }, orderId)
  const open = known.find(({ state }) => state === 'asked')
  if (open && open.side !== side)
    return answerCancellation(tx, parts, actor, { ...asked, cancellationId: open.id, agree: true })
  const same = (row: Cancellation | undefined): Cancellation => {
    if (row?.side === side && (side === 'factory' || (row.reason === reason && row.follow === follow))) return row
    throw openAlready(order)
  }
  if (open) return same(open)
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
  if (!row) return same((await cancellationsOf(tx, orderId)).find(({ state }) => state === 'asked'))
  if (side === 'house') {
    await queueMessage(
      tx,
      engines.vault,
      {
        factoryId: offer.factoryId,
        orderId,
        type: 'production.cancellation-asked',
        dedupeKey: askedKey(row.id),
        data: { orderId, orderNumber: order.number, offerId: offer.id, cancellationId: row.id, reason },
      },
      now,
    )
    const factory = await factoryById(tx, offer.factoryId)
    if (factory) await queueLetters(tx, cancellationLetter(factory, { order, row, baseUrl }), now, engines.vault)
  }
  await outbox.emit(tx, actor, 'dispatch.cancellation-asked', { orderId, cancellationId: row.id }, now)
  return row
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
  if (side === 'factory' && row.side === 'factory')
    throw problem('cancellations.own', 409, {
      en: 'You asked for this cancellation yourself; the house answers it. The order stays valid until then.',
      zh: '该取消请求由贵厂提出，须由商家答复。答复之前订单继续有效。',
    })
  const now = parts.clock.now()
  const answered = { answer: reason ?? null, answeredBy: actorTag(actor), answeredAt: now }
  if (agree) {
    const follow = side === 'house' ? (asked.follow ?? row.follow) : row.follow
    if (follow) return callOff(tx, parts, actor, row, { ...answered, follow })
    throw problem(
      'cancellations.follow',
      422,
      {
        en: 'Say what follows: "replace" gives the lot to another factory, "release" lets its buyers go.',
        zh: '请说明后续处理：replace 为改派其他工厂，release 为取消该批次买家的预订。',
      },
      { field: 'follow' },
    )
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
  if (row.side !== asked.side)
    throw row.side === 'factory'
      ? problem('cancellations.own', 409, {
          en: 'The factory asked for this cancellation. Agree to it or refuse it; only who asked can withdraw.',
          zh: '该取消请求由工厂提出，请同意或拒绝；只有提出方可以撤回。',
        })
      : problem('cancellations.own', 409, {
          en: 'The house asked for this cancellation. Agree to it or refuse it; only who asked can withdraw.',
          zh: '该取消请求由商家提出，请同意或拒绝；只有提出方可以撤回。',
        })
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
  const promisedAt = promiseAnew(order, campaign, now)
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

/** The actions around it. */
export function openCancelling(context: Context) {
  const { db } = context

  /** A factory speaks for itself; a merchandiser for the house. */
  const sideOf = (actor: Actor): Side => {
    if (actor.kind === 'factory') return { side: 'factory', factoryId: actor.id }
    authorize(actor, 'factories')
    return { side: 'house' }
  }

  return {
    /** @throws what {@link askCancellation} throws; 403; 422 naming the field */
    async askCancellation(actor: Actor, orderId: string, input: unknown): Promise<Cancellation> {
      const side = sideOf(actor)
      const asked: { reason: string; requestId?: string | undefined; follow?: Follow } =
        side.side === 'house'
          ? parseAs('cancellations.invalid', houseCancellationSchema, input)
          : parseAs('cancellations.invalid', cancellationSchema, input)
      return db.write((tx) => askCancellation(tx, context, actor, { ...asked, ...side, orderId }))
    },

    async answerCancellation(actor: Actor, orderId: string, input: unknown): Promise<Cancellation> {
      const side = sideOf(actor)
      const answer = parseAs('cancellations.invalid', cancellationAnswerSchema, input)
      return db.write((tx) => answerCancellation(tx, context, actor, { ...answer, ...side, orderId }))
    },

    /** @throws what {@link withdrawCancellation} throws; 403; 422 naming the field */
    async withdrawCancellation(actor: Actor, orderId: string, input: unknown): Promise<Cancellation> {
      const side = sideOf(actor)
      const asked = parseAs('cancellations.invalid', withdrawalSchema, input)
      return db.write((tx) => withdrawCancellation(tx, context, actor, { ...asked, ...side, orderId }))
    },

    /** Requests about an order, oldest first; a factory is shown those about itself. */
    async cancellations(actor: Actor, orderId: string): Promise<Cancellation[]> {
      if (actor.kind !== 'factory') authorize(actor, 'factories:read')
      const rows = await cancellationsOf(db.read, orderId)
      return actor.kind === 'factory' ? rows.filter(({ factoryId }) => factoryId === actor.id) : rows
    },

    /** A factory's orders that were called off or may be, newest first: of the order no more than it knew. */
    async factoryCancellations(
      actor: Actor,
    ): Promise<{ order: { id: string; number: string; units: number }; cancellation: Cancellation }[]> {
      if (actor.kind !== 'factory') return []
      const rows = await cancellationsFor(db.read, actor.id, LISTED)
      return rows.map(({ order: { id, number, units }, cancellation }) => ({
        order: { id, number, units },
        cancellation,
      }))
    },
  }
}
