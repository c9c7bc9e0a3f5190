/** A campaign that was taken down is gone everywhere outside; whoever steers it finds it in the console, the API and the terminal. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { HandClock } from '../../src/core/clock.ts'
import { newId } from '../../src/core/values.ts'
import { campaigns, styleVersions } from '../../src/db/schema.ts'
import { openApproved } from '../../src/stages/4-storefront/opening.ts'
import { approvedStyle } from '../support/lots.ts'
import { firstCookie, testServer, type TestServer } from '../support/server.ts'

let server: TestServer
let cookie: string
let id: string
let slug: string
let picture: string
const clock = new HandClock()

beforeAll(async () => {
  server = await testServer({ clock, role: 'web' })
  const { context, storefront } = server.app.line
  const { styleId, hash } = await approvedStyle(context)
  await openApproved(context, { styleId, version: 1, hash })
  const [row] = await storefront.list(system('test'), { limit: 1 })
  ;({ id, slug } = row!.campaign)
  const bytes = Buffer.concat([Buffer.from('RIFF....WEBP'), Buffer.alloc(64)])
  const file = await context.engines.files.put(bytes)
  picture = `/pictures/${file}.webp`
  const pictures = [{ colourway: 'x', view: 'front', width: 640, height: 800, files: { webp: file }, digitalSourceType: 'x' }] // prettier-ignore
  await context.db.write(
    (tx) =>
    tx.update(styleVersions).set({ pictures }).where(eq(styleVersions.styleId, styleId)).returning({ id: styleVersions.id }), // prettier-ignore
  )
  cookie = await firstCookie(server)
}, 120_000)
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers: { accept: 'text/html', 'accept-language': 'en', ...headers } })
const press = (path: string, form: Record<string, string> = {}) =>
  fetch(`${server.url}/console/campaigns/${id}/${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', origin: server.url, cookie },
    body: new URLSearchParams(form),
  })
const machine = (path: string, body?: object) =>
  fetch(`${server.url}/api/v1/campaigns/${id}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const row = async () => (await server.app.db.read.select().from(campaigns).where(eq(campaigns.id, id)))[0]!

test('paused in the console: its page says so and has no form; a reason is asked for beside its field', async () => {
  const refused = await press('pause', { step: 'pause', why: 'supply', reason: '' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toMatch(/<details class="fold" open[\s\S]*field-error/)
  expect((await press('pause', { step: 'pause', why: 'supply', reason: 'Cloth is late' })).status).toBe(303)
  const page = await (await get(`/shop/${slug}`)).text()
  expect(page).toContain('takes no new pre-orders just now')
  expect(page).not.toContain('name="idempotencyKey"')
  expect(await (await get('/shop')).text()).toContain('Paused')
  expect(await (await get(`/api/v1/campaigns/${id}`)).json()).toMatchObject({ state: 'open', paused: true })
  const own = await (await get(`/console/campaigns/${id}`, { cookie })).text()
  expect(own).toContain('Cloth is late')
  expect(own).toContain('Kim')
  expect((await machine('/resume', { reason: 'It has come' })).status).toBe(200)
  expect(await (await get(`/shop/${slug}`)).text()).toContain('name="idempotencyKey"')
})

test('taken down: 410 on its page, its API, its pictures and its questions, and in no list; the house sees its record', async () => {
  const { demand } = server.app.line
  const lines = [{ size: (await row()).sizes[0]!, colourway: (await row()).colourways[0]!, quantity: 1 }]
  const placed = await demand.place(anonymous, id, { email: 'a@example.com', name: 'Ann', lang: 'en', lines }, { key: newId(), describe: ({ code }) => code }) // prettier-ignore
  const preorder = (JSON.parse(placed.text) as { id: string }).id
  const link = new URL(demand.linkFor(preorder))
  // Everything that keeps something has it now.
  expect(await (await get('/shop')).text()).toContain(slug)
  expect(await (await get('/')).text()).toContain(slug)
  expect((await get(`/shop/${slug}`)).status).toBe(200)
  const shown = await get(picture)
  expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'public, max-age=86400, s-maxage=300'])
  const etag = shown.headers.get('etag') ?? ''
  expect((await get(picture, { 'if-none-match': etag })).status).toBe(304)

  const act = (await (await machine('/take-down', { why: 'rights', reason: 'A rights holder wrote' })).json()) as { id: string } // prettier-ignore
  for (const path of [`/shop/${slug}`, `/shop/${id}`, `/api/v1/campaigns/${id}`, `/api/v1/campaigns/${slug}`, picture])
    expect((await get(path)).status, path).toBe(410)
  expect((await get(picture, { 'if-none-match': etag })).status).toBe(410)
  for (const [path, form] of [
    ['inquiries', { email: 'b@example.com', question: 'Is it still there?' }],
    ['preorders', { email: 'b@example.com', name: 'Bo' }],
  ] as const) {
    const body = new URLSearchParams(form)
    const headers = { accept: 'text/html', origin: server.url }
    expect((await fetch(`${server.url}/shop/${slug}/${path}`, { method: 'POST', headers, body })).status).toBe(410)
  }
  for (const path of ['/', '/shop', '/api/v1/campaigns'])
    expect(await (await get(path)).text(), path).not.toContain(slug)
  const mine = await (await get(link.pathname + link.search)).text()
  expect(mine).toContain('We have stopped this campaign')
  expect(mine).not.toMatch(/\/pictures\/|\/shop\/fc/)
  const seen = await get(picture, { cookie })
  expect([seen.status, seen.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  const record = await (await get(`/console/campaigns/${id}`, { cookie })).text()
  expect(record).toContain('A rights holder wrote')
  expect(record).toContain('nobody outside sees its page')
  expect(await (await machine('')).json()).toMatchObject({ id, state: 'stopping', endedBy: 'taken-down' })

  expect((await press(`acts/${act.id}/undo`)).status).toBe(303)
  for (const path of [`/shop/${slug}`, picture]) expect((await get(path)).status, path).toBe(200)
  expect(await (await machine('/acts')).json()).toMatchObject({
    items: [{ kind: 'take-down', state: 'undone' }, { kind: 'resume' }, { kind: 'pause' }],
  })
})
