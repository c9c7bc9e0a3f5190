/** What a stranger may send, what it costs, and what is said when it is too much. */
import { statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anonymous } from '../../src/core/actor.ts'
import { dialect } from '../../src/core/dialect.ts'
import { newId } from '../../src/core/values.ts'
import { gatheredCampaign } from '../support/lots.ts'
import { testServer, type TestServer } from '../support/server.ts'

let server: TestServer
let campaign = ''
let slug = ''
let sizes: string[] = []
let colours: string[] = []
beforeAll(async () => {
  server = await testServer({ role: 'web' })
  const { context, storefront } = server.app.line
  campaign = (await gatheredCampaign(context)).campaignId
  const page = (await storefront.page(anonymous, { id: campaign })).campaign
  slug = page.slug
  sizes = page.sizes
  colours = page.colourways
})
afterAll(() => server.close())

type Headers = Record<string, string>
const JSON_BODY = { 'content-type': 'application/json' }
const FORM_BODY = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
const call = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Headers = {}, method = 'POST') =>
  fetch(`${server.url}${path}`, {
    redirect: 'manual',
    headers: { 'accept-language': 'en', ...headers },
    ...(method === 'GET' ? {} : { method, body }),
  })
const order = (body: string | Uint8Array<ArrayBuffer>, headers: Headers = {}) =>
  call(`/api/v1/campaigns/${campaign}/preorders`, body, { ...JSON_BODY, 'idempotency-key': newId(), ...headers })
const wish = (more: object = {}) => ({
  email: 'kim@example.com',
  name: 'Kim',
  lines: [{ size: sizes[0], colourway: colours[0], quantity: 1 }],
  ...more,
})
const problemOf = async (answer: Response) => (await answer.json()) as { code: string; detail: string; field?: string }

describe('a body that nobody’s form has', () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => `f${i}=1`).join('&')
  test.each([
    ['of 90,000 fields', () => many(90_000)],
    ['of 9,000 fields within 64 kB', () => many(9_000)],
    ['of 65,000 empty fields', () => '&'.repeat(65_000)],
  ])('a form %s is refused in words, unread', async (_, body) => {
    for (const path of [`/shop/${slug}/preorders`, '/sign-in', '/language', '/nowhere']) {
      const answer = await call(path, body(), FORM_BODY)
      expect([path, answer.status]).toEqual([path, 413])
      expect((await answer.text()).length).toBeLessThan(16_000)
    }
  })

  test.each([
    [
      'with 70,000 unknown fields',
      JSON.stringify(Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => [`k${i}`, 1]))),
      413,
      'input.too-large',
    ],
    [
      'with 5,000 unknown fields',
      JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, 1]))),
      413,
      'input.too-many',
    ],
    [
      'with 20,000 empty lines',
      `{"lines":[${Array.from({ length: 20_000 }, () => '{}').join()}]}`,
      413,
      'input.too-many',
    ],
    ['nested 30,000 deep', '['.repeat(30_000) + ']'.repeat(30_000), 422, 'input.too-deep'],
    ['nested 10,000 deep in objects', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000), 422, 'input.too-deep'],
    ['that names __proto__', '{"__proto__":{"admin":true}}', 400, 'input.malformed'],
    ['that names constructor.prototype', '{"constructor":{"prototype":{"admin":true}}}', 400, 'input.malformed'],
    ['that is no JSON', '{"a":', 400, 'input.malformed'],
    ['that is empty', '', 400, 'input.malformed'],
  ])('JSON %s is refused in words', async (_, body, status, code) => {
    const answer = await order(body)
    expect([answer.status, (await problemOf(answer)).code]).toEqual([status, code])
  })

  test('what is told of it has an end, whatever its fields are called', async () => {
    const long = 'x'.repeat(500)
    const keys = Object.fromEntries(Array.from({ length: 110 }, (_, i) => [`${long}${i}`, 1]))
    const lines = Array.from({ length: 200 }, () => ({ size: 7, colourway: long.slice(0, 80), quantity: 0.5 }))
    for (const body of [{ ...wish(), ...keys }, wish({ lines }), { [long]: long }]) {
      const answer = await order(JSON.stringify(body))
      const text = await answer.text()
      expect(answer.status).toBe(422)
      expect(text.length).toBeLessThanOrEqual(8_192)
      expect((JSON.parse(text) as { issues: unknown[] }).issues.length).toBeLessThanOrEqual(20)
    }
  })

  test('an order as large as the shop has them is taken', async () => {
    const lines = sizes.flatMap((size) => colours.map((colourway) => ({ size, colourway, quantity: 1 })))
    expect((await order(JSON.stringify(wish({ email: 'big@example.com', lines })))).status).toBe(201)
  })

  test('for the console it is not even read: who is asking comes first', async () => {
    const answer = await call('/console/house', many(90_000), { ...FORM_BODY, accept: 'application/json' })
    expect(answer.status).toBe(401)
    expect((await call('/api/v1/house', 'nonsense', JSON_BODY, 'PATCH')).status).toBe(401)
  })
})

/** Milliseconds of processor that one request costs, client and all: the least of several. */
async function costOf(send: () => Promise<Response>): Promise<number> {
  const costs: number[] = []
  // Whatever else the machine does can only add to it, so the first cheap one says enough.
  for (let i = 0; i < 40 && Math.min(...costs, Infinity) >= 20; i++) {
    const before = process.cpuUsage()
    const answer = await send()
    await answer.arrayBuffer()
    const { user, system } = process.cpuUsage(before)
    costs.push((user + system) / 1000)
  }
  return Math.min(...costs)
}

test('no stranger’s request costs twenty milliseconds', async () => {
  const quotes = '"'.repeat(60_000)
  const costs: [string, () => Promise<Response>][] = [
    [
      'a form of 1,000 fields',
      () => call(`/shop/${slug}/preorders`, 'quantity=1&'.repeat(1000).slice(0, -1), FORM_BODY),
    ],
    ['a form of 9,000 fields', () => call(`/shop/${slug}/inquiries`, 'a&'.repeat(9000), FORM_BODY)],
    [
      'unknown fields',
      () =>
        order(JSON.stringify(Object.fromEntries(Array.from({ length: 990 }, (_, i) => [`${i}`.padEnd(55, 'k'), 1])))),
    ],
    ['lines of nothing', () => order(JSON.stringify({ lines: Array.from({ length: 480 }, () => ({})) }))],
    ['a text of quotes', () => order(JSON.stringify({ name: quotes.slice(0, 30_000) }))],
    ['an address of full stops', () => order(JSON.stringify(wish({ email: `${'a.'.repeat(30_000)}@b.c` })))],
    ['an address of @', () => order(JSON.stringify(wish({ email: '@'.repeat(60_000) })))],
    ['a domain of full stops', () => order(JSON.stringify(wish({ email: `a@${'例.'.repeat(250)}` })))],
    ['a name of marks', () => order(JSON.stringify(wish({ name: 'e\u0301'.repeat(20_000) })))],
    ['a name of blanks', () => order(JSON.stringify(wish({ name: `${' '.repeat(60_000)}x` })))],
    [
      'a question of blanks',
      () =>
        call(
          `/api/v1/campaigns/${campaign}/inquiries`,
          JSON.stringify({ email: 'a@example.com', question: ' \n'.repeat(30_000) }),
          JSON_BODY,
        ),
    ],
    ['a long key', () => order(JSON.stringify(wish()), { 'idempotency-key': 'k'.repeat(10_000) })],
    [
      'a long list of languages',
      () => fetch(`${server.url}/sign-in`, { headers: { 'accept-language': 'en;q=0.1,'.repeat(1500) } }),
    ],
    ['a long address', () => fetch(`${server.url}/shop?category=${'x'.repeat(12_000)}`)],
    ['many cookies', () => fetch(`${server.url}/sign-in`, { headers: { cookie: 'a=b; '.repeat(2500) } })],
  ]
  const dear: [string, number][] = []
  for (const [what, send] of costs) {
    const ms = await costOf(send)
    if (ms >= 20) dear.push([what, ms])
  }
  expect(dear).toEqual([])
})

describe('who floods the sign-in', () => {
  test('is told to come back, and nobody else waits for it', async () => {
    // Each for an account and from a network of its own: one of either is slowed down before the queue.
    const tries = Array.from({ length: 120 }, (_, n) =>
      server.app.line.identity
        .signIn(anonymous, {
          email: `nobody-${n}@example.com`,
          password: 'a wrong sentence',
          origin: { address: `198.51.${n}.1` },
        })
        .then(
          () => 'in',
          (error: { code?: string; extra?: { retryAfter?: number } }) =>
            `${error.code} ${error.extra?.retryAfter ?? ''}`,
        ),
    )
    const health = await fetch(`${server.url}/health`)
    expect(health.status).toBe(200)
    const told = await Promise.all(tries)
    expect(told.filter((each) => each.startsWith('identity.busy 5')).length).toBeGreaterThan(0)
    expect(told.filter((each) => each.startsWith('identity.wrong')).length).toBeGreaterThanOrEqual(60)
    await expect(
      server.app.line.identity.signIn(anonymous, { email: 'nobody@example.com', password: 'x' }),
    ).rejects.toMatchObject({
      code: 'identity.wrong',
    })
  })
})

describe('an endpoint says what it accepts', () => {
  test.each<[string, Headers, number, string]>([
    ['text/plain', { 'content-type': 'text/plain' }, 415, 'input.format'],
    ['xml', { 'content-type': 'application/xml' }, 415, 'input.format'],
    ['another charset', { 'content-type': 'application/json; charset=gb18030' }, 415, 'input.charset'],
    ['a packed body', { 'content-encoding': 'gzip' }, 415, 'input.encoding'],
    ['an answer as XML', { accept: 'application/xml' }, 406, 'input.accept'],
    ['anything but JSON', { accept: 'application/json;q=0, text/csv' }, 406, 'input.accept'],
  ])('%s is refused, and what to send instead is said', async (_, headers, status, code) => {
    const answer = await order(JSON.stringify(wish()), headers)
    const told = await problemOf(answer)
    expect([answer.status, told.code]).toEqual([status, code])
    expect(told.detail).toMatch(/JSON|UTF-8|Content-Encoding|application\/json/)
  })

  test.each<[string, Headers]>([
    ['nothing', {}],
    ['anything', { accept: '*/*' }],
    ['as a browser', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }],
    ['a problem', { accept: 'application/problem+json, application/json' }],
    ['utf-8 in capitals', { 'content-type': 'application/json; charset="UTF-8"' }],
    ['no packing', { 'content-encoding': 'identity' }],
  ])('who asks for %s is answered', async (what, headers) => {
    const email = `${what.replaceAll(/\W/g, '-')}@example.com`
    expect((await order(JSON.stringify(wish({ email })), headers)).status).toBe(201)
  })

  test('bytes that are no UTF-8 are not guessed at', async () => {
    const text = JSON.stringify(wish({ name: '??' }))
    const body = new TextEncoder().encode(text)
    body.set([0xc4, 0xe3], text.indexOf('??'))
    const answer = await order(body)
    expect([answer.status, (await problemOf(answer)).code]).toEqual([415, 'input.charset'])
  })

  test.each([
    ['GET', '/sign-out', 'POST, OPTIONS'],
    ['DELETE', '/shop', 'GET, HEAD, OPTIONS'],
    ['PUT', '/api/v1/campaigns', 'GET, HEAD, OPTIONS'],
    ['GET', '/factory/callbacks/x', 'POST, OPTIONS'],
    ['POST', '/api/v1/house/', 'GET, HEAD, PATCH, OPTIONS'],
  ])('%s %s is answered with the methods there are', async (method, path, allow) => {
    const answer = await fetch(`${server.url}${path}`, { method, headers: { accept: 'application/json' } })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
    expect((await problemOf(answer)).code).toBe('input.method')
  })

  test('OPTIONS says the methods, HEAD what GET would, a slash at the end changes nothing', async () => {
    const options = await fetch(`${server.url}/api/v1/campaigns`, { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
    for (const path of ['/api/v1/campaigns', '/shop', '/health', '/openapi.json'])
      for (const slash of ['', '/'])
        expect((await fetch(`${server.url}${path}${slash}`, { method: 'HEAD' })).status).toBe(200)
    expect((await fetch(`${server.url}/nowhere`, { method: 'OPTIONS' })).status).toBe(404)
  })

  test('no page stands in a frame, however old the browser', async () => {
    const page = await fetch(`${server.url}/shop`, { headers: { accept: 'text/html' } })
    expect(page.headers.get('x-frame-options')).toBe('DENY')
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })
})

describe('a change that names nothing', () => {
  test.each(['{}', 'null', '[]', '"x"', '7'])('%s is refused, and nothing is saved', async (body) => {
    const bearer = { ...JSON_BODY, authorization: `Bearer ${server.key}` }
    const made = await call('/api/v1/factories', JSON.stringify({ name: `F${newId()}`, country: 'China' }), bearer)
    const { factory } = (await made.json()) as { factory: { id: string } }
    for (const path of [
      `/api/v1/factories/${factory.id}`,
      '/api/v1/house',
      '/api/v1/dispatch-terms',
      '/api/v1/users/x',
    ]) {
      const answer = await call(path, body, bearer, 'PATCH')
      expect([path, answer.status]).toEqual([path, 422])
      expect((await problemOf(answer)).code).toBe('input.nothing')
    }
  })
})

describe('a name that every object inherits', () => {
  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])(
    '%s is a filter, a tick, an ending or a term like any other that there is none of',
    async (name) => {
      const bearer = { authorization: `Bearer ${server.key}`, accept: 'text/html' }
      for (const path of [
        `/console/orders?show=${name}`,
        `/console/accounts?done=${name}`,
        `/console/styles?state=${name}&cursor=${name}`,
        `/console/trends?week=${name}&kind=${name}&cursor=${name}`,
        `/console/events?name=${name}&before=${name}`,
        `/console/inquiries?show=${name}&before=${name}`,
        `/console/campaigns?before=${name}`,
        `/console/factories?before=${name}`,
        `/console/house?done=${name}`,
        `/console/security?act=${name}&about=${name}&before=${name}`,
        `/shop?category=${name}&before=${name}`,
        `/shop/${slug}?colour=${name}&done=${name}&lang=${name}`,
        `/docs?${name}=${name}`,
      ])
        expect([path, (await fetch(`${server.url}${path}`, { headers: bearer })).status]).toEqual([path, 200])
      for (const path of [`/pictures/x.${name}`, `/assets/${name}`, `/shop/${name}`, `/console/orders/${name}`])
        expect([path, (await fetch(`${server.url}${path}`, { headers: bearer })).status]).toEqual([path, 404])
    },
  )
})

/** A request with a Host of our choosing, which fetch does not allow. */
const withHost = (path: string, host: string) =>
  new Promise<number>((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`),
    )
    socket.once('data', (data) => {
      resolve(Number(data.toString('latin1').split(' ')[1]))
      socket.destroy()
    })
    socket.once('error', reject)
  })

test('the first account is offered only under names that nobody else can point here', async () => {
  for (const host of ['127.0.0.1:3000', 'localhost', '[::1]:3000', '192.168.1.9', 'shop.localhost'])
    expect([host, await withHost('/first-run', host)]).toEqual([host, 200])
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'rebind.evil.example:80'])
    expect([host, await withHost('/first-run', host)]).toEqual([host, 403])
  expect(await withHost('/shop', 'evil.example')).toBe(200)
})

test.runIf(dialect === 'sqlite')('the database’s files are their owner’s alone', () => {
  for (const name of ['firstcut.db', 'firstcut.db-wal', 'firstcut.db-shm'])
    expect([name, statSync(join(server.folder, name)).mode & 0o777]).toEqual([name, 0o600])
})
