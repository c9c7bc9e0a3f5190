/** A worker that is killed while it asks a model, and the one that takes over: each a process of its own. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { system } from '../../src/core/actor.ts'
import { generations } from '../../src/db/schema.ts'
import { chat, modelServer, type ModelServer } from '../support/model-server.ts'
import { start, type Product } from '../support/process.ts'
import { freshEnvironment } from '../support/server.ts'

const ITSELF = system('test')
let place: Awaited<ReturnType<typeof freshEnvironment>>
let model: ModelServer
const products: Product[] = []

beforeEach(async () => {
  place = await freshEnvironment()
  model = await modelServer()
  Object.assign(place.environment, {
    OPENAI_BASE_URL: `${model.url}/v1`,
    OPENAI_MODEL: 'm',
    MODEL_PRICE_INPUT: '10',
    MODEL_PRICE_OUTPUT: '40',
    MODEL_TIMEOUT_SECONDS: '120',
    PICTURE_SCALE: '1',
  })
})
afterEach(async () => {
  await Promise.all(products.splice(0).map((product) => product.stop()))
  await model.close()
  await place.drop()
})

const work = async () => {
  const product = await start(place.environment, { role: 'worker' })
  products.push(product)
  return product
}

async function until(what: string, ready: () => boolean | Promise<boolean>): Promise<void> {
  const by = performance.now() + 120_000
  while (!(await ready())) {
    if (performance.now() > by) throw new Error(`not within two minutes: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

test('a worker killed while it asks a model: the next one settles the call as unknown, does not pay again, and the run is done by the embedded designer', async () => {
  model.answerWith(() => new Promise(() => {}))
  await using app = await openApp(readConfig(place.environment), { baseUrl: 'http://127.0.0.1' })
  const { designs } = app.line
  const asked = {
    count: 1,
    categories: ['tee' as const],
    genders: ['women' as const],
    season: 'summer' as const,
    seed: 5,
  }
  const { id } = await designs.requestDesigns(ITSELF, asked)
  const calls = () => app.db.read.select().from(generations).where(eq(generations.subjectId, id))

  const first = await work()
  await until('the model is asked', () => model.seen.length > 0)
  await first.stop('SIGKILL')
  const [booked] = await calls()
  expect(booked).toMatchObject({ record: { outcome: 'asked' } })
  expect(booked?.leaseToken).not.toBeNull()
  expect((await designs.getRun(ITSELF, { id })).state).toBe('waiting')

  // It would answer now: whoever asked again would be answered, and pay twice.
  model.answerWith(() => chat('{"designs": []}'))
  await work()
  await until('the run ends', async () => (await designs.getRun(ITSELF, { id })).state !== 'waiting')
  await until('the style is made', async () => (await designs.getRun(ITSELF, { id })).state !== 'working')

  expect(model.seen).toHaveLength(1)
  expect(await designs.getRun(ITSELF, { id })).toMatchObject({
    state: 'done',
    done: 1,
    designer: expect.stringContaining('language.unknown'),
  })
  const rows = await calls()
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ leaseToken: null, record: { outcome: 'unknown', failure: 'language.unknown' } })
  // What was sent is charged in any case; what it might have answered is not.
  expect(rows[0]?.costMicros).toBeGreaterThan(0)
  expect(rows[0]?.costMicros).toBeLessThan(booked?.costMicros ?? 0)
}, 300_000)
