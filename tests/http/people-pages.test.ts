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
  ;({} = await server.app.line.storefront.page(anonymous, { id: campaignId }))
}, 120_000)
afterAll(() => server.close())

test('anybody reads what is kept, why, how long, who gets it and how to have it erased, and every place leads there', async () => {
  const [en, zh] = [await read('/privacy'), await read('/privacy', 'zh')]
  for (const words of [
    'What is kept, and why',
    'For how long',
    'Factories get nothing about any buyer',
    'To get it, or have it erased',
    'kept until you ask',
  ])
    // prettier-ignore
    expect(en).toContain(words)
  for (const words of ['保存什么，为什么', '保存多久', '工厂不会得到任何买家的信息', '索取或删除'])
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
