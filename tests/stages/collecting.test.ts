import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { dialect } from '../../src/core/dialect.ts'
import { DAY, HOUR, newId } from '../../src/core/values.ts'
import { DEFAULT_ZONE, spokenEnds } from '../../src/core/zones.ts'
import { campaigns, events, lots, preorders } from '../../src/db/schema.ts'
import { houseSchema } from '../../src/stages/0-house/house.ts'
import { settledTerms } from '../../src/stages/3-approvals/model.ts'
import { openStorefront } from '../../src/stages/4-storefront/actions.ts'
import { dealWords } from '../../src/stages/4-storefront/saying.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { confirmIn } from '../../src/stages/5-demand/confirming.ts'
import { cancelPreorder } from '../../src/stages/5-demand/store.ts'
import { endCollecting } from '../../src/stages/4-storefront/door.ts'
import type { Tx } from '../../src/db/database.ts'
import { openCampaign, type CampaignWish } from '../support/campaigns.ts'
import { approvedStyle } from '../support/lots.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand; storefront: ReturnType<typeof openStorefront> }>
const operator = system('test')

beforeEach(async () => {
  line = await world({ stages: (context) => ({ storefront: openStorefront(context), demand: openDemand(context) }) })
})
afterEach(() => line.close())

const tokenOf = (id: string) => new URL(line.stages.demand.linkFor(id)).searchParams.get('token') ?? ''
const confirm = (id: string) => line.stages.demand.confirm(anonymous, { id, token: tokenOf(id) })
const cancel = (id: string) => line.stages.demand.cancel(anonymous, { id, token: tokenOf(id) })

async function place(campaignId: string, buyer: string, quantity: number): Promise<string> {
  const lines = [{ size: 'L', colourway: 'olive', quantity }]
  const { text } = await line.stages.demand.place(
    anonymous,
    campaignId,
    { email: `${buyer}@example.com`, name: buyer, lang: 'en', lines },
    { key: newId(), describe: ({ code }) => code },
  )
  return (JSON.parse(text) as { id: string }).id
}
async function order(campaignId: string, buyer: string, quantity: number): Promise<string> {
  const id = await place(campaignId, buyer, quantity)
  await confirm(id)
  return id
}
const campaign = async (id: string) => (await line.db.read.select().from(campaigns).where(eq(campaigns.id, id)))[0]!
const lotsOf = (id: string) => line.db.read.select().from(lots).where(eq(lots.campaignId, id))
const said = async (name: string) => line.db.read.$count(events, eq(events.name, name))
const open = (wish: CampaignWish) => openCampaign(line.context, { thresholdUnits: 10, days: 7, ...wish })
const balanced = async () => expect(await line.stages.demand.audit(operator, { repair: false })).toEqual([])

async function close(): Promise<void> {
  line.clock.advance(7 * DAY)
  await line.stages.demand.reactions['demand.sweep-due']()
  await line.stages.demand.reactions['demand.sweep-due']()
}

describe('a lot that collects until its campaign closes', () => {
  test('is not made at its goal: more may join, and all of them pay the rung finally reached', async () => {
    const { id } = await open({ closing: 'collect', perBuyerCap: 300 })
    await order(id, 'mei', 6)
    await order(id, 'jun', 4)
    expect(await campaign(id)).toMatchObject({ state: 'open', collecting: true, lot: 1, lotUnits: 10 })
    expect(await lotsOf(id)).toEqual([])
    await order(id, 'lan', 190)
    expect(await said('demand.goal-reached')).toBe(1)
    await close()
    expect(await lotsOf(id)).toMatchObject([{ number: 1, units: 200, buyers: 3, unitPrice: 49_900 }])
    expect(await campaign(id)).toMatchObject({ state: 'closed', collecting: false })
    await balanced()
  })

  test('lets a buyer leave although the goal is reached, and is below its goal again when too many do', async () => {
    const { id } = await open({ closing: 'collect' })
    const mine = await order(id, 'mei', 6)
    await order(id, 'jun', 5)
    expect(await campaign(id)).toMatchObject({ collecting: true })
    await cancel(mine)
    expect(await campaign(id)).toMatchObject({ state: 'open', collecting: false, lotUnits: 5 })
    expect(await said('demand.goal-missed')).toBe(1)
    await order(id, 'wei', 5)
    expect(await campaign(id)).toMatchObject({ collecting: true, lotUnits: 10 })
    expect(await said('demand.goal-reached')).toBe(2)
    await balanced()
  })

  test('tells its buyers once that the goal is reached, and until when they may leave, in the words of the shop', async () => {
    const { id } = await open({ closing: 'collect' })
    const mine = await order(id, 'mei', 6)
    await order(id, 'jun', 4)
    await line.settle()
    await line.everyReactionAgain()
    const told = (await line.letters()).filter(({ subject }) => subject.startsWith('Its goal is reached'))
    expect(told.map(({ to }) => to).toSorted()).toEqual(['jun@example.com', 'mei@example.com'])
    const words = dealWords(await campaign(id), spokenEnds((await campaign(id)).closesAt, DEFAULT_ZONE))
    expect(told[0]!.text.replaceAll(/\s+/g, ' ')).toContain(words!.en)
    // It fell below and is reached again: nobody hears of it twice, and whoever joined by that has heard it by then.
    await cancel(mine)
    await order(id, 'wei', 6)
    await line.settle()
    const again = (await line.letters()).filter(({ subject }) => subject.startsWith('Its goal is reached'))
    expect(again.map(({ to }) => to).toSorted()).toEqual(['jun@example.com', 'mei@example.com', 'wei@example.com'])
  })

  test('says nothing of a goal that is not reached any more when the letters are written', async () => {
    const { id } = await open({ closing: 'collect' })
    const mine = await order(id, 'mei', 6)
    await order(id, 'jun', 4)
    await cancel(mine)
    await line.settle()
    expect((await line.letters()).filter(({ subject }) => subject.startsWith('Its goal is reached'))).toEqual([])
  })

  test('that is below its goal when it closes is let go', async () => {
    const { id } = await open({ closing: 'collect' })
    const mine = await order(id, 'mei', 6)
    await order(id, 'jun', 5)
    await cancel(mine)
    await close()
    expect(await campaign(id)).toMatchObject({ state: 'released', collecting: false })
    expect(await lotsOf(id)).toEqual([])
  })

  test('reached by a crowd at once, with cancellations among it, says so once and makes one lot at the end', async () => {
    const { id } = await open({ closing: 'collect', thresholdUnits: 60 })
    const ids = await Promise.all(Array.from({ length: 100 }, (_, n) => place(id, `buyer${n}`, 1)))
    await Promise.all(ids.map(confirm))
    expect(await said('demand.goal-reached')).toBe(1)
    await Promise.allSettled(ids.slice(0, 30).map(cancel))
    line.clock.advance(7 * DAY)
    const sweep = () => line.stages.demand.reactions['demand.sweep-due']()
    await Promise.allSettled([...ids.slice(30, 40).map(cancel), sweep(), sweep(), ...ids.slice(40, 45).map(cancel)])
    await sweep()
    const [lot, ...more] = await lotsOf(id)
    expect(more).toEqual([])
    const inIt = await line.db.read.select({ state: preorders.state }).from(preorders).where(eq(preorders.lot, 1))
    const made = inIt.filter(({ state }) => state === 'in-lot' || state === 'confirmed').length
    // Whoever left before the decision is not in it; below the goal nothing is made.
    if (lot) expect(lot).toMatchObject({ units: made, buyers: made })
    expect(lot?.units ?? 60).toBeGreaterThanOrEqual(60)
    await balanced()
  })
})

/** Something is under way in a transaction of its own while another node closes the campaign: SQLite has one writer. */
async function whileItCloses(work: (tx: Tx) => Promise<unknown>): Promise<void> {
  const other = openDemand(line.otherNode())
  let begin = (): void => undefined
  const closing = new Promise<void>((resolve) => (begin = resolve)).then(() => other.reactions['demand.sweep-due']())
  await line.db.write(async (tx) => {
    await work(tx)
    line.clock.advance(7 * DAY)
    begin()
    // Long enough for the sweep to have looked at the campaign as it was.
    await new Promise((resolve) => setTimeout(resolve, 300))
  })
  await closing
}

test.runIf(dialect === 'postgres')(
  'a confirmation that is under way when its campaign closes is counted, and its goal is reached',
  async () => {
    const { id } = await open({ closing: 'collect' })
    await order(id, 'mei', 6)
    const late = await place(id, 'jun', 4)
    const [preorder] = await line.db.read.select().from(preorders).where(eq(preorders.id, late))
    const now = line.clock.now()
    await whileItCloses((tx) => confirmIn(tx, line.context, preorder!, now))
    expect(await campaign(id)).toMatchObject({ state: 'closed' })
    expect(await lotsOf(id)).toMatchObject([{ units: 10, buyers: 2 }])
    await balanced()
  },
)

test.runIf(dialect === 'postgres')(
  'a cancellation that is under way when its campaign closes is counted, and nothing is made below the goal',
  async () => {
    const { id } = await open({ closing: 'collect' })
    await order(id, 'mei', 6)
    const late = await order(id, 'jun', 5)
    const [preorder] = await line.db.read.select().from(preorders).where(eq(preorders.id, late))
    const now = line.clock.now()
    await whileItCloses(async (tx) => {
      expect(await cancelPreorder(tx, preorder!, now)).toBeTruthy()
      await endCollecting(tx, id)
    })
    expect(await campaign(id)).toMatchObject({ state: 'released', collecting: false })
    expect(await lotsOf(id)).toEqual([])
  },
)

test('a lot that goes at a rung collects from its goal on and goes when the rung is reached', async () => {
  const { id } = await open({ closing: 'atRung', closingUnits: 200, perBuyerCap: 300 })
  await order(id, 'mei', 20)
  expect(await campaign(id)).toMatchObject({ state: 'open', collecting: true })
  await order(id, 'lan', 180)
  expect(await lotsOf(id)).toMatchObject([{ number: 1, units: 200, unitPrice: 49_900 }])
  expect(await campaign(id)).toMatchObject({ state: 'dispatching', collecting: false, lot: 2 })
})

test('a lot that goes at a rung and does not reach it goes with the goal when the campaign closes', async () => {
  const { id } = await open({ closing: 'atRung', closingUnits: 200 })
  await order(id, 'mei', 20)
  await close()
  expect(await lotsOf(id)).toMatchObject([{ units: 20, unitPrice: 54_000 }])
})

describe('enough units from too few buyers', () => {
  test('are not thrown away when the campaign closes: a person is asked, and makes it', async () => {
    const { id } = await open({ closing: 'collect', minBuyers: 3 })
    await order(id, 'mei', 30)
    await order(id, 'jun', 5)
    await close()
    expect(await campaign(id)).toMatchObject({ state: 'open', undecidedAt: expect.any(Date), lotUnits: 35 })
    expect(await said('demand.undecided')).toBe(1)
    expect(await lotsOf(id)).toEqual([])
    expect(dealWords(await campaign(id), { zh: '', en: '' })?.en).toContain('Until then you can cancel')
    const { demand } = line.stages
    const results = await Promise.allSettled([demand.makeForFew(operator, { id }), demand.makeForFew(operator, { id })])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await lotsOf(id)).toMatchObject([{ units: 35, buyers: 2 }])
    expect(await campaign(id)).toMatchObject({ state: 'closed' })
    await expect(demand.makeForFew(operator, { id })).rejects.toMatchObject({ code: 'campaigns.decided', status: 409 })
    await balanced()
  })

  test('are let go when the person stops it, and their buyers are told why', async () => {
    const { id } = await open({ minBuyers: 3 })
    await order(id, 'mei', 30)
    await close()
    await line.stages.demand.stop(operator, { id, why: 'other', reason: 'one buyer only' })
    line.clock.advance(HOUR)
    await line.stages.demand.reactions['demand.sweep-due']()
    await line.settle()
    expect(await campaign(id)).toMatchObject({ state: 'released' })
    const [letter] = (await line.letters()).filter(({ text }) => text.includes('too few buyers'))
    expect(letter?.to).toBe('mei@example.com')
  })

  test('gather on when a person moves its end to a later day, and are made when the goal is reached by then', async () => {
    const { id } = await open({ closing: 'collect', minBuyers: 2 })
    await order(id, 'mei', 30)
    await close()
    const closesAt = new Date(line.clock.now().getTime() + 7 * DAY).toISOString().slice(0, 10)
    await line.stages.demand.changeDates(operator, { id, why: 'demand', reason: 'another week', closesAt })
    expect(await campaign(id)).toMatchObject({ state: 'open', undecidedAt: null })
    await order(id, 'jun', 5)
    line.clock.advance(DAY)
    await close()
    expect(await lotsOf(id)).toMatchObject([{ units: 35, buyers: 2 }])
    expect(await campaign(id)).toMatchObject({ state: 'closed' })
    await balanced()
  })

  test('are below the goal like any other when too many leave meanwhile', async () => {
    const { id } = await open({ minBuyers: 3 })
    const mine = await order(id, 'mei', 8)
    await order(id, 'jun', 8)
    await close()
    await cancel(mine)
    await line.stages.demand.reactions['demand.sweep-due']()
    expect(await campaign(id)).toMatchObject({ state: 'released', undecidedAt: null })
    await balanced()
  })
})

describe('what is said of it', () => {
  const told = { zh: '12月7日', en: '7 December' }

  test('is when it goes and until when one may leave, before its goal and after', async () => {
    const { id } = await open({ closing: 'collect', minBuyers: 2 })
    expect(dealWords(await campaign(id), told)?.en).toMatch(/until 7 December.*10 units from 2 buyers.*join or cancel/)
    await order(id, 'mei', 6)
    await order(id, 'jun', 4)
    expect(dealWords(await campaign(id), told)?.en).toMatch(/goal is reached.*until 7 December.*join or cancel/)
    expect(dealWords(await campaign(id), told)?.zh).toMatch(/已达起做量，继续收单到 12月7日.*可随时加入或取消/)
  })

  test('stands in the letter that asks to confirm', async () => {
    const { id } = await open({ closing: 'collect' })
    await place(id, 'mei', 6)
    await line.settle()
    const [letter] = await line.letters()
    expect(letter?.text.replaceAll(/\s+/g, ' ')).toContain('Pre-orders are collected until')
  })
})

describe('the rule of a campaign', () => {
  const house = houseSchema.parse({})
  const now = new Date('2026-12-01T00:00:00Z')
  const costed = { units: 20, rungs: [20, 100, 500] }

  test('is to collect, unless its merchandiser or the house says otherwise', () => {
    expect(settledTerms({}, house, costed, now)).toMatchObject({ closing: 'collect', closingUnits: null })
    expect(settledTerms({}, { ...house, closing: 'atGoal' }, costed, now)).toMatchObject({ closing: 'atGoal' })
    expect(settledTerms({ closing: 'atGoal' }, house, costed, now)).toMatchObject({ closing: 'atGoal' })
    expect(settledTerms({ closingUnits: 100 }, house, costed, now)).toMatchObject({
      closing: 'atRung',
      closingUnits: 100,
    })
  })

  test('names a rung that there is, from the goal on', () => {
    const refusal = (terms: Parameters<typeof settledTerms>[0]) => {
      try {
        settledTerms(terms, house, costed, now)
      } catch (error) {
        return error
      }
    }
    expect(refusal({ closing: 'atRung' })).toMatchObject({ code: 'campaigns.rung', status: 422 })
    expect(refusal({ closing: 'atRung', closingUnits: 90 })).toMatchObject({ extra: { field: 'closingUnits' } })
    expect(refusal({ closing: 'collect', closingUnits: 100 })).toMatchObject({ code: 'campaigns.rung-without' })
    expect(refusal({ closingUnits: 100, thresholdUnits: 200 })).toMatchObject({ code: 'campaigns.rung' })
  })

  test('comes with the approval, and one that nobody named collects', async () => {
    const { styleId, hash } = await approvedStyle(line.context)
    const { context, db } = line
    await db.write((tx) =>
      context.outbox.emit(tx, operator, 'approvals.approved', { styleId, version: 1, hash }, context.clock.now()),
    )
    await line.settle()
    const [made] = await db.read.select().from(campaigns).where(eq(campaigns.styleId, styleId))
    expect(made).toMatchObject({ closing: 'collect', collecting: false })
  })
})
