import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { newSecret, signMessage } from '../../src/core/signature.ts'
import { DAY, newId } from '../../src/core/values.ts'
import {
  campaignBuyers,
  campaigns,
  cancellations,
  events,
  offers,
  preorders,
  productionOrders,
  progress,
} from '../../src/db/schema.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { auditOrders } from '../../src/stages/6-dispatch/ledger.ts'
import { askCancellation } from '../../src/stages/6-dispatch/cancelling.ts'
import { openDispatch, type Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import type { AllocationInputs } from '../../src/stages/6-dispatch/allocation.ts'
import { openProduction, type Production } from '../../src/stages/7-production/actions.ts'
import type { ReportedState } from '../../src/stages/6-dispatch/life.ts'
import { noticeLate } from '../../src/stages/6-dispatch/store.ts'
import { salesOf } from '../../src/stages/8-reorders/store.ts'
import { quickBriefs, register, SHIP_TO } from '../support/factories.ts'
import { countAnew, countedLot } from '../support/lots.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { receiver } from '../support/receiver.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand; dispatch: Dispatch; production: Production }>
let dispatch: Dispatch
let production: Production
const house = system('test')

beforeEach(async () => {
  line = await world({
    stages: (context) => ({
      demand: openDemand(context, { rules: [auditOrders] }),
      dispatch: openDispatch(context, { making: makingOf(context), makeBrief: quickBriefs(context) }),
      production: openProduction(context),
    }),
  })
  dispatch = line.stages.dispatch
  production = line.stages.production
  await dispatch.changeTerms(house, SHIP_TO)
})
afterEach(async () => {
  await dispatch.finishSending()
  await line.close()
})

const order = async () => (await line.db.read.select().from(productionOrders))[0]!
const asked = async () => line.db.read.select().from(cancellations).orderBy(cancellations.id)
const openOffer = async () => (await line.db.read.select().from(offers).where(eq(offers.state, 'offered')))[0]!
const eventCount = async (name: string) => line.db.read.$count(events, eq(events.name, name))
const subjects = async (to: RegExp) =>
  (await line.letters()).filter((letter) => to.test(letter.to)).map(({ subject }) => subject)
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? `${error.status} ${error.code}` : String(error)),
  )
/** A lot that one factory has accepted while another stands by. */
async function accepted(endpoint?: string) {
  const first = await register(dispatch, { name: 'First', rates: { tee: 700 }, ...(endpoint ? { endpoint } : {}) })
  const second = await register(dispatch, { name: 'Second', rates: { tee: 900 } })
  const made = await countedLot(line.context)
  await line.settle()
  const { id: orderId } = await order()
  const offer = await openOffer()
  expect(offer.factoryId).toBe(first.factory.id)
  await dispatch.accept(first.actor, { orderId, offerId: offer.id })
  await line.settle()
  return { ...made, first, second, orderId, offerId: offer.id }
}
const report = (sequence: number, state: ReportedState) => ({ reportId: `r${sequence}`, sequence, state })
const signed = (secret: string, factoryId: string, type: string, data: unknown, id: string = newId()) => {
  const rawBody = JSON.stringify({ type, timestamp: line.clock.now().toISOString(), data })
  return { factoryId, rawBody, headers: { ...signMessage([secret], id, line.clock.now(), rawBody) } }
}

test('what is listed for a factory itself is told to nobody else, and not as if there were nothing', async () => {
  for (const ask of [dispatch.openOffers, dispatch.factoryCancellations])
    for (const other of [house, anonymous])
      await expect(ask(other)).rejects.toMatchObject({ code: 'factories.portal-only', status: 403 })
})

describe('the house asks to replace the factory', () => {
  test('nothing changes until it agrees; then the next makes the same order and the first counts no more', async () => {
    const { first, second, orderId, offerId } = await accepted()
    await production.report(first.actor, { id: orderId, ...report(1, 'materials') })
    await production.report(first.actor, { id: orderId, ...report(2, 'on-hold') })
    const request = await dispatch.askCancellation(house, { id: orderId, reason: '缝制线停产', follow: 'replace' })
    await line.settle()
    expect(await order()).toMatchObject({ state: 'on-hold', factoryId: first.factory.id })
    expect(await subjects(/^first@/)).toContainEqual(expect.stringContaining('请求取消订单 PO-'))
    const before = await order()
    line.clock.advance(3 * DAY)
    await dispatch.answerCancellation(first.actor, { id: orderId, cancellationId: request.id, agree: true })
    await line.settle()
    await line.everyReactionAgain()

    const placing = await order()
    expect(placing).toMatchObject({ id: orderId, state: 'placing', placement: 2, sequence: 0, factoryId: null })
    expect(+placing.promisedAt - +before.promisedAt).toBe(3 * DAY)
    expect(await line.db.read.$count(productionOrders)).toBe(1)
    const next = await openOffer()
    expect(next).toMatchObject({ factoryId: second.factory.id, rank: 2 })
    expect(+next.shipBy - +(await line.db.read.select().from(offers).where(eq(offers.id, offerId)))[0]!.shipBy).toBe(
      3 * DAY,
    )
    const { rounds } = await dispatch.order(house, { id: orderId })
    expect(rounds.map(({ round }) => round)).toEqual([2, 1])
    const replay = await dispatch.replayAllocation(house, { id: orderId, round: 2 })
    expect(replay.again).toEqual(replay.stored)
    expect(replay.stored.find(({ factoryId }) => factoryId === first.factory.id)).toMatchObject({ rank: null })

    await dispatch.accept(second.actor, { orderId, offerId: next.id })
    await line.settle()
    expect(await codeOf(production.report(first.actor, { id: orderId, ...report(3, 'delivered') }))).toBe(
      '409 cancellations.called-off',
    )
    expect(await codeOf(production.progress(first.actor, { id: orderId }))).toBe('409 cancellations.called-off')
    expect(await codeOf(dispatch.brief(first.actor, { id: orderId }))).toBe('409 cancellations.called-off')
    expect(await codeOf(dispatch.accept(first.actor, { orderId, offerId }))).toBe('409 dispatch.offer-over')
    // The second factory counts from one, and may use the same ids.
    expect(await production.report(second.actor, { id: orderId, ...report(1, 'materials') })).toMatchObject({
      outcome: 'applied',
    })
    await production.report(second.actor, { id: orderId, ...report(2, 'shipped') })
    await production.report(second.actor, { id: orderId, ...report(3, 'delivered') })
    await line.settle()
    expect(await order()).toMatchObject({ state: 'delivered', sequence: 3, factoryId: second.factory.id })
    expect((await line.db.read.select().from(preorders)).map(({ state }) => state)).toEqual(['in-lot', 'in-lot'])
    expect(await line.db.read.$count(progress)).toBe(5)
    expect((await subjects(/^buyer1@/)).map((subject) => subject.split(':')[0]).sort()).toEqual([
      'Another factory makes it now',
      'Another factory, a later date',
      'At our warehouse',
      'Being made now',
      'It has left the factory',
    ])
  })

  test('the first factory’s file links end with it', async () => {
    const { first, orderId } = await accepted()
    const { files } = await dispatch.brief(first.actor, { id: orderId })
    const url = new URL(files[0]!.url!)
    const fetched = () =>
      codeOf(
        dispatch.briefFile(anonymous, {
          orderId,
          name: decodeURIComponent(url.pathname.split('/').at(-1)!),
          expires: url.searchParams.get('expires')!,
          signature: url.searchParams.get('signature')!,
        }),
      )
    expect(await fetched()).toBe('done')
    const request = await dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'replace' })
    await dispatch.answerCancellation(first.actor, { id: orderId, cancellationId: request.id, agree: true })
    await line.settle()
    expect(await fetched()).toBe('403 brief.link')
  })

  test('a refusal leaves the order as it is, and a late yes changes nothing', async () => {
    const { first, orderId } = await accepted()
    const request = await dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'release' })
    const answer = (agree: boolean, reason?: string) =>
      dispatch.answerCancellation(first.actor, { id: orderId, cancellationId: request.id, agree, reason })
    expect(await codeOf(answer(false))).toBe('422 cancellations.invalid')
    expect(await answer(false, 'already cut')).toMatchObject({ state: 'refused', answer: 'already cut' })
    expect(await answer(false, 'already cut')).toMatchObject({ state: 'refused' })
    expect(await codeOf(answer(true))).toBe('409 cancellations.over')
    expect(await order()).toMatchObject({ state: 'accepted', factoryId: first.factory.id, placement: 1 })
    expect(await eventCount('dispatch.cancellation-answered')).toBe(1)
    // It may be asked again.
    expect((await dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'release' })).id).not.toBe(
      request.id,
    )
  })

  test('asked twice at once it is one request; with other words it waits for the first', async () => {
    const { orderId } = await accepted()
    const ask = (reason: string) => dispatch.askCancellation(house, { id: orderId, reason, follow: 'replace' })
    const both = await Promise.all([ask('x'), ask('x')])
    expect(both[0].id).toBe(both[1].id)
    expect(await codeOf(ask('y'))).toBe('409 cancellations.open')
    expect(await asked()).toHaveLength(1)
    expect(await dispatch.withdrawCancellation(house, { id: orderId, cancellationId: both[0].id })).toMatchObject({
      state: 'withdrawn',
    })
    expect((await order()).state).toBe('accepted')
    expect((await ask('y')).state).toBe('asked')
  })

  test('agreed to twice at once, it is called off once', async () => {
    const { first, orderId } = await accepted()
    const request = await dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'replace' })
    const agree = () =>
      dispatch.answerCancellation(first.actor, { id: orderId, cancellationId: request.id, agree: true })
    const both = await Promise.all([agree(), agree()])
    expect(both.map(({ state }) => state)).toEqual(['agreed', 'agreed'])
    await line.settle()
    expect(await agree()).toMatchObject({ state: 'agreed' })
    expect(await order()).toMatchObject({ placement: 2 })
    expect(await eventCount('dispatch.called-off')).toBe(1)
  })

  test('goes to its endpoint signed, and is taken back there; undelivered, neither is sent', async () => {
    await using endpoint = await receiver()
    const { orderId } = await accepted(endpoint.url)
    const ask = () => dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'replace' })
    const unheard = await ask()
    await dispatch.withdrawCancellation(house, { id: orderId, cancellationId: unheard.id })
    const heard = await ask()
    await line.settle()
    await dispatch.withdrawCancellation(house, { id: orderId, cancellationId: heard.id, reason: 'mended' })
    await line.settle()
    const sent = endpoint.received.slice(2).map(({ json }) => json)
    expect(sent.map(({ type }) => type)).toEqual(['production.cancellation-asked', 'production.cancellation-over'])
    expect(sent[0]!.data).toMatchObject({ orderId, cancellationId: heard.id, reason: 'x' })
    expect(sent[1]!.data).toMatchObject({ cancellationId: heard.id, state: 'withdrawn', reason: 'mended' })
  })
})

describe('the factory says that it cannot make it', () => {
  test('by a signed callback, retried after our no without opening it anew; a wrong signature is refused', async () => {
    const { first, orderId } = await accepted()
    const callback = (secret: string, id?: string) =>
      signed(secret, first.factory.id, 'order.cancellation-asked', { orderId, reason: 'machines broke down' }, id)
    expect(await codeOf(dispatch.receiveCallback(callback(newSecret())))).toBe('401 signature.wrong')
    expect(await asked()).toHaveLength(0)
    const answer = await dispatch.receiveCallback(callback(first.secret, 'msg_1'))
    expect(answer).toMatchObject({ orderId, cancellation: 'asked' })
    expect(await dispatch.receiveCallback(callback(first.secret, 'msg_1'))).toEqual(answer)
    const [request] = await asked()
    expect(
      await codeOf(dispatch.answerCancellation(first.actor, { id: orderId, cancellationId: request!.id, agree: true })),
    ).toBe('409 cancellations.own')
    expect(
      await codeOf(dispatch.answerCancellation(house, { id: orderId, cancellationId: request!.id, agree: true })),
    ).toBe('422 cancellations.follow')
    await dispatch.answerCancellation(house, {
      id: orderId,
      cancellationId: request!.id,
      agree: false,
      reason: 'a mechanic is on the way',
    })
    expect(await dispatch.receiveCallback(callback(first.secret, 'msg_1'))).toMatchObject({ cancellation: 'refused' })
    expect(await asked()).toHaveLength(1)
    expect((await order()).state).toBe('accepted')
  })

  test('and the house gives the lot to the next; giving up counts as a late order of that factory', async () => {
    const { first, second, orderId } = await accepted()
    await dispatch.askCancellation(first.actor, { id: orderId, reason: 'x' })
    const [request] = await asked()
    await dispatch.answerCancellation(house, {
      id: orderId,
      cancellationId: request!.id,
      agree: true,
      follow: 'replace',
    })
    await line.settle()
    expect((await openOffer()).factoryId).toBe(second.factory.id)
    const inputs = (await dispatch.order(house, { id: orderId })).rounds[0]!.inputs as unknown as AllocationInputs
    expect(inputs.excluded).toEqual([first.factory.id])
    const known = inputs.factories.find(({ id }) => id === first.factory.id)
    expect(known?.history).toMatchObject({ done: 1, late: 1 })
    expect(await dispatch.askCancellation(first.actor, { id: orderId, reason: 'x' })).toMatchObject({ state: 'agreed' })
  })

  test('and thinks better of it: taken back as often as it likes, while nobody has answered; the house reads why', async () => {
    const { first, second, orderId } = await accepted()
    const callback = (type: string, data: object, id: string) =>
      dispatch.receiveCallback(signed(first.secret, first.factory.id, type, { orderId, ...data }, id))
    const ask = (id: string) => callback('order.cancellation-asked', { reason: 'no thread' }, id)
    const { cancellationId } = await ask('m1')
    const withdraw = () =>
      callback('order.cancellation-withdrawn', { cancellationId, reason: 'the thread has come' }, 'm2')
    expect(
      await codeOf(
        dispatch.withdrawCancellation(second.actor, { id: orderId, cancellationId: cancellationId as string }),
      ),
    ).toMatch(/^404/)
    expect(
      await codeOf(dispatch.withdrawCancellation(house, { id: orderId, cancellationId: cancellationId as string })),
    ).toBe('409 cancellations.own')
    expect(await withdraw()).toEqual({ orderId, cancellationId, cancellation: 'withdrawn' })
    expect(await withdraw()).toEqual({ orderId, cancellationId, cancellation: 'withdrawn' })
    expect(await asked()).toEqual([
      expect.objectContaining({
        state: 'withdrawn',
        answer: 'the thread has come',
        answeredBy: expect.stringMatching(/^factory/),
      }),
    ])
    expect(await eventCount('dispatch.cancellation-answered')).toBe(1)
    expect(await order()).toMatchObject({ state: 'accepted', factoryId: first.factory.id, placement: 1 })
    const late = { cancellationId: cancellationId as string, agree: true, follow: 'release' } as const
    expect(await codeOf(dispatch.answerCancellation(house, { id: orderId, ...late }))).toBe('409 cancellations.over')
    // A retry of the asking does not ask anew; another wish does, and once answered it cannot be taken back.
    expect(await ask('m1')).toMatchObject({ cancellation: 'withdrawn' })
    const again = await ask('m3')
    expect(again).toMatchObject({ cancellation: 'asked' })
    const which = { cancellationId: again['cancellationId'] as string }
    await dispatch.answerCancellation(house, { id: orderId, ...which, agree: false, reason: 'please make it' })
    expect(await codeOf(dispatch.withdrawCancellation(first.actor, { id: orderId, ...which }))).toBe(
      '409 cancellations.over',
    )
  })

  test('taken back at the moment the house agrees, it is the one or the other', async () => {
    const { first, orderId } = await accepted()
    const { id: cancellationId } = await dispatch.askCancellation(first.actor, { id: orderId, reason: 'x' })
    const [withdrawn, agreed] = await Promise.allSettled([
      dispatch.withdrawCancellation(first.actor, { id: orderId, cancellationId }),
      dispatch.answerCancellation(house, { id: orderId, cancellationId, agree: true, follow: 'release' }),
    ])
    expect([withdrawn.status, agreed.status].sort()).toEqual(['fulfilled', 'rejected'])
    expect((await order()).state).toBe(agreed.status === 'fulfilled' ? 'cancelled' : 'accepted')
  })

  test('and does not take the house’s request back; whoever works by letter is written that it is over', async () => {
    const { first, orderId } = await accepted()
    const { id: cancellationId } = await dispatch.askCancellation(house, {
      id: orderId,
      reason: 'x',
      follow: 'replace',
    })
    expect(await codeOf(dispatch.withdrawCancellation(first.actor, { id: orderId, cancellationId }))).toBe(
      '409 cancellations.own',
    )
    const withdraw = () => dispatch.withdrawCancellation(house, { id: orderId, cancellationId, reason: '已解决' })
    expect(await Promise.all([withdraw(), withdraw()])).toEqual([
      expect.objectContaining({ state: 'withdrawn' }),
      expect.objectContaining({ state: 'withdrawn' }),
    ])
    await line.settle()
    expect((await subjects(/^first@/)).filter((subject) => /继续/.test(subject))).toEqual([
      expect.stringContaining('已撤回取消请求'),
    ])
  })

  test('while the house asks too: both want it, and that is an agreement', async () => {
    const { first, orderId } = await accepted()
    await dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'replace' })
    const data = { orderId, reason: 'y' }
    const callback = signed(first.secret, first.factory.id, 'order.cancellation-asked', data)
    expect(await dispatch.receiveCallback(callback)).toMatchObject({ cancellation: 'agreed' })
    expect(await asked()).toHaveLength(1)
    expect(await order()).toMatchObject({ state: 'placing' })
  })
})

test('an order called off while somebody found it late is not noted late for the next factory', async () => {
  const { first, orderId } = await accepted()
  const seen = await order()
  const request = await dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'replace' })
  await dispatch.answerCancellation(first.actor, { id: orderId, cancellationId: request.id, agree: true })
  const notice = (found: typeof seen) => line.db.write((tx) => noticeLate(tx, found, line.clock.now()))
  expect(await notice(seen)).toBe(false)
  expect(await notice(await order()), 'nobody makes it').toBe(false)
  expect((await order()).lateNoticedAt).toBeNull()
})

describe('released', () => {
  test('the lot’s buyers are told why in their language, pay nothing and leave every count; the ledger holds', async () => {
    const { first, orderId, campaignId } = await accepted()
    const request = await dispatch.askCancellation(house, {
      id: orderId,
      reason: 'collar pattern is wrong',
      follow: 'release',
    })
    const callback = signed(first.secret, first.factory.id, 'order.cancellation-agreed', {
      orderId,
      cancellationId: request.id,
    })
    expect(await dispatch.receiveCallback(callback)).toMatchObject({ cancellation: 'agreed' })
    await line.settle()
    await line.everyReactionAgain()
    expect(await order()).toMatchObject({ state: 'cancelled', factoryId: first.factory.id })
    expect(await line.db.read.select().from(preorders)).toEqual([
      expect.objectContaining({ state: 'released', lot: 1 }),
      expect.objectContaining({ state: 'released', lot: 1 }),
    ])
    const [campaign] = await line.db.read.select().from(campaigns).where(eq(campaigns.id, campaignId))
    expect(campaign).toMatchObject({ totalUnits: 0, lotUnits: 0 })
    expect((await line.db.read.select().from(campaignBuyers)).map(({ units }) => units)).toEqual([0, 0])
    expect(await line.stages.demand.audit(house, { repair: false })).toEqual([])
    expect(await salesOf(line.db.read, campaignId)).toEqual([])
    const told = (await line.letters()).filter(({ subject }) => /预订已取消|pre-order released/.test(subject))
    expect(told.map(({ to }) => to).sort()).toEqual(['buyer0@example.com', 'buyer1@example.com'])
    expect(told.every(({ text }) => /无需支付任何费用|you pay nothing/.test(text))).toBe(true)
    expect(await codeOf(production.report(first.actor, { id: orderId, ...report(1, 'materials') }))).toBe(
      '409 cancellations.called-off',
    )
    expect(await codeOf(production.report(house, { id: orderId, ...report(1, 'materials') }))).toBe(
      '409 production.cancelled',
    )
    expect(await line.db.read.$count(progress)).toBe(0)
  })
})

test('a lot frozen after another was called off costs its buyers no more than they were shown', async () => {
  const { first, orderId, campaignId } = await accepted()
  const now = line.clock.now()
  const [like] = await line.db.read.select().from(preorders)
  await line.db.write(async (tx) => {
    await tx
      .insert(preorders)
      .values({
        ...like!,
        id: newId(),
        buyerKey: 'b9',
        state: 'confirmed',
        lot: 2,
        shownPrice: 4990,
        confirmedAt: now,
      })
      .returning({ id: preorders.id })
    await tx
      .insert(campaignBuyers)
      .values({ campaignId, buyerKey: 'b9', units: like!.units, lotUnits: like!.units })
      .returning({ key: campaignBuyers.buyerKey })
    await tx
      .update(campaigns)
      .set({ lotUnits: like!.units, lotBuyers: 1, totalUnits: 40 + like!.units })
      .where(eq(campaigns.id, campaignId))
      .returning({ id: campaigns.id })
  })
  await countAnew(line.context)
  const request = await dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'release' })
  await dispatch.answerCancellation(first.actor, { id: orderId, cancellationId: request.id, agree: true })
  expect(await line.stages.demand.audit(house, { repair: false })).toEqual([])
  const lot = await line.db.write((tx) => freezeLot(tx, line.context, { campaignId, number: 2, reason: 'reorder' }))
  expect(lot).toMatchObject({ number: 2, units: like!.units, unitPrice: 4990 })
})

describe('an order that has shipped', () => {
  test('cannot be called off, by neither side, and ends a request that was open', async () => {
    const { first, orderId } = await accepted()
    const request = await dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'replace' })
    await production.report(first.actor, { id: orderId, ...report(1, 'shipped') })
    expect(await asked()).toEqual([expect.objectContaining({ state: 'withdrawn', answer: 'shipped' })])
    const answer = { cancellationId: request.id, agree: true }
    expect(await codeOf(dispatch.answerCancellation(first.actor, { id: orderId, ...answer }))).toBe(
      '409 cancellations.over',
    )
    expect(await codeOf(dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'replace' }))).toBe(
      '409 cancellations.shipped',
    )
    expect(await codeOf(dispatch.askCancellation(first.actor, { id: orderId, reason: 'x' }))).toBe(
      '409 cancellations.shipped',
    )
    expect((await order()).state).toBe('shipped')
  })

  test('at the moment the factory agrees is either shipped or called off, never both', async () => {
    const { first, orderId } = await accepted()
    const { id } = await dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'release' })
    const [shipped, agreed] = await Promise.allSettled([
      production.report(first.actor, { id: orderId, ...report(1, 'shipped') }),
      dispatch.answerCancellation(first.actor, { id: orderId, cancellationId: id, agree: true }),
    ])
    const [{ state }, [request], lots] = [await order(), await asked(), await line.db.read.select().from(preorders)]
    expect([shipped.status, agreed.status].sort()).toEqual(['fulfilled', 'rejected'])
    expect([state, ...new Set(lots.map((row) => row.state))]).toEqual(
      agreed.status === 'fulfilled' ? ['cancelled', 'released'] : ['shipped', 'in-lot'],
    )
    expect(request!.state === 'agreed').toBe(agreed.status === 'fulfilled')
    expect(await line.stages.demand.audit(house, { repair: false })).toEqual([])
  })
})

test('asked for in the very instant of shipping, it is refused or ended by the shipping: none stays open', async () => {
  const { first, orderId } = await accepted()
  const open: string[] = []
  for (let round = 0; round < 12; round++) {
    const before = { state: 'quality-check', sequence: 0, shippedAt: null } as const
    await line.db.write(async (tx) => {
      await tx.delete(progress).returning({ id: progress.id })
      await tx.update(productionOrders).set(before).returning({ id: productionOrders.id })
    })
    const ask = () =>
      round % 2
        ? dispatch.askCancellation(first.actor, { id: orderId, reason: `round ${round}`, requestId: `q${round}` })
        : dispatch.askCancellation(house, { id: orderId, reason: `round ${round}`, follow: 'replace' })
    const ship = () => production.report(first.actor, { id: orderId, ...report(1, 'shipped') })
    const [shipped, request] = await Promise.allSettled([ship(), ask()])
    expect(shipped.status).toBe('fulfilled')
    if (request.status === 'rejected')
      expect(await codeOf(Promise.reject(request.reason))).toBe('409 cancellations.shipped')
    open.push(...(await asked()).filter(({ state }) => state === 'asked').map(({ reason }) => reason))
  }
  expect((await order()).state).toBe('shipped')
  expect(open).toEqual([])
}, 60_000)

test('a request that is being stored while the order ships is ended by the shipping, whoever commits first', async () => {
  const { first, orderId } = await accepted()
  let stored = () => {}
  const isStored = new Promise<void>((resolve) => (stored = resolve))
  const asking = line.db.write(
    async (tx) => {
      const side = { side: 'factory', factoryId: first.factory.id } as const
      await askCancellation(tx, line.context, first.actor, { ...side, orderId, reason: 'x' })
      stored()
      if (line.db.dialect === 'postgres') await new Promise((resolve) => setTimeout(resolve, 300))
    },
    { atomic: true },
  )
  // The embedded database has one writer: there the order can only ship once the request is stored whole.
  await (line.db.dialect === 'postgres' ? isStored : asking)
  await Promise.all([asking, production.report(first.actor, { id: orderId, ...report(1, 'shipped') })])
  expect((await order()).state).toBe('shipped')
  expect((await asked()).map(({ state, answer }) => [state, answer])).toEqual([['withdrawn', 'shipped']])
})

test('somebody else’s order, or one nobody has accepted, is not there to be called off', async () => {
  const { second, orderId } = await accepted()
  expect(await codeOf(dispatch.askCancellation(second.actor, { id: orderId, reason: 'x' }))).toMatch(/^404/)
  const request = await dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'replace' })
  expect(
    await codeOf(dispatch.answerCancellation(second.actor, { id: orderId, cancellationId: request.id, agree: true })),
  ).toMatch(/^404/)
  await dispatch.answerCancellation(house, { id: orderId, cancellationId: request.id, agree: true })
  expect(await codeOf(dispatch.askCancellation(house, { id: orderId, reason: 'x', follow: 'replace' }))).toBe(
    '409 cancellations.not-accepted',
  )
})
