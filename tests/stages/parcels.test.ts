/** The last mile: a lot at the warehouse, and what each of its buyers gets, is told and has. */
import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { system, type Actor } from '../../src/core/actor.ts'
import { DAY } from '../../src/core/values.ts'
import { lots, offers, parcels, preorders, productionOrders, shipments } from '../../src/db/schema.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { openDispatch, type Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import { openProduction, type Production } from '../../src/stages/7-production/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { readPdf } from '../garments/support-pdf.ts'
import { quickBriefs, register, SHIP_TO } from '../support/factories.ts'
import { frozenLot } from '../support/lots.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand; dispatch: Dispatch; production: Production }>
const house = system('test')

beforeEach(async () => {
  line = await world({
    stages: (context) => ({
      demand: openDemand(context),
      dispatch: openDispatch(context, { making: makingOf(context), makeBrief: quickBriefs(context) }),
      production: openProduction(context),
    }),
    now: '2026-11-30T02:00:00.000Z',
  })
  await line.stages.dispatch.changeTerms(house, SHIP_TO)
})
afterEach(async () => {
  await line.stages.dispatch.finishSending()
  await line.close()
})

const order = async () => (await line.db.read.select().from(productionOrders))[0]!
const own = async () => line.db.read.select().from(shipments).orderBy(asc(shipments.id))
const states = async () => (await line.db.read.select().from(preorders).orderBy(asc(preorders.id))).map((row) => row.state) // prettier-ignore
const toBuyer = async (n: number) => (await line.letters()).filter(({ to }) => to === `buyer${n}@example.com`)

/** A lot of two buyers that a factory has made and sent to the warehouse. */
async function arrived(): Promise<{ id: string; actor: Actor }> {
  const { actor } = await register(line.stages.dispatch, {})
  await frozenLot(line.context)
  await line.settle()
  const { id } = await order()
  const [offer] = await line.db.read.select().from(offers)
  await line.stages.dispatch.accept(actor, { orderId: id, offerId: offer!.id })
  const { production } = line.stages
  await production.report(actor, { id, reportId: 'r1', sequence: 1, state: 'shipped' })
  await production.report(actor, { id, reportId: 'r2', sequence: 2, state: 'delivered' })
  await line.settle()
  return { id, actor }
}

test('each buyer of a lot at the warehouse has a shipment of their own, once, and it is picked by variant', async () => {
  const { id } = await arrived()
  await line.everyReactionAgain()
  const [first, second, ...more] = await own()
  expect(more).toEqual([])
  const { number, campaignId } = await order()
  expect([first?.number, second?.number]).toEqual([`${number}-1`, `${number}-2`])
  const packing = await line.stages.production.packing(house, { id })
  const [lot] = await line.db.read.select().from(lots).where(eq(lots.campaignId, campaignId))
  expect(packing.pick).toEqual(lot!.quantities)
  expect(packing.counts).toEqual([{ state: 'to-pack', shipments: 2, units: 40 }])
})

test('a buyer is told the number of their own parcel and of no other; received, the pre-order ends, with the last of them the lot', async () => {
  const { id } = await arrived()
  const { production } = line.stages
  const [first, second] = await own()
  const told = [
    { shipment: first!.number, carrier: '顺丰', trackingNumber: 'SF100' },
    { shipment: second!.number, carrier: 'YTO', trackingNumber: 'YT200' },
  ]
  expect(await production.recordParcels(house, { id, parcels: told })).toEqual({ sent: 2, known: 0 })
  expect(await production.recordParcels(house, { id, parcels: told })).toEqual({ sent: 0, known: 2 })
  await line.settle()
  const [mei, ann] = [await toBuyer(0), await toBuyer(1)]
  expect(mei.filter(({ text }) => text.includes('SF100'))).toHaveLength(1)
  expect(ann.filter(({ text }) => text.includes('YT200'))).toHaveLength(1)
  expect([...mei.filter(({ text }) => text.includes('YT200')), ...ann.filter(({ text }) => text.includes('SF100'))]).toEqual([]) // prettier-ignore
  expect(await states()).toEqual(['in-lot', 'in-lot'])

  expect(await production.noteTracking(house, { parcels: [{ trackingNumber: 'SF100', state: 'on-its-way' }] })).toEqual({ received: 0 }) // prettier-ignore
  expect(await production.noteTracking(house, { parcels: [{ trackingNumber: 'SF100', state: 'received' }] })).toEqual({ received: 1 }) // prettier-ignore
  expect((await states()).toSorted()).toEqual(['fulfilled', 'in-lot'])
  expect((await line.db.read.select().from(lots))[0]).toMatchObject({ state: 'arrived' })
  await production.receive(house, { id, shipments: [second!.number] })
  expect(await states()).toEqual(['fulfilled', 'fulfilled'])
  expect((await line.db.read.select().from(lots))[0]).toMatchObject({ state: 'fulfilled' })
  expect(await line.stages.demand.audit(house, { repair: false })).toEqual([])
})

test('a shipment in two parcels is received when both are, and each is told once', async () => {
  const { id } = await arrived()
  const { production } = line.stages
  const [first] = await own()
  const parcel = (trackingNumber: string) => ({ shipment: first!.number, carrier: 'SF', trackingNumber })
  await production.recordParcels(house, { id, parcels: [parcel('A1')] })
  await production.recordParcels(house, { id, parcels: [parcel('A1'), parcel('A2')] })
  await line.settle()
  const mine = await toBuyer(first!.preorderId === (await line.db.read.select().from(preorders).where(eq(preorders.email, 'buyer0@example.com')))[0]!.id ? 0 : 1) // prettier-ignore
  expect(mine.filter(({ text }) => text.includes('A1'))).toHaveLength(1)
  expect(mine.filter(({ text }) => text.includes('A2'))).toHaveLength(1)
  expect(await production.noteTracking(house, { parcels: [{ trackingNumber: 'A1', state: 'received' }] })).toEqual({ received: 0 }) // prettier-ignore
  expect(await production.noteTracking(house, { parcels: [{ trackingNumber: 'A2', state: 'received' }] })).toEqual({ received: 1 }) // prettier-ignore
})

test('two carriers who tell of the last parcels of a shipment in the same moment end it', async () => {
  const { id } = await arrived()
  const { production } = line.stages
  const [first, second] = await own()
  const parcel = (shipment: string, trackingNumber: string) => ({ shipment, carrier: 'SF', trackingNumber })
  await production.recordParcels(house, { id, parcels: [parcel(first!.number, 'A1'), parcel(first!.number, 'A2')] })
  const told = (trackingNumber: string) => production.noteTracking(house, { parcels: [{ trackingNumber, state: 'received' }] }) // prettier-ignore
  const each = await Promise.all([told('A1'), told('A2')])
  expect(each.map(({ received }) => received).toSorted()).toEqual([0, 1])
  expect((await own())[0]).toMatchObject({ state: 'received' })
  expect(await production.receive(house, { id, shipments: [second!.number] })).toEqual({ received: 1 })
  expect((await line.db.read.select().from(lots))[0]).toMatchObject({ state: 'fulfilled' })
})

test('two buyers of a lot who are the last that wait for theirs end it, also in the same moment', async () => {
  const { id } = await arrived()
  const { production } = line.stages
  const each = (await own()).map(({ number }) => production.receive(house, { id, shipments: [number] }))
  expect(await Promise.all(each)).toEqual([{ received: 1 }, { received: 1 }])
  expect(await states()).toEqual(['fulfilled', 'fulfilled'])
  expect((await line.db.read.select().from(lots))[0]).toMatchObject({ state: 'fulfilled' })
})

test('a list is taken whole, or not at all with each bad row by its line; what has not left is left out', async () => {
  const { id } = await arrived()
  const { production } = line.stages
  const [first, second] = await own()
  const csv = await production.exportShipments(house, { id, lang: 'en' })
  expect(csv.split('\r\n')[0]).toBe(
    'order,name,company,phone,country,region,city,district,street,building,postcode,colour,size,quantity,carrier,tracking_number',
  )
  // The second has not left; the first in two rows, one for each size, of one parcel.
  const filled = csv.replaceAll(new RegExp(`(${first!.number},.*),,`, 'g'), '$1,SF,SF1')
  const bad = `order,carrier,tracking_number\n${first!.number},SF,SF1\nPO-26-9999-1,SF,SF2\n${second!.number},SF,SF1\n${second!.number},SF,\n`
  const refused = await production.importParcels(house, { id, list: bad })
  expect(refused).toMatchObject({ sent: 0, known: 0 })
  expect(refused.errors.map((row) => row.line)).toEqual([3, 4, 5])
  expect(refused.errors[0]!.reason.en).toContain('there is no "PO-26-9999-1"')
  expect(refused.errors[1]!.reason.zh).toContain('另一位买家')
  expect(await line.db.read.$count(parcels)).toBe(0)
  expect((await line.letters()).filter(({ text }) => text.includes('SF1'))).toEqual([])
  expect(await production.importParcels(house, { id, list: filled })).toMatchObject({ sent: 1, known: 0, open: 1, errors: [] }) // prettier-ignore
  const chinese = `单号,快递公司,快递单号\n${second!.number.toLowerCase()},中通,ZT5\n`
  expect(await production.importParcels(house, { id, list: chinese })).toMatchObject({ sent: 1, errors: [] })
  await expect(production.importParcels(house, { id, list: 'a,b\n1,2\n' })).rejects.toMatchObject({ status: 422, code: 'parcels.list' }) // prettier-ignore
})

test('a lot that is not at the warehouse has nothing to pack, and a parcel nobody knows is none', async () => {
  await register(line.stages.dispatch, {})
  await frozenLot(line.context)
  await line.settle()
  const { id } = await order()
  await expect(line.stages.production.packing(house, { id })).rejects.toMatchObject({ status: 409, code: 'parcels.not-arrived' }) // prettier-ignore
  await expect(
    line.stages.production.noteTracking(house, { parcels: [{ trackingNumber: 'X', state: 'received' }] }),
  ).rejects.toMatchObject({ status: 422, code: 'parcels.rows' })
})

test('a buyer sees where theirs is behind their own link, and says that they have it', async () => {
  const { id } = await arrived()
  const { production, demand } = line.stages
  const [first] = await own()
  const token = new URL(demand.linkFor(first!.preorderId)).searchParams.get('token')!
  const link = { id: first!.preorderId, token }
  const anybody: Actor = { kind: 'anonymous' }
  await expect(production.confirmReceived(anybody, link)).rejects.toMatchObject({ code: 'parcels.not-sent' })
  await production.recordParcels(house, { id, parcels: [{ shipment: first!.number, carrier: 'SF', trackingNumber: 'SF9' }] }) // prettier-ignore
  expect(await production.ofBuyer(anybody, link)).toMatchObject({
    order: { state: 'delivered' },
    shipment: { number: first!.number, state: 'sent' },
    parcels: [{ carrier: 'SF', trackingNumber: 'SF9' }],
  })
  await expect(production.ofBuyer(anybody, { ...link, token: 'x.y' })).rejects.toMatchObject({ status: 404 })
  expect(await production.confirmReceived(anybody, link)).toEqual({ received: true })
  expect(await production.confirmReceived(anybody, link)).toEqual({ received: true })
  expect((await states()).toSorted()).toEqual(['fulfilled', 'in-lot'])
})

test('a factory that sends its own order to the buyers sees their addresses, of that order alone, and no other factory does', async () => {
  const { dispatch, production } = line.stages
  const { actor } = await register(dispatch, {})
  const other = await register(dispatch, { name: 'Other' })
  await frozenLot(line.context)
  await line.settle()
  const { id, factoryId } = await (async () => {
    const [offer] = await line.db.read.select().from(offers)
    const mine = offer!.factoryId === (actor as { id: string }).id ? actor : other.actor
    await dispatch.accept(mine, { orderId: offer!.orderId, offerId: offer!.id })
    return order()
  })()
  await line.settle()
  const [mine, theirs] = factoryId === (actor as { id: string }).id ? [actor, other.actor] : [other.actor, actor]
  await expect(production.exportShipments(mine, { id })).rejects.toMatchObject({ status: 404 })
  expect(await production.shipDirect(house, { id })).toEqual({ direct: true })
  expect(await production.shipDirect(house, { id })).toEqual({ direct: true })
  await line.settle()
  expect(await production.exportShipments(mine, { id })).toContain('王梅')
  await expect(production.exportShipments(theirs, { id })).rejects.toMatchObject({ status: 404 })
  await expect(production.slips(theirs, { id })).rejects.toMatchObject({ status: 404 })
  const [first, second] = await own()
  const parcels = [first, second].map((each, n) => ({ shipment: each!.number, carrier: 'SF', trackingNumber: `D${n}` }))
  await expect(production.recordParcels(theirs, { id, parcels })).rejects.toMatchObject({ status: 404 })
  await production.report(mine, { id, reportId: 'r1', sequence: 1, state: 'shipped' })
  expect(await production.recordParcels(mine, { id, parcels })).toEqual({ sent: 2, known: 0 })
  await production.report(mine, { id, reportId: 'r2', sequence: 2, state: 'delivered' })
  await line.settle()
  expect((await line.letters()).filter(({ text }) => /warehouse|仓库/.test(text))).toEqual([])
  expect((await line.db.read.select().from(lots))[0]).toMatchObject({ state: 'frozen', arrivedAt: null })
  await production.receive(house, { id, shipments: parcels.map(({ shipment }) => shipment) })
  expect((await line.db.read.select().from(lots))[0]).toMatchObject({ state: 'fulfilled' })
})

test('slips are printed for what is to be packed, with the number that the bars say', async () => {
  const { id } = await arrived()
  const { production } = line.stages
  const { bytes } = await production.slips(house, { id })
  const pages = await readPdf(bytes)
  expect(pages).toHaveLength(2)
  const words = pages.map(({ text }) => text).join('\n')
  for (const { number } of await own()) expect(words).toContain(number)
  expect(words).toContain('王梅')
  const numbers = (await own()).map(({ number }) => number)
  await production.receive(house, { id, shipments: numbers })
  await expect(production.slips(house, { id })).rejects.toMatchObject({ status: 409, code: 'parcels.no-slips' })
})

test('a lot that failed its inspection does not leave: an inspection that passes lets it go, or a manager with a reason', async () => {
  const { dispatch, production } = line.stages
  const { actor } = await register(dispatch, {})
  await frozenLot(line.context)
  await line.settle()
  const { id } = await order()
  const [offer] = await line.db.read.select().from(offers)
  await dispatch.accept(actor, { orderId: id, offerId: offer!.id })
  const report = (sequence: number, state: 'quality-check' | 'finishing' | 'shipped', passed?: boolean) =>
    production.report(actor, { id, reportId: `r${sequence}`, sequence, state, details: passed === undefined ? {} : { passed } }) // prettier-ignore
  await expect(production.clearInspection(house, { id, reason: 'x' })).rejects.toMatchObject({ code: 'production.not-failed' }) // prettier-ignore
  await report(1, 'quality-check', false)
  await expect(report(2, 'shipped')).rejects.toMatchObject({ status: 409, code: 'production.failed-inspection' })
  expect((await order()).state).toBe('quality-check')
  const merchandiser: Actor = { kind: 'user', id: 'm', name: 'M', role: 'merchandiser' }
  await expect(production.clearInspection(merchandiser, { id, reason: 'x' })).rejects.toMatchObject({ status: 403 })
  await production.clearInspection({ ...merchandiser, role: 'manager' }, { id, reason: 'Loose threads only' })
  // About that inspection alone.
  await report(3, 'finishing')
  await report(4, 'quality-check', false)
  await expect(report(5, 'shipped')).rejects.toMatchObject({ code: 'production.failed-inspection' })
  await report(6, 'quality-check', true)
  expect(await report(7, 'shipped')).toMatchObject({ outcome: 'applied', state: 'shipped' })
})

test('a buyer who cancels in the moment in which theirs is recorded as sent has one of the two, and hears of that alone', async () => {
  const { id } = await arrived()
  const { production, demand } = line.stages
  line.clock.advance(40 * DAY)
  const each = await own()
  const anybody: Actor = { kind: 'anonymous' }
  for (const { number, preorderId } of each) {
    const token = new URL(demand.linkFor(preorderId)).searchParams.get('token')!
    const [cancelled, sent] = await Promise.allSettled([
      production.cancelLate(anybody, { id: preorderId, token }),
      production.recordParcels(house, { id, parcels: [{ shipment: number, carrier: 'SF', trackingNumber: number }] }),
    ])
    expect([cancelled.status, sent.status].toSorted()).toEqual(['fulfilled', 'rejected'])
    const left = await line.db.read.$count(parcels, eq(parcels.trackingNumber, number))
    expect(left).toBe(sent.status === 'fulfilled' ? 1 : 0)
  }
  expect(await demand.audit(house, { repair: false })).toEqual([])
})

test('a missed promise gives the right to cancel while nothing has left, and the late letter says how', async () => {
  const { id } = await arrived()
  const { production, demand } = line.stages
  const [first, second] = await own()
  const linkTo = (preorderId: string) => ({ id: preorderId, token: new URL(demand.linkFor(preorderId)).searchParams.get('token')! }) // prettier-ignore
  const anybody: Actor = { kind: 'anonymous' }
  await expect(production.cancelLate(anybody, linkTo(first!.preorderId))).rejects.toMatchObject({ code: 'parcels.may-not-cancel' }) // prettier-ignore
  await production.recordParcels(house, { id, parcels: [{ shipment: second!.number, carrier: 'SF', trackingNumber: 'S2' }] }) // prettier-ignore
  line.clock.advance(40 * DAY)
  const links = [first!, second!].map(({ preorderId }) => linkTo(preorderId))
  expect(await production.ofBuyer(anybody, links[0]!)).toMatchObject({ mayCancel: true })
  await expect(production.cancelLate(anybody, links[1]!)).rejects.toMatchObject({ code: 'parcels.may-not-cancel' })
  expect(await production.cancelLate(anybody, links[0]!)).toEqual({ released: true })
  expect(await production.cancelLate(anybody, links[0]!)).toEqual({ released: true })
  expect((await own())[0]).toMatchObject({ state: 'released' })
  expect((await states()).toSorted()).toEqual(['in-lot', 'released'])
  expect(await demand.audit(house, { repair: false })).toEqual([])
  await line.settle()
  expect((await line.letters()).filter(({ subject }) => /^Cancelled|^预订已取消/.test(subject))).toHaveLength(1)
  await production.receive(house, { id, shipments: [second!.number] })
  expect((await line.db.read.select().from(lots))[0]).toMatchObject({ state: 'fulfilled' })
})
