import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { DAY, newId } from '../../src/core/values.ts'
import { campaignBuyers, campaigns, demandCells, lots, mails, pledgeRungs, preorders } from '../../src/db/schema.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import type { PledgedLine } from '../../src/stages/5-demand/pledges.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { releaseLot } from '../../src/stages/5-demand/store/lots.ts'
import { rekeyBuyers } from '../../src/stages/5-demand/store/rekeying.ts'
import { openCampaign, type CampaignWish } from '../support/campaigns.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand }>
const operator = system('test')
const LADDER = [
  { fromUnits: 5, unitPrice: 9900 },
  { fromUnits: 10, unitPrice: 9500 },
  { fromUnits: 25, unitPrice: 8500 },
  { fromUnits: 60, unitPrice: 7900 },
]

beforeEach(async () => {
  line = await world({ stages: (context) => ({ demand: openDemand(context) }) })
})
afterEach(() => line.close())

const tokenOf = (id: string) => new URL(line.stages.demand.linkFor(id)).searchParams.get('token') ?? ''
const cancel = (id: string) => line.stages.demand.cancel(anonymous, { id, token: tokenOf(id) })
const confirm = (id: string) => line.stages.demand.confirm(anonymous, { id, token: tokenOf(id) })
/** `[10]` counts at every price, `[10, 9900]` up to 99. */
type Wish = readonly [quantity: number, atMost?: number]
const linesOf = (wishes: readonly Wish[]): PledgedLine[] =>
  wishes.map(([quantity, atMost]) => ({ size: 'L', colourway: 'olive', quantity, ...(atMost && { atMost }) }))

async function place(campaignId: string, buyer: string, wishes: readonly Wish[], key = newId()) {
  const body = { email: `${buyer}@example.com`, name: buyer, lang: 'en' as const, lines: linesOf(wishes) }
  const { text } = await line.stages.demand.place(anonymous, campaignId, body, { key, describe: ({ code }) => code })
  // What is known of a campaign at intake may be a moment old.
  line.clock.advance(2000)
  return { told: JSON.parse(text) as { id: string; units: number; unitPrice: number }, text }
}
async function order(campaignId: string, buyer: string, ...wishes: Wish[]): Promise<string> {
  const { told } = await place(campaignId, buyer, wishes)
  await confirm(told.id)
  await balanced()
  return told.id
}
const open = async (wish: CampaignWish = {}) =>
  (
    await openCampaign(line.context, {
      thresholdUnits: 5,
      days: 7,
      perBuyerCap: 100,
      pricing: 'lot',
      closing: 'collect',
      ladder: LADDER,
      ...wish,
    })
  ).id
const campaign = async (id: string) => (await line.db.read.select().from(campaigns).where(eq(campaigns.id, id)))[0]!
const lotsOf = (id: string) => line.db.read.select().from(lots).where(eq(lots.campaignId, id)).orderBy(lots.number)
const row = async (id: string) => (await line.db.read.select().from(preorders).where(eq(preorders.id, id)))[0]!
const stands = async (id: string) => (await line.stages.demand.ofBuyer(anonymous, { id, token: tokenOf(id) })).preorder
const balanced = async () => expect(await line.stages.demand.audit(operator, { repair: false })).toEqual([])
const follow = () => line.stages.demand.chores['orders of a lot']!({ leaving: new AbortController().signal } as never)
async function close(): Promise<void> {
  line.clock.advance(7 * DAY)
  await line.stages.demand.reactions['demand.sweep-due']()
}

describe('a pledge up to a price', () => {
  test('counts at the prices that it accepts and at no other, and others bring it in', async () => {
    const id = await open()
    await order(id, 'mei', [10, 9500], [15, 8500])
    expect(await campaign(id), '25 pieces make their rung by themselves').toMatchObject({
      lotUnits: 25,
      lotBuyers: 1,
      pledgedUnits: 25,
    })
    const firm = await order(id, 'jun', [4])
    expect(await campaign(id)).toMatchObject({ lotUnits: 29, totalUnits: 29, lotBuyers: 2, collecting: true })
    await cancel(firm)
    await balanced()
    const low = await order(id, 'lan', [20, 7900])
    expect(await campaign(id), '7900 needs 60').toMatchObject({ lotUnits: 25, lotBuyers: 1, pledgedUnits: 45 })
    await order(id, 'wei', [15])
    expect(await campaign(id), 'and they are 60 with its own').toMatchObject({ lotUnits: 60, lotBuyers: 3 })
    await cancel(low)
    expect(await campaign(id)).toMatchObject({ lotUnits: 40, lotBuyers: 2, pledgedUnits: 25 })
    await balanced()
  })

  test('is in the lot with what counts at its price, and whoever does not accept that is let go and told why', async () => {
    const id = await open()
    const steps = await order(id, 'mei', [6, 9900], [30, 7900])
    const never = await order(id, 'lan', [20, 7900])
    await order(id, 'jun', [5])
    expect(await campaign(id)).toMatchObject({ lotUnits: 61, lotBuyers: 3 })
    await cancel(never)
    const waits = await order(id, 'lan', [9, 8500])
    expect(await campaign(id), '6 and 5 at 95').toMatchObject({ lotUnits: 11, lotBuyers: 2, pledgedUnits: 45 })
    await close()
    expect(await lotsOf(id)).toMatchObject([
      { units: 11, buyers: 2, unitPrice: 9500, quantities: [{ size: 'L', colourway: 'olive', quantity: 11 }] },
    ])
    await balanced()
    expect(await stands(steps), 'told at once').toMatchObject({ state: 'in-lot', units: 6 })
    expect(await stands(waits)).toMatchObject({ state: 'released' })
    await follow()
    expect(await row(steps)).toMatchObject({ state: 'in-lot', units: 6, lines: linesOf([[6]]) })
    expect(await row(waits)).toMatchObject({ state: 'released' })
    await balanced()
    const letters = await line.db.read
      .select()
      .from(mails)
      .where(eq(mails.dedupeKey, `preorder:${waits}:released`))
    expect(letters).toHaveLength(1)
    const [held] = await line.db.read
      .select()
      .from(campaignBuyers)
      .where(eq(campaignBuyers.buyerKey, (await row(steps)).buyerKey))
    expect(held?.units, 'no more is held than what is made').toBe(6)
    expect(await line.db.read.select().from(pledgeRungs)).toEqual([])
  })

  test('comes to the same whoever was first', async () => {
    const wishes: [string, ...Wish[]][] = [
      ['mei', [10, 9900], [15, 8500]],
      ['jun', [7]],
      ['lan', [30, 7900]],
      ['wei', [3, 9500]],
    ]
    const came = async (some: typeof wishes) => {
      const id = await open()
      for (const [buyer, ...each] of some) await order(id, buyer, ...each)
      const { lotUnits, lotBuyers, pledgedUnits } = await campaign(id)
      return { lotUnits, lotBuyers, pledgedUnits }
    }
    const first = await came(wishes)
    expect(first).toEqual({ lotUnits: 65, lotBuyers: 4, pledgedUnits: 58 })
    expect(await came(wishes.toReversed())).toEqual(first)
    expect(await came([wishes[2]!, wishes[0]!, wishes[3]!, wishes[1]!])).toEqual(first)
  })

  test('makes the goal, and the lot goes at it where the campaign goes at its goal', async () => {
    const id = await open({ closing: 'atGoal', thresholdUnits: 25 })
    await order(id, 'mei', [20, 8500])
    expect(await campaign(id), 'nobody pays 99 yet').toMatchObject({ lotUnits: 0, lot: 1 })
    await order(id, 'jun', [4])
    expect(await campaign(id)).toMatchObject({ lotUnits: 4, collecting: false })
    await order(id, 'lan', [1])
    expect(await lotsOf(id)).toMatchObject([{ units: 25, buyers: 3, unitPrice: 8500 }])
    expect(await campaign(id)).toMatchObject({ state: 'dispatching', lot: 2, lotUnits: 0, totalUnits: 25, pledgedUnits: 0 }) // prettier-ignore
    await follow()
    await balanced()
  })

  test('makes the rung at which a campaign goes that goes at a rung', async () => {
    const id = await open({ closing: 'atRung', closingUnits: 25, thresholdUnits: 5 })
    await order(id, 'jun', [6])
    expect(await campaign(id)).toMatchObject({ collecting: true, lot: 1 })
    const low = await order(id, 'wei', [10, 7900])
    await order(id, 'mei', [19, 8500])
    expect(await lotsOf(id)).toMatchObject([{ units: 25, unitPrice: 8500 }])
    await follow()
    expect(await row(low)).toMatchObject({ state: 'released' })
    await balanced()
  })

  test('of one buyer beside what the same buyer orders firmly makes one buyer', async () => {
    const id = await open()
    const firm = await order(id, 'mei', [5])
    const pledge = await order(id, 'mei', [20, 8500])
    expect(await campaign(id)).toMatchObject({ lotUnits: 25, lotBuyers: 1 })
    await cancel(firm)
    expect(await campaign(id), '20 do not make 85').toMatchObject({ lotUnits: 0, lotBuyers: 0 })
    await balanced()
    await order(id, 'mei', [5, 9900])
    expect(await campaign(id)).toMatchObject({ lotUnits: 25, lotBuyers: 1 })
    await cancel(pledge)
    expect(await campaign(id)).toMatchObject({ lotUnits: 5, lotBuyers: 1 })
    await balanced()
  })

  test('holds so much of its buyer’s cap as it may come to', async () => {
    const id = await open({ perBuyerCap: 30 })
    await order(id, 'mei', [10, 9900], [15, 8500])
    await expect(place(id, 'mei', [[6]])).rejects.toMatchObject({ code: 'preorders.cap' })
    await balanced()
  })

  test('below the last rung is refused beside its field, and says what that is', async () => {
    const id = await open()
    await expect(place(id, 'mei', [[1], [10, 7899]])).rejects.toMatchObject({
      code: 'preorders.pledge-low',
      status: 422,
      extra: { field: 'lines.1.atMost' },
      text: { en: expect.stringContaining('79.00') as string },
    })
    expect(await line.db.read.$count(preorders)).toBe(0)
    const byTotal = await open({ pricing: 'total' })
    await expect(place(byTotal, 'mei', [[10, 8500]])).rejects.toMatchObject({ code: 'preorders.pledge-total' })
  })

  test('is answered with what was asked, and again with the same bytes after its lot has gone', async () => {
    const id = await open()
    const { text, told } = await place(id, 'mei', [[6, 9900], [30, 8000]], 'once') // prettier-ignore
    expect(told).toMatchObject({ units: 36, unitPrice: 9900 })
    await confirm(told.id)
    await close()
    await follow()
    expect(await row(told.id)).toMatchObject({ state: 'in-lot', units: 6 })
    expect((await place(id, 'mei', [[6, 9900], [30, 8000]], 'once')).text).toBe(text) // prettier-ignore
  })

  test('that was only asked for counts nowhere, and is let go with a campaign that fails', async () => {
    const id = await open({ thresholdUnits: 50 })
    await place(id, 'mei', [[10, 8500]])
    const waits = await order(id, 'jun', [30, 8500])
    expect(await campaign(id)).toMatchObject({ lotUnits: 30, pledgedUnits: 30 })
    await close()
    expect(await campaign(id)).toMatchObject({ state: 'released', pledgedUnits: 0, totalUnits: 0 })
    expect(await row(waits)).toMatchObject({ state: 'released', lot: null })
    expect(await line.db.read.select().from(pledgeRungs)).toEqual([])
    await balanced()
  })

  test('of a lot that is called off before it was held against its price is let go, whatever it accepts', async () => {
    const id = await open()
    const mine = await order(id, 'mei', [6, 9900], [30, 7900])
    const other = await order(id, 'jun', [9, 8500])
    await close()
    await line.db.write((tx) => releaseLot(tx, id, 1, line.clock.now()))
    await balanced()
    await follow()
    expect([(await row(mine)).state, (await row(other)).state]).toEqual(['released', 'released'])
    expect(await campaign(id)).toMatchObject({ totalUnits: 0 })
    await balanced()
  })

  test('goes into a later lot that a person makes, at that lot’s own price', async () => {
    const id = await open({ closing: 'atGoal' })
    await order(id, 'mei', [5])
    // The later ladder of these campaigns begins at 579.00 for thirty.
    const mine = await order(id, 'jun', [30, 60_000])
    await order(id, 'lan', [10, 50_900])
    await line.db.write((tx) => freezeLot(tx, line.context, { campaignId: id, number: 2, reason: 'reorder' }))
    expect(await lotsOf(id)).toMatchObject([{ units: 5 }, { units: 30, unitPrice: 57_900 }])
    await follow()
    expect(await row(mine)).toMatchObject({ state: 'in-lot', lot: 2 })
    await balanced()
  })

  test('stays counted when its counters are lost: they are set right from the rows, and nothing is made from wrong ones', async () => {
    const id = await open()
    await order(id, 'mei', [10, 9500], [15, 8500])
    await order(id, 'jun', [3])
    const right = await campaign(id)
    await line.db.write(async (tx) => {
      await tx.delete(pledgeRungs).returning({ units: pledgeRungs.units })
      await tx.delete(demandCells).returning({ units: demandCells.units })
      await tx
        .update(campaigns)
        .set({ pledgesCounted: 3, pledgersCounted: 0, lotUnits: 6 })
        .where(eq(campaigns.id, id))
        .returning({ id: campaigns.id })
    })
    expect((await line.stages.demand.audit(operator, { repair: false })).map(({ field }) => field)).toContain(
      'rung.units',
    )
    await line.stages.demand.audit(operator, { repair: true })
    await balanced()
    expect(await campaign(id)).toMatchObject({ lotUnits: right.lotUnits, lotBuyers: right.lotBuyers })
    await line.db.write((tx) => tx.delete(demandCells).returning({ units: demandCells.units }))
    await close()
    expect(await lotsOf(id)).toMatchObject([{ units: 28, unitPrice: 8500 }])
    await follow()
    await balanced()
  })

  test('comes in when somebody else takes more pieces, and is not changed piece by piece itself', async () => {
    const id = await open()
    const firm = await order(id, 'jun', [6])
    const pledge = await order(id, 'mei', [15, 8500])
    expect(await campaign(id)).toMatchObject({ lotUnits: 6, lotBuyers: 1 })
    const change = (preorder: string, quantity: number) =>
      line.stages.demand.changeLines(anonymous, {
        id: preorder,
        token: tokenOf(preorder),
        lines: linesOf([[quantity]]),
      })
    await change(firm, 10)
    expect(await campaign(id)).toMatchObject({ lotUnits: 25, lotBuyers: 2, collecting: true })
    await balanced()
    await change(firm, 4)
    expect(await campaign(id)).toMatchObject({ lotUnits: 4, lotBuyers: 1, collecting: false })
    await balanced()
    await expect(change(pledge, 20)).rejects.toMatchObject({ code: 'preorders.change-pledge' })
  })

  test('of one buyer under two keys is that of one buyer once they are one', async () => {
    const id = await open()
    await order(id, 'mei', [4, 8500])
    await order(id, 'jun', [24, 8500])
    expect(await campaign(id)).toMatchObject({ lotUnits: 28, lotBuyers: 2 })
    await rekeyBuyers(line.db, { current: 'new.', keyOf: () => 'new.same' }, async () => undefined)
    expect(await campaign(id)).toMatchObject({ lotUnits: 28, lotBuyers: 1 })
    await balanced()
  })
})
