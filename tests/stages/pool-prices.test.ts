import fc from 'fast-check'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { DAY, newId } from '../../src/core/values.ts'
import { campaigns, lots, preorders } from '../../src/db/schema.ts'
import { DEFAULT_RULES, deriveStyle, MATERIALS, pricingOf, rungsFrom, sampleSpec } from '../../src/garments/index.ts'
import { houseSchema, rulesOf } from '../../src/stages/0-house/house.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { pricesOf } from '../../src/stages/4-storefront/model.ts'
import { openCampaign } from '../support/campaigns.ts'
import { world, type World } from '../support/world.ts'

const operator = system('test')

describe('the price of a lot', () => {
  let line: World<{ demand: Demand }>
  beforeEach(async () => {
    line = await world({ stages: (context) => ({ demand: openDemand(context) }) })
  })
  afterEach(() => line.close())

  const tokenOf = (id: string) => new URL(line.stages.demand.linkFor(id)).searchParams.get('token') ?? ''
  async function order(campaignId: string, buyer: string, quantity: number) {
    const lines = [{ size: 'L', colourway: 'olive', quantity }]
    const body = { email: `${buyer}@example.com`, name: buyer, lang: 'en' as const, lines }
    const { text } = await line.stages.demand.place(anonymous, campaignId, body, {
      key: newId(),
      describe: ({ code }) => code,
    })
    const told = JSON.parse(text) as { id: string; unitPrice: number }
    await line.stages.demand.confirm(anonymous, { id: told.id, token: tokenOf(told.id) })
    // What is known of a campaign at intake may be a moment old.
    line.clock.advance(2000)
    return told
  }
  const again = (campaignId: string, number: number) =>
    line.db.write((tx) => freezeLot(tx, line.context, { campaignId, number, reason: 'reorder' }))
  const pricesPaid = async (id: string) =>
    (await line.db.read.select().from(lots).where(eq(lots.campaignId, id)).orderBy(lots.number)).map(
      (lot) => lot.unitPrice,
    )

  test('follows its own units: a small lot after a large one is not sold at the large one’s price', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 200, perBuyerCap: 500, pricing: 'lot' })
    expect((await order(id, 'mei', 210)).unitPrice, 'at most the first rung').toBe(54_000)
    expect((await order(id, 'jun', 35)).unitPrice, 'a later lot is dearer by itself').toBe(57_900)
    await again(id, 2)
    expect(await pricesPaid(id)).toEqual([49_900, 57_900])
    expect(await line.stages.demand.lotsOf(operator, { id })).toMatchObject([
      { number: 1, units: 210, ownPrice: 49_900, givenAway: 0 },
      { number: 2, units: 35, ownPrice: 57_900, givenAway: 0 },
    ])
  })

  test('by the total goes down to the floor of the lot and no further, and the margin given away is told', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 200, perBuyerCap: 500, pricing: 'total' })
    await order(id, 'mei', 210)
    expect((await order(id, 'jun', 35)).unitPrice).toBe(57_500)
    await again(id, 2)
    expect(await pricesPaid(id)).toEqual([49_900, 57_500])
    expect((await line.stages.demand.lotsOf(operator, { id }))[1]).toMatchObject({
      unitPrice: 57_500,
      ownPrice: 57_900,
      givenAway: 35 * 400,
    })
  })

  test('is nobody’s surprise: who leaves makes it dearer for those who stay, but not dearer than they were told', async () => {
    const { id } = await openCampaign(line.context, {
      thresholdUnits: 20,
      perBuyerCap: 500,
      pricing: 'lot',
      closing: 'collect',
      days: 7,
    })
    const leaving = await order(id, 'mei', 200)
    const staying = await order(id, 'jun', 20)
    const [before] = await line.db.read.select().from(campaigns).where(eq(campaigns.id, id))
    expect(pricesOf(before!)).toMatchObject({ unitPrice: 49_900, most: 54_000 })
    await line.stages.demand.cancel(anonymous, { id: leaving.id, token: tokenOf(leaving.id) })
    line.clock.advance(7 * DAY)
    await line.stages.demand.reactions['demand.sweep-due']()
    expect(await pricesPaid(id)).toEqual([54_000])
    const [row] = await line.db.read.select().from(preorders).where(eq(preorders.id, staying.id))
    expect(row?.shownPrice).toBe(54_000)
  })
})

describe('a ladder', () => {
  const style = deriveStyle(sampleSpec('tee', 'men', MATERIALS), DEFAULT_RULES)

  test('begins at a goal of five pieces where the house wants that, with rungs at ten and twenty', () => {
    const rules = rulesOf(houseSchema.parse({ thresholdUnits: 5 }))
    const { derived } = deriveStyle(sampleSpec('tee', 'men', MATERIALS), rules)
    expect(derived.ladder.map(({ fromUnits }) => fromUnits).slice(0, 4)).toEqual([5, 10, 20, 50])
    const own = rulesOf(houseSchema.parse({ thresholdUnits: 5, rungs: [40, 8, 8] }))
    expect(own.rungs).toEqual([8, 40])
  })

  test('of later lots has no price below the floor of the units it begins at, whatever the smallest lot', () => {
    const input = pricingOf(style.spec, style.derived, DEFAULT_RULES)
    expect(rungsFrom(input, DEFAULT_RULES.thresholdUnits), 'what is stored is priced as it was derived').toMatchObject([
      ...style.derived.ladder,
    ])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (smallest) => {
        const rungs = rungsFrom(input, smallest)
        expect(rungs[0]?.fromUnits).toBe(smallest)
        for (const { unitPrice, floor } of rungs) expect(unitPrice).toBeGreaterThanOrEqual(floor)
        if (smallest < 100) expect(rungs[0]!.unitPrice).toBeGreaterThanOrEqual(style.derived.ladder[0]!.unitPrice)
      }),
      { numRuns: 40 },
    )
  })
})
