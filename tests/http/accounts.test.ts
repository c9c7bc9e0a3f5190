/** Signing in, second factors, sessions, keys and roles, as people and machines meet them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { HandClock } from '../../src/core/clock.ts'
import { may, PERMISSIONS, ROLES, system, type Role, type Scope } from '../../src/core/actor.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/core/values.ts'
import { CONFIRMED_ROUTES, PUBLIC_ROUTES } from '../../src/edges/http/access.ts'
import { mails } from '../../src/db/schema.ts'
import { openLetter } from '../../src/db/sealed.ts'
import { testServer, type TestServer } from '../support/server.ts'

const house = system('test')
const PASSWORD = 'three unrelated words'
const clock = new HandClock('2026-11-29T08:00:00Z')
let server: TestServer
let line: TestServer['app']['line']

type Cookies = Record<string, string>
interface Answer {
  status: number
  text: string
  location: string | undefined
  retryAfter: number
  cookies: Cookies
}

let last = 0
/** Everybody comes from an address of their own, unless it is said. */
const somewhere = () => `198.51.${100 + Math.floor(last / 250)}.${++last % 250}`

async function call(
  method: 'GET' | 'POST',
  url: string,
  { form = {}, cookies = {}, from = somewhere(), referer = undefined as string | undefined } = {},
): Promise<Answer> {
  const answer = await server.server!.inject({
    method,
    url,
    remoteAddress: from,
    headers: {
      accept: 'text/html',
      'accept-language': 'en',
      cookie: Object.entries(cookies)
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
      ...(referer ? { referer } : {}),
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(method === 'POST' ? { payload: new URLSearchParams(form as Record<string, string>).toString() } : {}),
  })
  return {
    status: answer.statusCode,
    text: answer.body,
    location: answer.headers.location,
    retryAfter: Number(answer.headers['retry-after'] ?? 0),
    cookies: { ...cookies, ...Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value])) },
  }
}
const post = (url: string, form: Record<string, string>, more: { cookies?: Cookies; from?: string } = {}) =>
  call('POST', url, { form, ...more } as never)
const get = (url: string, cookies: Cookies = {}) => call('GET', url, { cookies } as never)

let people = 0
async function person(role: Role = 'merchandiser') {
  const email = `p${++people}@example.com`
  const { id } = await line.identity.createUser(house, { email, name: `Person ${people}`, password: PASSWORD, lang: 'en', role }) // prettier-ignore
  const signIn = (password = PASSWORD, more: { cookies?: Cookies; from?: string } = {}) =>
    post('/sign-in', { email, password }, more)
  return { id, email, signIn, cookies: async () => (await signIn()).cookies }
}
const said = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll(/\s+/g, ' ')
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const acts = async (about: string) =>
  (await line.security.list(house, { about, limit: 100 })).map(({ act, details }) => [act, details] as const)

beforeAll(async () => {
  server = await testServer({ role: 'web', clock })
  line = server.app.line
  await line.identity.createFirst(house, { email: 'first@example.com', name: 'First', password: PASSWORD, lang: 'en' })
}, 120_000)
afterAll(() => server.close())

describe('wrong passwords', () => {
  test('for one account from many addresses slow down who tries, longer each time, and never for more than a quarter of an hour', async () => {
    const { signIn } = await person()
    const tries: Answer[] = []
    for (let n = 0; n < 60; n++) tries.push(await signIn(`guess number ${n}`))
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(55)
    const waits: number[] = []
    for (let n = 0; n < 14; n++) {
      const refused = await signIn('guess')
      expect(refused.status).toBe(429)
      waits.push(refused.retryAfter)
      clock.advance(refused.retryAfter * SECOND)
      expect((await signIn('guess')).status).toBe(401)
    }
    expect(waits.slice(0, 4)).toEqual([2, 4, 8, 16])
    expect(Math.max(...waits)).toBe(900)
  })

  test('of strangers lock nobody out: a browser that signed in before gets in at once, others after the wait', async () => {
    const { signIn, cookies } = await person()
    const { device } = await cookies()
    for (let n = 0; n < 30; n++) await signIn(`guess number ${n}`)
    expect((await signIn()).status).toBe(429)
    expect((await signIn(PASSWORD, { cookies: { device: device ?? '' } })).status).toBe(303)
    const { retryAfter } = await signIn()
    clock.advance(retryAfter * SECOND)
    expect((await signIn()).status).toBe(303)
  })

  test('of one address make its own way longer and not that of others', async () => {
    const { signIn } = await person()
    for (let n = 0; n < 20; n++) expect((await signIn(`guess ${n}`, { from: '203.0.113.9' })).status).toBe(401)
    clock.advance(2 * MINUTE)
    expect((await signIn(PASSWORD, { from: '203.0.113.9' })).status).toBe(429)
    expect((await signIn()).status).toBe(303)
  })

  test('are answered alike whether there is such an account or not, also when it has been tried too often', async () => {
    const { signIn } = await person()
    const nobody = (n: number) => post('/sign-in', { email: 'no.such@example.com', password: `guess ${n}` })
    for (let n = 0; n < 8; n++) {
      const [theirs, none] = [await signIn(`guess ${n}`), await nobody(n)]
      expect([none.status, none.retryAfter]).toEqual([theirs.status, theirs.retryAfter])
    }
  })
})

test.each(['password12', 'qwertyuiop', 'Firstcut2026', 'woaini520520', 'Wang.Xiaohong1', 'wangxh1wangxh1'])(
  'the password %s is refused with a word beside the field',
  async (password) => {
    const account = { email: 'wangxh1@example.com', name: 'Wang Xiaohong', password, lang: 'zh' as const }
    await expect(line.identity.createUser(house, { ...account, role: 'viewer' })).rejects.toMatchObject({
      status: 422,
      code: 'identity.common-password',
      extra: { field: 'password' },
    })
  },
)

describe('a person', () => {
  test('changes their own password with the present one, and is signed out everywhere else', async () => {
    const { id, signIn } = await person()
    const [here, there] = [(await signIn()).cookies, (await signIn()).cookies]
    const change = (current: string, password: string) =>
      post('/account/password', { current, password }, { cookies: here })
    expect(said((await change('not it', 'four other little words')).text)).toContain('not your present password')
    expect(said((await change(PASSWORD, 'password12')).text)).toContain('one of the first that are tried')
    expect((await change(PASSWORD, 'four other little words')).location).toBe('/account?done=password')
    expect([(await get('/account', here)).status, (await get('/account', there)).status]).toEqual([200, 303])
    expect([(await signIn()).status, (await signIn('four other little words')).status]).toEqual([401, 303])
    expect((await acts(`user:${id}`)).map(([act]) => act)).toEqual(expect.arrayContaining(['account.password', 'session.ended'])) // prettier-ignore
  })

  test('who forgot it gets a letter whose link works once, within an hour, and only when sent', async () => {
    const { email, signIn, cookies } = await person()
    const open = await cookies()
    const letter = async () => {
      await post('/forgot-password', { email })
      const rows = await line.context.db.read.select().from(mails).where(eq(mails.to, email)).orderBy(mails.id)
      return /token=([\w-]+)/.exec(openLetter(line.context.engines.vault, rows.at(-1)!).body)?.[1] ?? ''
    }
    const [asked, nobody] = [await post('/forgot-password', { email }), await post('/forgot-password', { email: 'no.such@example.com' })] // prettier-ignore
    expect([nobody.status, said(nobody.text)]).toEqual([asked.status, said(asked.text)])
    const token = await letter()
    for (let n = 0; n < 3; n++) expect((await get(`/reset-password?token=${token}`)).status).toBe(200)
    const send = (password: string, by = token) => post('/reset-password', { token: by, password })
    expect((await send('password12')).status).toBe(422)
    expect((await send('five small words by letter')).location).toBe('/sign-in')
    expect((await send('six small words by letter')).status).toBe(410)
    expect([(await signIn()).status, (await signIn('five small words by letter')).status]).toEqual([401, 303])
    expect((await get('/account', open)).status).toBe(303)
    const late = await letter()
    clock.advance(HOUR + SECOND)
    expect((await get(`/reset-password?token=${late}`)).status).toBe(410)
    expect((await send('six small words by letter', late)).status).toBe(410)
  })

  test('sees where they are signed in, and ends it there', async () => {
    const { id, signIn } = await person()
    const [here, there] = [(await signIn()).cookies, (await signIn()).cookies]
    expect(await line.identity.listSessions(house, { id })).toHaveLength(2)
    const page = await get('/account', here)
    const end = /\/account\/sessions\/(\w+)\/end"/.exec(page.text)?.[1] ?? ''
    expect((await post(`/account/sessions/${end}/end`, {}, { cookies: here })).status).toBe(303)
    expect([(await get('/account', here)).status, (await get('/account', there)).status]).toEqual([200, 303])
  })

  test('proves once more who it is before making a key, and is led back', async () => {
    const { cookies } = await person('admin')
    const me = await cookies()
    clock.advance(16 * MINUTE)
    const make = () => post('/console/keys', { name: 'erp', scopes: 'read', expiresInDays: '90', perMinute: '60' }, { cookies: me }) // prettier-ignore
    const page = await get('/console/accounts', me)
    expect(page.text).not.toContain('action="/console/keys"')
    expect((await make()).location).toMatch(/^\/confirm\?next=/)
    expect((await post('/confirm', { proof: 'not it', next: '/console/accounts' }, { cookies: me })).status).toBe(422)
    expect((await post('/confirm', { proof: PASSWORD, next: '/console/accounts' }, { cookies: me })).location).toBe('/console/accounts') // prettier-ignore
    expect((await make()).status).toBe(201)
  })
})

describe('the second factor', () => {
  const codeOf = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')), digits: 6, period: 30 }).generate({
      timestamp: clock.now().getTime(),
    })

  async function withFactor(role: Role = 'merchandiser') {
    const one = await person(role)
    const me = await one.cookies()
    const page = await get('/account/second-factor', me)
    expect(page.text).toMatch(/<svg class="qr"[\s\S]*<path d="M4 4h1v1h-1z/)
    const offer = hidden(page.text, 'offer')
    const secret = /<code class="mono">([A-Z2-7 ]+)<\/code>/.exec(page.text)?.[1] ?? ''
    expect((await post('/account/second-factor', { offer, code: '000000' }, { cookies: me })).status).toBe(422)
    const on = await post('/account/second-factor', { offer, code: codeOf(secret) }, { cookies: me })
    const codes = /<pre>([\s\S]*?)<\/pre>/.exec(on.text)?.[1]?.split('\n') ?? []
    expect(codes).toHaveLength(10)
    const ticket = async () => hidden((await one.signIn()).text, 'ticket')
    const enter = async (code: string) => post('/sign-in/code', { ticket: await ticket(), code, next: '/console' })
    return { ...one, me, secret, codes, enter, ticket }
  }

  test('is asked for after the password, and a code that was used is not taken again', async () => {
    const { id, secret, enter, signIn } = await withFactor()
    expect((await signIn()).cookies['session']).toBeUndefined()
    clock.advance(31 * SECOND)
    const code = codeOf(secret)
    expect((await enter(code)).location).toBe('/console')
    expect((await enter(code)).status).toBe(422)
    clock.advance(31 * SECOND)
    expect((await enter(codeOf(secret))).location).toBe('/console')
    expect(await acts(`user:${id}`)).toEqual(
      expect.arrayContaining([
        ['sign-in.done', expect.objectContaining({ by: 'password-code' })],
        ['sign-in.refused', expect.objectContaining({ reason: 'code' })],
        ['account.second-factor', { is: 'on' }],
      ]),
    )
  })

  test('one code lets one in, of ten that come with it at once', async () => {
    const { secret, enter } = await withFactor()
    clock.advance(31 * SECOND)
    const code = codeOf(secret)
    const answers = await Promise.all(Array.from({ length: 4 }, () => enter(code)))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  })

  test('codes cannot be tried one after the other', async () => {
    const { enter } = await withFactor()
    const answers: number[] = []
    for (let n = 0; n < 12; n++) answers.push((await enter(String(100_000 + n))).status)
    expect(answers.filter((status) => status === 422)).toHaveLength(5)
    expect(answers.at(-1)).toBe(429)
  })

  test('a recovery code stands in for the phone, once; an admin or the machine can take the factor away', async () => {
    const { id, codes, enter, signIn } = await withFactor('admin')
    expect((await enter(codes[0]!.toUpperCase().replaceAll('-', ' '))).location).toBe('/console')
    expect((await enter(codes[0]!)).status).toBe(422)
    await line.identity.changeUser(house, { id, secondFactor: false })
    expect((await signIn()).location).toBe('/console')
    expect((await acts(`user:${id}`)).map(([act]) => act)).toContain('account.recovery-used')
  })
})

describe('an API key', () => {
  const ask = (key: string, url = '/api/v1/styles') =>
    server.server!.inject({ url, headers: { authorization: `Bearer ${key}` }, remoteAddress: somewhere() })

  test('counts until its day, is noted when it is first and last used, and the log tells its life', async () => {
    const { id, key } = await line.identity.createKey(house, { name: 'erp', scopes: ['read'], expiresInDays: 30 })
    const lastUsed = async () => (await line.identity.listKeys(house)).find((each) => each.id === id)?.lastUsedAt
    expect(await lastUsed()).toBeNull()
    expect((await ask(key)).statusCode).toBe(200)
    const first = await lastUsed()
    clock.advance(30 * SECOND)
    await ask(key)
    expect(await lastUsed()).toEqual(first)
    clock.advance(31 * SECOND)
    await ask(key)
    expect(await lastUsed()).toEqual(clock.now())
    clock.advance(30 * DAY)
    expect((await ask(key)).statusCode).toBe(401)
    await server.app.worker.processAll()
    expect((await acts(`key:${id}`)).map(([act]) => act)).toEqual(['key.expired', 'key.used-first', 'key.made'])
  })

  test('has an allowance of its own', async () => {
    const { key } = await line.identity.createKey(house, { name: 'slow', scopes: ['read'], perMinute: 3 })
    const answers: number[] = []
    for (let n = 0; n < 5; n++) answers.push((await ask(key)).statusCode)
    expect(answers).toEqual([200, 200, 200, 429, 429])
  })

  test('for one area reads that area and no other', async () => {
    const { key } = await line.identity.createKey(house, { name: 'trends', scopes: ['trends:read'] })
    const answers = await Promise.all(
      ['/api/v1/sources', '/api/v1/styles', '/api/v1/factories', '/api/v1/inquiries', '/api/v1/counts'].map(
        async (url) => (await ask(key, url)).statusCode,
      ),
    )
    expect(answers).toEqual([200, 403, 403, 403, 403])
  })
})

describe('every role may what it may, and nothing else', () => {
  /** Every route with what it says it needs, as the server knows it. */
  const routes = () =>
    [...server.server!.routeAccess].map(([name, access]) => {
      const [method = '', url = ''] = name.split(' ')
      return { method, url, access }
    })

  test('a higher role may all that a lower one may', () => {
    for (const [n, role] of ROLES.entries())
      for (const scope of PERMISSIONS[ROLES[n - 1] ?? 'viewer'])
        expect(may({ kind: 'user', id: 'u', name: 'u', role }, scope)).toBe(true)
  })

  test('the routes that ask once more who it is exist', () => {
    const known = new Set(routes().map(({ method, url }) => `${method} ${url}`))
    expect([...CONFIRMED_ROUTES].filter((name) => !known.has(name))).toEqual([])
  })

  test.each(ROLES)('%s', async (role) => {
    const all = routes()
    expect(all.length).toBeGreaterThan(120)
    const who = await person(role)
    const cookies = await who.cookies()
    const wrong: string[] = []
    for (const { method, url, access } of all) {
      if (PUBLIC_ROUTES.has(`${method} ${url}`) || ['link', 'signature', 'session'].includes(access)) continue
      if (method !== 'GET' && may({ kind: 'user', id: '', name: '', role }, access as Scope)) continue // acts are other tests'
      const answer = await server.server!.inject({
        method: method as 'GET',
        url: url.replaceAll(/:(\w+)/g, 'x'),
        remoteAddress: somewhere(),
        headers: { accept: 'text/html', cookie: `session=${cookies['session']}` },
      })
      const allowed = may({ kind: 'user', id: who.id, name: '', role }, access as Scope)
      if ((answer.statusCode === 403) === allowed) wrong.push(`${method} ${url} (${access}): ${answer.statusCode}`)
    }
    expect(wrong).toEqual([])
  })

  test.each(ROLES)('%s is offered nothing that would be refused', async (role) => {
    const { cookies } = await person(role)
    const me = await cookies()
    const all = routes()
    const pages = ['/console', '/console/trends', '/console/styles', '/console/campaigns', '/console/inquiries', '/console/orders', '/console/reorders', '/console/sources', '/console/factories', '/console/materials', '/console/events', '/account'] // prettier-ignore
    const refused: string[] = []
    for (const page of pages) {
      const { text } = await get(page, me)
      const offers = [
        ...[...text.matchAll(/<form[^>]*method="post"[^>]*action="([^"]+)"/g)].map(([, url = '']) => ['POST', url]),
        ...[...text.matchAll(/<a [^>]*href="(\/console[^"#?]*)/g)].map(([, url = '']) => ['GET', url]),
      ]
      for (const [method, url = ''] of offers) {
        const route = all.find(
          (each) =>
            each.method === method &&
            new RegExp(`^${each.url.replaceAll(/:\w+/g, '[^/]+')}$`).test(url.split('?')[0] ?? ''),
        )
        const needs = route?.access
        if (!needs || ['public', 'session', 'link'].includes(needs)) continue
        if (!may({ kind: 'user', id: '', name: '', role }, needs as Scope)) refused.push(`${page}: ${method} ${url}`)
      }
    }
    expect(refused).toEqual([])
  })

  test('the last admin can be neither demoted nor switched off, and nobody demotes themselves', async () => {
    const { id, cookies } = await person('admin')
    const me = await cookies()
    expect((await post(`/console/accounts/${id}/role`, { role: 'viewer' }, { cookies: me })).status).toBe(409)
    const other = await person()
    expect((await post(`/console/accounts/${other.id}/role`, { role: 'manager' }, { cookies: me })).status).toBe(303)
    expect(await acts(`user:${other.id}`)).toEqual(expect.arrayContaining([['account.role', { was: 'merchandiser', is: 'manager' }]])) // prettier-ignore
  })
})
