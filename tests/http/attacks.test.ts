import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { system } from '../../src/core/actor.ts'
import { HandClock } from '../../src/core/clock.ts'
import { HOUR, MINUTE, newId } from '../../src/core/values.ts'
import { queueLetters, sendDueLetters } from '../../src/db/mailbox.ts'
import { openLetter } from '../../src/db/sealed.ts'
import { users } from '../../src/db/schema.ts'
import { buildCli } from '../../src/edges/cli/program.ts'
import { startServer, type Running } from '../../src/start.ts'
import { openCampaign } from '../support/campaigns.ts'
import { freshEnvironment } from '../support/server.ts'

const LIMIT = 60
const EVIL = 'https://evil.example'

let server: Running
let url = ''
let drop: () => Promise<void>
beforeAll(async () => {
  const fresh = await freshEnvironment()
  drop = fresh.drop
  // As behind one reverse proxy, which is played by the tests themselves.
  const more = { ROLE: 'web', TRUST_PROXY: 'true', REQUESTS_PER_MINUTE: String(LIMIT) }
  server = await startServer(readConfig({ ...fresh.environment, ...more }))
  url = server.url ?? ''
})
afterAll(async () => {
  await server.close()
  await drop()
})

let clients = 0
/** Somebody at an address of their own. */
const client = () => ({ accept: 'text/html', 'accept-language': 'en', 'x-forwarded-for': `198.51.100.${++clients}` })
type Headers = Record<string, string>
const get = (path: string, headers: Headers = {}) =>
  fetch(`${url}${path}`, { redirect: 'manual', headers: { ...client(), ...headers } })
const send = (path: string, form: Record<string, string>, headers: Headers = {}) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...client(), ...headers },
    body: new URLSearchParams(form),
  })
const call = (path: string, body: unknown, headers: Headers = {}) =>
  fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { ...client(), 'content-type': 'application/json', 'idempotency-key': newId(), ...headers },
    body: JSON.stringify(body),
  })

const ACCOUNT = { email: 'kim@example.com', name: 'Kim', password: 'a long enough sentence', lang: 'en' }
const KIM = { email: ACCOUNT.email, password: ACCOUNT.password }
const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

describe('a page of another site', () => {
  const foreign: Headers[] = [
    { origin: EVIL, 'sec-fetch-site': 'cross-site' },
    { origin: EVIL },
    { origin: 'null' },
    { 'sec-fetch-site': 'same-site' },
  ]

  test('cannot make the first account of a new installation through somebody’s browser', async () => {
    for (const headers of foreign)
      expect((await send('/first-run', { ...ACCOUNT, email: 'mallory@evil.example' }, headers)).status).toBe(403)
    expect(await server.app.line.identity.isFirstRun()).toBe(true)
    const own = await send('/first-run', ACCOUNT, { origin: url, 'sec-fetch-site': 'same-origin' })
    expect([own.status, own.headers.get('location')]).toEqual([303, '/console'])
  })

  test('cannot sign somebody in under another account', async () => {
    for (const headers of foreign) {
      const answer = await send('/sign-in', KIM, headers)
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
    }
  })

  test('cannot press a factory’s buttons with the cookie of its portal', async () => {
    const { line } = server.app
    const made = await line.dispatch.createFactory(system('test'), { name: 'Tailor', country: 'China' })
    const { session } = await line.dispatch.enterPortal(made.portalToken)
    const cookie = `factory-session=${session}`
    for (const headers of foreign) expect((await send('/factory/confirm', {}, { ...headers, cookie })).status).toBe(403)
    expect((await line.dispatch.factory(system('test'), { id: made.factory.id })).state).toBe('invited')
    expect((await send('/factory/confirm', {}, { origin: url, cookie })).status).toBe(303)
  })

  test('cannot place a pre-order in a buyer’s name', async () => {
    const { id } = await openCampaign(server.app.line.context)
    const form = { email: 'ann@example.com', name: 'Ann', 'q:olive:M': '1' }
    expect((await send(`/shop/test-${id}/preorders`, form, { origin: EVIL })).status).toBe(403)
  })

  test('is told from our own, whatever a proxy makes of our address', async () => {
    const ours: Headers[] = [
      { origin: 'http://behind-a-proxy:3000', 'sec-fetch-site': 'same-origin' },
      { origin: url },
      { 'sec-fetch-site': 'none' },
      {},
    ]
    for (const headers of ours) expect((await send('/sign-in', KIM, headers)).status).toBe(303)
    const { id } = await openCampaign(server.app.line.context)
    const lines = [{ size: 'M', colourway: 'olive', quantity: 1 }]
    const placed = await call(`/campaigns/${id}/preorders`, { email: 'ann@example.com', name: 'Ann', lines })
    const link = server.app.line.demand.linkFor(((await placed.json()) as { id: string }).id)
    const page = await fetch(link, { headers: client() })
    expect([page.headers.get('referrer-policy'), page.headers.get('cache-control')]).toEqual([
      'same-origin',
      'no-store',
    ])
  })

  test('the address people know the installation by is its own, whatever the proxy passes on', async () => {
    const fresh = await freshEnvironment()
    const other = await startServer(readConfig({ ...fresh.environment, ROLE: 'web', BASE_URL: 'https://shop.example' }))
    const address = other.server?.addresses()[0]
    const port = typeof address === 'object' ? address.port : 0
    const answer = await fetch(`http://127.0.0.1:${port}/first-run`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: 'https://shop.example', 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(ACCOUNT),
    })
    expect(answer.status).toBe(303)
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-session=.+; HttpOnly; Secure; SameSite=Lax$/)
    await other.close()
    await fresh.drop()
  })
})

describe('an address handed over in a form', () => {
  const away = [
    '//evil.example',
    '/\t/evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    EVIL,
  ]

  test('leads nowhere else after signing in or changing the language', async () => {
    const [cookie, led] = [cookieOf(await send('/sign-in', KIM)), [] as string[]]
    for (const next of away)
      for (const answer of [
        await send('/language', { next, lang: 'en' }),
        await get(`/sign-in?next=${encodeURIComponent(next)}`, { cookie }),
      ])
        led.push(new URL(answer.headers.get('location') ?? '', url).origin)
    expect(new Set(led)).toEqual(new Set([url]))
  })

  test('of our own still works', async () => {
    const answer = await send('/language', { next: '/shop?category=coat&lang=zh', lang: 'en' })
    expect(answer.headers.get('location')).toBe('/shop?category=coat')
  })
})

describe('too many requests', () => {
  const refusedOf = async (count: number, headers: (i: number) => Headers, path = '/shop') => {
    const refused: number[] = []
    for (let i = 0; i < count; i++) refused.push((await get(path, headers(i))).status)
    return refused.filter((status) => status === 429).length
  }

  test('are counted by the address the proxy saw, not by one the sender has written in front of it', async () => {
    const spoofed = (i: number) => ({ 'x-forwarded-for': `10.0.0.${i}, 203.0.113.7` })
    expect(await refusedOf(LIMIT + 5, spoofed)).toBe(5)
  })

  test('are counted where an Authorization header is none of ours, or its key unknown', async () => {
    const given = (value: string, address: string) => () => ({ authorization: value, 'x-forwarded-for': address })
    expect(await refusedOf(LIMIT + 5, given('Basic eDp5', '203.0.113.8'))).toBe(5)
    expect(await refusedOf(LIMIT + 5, given('Bearer fck_guess', '203.0.113.9'), '/api/v1/styles')).toBe(5)
  })

  test('are counted where there is nothing to find as well', async () => {
    expect(await refusedOf(LIMIT + 5, () => ({ 'x-forwarded-for': '203.0.113.12' }), '/wp-login.php')).toBe(5)
  })

  test('with a key of ours are not refused', async () => {
    const { key } = await server.app.line.identity.createKey(system('test'), { name: 'shop', scopes: ['read'] })
    const headers = { authorization: `Bearer ${key}`, 'x-forwarded-for': '203.0.113.10' }
    expect(await refusedOf(LIMIT + 5, () => headers, '/api/v1/styles')).toBe(0)
  })

  test('passwords are tried twenty times a minute and no more, also with the right one at last', async () => {
    const at = { 'x-forwarded-for': '203.0.113.11' }
    const tried: number[] = []
    for (let i = 0; i < 20; i++) tried.push((await send('/sign-in', { ...KIM, password: `guess ${i}` }, at)).status)
    expect(new Set(tried)).toEqual(new Set([401]))
    expect((await send('/sign-in', KIM, at)).status).toBe(429)
    expect((await send('/sign-in', KIM)).status).toBe(303)
  })
})

describe('an account', () => {
  const anna = { email: 'anna@example.com', name: 'Anna', password: 'annas own sentence', lang: 'en' }
  const ANNA = { email: anna.email, password: anna.password }
  const at = (path: string, cookie: string) => get(path, { cookie })
  const accountsOf = (cookie: string, path: string, form: Record<string, string> = {}) =>
    send(`/console/accounts${path}`, form, { cookie })
  let operator = ''
  let id = ''
  beforeAll(async () => {
    operator = cookieOf(await send('/sign-in', KIM))
    id = (await server.app.line.identity.createUser(system('test'), { ...anna, role: 'merchandiser', lang: 'en' })).id
  })

  test('gets a session of its own at every sign-in, never one that was there before, and none after signing out', async () => {
    const planted = 'session=planted-by-somebody-else'
    const first = cookieOf(await send('/sign-in', ANNA, { cookie: planted }))
    expect(first).not.toBe(planted)
    expect((await at('/console', planted)).status).toBe(303)
    const second = cookieOf(await send('/sign-in', ANNA, { cookie: first }))
    expect([(await at('/console', first)).status, (await at('/console', second)).status]).toEqual([303, 200])
    expect((await send('/sign-out', {}, { cookie: second })).status).toBe(303)
    expect((await at('/console', second)).status).toBe(303)
  })

  test('that an operator switches off ends at once, with its open sessions, and can be switched on again', async () => {
    const session = cookieOf(await send('/sign-in', ANNA))
    expect((await accountsOf(session, `/${id}/off`)).status).toBe(403)
    expect((await accountsOf(operator, `/${id}/off`)).status).toBe(303)
    expect((await at('/console', session)).status).toBe(303)
    expect((await send('/sign-in', ANNA)).status).toBe(401)
    expect((await accountsOf(operator, `/${id}/on`)).status).toBe(303)
    expect((await at('/console', session)).status).toBe(303)
    expect((await send('/sign-in', ANNA)).status).toBe(303)
  })

  test('of the operator who asks is not switched off: nobody could switch it on again', async () => {
    const users = await server.app.line.identity.listUsers(system('test'))
    const own = users.find(({ email }) => email === ACCOUNT.email)?.id
    const answer = await accountsOf(operator, `/${own}/off`)
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('your own account')])
    expect((await at('/console', operator)).status).toBe(200)
  })

  test('is changed over the API by whoever may, and only in what there is to change', async () => {
    const { identity } = server.app.line
    const keyed = async (...scopes: ('read' | 'operate')[]) => {
      const { key } = await identity.createKey(system('test'), { name: 'hr', scopes })
      return (path: string, body: unknown) =>
        fetch(`${url}/api/v1/users/${path}`, {
          method: 'PATCH',
          headers: { ...client(), 'content-type': 'application/json', authorization: `Bearer ${key}` },
          body: JSON.stringify(body),
        })
    }
    const [reader, hr] = [await keyed('read'), await keyed('operate')]
    const statuses = await Promise.all([
      reader(id, { disabled: true }),
      hr(id, {}),
      hr(id, { role: 'operator' }),
      hr('nobody', { disabled: true }),
      hr(id, { disabled: false }),
    ])
    expect(statuses.map(({ status }) => status)).toEqual([403, 422, 422, 404, 200])
  })

  test('with a new password ends every session that the old one opened', async () => {
    const session = cookieOf(await send('/sign-in', ANNA))
    expect((await accountsOf(operator, '/password', { user: id, password: 'short' })).status).toBe(422)
    expect((await accountsOf(session, '/password', { user: id, password: 'a new long sentence' })).status).toBe(403)
    expect((await accountsOf(operator, '/password', { user: id, password: 'a new long sentence' })).status).toBe(303)
    expect((await at('/console', session)).status).toBe(303)
    expect((await send('/sign-in', ANNA)).status).toBe(401)
    expect((await send('/sign-in', { ...ANNA, password: 'a new long sentence' })).status).toBe(303)
  })
})

describe('a server of its own', () => {
  const started = async (clock?: HandClock) => {
    const fresh = await freshEnvironment()
    const running = await startServer(readConfig({ ...fresh.environment, ROLE: 'web' }), clock ? { clock } : {})
    const post = (path: string, form: Record<string, string>, headers: Headers = {}) =>
      fetch(`${running.url}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { accept: 'text/html', ...headers },
        body: new URLSearchParams(form),
      })
    return { running, post, [Symbol.asyncDispose]: () => running.close().then(fresh.drop) }
  }

  test('has one first account, however many ask for it at once', async () => {
    await using fresh = await started()
    const asked = await Promise.all(
      Array.from({ length: 8 }, (_, i) => fresh.post('/first-run', { ...ACCOUNT, email: `kim${i}@example.com` })),
    )
    expect(asked.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409, 409, 409, 409, 409])
    expect(await fresh.running.app.line.identity.listUsers(system('test'))).toHaveLength(1)
  })

  test('is nobody’s to take once the command line has made its first account', async () => {
    await using fresh = await started()
    const { line } = fresh.running.app
    const nothing = async () => {}
    const run = async (...words: string[]) => {
      let printed = ''
      const open = async () => ({ line, settle: nothing, close: nothing })
      await buildCli({ open, lang: 'en', print: (text) => void (printed = text) }).parseAsync(['', '', ...words])
      return JSON.parse(printed) as { password: string }
    }
    await expect(run('accounts', 'add', 'no-address', '--name', 'Kim')).rejects.toMatchObject({ status: 422 })
    const { password } = await run('accounts', 'add', KIM.email, '--name', 'Kim', '--role', 'operator')
    expect((await fresh.post('/first-run', { ...ACCOUNT, email: 'mallory@evil.example' })).status).toBe(409)
    const signIn = async (word: string) => (await fresh.post('/sign-in', { email: KIM.email, password: word })).status
    expect(await signIn(password)).toBe(303)
    const other = await run('accounts', 'password', KIM.email)
    expect([await signIn(password), await signIn(other.password)]).toEqual([401, 303])
    await run('accounts', 'off', KIM.email)
    expect(await signIn(other.password)).toBe(401)
    await run('accounts', 'on', KIM.email)
    expect(await signIn(other.password)).toBe(303)
  })

  test('forgets a session after twelve hours of nothing, and after thirty days of anything', async () => {
    const clock = new HandClock(new Date('2026-11-23T08:00:00Z'))
    await using fresh = await started(clock)
    const open = async (cookie: string) =>
      (await fetch(`${fresh.running.url}/console`, { redirect: 'manual', headers: { cookie, accept: 'text/html' } }))
        .status
    const idle = cookieOf(await fresh.post('/first-run', ACCOUNT))
    clock.advance(11 * HOUR)
    expect(await open(idle)).toBe(200)
    clock.advance(12 * HOUR + MINUTE)
    expect(await open(idle)).toBe(303)
    const busy = cookieOf(await fresh.post('/sign-in', KIM))
    for (let i = 0; i < 71; i++) {
      clock.advance(10 * HOUR)
      if (i < 70) expect(await open(busy)).toBe(200)
    }
    clock.advance(11 * HOUR)
    expect(await open(busy)).toBe(303)
  })
})

test('what only somebody signed in may see is kept by no cache and no browser', async () => {
  const cookie = cookieOf(await send('/sign-in', KIM))
  const { key } = await server.app.line.identity.createKey(system('test'), { name: 'erp', scopes: ['read', 'operate'] })
  for (const path of ['/console', '/console/accounts', '/console/mail'])
    expect([path, (await get(path, { cookie })).headers.get('cache-control')]).toEqual([path, 'no-store'])
  for (const path of ['/api/v1/users', '/api/v1/styles', '/metrics'])
    expect(
      (await get(path, { authorization: `Bearer ${key}`, accept: 'application/json' })).headers.get('cache-control'),
    ).toBe('no-store')
})

test('a statement that fails names no value in the log: it may be a password’s hash or a letter with its link', async () => {
  const { db } = server.app
  const secret = 'not-for-the-log'
  const failures = [
    await db.write((tx) => tx.insert(users).values({ id: secret } as never)).catch((error: unknown) => error),
    await db.read
      .select()
      .from(users)
      .where(sql`no_such_function(${secret})`)
      .catch((error: unknown) => error),
  ]
  for (const failure of failures) {
    expect(failure).toBeInstanceOf(Error)
    const { stack } = failure as Error
    expect([String(failure), stack, JSON.stringify(pino.stdSerializers.err(failure as Error))].join()).not.toContain(
      secret,
    )
  }
})

describe('our letters', () => {
  const lines = [{ size: 'M', colourway: 'olive', quantity: 1 }]
  const sent = async () => {
    const { line, db } = server.app
    while (await line.demand.queueConfirmations());
    while (
      await sendDueLetters(db, { now: () => new Date() }, async (letter) =>
        line.context.engines.mailer.send(openLetter(line.context.engines.vault, letter)),
      )
    );
    return (await line.mail?.list(1000)) ?? []
  }

  test('carry nobody’s advertisement: a buyer’s name is one line without web addresses', async () => {
    const { id } = await openCampaign(server.app.line.context)
    for (const name of [
      'You won\n\nhttp://evil.example/win',
      'You won\r\n',
      'www.evil.example',
      'Win: evil.example/x',
      'a\u0000b',
    ]) {
      const answer = await call(`/campaigns/${id}/preorders`, { email: 'victim@example.com', name, lines })
      if (name.trim() === 'You won') expect(answer.status).toBe(201)
      else expect([name, answer.status, await answer.json()]).toMatchObject([name, 422, { field: 'name' }])
    }
    for (const name of ['Ann-Marie O’Brien', '王 小明', 'J.P. Müller & Söhne', 'Mary St.John'])
      expect((await call(`/campaigns/${id}/preorders`, { email: `b${newId()}@example.com`, name, lines })).status).toBe(
        201,
      )
    expect((await sent()).some(({ text }) => text.includes('evil.example'))).toBe(false)
  })

  test('do not flood one address, whoever orders for it', async () => {
    const { id } = await openCampaign(server.app.line.context)
    const statuses: number[] = []
    for (let i = 0; i < 14; i++)
      statuses.push(
        (await call(`/campaigns/${id}/preorders`, { email: `flooded+${i}@example.com`, name: 'V', lines })).status,
      )
    // Every pre-order is stored; it is the letters that are limited, and the others wait.
    expect(new Set(statuses)).toEqual(new Set([201]))
    expect((await sent()).filter(({ to }) => to.startsWith('flooded'))).toHaveLength(10)
    expect((await call(`/campaigns/${id}/preorders`, { email: 'b@example.com', name: 'B', lines })).status).toBe(201)
  })

  test('open, in the console, on our own pages only', async () => {
    const { line } = server.app
    const { db, clock, engines, baseUrl } = line.context
    const letter = { to: 'x@example.com', lang: 'en', subject: 'x', body: `${baseUrl}//evil.example/x` } as const
    await db.write((tx) => queueLetters(tx, [{ ...letter, dedupeKey: 'evil' }], clock.now(), engines.vault))
    await sent()
    const page = await (await get('/console/mail', { cookie: cookieOf(await send('/sign-in', KIM)) })).text()
    const links = [...page.matchAll(/<a href="([^"]*evil[^"]*)"/g)].map(([, href = '']) => new URL(href, url).origin)
    expect(links).toEqual([url])
  })
})
