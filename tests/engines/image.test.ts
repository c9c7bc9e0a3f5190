import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'

import { IMAGES, openImageModel } from '../../src/engines/registry.ts'
import type { ImageConfig, Outbound } from '../../src/engines/ports.ts'
import { modelServer, type ModelServer, type Scripted, type Seen } from '../support/model-server.ts'

const picture = (side = 640, format: 'png' | 'gif' = 'png') =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#5c6b3a' } })
    .toFormat(format)
    .toBuffer()

/** Fetches what the test server offers; the real one, with its address checks, has tests of its own. */
const outbound: Outbound = {
  async request({ url, maxBytes }) {
    const answer = await fetch(url)
    const bytes = Buffer.from(await answer.arrayBuffer())
    return { status: answer.status, headers: {}, bytes, truncated: bytes.length > maxBytes, url }
  },
}

let server: ModelServer
beforeEach(async () => void (server = await modelServer()))
afterEach(() => server.close())

const kinds = [
  {
    kind: 'openai' as const,
    path: '/v1',
    give: (bytes: Buffer): Scripted => ({ body: { created: 1, data: [{ b64_json: bytes.toString('base64') }] } }),
    refuse: { status: 400, body: { error: { message: 'safety', type: 'x', code: 'moderation_blocked' } } } as Scripted,
  },
  {
    kind: 'dashscope' as const,
    path: '/api/v1',
    give: (): Scripted => ({
      body: {
        output: {
          choices: [
            { finish_reason: 'stop', message: { role: 'assistant', content: [{ image: `${server.url}/made.png` }] } },
          ],
        },
        usage: { width: 1024, height: 1024, image_count: 1 },
        request_id: 'r-1',
      },
    }),
    refuse: { status: 400, body: { code: 'DataInspectionFailed', message: 'inappropriate', request_id: 'r' } },
  },
]

test('every adapter that is registered is held to this contract', () =>
  expect(kinds.map(({ kind }) => kind).sort()).toEqual(IMAGES.map(({ kind }) => kind).sort()))

describe.each(kinds)('pictures from $kind', ({ kind, path, give, refuse }) => {
  const open = (change: Partial<ImageConfig> = {}) =>
    openImageModel(
      {
        kind,
        baseUrl: `${server.url}${path}`,
        apiKey: 'key',
        model: 'image-model',
        editModel: 'edit-model',
        timeoutMs: 3000,
        retries: 1,
        priceMicros: 40_000,
        ...change,
      },
      outbound,
    )
  const serve = (bytes: Buffer) =>
    server.answerWith(({ path }: Seen) => (path === '/made.png' ? { body: new Uint8Array(bytes) } : give(bytes)))
  const codeOf = async (asking: Promise<unknown>) => {
    const error = await asking.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    return error instanceof Problem ? error.code : `not a problem: ${String(error)}`
  }

  test('a picture is made from words and comes back as PNG with its price', async () => {
    serve(await picture())
    const made = await open().generate({ prompt: 'An olive coat on white', size: '1024x1536' })
    expect(made).toMatchObject({ model: 'image-model', costMicros: 40_000 })
    expect((await sharp(made.png).metadata()).format).toBe('png')
    const asked = server.seen[0]
    expect(asked?.headers['authorization']).toBe('Bearer key')
    expect(asked?.text).toContain('An olive coat on white')
    expect(asked?.text).not.toContain('response_format')
  })

  test('an edit sends our own packshot along', async () => {
    const packshot = await picture(700)
    serve(await picture())
    const made = await open().edit({ prompt: 'Same cut, studio light', image: packshot, size: '1024x1024' })
    expect(made.model).toBe('edit-model')
    const asked = server.seen[0]
    if (kind === 'openai') {
      expect(asked?.path).toBe('/v1/images/edits')
      expect(asked?.headers['content-type']).toContain('multipart/form-data')
      expect(asked?.text).toContain('packshot.png')
    } else {
      expect(asked?.path).toBe('/api/v1/services/aigc/multimodal-generation/generation')
      const input = asked?.body['input'] as { messages: { content: { image?: string; text?: string }[] }[] }
      expect(input.messages[0]?.content[0]?.image).toBe(`data:image/png;base64,${packshot.toString('base64')}`)
      expect(asked?.body['parameters']).toMatchObject({ size: '1024*1024', watermark: false })
    }
  })

  test('a refusal, an empty answer and a failing server are told apart from a picture', async () => {
    server.answerWith(() => refuse)
    expect(await codeOf(open().generate({ prompt: 'x', size: '1024x1024' }))).toBe('image.refused')
    server.answerWith(() => ({ body: { data: [], output: {} } }))
    expect(await codeOf(open().generate({ prompt: 'x', size: '1024x1024' }))).toBe('image.failed')
    server.answerWith(() => ({ status: 500, body: 'oops' }))
    expect(await codeOf(open({ retries: 0 }).generate({ prompt: 'x', size: '1024x1024' }))).toBe('image.failed')
  })

  test('a short trouble is tried again', async () => {
    const bytes = await picture()
    server.answerWith(({ path }, count) =>
      count === 1
        ? { status: 503, body: 'busy' }
        : path === '/made.png'
          ? { body: new Uint8Array(bytes) }
          : give(bytes),
    )
    expect((await open().generate({ prompt: 'x', size: '1024x1024' })).png.length).toBeGreaterThan(0)
  })

  test('what is no picture, too small or of another format is refused', async () => {
    for (const bytes of [Buffer.from('<html>'), await picture(64), await picture(640, 'gif')]) {
      serve(bytes)
      expect(await codeOf(open().generate({ prompt: 'x', size: '1024x1024' }))).toBe('image.not-a-picture')
    }
  })

  test('what was drawn and cannot be used has been paid for; what was refused has not', async () => {
    const costOf = (asking: Promise<unknown>) =>
      asking.then(
        () => undefined,
        (error: unknown) => (error as Problem).extra.details?.['costMicros'],
      )
    serve(await picture(64))
    expect(await costOf(open().edit({ prompt: 'x', image: await picture(), size: '1024x1024' }))).toBe(40_000)
    server.answerWith(() => refuse)
    expect(await costOf(open().edit({ prompt: 'x', image: await picture(), size: '1024x1024' }))).toBeUndefined()
  })

  test('refusals are told apart, asked once, and quoted', async () => {
    for (const [status, message, code] of [
      [401, 'Invalid API key', 'image.key'],
      [402, 'Insufficient Balance', 'image.quota'],
      [404, 'The model `x` does not exist', 'image.address'],
      [429, 'You exceeded your current quota, please check your plan and billing details', 'image.quota'],
    ] as const) {
      server.seen.length = 0
      server.answerWith(() => ({ status, body: { error: { message }, message, code: '' } }))
      const failed = await open()
        .generate({ prompt: 'x', size: '1024x1024' })
        .catch((error: unknown) => error as Problem)
      expect(failed).toMatchObject({ code, extra: { details: { cause: expect.stringContaining(message) } } })
      expect(server.seen).toHaveLength(1)
    }
  })

  test('a drip ends at the time limit, once, with its price booked; a flood is not read to its end', async () => {
    server.answerWith(() => ({
      body: '',
      by: (response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const timer = setInterval(() => response.write(' '), 50)
        response.on('close', () => clearInterval(timer))
      },
    }))
    const began = performance.now()
    const failed = await open({ timeoutMs: 400 })
      .generate({ prompt: 'x', size: '1024x1024' })
      .catch((error: unknown) => error as Problem)
    expect(failed).toMatchObject({ code: 'image.timeout', extra: { details: { costMicros: 40_000 } } })
    expect(performance.now() - began).toBeLessThan(2000)
    expect(server.seen).toHaveLength(1)
    server.answerWith(() => ({ headers: { 'content-type': 'application/json' }, body: ' '.repeat(60_000_000) }))
    expect(await codeOf(open({ timeoutMs: 20_000 }).generate({ prompt: 'x', size: '1024x1024' }))).toBe('image.failed')
  })

  test('what the operator configured goes along', async () => {
    serve(await picture())
    const extraBody = kind === 'openai' ? { quality: 'high' } : { parameters: { prompt_extend: true } }
    await open({ extraBody }).generate({ prompt: 'x', size: '1024x1024' })
    expect(server.seen[0]?.body).toMatchObject(extraBody)
    if (kind === 'dashscope') expect(server.seen[0]?.body['parameters']).toMatchObject({ watermark: false })
  })
})

describe('a picture that is made as a task', () => {
  const open = (timeoutMs: number) =>
    openImageModel(
      { kind: 'dashscope', baseUrl: `${server.url}/api/v1`, model: 'm', timeoutMs, retries: 0, priceMicros: 40_000 },
      outbound,
    )
  const script = (states: readonly unknown[]) => {
    let looked = 0
    server.answerWith(async ({ path }) => {
      if (path === '/made.png') return { body: new Uint8Array(await picture()) }
      if (path === '/api/v1/tasks/t-1') return { body: { output: states[Math.min(looked++, states.length - 1)] } }
      return { body: { output: { task_id: 't-1', task_status: 'PENDING' } } }
    })
  }

  test('is waited for', async () => {
    const results = [{ url: `${server.url}/made.png` }]
    script([
      { task_id: 't-1', task_status: 'RUNNING' },
      { task_id: 't-1', task_status: 'SUCCEEDED', results },
    ])
    expect((await open(20_000).generate({ prompt: 'x', size: '1024x1024' })).costMicros).toBe(40_000)
  })

  test('that fails says why', async () => {
    script([{ task_id: 't-1', task_status: 'FAILED', code: 'DataInspectionFailed', message: 'inappropriate' }])
    await expect(open(20_000).generate({ prompt: 'x', size: '1024x1024' })).rejects.toMatchObject({
      code: 'image.refused',
    })
  })

  test('that never ends is given up at the time limit, and its price stays booked', async () => {
    script([{ task_id: 't-1', task_status: 'RUNNING' }])
    await expect(open(2500).generate({ prompt: 'x', size: '1024x1024' })).rejects.toMatchObject({
      code: 'image.timeout',
      extra: { details: { costMicros: 40_000 } },
    })
  })
})
