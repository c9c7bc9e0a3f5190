import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system, type Actor } from '../../src/core/actor.ts'
import { sha256 } from '../../src/core/canonical.ts'
import { verifyMessage } from '../../src/core/signature.ts'
import { DAY, HOUR, MINUTE } from '../../src/core/values.ts'
import { campaigns, deliveries, events, lots, offers, productionOrders, styleVersions } from '../../src/db/schema.ts'
import { briefSchema, readLabel, type BriefOrder } from '../../src/garments/index.ts'
import { openDispatch, type Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { expireOverdue } from '../../src/stages/6-dispatch/offers.ts'
import { quickBriefs, register, SHIP_TO } from '../support/factories.ts'
import { frozenLot } from '../support/lots.ts'
import { receiver, type Receiver } from '../support/receiver.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ dispatch: Dispatch }>
let dispatch: Dispatch
const house = system('test')

beforeEach(async () => {
  line = await world({
    stages: (context) => ({
      dispatch: openDispatch(context, { making: makingOf(context), makeBrief: quickBriefs(context) }),
    }),
  })
  dispatch = line.stages.dispatch
  await dispatch.changeTerms(house, SHIP_TO)
})
afterEach(async () => {
  await dispatch.finishSending()
  await line.close()
})

const order = async () => (await line.db.read.select().from(productionOrders))[0]!
const offersMade = () => line.db.read.select().from(offers).orderBy(offers.rank)
const eventNames = async () =>
  (await line.db.read.select({ name: events.name }).from(events).orderBy(events.id)).map(({ name }) => name)
const as = (factory: { id: string }): Actor => ({ kind: 'factory', id: factory.id, name: 'F' })
const sweep = async () => {
  await dispatch.reactions['dispatch.sweep-due']!({
    id: 'sweep',
    name: 'dispatch.sweep-due',
    payload: { window: 'now' },
    at: line.clock.now(),
  })
  await line.settle()
}
describe('a frozen lot', () => {
  test('becomes one production order, offered once, however often its reaction runs', async () => {
    await using endpoint = await receiver()
    await register(dispatch, { endpoint: endpoint.url })
    const { lot, hash } = await frozenLot(line.context)
    await line.settle()
    await line.everyReactionAgain()
    await Promise.all([line.everyReactionAgain(), line.everyReactionAgain()])
    expect(await line.db.read.$count(productionOrders)).toBe(1)
    expect(await line.db.read.$count(offers)).toBe(1)
    expect(endpoint.types()).toEqual(['factory.ping', 'production.offered'])
    expect(await order()).toMatchObject({
      number: 'PO-26-0001',
      lotId: lot.id,
      lot: 1,
      units: 40,
      state: 'placing',
      styleHash: hash,
      factoryId: null,
    })
  })

  test('that sold before its details were drawn has close-ups in its brief all the same, labelled', async () => {
    const pictures = { contentProducer: '001191440300MA5EXAMPLE', c2pa: undefined, sizePx: 160 }
    const seen: BriefOrder[] = []
    await using w = await world({
      stages: (context) => ({
        dispatch: openDispatch(context, {
          making: makingOf(context),
          pictures,
          makeBrief: (input) => {
            seen.push(input)
            return quickBriefs(context)(input)
          },
        }),
      }),
    })
    await w.stages.dispatch.changeTerms(house, SHIP_TO)
    await register(w.stages.dispatch, {})
    await frozenLot(w.context)
    await w.settle()
    const { details = [] } = (await seen[0]?.pictures) ?? {}
    expect(details).toHaveLength(3)
    for (const bytes of details)
      expect(await readLabel(Buffer.from(bytes))).toMatchObject({ visible: { present: true } })
    const [version] = await w.db.read.select().from(styleVersions)
    expect(version!.pictures.filter(({ view }) => view.startsWith('detail-'))).toEqual([])
    expect(w.complaints).toEqual([])
  })

  test('is not offered to a factory whose last capacity another lot takes at the same moment', async () => {
    const small = await register(dispatch, { name: 'Small', rates: { tee: 700 }, weeklyCapacity: 10 })
    const large = await register(dispatch, { name: 'Large', rates: { tee: 900 } })
    await frozenLot(line.context)
    await frozenLot(line.context)
    await line.settle()
    const asked = (await line.db.read.select().from(offers)).map(({ factoryId }) => factoryId)
    expect(asked.sort()).toEqual([small.factory.id, large.factory.id].sort())
  })

  test('is not offered to a factory that has filled up since the ranking', async () => {
    const first = await register(dispatch, { name: 'First', rates: { tee: 700 }, weeklyCapacity: 10 })
    const second = await register(dispatch, { name: 'Second', rates: { tee: 800 }, weeklyCapacity: 10 })
    await frozenLot(line.context)
    await line.settle()
    const waiting = await order()
    await frozenLot(line.context)
    await line.settle()
    const [own, other] = await line.db.read.select().from(offers).orderBy(offers.id)
    expect([own!.factoryId, other!.factoryId]).toEqual([first.factory.id, second.factory.id])
    await dispatch.decline(first.actor, { orderId: waiting.id, offerId: own!.id, reason: 'full' })
    await line.settle()
    expect(await line.db.read.$count(offers)).toBe(2)
    expect((await dispatch.order(house, { id: waiting.id })).order.state).toBe('unplaced')
  })

  test('gets the next number of the year', async () => {
    await register(dispatch, {})
    await frozenLot(line.context)
    await frozenLot(line.context)
    await line.settle()
    const numbers = (await dispatch.listOrders(house, { limit: 10 })).map(({ number }) => number)
    expect(numbers).toEqual(['PO-26-0002', 'PO-26-0001'])
  })

  test('is described by a complete brief whose quantities are the lot and whose files are behind working links', async () => {
    await using endpoint = await receiver()
    const { factory } = await register(dispatch, { endpoint: endpoint.url, rates: { tee: 800 } })
    const { lot, hash } = await frozenLot(line.context)
    await line.settle()
    const { data } = endpoint.received.at(-1)!.json
    const brief = briefSchema.parse(data['brief'])
    expect(brief.order).toMatchObject({
      number: 'PO-26-0001',
      totalUnits: 40,
      price: { basis: 'cmt', unit: 800, total: 32_000 },
      shipTo: SHIP_TO.shipTo,
      quantities: lot.quantities.map(({ size, colourway, quantity }) => ({ size, colourway, units: quantity })),
    })
    expect(brief.style.hash).toMatchObject({ approved: hash, sold: hash, sent: hash })
    for (const file of brief.files.slice(0, 4)) {
      const url = new URL(file.url!)
      const name = decodeURIComponent(url.pathname.split('/').at(-1)!)
      const [expires, signature] = [url.searchParams.get('expires')!, url.searchParams.get('signature')!]
      const { id } = await order()
      const fetched = await dispatch.briefFile(anonymous, { orderId: id, name, expires, signature })
      expect(sha256(fetched.bytes)).toBe(file.sha256)
      expect(fetched.mime).toBe(file.mime)
      await expect(
        dispatch.briefFile(anonymous, { orderId: id, name: 'other.pdf', expires, signature }),
      ).rejects.toMatchObject({ status: 403 })
      await expect(
        dispatch.briefFile(anonymous, { orderId: id, name, expires: `${expires}0`, signature }),
      ).rejects.toMatchObject({ status: 403 })
    }
    const { id } = await order()
    expect((await dispatch.brief(as(factory), { id })).id).toBe(brief.id)
    await expect(dispatch.brief(as({ id: 'another' }), { id })).rejects.toMatchObject({ status: 404 })
    line.clock.advance(15 * DAY)
    const url = new URL(brief.files[0]!.url!)
    await expect(
      dispatch.briefFile(anonymous, {
        orderId: id,
        name: brief.files[0]!.name,
        expires: url.searchParams.get('expires')!,
        signature: url.searchParams.get('signature')!,
      }),
    ).rejects.toMatchObject({ code: 'brief.link-expired', status: 410 })
  })

  test('waits when the ship-to address is missing, names it, and goes out by itself once it is there', async () => {
    await using endpoint = await receiver()
    await register(dispatch, { endpoint: endpoint.url })
    await dispatch.changeTerms(house, { shipTo: undefined })
    await frozenLot(line.context)
    await line.settle()
    expect(endpoint.types()).toEqual(['factory.ping'])
    expect(line.complaints.join(' ')).toMatch(/ship-to address/i)
    await dispatch.changeTerms(house, SHIP_TO)
    line.clock.advance(6 * MINUTE)
    await sweep()
    expect(endpoint.types()).toEqual(['factory.ping', 'production.offered'])
  })
})

describe('approved = sold = sent', () => {
  const refusedWith = async (spoil: () => Promise<unknown>) => {
    await using endpoint = await receiver()
    await register(dispatch, { endpoint: endpoint.url })
    await spoil()
    await line.settle()
    expect(endpoint.types()).toEqual(['factory.ping'])
    expect(await line.db.read.$count(offers)).toBe(0)
    const stuck = await line.db.read.select().from(deliveries).where(eq(deliveries.state, 'due'))
    expect(stuck.map(({ lastError }) => lastError).join(' ')).toMatch(/dispatch\.identity/)
  }
  test('a lot of a style that was approved otherwise is not sent', () =>
    refusedWith(() => frozenLot(line.context, { approvedHash: 'f'.repeat(64) })))
  test('a style that was changed after it was sold is not sent', () =>
    refusedWith(async () => {
      const { styleId } = await frozenLot(line.context)
      const [version] = await line.db.read.select().from(styleVersions)
      const spec = { ...version!.spec, seed: version!.spec.seed + 1 }
      await line.db.write((tx) =>
        tx.update(styleVersions).set({ spec }).where(eq(styleVersions.styleId, styleId)).returning(),
      )
    }))
  test('a lot whose hash is not the campaign’s is not sent', () =>
    refusedWith(async () => {
      const { lot } = await frozenLot(line.context)
      await line.db.write((tx) =>
        tx
          .update(lots)
          .set({ styleHash: 'e'.repeat(64) })
          .where(eq(lots.id, lot.id))
          .returning(),
      )
    }))
  test('a campaign that claims another hash is not sent', () =>
    refusedWith(async () => {
      const { campaignId } = await frozenLot(line.context)
      await line.db.write((tx) =>
        tx
          .update(campaigns)
          .set({ styleHash: 'd'.repeat(64) })
          .where(eq(campaigns.id, campaignId))
          .returning(),
      )
    }))
})

describe('an offer', () => {
  let first: Receiver
  let second: Receiver
  let cheap: { id: string }
  let dear: { id: string }
  beforeEach(async () => {
    ;[first, second] = [await receiver(), await receiver()]
    cheap = (await register(dispatch, { name: 'Cheap', endpoint: first.url, rates: { tee: 700 } })).factory
    dear = (await register(dispatch, { name: 'Dear', endpoint: second.url, rates: { tee: 850 } })).factory
    await frozenLot(line.context)
    await line.settle()
  })
  afterEach(async () => {
    await first.close()
    await second.close()
  })
  const current = async () => {
    const { id } = await order()
    const offer = (await offersMade()).at(-1)!
    return { orderId: id, offerId: offer.id }
  }

  test('goes to the best in rank and is accepted once, however often it is said', async () => {
    const asked = await current()
    expect(await offersMade()).toMatchObject([{ factoryId: cheap.id, rank: 1, price: 700, state: 'offered' }])
    const answers = await Promise.all([1, 2, 3].map(() => dispatch.accept(as(cheap), asked)))
    expect(answers.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted'])
    await line.everyReactionAgain()
    expect(await order()).toMatchObject({ state: 'accepted', factoryId: cheap.id, agreedPrice: 700 })
    expect((await eventNames()).filter((name) => name === 'dispatch.accepted')).toHaveLength(1)
    expect(second.types()).toEqual(['factory.ping'])
  })

  test('answered 2xx by the endpoint is delivered, not accepted', async () => {
    expect(first.types()).toEqual(['factory.ping', 'production.offered'])
    expect(await order()).toMatchObject({ state: 'placing' })
  })

  test('declined with a reason goes to the next in rank', async () => {
    const asked = await current()
    await dispatch.decline(as(cheap), { ...asked, reason: 'no jersey before December' })
    await line.settle()
    await line.everyReactionAgain()
    expect(await offersMade()).toMatchObject([
      { factoryId: cheap.id, state: 'declined', reason: 'no jersey before December' },
      { factoryId: dear.id, rank: 2, price: 850, state: 'offered' },
    ])
    expect(second.types()).toEqual(['factory.ping', 'production.offered'])
    await expect(dispatch.accept(as(cheap), asked)).rejects.toMatchObject({ code: 'dispatch.offer-over', status: 409 })
  })

  test('left unanswered expires at its deadline, is called off, and a late answer is told so', async () => {
    const asked = await current()
    line.clock.advance(24 * HOUR - 1)
    await sweep()
    expect(await offersMade()).toMatchObject([{ state: 'offered' }])
    line.clock.advance(2)
    await expect(dispatch.accept(as(cheap), asked)).rejects.toMatchObject({ code: 'dispatch.offer-over', status: 409 })
    await sweep()
    await line.everyReactionAgain()
    expect(await offersMade()).toMatchObject([{ state: 'expired' }, { factoryId: dear.id, state: 'offered' }])
    expect(first.types()).toEqual(['factory.ping', 'production.offered', 'production.over'])
    await expect(dispatch.accept(as(cheap), asked)).rejects.toMatchObject({
      code: 'dispatch.offer-over',
      text: { en: expect.stringContaining('has expired'), zh: expect.stringContaining('已过期') },
    })
  })

  test('that nobody takes leaves the order unplaced; "try again" asks everybody anew', async () => {
    for (const factory of [cheap, dear]) {
      await dispatch.decline(as(factory), { ...(await current()), reason: 'full' })
      await line.settle()
    }
    await line.everyReactionAgain()
    expect(await order()).toMatchObject({ state: 'unplaced' })
    expect((await eventNames()).filter((name) => name === 'dispatch.unplaced')).toHaveLength(1)
    const { id } = await order()
    await dispatch.retryUnplaced(house, { id })
    await line.everyReactionAgain()
    expect(await offersMade()).toMatchObject([
      { factoryId: cheap.id, rank: 1, state: 'declined' },
      { factoryId: dear.id, rank: 2, state: 'declined' },
      { factoryId: cheap.id, rank: 3, state: 'offered' },
    ])
    await expect(dispatch.retryUnplaced(house, { id })).rejects.toMatchObject({ code: 'dispatch.not-unplaced' })
    await dispatch.accept(as(cheap), await current())
    expect(await order()).toMatchObject({ state: 'accepted' })
  })

  test('countered waits for a merchandiser, who may agree to the other price and date', async () => {
    const asked = await current()
    const shipBy = new Date(line.clock.now().getTime() + 25 * DAY).toISOString()
    await dispatch.counter(as(cheap), { ...asked, price: 790, shipBy, note: 'double shifts' })
    await dispatch.counter(as(cheap), { ...asked, price: 790, shipBy, note: 'double shifts' })
    expect(await order()).toMatchObject({ state: 'placing' })
    expect(await dispatch.agreed(as(cheap), { id: asked.orderId })).toBeUndefined()
    await dispatch.settleCounter(house, { ...asked, accept: true })
    // What was agreed, to the factory and to the house; what was offered stays in the brief as it was sent.
    const agreed = await dispatch.agreed(as(cheap), { id: asked.orderId })
    expect(agreed).toMatchObject({ unit: 790, shipBy: new Date(shipBy) })
    expect(await dispatch.agreed(house, { id: asked.orderId })).toEqual(agreed)
    await line.settle()
    expect(await order()).toMatchObject({ state: 'accepted', factoryId: cheap.id, agreedPrice: 790 })
    expect((await offersMade())[0]).toMatchObject({ state: 'accepted', price: 790, shipBy: new Date(shipBy) })
    expect(first.types()).toEqual(['factory.ping', 'production.offered', 'production.agreed'])
  })

  test('countered and turned down goes to the next; a counter-offer nobody answers expires', async () => {
    await dispatch.counter(as(cheap), { ...(await current()), price: 99_999 })
    await dispatch.settleCounter(house, { ...(await current()), accept: false, reason: 'too dear' })
    await line.settle()
    expect(await offersMade()).toMatchObject([{ state: 'declined', reason: 'too dear' }, { factoryId: dear.id }])
    await dispatch.counter(as(dear), { ...(await current()), price: 99_999 })
    line.clock.advance(24 * HOUR)
    await sweep()
    expect(await order()).toMatchObject({ state: 'unplaced' })
  })

  test('countered in the moment its time runs out keeps its new deadline, whatever the sweep has read', async () => {
    const { offerId } = await current()
    await dispatch.counter(as(cheap), { ...(await current()), price: 99_999 })
    expect(await line.db.write((tx) => expireOverdue(tx, line.context, offerId))).toBe(false)
    expect((await offersMade())[0]).toMatchObject({ state: 'countered' })
    line.clock.advance(24 * HOUR)
    expect(await line.db.write((tx) => expireOverdue(tx, line.context, offerId))).toBe(true)
  })

  test('cannot be answered by another factory, nor with nothing in a counter-offer', async () => {
    const asked = await current()
    await expect(dispatch.accept(as(dear), asked)).rejects.toMatchObject({ status: 404 })
    await expect(dispatch.counter(as(cheap), asked)).rejects.toMatchObject({ status: 422, extra: { field: 'price' } })
    await expect(dispatch.decline(as(cheap), { ...asked, reason: '' })).rejects.toMatchObject({
      extra: { field: 'reason' },
    })
    await expect(dispatch.accept({ kind: 'anonymous' }, asked)).rejects.toMatchObject({ status: 401 })
  })

  test('is passed over for a factory that was paused meanwhile', async () => {
    await dispatch.pauseFactory(house, { id: cheap.id })
    await line.settle()
    expect(await offersMade()).toMatchObject([
      { factoryId: cheap.id, state: 'expired', reason: 'the factory was paused' },
      { factoryId: dear.id, state: 'offered' },
    ])
  })

  test('rests on a decision that can be replayed from what was stored', async () => {
    const { id } = await order()
    const { inputs, stored, again } = await dispatch.replayAllocation(house, { id })
    expect(again).toEqual(stored)
    expect(inputs).toMatchObject({ units: 40, category: 'tee', recentOrders: 0 })
    expect(stored.map(({ rank, name }) => [rank, name])).toEqual([
      [1, 'Cheap'],
      [2, 'Dear'],
    ])
  })

  test('carries a signature that verifies, and tells the factory’s people by letter', async () => {
    const { headers, body, json } = first.received.at(-1)!
    const { secret } = register.secrets.get(cheap.id)!
    expect(verifyMessage([secret], headers, body, line.clock.now()).id).toBe(headers['webhook-id'])
    expect(json.data).toMatchObject({ answerBy: new Date(line.clock.now().getTime() + 24 * HOUR).toISOString() })
    expect((await line.letters()).map(({ to, subject }) => [to, subject])).toEqual([
      ['cheap@factory.example', expect.stringMatching(/^新订单邀约 PO-26-0001/)],
    ])
  })
})
