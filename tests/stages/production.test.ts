import type { ReportedState } from '../../src/stages/6-dispatch/life.ts'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startFactory, type DemoFactory, type Manners } from '../../scripts/demo/factory.ts'
import { anonymous, system, type Actor } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { newSecret, signMessage } from '../../src/core/signature.ts'
import { DAY, HOUR, newId } from '../../src/core/values.ts'
import { events, lots, mails, offers, preorders, productionOrders, progress } from '../../src/db/schema.ts'
import { openDispatch, type Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { openProduction, type Production } from '../../src/stages/7-production/actions.ts'
import { standingAfter } from '../../src/stages/7-production/model.ts'
import { quickBriefs, register, SHIP_TO } from '../support/factories.ts'
import { frozenLot } from '../support/lots.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ dispatch: Dispatch; production: Production }>
let dispatch: Dispatch
let production: Production
const house = system('test')

/** @param baseUrl where factories reach the house, once it listens */
async function open(baseUrl?: string): Promise<void> {
  line = await world({
    stages: (context) => {
      if (baseUrl) context.baseUrl = baseUrl
      return {
        dispatch: openDispatch(context, { making: makingOf(context), makeBrief: quickBriefs(context) }),
        production: openProduction(context),
      }
    },
    now: new Date().toISOString(),
  })
  dispatch = line.stages.dispatch
  production = line.stages.production
  await dispatch.changeTerms(house, SHIP_TO)
}
async function leave(): Promise<void> {
  await dispatch.finishSending()
  await line.close()
}
beforeEach(() => open())
afterEach(leave)

const order = async () => (await line.db.read.select().from(productionOrders))[0]!
const letters = async () =>
  (await line.letters())
    .filter(({ to }) => to.startsWith('buyer'))
    .map(({ to, subject }) => `${to}: ${subject}`)
    .sort()
const eventNames = async () =>
  (await line.db.read.select({ name: events.name }).from(events).orderBy(events.id)).map(({ name }) => name)

/** A lot that a factory has accepted in its portal. */
async function accepted() {
  const { factory, actor, secret } = await register(dispatch, {})
  const made = await frozenLot(line.context)
  await line.settle()
  const { id } = await order()
  const [offer] = await line.db.read.select().from(offers)
  await dispatch.accept(actor, { orderId: id, offerId: offer!.id })
  await line.settle()
  return { orderId: id, factory, actor, secret, ...made }
}
const report = (sequence: number, state: ReportedState, more: Record<string, unknown> = {}) => ({
  reportId: `r${sequence}`,
  sequence,
  state,
  ...more,
})
describe('an accepted order', () => {
  test('tells every buyer, in the buyer’s language, once', async () => {
    await accepted()
    await line.everyReactionAgain()
    expect(await letters()).toEqual([
      expect.stringMatching(/^buyer0@example\.com: 已投产：/),
      expect.stringMatching(/^buyer1@example\.com: Being made now: /),
    ])
  })

  test('goes through its stages to the warehouse; nothing says that its buyers have theirs, or names a number as theirs', async () => {
    const { orderId, actor } = await accepted()
    const parcels = [{ carrier: 'SF', trackingNumber: 'SF1', units: 40 }]
    const stages: ReportedState[] = ['materials', 'cutting', 'sewing', 'finishing', 'quality-check']
    for (const [index, state] of stages.entries())
      await production.report(actor, { id: orderId, ...report(index + 1, state) })
    await production.report(actor, { id: orderId, ...report(6, 'shipped', { details: { parcels } }) })
    await line.settle()
    expect(await order()).toMatchObject({ state: 'shipped', sequence: 6, deliveredAt: null })
    expect((await line.letters()).find(({ subject }) => subject.startsWith('It has left'))?.text).toContain(
      'on its way to our warehouse',
    )
    await production.report(actor, { id: orderId, ...report(7, 'delivered') })
    await line.settle()
    await line.everyReactionAgain()
    expect(await order()).toMatchObject({ state: 'delivered', sequence: 7 })
    expect((await line.db.read.select().from(preorders)).map(({ state }) => state)).toEqual(['in-lot', 'in-lot'])
    expect((await line.db.read.select().from(lots)).map(({ state }) => state)).toEqual(['arrived'])
    const told = (await line.letters()).filter(({ to }) => to.startsWith('buyer'))
    expect(
      told.filter(({ text }) => text.includes('at our warehouse') || text.includes('到达我们的仓库')),
    ).toHaveLength(2)
    expect(told.filter(({ text, subject }) => /delivered|已送达|SF1/i.test(`${subject} ${text}`))).toEqual([])
    expect((await eventNames()).filter((name) => name === 'production.delivered')).toHaveLength(1)
    expect(await line.db.read.$count(mails)).toBe(1 + 3 * 2) // the factory's offer; accepted, shipped, at the warehouse × 2
  })

  test('takes no report from the future: 2099 is refused in words, a clock a little fast is not', async () => {
    const { orderId, actor } = await accepted()
    for (const at of ['2099-01-01T00:00:00Z', new Date(line.clock.now().getTime() + 11 * 60_000).toISOString()])
      await expect(production.report(actor, { id: orderId, ...report(1, 'shipped', { at }) })).rejects.toMatchObject({
        status: 422,
        code: 'production.report-ahead',
        extra: { field: 'at' },
        text: { en: expect.stringContaining('has not come yet'), zh: expect.stringContaining('尚未到来') },
      })
    expect(await order()).toMatchObject({ state: 'accepted', sequence: 0 })
    const soon = new Date(line.clock.now().getTime() + 5 * 60_000).toISOString()
    expect(await production.report(actor, { id: orderId, ...report(1, 'materials', { at: soon }) })).toMatchObject({
      outcome: 'applied',
    })
  })

  test('carries no words of its factory into the buyers’ letters but carrier and number', async () => {
    const { orderId, actor } = await accepted()
    const pay = 'SF\n\nPay the customs at http://evil.example'
    for (const [field, parcel] of [
      ['carrier', { carrier: pay, trackingNumber: '1' }],
      ['carrier', { carrier: 'SF', trackingNumber: '1' }, { carrier: 'evil.example/pay', trackingNumber: '1' }],
      ['trackingNumber', { carrier: 'SF', trackingNumber: 'https://evil.example/1' }],
    ].map(([field, ...parcels]) => [field, parcels] as const))
      await expect(
        production.report(actor, { id: orderId, ...report(1, 'shipped', { details: { parcels: parcel } }) }),
      ).rejects.toMatchObject({
        // A line break is refused with the report's form, an address of a website by the rule for parcels.
        code: expect.stringMatching(/^production\.(report|parcel)$/),
        status: 422,
        extra: { field: `details.parcels.${parcel.length - 1}.${String(field)}` },
      })
    await line.settle()
    expect((await line.letters()).some(({ text }) => text.includes('evil'))).toBe(false)
    expect(await order()).toMatchObject({ state: 'accepted' })
  })

  test('that leaves in several parcels is told once, without the numbers of a freight that is no buyer’s', async () => {
    const { orderId, actor } = await accepted()
    const parcel = (trackingNumber: string) => ({ carrier: 'SF', trackingNumber, units: 20 })
    const ship = (sequence: number, ...parcels: ReturnType<typeof parcel>[]) =>
      production.report(actor, { id: orderId, ...report(sequence, 'shipped', { details: { parcels } }) })
    await ship(1, parcel('SF1'))
    await ship(2, parcel('SF1'), parcel('SF2'))
    await ship(3, parcel('SF2'))
    await line.settle()
    await line.everyReactionAgain()
    const told = (await line.letters()).filter(({ to }) => to.startsWith('buyer'))
    expect(told.filter(({ text }) => /SF\d/.test(text))).toEqual([])
    expect((await letters()).filter((letter) => /It has left the factory|已从工厂发出/.test(letter))).toHaveLength(2)
    // Whoever looks at the order sees them all.
    const { reports } = await production.progress(house, { id: orderId })
    expect(JSON.stringify(reports)).toContain('SF2')
  })
})

describe('a report', () => {
  test('that is repeated gets its first answer, also when the order has moved on', async () => {
    const { orderId, actor } = await accepted()
    const first = await production.report(actor, { id: orderId, ...report(1, 'materials') })
    expect(first).toMatchObject({ outcome: 'applied', sequence: 1, state: 'materials' })
    await production.report(actor, { id: orderId, ...report(2, 'sewing') })
    expect(await production.report(actor, { id: orderId, ...report(1, 'materials') })).toMatchObject({
      reportId: 'r1',
      outcome: 'applied',
      sequence: 1,
    })
    expect(await line.db.read.$count(progress)).toBe(2)
  })

  test('with a passed sequence number or a backward state is kept as stale and changes nothing', async () => {
    const { orderId, actor } = await accepted()
    await production.report(actor, { id: orderId, ...report(5, 'sewing') })
    expect(await production.report(actor, { id: orderId, ...report(3, 'cutting') })).toMatchObject({
      outcome: 'stale',
      state: 'sewing',
    })
    expect(await production.report(actor, { id: orderId, ...report(6, 'materials') })).toMatchObject({
      outcome: 'stale',
    })
    expect(await order()).toMatchObject({ state: 'sewing', sequence: 5 })
    const { reports } = await production.progress(actor, { id: orderId })
    expect(reports.map(({ sequence, outcome }) => [sequence, outcome])).toEqual([
      [3, 'stale'],
      [5, 'applied'],
      [6, 'stale'],
    ])
  })

  test('from the portal needs no number: it gets the next', async () => {
    const { orderId, actor } = await accepted()
    await production.report(actor, { id: orderId, reportId: 'a', state: 'materials' })
    expect(await production.report(actor, { id: orderId, reportId: 'b', state: 'cutting' })).toMatchObject({
      sequence: 2,
    })
  })

  test('of another factory, of nobody, before acceptance or of an unknown state is refused', async () => {
    const { actor } = await register(dispatch, {})
    await frozenLot(line.context)
    await line.settle()
    const { id } = await order()
    await expect(production.report(actor, { id, ...report(1, 'materials') })).rejects.toMatchObject({
      code: 'production.not-yours-yet',
      status: 409,
    })
    const [offer] = await line.db.read.select().from(offers)
    await dispatch.accept(actor, { orderId: id, offerId: offer!.id })
    const other: Actor = { kind: 'factory', id: newId(), name: 'Other' }
    await expect(production.report(other, { id, ...report(1, 'materials') })).rejects.toMatchObject({ status: 404 })
    await expect(production.report({ kind: 'anonymous' }, { id, ...report(1, 'materials') })).rejects.toMatchObject({
      status: 401,
    })
    await expect(
      production.report(actor, { id, ...report(1, 'materials'), state: 'dyeing' as ReportedState }),
    ).rejects.toMatchObject({
      status: 422,
      extra: { field: 'state' },
    })
    await expect(production.report(actor, { id, ...report(1, 'materials'), sequence: -1 })).rejects.toMatchObject({
      extra: { field: 'sequence' },
    })
    expect(await line.db.read.$count(progress)).toBe(0)
  })

  test('any order of arrival, also at once and twice, ends where the reports lead', async () => {
    const { orderId, actor } = await accepted()
    const set = [
      report(1, 'materials'),
      report(2, 'cutting'),
      report(3, 'quality-check'),
      report(4, 'finishing'),
      report(5, 'quality-check'),
      report(6, 'shipped'),
      report(7, 'sewing'),
    ]
    const [arrival] = fc.sample(fc.shuffledSubarray([...set, ...set], { minLength: 14 }), { numRuns: 1, seed: 42 })
    await Promise.all(arrival!.slice(0, 5).map((each) => production.report(actor, { id: orderId, ...each })))
    for (const each of arrival!.slice(5)) await production.report(actor, { id: orderId, ...each })
    const { state, sequence } = standingAfter(set)
    expect(await order()).toMatchObject({ state, sequence })
    expect([state, sequence]).toEqual(['shipped', 6])
    expect(await line.db.read.$count(progress)).toBe(7)
  })
})

describe('lateness', () => {
  const sweep = async () => {
    await production.reactions['production.sweep-due']!({
      id: 'sweep',
      name: 'production.sweep-due',
      payload: { window: 'now' },
      at: line.clock.now(),
    })
    await line.settle()
  }
  test('is noticed before the promised date, once, and buyers hear the new date', async () => {
    await accepted()
    await sweep()
    expect(await order()).toMatchObject({ lateNoticedAt: null })
    // 20 days of lead and 4 of transport leave 11 of 35; waiting for materials may take 3.
    line.clock.advance(13 * DAY)
    await sweep()
    expect(await order()).toMatchObject({ lateNoticedAt: null })
    line.clock.advance(2 * DAY)
    await Promise.all([sweep(), sweep()])
    await sweep()
    const { lateNoticedAt, promisedAt } = await order()
    expect(+lateNoticedAt!).toBeLessThan(+promisedAt - 19 * DAY)
    expect((await eventNames()).filter((name) => name === 'production.late')).toHaveLength(1)
    expect((await letters()).filter((letter) => /Later than promised|可能推迟/.test(letter))).toHaveLength(2)
  })
  test('is not said of an order that keeps its time', async () => {
    const { orderId, actor } = await accepted()
    for (const [index, state] of (
      ['materials', 'cutting', 'sewing', 'finishing', 'quality-check', 'shipped'] as const
    ).entries()) {
      line.clock.advance(3 * DAY)
      await production.report(actor, { id: orderId, ...report(index + 1, state) })
      await sweep()
    }
    expect(await order()).toMatchObject({ state: 'shipped', lateNoticedAt: null })
  })
})

describe('a callback', () => {
  const signed = (secret: string, factoryId: string, json: unknown, id = newId(), at = line.clock.now()) => {
    const rawBody = JSON.stringify(json)
    return { factoryId, rawBody, headers: { ...signMessage([secret], id, at, rawBody) } }
  }
  const progressed = (orderId: string, sequence: number, state: string) => ({
    type: 'order.progressed',
    timestamp: line.clock.now().toISOString(),
    data: { orderId, sequence, state },
  })

  test('is taken when it is signed, and its message id stands for a missing report id', async () => {
    const { orderId, factory, secret } = await accepted()
    const callback = signed(secret, factory.id, progressed(orderId, 1, 'materials'), 'msg_1')
    expect(await dispatch.receiveCallback(callback)).toMatchObject({ reportId: 'msg_1', outcome: 'applied' })
    expect(await dispatch.receiveCallback(callback)).toMatchObject({ reportId: 'msg_1', outcome: 'applied' })
    expect(await line.db.read.$count(progress)).toBe(1)
  })

  test('is refused with another key, an old timestamp, a changed body, for an unknown factory, or as no JSON', async () => {
    const { orderId, factory, secret } = await accepted()
    const json = progressed(orderId, 1, 'materials')
    const codeOf = (callback: Parameters<Dispatch['receiveCallback']>[0]) =>
      dispatch.receiveCallback(callback).then(
        () => 'taken',
        (error: unknown) => (error instanceof Problem ? `${error.status} ${error.code}` : String(error)),
      )
    expect(await codeOf(signed(newSecret(), factory.id, json))).toBe('401 signature.wrong')
    const old = new Date(+line.clock.now() - 301_000)
    expect(await codeOf(signed(secret, factory.id, json, 'a', old))).toBe('401 signature.stale')
    expect(await codeOf({ ...signed(secret, factory.id, json), rawBody: JSON.stringify({ ...json, x: 1 }) })).toBe(
      '401 signature.wrong',
    )
    expect(await codeOf(signed(secret, newId(), json))).toBe('401 signature.wrong')
    expect(await codeOf(signed(secret, factory.id, { type: 'production.offered', data: { orderId } }))).toBe(
      '422 callbacks.invalid',
    )
    const rubbish = {
      factoryId: factory.id,
      rawBody: 'x',
      headers: { ...signMessage([secret], 'b', line.clock.now(), 'x') },
    }
    expect(await codeOf(rubbish)).toBe('400 callbacks.json')
    expect(await line.db.read.$count(progress)).toBe(0)
  })

  test('signed with the old secret is taken during a rotation, and not after it', async () => {
    const { orderId, factory, secret } = await accepted()
    const { secret: fresh } = await dispatch.rotateSecret(house, { id: factory.id })
    expect(await dispatch.receiveCallback(signed(secret, factory.id, progressed(orderId, 1, 'materials')))).toBeTruthy()
    expect(await dispatch.receiveCallback(signed(fresh, factory.id, progressed(orderId, 2, 'cutting')))).toBeTruthy()
    line.clock.advance(48 * HOUR + 1)
    await expect(
      dispatch.receiveCallback(signed(secret, factory.id, progressed(orderId, 3, 'sewing'))),
    ).rejects.toMatchObject({ code: 'signature.wrong' })
    expect(await dispatch.receiveCallback(signed(fresh, factory.id, progressed(orderId, 3, 'sewing')))).toBeTruthy()
  })
})

describe('a factory’s own system over HTTP', () => {
  let factory: DemoFactory
  let close: () => void
  let fails = 0

  /** The house's two doors for factories, with nothing but what the edge will do. */
  async function doors(): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', async () => {
        const url = new URL(request.url ?? '', 'http://house')
        const [, , kind, first = '', name = ''] = url.pathname.split('/')
        try {
          if (kind === 'callbacks' && fails-- > 0) return void response.writeHead(503).end()
          if (kind === 'callbacks') {
            const callback = { factoryId: first, headers: request.headers, rawBody: Buffer.concat(chunks) }
            return void response.end(JSON.stringify(await dispatch.receiveCallback(callback)))
          }
          const [expires, signature] = ['expires', 'signature'].map((key) => url.searchParams.get(key) ?? '')
          const file = await dispatch.briefFile(anonymous, {
            orderId: first,
            name: decodeURIComponent(name),
            expires: expires!,
            signature: signature!,
          })
          return void response.end(file.bytes)
        } catch (error) {
          return void response.writeHead(error instanceof Problem ? error.status : 500).end(String(error))
        }
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    close = () => {
      server.closeAllConnections()
      server.close()
    }
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  async function run(manners: Partial<Manners>) {
    factory = await startFactory({ manners: { pauseMs: 0, ...manners } })
    const address = await doors()
    await leave()
    await open(address)
    const made = await dispatch.createFactory(house, {
      name: 'Demo',
      country: 'China',
      categories: ['tee'],
      weeklyCapacity: 500,
      leadDays: 20,
      rates: { tee: 800 },
      complianceClass: 'A',
      endpoint: factory.endpoint,
    })
    factory.setUp({
      factoryId: made.factory.id,
      secret: made.secret,
      callbackUrl: `${line.context.baseUrl}/factory/callbacks/${made.factory.id}`,
    })
    await dispatch.pingFactory(house, { id: made.factory.id })
    await frozenLot(line.context)
    await line.settle()
    await factory.idle()
    await line.settle()
    return made.factory
  }
  afterEach(async () => {
    fails = 0
    await factory.close()
    close()
  })

  test('verifies, fetches and checks every file, accepts, and reports to the end', async () => {
    await run({})
    const checked = factory.log.find(({ what }) => what === 'checked')
    expect(checked).toMatchObject({ faults: [], schema: true })
    expect(Number(checked?.['files'])).toBeGreaterThan(10)
    expect(await order()).toMatchObject({ state: 'delivered', sequence: 7 })
    expect(line.complaints).toEqual([])
  })
  test('may send everything twice and backwards: the end is the same', async () => {
    await run({ twice: true, backwards: true })
    expect(await order()).toMatchObject({ state: 'delivered', sequence: 7 })
    expect((await letters()).filter((letter) => /At our warehouse|已到仓/.test(letter))).toHaveLength(2)
  })
  test('may fail its first inspection, and that is remembered', async () => {
    await run({ failFirstCheck: true })
    expect(await order()).toMatchObject({ state: 'delivered', sequence: 9 })
    const { reports } = await production.progress(house, { id: (await order()).id })
    expect(reports.find(({ sequence }) => sequence === 5)).toMatchObject({ details: { passed: false, defects: 5 } })
  })
  test('is heard although we were away for its first two calls', async () => {
    fails = 2
    await run({})
    expect(await order()).toMatchObject({ state: 'delivered' })
  })
  test('may decline, keep silent or ask for more', async () => {
    await run({ answer: 'counter', counterPrice: 950 })
    const [offer] = await line.db.read.select().from(offers)
    expect(offer).toMatchObject({ state: 'countered', counter: { price: 950 } })
    await dispatch.settleCounter(house, { orderId: offer!.orderId, offerId: offer!.id, accept: true })
    await line.settle()
    await factory.idle()
    await line.settle()
    expect(await order()).toMatchObject({ state: 'delivered', agreedPrice: 950 })
  })
})
