/** What a buyer is told is in the language they read, and names moments as people do. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/values.ts'
import { inquiries, preorders } from '../../src/db/schema.ts'
import { openCampaign } from '../support/campaigns.ts'
import { testServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer({ role: 'web' })
})
afterAll(() => server.close())

const post = (path: string, body: object, language?: string) =>
  fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': newId(),
      ...(language ? { 'accept-language': language } : {}),
    },
    body: JSON.stringify(body),
  })
const order = (email: string, more: object = {}) => ({
  email,
  name: 'Kim',
  lines: [{ size: 'L', colourway: 'olive', quantity: 1 }],
  ...more,
})

test.each([
  ['en-GB,en;q=0.9', {}, 'en'],
  ['zh-CN', {}, 'zh'],
  ['en', { lang: 'zh' }, 'zh'],
])('of a request that accepts %s and says %j, letters are in %s', async (language, said, lang) => {
  const { context } = server.app.line
  const { id } = await openCampaign(context)
  const email = `${newId()}@example.com`
  expect((await post(`/campaigns/${id}/preorders`, order(email, said), language)).status).toBe(201)
  const rows = await context.db.read.select().from(preorders).where(eq(preorders.email, email))
  expect(rows.map((row) => row.lang)).toEqual([lang])
  const question = { email, question: 'Is it warm?', ...said }
  expect((await post(`/campaigns/${id}/inquiries`, question, language)).status).toBe(201)
  const asked = await context.db.read.select().from(inquiries).where(eq(inquiries.email, email))
  expect(asked.map((row) => row.lang)).toEqual([lang])
})

test('whoever comes too early is told the opening where the house is, in words', async () => {
  const { id } = await openCampaign(server.app.line.context, { opensInDays: 2 })
  const told = async (language: string) => {
    const answer = await post(`/campaigns/${id}/preorders`, order('kim@example.com'), language)
    const { code, detail } = (await answer.json()) as { code: string; detail: string }
    expect([answer.status, code]).toEqual([409, 'campaigns.not-open'])
    return detail
  }
  expect(await told('en')).toMatch(
    /^Pre-orders open on \d+ \p{L}+ \d{4}, \d\d:\d\d \(Beijing time\)\. Come back then\.$/u,
  )
  expect(await told('zh')).toMatch(/^预售将于 \d{4}年\d+月\d+日 \d\d:\d\d（北京时间） 开始/)
})
