/** The habits of the endpoints there are: where they put an answer, how they refuse, what they demand, how they fail. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { openLanguageModel, type LanguageConfig } from '../../src/engines/language/openai.ts'
import type { ModelRequest } from '../../src/engines/ports.ts'
import { chat, modelServer, type ModelServer, type Scripted } from '../support/model-server.ts'

const question: ModelRequest = {
  purpose: 'designs.propose',
  messages: [
    { role: 'system', content: 'You design.' },
    { role: 'user', content: 'One coat.' },
  ],
  schema: { type: 'object', properties: {}, required: [], additionalProperties: false },
  schemaName: 'design',
  temperature: 0.4,
  seed: 7,
  maxTokens: 9000,
}
const KEY = 'sk-live-5f2c9a7e1b'

let server: ModelServer
beforeEach(async () => void (server = await modelServer()))
afterEach(() => server.close())

const open = (change: Partial<LanguageConfig> = {}) =>
  openLanguageModel({
    baseUrl: `${server.url}/v1`,
    apiKey: KEY,
    model: 'm',
    timeoutMs: 3000,
    deadlineMs: 3000,
    retries: 2,
    price: { input: 2, output: 8 },
    ...change,
  })

async function failureOf(asking: Promise<unknown>): Promise<Problem> {
  const error = await asking.then(
    (answer) => answer,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw new Error(`expected a problem, got ${JSON.stringify(error) ?? String(error)}`)
  return error
}

const wanted = '{"length": 1}'
const message = (content: unknown, more: Record<string, unknown> = {}): Scripted =>
  chat('', { message: { role: 'assistant', content, ...more } })
const said = (status: number, error: unknown): Scripted => ({ status, body: error })
const bare = (body: unknown): Scripted => ({ body })
const sse = (...events: unknown[]): Scripted => ({
  headers: { 'content-type': 'text/event-stream' },
  body: `${events.map((each) => `data: ${JSON.stringify(each)}\n\n`).join('')}data: [DONE]\n\n`,
})
const delta = (piece: unknown, finish: string | null = null) => ({
  id: 'c',
  model: 'streaming',
  choices: [{ index: 0, delta: piece, finish_reason: finish }],
})

describe('an answer is found wherever the endpoint puts it', () => {
  test.each<[string, Scripted]>([
    ['as text', message(wanted)],
    [
      'in parts, beside thoughts',
      message([
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: wanted },
      ]),
    ],
    ['in parts without a type', message([{ text: '{"length"' }, ': 1}'])],
    ['in parts of a part', message([{ type: 'output_text', text: { value: wanted } }])],
    ['as the object itself', message({ length: 1 })],
    ['in the arguments of a tool', message(null, { tool_calls: [{ function: { name: 'f', arguments: wanted } }] })],
    ['as arguments that are an object', message(null, { tool_calls: [{ function: { arguments: { length: 1 } } }] })],
    ['in a function of the old kind', message('', { function_call: { name: 'f', arguments: wanted } })],
    ['among the thoughts, with no content', message(null, { reasoning_content: wanted })],
    ['among the thoughts, called otherwise', message('', { reasoning: wanted })],
    ['parsed already', message(null, { parsed: { length: 1 } })],
    [
      'in the second choice, the first being empty',
      bare({
        choices: [
          { index: 0, finish_reason: 'stop', message: { content: '' } },
          { index: 1, finish_reason: 'stop', message: { content: wanted } },
        ],
      }),
    ],
    ['as the text of a completion', bare({ choices: [{ text: wanted, finish_reason: 'stop' }] })],
    ['in Ollama’s own shape', bare({ model: 'q', message: { role: 'assistant', content: wanted }, done: true })],
    ['in Ollama’s other shape', bare({ response: wanted, done: true })],
    ['in DashScope’s own shape', bare({ output: { choices: [{ message: { content: wanted } }] }, request_id: 'r' })],
    ['in DashScope’s older shape', bare({ output: { text: wanted, finish_reason: 'stop' } })],
    [
      'as a response with its thoughts',
      bare({
        object: 'response',
        error: null,
        output: [
          { type: 'reasoning', summary: [] },
          { type: 'message', content: [{ type: 'output_text', text: wanted }] },
        ],
      }),
    ],
    [
      'as a list of text',
      bare({ type: 'message', content: [{ type: 'text', text: wanted }], stop_reason: 'end_turn' }),
    ],
    ['as candidates', bare({ candidates: [{ content: { parts: [{ text: wanted }] }, finishReason: 'STOP' }] })],
    ['cut off right after its end', message(wanted)],
    [
      'as a stream nobody asked for',
      sse(delta({ role: 'assistant' }), delta({ content: '{"len' }), delta({ content: 'gth": 1}' }), delta({}, 'stop')),
    ],
    [
      'as a stream of a tool’s arguments',
      sse(
        delta({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{"len' } }] }),
        delta({ tool_calls: [{ index: 0, function: { arguments: 'gth": 1}' } }] }, 'tool_calls'),
      ),
    ],
    [
      'as a line of JSON for each word',
      {
        headers: { 'content-type': 'application/x-ndjson' },
        body: `${JSON.stringify({ message: { content: '{"length"' }, done: false })}\n${JSON.stringify({ message: { content: ': 1}' }, done: true, done_reason: 'stop' })}\n`,
      },
    ],
    ['with the wrong content type', { ...message(wanted), headers: { 'content-type': 'text/plain' } }],
    [
      'with a byte order mark',
      { headers: { 'content-type': 'application/json' }, body: `\uFEFF${JSON.stringify(message(wanted).body)}` },
    ],
  ])('%s', async (_, answer) => {
    server.answerWith(() => answer)
    const got = await open().complete(question)
    expect(JSON.parse(got.text)).toEqual({ length: 1 })
    expect(got.costMicros).toBeGreaterThan(0)
    expect(server.seen).toHaveLength(1)
  })

  test('what a database cannot store is not in it', async () => {
    server.answerWith(() => ({
      headers: { 'content-type': 'application/json' },
      body: String.raw`{"model":"m\u0000","choices":[{"message":{"content":"{\"a\":\"x\u0000y\ud800z\"}"}}]}`,
    }))
    const { text, model } = await open().complete(question)
    expect(`${text}${model}`).not.toMatch(/\p{Cc}|\p{Surrogate}/u)
  })

  test.each([null, 'many', -5, 1e300, {}])('counted as %j, it is metered all the same', async (tokens) => {
    server.answerWith(() => bare({ choices: [{ message: { content: wanted } }], usage: { prompt_tokens: tokens } }))
    const { usage, costMicros } = await open().complete(question)
    expect(usage.input).toBeGreaterThan(0)
    expect(Number.isSafeInteger(costMicros)).toBe(true)
  })
})

describe('what is no answer is said, after one request', () => {
  test.each<[string, Scripted, string]>([
    ['a filter', said(400, { error: { code: 'content_filter', message: 'filtered' } }), 'language.refused'],
    [
      'DashScope’s inspection',
      said(400, { error: { code: 'data_inspection_failed', message: 'may contain inappropriate content' } }),
      'language.refused',
    ],
    [
      'DeepSeek’s risk',
      said(400, { error: { message: 'Content Exists Risk', type: 'invalid_request_error' } }),
      'language.refused',
    ],
    [
      'Azure’s policy',
      said(400, {
        error: { message: 'The response was filtered', innererror: { code: 'ResponsibleAIPolicyViolation' } },
      }),
      'language.refused',
    ],
    [
      'a filter in Chinese',
      said(400, { error: { code: '1301', message: '系统检测到输入或生成内容可能包含不安全或敏感内容' } }),
      'language.refused',
    ],
    [
      'a filter with status 200',
      bare({ base_resp: { status_code: 1027, status_msg: 'output new_sensitive' }, choices: null }),
      'language.refused',
    ],
    ['a choice that was filtered', chat('', { finish_reason: 'content_filter' }), 'language.refused'],
    ['a refusal in a part', message([{ type: 'refusal', refusal: 'I cannot.' }]), 'language.refused'],
    [
      'a wrong key',
      said(401, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }),
      'language.key',
    ],
    ['a key that may not', said(403, { error: { message: 'Model.AccessDenied' } }), 'language.key'],
    [
      'a key said with 400',
      said(400, [{ error: { code: 400, message: 'API key not valid. Please pass a valid API key.' } }]),
      'language.key',
    ],
    ['an empty purse', said(402, { error: { message: 'Insufficient Balance' } }), 'language.quota'],
    [
      'an empty purse said with 429',
      said(429, { error: { code: 'insufficient_quota', message: 'You exceeded your current quota' } }),
      'language.quota',
    ],
    [
      'debts',
      said(400, {
        error: { code: 'Arrearage', message: 'Access denied, please make sure your account is in good standing.' },
      }),
      'language.quota',
    ],
    [
      'a free allowance used up',
      said(403, {
        error: { code: 'AllocationQuota.FreeTierOnly', message: 'The free tier of the model has been exhausted.' },
      }),
      'language.quota',
    ],
    [
      'an unknown model',
      said(404, { error: { code: 'model_not_found', message: 'The model `x` does not exist' } }),
      'language.model',
    ],
    ['a model that is not pulled', said(404, { error: 'model "x" not found, try pulling it first' }), 'language.model'],
    [
      'an unknown deployment',
      said(404, { error: { code: 'DeploymentNotFound', message: 'The API deployment does not exist.' } }),
      'language.model',
    ],
    ['a model unknown with 400', said(400, { error: { message: 'Model Not Exist' } }), 'language.model'],
    ['a wrong address', { status: 404, body: '<html><title>Not found</title></html>' }, 'language.address'],
    ['a page with status 200', { body: '<!doctype html><html><title>Sign in</title></html>' }, 'language.address'],
    [
      'too long a question',
      said(400, {
        error: { code: 'context_length_exceeded', message: 'This model’s maximum context length is 4096 tokens.' },
      }),
      'language.context',
    ],
    ['too long for the body', said(413, 'Request Entity Too Large'), 'language.context'],
    ['no choices', bare({ choices: [] }), 'language.empty'],
    ['no words', message(''), 'language.empty'],
    ['null for words', message(null), 'language.empty'],
    ['a cut answer', chat('{"len', { finish_reason: 'length' }), 'language.truncated'],
    ['a failure with status 200', bare({ error: { message: 'upstream is away', code: 502 } }), 'language.unavailable'],
    ['a key with status 200', bare({ code: 401, msg: 'invalid api key', success: false }), 'language.key'],
    [
      'a failure in a stream',
      sse({ error: { message: 'Input data may contain inappropriate content.' } }),
      'language.refused',
    ],
    [
      'half an object',
      { headers: { 'content-type': 'application/json' }, body: '{"choices": [{"mess' },
      'language.unreadable',
    ],
    ['a number', { headers: { 'content-type': 'application/json' }, body: '42' }, 'language.unreadable'],
    ['nothing', { headers: { 'content-type': 'application/json' }, body: '' }, 'language.unreadable'],
    ['choices of nulls', bare({ choices: [null, 1, 'x'] }), 'language.empty'],
    ['messages of nulls', bare({ choices: [{ message: null }, { message: [] }] }), 'language.empty'],
  ])('%s', async (_, answer, code) => {
    server.answerWith(() => answer)
    const failed = await failureOf(open().complete(question))
    expect(failed.code).toBe(code)
    expect(server.seen).toHaveLength(1)
    expect(failed.say('zh')).toMatch(/[一-鿿]/)
  })

  test('busy is asked again, and only then', async () => {
    server.answerWith((_, count) =>
      count < 3
        ? said(429, {
            error: {
              code: 'Throttling.AllocationQuota',
              message: 'Allocated quota exceeded, please increase your quota limit.',
            },
          })
        : chat(wanted),
    )
    expect((await open({ deadlineMs: 20_000 }).complete(question)).attempts).toBe(3)
  })

  test('it is quoted, bounded, and without the key', async () => {
    server.answerWith(() =>
      said(401, { error: { message: `Incorrect API key provided: ${KEY}. ${'x '.repeat(5000)}\n\u0000` } }),
    )
    const failed = await failureOf(open().complete(question))
    expect(failed.say('en')).toContain('It said: “Incorrect API key provided: ***')
    expect(failed.say('en').length).toBeLessThan(600)
    expect(JSON.stringify([failed.text, failed.extra])).not.toContain(KEY)
    expect(JSON.stringify([failed.text, failed.extra])).not.toContain('\\u0000')
  })
})

describe('what an endpoint demands is learnt from its own words, and remembered', () => {
  type Demand = [string, string, (body: Record<string, unknown>) => boolean]
  test.each<Demand>([
    [
      'thinking off',
      'parameter.enable_thinking must be set to false for non-streaming calls',
      (b) => b['enable_thinking'] === false,
    ],
    [
      'thinking off, otherwise said',
      'Json mode response is not supported when enable_thinking is true',
      (b) => b['enable_thinking'] === false,
    ],
    [
      'thinking off, in Chinese',
      '非流式调用时 enable_thinking 必须设置为 false',
      (b) => b['enable_thinking'] === false,
    ],
    [
      'thinking on',
      'The value of the enable_thinking parameter is restricted to True.',
      (b) => b['enable_thinking'] === true,
    ],
    [
      'a member inside another',
      'Please set chat_template_kwargs.enable_thinking to false',
      (b) => (b['chat_template_kwargs'] as Record<string, unknown> | undefined)?.['enable_thinking'] === false,
    ],
    ['a range of lengths', 'Range of max_tokens should be [1, 8192]', (b) => b['max_tokens'] === 8192],
    [
      'a longest length',
      'max_tokens is too large: 9000. This model supports at most 4096 completion tokens, whereas you provided 9000.',
      (b) => b['max_tokens'] === 4096,
    ],
    ['a length below a number', '`max_tokens` must be less than or equal to `8,192`', (b) => b['max_tokens'] === 8192],
    [
      'room beside the question',
      "This model's maximum context length is 8192 tokens. However, you requested 10000 tokens (1000 in the messages, 9000 in the completion). Please reduce the length of the messages or completion.",
      (b) => Number(b['max_tokens']) <= 7192,
    ],
    [
      'another name for the length',
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      (b) => b['max_completion_tokens'] === 9000 && !('max_tokens' in b),
    ],
    [
      'no temperature',
      "Unsupported value: 'temperature' does not support 0.4 with this model. Only the default (1) value is supported.",
      (b) => !('temperature' in b),
    ],
    ['no seed', "property 'seed' is unsupported", (b) => !('seed' in b)],
    ['no form', 'This response_format type is unavailable now', (b) => !('response_format' in b)],
    [
      'a stream',
      'This model only support stream mode, please enable the stream parameter to access the model.',
      (b) => b['stream'] === true,
    ],
    [
      'no system',
      'System role not supported',
      (b) => (b['messages'] as { role: string }[]).every(({ role }) => role !== 'system'),
    ],
  ])('%s', async (_, words, satisfied) => {
    server.answerWith(({ body }) =>
      satisfied(body)
        ? body['stream'] === true
          ? sse(delta({ content: wanted }, 'stop'), { choices: [], usage: { prompt_tokens: 5, completion_tokens: 3 } })
          : chat(wanted)
        : said(400, { error: { message: words, type: 'invalid_request_error', code: 'invalid_parameter_error' } }),
    )
    const model = open()
    expect(JSON.parse((await model.complete(question)).text)).toEqual({ length: 1 })
    const asked = server.seen.length
    expect(asked).toBeLessThanOrEqual(3)
    await model.complete(question)
    // Room beside this question is no habit: the next may be shorter.
    expect(server.seen.length - asked).toBe(words.includes('in the messages') ? 2 : 1)
  })

  test('a list of faults names its members', async () => {
    server.answerWith(({ body }) =>
      'seed' in body
        ? said(422, {
            detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }],
          })
        : chat(wanted),
    )
    expect((await open().complete(question)).mode).toBe('json_schema')
  })

  test('a server that says so with 500 is not asked the same again', async () => {
    server.answerWith(({ body }) =>
      'response_format' in body ? said(500, { error: 'json_schema grammar is not supported' }) : chat(wanted),
    )
    await open().complete(question)
    expect(server.seen).toHaveLength(3)
  })

  test('one that is never satisfied is left alone soon, and quoted', async () => {
    server.answerWith(() => said(400, { error: { message: 'parameter.enable_thinking must be set to false' } }))
    const failed = await failureOf(open().complete(question))
    expect(failed.code).toBe('language.rejected')
    expect(failed.say('zh')).toContain('enable_thinking must be set to false')
    expect(server.seen.length).toBeLessThanOrEqual(4)
  })

  test('what the operator configured is sent, inside and instead of ours, and never learnt away', async () => {
    server.answerWith(() => chat(wanted))
    const extraBody = {
      enable_thinking: true,
      seed: null,
      response_format: { type: 'json_object' },
      provider: { order: ['a'] },
    }
    await open({ extraBody }).complete(question)
    const body = server.seen[0]?.body ?? {}
    expect(body).toMatchObject({ enable_thinking: true, provider: { order: ['a'] } })
    expect(body).not.toHaveProperty('seed')
    server.answerWith(() => said(400, { error: { message: 'enable_thinking must be set to false' } }))
    await failureOf(open({ extraBody }).complete(question))
    expect(server.seen.every(({ body: sent }) => sent['enable_thinking'] === true)).toBe(true)
  })
})

describe('an answer has a size and a time', () => {
  test('a flood is not read to its end, and memory hardly grows', async () => {
    let sent = 0
    const before = process.memoryUsage().rss
    let most = before
    const looking = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5)
    server.answerWith(() => ({
      body: '',
      by: (response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const chunk = Buffer.alloc(1024 * 1024, 32)
        const more = () => {
          while (sent < 400 && !response.destroyed) {
            sent++
            if (!response.write(chunk)) return void response.once('drain', more)
          }
          response.end()
        }
        more()
      },
    }))
    const failed = await failureOf(open({ timeoutMs: 20_000, deadlineMs: 20_000 }).complete(question))
    clearInterval(looking)
    most = Math.max(most, process.memoryUsage().rss)
    expect(failed.code).toBe('language.too-large')
    expect(sent).toBeLessThan(60)
    expect((most - before) / 1024 / 1024).toBeLessThan(60)
    expect(server.seen).toHaveLength(1)
  })

  test('a drip ends at the limit of one attempt, is not asked again, and what was sent is booked', async () => {
    server.answerWith(() => ({
      body: '',
      by: (response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const timer = setInterval(() => response.write(' '), 50)
        response.on('close', () => clearInterval(timer))
      },
    }))
    const began = performance.now()
    const failed = await failureOf(open({ timeoutMs: 400, deadlineMs: 5000 }).complete(question))
    expect(failed.code).toBe('language.timeout')
    expect(performance.now() - began).toBeLessThan(2000)
    expect(server.seen).toHaveLength(1)
    expect(failed.extra.details).toMatchObject({ attempts: 1, usage: { output: 0 } })
    expect(failed.extra.details?.['costMicros']).toBeGreaterThan(0)
  })

  test('one deadline holds for attempts, waiting and steps down the ladder', async () => {
    server.answerWith((_, count) => ({
      ...(count % 2 ? said(503, { error: 'busy' }) : said(400, { error: { message: `complaint ${count}` } })),
      afterMs: 250,
    }))
    const began = performance.now()
    await failureOf(open({ timeoutMs: 600, deadlineMs: 600 }).complete(question))
    expect(performance.now() - began).toBeLessThan(1500)
  })

  test('a line that breaks after the question went out is not asked again', async () => {
    server.answerWith(() => ({ body: '', by: (response) => void response.destroy() }))
    const failed = await failureOf(open().complete(question))
    expect(failed.code).toBe('language.unavailable')
    expect(server.seen).toHaveLength(1)
    expect(failed.extra.details?.['costMicros']).toBeGreaterThan(0)
  })

  test('half a body is no answer', async () => {
    server.answerWith(() => ({
      body: '',
      by: (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
        response.write('{"choices":')
        setTimeout(() => response.destroy(), 20)
      },
    }))
    expect((await failureOf(open().complete(question))).code).toBe('language.unavailable')
    expect(server.seen).toHaveLength(1)
  })
})
