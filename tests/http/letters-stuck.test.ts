/** A letter that could not be sent is said where people look, and sent again from there. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queueLetters } from '../../src/db/mailbox.ts'
import { mails } from '../../src/db/schema.ts'
import { openCampaign } from '../support/campaigns.ts'
import { testServer, type TestServer } from '../support/server.ts'

let server: TestServer
let campaignId: string
let cookie = ''
beforeAll(async () => {
  server = await testServer({ role: 'web' })
  const body = new URLSearchParams({ name: 'Lin', email: 'lin@example.com', password: 'nothing-is-cut' })
  const first = await fetch(`${server.url}/first-run`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { accept: 'text/html', origin: server.url },
  })
  cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const { context } = server.app.line
  campaignId = (await openCampaign(context)).id
  await context.db.write(async (tx) => {
    const letters = ['a', 'b'].map((buyer) => ({
      dedupeKey: `preorder:${buyer}:confirm`,
      about: `campaign:${campaignId}`,
      to: `${buyer}@example.com`,
      lang: 'zh' as const,
      subject: '请确认',
      body: '…',
    }))
    await queueLetters(tx, letters, context.clock.now(), context.engines.vault)
  })
})
afterAll(() => server.close())

const campaign = async (lang: 'zh' | 'en') =>
  (
    await fetch(`${server.url}/console/campaigns/${campaignId}`, {
      headers: { cookie: `${cookie}; lang=${lang}`, 'accept-language': lang },
    })
  ).text()
const retry = (about: string) =>
  fetch(`${server.url}/console/letters/retry`, {
    method: 'POST',
    body: new URLSearchParams({ about }),
    redirect: 'manual',
    headers: { accept: 'text/html', origin: server.url, cookie },
  })

test('a campaign says that its letters could not be sent, and has them tried again', async () => {
  const { db } = server.app.line.context
  expect(await campaign('en')).not.toContain('could not be sent')
  await db.write((tx) =>
    tx.update(mails).set({ state: 'parked', attempts: 10 }).where(eq(mails.state, 'due')).returning({ id: mails.id }),
  )
  expect(await campaign('en')).toContain('2 letters about this could not be sent')
  expect(await campaign('zh')).toContain('有 2 封相关邮件多次尝试后仍未能发出')
  const answer = await retry(`campaign:${campaignId}`)
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(`/console/campaigns/${campaignId}`)
  expect(await db.read.select({ state: mails.state, attempts: mails.attempts }).from(mails)).toEqual([
    { state: 'due', attempts: 0 },
    { state: 'due', attempts: 0 },
  ])
  expect(await campaign('en')).not.toContain('could not be sent')
})

test('what a form names leads nowhere else', async () => {
  for (const about of ['constructor:x', '//evil.example', ''])
    expect((await retry(about)).headers.get('location')).toBe('/console')
})
