import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { newSecret, signMessage } from '../../src/core/signature.ts'
import { frozenLot } from '../support/lots.ts'
import { register, SHIP_TO } from '../support/factories.ts'
import { testServer, type TestServer } from '../support/server.ts'

const house = system('test')
let server: TestServer
let staff = ''
let factories: Awaited<ReturnType<typeof register>>[]
const portal: string[] = []
let orderId = ''

/** A person's browser: a form is sent from the page's own origin, an answer is not followed. */
const send = (path: string, cookie: string, form?: Record<string, string>) =>
  fetch(`${server.url}${path}`, {
    redirect: 'manual',
    headers: { accept: 'text/html', origin: server.url, cookie: `${cookie}; lang=en`, 'accept-language': 'en' },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  })
const textOf = async (path: string, cookie: string) => (await send(path, cookie)).text()
const cookieOf = (answer: Response, name: string) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .find((pair) => pair.includes(name)) ?? ''
const api = (path: string, body?: unknown) =>
  fetch(`${server.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
const callback = (secret: string, type: string, data: Record<string, unknown>) => {
  const body = JSON.stringify({ type, data })
  return fetch(`${server.url}/factory/callbacks/${factories[0]!.factory.id}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...signMessage([secret], 'msg_h1', server.app.line.context.clock.now(), body),
    },
    body,
  })
}

beforeAll(async () => {
  server = await testServer({ role: 'web' })
  const { line } = server.app
  await line.dispatch.changeTerms(house, SHIP_TO)
  factories = [
    await register(line.dispatch, { name: 'First', rates: { tee: 700 } }),
    await register(line.dispatch, { name: 'Second', rates: { tee: 900 } }),
  ]
  const first = await send('/first-run', '', {
    email: 'kim@example.com',
    name: 'Kim',
    password: 'a long enough sentence',
    lang: 'en',
  })
  staff = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  for (const { portalToken } of factories)
    portal.push(cookieOf(await send('/factory/enter', '', { token: portalToken }), 'factory-session='))
  const { lot } = await frozenLot(line.context)
  const payload = { lotId: lot.id }
  await line.dispatch.reactions['demand.lot-frozen']!({
    id: 'e',
    name: 'demand.lot-frozen',
    payload,
    at: line.context.clock.now(),
  })
  const [open] = await line.dispatch.openOffers(factories[0]!.actor)
  orderId = open!.order.id
  await line.dispatch.accept(factories[0]!.actor, { orderId, offerId: open!.offer.id })
}, 120_000)
afterAll(() => server.close())

test('a merchandiser asks in the console, the factory reads it in its portal and refuses with a reason', async () => {
  const page = `/console/orders/${orderId}`
  const nothing = await send(`${page}/cancellation`, staff, { step: 'cancel', reason: ' ', follow: 'replace' })
  expect(nothing.status).toBe(422)
  const sent = await send(`${page}/cancellation`, staff, {
    step: 'cancel',
    reason: 'sleeve too short',
    follow: 'release',
  })
  expect(sent.status).toBe(303)
  expect(await textOf(page, staff)).toContain('Withdraw the request')
  expect(await textOf('/factory', portal[0]!)).toContain('Cancellation asked: please answer')
  const job = await textOf(`/factory/jobs/${orderId}`, portal[0]!)
  expect(job).toContain('sleeve too short')
  const [, action = ''] = /action="(\/factory\/jobs\/[^"]+\/refuse)"/.exec(job) ?? []
  expect((await send(action, portal[0]!, { step: 'refuse', reason: '' })).status).toBe(422)
  // Another factory's cookie opens nothing.
  expect((await send(action, portal[1]!, { reason: 'x' })).status).not.toBe(303)
  expect((await send(action, portal[0]!, { step: 'refuse', reason: 'cut already' })).status).toBe(303)
  expect(await textOf(page, staff)).toContain('cut already')
})

test('what the factory asked for in its portal it takes back there, in either language; the console says so', async () => {
  const page = `/factory/jobs/${orderId}`
  await send(`${page}/cancellation`, portal[0]!, { reason: 'no zips', requestId: 'w1' })
  const asked = await textOf(page, portal[0]!)
  expect(asked).toContain('Withdraw the request')
  const [, action = ''] = /action="(\/factory\/jobs\/[^"]+\/withdraw)"/.exec(asked) ?? []
  expect((await send(action, portal[1]!, { step: 'withdraw' })).status).not.toBe(303)
  const done = await send(action, portal[0]!, { step: 'withdraw', reason: 'zips are here' })
  expect([done.status, done.headers.get('location')]).toEqual([303, `${page}?done=cancel-withdrawn`])
  expect((await send(action, portal[0]!, { step: 'withdraw' })).status).toBe(303)
  const after = await textOf(page, portal[0]!)
  expect(after).toContain('You withdrew your request to cancel')
  const zh = await fetch(server.url + page, { headers: { cookie: `${portal[0]}; lang=zh`, accept: 'text/html' } })
  expect(await zh.text()).toContain('贵厂已撤回取消请求')
  expect(await textOf(`/console/orders/${orderId}`, staff)).toContain('zips are here')
})

test('a signed callback asks for it, a wrong signature does not; the console agrees and the portal says stop', async () => {
  const asked = { orderId, reason: 'the cutter burnt down' }
  expect((await callback(newSecret(), 'order.cancellation-asked', asked)).status).toBe(401)
  const answer = await callback(factories[0]!.secret, 'order.cancellation-asked', asked)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ orderId, cancellation: 'asked' })
  expect(await textOf('/console', staff)).toContain('factory asking to cancel')
  const page = await textOf(`/console/orders/${orderId}`, staff)
  const [, action = ''] = /action="(\/console\/orders\/[^"]+\/agree)"/.exec(page) ?? []
  expect((await send(action, staff, { step: 'agree', follow: 'replace' })).status).toBe(303)
  const { order, cancellations } = (await (await api(`/production-orders/${orderId}`)).json()) as {
    order: { state: string; factoryId: string | null }
    cancellations: { state: string; follow: string | null }[]
  }
  expect(order).toMatchObject({ state: 'placing', factoryId: null })
  expect(cancellations.map(({ state, follow }) => [state, follow])).toEqual([
    ['refused', 'release'],
    ['withdrawn', null],
    ['agreed', 'replace'],
  ])
  expect(await textOf(`/factory/jobs/${orderId}`, portal[0]!)).toContain('Please stop work on it')
  const late = await callback(factories[0]!.secret, 'order.progressed', { orderId, sequence: 1, state: 'shipped' })
  expect(late.status).toBe(409)
  expect(await late.json()).toMatchObject({ code: 'cancellations.called-off' })
})

test('the API asks, and answers for a factory that agreed by telephone; the portal’s own form asks too', async () => {
  const { line } = server.app
  await line.dispatch.reactions['dispatch.called-off']!({
    id: 'e2',
    name: 'dispatch.called-off',
    payload: { orderId, cancellationId: 'any', follow: 'replace' },
    at: line.context.clock.now(),
  })
  const [open] = await line.dispatch.openOffers(factories[1]!.actor)
  await line.dispatch.accept(factories[1]!.actor, { orderId, offerId: open!.offer.id })
  const wish = await send(`/factory/jobs/${orderId}/cancellation`, portal[1]!, { reason: 'no cloth', requestId: 'q1' })
  expect(wish.status).toBe(303)
  const mine = (await line.dispatch.cancellations(house, { id: orderId })).at(-1)!
  const refused = await api(`/production-orders/${orderId}/cancellation/${mine.id}/answer`, {
    agree: false,
    reason: 'wait',
  })
  expect(await refused.json()).toMatchObject({ state: 'refused' })
  const asked = await api(`/production-orders/${orderId}/cancellation`, { reason: 'fault', follow: 'release' })
  const { id } = (await asked.json()) as { id: string }
  const agreed = await api(`/production-orders/${orderId}/cancellation/${id}/answer`, {
    agree: true,
    reason: 'by phone',
  })
  expect(await agreed.json()).toMatchObject({ state: 'agreed', follow: 'release' })
  expect(await textOf(`/console/orders/${orderId}`, staff)).toContain('Cancelled')
  expect((await api(`/production-orders/${orderId}/cancellation`, { reason: 'x', follow: 'release' })).status).toBe(409)
})
