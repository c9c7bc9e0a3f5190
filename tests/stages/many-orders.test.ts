/**
 * A house with many orders in its factories' hands: who is late, and who should make the next lot, is worked out a bounded
 * number of rows at a time and with as many questions as there are slices. Counted, not timed.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { DAY, HOUR, newId } from '../../src/core/values.ts'
import { events, lots, mails, offers, productionOrders, progress } from '../../src/db/schema.ts'
import { openDispatch, type Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import { allocationInputs } from '../../src/stages/6-dispatch/deciding.ts'
import { lotStyle } from '../../src/stages/6-dispatch/briefs.ts'
import { readTerms } from '../../src/stages/6-dispatch/store.ts'
import { readHouse } from '../../src/stages/0-house/door.ts'
import { openProduction, type Production } from '../../src/stages/7-production/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { register, SHIP_TO } from '../support/factories.ts'
import { frozenLot } from '../support/lots.ts'
import { recordStatements, type Ran } from '../support/statements.ts'
import { world, type World } from '../support/world.ts'

const ORDERS = 450
const house = system('test')
let line: World<{ dispatch: Dispatch; production: Production }>
let ran: Ran[]
let stop: () => void

beforeEach(async () => {
  ran = []
  stop = recordStatements((each) => void ran.push(each))
  line = await world({
    stages: (context) => ({
      dispatch: openDispatch(context, { making: makingOf(context) }),
      production: openProduction(context),
    }),
  })
  await line.stages.dispatch.changeTerms(house, SHIP_TO)
})
afterEach(async () => {
  stop()
  await line.close()
})

/**
 * So many orders of one lot's kind, accepted by one factory or the other in turn, one an hour. Each third has shipped, every
 * second of those late and after a check that failed; each ninth is late and has not.
 */
async function many() {
  const { lot, campaignId } = await frozenLot(line.context)
  const factories = [await register(line.stages.dispatch, {}), await register(line.stages.dispatch, { name: 'Other' })]
  const now = line.clock.now()
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR)
  const rows = Array.from({ length: ORDERS }, (_, n) => {
    const [shipped, late] = [n % 3 === 0, n % 6 === 0 || n % 9 === 1]
    const acceptedAt = ago(24 + n)
    const shipBy = late ? ago(12) : new Date(now.getTime() + 20 * DAY)
    const factoryId = factories[n % 2]!.factory.id
    const id = newId()
    const lotId = newId()
    return {
      lot: { ...lot, id: lotId, number: 1000 + n },
      order: {
        id,
        number: `PO-26-${1000 + n}`,
        campaignId,
        lot: 1000 + n,
        lotId,
        state: shipped ? ('shipped' as const) : ('sewing' as const),
        factoryId,
        units: 10,
        styleHash: lot.styleHash,
        currency: lot.currency,
        promisedAt: new Date(shipBy.getTime() + 40 * DAY),
        placement: 1,
        createdAt: acceptedAt,
        acceptedAt,
        shippedAt: shipped ? ago(6) : null,
      },
      offer: { id: newId(), orderId: id, factoryId, rank: 1, state: 'accepted' as const, price: 800, shipBy, offeredAt: acceptedAt, answerBy: acceptedAt }, // prettier-ignore
      reports: ['cutting', 'quality-check'].map((state, k) => ({
        id: newId(),
        orderId: id,
        placement: 1,
        reportId: state,
        sequence: k + 1,
        state,
        outcome: 'applied' as const,
        details: { passed: !late },
        by: 'factory',
        at: acceptedAt,
        receivedAt: acceptedAt,
      })),
    }
  })
  for (let at = 0; at < rows.length; at += 50) {
    const some = rows.slice(at, at + 50)
    await line.db.write(async (tx) => {
      await tx.insert(lots).values(some.map((row) => row.lot))
      await tx.insert(productionOrders).values(some.map((row) => row.order))
      await tx.insert(offers).values(some.map((row) => row.offer))
      await tx.insert(progress).values(some.flatMap(({ reports }) => reports))
    })
  }
  ran.length = 0
  return { lot, factories, rows }
}

test('who should make the next lot is told by every order of its factories, in slices', async () => {
  const { lot, factories, rows } = await many()
  const own = await line.db.read.select().from(productionOrders)
  const style = await lotStyle(line.context, lot.id)
  const [terms, known] = [await readTerms(line.db.read), await readHouse(line.db.read)]
  ran.length = 0
  const inputs = await allocationInputs(line.db.read, own[0]!, style, {
    house: known,
    terms,
    now: line.clock.now(),
    making: makingOf(line.context),
  })
  expect(Math.max(...ran.map(({ rows: n }) => n))).toBeLessThanOrEqual(500)
  expect(ran.length).toBeLessThan(20)
  expect(inputs.recentOrders).toBe(ORDERS)
  for (const [n, { factory }] of factories.entries()) {
    const mine = rows.filter((_, at) => at % 2 === n)
    const late = mine.filter(({ offer }) => offer.shipBy < line.clock.now())
    const shipped = mine.filter(({ order }) => order.shippedAt)
    const done = new Set([...shipped, ...late])
    const { history, recentUnits } = inputs.factories.find(({ id }) => id === factory.id)!
    expect(recentUnits).toBe(10 * mine.length)
    expect(history).toMatchObject({ done: done.size, late: late.length, inspected: mine.length, failed: late.length })
    expect(history.leadDays.toSorted((a, b) => a - b)).toEqual(
      shipped
        .map(({ order }) => Math.round((+order.shippedAt! - +order.acceptedAt) / (DAY / 10)) / 10)
        .toSorted((a, b) => a - b),
    )
  }
})

test('who is late is looked for in slices, and each is told once', async () => {
  const { rows } = await many()
  const watch = () =>
    line.stages.production.reactions['production.sweep-due']!({
      id: 'sweep',
      name: 'production.sweep-due',
      payload: { window: 'now' },
      at: line.clock.now(),
    })
  await watch()
  expect(await line.db.read.$count(events)).toBe(1) // the lot's own
  expect(Math.max(...ran.map(({ rows: n }) => n))).toBeLessThanOrEqual(500)
  // Not one question for each order.
  expect(ran.length).toBeLessThan(40)
  line.clock.advance(60 * DAY)
  await watch()
  const told = await line.db.read.select().from(events)
  expect(told.filter(({ name }) => name === 'production.late')).toHaveLength(rows.length)
  await watch()
  expect(await line.db.read.$count(events)).toBe(told.length)
  expect(await line.db.read.$count(mails)).toBe(0) // nobody is in these lots
})
