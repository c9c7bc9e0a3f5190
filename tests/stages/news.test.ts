/** Letters that are not about an order of one's own are refused with one press; those that are go on coming. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { DAY, MINUTE, newId } from '../../src/core/values.ts'
import { message } from '../../src/engines/mail/message.ts'
import type { Letter } from '../../src/engines/ports.ts'
import { UPKEEP } from '../../src/edges/line.ts'
import { openPeople } from '../../src/stages/0-house/actions.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { openLetter } from '../../src/db/sealed.ts'
import { mails } from '../../src/db/schema.ts'
import { openCampaign } from '../support/campaigns.ts'
import { world, type World } from '../support/world.ts'

const house = system('test')
let line: World<{ demand: Demand }>
let demand: Demand
let campaignId: string
const post: Letter[] = []
beforeEach(async () => {
  post.length = 0
  const mailer = { send: async (letter: Letter) => void post.push(letter), close: async () => {} }
  line = await world({ engines: { mailer }, stages: (context) => ({ demand: openDemand(context) }) })
  demand = line.stages.demand
  ;({ id: campaignId } = await openCampaign(line.context, { thresholdUnits: 50, days: 21 }))
})
afterEach(() => line.close())

async function buyer(email: string): Promise<void> {
  const { text } = await demand.place(
    anonymous,
    campaignId,
    { email, name: 'Mei', lang: 'en', lines: [{ size: 'L', colourway: 'olive', quantity: 1 }] },
    { key: newId(), describe: ({ code }) => code },
  )
  const { id } = JSON.parse(text) as { id: string }
  await demand.confirm(anonymous, { id, token: new URL(demand.linkFor(id)).searchParams.get('token') ?? '' })
}
const why = { why: 'other', reason: 'for a reason' } as const
async function said(act: () => Promise<unknown>): Promise<Letter[]> {
  const before = post.length
  await act()
  line.clock.advance(10 * MINUTE)
  await line.db.write((tx) =>
    line.context.outbox.emit(tx, system('schedule'), 'demand.sweep-due', { window: newId() }, line.clock.now()),
  )
  await line.settle()
  return post.slice(before)
}
const news = () => said(() => demand.tellBuyers(house, { id: campaignId, ...why, zh: '你好', en: 'Hello' }))
const tokenIn = (letter: Letter | undefined) =>
  new URL(letter?.unsubscribe ?? 'http://x').searchParams.get('token') ?? ''

test('a message to everybody names its way out, in its words and for the mail program; nothing else does', async () => {
  await buyer('mei@example.com')
  await line.settle()
  const [letter] = await news()
  expect(letter?.unsubscribe).toMatch(/^http:\/\/firstcut\.test\/unsubscribe\?token=/)
  expect(letter?.unsubscribe).not.toMatch(/mei|example/)
  expect(letter?.body).toContain(letter?.unsubscribe)
  expect(message(letter!, 'x@y.z').headers).toMatchObject({
    'List-Unsubscribe': `<${letter?.unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  })
  const to = new Date(line.clock.now().getTime() + 40 * DAY).toISOString().slice(0, 10)
  const moved = await said(() => demand.changeDates(house, { id: campaignId, ...why, closesAt: to }))
  for (const each of moved) expect(message(each, 'x@y.z').headers).not.toHaveProperty('List-Unsubscribe')
})

test('pressed once or twice, no more of these come, to no spelling of the address; to others they do', async () => {
  await buyer('mei@example.com')
  await buyer('else@example.com')
  await line.settle()
  const letters = await news()
  expect(letters).toHaveLength(2)
  const token = tokenIn(letters.find(({ to }) => to === 'mei@example.com'))
  expect(await demand.chooseNews(anonymous, { token })).toEqual({ wants: true })
  for (let n = 0; n < 2; n++)
    expect(await demand.chooseNews(anonymous, { token, wants: 'no' })).toEqual({ wants: false })
  await buyer('Mei+two@example.com')
  await line.settle()
  expect((await news()).map(({ to }) => to)).toEqual(['else@example.com'])
  await demand.chooseNews(anonymous, { token, wants: 'yes' })
  expect((await news()).map(({ to }) => to)).toContain('mei@example.com')
})

test('a link that is not ours changes nothing', async () => {
  const error = await demand.chooseNews(anonymous, { token: 'x', wants: 'no' }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Problem)
  expect((error as Problem).code).toBe('news.link')
})

test('it waits sealed with its letter, is told to whoever asks for their data, and goes with them', async () => {
  await buyer('mei@example.com')
  await line.settle()
  const [letter] = await news()
  const stored = await line.db.read.select().from(mails)
  expect(JSON.stringify(stored)).not.toContain('unsubscribe')
  for (const row of stored.filter(({ state }) => state === 'due')) openLetter(line.context.engines.vault, row)
  await demand.chooseNews(anonymous, { token: tokenIn(letter), wants: 'no' })
  const people = openPeople(line.context, { retentionDays: 30, upkeep: UPKEEP })
  expect(await people.export(house, { email: 'mei@example.com' })).toMatchObject({ preorders: [{ news: false }] })
})
