/** What in a style's demand is worth a second look, and the honest launches of which nothing is told. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system, type Actor } from '../../src/core/actor.ts'
import { DAY, MINUTE, newId, SECOND } from '../../src/core/values.ts'
import { preorders, traces } from '../../src/db/schema.ts'
import { UPKEEP } from '../../src/edges/line.ts'
import { openPeople } from '../../src/stages/0-house/actions.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import type { Address } from '../../src/stages/5-demand/contact.ts'
import { patternsIn, without, type Seen } from '../../src/stages/5-demand/patterns/rules.ts'
import { addressKey, networkIn } from '../../src/stages/5-demand/patterns/tracing.ts'
import { openReorders, type Reorders } from '../../src/stages/8-reorders/actions.ts'
import { openCampaign } from '../support/campaigns.ts'
import { world, type World } from '../support/world.ts'

const START = new Date('2026-11-30T09:00:00Z')
/** Repeatable, and no two neighbours alike. */
const spread = (n: number, of: number): number => (n * 7 + Math.floor(n / of) * 3) % of
const SIZES = ['S', 'M', 'L', 'XL', 'XXL']
let made = 0
const seen = (of: Partial<Seen> & { at?: number }): Seen => {
  const { at = 0, ...given } = of
  const n = ++made
  return {
    id: `o${n}`,
    confirmed: true,
    buyerKey: `b${n}`,
    units: 1,
    lines: `olive ${SIZES[spread(n, 5)]} 1`,
    placedAt: new Date(START.getTime() + at),
    domain: ['qq.com', '163.com', 'gmail.com'][n % 3] ?? null,
    throwAway: false,
    network: `net${n}`,
    address: `at${n}`,
    partnerId: null,
    ...given,
  }
}
const many = (n: number, of: (index: number) => Partial<Seen> & { at?: number }): Seen[] =>
  Array.from({ length: n }, (_, index) => seen(of(index)))
const kindsIn = (orders: readonly Seen[]) =>
  patternsIn(orders, { goalUnits: 100, kinds: 10 }).map(({ kind, orders: own }) => [kind, own.length])
/** Forty people over a week. */
const honest = () => many(40, (n) => ({ at: n * 4 * 60 * MINUTE }))

describe('an honest launch is told of nothing', () => {
  test('a quiet week', () => expect(kindsIn(honest())).toEqual([]))

  test('the first buyers of a style, and no buyer at all', () => {
    expect(kindsIn([])).toEqual([])
    expect(kindsIn(many(2, () => ({ units: 3 })))).toEqual([])
  })

  test('a burst after a newsletter: three hundred in ten minutes, a third of them for the favourite size', () => {
    const burst = many(300, (n) => ({
      at: n * 2 * SECOND,
      lines: n % 3 === 0 ? 'olive M 1' : `navy ${SIZES[n % 5]} 1`,
    }))
    expect(kindsIn([...honest(), ...burst])).toEqual([])
  })

  test('a style of one size and colour, where every order is like every other', () =>
    expect(patternsIn(many(60, (n) => ({ at: n * SECOND, lines: 'olive M 1' })), { goalUnits: 100, kinds: 1 }).map(({ kind }) => kind)).toEqual([])) // prettier-ignore

  test('a family at one address with two orders, and one with three', () => {
    const family = many(2, (n) => ({ at: n * 3 * MINUTE, address: 'home', network: 'home', lines: 'olive M 1' }))
    const larger = many(3, (n) => ({ at: n * MINUTE, address: 'house', network: 'house' }))
    expect(kindsIn([...honest(), ...family, ...larger])).toEqual([])
  })

  test('an office: a dozen colleagues behind one network after a mail among them, each with their own size', () => {
    const office = many(12, (n) => ({ at: n * 2 * MINUTE, network: 'office', domain: 'acme.example' }))
    expect(kindsIn([...honest(), ...office])).toEqual([])
    // They have it sent to the office.
    expect(kindsIn([...honest(), ...office.map((each) => ({ ...each, address: 'acme' }))])).toEqual([])
  })

  test('one person who minds their privacy', () =>
    expect(kindsIn([...honest(), seen({ throwAway: true, domain: 'mailinator.com' })])).toEqual([]))

  test('a group buyer who hands out at one place what the group ordered', () =>
    expect(kindsIn([...honest(), ...many(9, (n) => ({ at: n * 9 * MINUTE, address: 'shop', partnerId: 'p1' }))])).toEqual([])) // prettier-ignore
})

describe('what is worth a second look', () => {
  test('one jump that makes most of a style’s demand', () =>
    expect(kindsIn([...honest(), seen({ units: 60 })])).toEqual([['jump', 1]]))

  test('throw-away mail domains', () =>
    expect(kindsIn([...honest(), ...many(3, (n) => ({ at: n * DAY, throwAway: true, domain: 'mailinator.com' }))])).toEqual([['throw-away', 3]])) // prettier-ignore

  test('one network: the same order again and again, or by machine, or most of all demand', () => {
    const alike = many(15, (n) => ({ at: n * 5 * MINUTE, network: 'one', lines: 'navy L 1' }))
    expect(kindsIn([...honest(), ...alike])).toEqual([['network', 15]])
    const fast = many(20, (n) => ({ at: n * 3 * SECOND, network: 'one' }))
    expect(kindsIn([...honest(), ...fast])).toEqual([['network', 20]])
    const most = many(70, (n) => ({ at: n * 20 * MINUTE, network: 'one' }))
    expect(kindsIn([...honest(), ...most])).toEqual([['network', 70]])
  })

  test('one shipping address under different names', () =>
    expect(kindsIn([...honest(), ...many(6, (n) => ({ at: n * 50 * MINUTE, address: 'one' }))])).toEqual([['address', 6]])) // prettier-ignore

  test('the very same order many times within seconds, also in the middle of others', () => {
    const burst = many(25, (n) => ({ at: 5 * DAY + n * 2 * SECOND, lines: 'navy L 2', units: 2 }))
    expect(kindsIn([...honest(), ...burst])).toEqual([['burst', 25]])
  })

  test('what counts without them: units, and buyers who have nothing left', () => {
    const [one, other] = [seen({ buyerKey: 'x', units: 5 }), seen({ buyerKey: 'x', units: 2 })]
    const pending = seen({ confirmed: false, units: 9 })
    expect(without([one, other, pending], new Set([one.id]))).toEqual({ units: 2, buyers: 1 })
    expect(without([one, other, pending], new Set([one.id, other.id]))).toEqual({ units: 0, buyers: 0 })
  })
})

describe('in a campaign', () => {
  let line: World<{ demand: Demand; reorders: Reorders }>
  let demand: Demand
  const mei: Actor = { kind: 'user', id: 'u1', name: 'Mei', role: 'merchandiser' }
  beforeEach(async () => {
    line = await world({ stages: (context) => ({ demand: openDemand(context), reorders: openReorders(context) }) })
    demand = line.stages.demand
  })
  afterEach(() => line.close())

  const home: Address = { country: 'CN', code: '310115', region: '上海市', city: '上海市', district: '浦东新区', street: '世纪大道 100 号' } // prettier-ignore
  async function order(id: string, email: string, more: { n?: number; near?: string; address?: Address } = {}) {
    const { n = 0, near = 'far', address } = more
    const lines = [{ size: SIZES[spread(n, 5)] ?? 'S', colourway: n % 2 ? 'olive' : 'navy', quantity: 1 }]
    const answer = await demand.place(
      anonymous,
      id,
      { email, name: email, lang: 'en', lines, ...(address && { address }) },
      { key: newId(), describe: ({ code }) => code, origin: `net:host${n}.${near}` },
    )
    const { id: preorder } = JSON.parse(answer.text) as { id: string }
    await line.settle()
    await demand.confirm(anonymous, { id: preorder, token: new URL(demand.linkFor(preorder)).searchParams.get('token') ?? '' }) // prettier-ignore
    line.clock.advance(9 * MINUTE)
    return preorder
  }

  test('each pattern names its orders and what would be left; a viewer is not told who they are; nothing is removed', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 8, minBuyers: 8, closing: 'collect' })
    for (let n = 0; n < 4; n++) await order(id, `buyer${n}@example.com`, { n, near: `n${n}` })
    for (let n = 0; n < 4; n++)
      await order(id, `x${n}@mailinator.com`, { n: n + 4, near: 'one', address: { ...home, street: n % 2 ? '世纪大道100号' : home.street } }) // prettier-ignore
    const told = await line.stages.reorders.patterns(mei, { id })
    expect(told.patterns.map(({ kind, count, buyers }) => [kind, count, buyers])).toEqual([
      ['throw-away', 4, 4],
      ['address', 4, 4],
    ])
    expect(told).toMatchObject({ lookedAt: 8, now: { units: 8, buyers: 8, goalReached: true, chance: null }, without: { units: 4, buyers: 4, goalReached: false } }) // prettier-ignore
    expect(told.patterns[0]?.without).toEqual(told.without)
    expect(told.patterns[0]?.orders[0]).toMatchObject({ email: 'x3@mailinator.com', units: 1, state: 'confirmed' })
    const viewer: Actor = { kind: 'user', id: 'u2', name: 'V', role: 'viewer' }
    expect(JSON.stringify(await line.stages.reorders.patterns(viewer, { id }))).not.toContain('mailinator')
    expect(await line.db.read.select().from(preorders)).toHaveLength(8)
    expect(await demand.audit(system('test'), { repair: false })).toEqual([])
  })

  test('who pledged up to a price that is not reached takes nothing away by going; who brought it about takes the price along', async () => {
    const { id } = await openCampaign(line.context, {
      thresholdUnits: 5,
      perBuyerCap: 100,
      pricing: 'lot',
      closing: 'collect',
      ladder: [
        { fromUnits: 5, unitPrice: 9900 },
        { fromUnits: 20, unitPrice: 8900 },
        { fromUnits: 60, unitPrice: 7900 },
      ],
    })
    const pledge = async (buyer: string, quantity: number, atMost?: number) => {
      const answer = await demand.place(
        anonymous,
        id,
        { email: `${buyer}@example.com`, name: buyer, lang: 'en', lines: [{ size: 'L', colourway: 'olive', quantity, ...(atMost && { atMost }) }] }, // prettier-ignore
        { key: newId(), describe: ({ code }) => code },
      )
      const { id: preorder } = JSON.parse(answer.text) as { id: string }
      await line.settle()
      await demand.confirm(anonymous, { id: preorder, token: new URL(demand.linkFor(preorder)).searchParams.get('token') ?? '' }) // prettier-ignore
      line.clock.advance(9 * MINUTE)
    }
    for (const buyer of ['ann', 'ben', 'cem']) await pledge(buyer, 4)
    await pledge('dan', 30, 7900)
    const idle = await line.stages.reorders.patterns(mei, { id })
    expect(idle).toMatchObject({ now: { units: 12, buyers: 3 }, patterns: [{ kind: 'jump', units: 30 }] })
    expect(idle.without).toMatchObject({ units: 12, buyers: 3 })
    // Both pledges come in with sixty firm ones, and go out with them.
    await pledge('eve', 5, 8900)
    await pledge('fay', 60)
    const told = await line.stages.reorders.patterns(mei, { id })
    expect(told).toMatchObject({ now: { units: 107, buyers: 6 }, patterns: [{ kind: 'jump', units: 60 }] })
    expect(told.without).toMatchObject({ units: 12, buyers: 3 })
    expect(await demand.audit(system('test'), { repair: false })).toEqual([])
  })

  test('what an order was seen by is two keyed hashes, told in an export, gone with an erasure, and after fourteen days', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 50 })
    const preorder = await order(id, 'ann@example.com', { near: 'near', address: home })
    const other = await order(id, 'ben@example.com')
    const key = addressKey(line.context.engines.vault, home)
    const stored = await line.db.read.select().from(traces).where(eq(traces.preorderId, preorder))
    expect(stored).toMatchObject([{ network: 'near', address: key }])
    expect(key).toMatch(/^[\w-]{16}$/)
    const people = openPeople(line.context, { retentionDays: 0, upkeep: UPKEEP })
    expect(await people.export(system('test'), { email: 'ann@example.com' })).toMatchObject({ preorders: [{ seenBy: { network: 'near', address: key } }] }) // prettier-ignore
    await demand.cancel(anonymous, { id: preorder, token: new URL(demand.linkFor(preorder)).searchParams.get('token') ?? '' }) // prettier-ignore
    await people.erase(system('test'), { email: 'ann@example.com' })
    expect((await line.db.read.select().from(traces)).map(({ preorderId }) => preorderId)).toEqual([other])
    line.clock.advance(15 * DAY)
    await demand.chores['old refusals']?.({ leaving: new AbortController().signal, waits: true })
    expect(await line.db.read.select().from(traces)).toEqual([])
  })

  test('an order by a machine’s account has no network, and one without a point is from before there was one', () => {
    expect([networkIn('net:abc.def'), networkIn('net:abc'), networkIn('key:1.2'), networkIn(null)]).toEqual(['def', null, null, null]) // prettier-ignore
  })
})
