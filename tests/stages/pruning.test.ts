/** What only grows is put away by its age, archive first; what an order under way needs stays. */
import { gunzipSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { DAY, newId } from '../../src/core/values.ts'
import {
  attempts,
  deliveries,
  designRuns,
  events,
  factories,
  mails,
  messages,
  sessions,
  styles,
  users,
} from '../../src/db/schema.ts'
import { openPruning } from '../../src/stages/0-house/actions.ts'
import type { Upkeep } from '../../src/stages/0-house/upkeep.ts'
import { designsUpkeep } from '../../src/stages/2-designs/upkeep.ts'
import { storefrontUpkeep } from '../../src/stages/4-storefront/upkeep.ts'
import { dispatchUpkeep } from '../../src/stages/6-dispatch/upkeep.ts'
import { openCampaign } from '../support/campaigns.ts'
import { world } from '../support/world.ts'

const me = system('test')
const DAYS = { events: 730, messages: 365, letters: 365, sessions: 30, runs: 730 }
let w: Awaited<ReturnType<typeof world>>
let archives: Map<string, Buffer>
let full: boolean
let upkeep: Upkeep[]
const house = () =>
  openPruning(
    w.context,
    {
      days: DAYS,
      async archive(name, bytes) {
        if (full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
        archives.set(name, bytes)
      },
    },
    upkeep,
  )
const archived = () => [...archives.values()].flatMap((bytes) => gunzipSync(bytes).toString().trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)) // prettier-ignore

beforeEach(async () => {
  // Ids carry the moment at which they were made on this machine: the house's clock goes on from far behind it.
  w = await world({ now: '2040-01-01T00:00:00Z' })
  archives = new Map()
  full = false
  upkeep = [designsUpkeep, storefrontUpkeep, dispatchUpkeep]
})
afterEach(() => w.close())

/** An event with a delivery in this state. */
async function happened(name: string, payload: Record<string, unknown>, state: 'done' | 'due' | 'parked' = 'done') {
  const id = newId()
  await w.db.write(async (tx) => {
    await tx.insert(events).values({ id, name, payload, actor: 'system:test', at: w.clock.now() })
    await tx.insert(deliveries).values({ id: newId(), eventId: id, listener: 'x', state, dueAt: w.clock.now() })
  })
  return id
}
const left = async () => (await w.db.read.select({ id: events.id }).from(events).orderBy(events.id)).map(({ id }) => id)

test('an old event that everybody has dealt with goes, with its deliveries, and stands in an archive', async () => {
  const old = await happened('trends.scored', { week: '2026-11-16' })
  expect(await house().prune(me, { dryRun: true })).toContainEqual({ what: 'events', rows: 1, archives: [] })
  expect(await left()).toEqual([old])
  const [first] = await house().prune(me, { dryRun: false })
  expect(first).toMatchObject({ what: 'events', rows: 1 })
  expect(await left()).toEqual([])
  expect(await w.db.read.select().from(deliveries)).toEqual([])
  expect(archived()).toMatchObject([{ id: old, name: 'trends.scored', payload: { week: '2026-11-16' } }])
})

test('what waits, what failed, and what tells of a campaign or an order under way stays', async () => {
  const { id } = await openCampaign(w.context)
  const kept = [
    await happened('trends.scored', { week: '1' }, 'due'),
    await happened('trends.scored', { week: '2' }, 'parked'),
    await happened('storefront.opened', { campaignId: id }),
  ]
  const over = await happened('storefront.opened', { campaignId: 'of-before' })
  upkeep.push({ counts: async () => ({}), underWay: async (_db, asked) => [...asked].filter((each) => each === 'order:1') }) // prettier-ignore
  kept.push(await happened('production.late', { orderId: '1' }))
  await house().prune(me, { dryRun: false })
  expect(await left()).toEqual(kept)
  expect(archived().map((row) => row['id'])).toEqual([over])
})

test('nothing goes before its archive is there', async () => {
  const old = await happened('trends.scored', { week: '2026-11-16' })
  full = true
  await expect(house().prune(me, { dryRun: false })).rejects.toThrow('no space')
  expect(await left()).toEqual([old])
  full = false
  await house().prune(me, { dryRun: false })
  expect(await left()).toEqual([])
})

test('a house that closes begins no further archive, and the next look goes on', async () => {
  const old = await happened('trends.scored', { week: '2026-11-16' })
  await house().sweep(AbortSignal.abort())
  expect([await left(), archives.size]).toEqual([[old], 0])
  await house().sweep(new AbortController().signal)
  expect([await left(), archives.size]).toEqual([[], 1])
})

test('more than a slice goes in slices, each row once', async () => {
  for (let n = 0; n < 3; n++)
    await w.db.write(async (tx) => {
      const rows = Array.from({ length: 400 }, () => ({
        id: newId(),
        name: 'demand.sweep-due',
        payload: { window: 'x' },
        actor: 'system:schedule',
        at: w.clock.now(),
      }))
      await tx.insert(events).values(rows)
    })
  const [first] = await house().prune(me, { dryRun: false })
  expect(first).toMatchObject({ what: 'events', rows: 1200 })
  expect(new Set(archived().map((row) => row['id'])).size).toBe(1200)
  expect(await left()).toEqual([])
})

test('a letter that was sent goes without whom it went to; one that waits stays', async () => {
  const letter = (key: string, state: 'sent' | 'due') => ({
    id: newId(),
    dedupeKey: key,
    to: 'mei@example.com',
    lang: 'zh' as const,
    subject: '',
    body: '',
    about: 'order:gone',
    state,
    dueAt: w.clock.now(),
    createdAt: w.clock.now(),
  })
  await w.db.write(async (tx) => {
    await tx.insert(mails).values([letter('a', 'sent'), letter('b', 'due')])
  })
  await house().prune(me, { dryRun: false })
  expect(await w.db.read.select({ key: mails.dedupeKey }).from(mails)).toEqual([{ key: 'b' }])
  expect(JSON.stringify(archived())).not.toContain('example.com')
  expect(archived()).toMatchObject([{ dedupeKey: 'a', about: 'order:gone' }])
})

test('a session that ended a month ago goes, one that ended yesterday stays; neither is archived', async () => {
  const now = w.clock.now()
  const ended = (tokenHash: string, days: number) => ({
    tokenHash,
    userId: 'u',
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() - days * DAY),
  })
  await w.db.write(async (tx) => {
    await tx.insert(users).values({ id: 'u', email: 'a@example.com', name: 'A', passwordHash: 'x', role: 'admin', lang: 'zh', createdAt: now }) // prettier-ignore
    await tx.insert(sessions).values([ended('old', 31), ended('fresh', 1)])
  })
  await house().prune(me, { dryRun: false })
  expect(await w.db.read.select({ t: sessions.tokenHash }).from(sessions)).toEqual([{ t: 'fresh' }])
  expect(archives.size).toBe(0)
})

test('messages of an order that is over go with their attempts; what was said in them is not archived', async () => {
  const now = w.clock.now()
  const [gone, waits] = [newId(), newId()]
  await w.db.write(async (tx) => {
    await tx.insert(factories).values({ id: 'f', name: 'F', country: 'China', lang: 'zh', state: 'active', categories: [], moq: 1, maxUnits: 9, weeklyCapacity: 9, leadDays: 9, rates: {}, currency: 'CNY', complianceClass: 'A', secret: 's', portalHash: 'p', createdAt: now }) // prettier-ignore
    const message = { factoryId: 'f', orderId: 'over', type: 'production.offer', body: 'sealed words', dueAt: now, createdAt: now } // prettier-ignore
    await tx.insert(messages).values([
      { ...message, id: gone, dedupeKey: '1', state: 'sent' as const, sequence: 1 },
      { ...message, id: waits, dedupeKey: '2', state: 'due' as const, sequence: 2 },
    ])
    await tx.insert(attempts).values({ id: newId(), messageId: gone, at: now, status: 204, durationMs: 5 })
  })
  await house().prune(me, { dryRun: false })
  expect(await w.db.read.select({ id: messages.id }).from(messages)).toEqual([{ id: waits }])
  expect(await w.db.read.select().from(attempts)).toEqual([])
  expect(archived()).toMatchObject([{ id: gone, attempts: [{ status: 204 }] }])
  expect(JSON.stringify(archived())).not.toContain('sealed words')
})

test('a design run goes when it is over and none of its styles stands; what was typed for it is not archived', async () => {
  const now = w.clock.now()
  const run = (state: 'done' | 'failed' | 'working') => ({
    id: newId(),
    trendIds: ['t'],
    brief: { request: { note: 'for a friend' } } as never,
    state,
    total: 2,
    requestedBy: 'user:a',
    createdAt: now,
  })
  const style = (runId: string, slot: number, state: 'proposed' | 'approved' | 'rejected' | 'replaced') => ({
    id: newId(),
    number: `FC-${runId.slice(-6)}-${slot}`,
    runId,
    slot,
    category: 'coat',
    state,
    version: 1,
    trendIds: [],
    createdAt: now,
  })
  const [nothing, turnedDown, onSale, open, working] = [run('failed'), run('done'), run('done'), run('done'), run('working')] // prettier-ignore
  const left = [style(turnedDown.id, 0, 'rejected'), style(turnedDown.id, 1, 'replaced')]
  await w.db.write(async (tx) => {
    await tx.insert(designRuns).values([nothing, turnedDown, onSale, open, working])
    await tx.insert(styles).values([...left, style(onSale.id, 0, 'approved'), style(onSale.id, 1, 'rejected'), style(open.id, 0, 'proposed')]) // prettier-ignore
  })
  const pruned = await house().prune(me, { dryRun: false })
  expect(pruned.find(({ what }) => what === 'runs')).toMatchObject({ rows: 2 })
  const ids = async () => (await w.db.read.select({ id: designRuns.id }).from(designRuns).orderBy(designRuns.id)).map(({ id }) => id) // prettier-ignore
  expect(await ids()).toEqual([onSale.id, open.id, working.id])
  const kept = await w.db.read.select().from(styles).orderBy(styles.id)
  expect(kept.map(({ runId }) => runId)).toEqual([null, null, onSale.id, onSale.id, open.id])
  expect(archived().map(({ id, state }) => [id, state])).toEqual([
    [nothing.id, 'failed'],
    [turnedDown.id, 'done'],
  ])
  expect(JSON.stringify(archived())).not.toContain('friend')
})

test('a time of nought keeps everything of its kind', async () => {
  await happened('trends.scored', { week: '2026-11-16' })
  DAYS.events = 0
  expect((await house().prune(me, { dryRun: false })).map(({ what }) => what)).not.toContain('events')
  DAYS.events = 730
  expect(await w.db.read.$count(events, eq(events.name, 'trends.scored'))).toBe(1)
})

test('only who runs the installation may', async () => {
  await expect(house().prune({ kind: 'anonymous' } as never, { dryRun: true })).rejects.toMatchObject({ status: 401 })
})
