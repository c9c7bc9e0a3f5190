/**
 * Work that is long because there is much of it: a crowd's lot, its arrival, the end of a crowd's campaign, the audit, the
 * look at reorders. None of it asks for, or changes, more than so many rows at a time, and none of it shows or leaves
 * anything half done. Counted, not timed.
 */
import { and, eq, inArray, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { dialect } from '../../src/core/dialect.ts'
import { DAY, newId } from '../../src/core/values.ts'
import { campaignBuyers, campaigns, events, lots, mails, preorders, reorders } from '../../src/db/schema.ts'
import { countSql, ordersSql } from '../../scripts/bench/grow-sql.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { auditCounters } from '../../src/stages/5-demand/ledger.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { arriveLot, releaseLot } from '../../src/stages/5-demand/store/lots.ts'
import { rekeyBuyers } from '../../src/stages/5-demand/store/rekeying.ts'
import { openReorders, type Reorders } from '../../src/stages/8-reorders/actions.ts'
import { openCampaign } from '../support/campaigns.ts'
import { receivedLot } from '../support/lots.ts'
import { recordStatements, type Ran } from '../support/statements.ts'
import { world, type World } from '../support/world.ts'

/** Rows that one statement may give or change. */
const MOST_READ = 2000
const MOST_CHANGED = 512
const WRITES = /^\s*(insert|update|delete)/i

let line: World<{ demand: Demand; reorders: Reorders }>
let ran: Ran[]
let stop: () => void
const operator = system('test')

beforeEach(async () => {
  ran = []
  stop = recordStatements((each) => void ran.push(each))
  line = await world({
    stages: (context) => ({ demand: openDemand(context), reorders: openReorders(context) }),
  })
})
afterEach(async () => {
  stop()
  await line.close()
})

let crowds = 0
/** An open campaign with so many confirmed pre-orders of a crowd. */
async function crowded(orders: number, wish: Parameters<typeof openCampaign>[1] = {}, pendingEach = 0) {
  const { id } = await openCampaign(line.context, { thresholdUnits: 1_000_000, perBuyerCap: 50, ...wish })
  const campaign = `c.id = '${id}'`
  for (const statement of [
    ...ordersSql(dialect, { campaigns: campaign, orders, number: String(++crowds), pendingEach }),
    ...countSql(dialect, campaign),
  ])
    await line.db.execute(statement)
  ran.length = 0
  return id
}
const campaign = async (id: string) => (await line.db.read.select().from(campaigns).where(eq(campaigns.id, id)))[0]!
const lotStates = async (id: string) =>
  (await line.db.read.select({ state: lots.state }).from(lots).where(eq(lots.campaignId, id))).map(({ state }) => state)
const statesOf = async (id: string) => {
  const rows = await line.db.read
    .select({ state: preorders.state, n: sql`count(*)`.mapWith(Number) })
    .from(preorders)
    .where(eq(preorders.campaignId, id))
    .groupBy(preorders.state)
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}
const freeze = (campaignId: string, number = 1) =>
  line.db.write((tx) => freezeLot(tx, line.context, { campaignId, number, reason: 'threshold' }))
const tokenOf = (id: string) => new URL(line.stages.demand.linkFor(id)).searchParams.get('token') ?? ''
const audit = () => line.stages.demand.audit(operator, { repair: false })

/** What was asked since the last look; every statement within its bounds. */
function expectBounded(): void {
  const wide = ran.filter(({ text, rows }) => rows > (WRITES.test(text) ? MOST_CHANGED : MOST_READ))
  expect(wide.map(({ text, rows }) => `${rows} rows: ${text.slice(0, 200)}`)).toEqual([])
  ran.length = 0
}

describe('a lot of a crowd', () => {
  test('is frozen, arrives and is audited in slices', async () => {
    const orders = 20_000
    const id = await crowded(orders)
    const { lotUnits } = await campaign(id)
    const lot = await freeze(id)
    expect(lot).toMatchObject({ units: lotUnits, buyers: orders, unitPrice: 46_900, following: true })
    expect(lot?.quantities.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(lotUnits)
    expectBounded()
    await line.settle()
    expectBounded()
    expect(await statesOf(id)).toEqual({ 'in-lot': orders })
    await line.db.write((tx) => arriveLot(tx, id, 1, line.clock.now()))
    await line.settle()
    expectBounded()
    expect(await audit()).toEqual([])
    expectBounded()
    expect(await statesOf(id)).toEqual({ 'in-lot': orders })
    await receivedLot(line.context, id, 1)
    expectBounded()
    expect(await audit()).toEqual([])
    expect(await statesOf(id)).toEqual({ fulfilled: orders })
    expect(await lotStates(id)).toEqual(['fulfilled'])
  })

  test('is looked at in a handful of rows: its curve, its sizes and the newest of its pre-orders', async () => {
    const id = await crowded(5000)
    const { soldUnits } = await campaign(id)
    ran.length = 0
    const { demand } = line.stages
    const pace = await demand.pace(operator, { id })
    await demand.byVariant(operator, { id })
    const first = await demand.listPreorders(operator, { campaignId: id, newest: true, limit: 51 })
    const next = await demand.listPreorders(operator, { campaignId: id, newest: true, after: first[49]?.id, limit: 51 })
    expect(Math.max(...ran.map(({ rows }) => rows))).toBeLessThan(100)
    expect(pace.reduce((sum, { units }) => sum + units, 0)).toBe(soldUnits)
    const ids = [...first.slice(0, 50), ...next].map((each) => each.id)
    expect(ids).toEqual([...new Set(ids)].sort().reverse())
    expect(ids).toHaveLength(101)
    expectBounded()
  })

  test('is one decision: whoever looks before its pre-orders have followed is told what was decided', async () => {
    const id = await crowded(1200)
    const page = () => line.stages.demand.listPreorders(operator, { campaignId: id, limit: 1200 })
    const variants = await line.stages.demand.byVariant(operator, { id })
    await freeze(id)
    expect(await statesOf(id), 'the rows themselves follow').toEqual({ 'in-lot': 500, confirmed: 700 })
    expect(new Set((await page()).map(({ state, lot }) => `${state} ${lot}`))).toEqual(new Set(['in-lot 1']))
    expect(await audit()).toEqual([])
    const put = await line.stages.demand.byVariant(operator, { id })
    expect(put.map(({ inLots }) => inLots)).toEqual(variants.map(({ confirmed }) => confirmed))
    const late = (await line.db.read.select().from(preorders).where(eq(preorders.state, 'confirmed')).limit(1))[0]!
    await expect(line.stages.demand.cancel(anonymous, { id: late.id, token: tokenOf(late.id) })).rejects.toMatchObject({
      code: 'preorders.too-late',
    })
    expect((await line.stages.demand.ofBuyer(anonymous, { id: late.id, token: tokenOf(late.id) })).preorder.state).toBe(
      'in-lot',
    )
    expect(await campaign(id)).toMatchObject({ lot: 2, lotUnits: 0, lotBuyers: 0 })
    expect(await line.db.read.$count(lots)).toBe(1)
    expect(await line.db.read.$count(events, eq(events.name, 'demand.lot-frozen'))).toBe(1)
  })

  test('is not mixed with what is confirmed and cancelled while its pre-orders follow', async () => {
    const id = await crowded(1200)
    await freeze(id)
    const again = await line.db.read.select().from(preorders).where(eq(preorders.state, 'confirmed')).limit(1)
    const place = (email: string) =>
      line.stages.demand.place(
        anonymous,
        id,
        { email, name: 'Mei', lang: 'zh', lines: [{ size: 'L', colourway: 'olive', quantity: 3 }] },
        { key: newId(), describe: String },
      )
    const mine = [await place('mei@example.com'), await place('lan@example.com')].map(
      ({ text }) => (JSON.parse(text) as { id: string }).id,
    )
    for (const one of mine) await line.stages.demand.confirm(anonymous, { id: one, token: tokenOf(one) })
    await line.stages.demand.cancel(anonymous, { id: mine[1]!, token: tokenOf(mine[1]!) })
    expect(await campaign(id)).toMatchObject({ lot: 2, lotUnits: 3, lotBuyers: 1 })
    expect(await audit()).toEqual([])
    await line.settle()
    expect(await statesOf(id)).toEqual({ 'in-lot': 1200, confirmed: 1, cancelled: 1 })
    expect(await audit()).toEqual([])
    expect(again).toHaveLength(1)
    const second = await freeze(id, 2)
    expect(second).toMatchObject({ units: 3, buyers: 1, quantities: [{ size: 'L', colourway: 'olive', quantity: 3 }] })
  })

  test('that arrives or is called off before they have followed ends for all of them', async () => {
    const arrived = await crowded(1200)
    await freeze(arrived)
    await line.db.write((tx) => arriveLot(tx, arrived, 1, line.clock.now()))
    expect(await audit()).toEqual([])
    await line.settle()
    expect(await statesOf(arrived)).toEqual({ 'in-lot': 1200 })
    expect(await lotStates(arrived)).toEqual(['arrived'])
    expect(await audit()).toEqual([])
    await receivedLot(line.context, arrived, 1)
    expect(await statesOf(arrived)).toEqual({ fulfilled: 1200 })
    expect(await audit()).toEqual([])
  })

  test('that is called off gives every buyer back what they held, once, whoever goes on with it', async () => {
    const id = await crowded(1200)
    await freeze(id)
    await line.db.write((tx) => releaseLot(tx, id, 1, line.clock.now()))
    await line.db.write((tx) => releaseLot(tx, id, 1, line.clock.now()))
    expect(await campaign(id)).toMatchObject({ totalUnits: 0 })
    expect(await audit()).toEqual([])
    const turn = { leaving: new AbortController().signal, waits: true }
    const follow = line.stages.demand.chores['orders of a lot']!
    await Promise.all([follow(turn), follow(turn), follow(turn)])
    await line.settle()
    expect(await statesOf(id)).toEqual({ released: 1200 })
    const held = await line.db.read.select({ units: campaignBuyers.units }).from(campaignBuyers)
    expect(new Set(held.map(({ units }) => units))).toEqual(new Set([0]))
    expect(await audit()).toEqual([])
  })

  test('that cannot be followed is told of and holds up no other', async () => {
    const broken = await crowded(1200)
    await freeze(broken)
    await line.db.write((tx) => releaseLot(tx, broken, 1, line.clock.now()))
    await line.db.write((tx) =>
      tx.update(campaignBuyers).set({ units: 0 }).where(eq(campaignBuyers.campaignId, broken)),
    )
    const other = await crowded(600)
    await freeze(other)
    const turn = { leaving: new AbortController().signal, waits: true }
    await expect(line.stages.demand.chores['orders of a lot']!(turn)).rejects.toThrow()
    expect(await statesOf(other)).toEqual({ 'in-lot': 600 })
  })

  test('of which some pre-orders were not confirmed leaves those where they are', async () => {
    const id = await crowded(1000, {}, 4)
    await freeze(id)
    await line.settle()
    expect(await statesOf(id)).toEqual({ 'in-lot': 750, pending: 250 })
    expect(await audit()).toEqual([])
  })
})

describe('the keys of a crowd', () => {
  const current = 'now.'
  const keyOf = (email: string) => `${current}${email}`
  const keysOf = async () => {
    const rows = await line.db.read.select({ key: preorders.buyerKey }).from(preorders)
    return { of: rows.length, old: rows.filter(({ key }) => !key.startsWith(current)).length }
  }

  test('become those of a new secret a few buyers at a time, and no counter ever sees half of one', async () => {
    const id = await crowded(1500, {}, 7)
    await crowded(300, { days: 7 })
    await freeze(id)
    ran.length = 0
    let slices = 0
    const seen: string[] = []
    const done = await rekeyBuyers(line.db, { current, keyOf, most: 400 }, async (tx, emails) => {
      slices++
      seen.push(...emails)
      const { units } = (await tx.select({ units: sql`sum(${campaignBuyers.units})`.mapWith(Number) }).from(campaignBuyers))[0]! // prettier-ignore
      const held = await tx.select({ units: sql`sum(${preorders.units})`.mapWith(Number) }).from(preorders).where(inArray(preorders.state, ['confirmed', 'in-lot'])) // prettier-ignore
      expect(units).toBe(held[0]!.units)
    })
    expect(done).toBe(1800)
    expect(slices).toBeGreaterThan(4)
    expect(seen.length).toBe(1800)
    // For each slice a handful of statements.
    expect(ran.length).toBeLessThan(150)
    expectBounded()
    expect(await keysOf()).toEqual({ of: 1800, old: 0 })
    expect(await audit()).toEqual([])
    expect(await rekeyBuyers(line.db, { current, keyOf }, async () => {})).toBe(0)
  })

  test('are gone on with from where a killed process left them', async () => {
    await crowded(1300)
    let slices = 0
    const killed = rekeyBuyers(line.db, { current, keyOf }, async () => {
      if (++slices === 2) throw new Error('killed')
    })
    await expect(killed).rejects.toThrow('killed')
    const { old } = await keysOf()
    expect(old).toBeGreaterThan(0)
    expect(old).toBeLessThan(1300)
    expect(await audit()).toEqual([])
    expect(await rekeyBuyers(line.db, { current, keyOf }, async () => {})).toBe(old)
    expect(await audit()).toEqual([])
  })
})

describe('the audit of a crowd', () => {
  test('holds a part of its buyers at a time, and finds and mends what it finds all at once', async () => {
    const id = await crowded(3000, {}, 9)
    await freeze(id)
    await line.settle()
    await crowded(900)
    expect(await auditCounters(line.db, false, [], 500)).toEqual([])
    expectBounded()
    const some = await line.db.read.select({ key: campaignBuyers.buyerKey }).from(campaignBuyers).where(eq(campaignBuyers.campaignId, id)).limit(3) // prettier-ignore
    const [gone, wrong] = some.map(({ key }) => key) as [string, string]
    await line.db.write(async (tx) => {
      await tx.delete(campaignBuyers).where(eq(campaignBuyers.buyerKey, gone))
      await tx.update(campaignBuyers).set({ units: 40 }).where(eq(campaignBuyers.buyerKey, wrong))
      await tx.insert(campaignBuyers).values({ campaignId: id, buyerKey: 'nobody', units: 3, lotUnits: 2, lot: 2 })
      await tx.update(campaigns).set({ lotBuyers: 5 }).where(eq(campaigns.id, id))
      await tx.update(lots).set({ buyers: 7 }).where(eq(lots.campaignId, id))
    })
    const order = (found: Awaited<ReturnType<typeof auditCounters>>) => found.toSorted((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1) // prettier-ignore
    const found = order(await auditCounters(line.db, false, [], 500))
    expect(found).toEqual(order(await auditCounters(line.db, false, [])))
    expect(found.map(({ field }) => field).sort()).toEqual(['buyer.lotUnits', 'buyer.units', 'buyer.units', 'buyer.units', 'lot.buyers', 'lotBuyers']) // prettier-ignore
    await auditCounters(line.db, true, [], 500)
    // What is frozen in a lot is told and not set right.
    expect((await auditCounters(line.db, false, [], 500)).map(({ field }) => field)).toEqual(['lot.buyers'])
  })
})

describe('the end of a crowd’s campaign', () => {
  const sweep = () => line.stages.demand.reactions['demand.sweep-due']()
  const tell = (campaignId: string, { reactions } = line.stages.demand) =>
    reactions['demand.released']({ id: 'e', name: 'demand.released', payload: { campaignId }, at: line.clock.now() })

  test('lets everybody go and tells each of them once, in slices', async () => {
    const id = await crowded(1100, { days: 7 }, 10)
    line.clock.advance(7 * DAY)
    await sweep()
    expect(await statesOf(id), 'the rows themselves follow').toMatchObject({ released: 500 })
    const page = await line.stages.demand.listPreorders(operator, { campaignId: id, limit: 1100 })
    expect(new Set(page.map(({ state, lot }) => `${state} ${lot}`))).toEqual(new Set(['released null']))
    expect(await audit()).toEqual([])
    await tell(id)
    expectBounded()
    expect(await statesOf(id)).toEqual({ released: 1100 })
    expect(await line.db.read.$count(mails)).toBe(1100)
    expect(await audit()).toEqual([])
    await tell(id)
    expect(await line.db.read.$count(mails)).toBe(1100)
  })

  test('that comes while its last buyer is being asked to confirm asks nobody and counts nothing', async () => {
    const id = await crowded(600, { days: 7 })
    const lines = [{ size: 'L', colourway: 'olive', quantity: 3 }]
    const buyer = { email: 'mei@example.com', name: 'Mei', lang: 'zh' as const, lines }
    await line.stages.demand.place(anonymous, id, buyer, { key: newId(), describe: String })
    const write = line.db.write.bind(line.db)
    let ended = false
    const beside = Object.assign(Object.create(line.db), {
      async write(...work: Parameters<typeof write>) {
        if (!ended) {
          ended = true
          line.clock.advance(7 * DAY)
          await sweep()
        }
        return write(...work)
      },
    })
    const { queueConfirmations } = openDemand({ ...line.context, db: beside })
    while (await queueConfirmations());
    expect(await campaign(id)).toMatchObject({ state: 'released', pendingUnits: 0 })
    expect(await audit()).toEqual([])
    await tell(id)
    const mine = await line.db.read.select().from(mails).where(eq(mails.to, buyer.email))
    expect(mine.map(({ dedupeKey }) => dedupeKey.split(':').at(-1))).toEqual(['released'])
    expect(await audit()).toEqual([])
  })

  test('is gone on with from where a killed process left it', async () => {
    const id = await crowded(1300, { days: 7 })
    line.clock.advance(7 * DAY)
    await sweep()
    // The third slice's transaction fails, as for a process that is gone.
    let slices = 0
    const write = line.db.write.bind(line.db)
    const killed = Object.assign(Object.create(line.db), {
      write: (...work: Parameters<typeof write>) =>
        ++slices > 2 ? Promise.reject(new Error('killed')) : write(...work),
    })
    const dying = openDemand({ ...line.context, db: killed })
    await expect(tell(id, dying)).rejects.toThrow('killed')
    const told = await line.db.read.$count(mails)
    expect(told).toBe(await line.db.read.$count(preorders, and(eq(preorders.state, 'released'))))
    expect(told).toBe(1000)
    await tell(id)
    expect(await line.db.read.$count(mails)).toBe(1300)
    expect(await audit()).toEqual([])
  })

  test('that an earlier version began, and told nobody of yet, is told all the same', async () => {
    const id = await crowded(60, { days: 7 })
    // As an earlier version left it: everybody let go at once, and the event to tell them not yet worked on.
    await line.db.write(async (tx) => {
      await tx.update(preorders).set({ state: 'released', lot: null }).where(eq(preorders.campaignId, id))
      await tx.update(campaigns).set({ state: 'released', lotUnits: 0, lotBuyers: 0, totalUnits: 0, endedAt: line.clock.now() }).where(eq(campaigns.id, id)) // prettier-ignore
      await line.context.outbox.emit(tx, operator, 'demand.released', { campaignId: id }, line.clock.now())
    })
    await line.settle()
    expect(await line.db.read.$count(mails)).toBe(60)
  })
})

test('a counter that is wrong among a crowd’s is found and set right in slices, also while others order', async () => {
  const id = await crowded(5000)
  await line.db.write(async (tx) => {
    await tx.update(campaigns).set({ lotUnits: 1, soldOrders: 7 }).where(eq(campaigns.id, id))
    await tx.update(campaignBuyers).set({ units: 40 }).where(eq(campaignBuyers.campaignId, id))
  })
  ran.length = 0
  const found = await line.stages.demand.audit(operator, { repair: true })
  expectBounded()
  expect(found.filter(({ field }) => field === 'buyer.units')).toHaveLength(5000)
  expect(found.filter(({ about }) => !about).map(({ field }) => field)).toEqual(['lotUnits', 'soldOrders'])
  expect(await audit()).toEqual([])
})

test('the look at reorders asks for no pre-order, however many there are', async () => {
  const gathering = await crowded(3000)
  await freeze(gathering)
  await line.settle()
  const place = await line.stages.demand.place(
    anonymous,
    gathering,
    { email: 'mei@example.com', name: 'Mei', lang: 'zh', lines: [{ size: 'L', colourway: 'olive', quantity: 40 }] },
    { key: newId(), describe: String },
  )
  const { id } = JSON.parse(place.text) as { id: string }
  await line.stages.demand.confirm(anonymous, { id, token: tokenOf(id) })
  ran.length = 0
  const event = { id: 'e', name: 'reorders.sweep-due' as const, payload: { window: 'now' }, at: line.clock.now() }
  await line.stages.reorders.reactions['reorders.sweep-due']!(event)
  expect(await line.db.read.$count(reorders)).toBe(1)
  expect(ran.filter(({ text }) => /"preorders"/.test(text))).toEqual([])
  expectBounded()
})
