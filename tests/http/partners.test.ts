/** Partners as people and machines meet them: links that survive a form, keys that open their own and nothing else. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { HandClock } from '../../src/core/clock.ts'
import { MINUTE, newId } from '../../src/core/values.ts'
import { preorders } from '../../src/db/schema.ts'
import { openApproved } from '../../src/stages/4-storefront/opening.ts'
import { quantityField } from '../../src/edges/ui/shop/forms.tsx'
import { approvedStyle } from '../support/lots.ts'
import { firstCookie, testServer, type TestServer } from '../support/server.ts'

let server: TestServer
let cookie: string
let campaign: { id: string; slug: string; sizes: string[]; colourways: string[] }
const clock = new HandClock()

beforeAll(async () => {
  server = await testServer({ clock, role: 'web' })
  const { context, storefront } = server.app.line
  const { styleId, hash } = await approvedStyle(context)
  await openApproved(context, { styleId, version: 1, hash })
  const [row] = await storefront.list(system('test'), { limit: 1 })
  campaign = row!.campaign
  cookie = await firstCookie(server)
}, 120_000)
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers: { accept: 'text/html', 'accept-language': 'en', ...headers } })
const send = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(server.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', 'accept-language': 'en', origin: server.url, ...headers },
    body: new URLSearchParams(form),
  })
async function machine<T = Record<string, unknown>>(method: string, path: string, body?: object, key = server.key) {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'accept-language': 'en',
      'idempotency-key': newId(),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: answer.status, body: (await answer.json()) as T }
}
const partner = async (name: string) =>
  (
    await machine<{ partner: { id: string; code: string }; key: string }>('POST', '/partners', {
      name,
      kind: 'channel',
      contactEmail: 'p@example.com',
      commission: 8.25,
    })
  ).body
const lines = () => [{ size: campaign.sizes[0]!, colourway: campaign.colourways[0]!, quantity: 2 }]
const form = (buyer: string, more: Record<string, string> = {}) => ({
  name: 'Ann Xu',
  email: `${buyer}@example.com`,
  idempotencyKey: newId(),
  [quantityField(campaign.colourways[0]!, campaign.sizes[0]!)]: '2',
  ...more,
})
const sourceOf = async (email: string) =>
  (await server.app.db.read.select().from(preorders).where(eq(preorders.email, email)))[0]?.partnerId

describe('a partner’s link', () => {
  test('goes along through the form, a refusal, a colour and a language; the order is the partner’s', async () => {
    const { partner: shop } = await partner('Mei’s shop')
    const here = `/shop/${campaign.slug}?p=${shop.code}`
    const page = await (await get(here)).text()
    expect(page).toContain('You order through Mei’s shop')
    expect(page).toContain(`name="p" value="${shop.code}"`)
    expect(page).toContain(`href="/shop/${campaign.slug}?p=${shop.code}&amp;colour=`)
    expect(page).toContain(`name="next" value="/shop/${campaign.slug}?p=${shop.code}"`)
    const refused = await send(`/shop/${campaign.slug}/preorders`, form('bad', { email: 'no address', p: shop.code }))
    expect(refused.status).toBe(422)
    const again = await refused.text()
    expect(again).toContain(`name="p" value="${shop.code}"`)
    expect(again).toContain('You order through Mei’s shop')
    const done = await send(`/shop/${campaign.slug}/preorders`, form('linked', { p: shop.code }))
    expect([done.status, done.headers.get('location')]).toEqual([303, `/shop/${campaign.slug}?p=${shop.code}&done=ordered`]) // prettier-ignore
    expect(await sourceOf('linked@example.com')).toBe(shop.id)
  })

  test('that is dead says so, and what is ordered by it comes to the house; markup in it stays words', async () => {
    const { partner: shop } = await partner('Gone')
    await machine('PATCH', `/partners/${shop.id}`, { stopped: true })
    clock.advance(MINUTE)
    for (const code of [shop.code, '"><script>alert(1)</script>']) {
      const page = await (await get(`/shop/${campaign.slug}?p=${encodeURIComponent(code)}`)).text()
      expect(page).toContain('no longer in use')
      expect(page).not.toContain('<script>alert')
    }
    const done = await send(`/shop/${campaign.slug}/preorders`, form('dead', { p: shop.code }))
    expect(done.status).toBe(303)
    expect(await sourceOf('dead@example.com')).toBeNull()
  })

  test('of a program is refused where it leads nowhere, and nothing is stored', async () => {
    const order = { email: 'machine@example.com', name: 'M', lines: lines() }
    const refused = await machine('POST', `/campaigns/${campaign.id}/preorders?p=NOBODYHA`, order)
    expect([refused.status, refused.body['code'], refused.body['field']]).toEqual([422, 'partners.code', 'p'])
    expect(await sourceOf('machine@example.com')).toBeUndefined()
    const { partner: shop } = await partner('By program')
    expect((await machine('POST', `/campaigns/${campaign.id}/preorders?p=${shop.code}`, order)).status).toBe(201)
    expect(await sourceOf('machine@example.com')).toBe(shop.id)
  })

  test('opens the page of the pool, with a link to invite others and the names of nobody', async () => {
    const { partner: shop } = await partner('Pool')
    const page = await (await get(`/shop/${campaign.slug}/pool?p=${shop.code}`)).text()
    expect(page).toContain(`value="${server.url}/shop/${campaign.slug}/pool?p=${shop.code}"`)
    expect(page).toContain(`href="/shop/${campaign.slug}?p=${shop.code}#order"`)
    expect(page).not.toContain('Ann Xu')
    expect((await get('/shop/nowhere/pool')).status).toBe(404)
    expect((await machine('GET', `/campaigns/${campaign.id}/pool`)).body).toEqual({ joined: [], shops: 0 })
  })
})

describe('a partner’s key', () => {
  test('orders in its name and reads what is its own', async () => {
    const { partner: shop, key } = await partner('Keyed')
    const placed = await machine('POST', `/campaigns/${campaign.id}/preorders`, { email: 'own@example.com', name: 'O', lines: lines() }, key) // prettier-ignore
    expect(placed.status).toBe(201)
    expect(await sourceOf('own@example.com')).toBe(shop.id)
    expect((await machine('GET', '/partner', undefined, key)).body).toMatchObject({ id: shop.id, commission: 8.25 })
    const own = await machine<{ items: object[] }>('GET', '/partner/preorders', undefined, key)
    expect(own.body.items).toMatchObject([{ state: 'pending', units: 2 }])
    expect(JSON.stringify(own.body)).not.toContain('own@example.com')
    expect((await machine('GET', '/partner/statement', undefined, key)).body).toMatchObject({ partner: { id: shop.id }, rows: [{ pieces: { pending: 2 } }] }) // prettier-ignore
    const csv = await fetch(`${server.url}/api/v1/partner/statement.csv`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  })

  test('opens nothing else', async () => {
    const [{ key }, other] = [await partner('Curious'), await partner('Other')]
    const answers = await Promise.all(
      [
        '/counts',
        '/partners',
        `/partners/${other.partner.id}/statement`,
        `/campaigns/${campaign.id}/preorders`,
        '/styles',
        '/inquiries',
      ].map(async (path) => (await machine('GET', path, undefined, key)).status),
    )
    expect(answers).toEqual([403, 403, 403, 403, 403, 403])
    expect((await machine('GET', '/partner')).body).toMatchObject({ status: 403, code: 'partners.own-key' })
  })

  test('that is unknown, or of a partner that was stopped, is refused in words', async () => {
    const { partner: shop, key } = await partner('Stopped')
    await machine('PATCH', `/partners/${shop.id}`, { stopped: true })
    const order = { email: 'late@example.com', name: 'L', lines: lines() }
    const refused = await machine('POST', `/campaigns/${campaign.id}/preorders`, order, key)
    expect(refused.body).toMatchObject({ status: 403, code: 'partners.stopped', detail: expect.stringContaining('What was ordered before stays') }) // prettier-ignore
    expect((await machine('GET', '/partner', undefined, 'fcp_nothing')).body).toMatchObject({ code: 'identity.key' })
    expect(await sourceOf('late@example.com')).toBeUndefined()
  })
})

describe('in the console', () => {
  test('made, changed, given terms, stopped, its key rolled; what is wrong is told beside its field', async () => {
    const me = { cookie }
    const refused = await send(
      '/console/partners',
      { name: '', kind: 'channel', contactEmail: 'x', commission: '70' },
      me,
    )
    expect([refused.status, (await refused.text()).includes('field-error')]).toEqual([422, true])
    const made = await send('/console/partners', { name: 'Lin', kind: 'group-buyer', contactEmail: 'lin@example.com', commission: '7.5', trusted: 'yes' }, me) // prettier-ignore
    const shown = await made.text()
    expect(made.status).toBe(201)
    expect(made.headers.get('cache-control')).toBe('no-store')
    const key = /fcp_[\w-]{43}/.exec(shown)?.[0]
    const id = /\/console\/partners\/([0-9a-f-]{36})/.exec(shown)?.[1] ?? ''
    expect(shown).toContain(`/shop/${campaign.slug}?p=`)
    const page = async () => (await get(`/console/partners/${id}`, me)).text()
    expect(await page()).not.toContain(key ?? '-')
    expect((await send(`/console/partners/${id}`, { name: 'Lin & Co', kind: 'channel', contactName: '', contactEmail: 'lin@example.com', commission: '9' }, me)).status).toBe(303) // prettier-ignore
    expect(await page()).toContain('Lin &amp; Co')
    const low = await send(`/console/partners/${id}/terms`, { campaignId: campaign.id, commission: '', price: '0.01' }, me) // prettier-ignore
    expect([low.status, (await low.text()).includes('can be sold below')]).toEqual([422, true])
    expect((await send(`/console/partners/${id}/terms`, { campaignId: campaign.id, commission: '3', price: '' }, me)).status).toBe(303) // prettier-ignore
    const rolled = await send(`/console/partners/${id}/key`, {}, me)
    expect(/fcp_[\w-]{43}/.exec(await rolled.text())?.[0]).not.toBe(key)
    expect((await send(`/console/partners/${id}/stop`, {}, me)).status).toBe(303)
    expect(await page()).toContain('Stopped')
    expect(await (await get('/console/partners', me)).text()).toContain('Lin &amp; Co')
    const log = await (await get(`/console/security?about=partner:${id}`, me)).text()
    expect(log).toContain('Key of a partner rolled')
    expect(log).toContain('Lin &amp; Co')
  })
})
