/** A lot that came with too few pieces: who gets them, and what the others may choose. */
import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { system, type Actor } from '../../src/core/actor.ts'
import { DAY } from '../../src/core/values.ts'
import { lots, offers, pieces, preorders, productionOrders, shipments } from '../../src/db/schema.ts'
import { buildBrief, MATERIALS, sampleSpec, type Brief } from '../../src/garments/index.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import type { MakeBrief } from '../../src/stages/6-dispatch/briefs.ts'
import { openDispatch, type Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import { openProduction, type Production } from '../../src/stages/7-production/actions.ts'
import { auditPieces } from '../../src/stages/7-production/ledger.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { register, SHIP_TO } from '../support/factories.ts'
import { frozenLot } from '../support/lots.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand; dispatch: Dispatch; production: Production }>
const house = system('test')
const anybody: Actor = { kind: 'anonymous' }
/** The lot is one of T-shirts in one colour. */
const spec = sampleSpec('tee', 'men', MATERIALS)
const colour = spec.colourways[0]!.id
const named = { M: spec.sizes.list[1]!, L: spec.sizes.list[2]!, ZZ: 'ZZ' } as const
type Sizes = Partial<Record<keyof typeof named, number>>
const linesOf = (sizes: Sizes) =>
  Object.entries(sizes).map(([size, quantity]) => ({ size: named[size as keyof Sizes], colourway: colour, quantity }))
/** The brief without its drawings, which take seconds. */
const undrawn: MakeBrief = async (input) => ({
  brief: buildBrief({ ...input, lays: [], callouts: [], files: [] }) as Brief,
  files: [],
})
let factory: Actor

beforeEach(async () => {
  line = await world({
    stages: (context) => ({
      demand: openDemand(context, { rules: [auditPieces] }),
      dispatch: openDispatch(context, { making: makingOf(context), makeBrief: undrawn }),
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

const order = async () => (await line.db.read.select().from(productionOrders))[0]!
const shipmentOf = async (n: number) => {
  const [found] = await line.db.read
    .select({ shipment: shipments })
    .from(shipments)
    .innerJoin(preorders, eq(preorders.id, shipments.preorderId))
    .where(eq(preorders.email, `buyer${n}@example.com`))
    .orderBy(asc(shipments.id))
  return found!.shipment
}
const preorderOf = async (n: number) =>
  line.db.read
    .select()
    .from(preorders)
    .where(eq(preorders.email, `buyer${n}@example.com`))
    .orderBy(asc(preorders.id))
const toBuyer = async (n: number) => (await line.letters()).filter(({ to }) => to === `buyer${n}@example.com`)
const linkOf = async (n: number) => {
  const [{ id } = { id: '' }] = await preorderOf(n)
  return { id, token: new URL(line.stages.demand.linkFor(id)).searchParams.get('token') ?? '' }
}
const choose = async (n: number, choice: 'fewer' | 'other' | 'wait' | 'release', taken?: Sizes) =>
  line.stages.production.chooseShort(anybody, {
    ...(await linkOf(n)),
    choice,
    ...(taken && { lines: linesOf(taken) }),
  })
const spare = async () =>
  Object.fromEntries((await line.db.read.select().from(pieces)).flatMap((row) => (row.spare ? [[row.size === named.M ? 'M' : 'L', row.spare]] : []))) // prettier-ignore
const came = (sizes: Sizes) => ({ pieces: linesOf(sizes) })

/** A lot of these orders, in the order in which they were confirmed, with a factory. */
async function making(...orders: Sizes[]): Promise<string> {
  const { actor } = await register(line.stages.dispatch, { moq: 1 })
  factory = actor
  await frozenLot(line.context, {
    buyers: orders.map((sizes, n) => ({
      name: `Buyer ${n}`,
      lang: n % 2 ? 'en' : 'zh',
      lines: linesOf(sizes),
    })),
  })
  await line.settle()
  const { id } = await order()
  const [offer] = await line.db.read.select().from(offers)
  await line.stages.dispatch.accept(actor, { orderId: id, offerId: offer!.id })
  return id
}

async function arrive(id: string): Promise<void> {
  await line.stages.production.report(factory, { id, reportId: 'r1', sequence: 1, state: 'shipped' })
  await line.stages.production.report(factory, { id, reportId: 'r2', sequence: 2, state: 'delivered' })
  await line.settle()
}

const standing = async (buyers: number) => Promise.all(Array.from({ length: buyers }, async (_, n) => (await shipmentOf(n)).state)) // prettier-ignore

describe('who gets the pieces', () => {
  test('whoever confirmed first is served first, whole orders before parts, and only the others are asked', async () => {
    const id = await making({ M: 10 }, { M: 6 }, { M: 8, L: 2 }, { M: 3 })
    await arrive(id)
    // 27 were ordered: 10 and 6 are whole, 8 are not there any more, 3 are, one M and both L are kept for the third.
    await line.stages.production.countPieces(house, { id, ...came({ M: 20 }) })
    await line.settle()
    expect(await standing(4)).toEqual(['to-pack', 'to-pack', 'short', 'to-pack'])
    const third = await shipmentOf(2)
    expect(third.lines).toEqual(linesOf({ M: 1, L: 2 }))
    expect(await spare()).toEqual({})
    for (const n of [0, 1, 3]) expect((await toBuyer(n)).filter(({ subject }) => /Too few|数量不足/.test(subject))).toEqual([]) // prettier-ignore
    const [asked, ...more] = (await toBuyer(2)).filter(({ subject }) => /数量不足/.test(subject))
    expect(more).toEqual([])
    expect(asked?.text).toContain('/preorders/')
    await line.everyReactionAgain()
    expect((await toBuyer(2)).filter(({ subject }) => /数量不足/.test(subject))).toHaveLength(1)
    const packing = await line.stages.production.packing(house, { id })
    expect(packing.counts.find(({ state }) => state === 'short')).toMatchObject({ shipments: 1, units: 3 })
  })

  test('a factory says it before the lot leaves, and it is settled when the lot is where it is packed', async () => {
    const id = await making({ M: 4 }, { M: 4 })
    const told = await line.stages.production.countPieces(factory, { id, ...came({ M: 5 }), note: '三件染色不均' })
    expect(told).toMatchObject({ settled: false, pieces: [{ ordered: 8, came: 5 }] })
    await arrive(id)
    expect(await standing(2)).toEqual(['to-pack', 'short'])
    await expect(line.stages.production.recordParcels(house, { id, parcels: [{ shipment: (await shipmentOf(1)).number, carrier: 'SF', trackingNumber: 'S1' }] })).rejects.toMatchObject({ code: 'parcels.rows' }) // prettier-ignore
    const other = await register(line.stages.dispatch, { name: 'Other' })
    await expect(line.stages.production.countPieces(other.actor, { id, ...came({ M: 8 }) })).rejects.toMatchObject({ status: 404 }) // prettier-ignore
  })

  test('counted again with more, whoever waits longest is served; with fewer than have left it is refused beside the field', async () => {
    const id = await making({ M: 4 }, { M: 4 }, { M: 4 })
    await arrive(id)
    const { production } = line.stages
    await production.countPieces(house, { id, ...came({ M: 4 }) })
    expect(await standing(3)).toEqual(['to-pack', 'short', 'short'])
    await production.countPieces(house, { id, ...came({ M: 9 }) })
    await line.settle()
    expect(await standing(3)).toEqual(['to-pack', 'to-pack', 'short'])
    expect((await toBuyer(1)).some(({ subject }) => subject.startsWith('There is enough for you after all'))).toBe(true)
    await production.receive(house, { id, shipments: [(await shipmentOf(0)).number, (await shipmentOf(1)).number] })
    await expect(production.countPieces(house, { id, ...came({ M: 7 }) })).rejects.toMatchObject({ status: 422, code: 'pieces.gone', extra: { field: 'pieces.0.quantity' } }) // prettier-ignore
    await expect(production.countPieces(house, { id, ...came({ ZZ: 7 }) })).rejects.toMatchObject({ status: 422, code: 'pieces.variant' }) // prettier-ignore
    expect(await standing(3)).toEqual(['received', 'received', 'short'])
  })

  test('a lot of which everything came, and more, leaves nobody waiting', async () => {
    const id = await making({ M: 4 }, { L: 4 })
    await arrive(id)
    await line.stages.production.countPieces(house, { id, ...came({ M: 6 }) })
    expect(await standing(2)).toEqual(['to-pack', 'to-pack'])
    expect(await spare()).toEqual({ M: 2 })
  })
})

describe('what the others may choose', () => {
  test('to take what is there: that is packed, and nothing else', async () => {
    const id = await making({ M: 4 }, { M: 4 })
    await arrive(id)
    await line.stages.production.countPieces(house, { id, ...came({ M: 6 }) })
    expect((await line.stages.production.ofBuyer(anybody, await linkOf(1))).short).toMatchObject({ kept: [{ quantity: 2 }], missing: [{ quantity: 2 }], mayWait: true }) // prettier-ignore
    await choose(1, 'fewer')
    await choose(1, 'fewer')
    expect(await shipmentOf(1)).toMatchObject({ state: 'to-pack', units: 2, chosen: 'fewer', answerBy: null })
    const csv = await line.stages.production.exportShipments(house, { id, lang: 'en' })
    expect(csv).toContain(`,${named.M},2,,`)
    await expect(choose(1, 'release')).rejects.toMatchObject({ status: 409, code: 'short.settled' })
    await line.stages.production.receive(house, {
      id,
      shipments: [(await shipmentOf(0)).number, (await shipmentOf(1)).number],
    })
    expect((await line.db.read.select().from(lots))[0]).toMatchObject({ state: 'fulfilled' })
  })

  test('to take another size that is left: the last one is one buyer’s, however many press at once', async () => {
    const id = await making({ M: 1 }, { M: 1 }, { M: 1 }, { L: 1 })
    await arrive(id)
    await line.stages.production.countPieces(house, { id, ...came({ M: 0, L: 2 }) })
    expect(await spare()).toEqual({ L: 1 })
    const each = await Promise.allSettled([0, 1, 2].map((n) => choose(n, 'other', { L: 1 })))
    expect(each.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
    for (const one of each) if (one.status === 'rejected') expect(one.reason).toMatchObject({ status: 422, code: 'short.gone', extra: { field: 'lines' } }) // prettier-ignore
    expect(await spare()).toEqual({})
    expect((await standing(4)).toSorted()).toEqual(['short', 'short', 'to-pack', 'to-pack'])
    await expect(choose(each.findIndex(({ status }) => status === 'rejected'), 'other', { L: 2 })).rejects.toMatchObject({ code: 'short.too-many' }) // prettier-ignore
  })

  test('to wait for the next lot: the order counts there, once, under a link of its own, and its pieces serve others', async () => {
    const id = await making({ M: 4 }, { M: 3, L: 1 }, { M: 1 })
    await arrive(id)
    await line.stages.production.countPieces(house, { id, ...came({ M: 4 }) })
    expect(await standing(3)).toEqual(['to-pack', 'short', 'short'])
    await choose(1, 'wait')
    await choose(1, 'wait')
    await line.settle()
    const [first, again, ...more] = await preorderOf(1)
    expect(more).toEqual([])
    expect(first).toMatchObject({ state: 'released', lot: 1 })
    expect(again).toMatchObject({ state: 'confirmed', lot: 2, lines: first!.lines, units: 4 })
    expect(await spare()).toEqual({ L: 1 })
    expect((await toBuyer(1)).some(({ text }) => text.includes(`/preorders/${again!.id}?`))).toBe(true)
  })

  test('to be released, or to say nothing until the house’s days are over: nobody pays, and what was kept serves others', async () => {
    const id = await making({ M: 2 }, { M: 4 }, { M: 2 })
    await arrive(id)
    await line.stages.production.countPieces(house, { id, ...came({ M: 1 }) })
    expect(await standing(3)).toEqual(['short', 'short', 'short'])
    expect((await shipmentOf(0)).units).toBe(1)
    await choose(0, 'release')
    // One M came back; nobody's whole order is one.
    expect(await spare()).toEqual({ M: 1 })
    line.clock.advance(6 * DAY)
    await line.stages.production.reactions['production.sweep-due']?.({} as never)
    expect(await standing(3)).toEqual(['released', 'short', 'short'])
    line.clock.advance(2 * DAY)
    await line.stages.production.reactions['production.sweep-due']?.({} as never)
    await line.settle()
    expect(await standing(3)).toEqual(['released', 'released', 'released'])
    expect((await toBuyer(1)).some(({ text }) => text.includes('had no answer in time'))).toBe(true)
    expect((await toBuyer(0)).some(({ text }) => text.includes('按您的选择'))).toBe(true)
    expect((await line.db.read.select().from(lots))[0]).toMatchObject({ state: 'fulfilled' })
    await expect(choose(1, 'wait')).rejects.toMatchObject({ code: 'short.settled' })
  })
})
