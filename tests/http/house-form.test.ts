/** The house's rules as a person saves them: what was not touched is not made the house's own. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer({ role: 'web' })
})
afterAll(() => server.close())

const headers = () => ({ authorization: `Bearer ${server.key}`, accept: 'text/html', 'accept-language': 'en' })
const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** The form as a browser would send it, with what a person changed in it. */
async function save(changes: Record<string, string> = {}): Promise<number> {
  const page = (await server.server!.inject({ url: '/console/house', headers: headers() })).body
  const form = /<form[^>]* action="\/console\/house"[\s\S]*?<\/form>/.exec(page)?.[0] ?? ''
  const sent = new URLSearchParams()
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
    if (of('type') === 'checkbox' && !/ checked/.test(tag)) continue
    sent.append(of('name') ?? '', unescaped(of('value') ?? ''))
  }
  for (const [, name = '', options = ''] of form.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g))
    sent.append(name, / selected[^>]* value="([^"]*)"| value="([^"]*)"[^>]* selected/.exec(options)?.slice(1).find((each) => each !== undefined) ?? '') // prettier-ignore
  for (const [, name = '', text = ''] of form.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/textarea>/g))
    sent.append(name, unescaped(text))
  for (const [name, value] of Object.entries(changes)) sent.set(name, value)
  const { statusCode } = await server.server!.inject({
    method: 'POST',
    url: '/console/house',
    headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded' },
    payload: sent.toString(),
  })
  return statusCode
}
const house = () => server.app.line.operations.house()

test('saving the form as it stands changes nothing, and what the trade asks goes on following the currency', async () => {
  const before = await house()
  expect(await save()).toBe(303)
  expect(await house()).toEqual(before)
  expect(await save({ currency: 'EUR' })).toBe(303)
  expect(await house()).toEqual({ ...before, currency: 'EUR' })
  expect(await save({ minuteRate: '0.25' })).toBe(303)
  expect(await house()).toEqual({ ...before, currency: 'EUR', minuteRate: 25 })
  expect(await save({ minuteRate: '0.3' })).toBe(303)
  expect((await house()).minuteRate).toBe(30)
})

test('a season that was chosen can be left to the calendar again', async () => {
  expect(await save({ designSeason: 'winter' })).toBe(303)
  expect((await house()).designSeason).toBe('winter')
  expect(await save({ designSeason: '' })).toBe(303)
  expect((await house()).designSeason ?? undefined).toBeUndefined()
})
