/** The one press of a mail program, as RFC 8058 has it: a bare POST from nowhere in particular. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsRefused } from '../../src/db/schema.ts'
import { unsubscribeLink } from '../../src/stages/5-demand/links.ts'
import { testServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer({ role: 'web' })
}, 120_000)
afterAll(() => server.close())

test('refuses such letters without a question; opening the link alone changes nothing', async () => {
  const { pathname, search } = new URL(unsubscribeLink(server.app.line.context, 'mei@example.com'))
  const address = `${server.url}${pathname}${search}`
  const opened = await fetch(address, { headers: { 'accept-language': 'en' } })
  expect([opened.status, await opened.text()]).toEqual([
    200,
    expect.stringContaining('Only what is about my own orders'),
  ])
  expect(await server.app.db.read.$count(newsRefused)).toBe(0)
  for (let n = 0; n < 2; n++) {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en' },
      body: 'List-Unsubscribe=One-Click',
    })
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('and no others')])
  }
  const [row] = await server.app.db.read.select().from(newsRefused)
  expect(row?.person).not.toContain('mei')
  expect((await fetch(`${server.url}/unsubscribe?token=x`, { method: 'POST' })).status).toBe(404)
})
