/** Calls to models whose process dies, or whose answer breaks something: each ends, is paid once, and says so. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../../src/core/actor.ts'
import { MINUTE } from '../../src/core/values.ts'
import { generations } from '../../src/db/schema.ts'
import { openImageModel } from '../../src/engines/registry.ts'
import { openLanguageModel } from '../../src/engines/language/openai.ts'
import { openOutbound } from '../../src/engines/outbound.ts'
import type { LanguageModel } from '../../src/engines/ports.ts'
import { openDesigns } from '../../src/stages/2-designs/actions.ts'
import type { DesignRequest } from '../../src/stages/2-designs/model.ts'
import { ASKING_LEASE_MS, openLedger } from '../../src/stages/2-designs/model-designer/ledger.ts'
import { ask, asRequested, type GenerationRecord } from '../../src/stages/2-designs/model-designer/asking.ts'
import { chat, modelServer, type ModelServer } from '../support/model-server.ts'
import { world, type World } from '../support/world.ts'

const merchandiser: Actor = { kind: 'user', id: 'u-1', name: 'Mei', role: 'merchandiser' }
const options = { contentProducer: '001191440300MA5EXAMPLE', c2pa: undefined, sizePx: 160, scale: 1 as const }
let server: ModelServer
let w: World<{ designs: ReturnType<typeof openDesigns> }>
let model: LanguageModel
beforeAll(async () => {
  server = await modelServer()
  w = await world({ stages: (context) => ({ designs: openDesigns(context, options) }) })
  model = openLanguageModel({
    baseUrl: `${server.url}/v1`,
    model: 'm',
    timeoutMs: 20_000,
    deadlineMs: 20_000,
    retries: 0,
    price: { input: 10, output: 40 },
  })
})
afterAll(async () => {
  await w.close()
  await server.close()
})
beforeEach(() => void (server.seen.length = 0))

const question = (subjectId: string, once = true) => ({
  purpose: 'test',
  subjectId,
  styles: 1,
  prompt: { name: 'p', version: 1, hash: 'h', parts: [] },
  messages: [{ role: 'user' as const, content: 'One coat, please, as JSON.' }],
  schema: { type: 'object' },
  schemaName: 's',
  read: z.object({ name: z.string() }),
  temperature: 0,
  // An answer is found again by its question, whoever asked it: each of these is another one.
  seed: [...subjectId].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) % 100_000,
  maxTokens: 500,
  once,
})
const rowsOf = async (subjectId: string) =>
  (await w.db.read.select().from(generations).where(eq(generations.subjectId, subjectId))).map((row) => ({
    ...row,
    record: row.record as unknown as GenerationRecord,
  }))
/** A call that is on the record and whose process is gone: nobody renews it. */
async function dies(subjectId: string): Promise<void> {
  const dead = openLedger(w.context)
  server.answerWith(() => new Promise(() => {}))
  void ask(model, dead, question(subjectId)).catch(() => {})
  while (server.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  server.seen.length = 0
}

test('a call whose process died is settled as unknown, books what was sent, and is not asked again by the second worker', async () => {
  await dies('run-1')
  const [booked] = await rowsOf('run-1')
  expect(booked?.record.outcome).toBe('asked')
  w.clock.advance(ASKING_LEASE_MS + 1000)
  server.answerWith(() => chat('{"name": "coat"}'))
  const second = await ask(model, openLedger(w.context), question('run-1'))
  expect(second).toMatchObject({ ok: false, code: 'language.unknown' })
  expect(server.seen).toEqual([])
  const [row] = await rowsOf('run-1')
  expect(row?.record).toMatchObject({ outcome: 'unknown', failure: 'language.unknown' })
  expect(row?.leaseToken).toBeNull()
  expect(row?.costMicros).toBeGreaterThan(0)
  expect(row?.costMicros).toBeLessThan((booked?.costMicros ?? 0) / 10)
})

test('a person who asks anew is asked for again; nobody else holds the question', async () => {
  await dies('style-1')
  w.clock.advance(ASKING_LEASE_MS + 1000)
  server.answerWith(() => chat('{"name": "coat"}'))
  expect(await ask(model, openLedger(w.context), question('style-1', false))).toMatchObject({ ok: true })
  expect(server.seen).toHaveLength(1)
})

test('who was taken for dead changes nothing any more', async () => {
  const ledger = openLedger(w.context)
  const requested = asRequested(
    {
      purpose: 'test',
      subjectId: 'run-2',
      prompt: { name: 'p', version: 1, hash: 'h', filledHash: 'f' },
      asked: 'm',
      parameters: { temperature: 0, seed: 1, maxTokens: 1 },
      schemaHash: '',
      cacheKey: 'k2',
      mode: 'prompt',
      parent: undefined,
    },
    1000,
    10,
  )
  const reserved = await ledger.reserve(requested, 1)
  if (!reserved.ok) throw new Error(reserved.code)
  w.clock.advance(ASKING_LEASE_MS + 1000)
  expect((await openLedger(w.context).earlier('test', 'run-2', 'k2'))[0]?.record.outcome).toBe('unknown')
  expect(await ledger.settle(reserved.id, { ...requested, outcome: 'answered', output: 'late' })).toBe(false)
  expect((await rowsOf('run-2'))[0]).toMatchObject({ costMicros: 10, record: { outcome: 'unknown' } })
})

test('two workers with the same question ask once, and both have the answer', async () => {
  server.answerWith(() => ({ ...chat('{"name": "coat"}'), afterMs: 800 }))
  const both = await Promise.all([1, 2].map(() => ask(model, openLedger(w.context), question('run-3'))))
  expect(both).toEqual([expect.objectContaining({ ok: true }), expect.objectContaining({ ok: true })])
  expect(server.seen).toHaveLength(1)
})

test('what was paid before the process ended is read, not asked again: also an answer that had to be repaired', async () => {
  server.answerWith((_, count) => (count === 1 ? chat('{"title": "coat"}') : { status: 500, body: {} }))
  const ledger = openLedger(w.context)
  const first = await ask(model, ledger, question('run-4'))
  expect(first).toMatchObject({ ok: false, code: 'language.unavailable' })
  expect(server.seen).toHaveLength(2)
  expect(await ask(model, ledger, question('run-4'))).toMatchObject({
    ok: false,
    code: first.ok ? '' : first.code,
  })
  expect(server.seen).toHaveLength(2)
})

test('a repair has what is left of its question’s time, and no time of its own', async () => {
  const limited = openLanguageModel({
    baseUrl: `${server.url}/v1`,
    model: 'm',
    timeoutMs: 3000,
    deadlineMs: 3000,
    retries: 0,
    price: { input: 10, output: 40 },
  })
  server.answerWith((_, count) =>
    count === 1 ? { ...chat('{"title": "coat"}'), afterMs: 2000 } : new Promise(() => {}),
  )
  const began = performance.now()
  const answer = await ask(limited, openLedger(w.context), question('style-20', false))
  expect(performance.now() - began).toBeLessThan(4500)
  expect(answer).toMatchObject({ ok: false, code: 'language.timeout' })
  expect(server.seen).toHaveLength(2)
})

test('with hardly any time left nothing is repaired: it would be paid for and lost', async () => {
  let calls = 0
  const slow: LanguageModel = {
    ...model,
    deadlineMs: 500,
    async complete() {
      calls++
      await new Promise((resolve) => setTimeout(resolve, 480))
      const usage = { input: 1, output: 1 }
      const metered = {
        requestId: undefined,
        mode: 'prompt',
        usage,
        costMicros: 50,
        latencyMs: 480,
        attempts: 1,
      } as const
      return { text: '{"title": "coat"}', model: 'm', ...metered }
    },
  }
  const answer = await ask(slow, openLedger(w.context), question('style-21', false))
  expect(answer).toMatchObject({ ok: false, code: 'designs.rubbish' })
  expect(calls).toBe(1)
  expect((await rowsOf('style-21'))[0]?.record.outcome).toBe('unusable')
})

test('something unexpected while an answer is read ends the call as failed, once', async () => {
  const broken: LanguageModel = {
    ...model,
    complete: () => Promise.reject(new TypeError('answer.replace is not a function')),
  }
  const answer = await ask(broken, openLedger(w.context), question('run-5'))
  expect(answer).toMatchObject({ ok: false, code: 'language.unreadable', said: expect.stringContaining('TypeError') })
  expect((await rowsOf('run-5'))[0]?.record).toMatchObject({ outcome: 'failed', failure: 'language.unreadable' })
})

test('what nobody asks about again is settled by the sweep', async () => {
  await dies('style-9')
  w.clock.advance(2 * MINUTE)
  const sweep = w.stages.designs.reactions['designs.sweep-due']
  await sweep?.({ id: 'e', name: 'designs.sweep-due', payload: { window: 'now' }, at: w.clock.now() })
  expect((await rowsOf('style-9'))[0]?.record.outcome).toBe('unknown')
  expect(w.complaints.splice(0)).toEqual([expect.stringContaining('settled as unknown')])
})

test('a run whose model answers in ways nobody thought of ends, with the embedded designer and the endpoint’s words', async () => {
  w.context.engines.language = model
  server.answerWith(() => ({
    status: 400,
    body: { error: { code: 'data_inspection_failed', message: 'may contain inappropriate content' } },
  }))
  const asked: DesignRequest = { count: 1, categories: ['tee'], genders: ['women'], season: 'summer', seed: 5 }
  const { id } = await w.stages.designs.requestDesigns(merchandiser, asked)
  await w.settle()
  w.context.engines.language = undefined
  expect(server.seen).toHaveLength(1)
  expect(await w.stages.designs.getRun(merchandiser, { id })).toMatchObject({
    state: 'done',
    designer: expect.stringContaining('language.refused'),
  })
  const [style] = (await w.stages.designs.listStyles(merchandiser, { runId: id })).items
  expect(style?.version.generation).toMatchObject({
    insteadOfModel: 'language.refused',
    insteadSaid: expect.stringContaining('inappropriate content'),
  })
})

test('text that the database cannot store does not stop a run', async () => {
  server.answerWith(() => chat(String.raw`{"name": "coat\u0000 \ud83d"}`))
  const answer = await ask(model, openLedger(w.context), question('run-6'))
  expect(answer).toMatchObject({ ok: true, value: { name: 'coat \uFFFD' } })
})

test('a picture model that drips holds a style no longer than its time, and its price stays booked', async () => {
  w.context.engines.image = openImageModel(
    { kind: 'openai', baseUrl: `${server.url}/v1`, model: 'i', timeoutMs: 600, retries: 2, priceMicros: 40_000 },
    openOutbound({ allowHosts: ['127.0.0.1'] }),
  )
  server.answerWith(() => ({
    body: '',
    by: (response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 50)
      response.on('close', () => clearInterval(timer))
    },
  }))
  const asked: DesignRequest = { count: 1, categories: ['tee'], genders: ['women'], season: 'summer', seed: 6 }
  const { id } = await w.stages.designs.requestDesigns(merchandiser, asked)
  await w.settle()
  w.context.engines.image = undefined
  expect(server.seen).toHaveLength(1)
  expect((await rowsOf(id)).find(({ purpose }) => purpose === 'designs.illustrate')).toMatchObject({
    costMicros: 40_000,
    record: { outcome: 'failed', failure: 'image.timeout' },
  })
  expect((await w.stages.designs.getRun(merchandiser, { id })).state).toBe('done')
})

test('nothing of all this was unexpected', () => expect(w.complaints).toEqual([]))
