/** A campaign that a crowd takes over its threshold while something breaks, and the books afterwards. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { openApp, type App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { HandClock } from '../../src/core/clock.ts'
import { system } from '../../src/core/actor.ts'
import { MINUTE } from '../../src/core/values.ts'
import {
  campaigns,
  deliveries,
  events,
  lots,
  mails,
  preorders,
  productionOrders,
  styleVersions,
} from '../../src/db/schema.ts'
import { changeHouse } from './house.ts'
import { gatheredCampaign } from './lots.ts'
import { order, type Answered } from './process.ts'

const test = system('test')
const clockOf = (ms: number) => new HandClock(new Date(Date.now() + ms))

export interface Sale {
  campaignId: string
  /** Of a machine that vouches for its buyers, so that their units count at once. */
  bearer: string
  line: { size: string; colourway: string; quantity: number }
}

/**
 * A real style on sale, and a threshold that this many vouched units reach. No factory is registered, so that the order is
 * found to be unplaced instead of a brief being drawn for half a minute.
 */
export async function openSale(environment: Record<string, string>, units: number): Promise<Sale> {
  const app = await openApp(readConfig(environment), { baseUrl: 'http://127.0.0.1' })
  const { context, identity } = app.line
  const { campaignId, styleId } = await gatheredCampaign(context)
  await changeHouse(context, test, { verification: 'trusted' })
  const [campaign] = await app.db.read.select().from(campaigns).where(eq(campaigns.id, campaignId))
  const [style] = await app.db.read.select().from(styleVersions).where(eq(styleVersions.styleId, styleId))
  await app.db.write((tx) =>
    tx
      .update(campaigns)
      .set({ thresholdUnits: (campaign?.lotUnits ?? 0) + units, minBuyers: 2 })
      .where(eq(campaigns.id, campaignId))
      .returning({ id: campaigns.id }),
  )
  const { key } = await identity.createKey(test, { name: 'shop', scopes: ['demand'] })
  await app[Symbol.asyncDispose]()
  const size = style?.spec.sizes.base ?? ''
  return { campaignId, bearer: key, line: { size, colourway: style?.spec.colourways[0]?.id ?? '', quantity: 2 } }
}

export interface Crowd {
  acknowledged: Map<string, string>
  refused: Answered[]
  /** Answers that never came because a connection to the product broke. */
  unanswered: number
}

/**
 * Buyers order, every other one vouched for, and repeat what was not granted under the same key, as a client should.
 * @param urls where the product is to be reached; a buyer goes to the next when one does not answer
 * @param happen what happens when this many pre-orders are acknowledged
 */
export async function crowd(
  urls: readonly string[],
  { campaignId, bearer, line }: Sale,
  { buyers, happen }: { buyers: number; happen: Record<number, () => unknown> },
): Promise<Crowd> {
  const result: Crowd = { acknowledged: new Map(), refused: [], unanswered: 0 }
  const happening: unknown[] = []
  let next = 0
  const buy = async (n: number): Promise<void> => {
    const key = `buyer-${n}`
    for (let attempt = 0; attempt < 200; attempt++) {
      const url = urls[(n + attempt) % urls.length] ?? ''
      const wish = { campaignId, key, bearer: n % 2 ? bearer : undefined, lines: [line] }
      const answer = await order(url, wish).catch((error: unknown) => {
        if ((error as Error).name === 'TimeoutError') throw error // a hang
        result.unanswered++
      })
      if (answer?.status === 201) {
        result.acknowledged.set(key, answer.body.id ?? '')
        const what = happen[result.acknowledged.size]
        if (what) happening.push(what())
        return
      }
      // 409: the first one under this key is still under way.
      if (answer && answer.status !== 409) {
        expect(answer).toMatchObject({ status: 503, retryAfter: '5', body: { detail: expect.stringMatching(/重/) } })
        result.refused.push(answer)
      }
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100))
    }
    throw new Error(`${key} was never granted`)
  }
  await Promise.all(
    Array.from({ length: 24 }, async () => {
      while (next < buyers) await buy(next++)
    }),
  )
  await Promise.all(happening)
  return result
}

/**
 * Some minutes later, when every lease has ended, everything that is due is done. Then: each acknowledged pre-order is
 * there, once; the counters are what the pre-orders say; one lot, one production order for the threshold, decided once;
 * nothing waits; and everybody has one letter.
 */
export async function checkBooks(
  { folder, environment }: { folder: string; environment: Record<string, string> },
  { acknowledged }: Crowd,
): Promise<void> {
  await using app: App = await openApp(readConfig(environment), {
    baseUrl: 'http://127.0.0.1',
    clock: clockOf(5 * MINUTE),
  })
  await app.worker.processAll()
  const { read } = app.db
  const placed = (await read.select().from(preorders)).filter(({ email }) => email.startsWith('buyer-'))
  expect(placed.map(({ id }) => id).sort()).toEqual([...acknowledged.values()].sort())
  expect(placed.map(({ name }) => name).sort()).toEqual([...acknowledged.keys()].sort())
  expect(await app.line.demand.audit(test, { repair: false })).toEqual([])

  const [lot, ...otherLots] = await read.select().from(lots)
  const inLot = (await read.select().from(preorders)).filter((preorder) => preorder.lot === 1)
  expect(otherLots).toEqual([])
  expect(lot?.units).toBe(inLot.reduce((sum, { units }) => sum + units, 0))
  const orders = await read.select().from(productionOrders)
  expect(orders.map(({ lotId, units, state }) => ({ lotId, units, state }))).toEqual([
    { lotId: lot?.id, units: lot?.units, state: 'unplaced' },
  ])
  const names = (await read.select({ name: events.name }).from(events)).map(({ name }) => name)
  const once = ['demand.lot-frozen', 'dispatch.unplaced']
  expect(names.filter((name) => once.includes(name)).sort()).toEqual(once)
  const open = (await read.select().from(deliveries)).filter(({ state }) => state !== 'done')
  expect(open).toEqual([])

  const letters = await read.select().from(mails)
  const asked = letters.filter(({ dedupeKey }) => dedupeKey.endsWith(':confirm')).map(({ to }) => to)
  const pending = placed.filter((preorder) => preorder.confirmedAt === null)
  expect(asked.sort()).toEqual(pending.map(({ email }) => email).sort())
  expect(letters.filter(({ state }) => state !== 'sent')).toEqual([])
  expect(readdirSync(join(folder, 'mail')).sort()).toEqual(letters.map(({ id }) => `${id}.eml`).sort())
}
