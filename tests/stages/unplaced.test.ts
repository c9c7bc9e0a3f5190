/** An order that no factory took is no dead end: asked again, with a later date if need be, or given up. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { DAY } from '../../src/core/values.ts'
import { campaignBuyers, campaigns, offers, preorders, productionOrders } from '../../src/db/schema.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { auditOrders } from '../../src/stages/6-dispatch/ledger.ts'
import { openDispatch, type Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { openProduction, type Production } from '../../src/stages/7-production/actions.ts'
import { quickBriefs, register, SHIP_TO } from '../support/factories.ts'
import { countedLot } from '../support/lots.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand; dispatch: Dispatch; production: Production }>
let dispatch: Dispatch
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
  await dispatch.changeTerms(house, SHIP_TO)
})
afterEach(() => line.close())

const order = async () => (await line.db.read.select().from(productionOrders))[0]!
const subjects = async () => (await line.letters()).map(({ to, subject }) => `${to} ${subject}`)

/** A lot of 40 of two buyers, with nobody to make it. */
async function unplaced() {
  const made = await countedLot(line.context)
  await line.settle()
  const found = await order()
  expect(found.state).toBe('unplaced')
  return { ...made, orderId: found.id, promisedAt: found.promisedAt }
}

test('given up, its buyers are let go and told once, nobody counts any more, and it stays over', async () => {
  const { campaignId, orderId } = await unplaced()
  const before = await subjects()
  expect(await dispatch.giveUpUnplaced(house, { id: orderId, reason: '没有工厂会做这种领子' })).toMatchObject({
    state: 'cancelled',
    givenUpFor: '没有工厂会做这种领子',
  })
  await line.settle()
  await line.everyReactionAgain()
  await line.settle()
  const rows = await line.db.read.select().from(preorders).where(eq(preorders.campaignId, campaignId))
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['released']))
  expect(await line.db.read.select().from(campaigns)).toMatchObject([{ totalUnits: 0, lotUnits: 0 }])
  expect((await line.db.read.select().from(campaignBuyers)).map(({ units }) => units)).toEqual([0, 0])
  const told = (await line.letters()).slice(before.length)
  expect(told).toHaveLength(rows.length)
  expect(told.map(({ text }) => text).join()).toMatch(/no factory is able to take the lot on|没有工厂能够承接/)
  // A factory that comes too late finds nothing, and neither does a second try.
  await register(dispatch, { rates: { tee: 700 } })
  await expect(dispatch.retryUnplaced(house, { id: orderId })).rejects.toMatchObject({ code: 'dispatch.not-unplaced' })
  await expect(dispatch.giveUpUnplaced(house, { id: orderId, reason: 'again' })).rejects.toMatchObject({
    code: 'dispatch.not-unplaced',
  })
  expect(await line.db.read.$count(offers)).toBe(0)
  expect(await line.stages.demand.audit(house, { repair: false })).toEqual([])
  expect(line.complaints).toEqual([])
})

test('an order over other units than its lot is told by the audit of demand, and not changed', async () => {
  const { campaignId, orderId } = await unplaced()
  const { number } = await order()
  await line.db.write((tx) =>
    tx.update(productionOrders).set({ units: 41 }).where(eq(productionOrders.id, orderId)).returning(),
  )
  const wrong = [{ campaignId, about: number, field: 'order.units', counted: 41, ledger: 40 }]
  expect(await line.stages.demand.audit(house, { repair: true })).toEqual(wrong)
  expect(await line.stages.demand.audit(house, { repair: false })).toEqual(wrong)
})

test('a reason has to be given', async () => {
  const { orderId } = await unplaced()
  await expect(dispatch.giveUpUnplaced(house, { id: orderId, reason: '  ' })).rejects.toMatchObject({ status: 422 })
  expect(await order()).toMatchObject({ state: 'unplaced' })
})

test('weeks later no factory has time enough, until it is asked with a later date, which buyers are told once', async () => {
  const { orderId, promisedAt } = await unplaced()
  const { factory } = await register(dispatch, { rates: { tee: 700 }, leadDays: 10 })
  line.clock.advance(35 * DAY)
  expect(await dispatch.retryUnplaced(house, { id: orderId })).toMatchObject({ state: 'unplaced', promisedAt })
  const before = await subjects()
  const again = await dispatch.retryUnplaced(house, { id: orderId, newDate: true })
  expect(again.state).toBe('placing')
  expect(again.promisedAt.getTime()).toBeGreaterThan(line.clock.now().getTime())
  await line.settle()
  await line.everyReactionAgain()
  await line.settle()
  expect(await line.db.read.select().from(offers)).toMatchObject([{ factoryId: factory.id, state: 'offered' }])
  const told = (await subjects()).slice(before.length).filter((each) => /Later than promised|送达时间推迟/.test(each))
  expect(told).toHaveLength(await line.db.read.$count(preorders))
  expect(new Set(told).size).toBe(told.length)
})

test('a later date is never an earlier one, and nobody is told what did not change', async () => {
  const { orderId, promisedAt } = await unplaced()
  await register(dispatch, { rates: { tee: 700 }, leadDays: 5 })
  const before = await subjects()
  expect(await dispatch.retryUnplaced(house, { id: orderId, newDate: true })).toMatchObject({ promisedAt })
  await line.settle()
  expect((await subjects()).filter((each) => /promised|推迟/.test(each))).toEqual(
    before.filter((each) => /promised|推迟/.test(each)),
  )
})

test('tried again and given up at the same moment, one of the two happens', async () => {
  const { orderId, campaignId } = await unplaced()
  await register(dispatch, { rates: { tee: 700 } })
  const [retried, ended] = await Promise.allSettled([
    dispatch.retryUnplaced(house, { id: orderId }),
    dispatch.giveUpUnplaced(house, { id: orderId, reason: 'enough' }),
  ])
  await line.settle()
  expect([retried.status, ended.status].toSorted()).toEqual(['fulfilled', 'rejected'])
  const states = new Set(
    (await line.db.read.select().from(preorders).where(eq(preorders.campaignId, campaignId))).map(({ state }) => state),
  )
  expect(await order()).toMatchObject({ state: retried.status === 'fulfilled' ? 'placing' : 'cancelled' })
  expect(states).toEqual(new Set([retried.status === 'fulfilled' ? 'in-lot' : 'released']))
})
