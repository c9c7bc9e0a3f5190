/** A buyer takes other sizes, colours or pieces of what was ordered, as long as its lot gathers. */
import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { DAY, newId } from '../../src/core/values.ts'
import { campaignBuyers, campaigns, demandCells, mails, preorderChanges, preorders } from '../../src/db/schema.ts'
import { UPKEEP } from '../../src/edges/line.ts'
import { openPeople } from '../../src/stages/0-house/actions.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { openContact } from '../../src/stages/5-demand/contact.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { openCampaign, type CampaignWish } from '../support/campaigns.ts'
import { world, type World } from '../support/world.ts'

const house = system('test')
let line: World<{ demand: Demand }>
let demand: Demand
beforeEach(async () => {
  line = await world({ stages: (context) => ({ demand: openDemand(context) }) })
  demand = line.stages.demand
})
afterEach(() => line.close())

const of = (size: string, quantity: number, colourway = 'olive') => ({ size, colourway, quantity })
const tokenOf = (id: string) => new URL(demand.linkFor(id)).searchParams.get('token') ?? ''
const open = async (wish: CampaignWish = {}) => (await openCampaign(line.context, wish)).id
const row = async (id: string) => (await line.db.read.select().from(preorders).where(eq(preorders.id, id)))[0]!
const campaign = async (id: string) => (await line.db.read.select().from(campaigns).where(eq(campaigns.id, id)))[0]!

async function order(campaignId: string, lines = [of('L', 4)], { email = 'mei@example.com', key = newId() } = {}) {
  const answer = await demand.place(
    anonymous,
    campaignId,
    { email, name: '林梅', lang: 'en', lines },
    { key, describe: ({ code }) => code },
  )
  const { id } = JSON.parse(answer.text) as { id: string }
  return { id, answer, key }
}
async function confirmed(campaignId: string, lines = [of('L', 4)], email = 'mei@example.com') {
  const { id } = await order(campaignId, lines, { email })
  await line.settle()
  await demand.confirm(anonymous, { id, token: tokenOf(id) })
  return id
}
const change = (id: string, ...lines: ReturnType<typeof of>[]) =>
  demand.changeLines(anonymous, { id, token: tokenOf(id), lines })
async function refusal(work: Promise<unknown>): Promise<{ code: string; field: string | undefined; en: string }> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('was not refused')
  return { code: error.code, field: error.extra.field, en: error.say('en') }
}
const inBooks = async () => expect(await demand.audit(house, { repair: false })).toEqual([])
const cellsOf = async (campaignId: string) =>
  (await line.db.read.select().from(demandCells).where(eq(demandCells.campaignId, campaignId)))
    .filter(({ units }) => units !== 0)
    .map(({ lot, size, units }) => `${lot} ${size} ${units}`)
    .toSorted()

describe('what counts already', () => {
  test('is another size and more pieces from then on, in every counter', async () => {
    const id = await open()
    const mine = await confirmed(id)
    expect(await change(mine, of('XL', 5))).toMatchObject({ id: mine, state: 'confirmed', units: 5 })
    expect(await row(mine)).toMatchObject({ lines: [of('XL', 5)], units: 5, shownPrice: 54_000 })
    expect(await campaign(id)).toMatchObject({ lotUnits: 5, totalUnits: 5, soldUnits: 5, soldOrders: 1, lotBuyers: 1 })
    expect(await cellsOf(id)).toEqual(['1 XL 5'])
    expect(await line.db.read.select().from(campaignBuyers)).toMatchObject([{ units: 5, lotUnits: 5 }])
    await inBooks()
  })

  test('is changed once, however often the button is pressed, and told in one letter', async () => {
    const id = await open()
    const mine = await confirmed(id)
    await Promise.all([change(mine, of('S', 2)), change(mine, of('S', 2)), change(mine, of('S', 2))])
    expect(await line.db.read.$count(preorderChanges)).toBe(1)
    await line.settle()
    const letters = (await line.letters()).filter(({ subject }) => subject.startsWith('You changed'))
    expect(letters).toHaveLength(1)
    expect(letters[0]?.text).toContain('Olive · S × 2')
    expect(letters[0]?.text).toContain('at most CN¥540.00')
    await inBooks()
  })

  test('reaches the goal by pieces that were added, and loses it by those that were taken out', async () => {
    const id = await open({ thresholdUnits: 10, closing: 'collect' })
    const mine = await confirmed(id, [of('L', 8)])
    await change(mine, of('L', 10))
    expect((await campaign(id)).collecting).toBe(true)
    await change(mine, of('L', 9))
    expect((await campaign(id)).collecting).toBe(false)
    await inBooks()
  })

  test('goes into production by the pieces that make its lot whole, with what it is now', async () => {
    const id = await open({ thresholdUnits: 10, closing: 'atGoal' })
    const mine = await confirmed(id, [of('L', 8)])
    await change(mine, of('M', 4), of('L', 6))
    const { lot } = await demand.ofBuyer(anonymous, { id: mine, token: tokenOf(mine) })
    expect(lot).toMatchObject({ number: 1, units: 10, quantities: [of('M', 4), of('L', 6)] })
    await inBooks()
  })
})

describe('what is not confirmed yet', () => {
  test('is asked about as it is now, where its letter has not gone out', async () => {
    const id = await open()
    const { id: mine } = await order(id)
    await change(mine, of('XXL', 1))
    await line.settle()
    const letters = await line.letters()
    expect(letters.map(({ subject }) => subject)).toEqual(['Please confirm your pre-order: Double-breasted overcoat'])
    expect(letters[0]?.text).toContain('XXL × 1')
    expect(await campaign(id)).toMatchObject({ pendingUnits: 1 })
    await inBooks()
  })

  test('waits with what it is now, and counts so when it is confirmed', async () => {
    const id = await open()
    const { id: mine } = await order(id)
    await line.settle()
    await change(mine, of('M', 7))
    expect(await campaign(id)).toMatchObject({ pendingUnits: 7, lotUnits: 0 })
    await inBooks()
    await demand.confirm(anonymous, { id: mine, token: tokenOf(mine) })
    expect(await campaign(id)).toMatchObject({ pendingUnits: 0, lotUnits: 7 })
    await inBooks()
  })

  test('confirmed and changed in one moment, it counts as it stands', async () => {
    const id = await open()
    const { id: mine } = await order(id)
    await line.settle()
    await Promise.all([demand.confirm(anonymous, { id: mine, token: tokenOf(mine) }), change(mine, of('M', 7))])
    expect(await campaign(id)).toMatchObject({ pendingUnits: 0, lotUnits: 7 })
    expect(await row(mine)).toMatchObject({ state: 'confirmed', units: 7 })
    await inBooks()
  })
})

describe('a change is refused, and nothing is half-done', () => {
  test('once its lot is full, also in the same moment', async () => {
    const id = await open({ thresholdUnits: 10 })
    const mine = await confirmed(id, [of('L', 4)])
    const [, changed] = await Promise.allSettled([
      line.db.write((tx) => freezeLot(tx, line.context, { campaignId: id, number: 1, reason: 'threshold' })),
      change(mine, of('S', 9)),
    ])
    await line.settle()
    const { units, state } = await row(mine)
    expect([units, state]).toEqual([changed.status === 'fulfilled' ? 9 : 4, 'in-lot'])
    expect((await refusal(change(mine, of('S', 1)))).code).toBe('preorders.too-late')
    await inBooks()
  })

  test('after the campaign has closed, while it is paused and more is asked for, and after it was cancelled', async () => {
    const id = await open({ days: 2, thresholdUnits: 10 })
    const mine = await confirmed(id)
    await line.db.write((tx) =>
      tx.update(campaigns).set({ pausedAt: line.clock.now() }).returning({ id: campaigns.id }),
    )
    expect((await refusal(change(mine, of('L', 5)))).code).toBe('preorders.change-paused')
    expect(await change(mine, of('S', 4))).toMatchObject({ units: 4 })
    line.clock.advance(3 * DAY)
    expect((await refusal(change(mine, of('L', 2)))).code).toBe('preorders.change-closed')
    await demand.cancel(anonymous, { id: mine, token: tokenOf(mine) })
    expect((await refusal(change(mine, of('L', 2)))).code).toBe('preorders.change-ended')
  })

  test('above what one buyer may hold, with other orders and pending or not', async () => {
    const id = await open({ perBuyerCap: 10 })
    const mine = await confirmed(id, [of('L', 4)])
    await confirmed(id, [of('M', 3)])
    const refused = await refusal(change(mine, of('L', 8)))
    expect(refused).toMatchObject({ code: 'preorders.cap', field: 'lines' })
    const { id: third } = await order(id, [of('S', 1)])
    expect((await refusal(change(third, of('S', 4)))).code).toBe('preorders.cap')
    expect(await change(mine, of('L', 7))).toMatchObject({ units: 7 })
    await inBooks()
  })

  test('for nothing at all', async () => {
    const mine = await confirmed(await open())
    expect(await refusal(change(mine))).toMatchObject({ code: 'preorders.nothing', field: 'lines' })
  })

  test('for a size that there is none of, by a link that is not its own, and too often', async () => {
    const id = await open()
    const mine = await confirmed(id)
    expect(await refusal(change(mine, of('4XL', 1)))).toMatchObject({ code: 'preorders.size', field: 'lines.0.size' })
    const other = demand.changeLines(anonymous, { id: mine, token: `${tokenOf(mine)}x`, lines: [of('S', 1)] })
    expect((await refusal(other)).code).toBe('preorders.link')
    for (let n = 1; n <= 20; n++) await change(mine, of('S', n))
    expect((await refusal(change(mine, of('M', 1)))).code).toBe('limits.too-many')
    expect(await row(mine)).toMatchObject({ lines: [of('S', 20)] })
    await inBooks()
  })
})

test('a repetition of the first request gets its first answer, whatever was changed since', async () => {
  const id = await open()
  const { id: mine, answer, key } = await order(id)
  await change(mine, of('S', 1))
  expect((await order(id, [of('L', 4)], { key })).answer).toEqual({ ...answer, replayed: true })
  expect(openContact(line.context.engines.vault, (await row(mine)).contact).now).toEqual({})
})

test('whoever asks for their data gets what it was before, and it is told on their page', async () => {
  const id = await open()
  const mine = await confirmed(id)
  line.clock.advance(1000)
  await change(mine, of('S', 1))
  const people = openPeople(line.context, { retentionDays: 30, upkeep: UPKEEP })
  expect(await people.export(house, { email: 'mei@example.com' })).toMatchObject({
    preorders: [{ lines: [of('S', 1)], before: [{ lines: [of('L', 4)], until: line.clock.now().toISOString() }] }],
  })
  const { changes } = await demand.ofBuyer(anonymous, { id: mine, token: tokenOf(mine) })
  expect(changes).toMatchObject([{ at: line.clock.now() }])
  const told = await line.db.read.select().from(mails).orderBy(asc(mails.id))
  expect(told.at(-1)?.dedupeKey).toContain(':changed:')
})
