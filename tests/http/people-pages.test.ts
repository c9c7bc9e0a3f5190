/** What people read about what is kept of them, and what an admin does about it in the console. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { newId } from '../../src/core/values.ts'
import { openCampaign } from '../support/campaigns.ts'
import { testServer, type TestServer } from '../support/server.ts'

const house = system('test')
const MEI = 'mei@example.com'
let server: TestServer
let campaignId: string
let admin: Awaited<ReturnType<typeof signedIn>>

const read = async (path: string, lang: 'en' | 'zh' = 'en') =>
  (await fetch(`${server.url}${path}`, { headers: { 'accept-language': lang } })).text()

async function order(email: string): Promise<string> {
  const lines = [{ size: 'L', colourway: 'olive', quantity: 2 }]
  const { text } = await server.app.line.demand.place(
    anonymous,
    campaignId,
    { email, name: '林梅 Lin', lang: 'en', lines },
    { key: newId(), describe: ({ code }) => code },
  )
  return (JSON.parse(text) as { id: string }).id
}

beforeAll(async () => {
  server = await testServer({ role: 'web' })
  ;({ id: campaignId } = await openCampaign(server.app.line.context))
  admin = await signedIn('admin')
}, 120_000)
afterAll(() => server.close())

test('anybody reads what is kept, why, how long, who gets it and how to have it erased, and every place leads there', async () => {
  const [en, zh] = [await read('/privacy'), await read('/privacy', 'zh')]
  for (const words of [
    'What is kept, and why',
    'For how long',
    'nothing about any buyer. Only a factory that sends your parcel',
    'To get it, or have it erased',
    'kept until you ask',
  ])
    // prettier-ignore
    expect(en).toContain(words)
  for (const words of ['保存什么，为什么', '保存多久', '没有买家信息；只有当工厂直接把您的包裹寄给您时', '索取或删除'])
    expect(zh).toContain(words)
  expect(await read('/shop')).toMatch(/<footer[\s\S]*href="\/privacy"/)
  await order(MEI)
  await server.app.worker.processAll()
  const [letter] = (await server.app.line.mail?.list(5)) ?? []
  expect(letter?.text).toMatch(/how to get or erase it: http\S+\/privacy/)
})

test('the house says it in its own words where it has some, and whom to ask', async () => {
  const { operations } = server.app.line
  await operations.changeHouse(house, { privacyContact: 'privacy@house.example' })
  expect(await read('/privacy')).toContain('privacy@house.example')
  await operations.changeHouse(house, { privacyEn: 'We keep little.\n\nAnd not for long.' })
  const en = await read('/privacy')
  expect(en).toContain('We keep little.')
  expect(en).not.toContain('What is kept, and why')
  expect(await read('/privacy', 'zh')).toContain('保存什么，为什么')
})

interface Answer {
  statusCode: number
  body: string
  headers: Record<string, unknown>
}
/** An admin at the console, or whoever has this role. */
async function signedIn(
  role: 'admin' | 'merchandiser',
): Promise<(path: string, form?: Record<string, string>) => Promise<Answer>> {
  const email = `${role}@house.example`
  const password = 'quiet river under 7 bridges'
  await server.app.line.identity.createUser(house, { name: role, email, password, lang: 'en', role })
  const send = (path: string, form?: Record<string, string>, cookie = '') =>
    server.server!.inject({
      method: form ? 'POST' : 'GET',
      url: path,
      headers: {
        accept: 'text/html',
        'accept-language': 'en',
        cookie,
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { payload: new URLSearchParams(form).toString() } : {}),
    }) as Promise<Answer>
  const { headers } = await send('/sign-in', { email, password })
  const cookie = [headers['set-cookie']]
    .flat()
    .map((each) => String(each).split(';')[0])
    .join('; ')
  return (path, form) => send(path, form, cookie)
}

test('an admin sees what would go and what would stay before erasing, and says the address once more', async () => {
  const ask = admin
  const id = await order('lan@example.com')
  const looked = await ask('/console/people', { email: 'lan@example.com' })
  expect(looked.statusCode, looked.body).toBe(200)
  expect(looked.body).toContain('What stays for now, and why')
  expect(looked.body).toContain(id)
  expect(looked.headers['cache-control']).toBe('no-store')
  const taken = await ask('/console/people/export', { email: 'lan@example.com' })
  expect(taken.headers['content-disposition']).toContain('attachment')
  expect(JSON.parse(taken.body)).toMatchObject({ preorders: [{ id, name: '林梅 Lin' }] })
  const token = new URL(server.app.line.demand.linkFor(id)).searchParams.get('token') ?? ''
  await server.app.line.demand.cancel(anonymous, { id, token })
  const mistyped = await ask('/console/people/erase', { email: 'lan@example.com', confirm: 'lan@example.org' })
  expect(mistyped.statusCode).toBe(422)
  expect(mistyped.body).toMatch(/aria-invalid="true"[\s\S]*This is not the e-mail above/)
  expect((await server.app.line.people.preview(house, { email: 'lan@example.com' })).erased.preorders).toBe(1)
  const done = await ask('/console/people/erase', { email: 'lan@example.com', confirm: 'Lan@example.com' })
  expect(done.statusCode, done.body).toBe(200)
  expect((await server.app.line.people.preview(house, { email: 'lan@example.com' })).erased.preorders).toBe(0)
  expect((await ask('/console/people', { email: 'lan@example.com' })).body).toContain('Nothing is held')
  expect((await ask('/console/people', { email: 'lan' })).statusCode).toBe(422)
})

test('backups are listed, made and verified in the console without waiting; others than admins see nothing of it', async () => {
  const ask = admin
  const began = await ask('/console/backups', {})
  expect(began.statusCode).toBe(303)
  const { backups } = server.app.line
  await expect.poll(async () => (await backups.list(house)).backups.length, { timeout: 20_000 }).toBe(1)
  await expect.poll(async () => (await backups.list(house)).underWay, { timeout: 20_000 }).toBeUndefined()
  const page = (await ask('/console/backups')).body
  expect(page).toContain('The next one by itself')
  const [, file = ''] = /name="file" value="([^"]+)"/.exec(page) ?? []
  expect((await ask('/console/backups/verify', { file })).statusCode).toBe(303)
  await expect
    .poll(async () => (await ask('/console/backups')).body, { timeout: 20_000 })
    .toContain('every byte is good')
  expect((await ask('/console/backups/verify', { file: '../../etc/passwd' })).statusCode).toBe(404)
  const other = await signedIn('merchandiser')
  for (const path of ['/console/backups', '/console/people']) expect((await other(path)).statusCode).toBe(403)
})
