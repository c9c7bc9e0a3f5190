/** The shop's form under terms that change while it is filled in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { campaigns, preorders } from '../../src/db/schema.ts'
import { openApproved } from '../../src/stages/4-storefront/opening.ts'
import { approvedStyle } from '../support/lots.ts'
import { testServer, type TestServer } from '../support/server.ts'

const house = system('test')
let server: TestServer
let slug: string
let lines: string

beforeAll(async () => {
  server = await testServer({ role: 'web' })
  const { context } = server.app.line
  const { styleId, hash } = await approvedStyle(context)
  await openApproved(context, { styleId, version: 1, hash })
  const [sold] = await server.app.db.read.select().from(campaigns)
  slug = sold?.slug ?? ''
  lines = `q:${sold?.colourways[0]}:${sold?.sizes[0]}`
}, 120_000)
afterAll(() => server.close())

const read = async (path: string, lang = 'en') =>
  (await fetch(`${server.url}${path}`, { headers: { 'accept-language': lang } })).text()
const send = (fields: Record<string, string>) =>
  fetch(`${server.url}/shop/${slug}/preorders`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en', origin: server.url },
    body: new URLSearchParams(fields),
  })
const typed = () => ({ [lines]: '3', name: 'Mei Lin', email: 'mei@example.com', phone: '138 0013 8000' })

test('it asks for what holds now, says when that has changed, keeps what was typed, and is taken then', async () => {
  expect(await read(`/shop/${slug}`)).not.toContain('name="terms"')
  await server.app.line.operations.changeSaleTerms(house, { zh: '第一版', en: 'First words' })
  const form = await read(`/shop/${slug}`)
  expect(form).toMatch(/name="terms" value="1"/)
  await server.app.line.operations.changeSaleTerms(house, { zh: '第二版', en: 'Second words' })
  const late = await send({ ...typed(), terms: '1' })
  expect(late.status).toBe(409)
  const again = await late.text()
  expect(again).toContain('The terms of sale have changed: version 2 holds now')
  expect(again).toMatch(/name="terms" value="2"(?![^>]*checked)/)
  for (const value of ['value="3"', 'Mei Lin', 'mei@example.com', '138 0013 8000']) expect(again).toContain(value)
  expect(await server.app.db.read.$count(preorders)).toBe(0)
  const none = await send(typed())
  expect([none.status, await none.text()]).toEqual([422, expect.stringContaining('say that you accept them')])
  expect((await send({ ...typed(), terms: '2' })).status).toBe(303)
  expect((await server.app.db.read.select().from(preorders))[0]?.terms).toMatch(/^2:[0-9a-f]{64}$/)
  expect(await read('/terms')).toContain('Second words')
  expect(await read('/terms/1')).toContain('This is an earlier version')
  expect(await read('/terms/1', 'zh')).toContain('第一版')
})
