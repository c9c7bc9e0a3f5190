/** Buyers' links hold for a time and are sent again; strangers get so many letters and no more. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anonymous } from '../../src/core/actor.ts'
import { HandClock } from '../../src/core/clock.ts'
import { DAY, HOUR, newId } from '../../src/core/values.ts'
import { inquiries, mails, preorders } from '../../src/db/schema.ts'
import { openCampaign } from '../support/campaigns.ts'
import { gatheredCampaign } from '../support/lots.ts'
import { testServer, type TestServer } from '../support/server.ts'

const clock = new HandClock()
let server: TestServer
let campaign: string
let network = 0

beforeAll(async () => {
  server = await testServer({ role: 'web', clock, more: { TRUST_PROXY: 'true' } })
}, 120_000)
afterAll(() => server.close())
beforeEach(async () => {
  network++
  clock.advance(2 * HOUR)
  campaign = (await openCampaign(server.app.line.context, { thresholdUnits: 10_000 })).id
})

const from = (n = network) => ({ 'x-forwarded-for': `198.51.100.${n}` })
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = from()) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', origin: server.url, cookie: 'lang=en', ...headers },
    body: new URLSearchParams(form),
  })
const order = (email: string, headers?: Record<string, string>) =>
  post(`/shop/test-${campaign}/preorders`, { email, name: 'Ann', 'q:olive:M': '1', idempotencyKey: newId() }, headers)
const work = async () => {
  const { demand } = server.app.line
  while (await demand.queueConfirmations());
}
const lettersTo = async (start: string) =>
  (await server.app.db.read.select().from(mails)).filter(({ to }) => to.startsWith(start)).length
const stored = () => server.app.db.read.$count(preorders, eq(preorders.campaignId, campaign))
const delivered = async (to: string) => {
  await server.app.worker.processAll()
  return ((await server.app.line.mail?.list(300)) ?? []).filter((letter) => letter.to === to)
}
const linkIn = (text = '') => new URL(/http\S+\/preorders\/\S+/.exec(text)?.[0] ?? 'http://none')

describe('letters to strangers', () => {
  test('a hundred pre-orders to a hundred strangers from one network: all are stored, sixty letters go out, the others wait', async () => {
    for (let n = 0; n < 100; n++) expect((await order(`crowd${network}-${n}@example.com`)).status).toBe(303)
    await work()
    expect(await stored()).toBe(100)
    expect(await lettersTo(`crowd${network}-`)).toBe(60)
    // The counters hold them all as waiting for their buyers.
    expect((await server.app.line.demand.audit({ kind: 'system', name: 'test' }, { repair: false })).length).toBe(0)
    // A neighbour is not held up by them.
    await order(`neighbour${network}@example.com`, from(200))
    await work()
    expect(await lettersTo(`neighbour${network}@`)).toBe(1)
    clock.advance(HOUR + 1000)
    await work()
    expect(await lettersTo(`crowd${network}-`)).toBe(100)
    const rows = await server.app.db.read.select().from(preorders).where(eq(preorders.campaignId, campaign))
    expect(rows.filter(({ origin, letterAfter }) => origin || letterAfter)).toEqual([])
  })

  test('whoever is over it is told on the page when the letter comes, and not to order again', async () => {
    const email = `often${network}@example.com`
    const { campaignId } = await gatheredCampaign(server.app.line.context)
    const { campaign: real, version } = await server.app.line.storefront.page(anonymous, { id: campaignId })
    const colour = version.spec.colourways[0]?.id ?? ''
    for (let n = 0; n < 10; n++) expect((await order(email)).headers.get('location')).not.toContain('wait')
    await work()
    const answer = await post(`/shop/${real.slug}/preorders`, {
      email,
      name: 'Ann',
      [`q:${colour}:${real.sizes[0]}`]: '1',
      idempotencyKey: newId(),
    })
    const location = answer.headers.get('location') ?? ''
    expect([answer.status, location]).toEqual([303, expect.stringMatching(/done=ordered&wait=\d+$/)])
    const page = await fetch(`${server.url}${location}`, { headers: { cookie: 'lang=en' } })
    expect(await page.text()).toMatch(/is stored.*goes out by itself in about \d+ minutes, so do not order again/s)
    await work()
    expect(await server.app.db.read.$count(preorders, eq(preorders.email, email))).toBe(11)
    expect(await lettersTo(email)).toBe(10)
  })

  test('a stranger who was never asked is not written when the campaign ends either', async () => {
    for (let n = 0; n < 61; n++) await order(`ended${network}-${n}@example.com`)
    await work()
    clock.advance(22 * DAY)
    const { demand } = server.app.line
    await demand.reactions['demand.sweep-due']()
    await server.app.worker.processAll()
    expect(await lettersTo(`ended${network}-`)).toBe(120)
    expect(await lettersTo(`ended${network}-60@`)).toBe(0)
  })

  test('questions are taken five an hour from one address and ten from one network', async () => {
    const { campaignId } = await gatheredCampaign(server.app.line.context)
    const { slug } = (await server.app.line.storefront.page(anonymous, { id: campaignId })).campaign
    const ask = (email: string) => post(`/shop/${slug}/inquiries`, { email, question: 'Does it run large?' })
    for (let n = 0; n < 5; n++) expect((await ask('one@example.com')).status).toBe(303)
    const refused = await ask('one@example.com')
    expect([refused.status, await refused.text()]).toEqual([429, expect.stringMatching(/Try again in \d+ minutes/)])
    for (let n = 0; n < 5; n++) expect((await ask(`other-${n}@example.com`)).status).toBe(303)
    expect((await ask('another@example.com')).status).toBe(429)
    expect(await server.app.db.read.$count(inquiries, eq(inquiries.campaignId, campaignId))).toBe(10)
  })
})

describe('a buyer’s link', () => {
  test('holds until some time after the promised day; then its page sends a new one, to the buyer and nobody else', async () => {
    const email = `link${network}@example.com`
    await order(email)
    await work()
    const link = linkIn((await delivered(email))[0]?.text)
    const page = `${link.pathname}${link.search}`
    const look = (path: string) =>
      fetch(`${server.url}${path}`, { headers: { accept: 'text/html', cookie: 'lang=en' } })
    expect((await look(page)).status).toBe(200)
    clock.advance(100 * DAY)
    expect((await look(page)).status).toBe(200)
    clock.advance(20 * DAY) // 21 days of campaign, 35 promised, 60 after
    const expired = await look(page)
    expect([expired.status, await expired.text()]).toEqual([
      410,
      expect.stringMatching(/has expired.*Send a new link/s),
    ])
    const late = await post(`${link.pathname}/cancel${link.search}`, {})
    expect(late.status).toBe(410)

    const again = (address: string) => post(`${link.pathname}/link`, { email: address })
    const told = await (await again(email.toUpperCase())).text()
    expect(told).toContain('a new link is on its way')
    expect(await (await again('stranger@example.com')).text()).toBe(told)
    expect(await delivered('stranger@example.com')).toEqual([])
    const [fresh] = await delivered(email)
    const renewed = linkIn(fresh?.text)
    expect((await look(`${renewed.pathname}${renewed.search}`)).status).toBe(200)
    for (let n = 0; n < 2; n++) await again(email)
    expect((await again(email)).status).toBe(429)
  })

  test('whose end was moved, or which belongs to another pre-order, opens nothing', async () => {
    const { demand } = server.app.line
    const [one, two] = [newId(), newId()]
    const link = new URL(demand.linkFor(one))
    const [end = '', signature = ''] = (link.searchParams.get('token') ?? '').split('.')
    const later = (Number.parseInt(end, 36) + 86_400).toString(36)
    for (const [id, token] of [
      [one, `${later}.${signature}`],
      [one, signature],
      [two, `${end}.${signature}`],
    ] as const)
      await expect(demand.confirm(anonymous, { id, token })).rejects.toMatchObject({ code: 'preorders.link' })
  })

  test('of before links had an end goes on to work, as long as one that is made today', async () => {
    const email = `before${network}@example.com`
    await order(email)
    const { demand, context } = server.app.line
    const [row] = await server.app.db.read.select().from(preorders).where(eq(preorders.email, email))
    const token = context.engines.vault.sign('preorder', row!.id)
    expect((await demand.confirm(anonymous, { id: row!.id, token })).preorder.state).toBe('confirmed')
    clock.advance(120 * DAY)
    await expect(demand.cancel(anonymous, { id: row!.id, token })).rejects.toMatchObject({
      code: 'preorders.link-expired',
      status: 410,
    })
  })
})
