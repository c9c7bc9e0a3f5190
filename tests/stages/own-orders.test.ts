/** Everything of one buyer behind one link: whose it is, how it is got, and what never stands behind it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { DAY, HOUR, MINUTE, newId } from '../../src/core/values.ts'
import { mails } from '../../src/db/schema.ts'
import { UPKEEP } from '../../src/edges/line.ts'
import { openPeople } from '../../src/stages/0-house/actions.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { changeHouse } from '../support/house.ts'
import { openCampaign } from '../support/campaigns.ts'
import { world, type World } from '../support/world.ts'

const house = system('test')
let line: World<{ demand: Demand }>
let demand: Demand
beforeEach(async () => {
  line = await world({ stages: (context) => ({ demand: openDemand(context) }) })
  demand = line.stages.demand
})
afterEach(() => line.close())

async function order(reach: { email?: string; phone?: string }, { settle = true } = {}): Promise<string> {
  const { id: campaignId } = await openCampaign(line.context)
  const { text } = await demand.place(
    anonymous,
    campaignId,
    { ...reach, name: '林梅', lang: 'en', lines: [{ size: 'L', colourway: 'olive', quantity: 2 }] },
    { key: newId(), describe: ({ code }) => code },
  )
  line.clock.advance(1)
  if (settle) await line.settle()
  return (JSON.parse(text) as { id: string }).id
}
const codeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('was not refused')
  return error.code
}
async function sent(): Promise<{ to: string; text: string; subject: string }[]> {
  await line.settle()
  return (await line.letters()).map(({ to, text, subject }) => ({ to, text, subject }))
}
async function linkFor(reach: string): Promise<string> {
  await demand.sendOwnLink(anonymous, { reach, origin: 'net:1' })
  const last = (await sent()).find(({ subject }) => subject === 'The link to your orders')
  return new URL(/http\S+\/orders\/mine\?token=\S+/.exec(last?.text ?? '')?.[0] ?? '').searchParams.get('token') ?? ''
}
const ids = (mine: Awaited<ReturnType<Demand['ordersOf']>>) => mine.orders.map(({ preorder }) => preorder.id)

test('it comes by letter to the address that was ordered with, and opens all of it and nobody else’s', async () => {
  const first = await order({ email: 'Mei@Example.com' })
  await order({ email: 'else@example.com' })
  const second = await order({ email: 'mei+shop@example.com' })
  const token = await linkFor('mei@example.com')
  expect(token).not.toMatch(/mei|example/i)
  const mine = await demand.ordersOf(anonymous, { token })
  expect(ids(mine)).toEqual([second, first])
  const letter = (await sent()).find(({ subject }) => subject === 'The link to your orders')
  expect(letter?.to).toBe('mei+shop@example.com')
  // What opens each one's own page.
  const [newest] = mine.orders
  expect((await demand.ofBuyer(anonymous, { id: second, token: newest?.token ?? '' })).preorder.id).toBe(second)
})

test('whoever asks is not told whether anything was ordered, and no letter goes where nothing was', async () => {
  const told = await demand.sendOwnLink(anonymous, { reach: 'nobody@example.com', origin: 'net:1' })
  expect(told).toEqual({ byText: false })
  expect(await sent()).toEqual([])
  expect(await codeOf(demand.sendOwnLink(anonymous, { reach: 'neither', origin: 'net:1' }))).toBe('orders.reach')
  for (let n = 0; n < 2; n++) await demand.sendOwnLink(anonymous, { reach: 'nobody@example.com', origin: 'net:1' })
  const often = demand.sendOwnLink(anonymous, { reach: 'nobody@example.com', origin: 'net:1' })
  expect(await codeOf(often)).toBe('limits.too-many')
})

test('it ends after thirty days and is had anew; what is not ours opens nothing', async () => {
  const id = await order({ email: 'mei@example.com' })
  const token = await linkFor('mei@example.com')
  line.clock.advance(31 * DAY)
  expect(await codeOf(demand.ordersOf(anonymous, { token }))).toBe('orders.link-expired')
  expect(ids(await demand.ordersOf(anonymous, { token: await anew() }))).toEqual([id])
  const { vault } = line.context.engines
  for (const other of ['', 'x', `${token}x`, vault.seal('{"phone":"+8613800138000"}'), vault.seal('no')])
    expect(await codeOf(demand.ordersOf(anonymous, { token: other }))).toBe('orders.link')
})
async function anew(): Promise<string> {
  const before = (await sent()).length
  await demand.sendOwnLink(anonymous, { reach: 'mei@example.com', origin: 'net:1' })
  const letters = await sent()
  expect(letters.length).toBe(before + 1)
  const links = letters.flatMap(({ text }) => /\/orders\/mine\?token=(\S+)/.exec(text)?.[1] ?? [])
  for (const link of links) if (!(await expired(link))) return link
  throw new Error('no link holds')
}
const expired = (token: string) =>
  demand.ordersOf(anonymous, { token }).then(
    () => false,
    () => true,
  )

test('ordered by telephone, a code opens it, and nothing about an order changes by it', async () => {
  await changeHouse(line.context, house, { verification: 'any' })
  const id = await order({ phone: '13800138000' })
  await order({ phone: '13900139000' })
  expect(await demand.sendOwnLink(anonymous, { reach: '138 0013 8000', origin: 'net:1' })).toEqual({ byText: true })
  const text = (await sent()).find(({ text: words }) => words.includes('opens all that you have ordered'))
  const code = /\d{6}/.exec(text?.text ?? '')?.[0] ?? ''
  const given = { reach: '138 0013 8000', origin: 'net:1' }
  const wrong = code === '000000' ? '111111' : '000000'
  expect(await codeOf(demand.openByCode(anonymous, { ...given, code: wrong }))).toBe('orders.code')
  expect(await codeOf(demand.openByCode(anonymous, { ...given, reach: '13700137000', code }))).toBe('orders.code')
  const { link } = await demand.openByCode(anonymous, { ...given, code })
  const mine = await demand.ordersOf(anonymous, { token: new URL(link).searchParams.get('token') ?? '' })
  expect(ids(mine)).toEqual([id])
  expect(mine.orders[0]?.preorder.state).toBe('pending')
  expect(await codeOf(demand.openByCode(anonymous, { ...given, code }))).toBe('orders.code')
  line.clock.advance(HOUR + MINUTE)
})

test('the page of one order leads to all of them', async () => {
  const first = await order({ email: 'mei@example.com' })
  const second = await order({ email: 'mei@example.com' })
  const token = new URL(demand.linkFor(first)).searchParams.get('token') ?? ''
  const { mine } = await demand.ofBuyer(anonymous, { id: first, token })
  expect(mine).toMatch(/^\/orders\/mine\?token=/)
  const all = await demand.ordersOf(anonymous, { token: mine.split('token=')[1] ?? '' })
  expect(ids(all)).toEqual([second, first])
})

test('many stand on pages of ten', async () => {
  const placed: string[] = []
  for (let n = 0; n < 12; n++) placed.unshift(await order({ email: 'mei@example.com' }, { settle: false }))
  await line.settle()
  const token = await linkFor('mei@example.com')
  const page = await demand.ordersOf(anonymous, { token })
  expect(ids(page)).toEqual(placed.slice(0, 10))
  const rest = await demand.ordersOf(anonymous, { token, before: page.next })
  expect(ids(rest)).toEqual(placed.slice(10))
  expect(rest.next).toBeUndefined()
})

test('a buyer’s own data are had and erased by the link; an account of the same address stays', async () => {
  const people = openPeople(line.context, { retentionDays: 30, upkeep: UPKEEP })
  const id = await order({ email: 'mei@example.com' })
  const waits = await order({ email: 'mei@example.com' })
  const one = new URL(demand.linkFor(id)).searchParams.get('token') ?? ''
  await demand.cancel(anonymous, { id, token: one })
  const token = await linkFor('mei@example.com')
  const email = demand.personBehind(token)
  const found = await people.export(house, { email, asBuyer: true })
  expect(found).toMatchObject({ accounts: [], factoryContacts: [] })
  expect(found.preorders).toHaveLength(2)
  const { erased, kept } = await people.erase(house, { email, asBuyer: true })
  expect(erased).toMatchObject({ preorders: 1, accounts: 0 })
  expect(kept.map((each) => each.id)).toContain(waits)
  expect(ids(await demand.ordersOf(anonymous, { token }))).toEqual([waits])
  expect((await line.db.read.select().from(mails)).filter(({ to }) => to === 'mei@example.com').length).toBeLessThan(2)
})
