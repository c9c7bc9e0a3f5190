import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { system, type Actor } from '../../src/core/actor.ts'
import type { EventName, EventPayload } from '../../src/core/events.ts'
import type { Problem } from '../../src/core/errors.ts'
import { newId } from '../../src/core/values.ts'
import { preferenceEvidence, trends, unfollowedTrends } from '../../src/db/schema.ts'
import { blockFor } from '../../src/garments/index.ts'
import { openDesigns, type DesignOptions } from '../../src/stages/2-designs/actions.ts'
import { termOf } from '../../src/stages/1-trends/vocabulary/index.ts'
import type { Sales } from '../../src/stages/2-designs/run/saying.ts'
import type { Context } from '../../src/stages/context.ts'
import { world, type World } from '../support/world.ts'

const merchandiser: Actor = { kind: 'user', id: 'u-1', name: 'Mei', role: 'merchandiser' }
const viewer: Actor = { kind: 'user', id: 'u-3', name: 'Lin', role: 'viewer' }
const options: DesignOptions = { contentProducer: '001191440300MA5EXAMPLE', c2pa: undefined, sizePx: 256, scale: 1 }
const WEEK = '2026-11-16'

const sold: { styleId: string; version: number } = { styleId: '', version: 1 }
const sales: Sales = { lot: async () => sold, unsold: async () => sold }
const stages = (context: Context) => ({ designs: openDesigns(context, options, async () => [], sales) })
type Line = ReturnType<typeof stages>

async function trend(w: World<Line>, term: string, week = WEEK): Promise<string> {
  const id = newId()
  const { label, kind } = termOf(term)!
  const evidence = { series: [], measure: 'counts', items: [], sources: [], flags: [] } as const
  const counts = { recent: 3, expected: null, days: 1 }
  await w.db.write((tx) =>
    tx.insert(trends).values({
      id,
      term,
      week,
      label,
      kind,
      rank: 1,
      evidence: { ...evidence, series: [], items: [], sources: [], flags: [], counts },
      scoredAt: w.clock.now(),
    }),
  )
  return id
}

async function say<N extends EventName>(w: World<Line>, name: N, payload: EventPayload<N>): Promise<void> {
  await w.db.write((tx) => w.context.outbox.emit(tx, system('test'), name, payload, w.clock.now()))
  await w.settle()
}

describe('trends that no garment can follow', () => {
  let w: World<Line>
  let puffer: string
  beforeAll(async () => {
    w = await world({ stages })
    puffer = await trend(w, 'puffer')
    for (const term of ['lace', 'floral-dress', 'embroidery', 'hoodie']) await trend(w, term)
    await trend(w, 'qipao', '2026-10-05')
    await say(w, 'trends.scored', { week: WEEK })
    await say(w, 'trends.scored', { week: '2026-10-05' })
  })
  afterAll(() => w.close())
  const told = (month?: string) => w.stages.designs.listUnfollowed(viewer, month === undefined ? {} : { month })

  test('are counted in the month of their week, by the garment or detail that is missing', async () => {
    const { month, items } = await told()
    expect(month).toBe('2026-11')
    expect(items.map(({ missing, trends: asked, refused }) => [missing, asked.length, refused])).toEqual([
      ['garment puffer', 1, 0],
      ['word ditsy', 1, 0],
      ['word embroidery', 1, 0],
      ['word lace', 1, 0],
    ])
    expect(items[0]).toMatchObject({ label: { zh: '羽绒服' }, why: { zh: '我们还没有这种服装的版型' } })
    expect((await told('2026-10')).items.map(({ missing }) => missing)).toEqual(['garment qipao'])
    expect((await told('2026-09')).items).toEqual([])
  })

  test('count once however often their week is scored', async () => {
    await w.everyReactionAgain()
    await say(w, 'trends.scored', { week: WEEK })
    expect((await told()).items).toHaveLength(4)
  })

  test('are refused by name when designs of them are asked for, and that is counted too', async () => {
    const ask = () => w.stages.designs.requestDesigns(merchandiser, { trendIds: [puffer], count: 1 })
    await expect(ask()).rejects.toMatchObject({ code: 'designs.cannot-follow', status: 422 })
    await expect(ask()).rejects.toMatchObject({ text: { zh: expect.stringContaining('羽绒服') } })
    const rows = await w.db.read.select().from(unfollowedTrends)
    const asked = rows.filter(({ term }) => term === 'puffer')
    expect(asked.reduce((sum, { refused }) => sum + refused, 0)).toBe(2)
  })

  test('are gone from the month once they can be followed, unless somebody was refused', async () => {
    await w.db.write(async (tx) => {
      const row = { month: '2026-11', label: { zh: '卫衣', en: 'hoodie' }, missing: 'garment hoodie' }
      const now = { missingLabel: row.label, why: row.label, seenAt: w.clock.now() }
      await tx.insert(unfollowedTrends).values({ ...row, ...now, term: 'hoodie', refused: 0 })
    })
    await say(w, 'trends.scored', { week: WEEK })
    expect((await told('2026-11')).items.map(({ missing }) => missing)).not.toContain('garment hoodie')
    expect((await told('2026-11')).items.map(({ missing }) => missing)).toContain('garment puffer')
  })

  test('a month that is none is refused at its field', async () => {
    await expect(told('2026-13')).rejects.toMatchObject({ status: 422 })
  })
})

describe('what was decided about a style and sold of it', () => {
  let w: World<Line>
  beforeAll(async () => {
    w = await world({ stages })
    await w.stages.designs.requestDesigns(merchandiser, {
      trendIds: [await trend(w, 'tee')],
      count: 1,
      categories: ['tee'],
      season: 'summer',
      seed: 5,
    })
    await w.settle()
    sold.styleId = (await w.stages.designs.listStyles(merchandiser, {})).items[0]!.style.id
  }, 120_000)
  afterAll(() => w.close())
  const leaning = async (key: string) =>
    (await w.stages.designs.listPreferences(viewer)).items.find((each) => each.key === key)

  test('has a gate of its own: how far it follows what it was made from', async () => {
    const { version } = await w.stages.designs.getStyle(merchandiser, { id: sold.styleId })
    expect(version.gates.find(({ gate }) => gate === 'G10')).toMatchObject({ verdict: 'pass', score: 1 })
  })

  test('moves the next designs, attribute by attribute, with its sums', async () => {
    expect((await w.stages.designs.listPreferences(viewer)).items).toEqual([])
    await say(w, 'approvals.rejected', sold)
    expect(await leaning('category')).toMatchObject({ value: 'tee', pro: 0, contra: 1, factor: 0.9286 })
    await say(w, 'demand.lot-frozen', { lotId: 'lot' })
    expect(await leaning('fabric')).toMatchObject({ pro: 2, contra: 1, styles: { rejected: 1, sold: 1 } })
    // By category what sold stands in every brief already.
    expect(await leaning('category')).toMatchObject({ pro: 0, contra: 1 })
  })

  test('is said once, however often the event comes', async () => {
    await w.everyReactionAgain()
    await say(w, 'demand.lot-frozen', { lotId: 'lot' })
    expect(await w.db.read.select().from(preferenceEvidence)).toHaveLength(2)
  })

  test('a campaign that ended without a lot speaks against it', async () => {
    await say(w, 'demand.released', { campaignId: 'c' })
    expect(await leaning('fabric')).toMatchObject({ pro: 2, contra: 3 })
  })
})

describe('a change of a style, before it is made', () => {
  let w: World<Line>
  let id: string
  beforeAll(async () => {
    w = await world({ stages })
    await w.stages.designs.requestDesigns(merchandiser, { count: 1, categories: ['tee'], season: 'summer', seed: 5 })
    await w.settle()
    id = (await w.stages.designs.listStyles(merchandiser, {})).items[0]!.style.id
  }, 120_000)
  afterAll(() => w.close())
  const preview = (asked: object) => w.stages.designs.previewRefinement(merchandiser, { id, ...asked })

  test('is shown with picture, cost and price as they are and as they would be', async () => {
    const { compared, changes } = await preview({ sentence: '加长10厘米' })
    const { version } = await w.stages.designs.getStyle(merchandiser, { id })
    expect(changes).toHaveLength(1)
    expect(compared?.before).toMatchObject({ cost: version.derived.cost.base.total })
    expect(compared?.before.price).toBe(version.derived.ladder[0]?.unitPrice)
    expect(compared?.after.cost).toBeGreaterThan(compared?.before.cost ?? Infinity)
    expect(compared?.after.picture).not.toBe(compared?.before.picture)
    for (const { picture } of [compared!.before, compared!.after])
      expect(await w.context.engines.files.has(picture ?? '')).toBe(true)
    expect((await preview({ sentence: '蕾丝' })).compared).toBeUndefined()
  })

  test('may be made of measures, each within its range', async () => {
    const { version } = await w.stages.designs.getStyle(merchandiser, { id })
    const { parameters } = blockFor(version.spec.category, version.spec.gender)
    const length = parameters.find(({ key }) => key === 'bodyLength')!
    const asked = { ...version.spec.parameters, bodyLength: length.max }
    const { changes, sentence, preview: kept } = await preview({ parameters: asked })
    expect(changes.map(({ field }) => field)).toEqual(['parameters.bodyLength'])
    expect(sentence).toContain('衣长/')
    expect(kept).toBeDefined()
    // What a browser brings to the nearest step was moved by nobody.
    const unmoved = Object.fromEntries(
      parameters.map(({ key, step }) => [key, (version.spec.parameters[key] ?? 0) + step / 2.1]),
    )
    const inRange = Object.fromEntries(
      parameters.map(({ key, min, max }) => [key, Math.min(max, Math.max(min, unmoved[key] ?? 0))]),
    )
    expect((await preview({ parameters: inRange })).changes).toEqual([])
  })

  test.each([
    [{ parameters: { bodyLength: 99_999 } }, 'designs.measure-range', 'parameters.bodyLength'],
    [{ parameters: { trainLength: 1 } }, 'designs.no-such-measure', 'parameters.trainLength'],
    [{ parameters: { bodyLength: Number.NaN } }, undefined, 'parameters.bodyLength'],
    [{}, 'designs.say-or-move', 'sentence'],
    [{ sentence: '长一点', parameters: { bodyLength: 700 } }, 'designs.say-or-move', 'sentence'],
  ])('%j is refused at its field', async (asked, code, field) => {
    const refusal = await preview(asked).then(
      () => undefined,
      (error: unknown) => error as Problem,
    )
    expect(refusal?.status).toBe(422)
    if (code) expect(refusal?.code).toBe(code)
    expect(refusal?.extra.field).toBe(field)
  })
})
