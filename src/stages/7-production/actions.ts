import { actorTag, authorize, system, type Actor } from '../../core/actor.ts'
import { withNotice } from '../../core/notice.ts'
import { notFound, problem } from '../../core/errors.ts'
import { verifyMessage } from '../../core/signature.ts'
import { dayIn, isPlainLine, MINUTE } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { campaignById, soldVersion } from '../4-storefront/door.ts'
import { fulfilLot, lotById, preordersOfLot } from '../5-demand/door.ts'
import {
  leadDaysOf,
  answerCancellation,
  askCancellation,
  assertNotOut,
  endByShipping,
  withdrawCancellation,
  acceptSchema,
  callbackSchema,
  cancellationAnswerSchema,
  cancellationSchema,
  counterSchema,
  declineSchema,
  withdrawalSchema,
  type CALLBACK_TYPES,
  acceptOffer,
  counterOffer,
  declineOffer,
  parsed,
  callbackKeys,
  cancellationById,
  factoryById,
  offerById,
  orderById,
  orderPage,
  readTerms,
  type Cancellation,
  type Factory,
  type ProductionOrder,
} from '../6-dispatch/door.ts'
import type { Context, Reactions } from '../context.ts'
import { readHouse } from '../0-house/door.ts'
import { givingUp } from './giving-up.ts'
import { lotLetters, type LotFacts, type News, type Parcel } from './letters.ts'
import {
  expectedDelivery,
  REPORTED_STATES,
  reportSchema,
  standingAfter,
  type MakingState,
  type ReportedState,
} from './model.ts'
import {
  insertProgress,
  noticeLate,
  ordersToWatch,
  progressById,
  progressOf,
  standAt,
  type ProgressRow,
} from './store.ts'

export type Production = ReturnType<typeof openProduction>

/** What a report came to; a repeated report gets the first answer again. */
export interface Reported {
  orderId: string
  reportId: string
  outcome: 'applied' | 'stale'
  sequence: number
  /** Where the order stands now. */
  state: ProductionOrder['state']
}

export interface Callback {
  factoryId: string
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  rawBody: string | Uint8Array
}

/** How far the clock of a factory may go ahead of ours. */
const CLOCKS_APART_MS = 10 * MINUTE

const NOT_YET: readonly string[] = ['placing', 'unplaced']
const REPORTABLE: readonly string[] = ['accepted', ...REPORTED_STATES]

/** Carrier and number go to every buyer of the lot, in letters of the house. @throws Problem 422 naming the field */
function checkParcels(parcels: readonly Parcel[]): void {
  parcels.forEach((parcel, index) => {
    for (const name of ['carrier', 'trackingNumber'] as const)
      if (!isPlainLine(parcel[name]))
        throw problem(
          'production.parcel',
          422,
          {
            en: 'Carrier and tracking number are one line each, without a web address: they stand in the letters to the buyers. Give the name and the number only.',
            zh: '承运商和运单号会写进给买家的邮件，各须为一行文字，不能包含网址。请只填写名称和单号。',
          },
          { field: `details.parcels.${index}.${name}` },
        )
  })
}

/** What has happened cannot lie ahead, but for a clock that is a little fast. @throws Problem 422 naming the field */
function checkTime(at: string | undefined, now: Date): void {
  if (at === undefined || Date.parse(at) - now.getTime() <= CLOCKS_APART_MS) return
  throw problem(
    'production.report-ahead',
    422,
    {
      en: `The report says it happened on ${at}, and that has not come yet. Send the time it happened (an expected time goes into details.expectedAt), or set the sender's clock by NTP.`,
      zh: `报告中的时间 ${at} 尚未到来。请填写实际发生的时间（预计时间请填入 details.expectedAt），或用 NTP 校准发送方时钟。`,
    },
    { field: 'at' },
  )
}

const parcelsIn = ({ details }: ProgressRow): readonly Parcel[] => (details['parcels'] ?? []) as Parcel[]
/** Carriers count their parcels each by themselves. */
const nameOf = ({ carrier, trackingNumber }: Parcel): string => `${carrier} ${trackingNumber}`

export function openProduction(context: Context) {
  const notice = withNotice(context.baseUrl)
  const { db, clock, outbox, engines } = context

  /** The order, for the factory that makes it, or for one of us. */
  async function making(tx: Reader, actor: Actor, orderId: string): Promise<ProductionOrder> {
    const order = await orderById(tx, orderId)
    if (actor.kind !== 'factory') authorize(actor, 'factories')
    if (order && actor.kind === 'factory') await assertNotOut(tx, order, actor.id)
    if (!order || (actor.kind === 'factory' && order.factoryId !== actor.id && !NOT_YET.includes(order.state)))
      throw notFound({ en: 'production order', zh: '生产订单' }, orderId)
    if (REPORTABLE.includes(order.state)) return order
    if (order.state === 'cancelled')
      throw problem('production.cancelled', 409, {
        en: `Order ${order.number} is cancelled; there is nothing to report on it.`,
        zh: `订单 ${order.number} 已取消，无需再报告进度。`,
      })
    throw problem('production.not-yours-yet', 409, {
      en: `Order ${order.number} is "${order.state}": nobody makes it now. Accept the offer first, then report, and send this report again.`,
      zh: `订单 ${order.number} 当前为“${order.state}”，尚未由贵厂承接。请先接单，再重新发送本报告。`,
    })
  }

  async function apply(tx: Tx, actor: Actor, orderId: string, input: unknown): Promise<Reported> {
    const report = parsed(reportSchema, input, 'production.report')
    checkParcels(report.details.parcels ?? [])
    const now = clock.now()
    checkTime(report.at, now)
    const order = await making(tx, actor, orderId)
    const known = await progressOf(tx, orderId, order.placement)
    const repeated = known.find(({ reportId }) => reportId === report.reportId)
    const answer = ({ reportId, outcome, sequence }: ProgressRow, state = order.state): Reported => ({
      orderId,
      reportId,
      outcome,
      sequence,
      state,
    })
    if (repeated) return answer(repeated)
    const sequence = report.sequence ?? Math.max(0, ...known.map((row) => row.sequence)) + 1
    const all = [...known.map(asReport), { reportId: report.reportId, state: report.state, sequence }]
    const { state, sequence: last } = standingAfter(all)
    const isMoved = state !== order.state || last !== order.sequence
    const row = await insertProgress(tx, {
      orderId,
      placement: order.placement,
      reportId: report.reportId,
      sequence,
      state: report.state,
      outcome: isMoved ? 'applied' : 'stale',
      note: report.note ?? null,
      details: report.details,
      by: actorTag(actor),
      at: report.at ? new Date(report.at) : now,
      receivedAt: now,
    })
    if (!row) throw new Error(`report ${report.reportId} was stored by somebody else meanwhile`)
    if (!isMoved) return answer(row)
    const arrived = state === 'delivered' && order.state !== 'delivered'
    const moved = await standAt(tx, order, {
      state,
      sequence: last,
      ...((state === 'shipped' || state === 'delivered') && !order.shippedAt ? { shippedAt: row.at } : {}),
      ...(arrived ? { deliveredAt: row.at } : {}),
    })
    if (!moved) throw new Error(`order ${order.number} was moved by somebody else meanwhile`)
    if (state === 'shipped' || state === 'delivered') await endByShipping(tx, context, orderId)
    await outbox.emit(tx, actor, 'production.progressed', { orderId, progressId: row.id, state }, now)
    if (arrived) {
      await fulfilLot(tx, order.campaignId, order.lot, now)
      await outbox.emit(tx, actor, 'production.delivered', { orderId }, now)
    }
    return answer(row, state)
  }

  /** What a letter about the order's lot needs to know. */
  async function factsOf(order: ProductionOrder): Promise<LotFacts> {
    const lot = await lotById(db.read, order.lotId)
    const campaign = await campaignById(db.read, order.campaignId)
    const sold = campaign && (await soldVersion(db.read, campaign))
    if (!lot || !sold) throw new Error(`order ${order.number} has no lot or style`)
    const { timeZone } = await readHouse(db.read)
    return {
      orderId: order.id,
      placement: order.placement,
      style: sold.version.spec.names,
      colourways: sold.version.spec.colourways,
      promisedAt: order.promisedAt,
      unitPrice: lot.unitPrice,
      currency: lot.currency,
      timeZone,
      buyers: await preordersOfLot(db.read, order.campaignId, order.lot),
    }
  }

  async function tellBuyers(orderId: string, news: News): Promise<void> {
    const order = await orderById(db.read, orderId)
    if (!order) throw new Error(`order ${orderId} is not there`)
    const letters = lotLetters(news, await factsOf(order)).map(notice)
    await db.write((tx) => queueLetters(tx, letters, clock.now(), engines.vault), { atomic: true })
  }

  /** When the present stage began: its first report, or the acceptance. */
  const sinceOf = (order: ProductionOrder, rows: readonly ProgressRow[], reached: MakingState): Date =>
    rows.find(({ state, outcome }) => outcome === 'applied' && state === reached)?.at ??
    order.acceptedAt ??
    order.createdAt

  async function watch(): Promise<void> {
    const now = clock.now()
    const { shippingDays } = await readTerms(db.read)
    for (const { order, leadDays } of await ordersToWatch(db.read)) {
      const rows = await progressOf(db.read, order.id, order.placement)
      const { reached } = standingAfter(rows.map(asReport))
      const past = (await orderPage(db.read, { factoryId: order.factoryId ?? '', limit: 100 })).flatMap(
        ({ acceptedAt, shippedAt }) =>
          acceptedAt && shippedAt ? [(shippedAt.getTime() - acceptedAt.getTime()) / 86_400_000] : [],
      )
      const expectedAt = expectedDelivery({
        reached,
        since: sinceOf(order, rows, reached),
        now,
        leadDays: leadDaysOf(leadDays, past),
        shippingDays,
      })
      if (expectedAt <= order.promisedAt) continue
      const letters = lotLetters({ kind: 'late', expectedAt }, await factsOf(order)).map(notice)
      await db.write(async (tx) => {
        if (!(await noticeLate(tx, order, now))) return
        await queueLetters(tx, letters, now, engines.vault)
        await outbox.emit(tx, system('production'), 'production.late', { orderId: order.id }, now)
      })
    }
  }

  /** A date that moved within its day is no news. */
  async function tellMoved(orderId: string, moved: Omit<Extract<News, { kind: 'moved' }>, 'kind'>): Promise<void> {
    const { timeZone } = await readHouse(db.read)
    if (dayIn(moved.from, timeZone) !== dayIn(moved.to, timeZone))
      await tellBuyers(orderId, { kind: 'moved', ...moved })
  }

  const reactions: Reactions = {
    'dispatch.accepted': async ({ payload }) => {
      // Called off before this letter was written: the next factory's acceptance is told, not this one.
      const offer = await offerById(db.read, payload.offerId)
      if (offer?.state === 'accepted') await tellBuyers(payload.orderId, { kind: 'accepted' })
    },
    'dispatch.called-off': async ({ payload }) => {
      const row = await cancellationById(db.read, payload.cancellationId)
      if (!row) throw new Error(`cancellation ${payload.cancellationId} is not there`)
      const { promisedBefore, promisedAfter } = row
      if (payload.follow === 'release') return tellBuyers(payload.orderId, { kind: 'released', why: row.side })
      if (promisedBefore && promisedAfter)
        await tellMoved(payload.orderId, {
          from: promisedBefore,
          to: promisedAfter,
          by: `cancellation:${row.id}`,
          after: 'factory-out',
        })
    },
    'dispatch.promise-moved': ({ payload: { orderId, allocationId, from, to } }) =>
      tellMoved(orderId, {
        from: new Date(from),
        to: new Date(to),
        by: `allocation:${allocationId}`,
        after: 'none-found',
      }),
    'dispatch.given-up': ({ payload }) => tellBuyers(payload.orderId, { kind: 'released', why: 'none-found' }),
    'production.progressed': async ({ payload }) => {
      if (payload.state === 'delivered') await tellBuyers(payload.orderId, { kind: 'delivered' })
      if (payload.state !== 'shipped') return
      const row = await progressById(db.read, payload.progressId)
      if (!row) throw new Error(`report ${payload.progressId} is not there`)
      const before = (await progressOf(db.read, row.orderId, row.placement)).filter(
        ({ state, outcome, sequence }) => state === 'shipped' && outcome === 'applied' && sequence < row.sequence,
      )
      if (!before.length) return tellBuyers(row.orderId, { kind: 'shipped', parcels: parcelsIn(row) })
      const known = new Set(before.flatMap((each) => parcelsIn(each).map(nameOf)))
      const parcels = parcelsIn(row).filter((parcel) => !known.has(nameOf(parcel)))
      if (parcels.length) await tellBuyers(row.orderId, { kind: 'more-parcels', parcels, by: row.id })
    },
    'production.sweep-due': watch,
  }

  /** A factory's answer to our request; what follows was said when it was asked. */
  const answer = (tx: Tx, actor: Actor, factory: Factory, data: Record<string, unknown>) => {
    const { cancellationId, agree, reason } = parsed(cancellationAnswerSchema, data, 'cancellations.invalid')
    const side = { side: 'factory', factoryId: factory.id } as const
    const orderId = String(data['orderId'])
    return answerCancellation(tx, context, actor, { ...side, orderId, cancellationId, agree, reason })
  }

  /** What each kind of callback does, in one transaction. */
  const handlers: Record<
    (typeof CALLBACK_TYPES)[number],
    (
      tx: Tx,
      actor: Actor,
      factory: Factory,
      data: Record<string, unknown>,
      id: string,
    ) => Promise<Record<string, unknown>>
  > = {
    'order.accepted': async (tx, actor, factory, data) => {
      const asked = parsed(acceptSchema, data, 'dispatch.answer')
      const order = await acceptOffer(tx, context, actor, { ...asked, factoryId: factory.id })
      return { orderId: order.id, state: order.state, sequence: order.sequence }
    },
    'order.declined': async (tx, actor, factory, data) => {
      const asked = parsed(declineSchema, data, 'dispatch.answer')
      const offer = await declineOffer(tx, context, actor, { ...asked, factoryId: factory.id })
      return { orderId: offer.orderId, offerId: offer.id, offer: offer.state }
    },
    'order.countered': async (tx, _actor, factory, data) => {
      const asked = parsed(counterSchema, data, 'dispatch.answer')
      const { answerHours } = await readHouse(tx)
      const offer = await counterOffer(tx, context, { ...asked, factoryId: factory.id, answerHours })
      return { orderId: offer.orderId, offerId: offer.id, offer: offer.state, answerBy: offer.answerBy.toISOString() }
    },
    // The message's id stays the same on every retry: a request that was refused meanwhile is not opened anew by one.
    'order.cancellation-asked': async (tx, actor, factory, data, id) => {
      const asked = parsed(cancellationSchema, { requestId: id, ...data }, 'cancellations.invalid')
      const side = { side: 'factory', factoryId: factory.id } as const
      return answerOf(
        await askCancellation(tx, context, actor, { ...asked, ...side, orderId: String(data['orderId']) }),
      )
    },
    'order.cancellation-agreed': async (tx, actor, factory, data) =>
      answerOf(await answer(tx, actor, factory, { ...data, agree: true })),
    'order.cancellation-refused': async (tx, actor, factory, data) =>
      answerOf(await answer(tx, actor, factory, { ...data, agree: false })),
    'order.cancellation-withdrawn': async (tx, actor, factory, data) => {
      const asked = parsed(withdrawalSchema, data, 'cancellations.invalid')
      const side = { side: 'factory', factoryId: factory.id } as const
      return answerOf(
        await withdrawCancellation(tx, context, actor, { ...asked, ...side, orderId: String(data['orderId']) }),
      )
    },
    'order.progressed': async (tx, actor, _factory, data, id) => {
      // A sender that gives no id of its own is recognised by the message's, which stays the same on every retry.
      const { orderId, ...report } = data
      return { ...(await apply(tx, actor, String(orderId), { reportId: id, ...report })) }
    },
  }

  return {
    givingUp,
    reactions,

    /**
     * How far an order is. Reports may come late, twice or in any order: the highest sequence number that does not
     * lead backwards decides, and a repeated report gets its first answer.
     * @throws Problem 404, 409 when the order is not being made, 422 naming the field
     */
    report: (actor: Actor, orderId: string, input: unknown): Promise<Reported> =>
      db.write((tx) => apply(tx, actor, orderId, input)),

    /**
     * A factory calls back: signature first, over the very bytes that came, then the act in one transaction.
     * The answer's body is for the factory's log; its status is 200.
     * @throws Problem 401 `signature.*`, 404, 409, 422
     */
    async receiveCallback({ factoryId, headers, rawBody }: Callback): Promise<Record<string, unknown>> {
      const factory = await factoryById(db.read, factoryId)
      if (!factory)
        throw problem('signature.wrong', 401, {
          en: 'No factory is known at this address. Use the callback address from your registration.',
          zh: '该回调地址没有对应的工厂，请使用登记时提供的回调地址。',
        })
      const { id } = verifyMessage(callbackKeys(engines.vault, factory, clock.now()), headers, rawBody, clock.now())
      const { type, data } = parsed(callbackSchema, readJson(rawBody), 'callbacks.invalid')
      const actor: Actor = { kind: 'factory', id: factory.id, name: factory.name }
      return db.write((tx) => handlers[type](tx, actor, factory, data, id))
    },

    /** The truth for whoever polls: where the order stands, and every report with what became of it. */
    async progress(actor: Actor, orderId: string): Promise<{ order: ProductionOrder; reports: ProgressRow[] }> {
      const order = await orderById(db.read, orderId)
      if (actor.kind !== 'factory') authorize(actor, 'factories:read')
      if (order && actor.kind === 'factory') await assertNotOut(db.read, order, actor.id)
      if (!order || (actor.kind === 'factory' && order.factoryId !== actor.id))
        throw notFound({ en: 'production order', zh: '生产订单' }, orderId)
      const placement = actor.kind === 'factory' ? order.placement : undefined
      return { order, reports: await progressOf(db.read, orderId, placement) }
    },
  }
}

const answerOf = ({ id, orderId, state }: Cancellation) => ({ orderId, cancellationId: id, cancellation: state })

const asReport = (row: Pick<ProgressRow, 'reportId' | 'state' | 'sequence'>) => ({
  reportId: row.reportId,
  state: row.state as ReportedState,
  sequence: row.sequence,
})

function readJson(rawBody: string | Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(rawBody).toString('utf8'))
  } catch {
    throw problem('callbacks.json', 400, {
      en: 'The body is not JSON. Send {"type": …, "timestamp": …, "data": {…}}.',
      zh: '请求体不是 JSON，应为 {"type": …, "timestamp": …, "data": {…}}。',
    })
  }
}
