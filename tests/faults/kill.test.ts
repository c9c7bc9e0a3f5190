import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { campaigns, preorders } from '../../src/db/schema.ts'
import { openApp } from '../../src/app.ts'
import { command } from '../support/built.ts'
import { openCampaign } from '../support/campaigns.ts'
import { freshEnvironment } from '../support/server.ts'

/** How many times the process is killed; the continuous build and people with time may ask for more. */
const KILLS = Number(process.env['TEST_KILLS'] ?? 3)
const BUYERS = 20

let place: Awaited<ReturnType<typeof freshEnvironment>>
let campaignId: string
let child: ChildProcess | undefined

beforeAll(async () => {
  place = await freshEnvironment()
  // The whole crowd comes from this machine.
  place.environment['LETTERS_PER_HOUR'] = '1000000'
  const app = await openApp(readConfig(place.environment), { baseUrl: 'http://127.0.0.1' })
  campaignId = (await openCampaign(app.line.context, { thresholdUnits: 1_000_000, perBuyerCap: 1_000_000 })).id
  await app[Symbol.asyncDispose]()
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await place.drop()
})

/** The product as its own process, from main.ts. */
async function start(): Promise<string> {
  const [program, ...words] = command('main')
  child = spawn(program, words, {
    // Not the runner's whole environment: it sets BASE_URL for its own purposes.
    env: { PATH: process.env['PATH'], ...place.environment, ROLE: 'web' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`the server ended with ${code} before it listened`)
  })
  const [line] = (await Promise.race([once(child.stdout!, 'data'), died])) as [Buffer]
  return /http:\S+/.exec(line.toString())?.[0] ?? ''
}

test('every acknowledged pre-order is there after kill -9 in the middle of intake, and none is there twice', async () => {
  const acknowledged = new Map<string, string>()
  let sequence = 0
  for (let round = 0; round < KILLS; round++) {
    const url = await start()
    const dying = once(child!, 'exit')
    const unanswered: string[] = []
    // However long this machine takes to its first answer.
    let underWay = (): void => {}
    const begun = new Promise<void>((resolve) => {
      underWay = resolve
    })
    const send = async (key: string): Promise<void> => {
      const response = await fetch(`${url}/api/v1/campaigns/${campaignId}/preorders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({
          email: `${key}@example.com`,
          name: key,
          lines: [{ size: 'L', colourway: 'olive', quantity: 1 }],
        }),
      })
      if (response.status === 201) {
        acknowledged.set(key, ((await response.json()) as { id: string }).id)
        underWay()
      } else if (response.status !== 429) throw new Error(`unexpected ${response.status}`)
    }
    const buyers = Array.from({ length: BUYERS }, async () => {
      for (;;) {
        const key = `key-${sequence++}`
        try {
          await send(key)
        } catch {
          unanswered.push(key) // the connection broke: the buyer does not know
          return
        }
      }
    })
    await Promise.race([begun, dying])
    setTimeout(() => child!.kill('SIGKILL'), 100 + Math.random() * 400)
    await dying
    await Promise.all(buyers)

    // Everybody who got no answer presses again, under the same key.
    const again = await start()
    for (const key of unanswered) {
      const response = await fetch(`${again}/api/v1/campaigns/${campaignId}/preorders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({
          email: `${key}@example.com`,
          name: key,
          lines: [{ size: 'L', colourway: 'olive', quantity: 1 }],
        }),
      })
      expect(response.status).toBe(201)
      acknowledged.set(key, ((await response.json()) as { id: string }).id)
    }
    const ended = once(child!, 'exit')
    child!.kill('SIGTERM')
    expect(await ended).toEqual([0, null]) // asked politely, it leaves cleanly
  }

  const app = await openApp(readConfig(place.environment), { baseUrl: 'http://127.0.0.1' })
  const stored = await app.db.read.select({ id: preorders.id, email: preorders.email }).from(preorders)
  while (await app.line.demand.queueConfirmations());
  const [campaign] = await app.db.read.select().from(campaigns)
  const differences = await app.line.demand.audit({ kind: 'system', name: 'test' }, { repair: false })
  await app[Symbol.asyncDispose]()
  expect(acknowledged.size).toBeGreaterThan(KILLS * BUYERS)
  expect(stored.map((row) => row.id).sort()).toEqual([...acknowledged.values()].sort())
  expect(new Set(stored.map((row) => row.email)).size).toBe(stored.length)
  expect(campaign?.pendingUnits).toBe(stored.length)
  expect(differences).toEqual([])
}, 180_000)
