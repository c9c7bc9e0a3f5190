import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { HandClock } from '../../src/core/clock.ts'
import { dialect } from '../../src/core/dialect.ts'
import { MINUTE } from '../../src/core/values.ts'
import { mails, preorders } from '../../src/db/schema.ts'
import { openCampaign } from '../support/campaigns.ts'
import { canLimit, launch, limitFiles, order, start, type Answered, type Product } from '../support/process.ts'
import { freshEnvironment } from '../support/server.ts'

const onSqlite = test.runIf(dialect === 'sqlite')
const BUYERS = 12
/** What the database and its log may still grow by: some dozens of pre-orders. */
const ROOM = 400_000

let place: Awaited<ReturnType<typeof freshEnvironment>>
let file: string
let campaignId: string
let product: Product | undefined

beforeEach(async () => {
  if (dialect !== 'sqlite') return
  place = await freshEnvironment()
  // The whole crowd comes from this machine.
  place.environment['LETTERS_PER_HOUR'] = '1000000'
  file = join(place.folder, 'firstcut.db')
})
afterEach(async () => {
  if (dialect !== 'sqlite') return
  await product?.stop()
  await place.drop()
})

async function withCampaign(): Promise<void> {
  const app = await openApp(readConfig(place.environment), { baseUrl: 'http://127.0.0.1' })
  campaignId = (await openCampaign(app.line.context, { thresholdUnits: 1_000_000, perBuyerCap: 1_000_000 })).id
  await app[Symbol.asyncDispose]()
}

const langOf = (n: number) => (n % 2 ? 'en' : 'zh')
let sequence = 0

/**
 * Buyers order until the product has refused each of them three times and says itself that it cannot write: what was
 * moved out of the log meanwhile can have made a little room once more.
 */
async function buyUntilRefused(url: string) {
  const acknowledged = new Map<string, string>()
  const refused = new Map<string, Answered>()
  do {
    await Promise.all(
      Array.from({ length: BUYERS }, async (_, buyer) => {
        for (let refusals = 0; refusals < 3;) {
          const key = `key-${sequence++}`
          const answer = await order(url, { campaignId, key, lang: langOf(buyer) })
          if (answer.status === 201) acknowledged.set(key, answer.body.id ?? '')
          else {
            refused.set(key, answer)
            refusals++
          }
          expect(acknowledged.size).toBeLessThan(20_000) // else the disk never fills
        }
      }),
    )
    expect(refused.size).toBeLessThan(20 * 3 * BUYERS) // else it is ready and refuses all the same
  } while ((await status(url, '/ready')) === 200)
  return { acknowledged, refused }
}

/** Each refused pre-order is sent again under its own key. */
async function repeat(url: string, keys: Iterable<string>, acknowledged: Map<string, string>): Promise<void> {
  for (const key of keys) {
    const answer = await order(url, { campaignId, key })
    expect(answer).toMatchObject({ status: 201 })
    acknowledged.set(key, answer.body.id ?? '')
  }
}

const status = async (url: string, path: string) => (await fetch(`${url}${path}`)).status

/** Nothing lost, nothing twice, the counters right, and one letter to each buyer. */
async function checkStored(acknowledged: Map<string, string>): Promise<void> {
  const raw = new SQLite(file)
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
  raw.close()
  // Some minutes later: what a killed process had in hand is free again.
  const clock = new HandClock(new Date(Date.now() + 5 * MINUTE))
  const app = await openApp(readConfig(place.environment), { baseUrl: 'http://127.0.0.1', clock })
  await app.worker.processAll()
  const rows = await app.db.read.select({ id: preorders.id, email: preorders.email }).from(preorders)
  const letters = await app.db.read.select({ to: mails.to, state: mails.state }).from(mails)
  const differences = await app.line.demand.audit({ kind: 'system', name: 'test' }, { repair: false })
  await app[Symbol.asyncDispose]()
  expect(rows.map(({ id }) => id).sort()).toEqual([...acknowledged.values()].sort())
  expect(new Set(rows.map(({ email }) => email)).size).toBe(rows.length)
  expect(differences).toEqual([])
  const buyers = rows.map(({ email }) => email).sort()
  expect(letters.filter(({ state }) => state === 'sent').map(({ to }) => to)).toHaveLength(letters.length)
  expect(letters.map(({ to }) => to).sort()).toEqual(buyers)
  const folder = readdirSync(join(place.folder, 'mail'))
  expect(folder.filter((name) => !name.endsWith('.eml'))).toEqual([])
  expect(folder).toHaveLength(buyers.length)
}

onSqlite(
  'on a disk that fills up during intake what is acknowledged is kept, the rest is refused in words and stored once when it is sent again',
  async () => {
    await withCampaign()
    product = await start(place.environment, { fileBytes: statSync(file).size + ROOM })
    const { url } = product
    const { acknowledged, refused } = await buyUntilRefused(url)
    expect(acknowledged.size).toBeGreaterThan(20)
    for (const { status, retryAfter, body } of refused.values()) {
      expect({ status, code: body.code, retryAfter }).toEqual({
        status: 503,
        code: 'database.unavailable',
        retryAfter: '5',
      })
      expect(body.detail).toMatch(/try again|重试/)
    }
    const told = [...refused.values()].map(({ body }) => /[\u4e00-\u9fff]/.test(body.detail ?? ''))
    expect(new Set(told)).toEqual(new Set([true, false]))

    // It goes on reading, and says what it cannot do.
    expect(await status(url, '/health')).toBe(200)
    expect(await status(url, `/api/v1/campaigns/${campaignId}`)).toBe(200)
    expect(await status(url, '/ready')).toBe(503)
    // Asked politely, it leaves cleanly even so.
    expect(await product.stop('SIGTERM')).toMatchObject({ code: 0 })

    product = await start(place.environment)
    expect(await status(product.url, '/ready')).toBe(200)
    // Those who were granted and ask again hear the same; those who were refused are stored now, once.
    for (const [key, id] of [...acknowledged].slice(-10))
      expect(await order(product.url, { campaignId, key })).toMatchObject({ status: 201, body: { id } })
    await repeat(product.url, refused.keys(), acknowledged)
    await repeat(product.url, [...refused.keys()].slice(0, 5), acknowledged)
    await product.stop()
    await checkStored(acknowledged)
  },
)

test.skipIf(dialect !== 'sqlite' || !canLimit)(
  'with room on the disk again it takes pre-orders again by itself (needs prlimit)',
  async () => {
    await withCampaign()
    product = await start(place.environment, { fileBytes: statSync(file).size + ROOM })
    const { url, child } = product
    const acknowledged = new Map<string, string>()
    for (let round = 1; round <= 3; round++) {
      const { acknowledged: stored, refused } = await buyUntilRefused(url)
      for (const [key, id] of stored) acknowledged.set(key, id)
      expect(await status(url, '/ready')).toBe(503)
      limitFiles(child.pid ?? 0, 'unlimited')
      expect(await status(url, '/ready')).toBe(200)
      await repeat(url, refused.keys(), acknowledged)
      limitFiles(child.pid ?? 0, Math.max(statSync(file).size, statSync(`${file}-wal`).size) + ROOM)
    }
    await product.stop() // kill -9, in the middle of the letters
    await checkStored(acknowledged)
  },
)

onSqlite('on a disk too full to start with it ends with a sentence that says what to do', async () => {
  const { SECRET: _, ...withoutSecret } = place.environment
  const attempts = [
    [withoutSecret, 0],
    ...[0, 40_960, 200_000].map((bytes) => [place.environment, bytes] as const),
  ] as const
  for (const [environment, fileBytes] of attempts) {
    const { code, said } = await launch(environment, { fileBytes }).ended
    expect(code, `${fileBytes} bytes`).toBe(1)
    expect(said).toMatch(/space/)
    expect(said).not.toMatch(/^\s+at /m)
  }
  // Nothing half-made is left: with room it starts.
  product = await start(withoutSecret)
  expect(await status(product.url, '/ready')).toBe(200)
})
