/** What a brief needs beside its numbers is made before its lot is frozen: then nothing is drafted, drawn or searched. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { newId } from '../../src/core/values.ts'
import {
  campaigns,
  decisions,
  events,
  preorders,
  productionOrders,
  readyStyles,
  styleVersions,
} from '../../src/db/schema.ts'
import { briefSchema, type Studio } from '../../src/garments/index.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { openDispatch, type Dispatch } from '../../src/stages/6-dispatch/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { register, SHIP_TO } from '../support/factories.ts'
import { house as merchant, openLine } from '../support/line.ts'
import { countAnew, gatheredCampaign } from '../support/lots.ts'
import { world, type World } from '../support/world.ts'

const house = system('test')
let line: World<{ dispatch: Dispatch }>
/** What was asked of the studio's threads, in order. */
let asked: string[]

/** The studio, noting what it is asked. */
const noting = (studio: Studio): Studio =>
  new Proxy(studio, {
    get(target, name) {
      const job = target[name as keyof Studio] as unknown
      if (typeof job !== 'function') return job
      return (...given: unknown[]) => {
        if (name !== 'load' && name !== 'close') asked.push(String(name))
        return (job as (...all: unknown[]) => unknown).apply(target, given)
      }
    },
  })

const pictures = { contentProducer: '001191440300MA5EXAMPLE', c2pa: undefined, sizePx: 160 }

beforeEach(async () => {
  asked = []
  line = await world({
    stages: (context) => ({
      dispatch: openDispatch(
        { ...context, studio: noting(context.studio) },
        { making: makingOf(context), pictures, markerMs: 300 },
      ),
    }),
  })
  await line.stages.dispatch.changeTerms(house, SHIP_TO)
  await register(line.stages.dispatch, {})
})
afterEach(() => line.close())

const comesNear = async (campaignId: string) => {
  await line.db.write((tx) =>
    line.context.outbox.emit(tx, house, 'demand.goal-near', { campaignId, lot: 1 }, line.clock.now()),
  )
  await line.settle()
}
const freeze = async (campaignId: string) => {
  await line.db.write((tx) => freezeLot(tx, line.context, { campaignId, number: 1, reason: 'threshold' }))
  await line.settle()
}
const look = () =>
  line.stages.dispatch.reactions['dispatch.sweep-due']!({
    id: 'sweep',
    name: 'dispatch.sweep-due',
    payload: { window: 'now' },
    at: line.clock.now(),
  })
/** Another size is ordered after what was likely had been looked at. */
async function order(campaignId: string, size: string, quantity: number): Promise<void> {
  const [known] = await line.db.read.select().from(preorders).where(eq(preorders.campaignId, campaignId))
  const lines = [{ size, colourway: known!.lines[0]!.colourway, quantity }]
  await line.db.write(async (tx) => {
    await tx
      .insert(preorders)
      .values({ ...known!, id: newId(), buyerKey: 'late', email: 'late@example.com', lines, units: quantity })
      .returning({ id: preorders.id })
  })
  await countAnew(line.context)
}
const sentBrief = async () => {
  const [made] = await line.db.read.select().from(productionOrders)
  return briefSchema.parse(JSON.parse((await line.context.engines.files.get(made!.briefFile!)).toString('utf8')))
}

describe('a lot that came near its goal', () => {
  test('has at its freezing only its numbers printed: no drafting, no drawing, no search for a marker', async () => {
    const { campaignId } = await gatheredCampaign(line.context)
    await comesNear(campaignId)
    expect(new Set(asked)).toEqual(new Set(['picture', 'ready', 'patterns']))
    const [sizes] = await line.db.read.select({ list: campaigns.sizes }).from(campaigns)
    await order(campaignId, sizes!.list.at(-1)!, 7)
    asked = []
    await freeze(campaignId)
    expect(asked).toEqual(['documents'])
    const { ready } = JSON.parse(
      (await line.context.engines.files.get((await line.db.read.select().from(readyStyles))[0]!.file)).toString('utf8'),
    ) as { ready: { markers: { marker: { role: string; lengthMm: number; mix: Record<string, number> } }[] } }
    const brief = await sentBrief()
    expect(brief.order.totalUnits).toBe(47)
    // The gate has seen that the lays cut exactly what was ordered; each is one of the markers that lay ready.
    for (const { role, lengthMm, mix } of brief.markers)
      expect(ready.markers.map(({ marker }) => [marker.role, Math.round(marker.lengthMm), marker.mix])).toContainEqual([
        role,
        lengthMm,
        mix,
      ])
    expect(brief.files.filter(({ kind }) => kind === 'picture').length).toBeGreaterThanOrEqual(3)
    expect(line.complaints).toEqual([])
  })

  test('whose style was approved otherwise since is not sent what was ready: everything is made anew', async () => {
    const { campaignId, styleId } = await gatheredCampaign(line.context)
    await comesNear(campaignId)
    await line.db.write((tx) =>
      tx
        .update(readyStyles)
        .set({ madeFrom: '0'.repeat(64) })
        .returning({ id: readyStyles.id }),
    )
    asked = []
    await freeze(campaignId)
    expect(asked).toEqual(expect.arrayContaining(['documents', 'patterns']))
    expect((await sentBrief()).style.id).toBe(styleId)
  })

  test('and whose approval is for something else is neither made ready nor sent', async () => {
    const { campaignId } = await gatheredCampaign(line.context)
    await line.db.write((tx) =>
      tx
        .update(decisions)
        .set({ hash: 'f'.repeat(64) })
        .returning({ id: decisions.id }),
    )
    await comesNear(campaignId)
    expect(await line.db.read.$count(readyStyles)).toBe(0)
    expect(asked).toEqual([])
    await freeze(campaignId)
    expect((await line.db.read.select().from(productionOrders))[0]!.briefFile).toBeNull()
  })

  test('whose style cannot be read any more is searched so often and then left alone: it holds up no other', async () => {
    const { campaignId } = await gatheredCampaign(line.context)
    await comesNear(campaignId)
    await line.db.write((tx) =>
      tx
        .update(decisions)
        .set({ hash: 'f'.repeat(64) })
        .returning({ id: decisions.id }),
    )
    const rounds = async () => (await line.db.read.select().from(readyStyles))[0]!.rounds
    const before = await rounds()
    await look()
    expect(await rounds()).toBe(before + 1)
  })

  test('has its markers searched again until it is frozen, and they get no longer; a damaged file costs only time', async () => {
    const { campaignId } = await gatheredCampaign(line.context)
    await comesNear(campaignId)
    const read = async () => {
      const [row] = await line.db.read.select().from(readyStyles)
      const kept = JSON.parse((await line.context.engines.files.get(row!.file)).toString('utf8')) as {
        ready: { markers: { ratio: object; marker: { role: string; lengthMm: number } }[] }
      }
      const key = ({ ratio, marker }: (typeof kept.ready.markers)[number]) => `${marker.role} ${JSON.stringify(ratio)}`
      return { row: row!, lengths: new Map(kept.ready.markers.map((each) => [key(each), each.marker.lengthMm])) }
    }
    const first = await read()
    await look()
    const second = await read()
    expect(second.row.rounds).toBe(first.row.rounds + 1)
    for (const [key, length] of second.lengths) expect(length).toBeLessThanOrEqual(first.lengths.get(key)!)
    await line.db.write((tx) =>
      tx
        .update(readyStyles)
        .set({ file: '1'.repeat(64) })
        .returning({ id: readyStyles.id }),
    )
    asked = []
    await freeze(campaignId)
    expect(asked).toContain('patterns')
    expect(await sentBrief()).toMatchObject({ order: { totalUnits: 40 } })
    expect(await line.db.read.$count(styleVersions)).toBe(1)
  })
})

test('a lot says once that it comes near its goal, at six tenths of it', async () => {
  await using shop = await openLine()
  await shop.openCampaign(21)
  const [campaign] = await shop.campaigns()
  const buy = async (buyer: string, quantity: number) => {
    const lines = [{ size: campaign!.sizes[0]!, colourway: campaign!.colourways[0]!, quantity }]
    await shop.place(campaign!.id, { email: `${buyer}@example.com`, key: buyer, lines, vouched: true })
  }
  const said = async () => (await shop.db.read.select().from(events).where(eq(events.name, 'demand.goal-near'))).length
  const { thresholdUnits } = campaign!
  const most = Math.ceil(0.6 * thresholdUnits) - 1
  await buy('mei', most)
  expect(await said()).toBe(0)
  await buy('lan', 1)
  await buy('jun', 1)
  expect(await said()).toBe(1)
  void merchant
})
