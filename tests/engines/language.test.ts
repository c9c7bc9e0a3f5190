import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { openLanguageModel, type LanguageConfig } from '../../src/engines/language/openai.ts'
import { recordingFetch, replayingFetch } from '../../src/engines/language/recording.ts'
import type { ModelRequest } from '../../src/engines/ports.ts'
import { chat, modelServer, refusedForm, type ModelServer } from '../support/model-server.ts'

const question: ModelRequest = {
  purpose: 'designs.propose',
  messages: [
    { role: 'system', content: 'You design.' },
    { role: 'user', content: 'One coat.' },
  ],
  schema: {
    type: 'object',
    properties: { length: { type: 'number' } },
    required: ['length'],
    additionalProperties: false,
  },
  schemaName: 'design',
  temperature: 0.4,
  seed: 7,
  maxTokens: 500,
}

let server: ModelServer
beforeEach(async () => void (server = await modelServer()))
afterEach(() => server.close())

const open = (change: Partial<LanguageConfig> = {}) =>
  openLanguageModel({
    baseUrl: `${server.url}/v1`,
    apiKey: 'key-for-tests',
    model: 'test-model',
    timeoutMs: 2000,
    deadlineMs: 4000,
    retries: 1,
    price: { input: 2, output: 8 },
    ...change,
  })

const failureOf = async (asking: Promise<unknown>): Promise<Problem> => {
  const error = await asking.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw new Error(`expected a problem, got ${String(error)}`)
  return error
}

describe('an endpoint that knows json_schema', () => {
  test('is asked with the strict schema, and its answer is metered', async () => {
    server.answerWith(() => chat('{"length": 1}'))
    const answer = await open().complete(question)
    expect(answer).toMatchObject({
      text: '{"length": 1}',
      model: 'test-model-2026',
      requestId: 'req-1',
      mode: 'json_schema',
      usage: { input: 1000, output: 200 },
      costMicros: 1000 * 2 + 200 * 8,
      attempts: 1,
    })
    expect(server.seen[0]?.path).toBe('/v1/chat/completions')
    expect(server.seen[0]?.headers['authorization']).toBe('Bearer key-for-tests')
    expect(server.seen[0]?.body).toMatchObject({
      model: 'test-model',
      seed: 7,
      max_tokens: 500,
      response_format: { type: 'json_schema', json_schema: { name: 'design', strict: true, schema: question.schema } },
    })
  })

  test('that reports no usage is not free of charge', async () => {
    server.answerWith(() => {
      const { body } = chat('{"length": 1234}')
      return { body: { ...(body as object), usage: undefined } }
    })
    const answer = await open().complete(question)
    expect(answer.usage.output).toBeGreaterThan(0)
    expect(answer.costMicros).toBeGreaterThan(0)
  })
})

describe('the ladder', () => {
  test('steps down to json_object and then to the prompt, and remembers where it stood', async () => {
    server.answerWith(({ body }) => {
      const format = body['response_format'] as { type: string } | undefined
      return format ? refusedForm(`response_format ${format.type} is not supported`) : chat('{"length": 2}')
    })
    const model = open()
    expect((await model.complete(question)).mode).toBe('prompt')
    expect(server.seen.map(({ body }) => (body['response_format'] as { type?: string } | undefined)?.type)).toEqual([
      'json_schema',
      'json_object',
      undefined,
    ])
    const last = server.seen[2]?.body['messages'] as { content: string }[]
    expect(last.at(-1)?.content).toContain('JSON Schema')
    expect(last.at(-1)?.content).toContain('"length"')
    await model.complete(question)
    expect(server.seen).toHaveLength(4)
  })

  test('names JSON in the prompt for json_object, because some endpoints refuse it otherwise', async () => {
    server.answerWith(({ body }) =>
      JSON.stringify(body['response_format']).includes('json_schema')
        ? refusedForm('unknown response_format')
        : chat('{"length": 3}'),
    )
    expect((await open().complete(question)).mode).toBe('json_object')
    const messages = server.seen[1]?.body['messages'] as { content: string }[]
    expect(messages.at(-1)?.content).toContain('JSON')
  })

  test('a 400 about a parameter costs that parameter, not the structure', async () => {
    server.answerWith(({ body }) =>
      'max_tokens' in body
        ? refusedForm("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        : 'temperature' in body
          ? refusedForm("Unsupported value: 'temperature' does not support 0.4 with this model.")
          : chat('{"length": 4}'),
    )
    const model = open()
    expect((await model.complete(question)).mode).toBe('json_schema')
    expect(server.seen.at(-1)?.body).toMatchObject({ max_completion_tokens: 500, seed: 7 })
    await model.complete(question)
    expect(server.seen).toHaveLength(4)
  })

  test('a 400 that no step down mends is reported and nothing is learnt from it', async () => {
    server.answerWith(() => refusedForm('something is not to our liking'))
    const model = open()
    expect((await failureOf(model.complete(question))).code).toBe('language.rejected')
    server.answerWith(() => chat('{"length": 5}'))
    expect((await model.complete(question)).mode).toBe('json_schema')
  })
})

describe('trouble', () => {
  test('a 429 with Retry-After is waited for and tried again', async () => {
    server.answerWith((_, count) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '0.05' }, body: { error: {} } } : chat('{"length": 6}'),
    )
    expect((await open().complete(question)).attempts).toBe(2)
  })

  test('a Retry-After beyond the deadline is an answer, not a wait', async () => {
    server.answerWith(() => ({ status: 429, headers: { 'retry-after': '3600' }, body: { error: { message: 'slow' } } }))
    const began = performance.now()
    const failed = await failureOf(open().complete(question))
    expect(failed.code).toBe('language.limited')
    expect(performance.now() - began).toBeLessThan(2000)
    expect(server.seen).toHaveLength(1)
  })

  test('silence ends at the time limit', async () => {
    server.answerWith(() => ({ ...chat('{}'), afterMs: 1500 }))
    const failed = await failureOf(open({ timeoutMs: 100, deadlineMs: 400, retries: 0 }).complete(question))
    expect(failed.code).toBe('language.timeout')
    expect(failed.extra.details).toMatchObject({ attempts: 1 })
  })

  test('a refusal is told apart from an answer, and its cost is kept', async () => {
    server.answerWith(() => chat('', { message: { role: 'assistant', content: null, refusal: 'I cannot help.' } }))
    const failed = await failureOf(open().complete(question))
    expect(failed.code).toBe('language.refused')
    expect(failed.extra.details).toMatchObject({ costMicros: 3600, cause: 'I cannot help.' })
  })

  test('an answer cut off at its limit is no answer', async () => {
    server.answerWith(() => chat('{"len', { finish_reason: 'length' }))
    expect((await failureOf(open().complete(question))).code).toBe('language.truncated')
  })

  test('a wrong key, a failing server and a dead address each have their sentence', async () => {
    server.answerWith(() => ({ status: 401, body: { error: { message: 'bad key' } } }))
    expect((await failureOf(open().complete(question))).code).toBe('language.key')
    server.answerWith(() => ({ status: 500, body: '<html>oops' }))
    const failed = await failureOf(open({ retries: 0 }).complete(question))
    expect(failed.code).toBe('language.unavailable')
    expect(failed.say('zh')).toMatch(/[一-鿿]/)
    const dead = await failureOf(open({ baseUrl: 'http://127.0.0.1:9/v1', retries: 0 }).complete(question))
    expect(dead.code).toBe('language.unavailable')
  })

  test('a local server without a key is asked all the same', async () => {
    server.answerWith(() => chat('{"length": 7}'))
    expect((await open({ apiKey: '' }).complete(question)).text).toBe('{"length": 7}')
  })
})

describe('moderation', () => {
  test('is offered only where a moderation model is configured', async () => {
    expect(open().moderate).toBeUndefined()
    server.answerWith(() => ({
      body: { id: 'm', model: 'mod', results: [{ flagged: true, categories: { violence: true, hate: false } }] },
    }))
    const judged = await open({ moderationModel: 'mod' }).moderate?.('words')
    expect(judged).toEqual({ flagged: true, categories: ['violence'] })
  })
})

describe('recordings', () => {
  test('what was recorded is replayed without a network, and no key is kept', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'firstcut-recording-'))
    server.answerWith(() => chat('{"length": 8}'))
    const recorded = await open({ fetch: recordingFetch(folder) }).complete(question)
    const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    expect(kept).toHaveLength(1)
    expect(kept[0]).not.toContain('key-for-tests')
    await server.close()
    const replayed = await open({ fetch: replayingFetch(folder) }).complete(question)
    expect(replayed.text).toBe(recorded.text)
    expect(replayed.usage).toEqual(recorded.usage)
    const other = { ...question, seed: 8 }
    await expect(open({ fetch: replayingFetch(folder), retries: 0 }).complete(other)).rejects.toThrow()
    rmSync(folder, { recursive: true })
  })
})
