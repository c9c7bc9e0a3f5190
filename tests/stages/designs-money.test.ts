/** What models cost: previews that are paid once, pictures that outlive a crash, budgets that calls under way share. */
import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/core/actor.ts'
import { DAY, HOUR } from '../../src/core/values.ts'
import { generations } from '../../src/db/schema.ts'
import { openImageModel } from '../../src/engines/registry.ts'
import { openLanguageModel } from '../../src/engines/language/openai.ts'
import { openOutbound } from '../../src/engines/outbound.ts'
import type { FileStore } from '../../src/engines/ports.ts'
import { openDesigns, type DesignOptions } from '../../src/stages/2-designs/actions.ts'
import { buildVersion } from '../../src/stages/2-designs/run/build.ts'
import { openLedger } from '../../src/stages/2-designs/model-designer/ledger.ts'
import { asRequested, type GenerationRecord } from '../../src/stages/2-designs/model-designer/asking.ts'
import type { DesignRequest, Illustration } from '../../src/stages/2-designs/model.ts'
import { colourById } from '../../src/stages/2-designs/designer/palette.ts'
import { openApprovals } from '../../src/stages/3-approvals/actions.ts'
import type { Context } from '../../src/stages/context.ts'
import { changeHouse } from '../support/house.ts'
import { chat, modelServer, pictureModel, type ModelServer } from '../support/model-server.ts'
import { distant, draws, photographed, tall, unsharp } from '../support/redraw.ts'
import { world, type World } from '../support/world.ts'

const merchandiser: Actor = { kind: 'user', id: 'u-1', name: 'Mei', role: 'merchandiser' }
const operator: Actor = { kind: 'user', id: 'u-2', name: 'Ops', role: 'admin' }
const options: DesignOptions = { contentProducer: '001191440300MA5EXAMPLE', c2pa: undefined, sizePx: 160, scale: 1 }
const stages = (context: Context) => ({
  designs: openDesigns(context, options),
  approvals: openApprovals(context, options),
})
type Line = ReturnType<typeof stages>
const inBoth = { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringMatching(/[a-z]/) }

let server: ModelServer
let w: World<Line>
beforeAll(async () => {
  server = await modelServer()
  w = await world({ stages })
})
afterAll(async () => {
  await w.close()
  await server.close()
})
beforeEach(() => void (server.seen.length = 0))

async function request(count = 1, seed = 5): Promise<string> {
  const asked: DesignRequest = { count, categories: ['tee'], genders: ['women'], season: 'summer', seed }
  return (await w.stages.designs.requestDesigns(merchandiser, asked)).id
}
const stylesOf = async (runId: string) => (await w.stages.designs.listStyles(merchandiser, { runId })).items
async function make(): Promise<string> {
  const runId = await request()
  await w.settle()
  return (await stylesOf(runId))[0]?.style.id ?? ''
}
const recordsOf = async (subjectId: string, purpose: string) =>
  (await w.db.read.select().from(generations).where(eq(generations.subjectId, subjectId)))
    .filter((row) => row.purpose === purpose)
    .map(({ record, costMicros }) => ({ ...(record as unknown as GenerationRecord), cost: costMicros }))
const illustrationOf = (version: { generation: unknown } | undefined) =>
  (version?.generation as { illustration?: Illustration } | undefined)?.illustration

describe('a preview of a refinement where a model is configured', () => {
  let styleId: string
  const plain = { parameters: [], construction: [], shell: null, colour: null, notUnderstood: [] }
  const bodyLength = (value: number) => chat(JSON.stringify({ ...plain, parameters: [{ key: 'bodyLength', value }] }))
  const current = async () => (await w.stages.designs.getStyle(merchandiser, { id: styleId })).version
  const preview = (sentence: string) => w.stages.designs.previewRefinement(merchandiser, { id: styleId, sentence })
  const refine = async (sentence: string, shown?: string) =>
    w.stages.approvals.refine(merchandiser, {
      id: styleId,
      version: (await current()).version,
      sentence,
      ...(shown === undefined ? {} : { preview: shown }),
    })
  beforeAll(async () => {
    styleId = await make()
    w.context.engines.language = openLanguageModel({
      baseUrl: `${server.url}/v1`,
      model: 'm',
      timeoutMs: 20_000,
      deadlineMs: 20_000,
      retries: 0,
      price: { input: 1, output: 4 },
    })
  })
  afterAll(() => void (w.context.engines.language = undefined))

  test('shows the model’s change, and applying it does exactly that without asking or paying again', async () => {
    // The rules would make "a bit shorter" 30 mm less; the model says otherwise.
    server.answerWith(() => bodyLength(555))
    const before = await current()
    const shown = await preview('短一点')
    expect(shown).toMatchObject({ version: 1, by: 'model', model: 'test-model-2026' })
    expect(shown.changes).toEqual([
      expect.objectContaining({ field: 'parameters.bodyLength', to: { zh: '55.5 厘米', en: '55.5 cm' } }),
    ])
    expect((await current()).hash).toBe(before.hash)

    server.answerWith(() => bodyLength(640))
    const refined = await refine('短一点', shown.preview)
    expect(server.seen).toHaveLength(1)
    expect(refined.changes).toEqual(shown.changes)
    const after = await current()
    expect(after).toMatchObject({ version: 2, sentence: '短一点' })
    expect(after.spec.parameters['bodyLength']).toBe(555)
    expect(after.generation).toMatchObject({ model: 'test-model-2026', changes: shown.changes })
    expect((await recordsOf(styleId, 'designs.refine')).map(({ cost }) => cost)).toEqual([1800])
  })

  test('looked at twice, and then applied without its id, is asked once', async () => {
    server.answerWith(() => bodyLength(600))
    await preview('改成60厘米长')
    const again = await preview('改成60厘米长')
    const refined = await refine('改成60厘米长')
    expect(refined.changes).toEqual(again.changes)
    expect(server.seen).toHaveLength(1)
  })

  test('of a failing model shows what the rules make of it, and that is what is applied, though the model is back', async () => {
    server.answerWith(() => ({ status: 500, body: {} }))
    const shown = await preview('长2厘米')
    expect(shown).toMatchObject({ by: 'rules', insteadOfModel: 'language.unavailable' })
    expect(shown.changes.map(({ to }) => to.zh)).toEqual(['62 厘米'])
    server.answerWith(() => bodyLength(700))
    await refine('长2厘米', shown.preview)
    const after = await current()
    expect(after.spec.parameters['bodyLength']).toBe(620)
    expect(after.generation).toMatchObject({ insteadOfModel: 'language.unavailable' })
    expect(server.seen).toHaveLength(1)
  })

  test('with the budget spent asks nothing and says so', async () => {
    await changeHouse(w.context, operator, { modelBudgetPerStyleMicros: 1 })
    expect(await preview('短1厘米')).toMatchObject({ by: 'rules', insteadOfModel: 'designs.budget-style' })
    expect(server.seen).toEqual([])
    await changeHouse(w.context, operator, { modelBudgetPerStyleMicros: 500_000 })
  })

  test('of another version or another sentence is not applied', async () => {
    server.answerWith(() => bodyLength(580))
    const shown = await preview('短4厘米')
    await expect(refine('短5厘米', shown.preview)).rejects.toMatchObject({
      code: 'approvals.preview-gone',
      status: 409,
    })
    await expect(refine('短4厘米', 'no-such-preview')).rejects.toMatchObject({ code: 'approvals.preview-gone' })
    await refine('短4厘米', shown.preview)
    await expect(refine('短4厘米', shown.preview)).rejects.toMatchObject({ code: 'approvals.preview-gone' })
  })

  test('that would change nothing has nothing to apply; one of an old version or a decided style is refused', async () => {
    server.answerWith(() => chat(JSON.stringify(plain)))
    expect((await preview('就这样')).preview).toBeUndefined()
    const old = { id: styleId, version: 1, sentence: '短一点' }
    await expect(w.stages.designs.previewRefinement(merchandiser, old)).rejects.toMatchObject({
      code: 'approvals.moved-on',
    })
    await w.stages.approvals.reject(merchandiser, { id: styleId, version: (await current()).version, reason: 'no' })
    await expect(preview('短一点')).rejects.toMatchObject({ code: 'approvals.moved-on', status: 409 })
  })

  test('a wish for another garment asks no model; the rest of the sentence does', async () => {
    const id = await make()
    server.seen.length = 0
    const ask = (sentence: string) => w.stages.designs.previewRefinement(merchandiser, { id, sentence })
    expect(await ask('做成裙子')).toMatchObject({
      changes: [],
      notUnderstood: [{ words: '做成裙子', reason: inBoth, instead: { category: 'pencil-skirt', gender: 'women' } }],
    })
    expect(server.seen).toEqual([])
    server.answerWith(() => bodyLength(600))
    const both = await ask('短到60厘米，改成男款')
    expect(both.changes).toHaveLength(1)
    expect(both.notUnderstood).toEqual([
      { words: '改成男款', reason: inBoth, instead: { category: 'tee', gender: 'men', trendIds: [] } },
    ])
    expect(JSON.stringify(server.seen[0]?.body)).not.toContain('改成男款')
  })
})

describe('a picture model', () => {
  const PRICE = 40_000
  let files: FileStore
  beforeAll(async () => {
    files = w.context.engines.files
    await changeHouse(w.context, operator, { modelBudgetPerStyleMicros: 500_000, modelBudgetPerDayMicros: 50_000_000 })
    w.context.engines.image = pictureModel(server, PRICE)
  })
  afterEach(() => {
    w.context.engines.files = files
    w.complaints.length = 0
  })
  const underWay = () => readdir(join(w.folder, 'files', 'intermediate')).catch(() => [])

  test('is not paid again for a picture that a crash kept from being labelled', async () => {
    server.answerWith(draws(photographed))
    // The disk fills up once the model has answered: its picture cannot be labelled and stored.
    w.context.engines.files = {
      ...files,
      put: (bytes) => (server.seen.length > 0 ? Promise.reject(new Error('disk full')) : files.put(bytes)),
    }
    const runId = await request()
    await w.settle()
    expect(await stylesOf(runId)).toEqual([])
    expect(w.complaints.join()).toContain('disk full')
    expect(server.seen).toHaveLength(1)
    const [paid] = await recordsOf(runId, 'designs.illustrate')
    expect(paid).toMatchObject({ outcome: 'answered', cost: PRICE, answerFile: paid?.outputHash })
    // It is kept where nothing that serves files looks.
    expect(await underWay()).toEqual([paid?.answerFile])
    expect(await files.has(paid?.answerFile ?? '')).toBe(false)
    await expect(files.get(paid?.answerFile ?? '')).rejects.toMatchObject({ code: 'files.missing' })

    w.context.engines.files = files
    w.clock.advance(HOUR)
    await w.settle()
    const [made] = await stylesOf(runId)
    expect(made?.version.pictures.some(({ view }) => view === 'front-model')).toBe(true)
    expect(illustrationOf(made?.version)).toMatchObject({ made: true, costMicros: PRICE })
    expect(server.seen).toHaveLength(1)
    expect((await recordsOf(runId, 'designs.illustrate')).map(({ cost }) => cost)).toEqual([PRICE])
    expect(await underWay()).toEqual([])
  })

  test('is not paid again for a picture that was refused before the crash', async () => {
    server.answerWith(draws(tall))
    let failing = true
    w.context.engines.files = {
      ...files,
      get: (hash) => (failing && server.seen.length > 0 ? Promise.reject(new Error('disk gone')) : files.get(hash)),
    }
    const runId = await request()
    await w.settle()
    expect(await stylesOf(runId)).toEqual([])
    failing = false
    w.clock.advance(HOUR)
    await w.settle()
    const [made] = await stylesOf(runId)
    expect(illustrationOf(made?.version)).toMatchObject({ made: false, failure: 'image.shape', reason: inBoth })
    expect(server.seen).toHaveLength(1)
  })

  test('what was left over long ago is removed', async () => {
    const hash = await files.intermediate.put(Buffer.from('left over'))
    const [old, now] = [new Date(w.clock.now().getTime() - 31 * DAY), w.clock.now()]
    await utimes(join(w.folder, 'files', 'intermediate', hash), old, old)
    const young = await files.intermediate.put(Buffer.from('under way'))
    await utimes(join(w.folder, 'files', 'intermediate', young), now, now)
    w.context.engines.image = undefined
    await make()
    expect(await underWay()).toEqual([young])
    await files.intermediate.remove(young)
  })

  test('is asked no more often at once than there is money for', async () => {
    w.context.engines.image = openImageModel(
      { kind: 'openai', baseUrl: `${server.url}/v1`, model: 'i', timeoutMs: 20_000, retries: 0, priceMicros: PRICE },
      openOutbound({ allowHosts: ['127.0.0.1'] }),
    )
    server.seen.length = 0
    // Each answer takes longer than the other styles need to come to the same question.
    server.answerWith(draws(photographed, 1500))
    await changeHouse(w.context, operator, { modelBudgetPerStyleMicros: Math.ceil((PRICE * 2) / 3) })
    const runId = await request(3, 11)
    await w.settle()
    const made = (await stylesOf(runId)).map(({ version }) => illustrationOf(version))
    expect(made.filter((each) => each?.made)).toHaveLength(2)
    expect(made.filter((each) => each?.failure === 'designs.budget-style')).toHaveLength(1)
    expect(server.seen).toHaveLength(2)
    expect((await recordsOf(runId, 'designs.illustrate')).map(({ cost }) => cost)).toEqual([PRICE, PRICE])
    await changeHouse(w.context, operator, { modelBudgetPerStyleMicros: 500_000 })
  })

  test.each([
    ['is not square', tall, 'image.shape'],
    ['shows the garment far away', distant, 'image.framed'],
    ['is out of focus', unsharp, 'image.blurred'],
  ])('a picture that %s is not used: ours stands, and the style says why', async (_, redraw, code) => {
    server.answerWith(draws(redraw))
    const runId = await request()
    await w.settle()
    const [made] = await stylesOf(runId)
    expect(server.seen).toHaveLength(1)
    expect(new Set(made?.version.pictures.map(({ view }) => view))).toEqual(new Set(['front', 'back']))
    expect(illustrationOf(made?.version)).toMatchObject({
      made: false,
      failure: code,
      reason: inBoth,
      costMicros: PRICE,
      figures: expect.any(Object),
    })
    expect(await recordsOf(runId, 'designs.illustrate')).toEqual([
      expect.objectContaining({ outcome: 'unusable', failure: code, cost: PRICE, figures: expect.any(Object) }),
    ])
    expect(await underWay()).toEqual([])
  })

  test('is not asked where every colourway is too pale to check an outline, and the style says why', async () => {
    server.answerWith(draws(photographed))
    const id = await make()
    server.seen.length = 0
    const { version } = await w.stages.designs.getStyle(merchandiser, { id })
    const white = colourById('moon-white')
    const [way] = version.spec.colourways
    if (!white || !way) throw new Error('colours')
    const colours = Object.fromEntries(Object.keys(way.colours).map((role) => [role, white.hex]))
    const built = await buildVersion(
      w.context,
      { ...version.spec, colourways: [{ id: white.id, name: white.name, colours }] },
      {
        rules: version.rules,
        pictures: options,
        note: { designer: 'refined', seed: 1, notes: [], clamped: [] },
        earlier: [],
        follow: { trends: [], limit: 0.6, refined: true },
        subject: { id, styles: 1 },
      },
    )
    expect(server.seen).toEqual([])
    expect(new Set(built.pictures.map(({ view }) => view))).toEqual(new Set(['front', 'back']))
    expect(illustrationOf(built)).toMatchObject({
      made: false,
      failure: 'image.too-pale',
      reason: inBoth,
      costMicros: 0,
    })
  })
})

describe('the ledger', () => {
  const requested = (subjectId: string, micros: number) =>
    asRequested(
      {
        purpose: 'test',
        subjectId,
        prompt: { name: 'p', version: 1, hash: 'h', filledHash: 'f' },
        asked: 'm',
        parameters: { temperature: 0, seed: 1, maxTokens: 1 },
        schemaHash: '',
        cacheKey: 'k',
        mode: 'prompt',
        parent: undefined,
      },
      micros,
    )

  test('gives eight calls at once no more than the budget has; what is settled for less or released is there again', async () => {
    await changeHouse(w.context, operator, { modelBudgetPerStyleMicros: 300, modelBudgetPerDayMicros: 50_000_000 })
    const ledger = openLedger(w.context)
    const reserved = await Promise.all(Array.from({ length: 8 }, () => ledger.reserve(requested('s', 100), 1)))
    const got = reserved.flatMap((each) => (each.ok ? [each.id] : []))
    expect(got).toHaveLength(3)
    expect(reserved.filter((each) => !each.ok).map((each) => (each.ok ? '' : each.code))).toEqual(
      Array.from({ length: 5 }, () => 'designs.budget-style'),
    )
    const [first = '', second = ''] = got
    await ledger.settle(first, { ...requested('s', 40), outcome: 'answered' })
    expect(await ledger.reserve(requested('s', 100), 1)).toMatchObject({ ok: false })
    expect(await ledger.reserve(requested('s', 60), 1)).toMatchObject({ ok: true })
    await ledger.settle(second, { ...requested('s', 0), outcome: 'failed', failure: 'language.timeout' })
    expect(await ledger.reserve(requested('s', 100), 1)).toMatchObject({ ok: true })
    expect((await ledger.earlier('test', 's', 'k')).filter(({ record }) => record.outcome === 'failed')).toHaveLength(1)
  })

  test('the day’s budget is one for all subjects', async () => {
    w.clock.advance(2 * DAY)
    await changeHouse(w.context, operator, { modelBudgetPerStyleMicros: 1_000, modelBudgetPerDayMicros: 250 })
    const ledger = openLedger(w.context)
    const asked = ['a', 'b', 'c', 'd'].map((subject) => ledger.reserve(requested(subject, 100), 1))
    const codes = (await Promise.all(asked)).map((each) => (each.ok ? 'ok' : each.code)).sort()
    expect(codes).toEqual(['designs.budget-day', 'designs.budget-day', 'ok', 'ok'])
  })
})

test('nothing of all this was unexpected', () => expect(w.complaints).toEqual([]))
