/** What buyers send back: asked for, decided, back at the warehouse, exchanged; and what it says of a style. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { system, type Actor } from '../../src/core/actor.ts'
import { DAY } from '../../src/core/values.ts'
import { offers, parcels, pieces, preorders, productionOrders, returns, shipments } from '../../src/db/schema.ts'
import { buildBrief, MATERIALS, sampleSpec, type Brief } from '../../src/garments/index.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { openDispatch, type Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import { openProduction, type Production } from '../../src/stages/7-production/actions.ts'
import { auditPieces } from '../../src/stages/7-production/ledger.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { insightOf, shareOf } from '../../src/stages/7-production/return-insight.ts'
import { UPKEEP } from '../../src/edges/line.ts'
import { openPeople } from '../../src/stages/0-house/actions.ts'
import { changeHouse } from '../support/house.ts'
import { register, SHIP_TO } from '../support/factories.ts'
import { frozenLot } from '../support/lots.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand; dispatch: Dispatch; production: Production }>
const house = system('test')
const anybody: Actor = { kind: 'anonymous' }
const spec = sampleSpec('tee', 'men', MATERIALS)
const colour = spec.colourways[0]!.id
const [M, L] = [spec.sizes.list[1]!, spec.sizes.list[2]!]
const of = (size: string, quantity: number) => [{ size, colourway: colour, quantity }]

beforeEach(async () => {
  line = await world({
    stages: (context) => ({
      demand: openDemand(context, { rules: [auditPieces] }),
      dispatch: openDispatch(context, {
        making: makingOf(context),
        makeBrief: async (input) => ({
          brief: buildBrief({ ...input, lays: [], callouts: [], files: [] }) as Brief,
          files: [],
        }),
      }),
      production: openProduction(context),
    }),
    now: '2026-11-30T02:00:00.000Z',
  })
  await line.stages.dispatch.changeTerms(house, SHIP_TO)
})
afterEach(async () => {
  expect(await line.stages.demand.audit(house, { repair: false })).toEqual([])
  await line.stages.dispatch.finishSending()
  await line.close()
})

const toBuyer = async (n: number) => (await line.letters()).filter(({ to }) => to === `buyer${n}@example.com`)
const linkOf = async (n: number) => {
  const [row] = await line.db.read
    .select()
    .from(preorders)
    .where(eq(preorders.email, `buyer${n}@example.com`))
  return { id: row!.id, token: new URL(line.stages.demand.linkFor(row!.id)).searchParams.get('token') ?? '' }
}
const ask = async (n: number, more: Partial<Parameters<Production['askReturn']>[1]> = {}) =>
  line.stages.production.askReturn(anybody, { ...(await linkOf(n)), kind: 'return', reason: 'size', lines: of(M, 1), ...more }) // prettier-ignore
const accepted = async (id: string) =>
  line.stages.production.decideReturn(house, { id, accept: true, answer: '请寄回' })

/** A lot that each of two buyers has received: three M, one L. */
async function received(): Promise<string> {
  const { actor } = await register(line.stages.dispatch, { moq: 1 })
  await frozenLot(line.context, {
    buyers: [
      { name: '王梅', lang: 'zh', lines: of(M, 2) },
      { name: 'Ann', lang: 'en', lines: [...of(M, 1), ...of(L, 1)] },
    ],
  })
  await line.settle()
  const [order] = await line.db.read.select().from(productionOrders)
  const [offer] = await line.db.read.select().from(offers)
  const { dispatch, production } = line.stages
  const { id } = order!
  await dispatch.accept(actor, { orderId: id, offerId: offer!.id })
  await production.report(actor, { id, reportId: 'r1', sequence: 1, state: 'shipped' })
  await production.report(actor, { id, reportId: 'r2', sequence: 2, state: 'delivered' })
  await line.settle()
  const rows = await line.db.read.select().from(shipments)
  await production.recordParcels(house, { id, parcels: rows.map(({ number }, n) => ({ shipment: number, carrier: 'SF', trackingNumber: `SF${n}` })) }) // prettier-ignore
  await production.receive(house, { id, shipments: rows.map(({ number }) => number) })
  return id
}

describe('a return', () => {
  test('is asked for behind the buyer’s link, accepted with words, and received: each step is told once', async () => {
    await received()
    const { production } = line.stages
    expect((await production.ownReturns(anybody, await linkOf(0))).may).toMatchObject({ lines: of(M, 2) })
    const { id } = await ask(0, { fits: { halfChest: 'small' }, words: '胸围太紧' })
    await expect(production.takeBack(house, { id, good: true })).rejects.toMatchObject({ code: 'returns.moved-on' })
    await accepted(id)
    await accepted(id)
    await expect(production.decideReturn(house, { id, accept: false, answer: 'no' })).rejects.toMatchObject({ code: 'returns.moved-on' }) // prettier-ignore
    await production.takeBack(house, { id, good: true })
    await production.takeBack(house, { id, good: true })
    await line.settle()
    await line.everyReactionAgain()
    const own = (await toBuyer(0)).filter(({ text }) => text.includes('关于您的'))
    expect(own.map(({ subject }) => subject.split('：')[0]).toSorted()).toEqual(['已收到退回商品', '请寄回商品'])
    expect(own.some(({ text }) => text.includes('请寄回'))).toBe(true)
    expect((await line.db.read.select().from(returns))[0]).toMatchObject({ state: 'returned', good: true, fits: { halfChest: 'small' } }) // prettier-ignore
    expect((await line.db.read.select().from(pieces)).find(({ size }) => size === M)).toMatchObject({
      came: 3,
      spare: 1,
    })
    // One of two was sent back: one may still be.
    expect((await production.ownReturns(anybody, await linkOf(0))).may).toMatchObject({ lines: of(M, 1) })
  })

  test('can only be of what was received, within the house’s days, where the house takes any back', async () => {
    await received()
    await expect(ask(0, { lines: of(M, 3) })).rejects.toMatchObject({ code: 'returns.not-theirs', extra: { field: 'lines' } }) // prettier-ignore
    await expect(ask(0, { lines: of(L, 1) })).rejects.toMatchObject({ code: 'returns.not-theirs' })
    await expect(ask(0, { fits: { nonsense: 'small' } })).rejects.toMatchObject({ code: 'returns.measure' })
    await expect(ask(0, { kind: 'exchange' })).rejects.toMatchObject({ code: 'returns.want', extra: { field: 'want' } })
    await changeHouse(line.context, house, { returnDays: 0 })
    await expect(ask(0)).rejects.toMatchObject({ status: 409, code: 'returns.may-not' })
    await changeHouse(line.context, house, { returnDays: 7 })
    line.clock.advance(7 * DAY)
    const { id } = await ask(0)
    line.clock.advance(DAY)
    await expect(ask(1)).rejects.toMatchObject({ code: 'returns.may-not' })
    await line.stages.production.decideReturn(house, { id, accept: false, answer: '已洗涤' })
    await line.settle()
    expect((await toBuyer(0)).some(({ text }) => text.includes('已洗涤'))).toBe(true)
  })
})

describe('an exchange', () => {
  test('takes a piece that is left, once; the next one is in the next lot, and told so', async () => {
    const id = await received()
    const { production } = line.stages
    await production.countPieces(house, { id, pieces: of(L, 2) })
    const [first, second] = [
      await ask(0, { kind: 'exchange', want: of(L, 1) }),
      await ask(1, { kind: 'exchange', want: of(L, 1) }),
    ]
    await accepted(first.id)
    await accepted(second.id)
    const both = await Promise.all([first, second].map((each) => production.takeBack(house, { id: each.id, good: false }))) // prettier-ignore
    expect(both.map(({ state }) => state).toSorted()).toEqual(['next-lot', 'to-send'])
    const sent = both.find(({ state }) => state === 'to-send')!
    await production.sendExchange(house, { id: sent.id, carrier: 'SF', trackingNumber: 'EX1' })
    await production.sendExchange(house, { id: sent.id, carrier: 'SF', trackingNumber: 'EX1' })
    await line.settle()
    const told = (await line.letters()).filter(({ text }) => text.includes('EX1'))
    expect(told).toHaveLength(1)
    const again = (await line.db.read.select().from(preorders)).filter(({ lot }) => lot === 2)
    expect(again).toMatchObject([{ state: 'confirmed', lines: of(L, 1), units: 1 }])
    expect((await line.db.read.select().from(pieces)).find(({ size }) => size === L)).toMatchObject({
      came: 2,
      spare: 0,
    })
  })

  test('that cannot be made is plainly told, and is a return', async () => {
    await received()
    const { id } = await ask(1, { kind: 'exchange', want: of(L, 1) })
    await accepted(id)
    // Its campaign is over: nothing gathers any more.
    line.clock.advance(30 * DAY)
    expect(await line.stages.production.takeBack(house, { id, good: true })).toMatchObject({ state: 'no-exchange' })
    await line.settle()
    expect((await toBuyer(1)).some(({ text }) => text.includes('we cannot exchange it'))).toBe(true)
  })
})

describe('what it says of a style', () => {
  test('shares of delivered pieces by reason and size, and where it does not fit; too few pieces say nothing', async () => {
    await received()
    await ask(0, { lines: of(M, 2), fits: { halfChest: 'small', bodyLength: 'large' } })
    const { id } = await ask(1, { reason: 'quality' })
    await line.stages.production.decideReturn(house, { id, accept: false, answer: 'no' })
    const [told] = await line.stages.production.tellReturns(house, {})
    expect(told).toMatchObject({
      all: { returned: 2, delivered: 4 },
      sizes: [
        { size: M, of: { returned: 2, delivered: 3 }, reasons: { size: 2 } },
        { size: L, of: { returned: 0, delivered: 1 } },
      ],
    })
    expect(told!.all.share).toBeUndefined()
    expect(told!.measures.map(({ code, small, large }) => [code, small, large])).toEqual([['halfChest', 1, 0], ['bodyLength', 0, 1]]) // prettier-ignore
    // Wilson's interval of 8 in 100, as in any table of it.
    expect(shareOf(8, 100).share).toMatchObject({ value: 0.08, low: expect.closeTo(0.0411, 3) as number, high: expect.closeTo(0.15, 3) as number }) // prettier-ignore
    expect(shareOf(1, 29).share).toBeUndefined()
    expect(insightOf([], [], []).all).toEqual({ returned: 0, delivered: 0 })
  })
})

test('numbers of a person’s parcels, and what they said of what they sent back, are handed out and erased with them', async () => {
  await received()
  await ask(0, { words: '胸围太紧' })
  const people = openPeople(line.context, { retentionDays: 30, upkeep: UPKEEP })
  expect(await people.export(house, { email: 'buyer0@example.com' })).toMatchObject({
    parcels: [{ carrier: 'SF', trackingNumber: 'SF0' }],
    returns: [{ words: '胸围太紧' }],
  })
  await people.erase(house, { email: 'buyer0@example.com' })
  const rows = await line.db.read.select().from(parcels)
  expect(rows.map(({ trackingNumber }) => trackingNumber)).not.toContain('SF0')
  expect(rows.map(({ trackingNumber }) => trackingNumber)).toContain('SF1')
  expect((await line.db.read.select().from(returns))[0]).toMatchObject({ words: null })
})
