/** The terms of sale: the house's words, each change a version; what a buyer accepted stays with the order. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { newId } from '../../src/core/values.ts'
import { preorders } from '../../src/db/schema.ts'
import { UPKEEP } from '../../src/edges/line.ts'
import { openOperations, openPeople } from '../../src/stages/0-house/actions.ts'
import { hashOfTerms } from '../../src/stages/0-house/sale-terms.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { openCampaign } from '../support/campaigns.ts'
import { world, type World } from '../support/world.ts'

const house = system('test')
const FIRST = { zh: '第一版', en: 'First version' }
const SECOND = { zh: '第二版', en: 'Second version' }
let line: World<{ demand: Demand }>
let demand: Demand
let operations: ReturnType<typeof openOperations>
let campaignId: string
beforeEach(async () => {
  line = await world({ stages: (context) => ({ demand: openDemand(context) }) })
  demand = line.stages.demand
  operations = openOperations(line.context, UPKEEP)
  ;({ id: campaignId } = await openCampaign(line.context))
})
afterEach(() => line.close())

async function order(terms?: number, { key = newId(), accepts = false } = {}) {
  // What intake knows of the house is a moment old.
  line.clock.advance(1001)
  const answer = await demand.place(
    anonymous,
    campaignId,
    {
      email: 'mei@example.com',
      name: '林梅',
      lang: 'en',
      lines: [{ size: 'L', colourway: 'olive', quantity: 1 }],
      ...(terms === undefined ? {} : { terms }),
    },
    { key, describe: ({ code }) => code, accepts },
  )
  const { id } = JSON.parse(answer.text) as { id: string }
  return { id, answer }
}
const row = async (id: string) => (await line.db.read.select().from(preorders).where(eq(preorders.id, id)))[0]!
async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('was not refused')
  return { code: error.code, field: error.extra.field, en: error.say('en') }
}

test('each change is a version with who and when, the same words are none, and every version stays', async () => {
  expect((await refusal(operations.saleTerms(anonymous))).code).toBe('sale-terms.none')
  const first = await operations.changeSaleTerms(house, FIRST)
  expect(first).toMatchObject({ version: 1, hash: hashOfTerms(FIRST), by: 'system:test', at: line.clock.now() })
  expect(await operations.changeSaleTerms(house, FIRST)).toMatchObject({ version: 1 })
  expect(await operations.changeSaleTerms(house, { ...SECOND, after: 1 })).toMatchObject({ version: 2 })
  expect(await operations.saleTerms(anonymous, { version: 1 })).toMatchObject(FIRST)
  expect(await operations.saleTerms(anonymous)).toMatchObject({ ...SECOND, version: 2 })
  const late = operations.changeSaleTerms(house, { zh: '三', en: 'Third', after: 1 })
  expect((await refusal(late)).code).toBe('sale-terms.moved-on')
  expect(await operations.saleTerms(anonymous)).not.toHaveProperty('by')
  expect((await refusal(operations.changeSaleTerms(anonymous, FIRST))).code).toMatch(/^auth|identity|access/)
})

test('two who change them in one moment make two versions, or one is told', async () => {
  const both = await Promise.allSettled([
    operations.changeSaleTerms(house, { ...FIRST, after: 0 }),
    operations.changeSaleTerms(house, { ...SECOND, after: 0 }),
  ])
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await operations.listSaleTerms(house)).toHaveLength(1)
})

test('without terms nothing is asked; with terms a buyer accepts the version that holds, and it is kept with its hash', async () => {
  expect((await row((await order(undefined, { accepts: true })).id)).terms).toBeNull()
  await operations.changeSaleTerms(house, FIRST)
  expect(await refusal(order(undefined, { accepts: true }))).toMatchObject({ code: 'preorders.terms', field: 'terms' })
  const { id } = await order(1, { accepts: true })
  expect((await row(id)).terms).toBe(`1:${hashOfTerms(FIRST)}`)
  // A machine that names none is served as before, and nothing is said to have been accepted.
  expect((await row((await order()).id)).terms).toBeNull()
  await operations.changeSaleTerms(house, SECOND)
  expect((await row(id)).terms).toBe(`1:${hashOfTerms(FIRST)}`)
})

test('a form that was opened under older terms is told which hold now, and taken when they are accepted', async () => {
  await operations.changeSaleTerms(house, FIRST)
  await operations.changeSaleTerms(house, SECOND)
  const key = newId()
  const refused = await refusal(order(1, { key, accepts: true }))
  expect(refused).toMatchObject({ code: 'preorders.terms-changed', field: 'terms' })
  expect(refused.en).toContain('version 2 holds now')
  expect(await line.db.read.$count(preorders)).toBe(0)
  expect((await order(2, { key, accepts: true })).answer.status).toBe(201)
})

test('a repetition gets its first answer although the terms have changed since', async () => {
  await operations.changeSaleTerms(house, FIRST)
  const key = newId()
  const first = await order(1, { key })
  await operations.changeSaleTerms(house, SECOND)
  expect((await order(1, { key })).answer).toEqual({ ...first.answer, replayed: true })
})

test('what was accepted is handed out with everything else of its buyer', async () => {
  await operations.changeSaleTerms(house, FIRST)
  await order(1)
  await line.settle()
  const people = openPeople(line.context, { retentionDays: 30, upkeep: UPKEEP })
  expect(await people.export(house, { email: 'mei@example.com' })).toMatchObject({
    preorders: [{ terms: `1:${hashOfTerms(FIRST)}` }],
  })
})
