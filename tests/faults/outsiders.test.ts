/** Outsiders that say nothing, processes that die and clocks that are wrong, with the product as its own process. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { dialect } from '../../src/core/dialect.ts'
import { MINUTE, SECOND } from '../../src/core/values.ts'
import type { Database } from '../../src/db/database.ts'
import { queueLetters } from '../../src/db/mailbox.ts'
import { factories, lots, mails, messages, productionOrders } from '../../src/db/schema.ts'
import { queueMessage } from '../../src/stages/6-dispatch/store/messages.ts'
import { openSale } from '../support/crowd.ts'
import { register } from '../support/factories.ts'
import { order, start, type Product } from '../support/process.ts'
import { receiver, type Receiver } from '../support/receiver.ts'
import { freshEnvironment } from '../support/server.ts'
import { silentServer } from '../support/silent.ts'

let place: Awaited<ReturnType<typeof freshEnvironment>>
let endpoint: Receiver
const products: Product[] = []

beforeEach(async () => {
  place = await freshEnvironment()
  endpoint = await receiver()
})
afterEach(async () => {
  await Promise.all(products.splice(0).map((product) => product.stop()))
  await endpoint.close()
  await place.drop()
})

const run = async (more: Record<string, string> = {}, role: 'all' | 'web' | 'worker' = 'all') => {
  const product = await start({ ...place.environment, ...more }, { role })
  products.push(product)
  return product
}

/** Look into the product's database while nobody, or somebody else, works on it. */
async function inside<T>(work: (app: Awaited<ReturnType<typeof openApp>>) => Promise<T>): Promise<T> {
  const app = await openApp(readConfig(place.environment), { baseUrl: 'http://127.0.0.1' })
  try {
    return await work(app)
  } finally {
    await app[Symbol.asyncDispose]()
  }
}

const letters = (count: number) => (app: Awaited<ReturnType<typeof openApp>>) =>
  app.db.write((tx) =>
    queueLetters(
      tx,
      Array.from({ length: count }, (_, n) => ({
        dedupeKey: `letter-${n}`,
        to: `buyer-${n}@example.com`,
        lang: 'zh' as const,
        subject: '您好',
        body: '…',
      })),
      new Date(),
      app.line.context.engines.vault,
    ),
  )
const sentLetters = ({ read }: Database) => read.$count(mails, eq(mails.state, 'sent'))

test.each([
  ['nothing', ''],
  ['hello, and then nothing', '220 mail.example ESMTP\r\n'],
])(
  'a mail server that says %s and an endpoint that hangs delay neither the other webhooks nor the end',
  async (_, greeting) => {
    await using smtp = await silentServer(greeting)
    await using hanging = await silentServer()
    await inside(async (app) => {
      const { dispatch } = app.line
      const well = (await register(dispatch, { name: 'Well', endpoint: endpoint.url })).factory
      const ill = (await register(dispatch, { name: 'Ill', endpoint: endpoint.url })).factory
      await app.db.write(async (tx) => {
        await tx
          .update(factories)
          .set({ endpoint: `http://127.0.0.1:${hanging.port}/` })
          .where(eq(factories.id, ill.id))
        for (const { id } of [well, ill])
          for (let n = 0; n < 10; n++)
            await queueMessage(
              tx,
              app.line.context.engines.vault,
              { factoryId: id, orderId: null, type: 'production.over', dedupeKey: `${id}:${n}`, data: {} },
              new Date(),
            )
      })
      await letters(20)(app)
    })
    const product = await run({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}?maxConnections=5` })
    await expect.poll(() => endpoint.received.length, { timeout: 5000 }).toBe(2 + 10)
    await expect.poll(smtp.connections, { timeout: 5000 }).toBe(5)
    expect(hanging.connections()).toBe(2)
    const asked = performance.now()
    expect(await product.stop('SIGTERM')).toMatchObject({ code: 0 })
    expect(performance.now() - asked).toBeLessThan(10 * SECOND)
    // What was given up counts as untried and is due at once.
    const waiting = await inside(async ({ db }) => ({
      mails: await db.read.select().from(mails).where(eq(mails.state, 'due')),
      messages: await db.read.select().from(messages).where(eq(messages.state, 'due')),
    }))
    expect(waiting.mails).toHaveLength(20)
    expect(waiting.messages).toHaveLength(10)
    for (const row of [...waiting.mails, ...waiting.messages])
      expect(row).toMatchObject({ attempts: 0, leaseToken: null })
  },
)

test('what a killed process had in hand is taken over: at once by its successor, by another node in 20 s', async () => {
  await using smtp = await silentServer()
  await inside(letters(3))
  const dies = await run({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}` })
  await expect.poll(smtp.connections, { timeout: 5000 }).toBe(3)
  await dies.stop('SIGKILL')
  await run()
  // From when it listens: how long a program takes to start is another question.
  const began = performance.now()
  const most = dialect === 'sqlite' ? 8 * SECOND : 20 * SECOND
  await inside(async ({ db }) => {
    await expect.poll(() => sentLetters(db), { timeout: 30 * SECOND, interval: 200 }).toBe(3)
    expect(performance.now() - began).toBeLessThan(most)
  })
})

/** Node's own idea of the time, set forward by this much for a whole process. */
const ahead = (ms: number): string =>
  `--import data:text/javascript,${encodeURIComponent(
    `const R=Date;globalThis.Date=class extends R{constructor(...a){if(a.length)super(...a);else super(R.now()+${ms})}static now(){return R.now()+${ms}}}`,
  )}`

test.runIf(dialect === 'postgres')(
  'a web node whose clock is ten minutes ahead delays no production, and a worker’s hastens none',
  async () => {
    const { campaignId, bearer, line } = await openSale(place.environment, 8)
    const web = await run({ NODE_OPTIONS: ahead(10 * MINUTE) }, 'web')
    await run({}, 'worker')
    const began = Date.now()
    for (let n = 0; n < 6; n++)
      expect((await order(web.url, { campaignId, key: `buyer-${n}`, bearer, lines: [line] })).status).toBe(201)
    await inside(async ({ db }) => {
      await expect.poll(() => db.read.$count(productionOrders), { timeout: 45 * SECOND, interval: 200 }).toBe(1)
      const [lot] = await db.read.select().from(lots)
      expect(Math.abs(lot!.frozenAt.getTime() - began)).toBeLessThan(MINUTE)
    })
    // A worker ten minutes ahead does nothing before its time.
    await run({ NODE_OPTIONS: ahead(10 * MINUTE) }, 'worker')
    await inside(async (app) => {
      await letters(1)(app)
      await app.db.write((tx) =>
        tx
          .update(mails)
          .set({ dueAt: new Date(Date.now() + 5 * MINUTE) })
          .where(eq(mails.dedupeKey, 'letter-0')),
      )
      await new Promise((resolve) => setTimeout(resolve, 3 * SECOND))
      const [letter] = await app.db.read.select().from(mails).where(eq(mails.dedupeKey, 'letter-0'))
      expect(letter).toMatchObject({ state: 'due', attempts: 0 })
    })
  },
)
