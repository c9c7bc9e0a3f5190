import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { system, type Actor } from '../../src/core/actor.ts'
import { DAY, newId } from '../../src/core/values.ts'
import { campaigns, events, lots, preorders, reorders, settings } from '../../src/db/schema.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { openReorders, type Reorders } from '../../src/stages/8-reorders/actions.ts'
import { countAnew } from '../support/lots.ts'
import { openCampaign, type CampaignWish } from '../support/campaigns.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand; reorders: Reorders }>
let stage: Reorders
const merchandiser: Actor = { kind: 'user', id: 'u1', name: 'Li', role: 'merchandiser' }

beforeEach(async () => {
  line = await world({
    stages: (context) => ({ demand: openDemand(context), reorders: openReorders(context) }),
  })
  stage = line.stages.reorders
})
afterEach(() => line.close())

const house = (value: Record<string, unknown>) =>
  line.db.write((tx) =>
    tx.insert(settings).values({ key: 'house', value, updatedAt: line.clock.now(), updatedBy: 'test' }).returning(),
  )

/** Confirmed pre-orders of so many units, with the counters as intake would have left them. */
async function sell(campaignId: string, buyer: string, units: number, daysAgo = 0): Promise<void> {
  const at = new Date(+line.clock.now() - daysAgo * DAY)
  await line.db.write(async (tx) => {
    const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId))
    await tx
      .insert(preorders)
      .values({
        id: newId(),
        campaignId,
        buyerKey: buyer,
        email: `${buyer}@example.com`,
        name: buyer,
        lang: 'zh',
        lines: [{ size: 'L', colourway: 'olive', quantity: units }],
        units,
        shownPrice: 54_000,
        state: 'confirmed',
        lot: campaign!.lot,
        placedAt: at,
        confirmedAt: at,
      })
      .returning()
  })
  await countAnew(line.context)
}
/** A campaign whose first lot has gone out. */
async function dispatching(wish: CampaignWish = {}): Promise<string> {
  const { id } = await openCampaign(line.context, wish)
  await sell(id, 'first', 100)
  await line.db.write((tx) => freezeLot(tx, line.context, { campaignId: id, number: 1, reason: 'threshold' }))
  await line.settle()
  return id
}
async function sweep(): Promise<void> {
  await stage.reactions['reorders.sweep-due']!({
    id: 'sweep',
    name: 'reorders.sweep-due',
    payload: { window: 'now' },
    at: line.clock.now(),
  })
  await line.settle()
}
const proposals = () => line.db.read.select().from(reorders).orderBy(reorders.id)
const count = async (name: string) => (await line.db.read.select().from(events).where(eq(events.name, name))).length

describe('the chance of a goal', () => {
  test('is told from buyers, units and time, says when it is too early, and ends with the first lot', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 30, minBuyers: 3 })
    await sell(id, 'one', 29)
    const early = await stage.chance(merchandiser, { id })
    expect(early).toMatchObject({ enough: false, basis: { buyers: 1, units: 29, goal: { units: 30, buyers: 3 } } })
    expect(early?.probability).toBeLessThan(0.97)
    line.clock.advance(5 * DAY)
    for (let n = 0; n < 5; n++) await sell(id, `more-${n}`, 1)
    expect(await stage.chance(merchandiser, { id })).toMatchObject({ probability: 1, enough: true })
    await line.db.write((tx) => freezeLot(tx, line.context, { campaignId: id, number: 1, reason: 'threshold' }))
    expect(await stage.chance(merchandiser, { id })).toBeNull()
    await expect(stage.chance(merchandiser, { id: 'none' })).rejects.toMatchObject({ status: 404 })
  })

  test('knows what campaigns that are over came to, also the one that has just ended', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 400, minBuyers: 3 })
    const hoped = await stage.chance(merchandiser, { id })
    for (let n = 0; n < 6; n++) {
      const { id: past } = await openCampaign(line.context)
      await line.db.write((tx) =>
        tx
          .update(campaigns)
          .set({ state: 'released', endedAt: line.clock.now(), soldOrders: 2, soldUnits: 3 })
          .where(eq(campaigns.id, past)),
      )
    }
    const taught = await stage.chance(merchandiser, { id })
    expect(taught?.units.high).toBeLessThan(hoped?.units.high ?? 0)
  })
})

describe('the next lot', () => {
  test('is proposed when enough has gathered, once, with the demand behind it', async () => {
    const campaignId = await dispatching()
    await sell(campaignId, 'a', 29)
    await sweep()
    expect(await proposals()).toEqual([])
    await sell(campaignId, 'b', 1)
    await Promise.all([sweep(), sweep()])
    await sweep()
    await line.everyReactionAgain()
    expect(await proposals()).toMatchObject([
      { campaignId, lot: 2, state: 'proposed', units: 30, verdict: 'winner', inputs: { gathered: 30 } },
    ])
    expect(await count('reorders.proposed')).toBe(1)
    const [listed] = await stage.list(merchandiser, { limit: 10 })
    expect(listed).toMatchObject({ reorder: { units: 30 }, campaign: { id: campaignId } })
  })

  test('is proposed after the usual days with less, and follows what is sold until somebody decides', async () => {
    const campaignId = await dispatching()
    await sell(campaignId, 'a', 3)
    line.clock.advance(7 * DAY - 1)
    await sweep()
    expect(await proposals()).toEqual([])
    line.clock.advance(1)
    await sweep()
    expect(await proposals()).toMatchObject([{ units: 3, inputs: { daysSinceLastLot: 7 } }])
    await sell(campaignId, 'b', 4)
    await sweep()
    expect(await proposals()).toMatchObject([{ units: 7, state: 'proposed' }])
    expect(await count('reorders.proposed')).toBe(1)
  })

  test('when approved is frozen in the same transaction from exactly what has been pre-ordered', async () => {
    const campaignId = await dispatching()
    await sell(campaignId, 'a', 30)
    await sweep()
    await sell(campaignId, 'late', 5)
    const { id } = (await proposals())[0]!
    const results = await Promise.allSettled([1, 2, 3].map(() => stage.approve(merchandiser, { id })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await line.settle()
    await line.everyReactionAgain()
    expect(await line.db.read.select().from(lots).where(eq(lots.number, 2))).toMatchObject([
      { campaignId, reason: 'reorder', units: 35, quantities: [{ size: 'L', colourway: 'olive', quantity: 35 }] },
    ])
    expect(await proposals()).toMatchObject([{ state: 'sent', decidedBy: 'user:u1' }])
    expect(await count('demand.lot-frozen')).toBe(2)
    await expect(stage.approve(merchandiser, { id })).rejects.toMatchObject({ code: 'reorders.moved-on', status: 409 })
  })

  test('goes out by itself where the house says so, and not at all where it says never', async () => {
    await house({ reorderPolicy: 'auto' })
    const campaignId = await dispatching()
    await sell(campaignId, 'a', 30)
    await sweep()
    await sweep()
    expect(await proposals()).toMatchObject([{ state: 'sent', decidedBy: 'system:reorders' }])
    expect(await line.db.read.$count(lots)).toBe(2)
    await line.db.write((tx) =>
      tx
        .update(settings)
        .set({ value: { reorderPolicy: 'never' } })
        .returning(),
    )
    await sell(campaignId, 'b', 30)
    await sweep()
    expect(await proposals()).toHaveLength(1)
  })

  test('declined with a reason is not proposed again; its buyers wait for the closing date', async () => {
    const campaignId = await dispatching()
    await sell(campaignId, 'a', 30)
    await sweep()
    const { id } = (await proposals())[0]!
    await expect(stage.decline(merchandiser, { id, reason: '  ' })).rejects.toMatchObject({
      extra: { field: 'reason' },
    })
    expect(await stage.decline(merchandiser, { id, reason: 'melton is sold out' })).toMatchObject({
      reason: 'melton is sold out',
    })
    await sell(campaignId, 'b', 30)
    await sweep()
    expect(await proposals()).toMatchObject([{ state: 'declined' }])
    expect(await line.db.read.$count(lots)).toBe(1)
  })

  test('that the closing date froze first settles its proposal', async () => {
    const campaignId = await dispatching()
    await sell(campaignId, 'a', 30)
    await sweep()
    await line.db.write((tx) => freezeLot(tx, line.context, { campaignId, number: 2, reason: 'closing' }))
    await line.settle()
    expect(await proposals()).toMatchObject([{ state: 'sent', reason: 'closing' }])
  })

  test('nobody decided about is off the list when its campaign has closed without it', async () => {
    const campaignId = await dispatching()
    await sell(campaignId, 'a', 3)
    line.clock.advance(7 * DAY)
    await sweep()
    expect(await proposals()).toMatchObject([{ state: 'proposed', units: 3 }])
    line.clock.advance(14 * DAY)
    await line.stages.demand.reactions['demand.sweep-due']()
    await line.settle()
    await sweep()
    expect(await proposals()).toMatchObject([{ state: 'declined', decidedBy: 'system:reorders', reason: 'closed' }])
  })

  test('may be approved only by those who run campaigns', async () => {
    const campaignId = await dispatching()
    await sell(campaignId, 'a', 30)
    await sweep()
    const { id } = (await proposals())[0]!
    const reader: Actor = { kind: 'key', id: 'k', name: 'k', scopes: ['read'] }
    await expect(stage.approve(reader, { id })).rejects.toMatchObject({ status: 403 })
    await expect(stage.approve(system('x'), { id: newId() })).rejects.toMatchObject({ status: 404 })
  })
})

describe('a losing campaign', () => {
  test('is proposed to be stopped early; carried out, its buyers are released and told', async () => {
    const { id: campaignId } = await openCampaign(line.context, { days: 20 })
    await sell(campaignId, 'a', 2)
    line.clock.advance(3 * DAY)
    await sweep()
    expect(await proposals()).toEqual([])
    line.clock.advance(7 * DAY)
    await sweep()
    await sweep()
    expect(await proposals()).toMatchObject([{ campaignId, lot: 1, verdict: 'loser', state: 'proposed', units: 2 }])
    const { id } = (await proposals())[0]!
    await expect(stage.approve(merchandiser, { id })).rejects.toMatchObject({ code: 'reorders.not-a-lot' })
    await stage.stopEarly(merchandiser, { id })
    await line.settle()
    await line.everyReactionAgain()
    const [campaign] = await line.db.read.select().from(campaigns)
    expect(campaign).toMatchObject({ state: 'released', lotUnits: 0 })
    expect((await line.db.read.select().from(preorders)).map(({ state }) => state)).toEqual(['released'])
    expect((await line.letters()).map(({ to }) => to)).toEqual(['a@example.com'])
    await expect(stage.stopEarly(merchandiser, { id })).rejects.toMatchObject({ code: 'reorders.moved-on' })
  })

  test('that reaches its threshold after all is no longer to be stopped', async () => {
    const { id: campaignId } = await openCampaign(line.context, { days: 20 })
    line.clock.advance(10 * DAY)
    await sweep()
    const { id } = (await proposals())[0]!
    await sell(campaignId, 'big', 100)
    await line.db.write((tx) => freezeLot(tx, line.context, { campaignId, number: 1, reason: 'threshold' }))
    await line.settle()
    expect(await proposals()).toMatchObject([{ state: 'declined', reason: 'threshold' }])
    await expect(stage.stopEarly(merchandiser, { id })).rejects.toMatchObject({ code: 'reorders.moved-on' })
  })

  test('that nobody stopped and its date has ended is not proposed to be stopped any more', async () => {
    await openCampaign(line.context, { days: 20 })
    line.clock.advance(10 * DAY)
    await sweep()
    expect(await proposals()).toMatchObject([{ verdict: 'loser', state: 'proposed' }])
    line.clock.advance(10 * DAY)
    await line.stages.demand.reactions['demand.sweep-due']()
    await line.settle()
    await house({ reorderPolicy: 'never' })
    await sweep()
    expect(await proposals()).toMatchObject([{ state: 'declined', reason: 'released' }])
  })

  test('is not named while it keeps the pace', async () => {
    const { id: campaignId } = await openCampaign(line.context, { days: 20 })
    line.clock.advance(10 * DAY)
    for (let n = 0; n < 25; n++) await sell(campaignId, `b${n}`, 2, n / 3)
    await sweep()
    expect(await proposals()).toEqual([])
  })
})
