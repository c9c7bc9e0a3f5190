import { authorize, may, system, type Actor } from '../../core/actor.ts'
import { notFound, problem, type Problem } from '../../core/errors.ts'
import { parseAs } from '../../core/parse.ts'
import { dayIn, HOUR, MINUTE, newId, SECOND } from '../../core/values.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { makeBrief as makeInStudio, withLinks, type Brief } from '../../garments/index.ts'
import type { Chores, Context, Reactions } from '../context.ts'
import { readHouse } from '../0-house/door.ts'
import type { PictureOptions } from '../2-designs/door.ts'
import { lotById, releaseLot } from '../5-demand/door.ts'
import { endTroubles } from '../../db/outbox.ts'
import { givingUp } from './giving-up.ts'
import { allocate, type AllocationInputs, type Ranked } from './allocation.ts'
import { checkFileLink, fileLinks, lotStyle, prepareBrief, readBrief, type LotStyle, type MakeBrief } from './briefs.ts'
import { assertNotOut, openCancelling } from './cancelling.ts'
import { allocationInputs, hasRoom, outOf, shipByOf } from './deciding.ts'
import { receiveCallback, type Callback } from './callbacks.ts'
import { openFactories } from './factories.ts'
import type { Making } from './making.ts'
import { openPortal } from './portal.ts'
import { offerLetter } from './letters.ts'
import {
  acceptSchema,
  counterSchema,
  declineSchema,
  givingUpSchema,
  promiseAnew,
  retrySchema,
  type Agreed,
} from './model.ts'
import { acceptOffer, counterOffer, declineOffer, expireOverdue, settleCounter } from './offers.ts'
import { openSending } from './sending.ts'
import { attemptsOf, messagePage, queueMessage, replay } from './store/messages.ts'
import {
  cancellationsOf,
  ensureOrder,
  factoryById,
  insertAllocation,
  insertOffer,
  moveOrder,
  OPEN_OFFERS,
  offersOf,
  openOffersFor,
  orderById,
  orderByNumber,
  orderPage,
  overdueOffers,
  readTerms,
  roundsOf,
  stuckOrders,
  type Offer,
  type OrderFilter,
  type ProductionOrder,
} from './store.ts'

/** An order that is being placed for this long with nobody asked is tried again by the sweep. */
const STUCK_AFTER = 5 * MINUTE

const notUnplaced = ({ number, state }: ProductionOrder): Problem =>
  problem('dispatch.not-unplaced', 409, {
    en: `Order ${number} is "${state}". Only an order that no factory took can be tried again or given up.`,
    zh: `订单 ${number} 当前状态为“${state}”，仅未派出的订单可以重新派单或放弃。`,
  })

export type Dispatch = ReturnType<typeof openDispatch>

export interface DispatchOptions {
  /** What is reported of the making, and takes what a factory reports. */
  making: Making
  /** Time to search for shorter markers for a brief, ms; none by default. */
  markerMs?: number
  makeBrief?: MakeBrief
  /** For the close-ups of a style that sold before they were drawn. */
  pictures?: PictureOptions
}

export function openDispatch(
  context: Context,
  {
    making,
    markerMs = 0,
    makeBrief = (input) => makeInStudio(context.studio, { ...input, markerMs }),
    pictures,
  }: DispatchOptions,
) {
  const { db, clock, outbox, engines } = context
  const sending = openSending(context)

  const found = async (orderId: string): Promise<ProductionOrder> => {
    const order = await orderById(db.read, orderId)
    if (!order) throw notFound({ en: 'production order', zh: '生产订单' }, orderId)
    return order
  }

  /** A factory answers for itself; a merchandiser may do it for one that telephoned. */
  function answering(actor: Actor): string | undefined {
    if (actor.kind === 'factory') return actor.id
    authorize(actor, 'factories')
    return undefined
  }

  /** A factory sees an order once it was offered to it; everybody else needs to be one of us. */
  async function assertSees(actor: Actor, order: ProductionOrder): Promise<void> {
    if (actor.kind !== 'factory') return authorize(actor, 'factories:read')
    await assertNotOut(db.read, order, actor.id)
    const offers = await offersOf(db.read, order.id)
    const own = offers.findLast(({ factoryId }) => factoryId === actor.id)
    if (!own || (!OPEN_OFFERS.includes(own.state) && own.state !== 'accepted'))
      throw notFound({ en: 'production order', zh: '生产订单' }, order.id)
  }

  /** Decide anew, with everything known at this moment. */
  async function decide(order: ProductionOrder, style: LotStyle, round: number) {
    const now = clock.now()
    const [house, terms] = [await readHouse(db.read), await readTerms(db.read)]
    const askedBefore = (await offersOf(db.read, order.id)).length
    const inputs = { ...(await allocationInputs(db.read, order, style, { house, terms, now, making })), askedBefore }
    return {
      id: newId(),
      orderId: order.id,
      round,
      inputs: inputs as unknown as Record<string, unknown>,
      ranking: allocate(inputs) as unknown as Record<string, unknown>[],
      at: now,
    }
  }

  /**
   * The newest round's decision; the first is made here, and so is the next when a factory is out since the last. What
   * is stored is the decision, whoever stored it.
   */
  async function currentRound(order: ProductionOrder, style: LotStyle) {
    const [known] = await roundsOf(db.read, order.id)
    const considered = (known?.inputs as AllocationInputs | undefined)?.excluded ?? []
    if (known && (await outOf(db.read, order.id)).every((id) => considered.includes(id))) return known
    const row = await decide(order, style, (known?.round ?? 0) + 1)
    await db.write((tx) => insertAllocation(tx, row))
    const [stored] = await roundsOf(db.read, order.id)
    if (!stored) throw new Error(`the allocation of ${order.number} was not stored`)
    return stored
  }

  /**
   * Ask the next factory in rank, or find that there is none left. Safe to run at any time and any number of times:
   * an order has at most one open offer and every rank is asked once.
   */
  async function offerNext(orderId: string): Promise<void> {
    const order = await orderById(db.read, orderId)
    if (!order || order.state !== 'placing') return
    const asked = await offersOf(db.read, order.id)
    if (asked.some(({ state }) => OPEN_OFFERS.includes(state))) return
    const style = await lotStyle(context, order.lotId)
    const { round, inputs, ranking } = await currentRound(order, style)
    const { askedBefore } = inputs as unknown as AllocationInputs
    const done = new Set(asked.slice(askedBefore).map(({ factoryId }) => factoryId))
    for (const row of ranking as unknown as Ranked[]) {
      if (row.rank === null || done.has(row.factoryId)) continue
      // Paused, switched off or full since the ranking: passed over, the others keep their places.
      const factory = await factoryById(db.read, row.factoryId)
      const lot = { units: order.units, shipBy: shipByOf(order.promisedAt, await readTerms(db.read)), now: clock.now() }
      if (factory?.state !== 'active' || !(await hasRoom(db.read, factory, lot))) continue
      if ((await makeOffer(order, style, row, asked.length + 1)) !== 'full') return
    }
    const now = clock.now()
    await db.write(async (tx) => {
      // Somebody else has asked one meanwhile: then this look at the offers was too old to say that none is left.
      if ((await offersOf(tx, order.id)).length > asked.length) return
      const moved = await moveOrder(tx, order.id, 'placing', { state: 'unplaced' })
      if (moved)
        await outbox.emit(tx, system('dispatch'), 'dispatch.unplaced', { orderId: order.id }, now, {
          dedupeKey: `unplaced:${order.id}:${round}`,
        })
    })
  }

  /** `full`: another lot took the factory's last capacity while this one's brief was made. */
  async function makeOffer(
    order: ProductionOrder,
    style: LotStyle,
    row: Ranked,
    rank: number,
  ): Promise<'made' | 'full' | 'known'> {
    const now = clock.now()
    const [house, terms] = [await readHouse(db.read), await readTerms(db.read)]
    const facts = {
      offerId: newId(),
      price: row.price,
      shipBy: shipByOf(order.promisedAt, terms),
      answerBy: new Date(now.getTime() + house.answerHours * HOUR),
    }
    const { brief, file, hash } = await prepareBrief(context, order, style, facts, {
      house,
      terms,
      makeBrief,
      pictures,
    })
    const sent = withLinks(brief, fileLinks(context, order, terms.linkDays))
    return db.write(async (tx) => {
      const { offerId, ...agreed } = facts
      const factory = await factoryById(tx, row.factoryId)
      const { shipBy } = facts
      if ((await offersOf(tx, order.id)).length >= rank) return 'known'
      if (!factory || !(await hasRoom(tx, factory, { units: order.units, shipBy, now }))) return 'full'
      const [offer] = await insertOffer(tx, {
        id: offerId,
        orderId: order.id,
        factoryId: row.factoryId,
        rank,
        state: 'offered',
        offeredAt: now,
        ...agreed,
      })
      if (!offer) return 'known'
      const current = await moveOrder(tx, order.id, 'placing', { briefFile: file, briefHash: hash })
      if (!current) throw new Error(`order ${order.number} moved while its brief was made`)
      await queueMessage(
        tx,
        {
          factoryId: row.factoryId,
          orderId: order.id,
          type: 'production.offered',
          dedupeKey: `offer:${offerId}`,
          data: {
            orderId: order.id,
            orderNumber: order.number,
            offerId,
            answerBy: facts.answerBy.toISOString(),
            shipBy: facts.shipBy.toISOString(),
            styleHash: order.styleHash,
            briefHash: hash,
            brief: sent,
          },
        },
        now,
      )
      const style_ = style.sold.version.spec.names
      await queueLetters(
        tx,
        offerLetter(factory, { order: current, offer, style: style_, baseUrl: context.baseUrl }),
        now,
        engines.vault,
      )
      await outbox.emit(tx, system('dispatch'), 'dispatch.offered', { orderId: order.id, offerId }, now)
      return 'made'
    })
  }

  const reactions: Reactions = {
    'demand.lot-frozen': async ({ payload }) => {
      const lot = await lotById(db.read, payload.lotId)
      if (!lot) throw new Error(`lot ${payload.lotId} is not there`)
      const house = await readHouse(db.read)
      const now = clock.now()
      const order = await db.write(
        (tx) =>
          ensureOrder(
            tx,
            {
              campaignId: lot.campaignId,
              lot: lot.number,
              lotId: lot.id,
              units: lot.units,
              styleHash: lot.styleHash,
              currency: lot.currency,
              promisedAt: lot.promisedAt,
              createdAt: now,
            },
            dayIn(now, house.timeZone).slice(2, 4),
          ),
        { atomic: true },
      )
      await offerNext(order.id)
    },
    'dispatch.refused': ({ payload }) => offerNext(payload.orderId),
    'dispatch.called-off': ({ payload }) => offerNext(payload.orderId),
    'dispatch.sweep-due': async () => {
      for (const { id } of await overdueOffers(db.read, clock.now()))
        await db.write((tx) => expireOverdue(tx, context, id))
      // Orders whose brief was refused (a missing address, say) go out once that is mended, without a button.
      for (const order of await stuckOrders(db.read, new Date(clock.now().getTime() - STUCK_AFTER)))
        await offerNext(order.id).then(
          // What its own reaction gave up on is done: its page need not say so any more.
          () => endTroubles(db, `order:${order.id}`, 'dispatch:demand.lot-frozen', clock.now()),
          (error: unknown) =>
            context.log.warn({ order: order.number, error: String(error) }, 'an order could not be offered'),
        )
    },
  }

  const chores: Chores = {
    webhooks: (turn) => sending.sendDueMessages(turn.waits ? SECOND : 0, turn),
  }

  return {
    givingUp,
    reactions,
    chores,
    ...openFactories(context),
    ...openPortal(context),
    ...openCancelling(context),
    ...sending,

    /** A factory calls back. @throws what {@link receiveCallback} throws */
    receiveCallback: (callback: Callback) => receiveCallback(context, making, callback),

    async listOrders(actor: Actor, filter: OrderFilter): Promise<ProductionOrder[]> {
      if (actor.kind === 'factory') return orderPage(db.read, { ...filter, factoryId: actor.id })
      authorize(actor, 'factories:read')
      return orderPage(db.read, filter)
    },

    /** An order with who was asked and why: every round's inputs, ranking, offers and messages. */
    /** @param name the order's id, or its number (PO-26-0003) */
    async order(actor: Actor, name: string) {
      authorize(actor, 'factories:read')
      const order = (await orderByNumber(db.read, name.toUpperCase())) ?? (await found(name))
      const orderId = order.id
      const messages = await messagePage(db.read, { orderId, limit: 100 })
      return {
        order,
        lot: await lotById(db.read, order.lotId),
        rounds: await roundsOf(db.read, orderId),
        offers: await offersOf(db.read, orderId),
        cancellations: await cancellationsOf(db.read, orderId),
        messages,
        attempts: await attemptsOf(
          db.read,
          messages.map(({ id }) => id),
        ),
      }
    },

    /** What a factory has to answer, soonest first. */
    async openOffers(actor: Actor): Promise<{ offer: Offer; order: ProductionOrder }[]> {
      if (actor.kind === 'factory') return openOffersFor(db.read, actor.id)
      throw problem('factories.portal-only', 403, {
        en: 'Open offers are listed for the factory they were made to. Look at the order instead.',
        zh: '待答复邀约仅对相应工厂列出，请改为查看订单。',
      })
    },

    /** The brief of an order, with links that work from now on: for the factory it is offered to, and for us. */
    async brief(actor: Actor, orderId: string): Promise<Brief> {
      const order = await found(orderId)
      await assertSees(actor, order)
      const { linkDays } = await readTerms(db.read)
      return readBrief(context, order, linkDays)
    },

    /**
     * What the factory that makes an order and the house have agreed: the offer, or the counter-offer that was accepted. The
     * brief goes on saying what was offered. Nothing while nobody makes it.
     */
    async agreed(actor: Actor, orderId: string): Promise<Agreed | undefined> {
      const order = await found(orderId)
      await assertSees(actor, order)
      // One that was given back is withdrawn, so the accepted one is today's.
      const offer = (await offersOf(db.read, orderId)).find(
        ({ state, factoryId }) => state === 'accepted' && factoryId === order.factoryId,
      )
      if (!offer || order.agreedPrice === null) return undefined
      if (actor.kind === 'factory' && order.factoryId !== actor.id) return undefined
      return { unit: order.agreedPrice, total: order.agreedPrice * order.units, shipBy: offer.shipBy }
    },

    /** A file of a brief by its signed link; the link itself is the permission. */
    async briefFile(
      orderId: string,
      name: string,
      expires: string,
      signature: string,
    ): Promise<{ name: string; mime: string; bytes: Buffer; sha256: string }> {
      const { placement = 1 } = (await orderById(db.read, orderId)) ?? {}
      checkFileLink(context, { orderId, placement, name, expires, signature })
      const order = await found(orderId)
      if (order.state === 'cancelled')
        throw problem('brief.called-off', 410, {
          en: `Order ${order.number} is called off; its files are not given out any more.`,
          zh: `订单 ${order.number} 已取消，不再提供其文件。`,
        })
      const { linkDays } = await readTerms(db.read)
      const file = (await readBrief(context, order, linkDays)).files.find((each) => each.name === name)
      if (!file) throw notFound({ en: 'file', zh: '文件' }, name)
      return { name, mime: file.mime, sha256: file.sha256, bytes: await engines.files.get(file.sha256) }
    },

    async accept(actor: Actor, input: unknown): Promise<ProductionOrder> {
      const factoryId = answering(actor)
      const asked = parseAs('dispatch.answer', acceptSchema, input)
      return db.write((tx) => acceptOffer(tx, context, actor, { ...asked, factoryId }))
    },

    async decline(actor: Actor, input: unknown): Promise<Offer> {
      const factoryId = answering(actor)
      const asked = parseAs('dispatch.answer', declineSchema, input)
      return db.write((tx) => declineOffer(tx, context, actor, { ...asked, factoryId }))
    },

    async counter(actor: Actor, input: unknown): Promise<Offer> {
      const factoryId = answering(actor)
      const asked = parseAs('dispatch.answer', counterSchema, input)
      const { answerHours } = await readHouse(db.read)
      return db.write((tx) => counterOffer(tx, context, { ...asked, factoryId, answerHours }))
    },

    /** The merchandiser's answer to a counter-offer. */
    async settleCounter(
      actor: Actor,
      asked: { orderId: string; offerId: string; accept: boolean; reason?: string | undefined },
    ): Promise<Offer> {
      authorize(actor, 'factories')
      return db.write((tx) => settleCounter(tx, context, actor, asked))
    },

    /**
     * "Try again": rank everybody anew for an order that nobody took. With a new date factories have as long as when
     * the lot was frozen, and its buyers are told the date; never earlier than they know already.
     * @throws Problem 404, 409 `dispatch.not-unplaced`
     */
    async retryUnplaced(actor: Actor, orderId: string, input: unknown = {}): Promise<ProductionOrder> {
      authorize(actor, 'factories')
      const { newDate } = parseAs('dispatch.retry', retrySchema, input)
      const order = await found(orderId)
      const style = await lotStyle(context, order.lotId)
      const now = clock.now()
      const promisedAt = newDate ? promiseAnew(order, style.campaign, now) : order.promisedAt
      const row = await decide({ ...order, promisedAt }, style, ((await roundsOf(db.read, orderId))[0]?.round ?? 0) + 1)
      const moved = await db.write(async (tx) => {
        const placing = await moveOrder(tx, orderId, 'unplaced', { state: 'placing', promisedAt })
        if (!placing) return undefined
        await insertAllocation(tx, row)
        if (promisedAt > order.promisedAt)
          await outbox.emit(
            tx,
            actor,
            'dispatch.promise-moved',
            {
              orderId,
              allocationId: row.id,
              from: order.promisedAt.toISOString(),
              to: promisedAt.toISOString(),
            },
            now,
          )
        return placing
      })
      if (!moved) throw notUnplaced(await found(orderId))
      await offerNext(orderId)
      return found(orderId)
    },

    /**
     * Nobody can make it: the order ends and its lot's buyers are let go, each told once.
     * @throws Problem 404, 409 `dispatch.not-unplaced`, 422 without a reason
     */
    async giveUpUnplaced(actor: Actor, orderId: string, input: unknown): Promise<ProductionOrder> {
      authorize(actor, 'factories')
      const { reason } = parseAs('dispatch.give-up', givingUpSchema, input)
      const order = await found(orderId)
      const now = clock.now()
      const ended = await db.write(async (tx) => {
        const cancelled = await moveOrder(tx, orderId, 'unplaced', { state: 'cancelled', givenUpFor: reason })
        if (!cancelled) return undefined
        await releaseLot(tx, order.campaignId, order.lot, now)
        await outbox.emit(tx, actor, 'dispatch.given-up', { orderId }, now)
        return cancelled
      })
      if (!ended) throw notUnplaced(await found(orderId))
      return ended
    },

    /**
     * Run a stored decision again from its own inputs.
     * @returns both rankings; they are equal unless the rules themselves have changed since
     */
    async replayAllocation(
      actor: Actor,
      orderId: string,
      round = 1,
    ): Promise<{ inputs: AllocationInputs; stored: Ranked[]; again: Ranked[] }> {
      authorize(actor, 'factories:read')
      const row = (await roundsOf(db.read, orderId)).find((each) => each.round === round)
      if (!row) throw notFound({ en: 'allocation for order', zh: '派单决策' }, orderId)
      const inputs = row.inputs as unknown as AllocationInputs
      return { inputs, stored: row.ranking as unknown as Ranked[], again: allocate(inputs) }
    },

    async listMessages(
      actor: Actor,
      filter: { factoryId?: string; orderId?: string; before?: string | undefined; limit: number },
    ) {
      if (actor.kind !== 'factory' || actor.id !== filter.factoryId) authorize(actor, 'factories:read')
      const messages = await messagePage(db.read, filter)
      const attempts = await attemptsOf(
        db.read,
        messages.map(({ id }) => id),
      )
      return messages.map((message) => ({
        message,
        attempts: attempts.filter(({ messageId }) => messageId === message.id),
      }))
    },

    /** Send one message again, or all of a factory's from a stretch of time. Returns how many are due now. */
    async replayMessages(
      actor: Actor,
      which: { messageId: string } | { factoryId: string; from: Date; to: Date },
    ): Promise<number> {
      if (!may(actor, 'factories') && !may(actor, 'system')) authorize(actor, 'factories')
      return db.write((tx) => replay(tx, which, clock.now()))
    },
  }
}
