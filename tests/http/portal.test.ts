/** How a factory's people come into the portal, and how they are out of it again. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { HandClock } from '../../src/core/clock.ts'
import { system } from '../../src/core/actor.ts'
import { DAY, HOUR } from '../../src/core/values.ts'
import { factories, portalAccess } from '../../src/db/schema.ts'
import { register } from '../support/factories.ts'
import { testServer, type TestServer } from '../support/server.ts'

const house = system('test')
const clock = new HandClock()
let server: TestServer
let factory: { id: string; portalToken: string; email: string }
let made = 0

beforeAll(async () => {
  server = await testServer({ role: 'web', clock })
}, 120_000)
afterAll(() => server.close())
beforeEach(async () => {
  const name = `Tailor${++made}`
  const { factory: row, portalToken } = await register(server.app.line.dispatch, { name, lang: 'en' })
  factory = { id: row.id, portalToken, email: `${name.toLowerCase()}@factory.example` }
})

type Sending = { cookie?: string; form?: Record<string, string>; from?: string; headers?: Record<string, string> }
const send = (path: string, { cookie = '', form, headers }: Sending = {}) =>
  fetch(`${server.url}${path}`, {
    redirect: 'manual',
    headers: { accept: 'text/html', origin: server.url, cookie: `lang=en; ${cookie}`, ...headers },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  })
const sessionOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .find((pair) => pair.startsWith('factory-session=')) ?? ''
const enter = async (token = factory.portalToken) => sessionOf(await send('/factory/enter', { form: { token } }))
const isIn = async (cookie: string) => (await (await send('/factory', { cookie })).text()).includes('Your orders')
const letters = async () => {
  await server.app.worker.processAll()
  return ((await server.app.line.mail?.list(100)) ?? []).filter(({ to }) => to === factory.email)
}

test('following a link signs nobody in: not a scanner of mail, not a browser that another site sends there', async () => {
  const page = await send(`/factory?token=${factory.portalToken}`)
  expect([page.status, page.headers.getSetCookie(), page.headers.get('cache-control')]).toEqual([200, [], 'no-store'])
  expect(await page.text()).toMatch(/Enter as Tailor\d+/)
  expect(await server.app.db.read.$count(portalAccess)).toBe(0)
  const foreign = await send('/factory/enter', {
    form: { token: factory.portalToken },
    headers: { origin: 'https://evil.example' },
  })
  expect([foreign.status, sessionOf(foreign)]).toEqual([403, ''])
  // The one button does.
  const pressed = await send('/factory/enter', { form: { token: factory.portalToken } })
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/factory'])
  expect(await isIn(sessionOf(pressed))).toBe(true)
})

test('what lies in the browser is a session and not the link’s token, and the database has neither', async () => {
  const cookie = await enter()
  const session = cookie.split('=')[1] ?? ''
  expect(session).toMatch(/^fcs_[\w-]{43}$/)
  const stored = JSON.stringify([
    await server.app.db.read.select().from(portalAccess),
    await server.app.db.read.select().from(factories),
  ])
  for (const secret of [session, session.slice(4), factory.portalToken, factory.portalToken.slice(4)])
    expect(stored).not.toContain(secret)
  // The token itself, as browsers of an older version hold it, is no cookie any more and is taken away.
  const old = await send('/factory', { cookie: `factory=${factory.portalToken}` })
  expect(await old.text()).toContain('Send me a link')
  expect(old.headers.getSetCookie().join()).toMatch(/factory=;.*1970/)
})

test('a session ends on signing out, unused for a week, after thirty days, and when the link is renewed', async () => {
  const out = await enter()
  expect(await isIn(out)).toBe(true)
  await send('/factory/leave', { cookie: out, form: {} })
  expect(await isIn(out)).toBe(false)

  const idle = await enter()
  clock.advance(8 * DAY)
  expect(await isIn(idle)).toBe(false)

  const old = await enter()
  for (let day = 0; day < 29; day += 5) {
    expect(await isIn(old)).toBe(true)
    clock.advance(5 * DAY)
  }
  clock.advance(DAY)
  expect(await isIn(old)).toBe(false)

  const renewed = await enter()
  const { portalToken } = await server.app.line.dispatch.rotatePortal(house, { id: factory.id })
  expect(await isIn(renewed)).toBe(false)
  expect(await enter()).toBe('')
  expect(await isIn(await enter(portalToken))).toBe(true)
  const late = await send('/factory/confirm', { cookie: renewed, form: {} })
  expect(late.status).toBe(401)
  expect(await late.text()).toContain('not signed in any more')
})

test('a factory that lost its link has one sent, which opens the portal once within the hour', async () => {
  const asked = await send('/factory/link', { form: { email: factory.email.toUpperCase() } })
  expect(asked.status).toBe(200)
  const told = await asked.text()
  const [letter] = await letters()
  const link = new URL(/http\S+\/factory\?token=\S+/.exec(letter?.text ?? '')?.[0] ?? '')
  const token = link.searchParams.get('token') ?? ''
  expect(token).toMatch(/^fcl_/)
  expect(await (await send(`/factory?token=${token}`)).text()).toMatch(/Enter as Tailor/)
  expect(await isIn(await enter(token))).toBe(true)
  const again = await send('/factory/enter', { form: { token } })
  expect([again.status, sessionOf(again)]).toEqual([401, ''])
  expect(await again.text()).toContain('Send me a link')
  // The house's own link is as good as before.
  expect(await isIn(await enter())).toBe(true)

  // Whoever asks for an address that no factory has is told the same, and nobody is written.
  const nobody = await send('/factory/link', { form: { email: 'nobody@example.com' } })
  expect(await nobody.text()).toBe(told)

  await send('/factory/link', { form: { email: factory.email } })
  const late = /token=(\S+)/.exec((await letters())[0]?.text ?? '')?.[1] ?? ''
  clock.advance(HOUR + 1000)
  expect(await enter(late)).toBe('')
})

test('nobody’s address is filled with such letters: three an hour, then a word', async () => {
  for (let n = 0; n < 3; n++) expect((await send('/factory/link', { form: { email: factory.email } })).status).toBe(200)
  const refused = await send('/factory/link', { form: { email: factory.email } })
  expect(refused.status).toBe(429)
  expect(await refused.text()).toMatch(/Try again in \d+ minutes/)
  expect(await letters()).toHaveLength(3)
  const wrong = await send('/factory/link', { form: { email: 'not an address' } })
  expect(wrong.status).toBe(422)
})
