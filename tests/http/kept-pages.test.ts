import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { HandClock } from '../../src/core/clock.ts'
import { HOUR, newId } from '../../src/core/values.ts'
import { campaigns, inquiries } from '../../src/db/schema.ts'
import { ladderAt } from '../../src/stages/4-storefront/model.ts'
import { openApproved } from '../../src/stages/4-storefront/opening.ts'
import { price } from '../../src/edges/ui/view.ts'
import { changeHouse } from '../support/house.ts'
import { approvedStyle } from '../support/lots.ts'
import { testServer, type TestServer } from '../support/server.ts'

let server: TestServer
let slug: string
let id: string
let names: { zh: string; en: string }
let sold: typeof campaigns.$inferSelect
const clock = new HandClock()
beforeAll(async () => {
  server = await testServer({ clock, role: 'web' })
  const { context, storefront } = server.app.line
  // Priced by the total, what is promised moves with the counter as well.
  await changeHouse(context, system('test'), { pricing: 'total' })
  const { styleId, hash } = await approvedStyle(context)
  await openApproved(context, { styleId, version: 1, hash })
  const [row] = await storefront.list(system('test'), { limit: 1 })
  if (!row) throw new Error('nothing is on sale')
  sold = row.campaign
  ;({ id, slug } = sold)
  ;({ names } = row.card)
})
afterAll(() => server.close())

const read = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(server.url + path, {
    headers: { accept: 'text/html', 'accept-language': 'en', ...headers },
  })
  expect(answer.status).toBe(200)
  return answer.text()
}
const shop = (lang = 'en') => read('/shop', { 'accept-language': lang })
const style = (lang = 'en') => read(`/shop/${slug}`, { 'accept-language': lang })
const change = (set: Partial<typeof campaigns.$inferInsert>) =>
  server.app.db.write((tx) => tx.update(campaigns).set(set).where(eq(campaigns.id, id)).returning({ id: campaigns.id }))

test('a count that changed is on the next page, in the shop and on the style’s own', async () => {
  for (const lotUnits of [11, 12, 11]) {
    await change({ lotUnits, totalUnits: lotUnits })
    expect(await shop()).toContain(`${lotUnits} of 20 units`)
    expect(await style()).toContain(`${lotUnits} of 20 units`)
    expect(await style('zh')).toContain(`${lotUnits} / 20 件`)
  }
})

test('what the counter moves moves with it: the price, in the shop and on the button', async () => {
  const rungs = sold.ladder.map(({ fromUnits }) => fromUnits)
  expect(rungs.length).toBeGreaterThan(1)
  for (const units of [...rungs, 1]) {
    await change({ totalUnits: units, lotUnits: units })
    const now = price({ lang: 'en' }, ladderAt(sold.ladder, units).unitPrice, sold.currency)
    expect(await style()).toContain(`Pre-order at ${now} or less`)
    expect(await shop()).toContain(`<span class="price">${now}</span>`)
  }
})

test('time goes on: what is left of a campaign is said anew', async () => {
  const days = (page: string) => Number(/(\d+) days left/.exec(page)?.[1])
  const [before, own] = [days(await shop()), days(await style())]
  expect(own).toBe(before)
  clock.advance(48 * HOUR)
  expect([days(await shop()), days(await style())]).toEqual([before - 2, own - 2])
})

test('languages never mix, whoever asked first', async () => {
  for (const lang of ['zh', 'en', 'zh', 'en'])
    for (const path of ['/', '/shop', `/shop/${slug}`]) {
      const page = await read(path, { 'accept-language': lang })
      expect(page).toContain(lang === 'zh' ? '<html lang="zh-CN">' : '<html lang="en">')
      // Without pictures the start page names no style.
      if (path === '/') continue
      expect(page.includes(names.zh)).toBe(lang === 'zh')
      expect(page.includes(names.en)).toBe(lang === 'en')
    }
})

test('each page’s form has a key of its own, so that two buyers never place one pre-order', async () => {
  const keys = new Set<string>()
  for (let n = 0; n < 5; n++) keys.add(/name="idempotencyKey" value="([^"]+)"/.exec(await style())?.[1] ?? '')
  expect(keys.size).toBe(5)
  for (const key of keys) expect(key).toMatch(/^[0-9a-f-]{36}$/)
})

test('fields of the two forms have different ids, and every label finds its own', async () => {
  const page = await style()
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, each]) => each)
  expect(ids.filter((each, at) => ids.indexOf(each) !== at)).toEqual([])
  for (const [, target] of page.matchAll(/<label[^>]* for="([^"]+)"/g)) expect(ids).toContain(target)
})

test('what somebody typed is shown to them and to nobody after them', async () => {
  const form = new URLSearchParams({
    email: 'private-person@example.com',
    name: 'Private Person',
    [`q:${sold.colourways[0]}:${sold.sizes[0]}`]: '1.5',
  })
  const answer = await fetch(`${server.url}/shop/${slug}/preorders`, {
    method: 'POST',
    headers: { accept: 'text/html', 'accept-language': 'en', 'content-type': 'application/x-www-form-urlencoded' },
    body: form,
  })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('private-person@example.com')
  const asked = await fetch(`${server.url}/shop/${slug}/inquiries`, {
    method: 'POST',
    headers: { accept: 'text/html', 'accept-language': 'en', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email: 'other-person@example.com', question: 'x' }),
  })
  expect(await asked.text()).toContain('other-person@example.com')
  expect(await style()).not.toMatch(/private-person|Private Person|other-person/)
})

test('whoever is signed in reads their own name, and nobody after them does', async () => {
  const [email, password] = ['ann@house.example', 'quiet river under 7 bridges']
  await server.app.line.identity.createUser(system('test'), {
    name: 'Ann Only',
    email,
    password,
    lang: 'en',
    role: 'admin',
  })
  const entered = await server.server?.inject({
    method: 'POST',
    url: '/sign-in',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ email, password }).toString(),
  })
  const cookie = String(entered?.headers['set-cookie']).split(';')[0] ?? ''
  for (const path of ['/', '/shop', `/shop/${slug}`]) {
    expect(await read(path, { cookie })).toContain('Ann Only')
    expect(await read(path)).not.toContain('Ann Only')
    expect(await read(path, { cookie })).toContain('Ann Only')
  }
})

test('the map of the console has the counts of this moment, in the reader’s language', async () => {
  const { key } = await server.app.line.identity.createKey(system('test'), { name: 'reads', scopes: ['read'] })
  const map = async (lang: string) => {
    const html = await read('/console', { authorization: `Bearer ${key}`, 'accept-language': lang })
    return /<div class="map".*?<\/div>/s.exec(html)?.[0] ?? ''
  }
  const before = await map('en')
  expect(before).toContain('styles designed')
  expect(await map('zh')).toContain('款设计')
  expect(await map('en')).toBe(before)
  await approvedStyle(server.app.line.context)
  const after = await map('en')
  const shown = (html: string) => [...html.matchAll(/map-count[^>]*>(\d+)/g)].map(([, n]) => Number(n))
  expect(shown(after)[1]).toBe((shown(before)[1] ?? 0) + 1)
})

test('an answer stands on the page when it is published, and without who asked', async () => {
  const at = clock.now()
  const question = { id: newId(), campaignId: id, email: 'asked-it@example.com', lang: 'en' as const, askedAt: at }
  await style()
  await server.app.db.write((tx) =>
    tx.insert(inquiries).values({
      ...question,
      question: 'Is it warm?',
      answer: 'Very.',
      answeredAt: at,
      answeredBy: 'x',
      published: true,
    }),
  )
  expect(await style()).toContain('Is it warm?')
  await server.app.db.write((tx) =>
    tx.update(inquiries).set({ question: 'Is it light?' }).where(eq(inquiries.id, question.id)).returning(),
  )
  const page = await style()
  expect(page).toContain('Is it light?')
  expect(page).not.toMatch(/Is it warm|asked-it/)
})

test('a campaign that is over says so at once, and takes no pre-order', async () => {
  await change({ state: 'released', endedAt: clock.now() })
  const page = await style()
  expect(page).toContain('Not made: below its threshold')
  expect(page).not.toContain('idempotencyKey')
  expect(await shop()).not.toContain(slug)
  await change({ state: 'open', endedAt: null })
  expect(await shop()).toContain(slug)
})

test('the house’s name and time zone are on the next page', async () => {
  await style()
  await server.app.line.operations.changeHouse(system('test'), { nameEn: 'Cut & Sew', timeZone: 'Europe/London' })
  const page = await style()
  expect(page).toContain('· Cut &amp; Sew</title>')
  expect(page).toContain('United Kingdom Time')
  await server.app.line.operations.changeHouse(system('test'), { nameEn: 'Firstcut', timeZone: 'Asia/Shanghai' })
  expect(await style()).not.toContain('United Kingdom Time')
})
