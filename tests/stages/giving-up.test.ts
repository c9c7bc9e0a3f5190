/** What people see of work that has failed for good: there where they look, in their language, and once. */
import { and, eq } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { system, type Actor } from '../../src/core/actor.ts'
import type { EventName } from '../../src/core/events.ts'
import { MINUTE, HOUR } from '../../src/core/values.ts'
import { troublesAbout } from '../../src/db/outbox.ts'
import { deliveries, events, sources } from '../../src/db/schema.ts'
import { pipeline } from '../../src/pipeline.ts'
import { openTrends } from '../../src/stages/1-trends/actions.ts'
import { openDesigns } from '../../src/stages/2-designs/actions.ts'
import type { DesignRequest } from '../../src/stages/2-designs/model.ts'
import { openApprovals } from '../../src/stages/3-approvals/actions.ts'
import { openStorefront } from '../../src/stages/4-storefront/actions.ts'
import { openDemand } from '../../src/stages/5-demand/actions.ts'
import { openDispatch } from '../../src/stages/6-dispatch/actions.ts'
import { makingOf } from '../../src/stages/7-production/making.ts'
import { openProduction } from '../../src/stages/7-production/actions.ts'
import { openReorders } from '../../src/stages/8-reorders/actions.ts'
import type { Context, GivingUp, Reactions } from '../../src/stages/context.ts'
import { openOperations } from '../../src/stages/0-house/actions.ts'
import { world, type World } from '../support/world.ts'

const merchandiser: Actor = { kind: 'user', id: 'u-1', name: 'Mei', role: 'merchandiser' }
const operator: Actor = { kind: 'user', id: 'u-2', name: 'Ops', role: 'admin' }
const options = { contentProducer: '001191440300MA5EXAMPLE', c2pa: undefined, sizePx: 160, scale: 1 as const }
const open = (context: Context) => ({
  trends: openTrends(context),
  designs: openDesigns(context, options),
  approvals: openApprovals(context, options),
  storefront: openStorefront(context),
  demand: openDemand(context),
  dispatch: openDispatch(context, { making: makingOf(context) }),
  production: openProduction(context),
  reorders: openReorders(context),
})
type Stages = Record<string, { reactions: Reactions; givingUp: GivingUp }>

let w: World<ReturnType<typeof open>>
afterEach(() => w.close())

const parked = () => w.db.read.select().from(deliveries).where(eq(deliveries.state, 'parked'))
async function untilParked(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) {
    await w.settle()
    if ((await parked()).length > 0) return
    w.clock.advance(15 * MINUTE)
  }
  throw new Error('nothing was parked')
}

test('every reaction of the line says what a person is shown when it fails for good, or why nobody misses anything', async () => {
  w = await world({ stages: open })
  for (const [name, { reactions, givingUp }] of Object.entries(w.stages as unknown as Stages)) {
    expect(Object.keys(givingUp).sort(), name).toEqual(Object.keys(reactions).sort())
    for (const [event, shown] of Object.entries(givingUp)) {
      if ('unseen' in shown) continue
      expect(shown.says.zh, event).toMatch(/\p{Script=Han}/u)
      expect(shown.says.en, event).toMatch(/\.$/)
    }
    // What somebody waits for by name is shown; what a clock repeats need not be.
    const unseen = Object.entries(givingUp).flatMap(([event, shown]) => ('unseen' in shown ? [event] : []))
    expect(unseen.filter((event) => !/-due$|^production\.delivered$|^demand\.goal-near$/.test(event))).toEqual([])
  }
  expect(Object.keys(w.stages)).toEqual(Object.keys(pipeline))
})

/** A line whose one reaction is broken. */
const broken = (stage: keyof ReturnType<typeof open>, event: EventName, error: unknown, times = Infinity) =>
  world({
    stages: (context) => {
      const stages = open(context)
      const { reactions } = stages[stage] as { reactions: Reactions }
      let left = times
      const real = reactions[event] as unknown as (happened: unknown) => Promise<void>
      const instead = (happened: unknown) => (left-- > 0 ? Promise.reject(error) : real(happened))
      return { ...stages, [stage]: { ...stages[stage], reactions: { ...reactions, [event]: instead } } }
    },
  })

describe('a design run whose work fails for good', () => {
  const asked: DesignRequest = { count: 1, categories: ['tee'], genders: ['women'], season: 'summer', seed: 5 }

  test('has ended, says so in both languages, and goes on when an operator has it tried again', async () => {
    w = await broken('designs', 'designs.requested', new TypeError('x is not a function'), 8)
    const { id } = await w.stages.designs.requestDesigns(merchandiser, asked)
    await untilParked()
    const run = await w.stages.designs.getRun(merchandiser, { id })
    expect(run.state).toBe('failed')
    expect(run.error?.zh).toMatch(/本次设计未能全部完成/)
    expect(run.error?.en).toMatch(/could not be finished.*tried again/)
    expect(JSON.stringify(run.error)).not.toContain('not a function')
    expect((await parked())[0]?.about).toBe(`run:${id}`)

    const operations = openOperations(w.context, [])
    await operations.retry(operator, { ids: (await parked()).map((row) => row.id) })
    await w.settle()
    expect(await w.stages.designs.getRun(merchandiser, { id })).toMatchObject({ state: 'done', done: 1, error: null })
    expect(await troublesAbout(w.db.read, `run:${id}`)).toEqual([])
    w.complaints.length = 0
  })
})

describe('a source', () => {
  const every = async (minutes: number) => {
    for (let at = 0; at < minutes; at += 5) {
      w.clock.advance(5 * MINUTE)
      const now = w.clock.now()
      await w.db.write((tx) =>
        w.context.outbox.emit(tx, system('schedule'), 'trends.fetch-due', { window: now.toISOString() }, now, {
          dedupeKey: `fetch:${now.toISOString()}`,
        }),
      )
      await w.settle()
    }
  }
  const fetches = () => w.db.read.select().from(events).where(eq(events.name, 'trends.source-due'))
  const source = async (id: string) => (await w.db.read.select().from(sources).where(eq(sources.id, id)))[0]

  test('that breaks the reader is a failed reading at once, with a next time; nothing is parked', async () => {
    w = await world({
      stages: open,
      engines: {
        outbound: {
          request: async ({ url }) => ({ status: 200, headers: {}, bytes: Buffer.from('x'), truncated: false, url }),
        },
        feeds: {
          read: () => Promise.reject(new TypeError('item.title.trim is not a function')),
          table: () => Promise.reject(new TypeError('no')),
          close: () => Promise.resolve(),
        },
      },
    })
    const { id } = await w.stages.trends.addSource(merchandiser, {
      name: 'Feed',
      url: 'https://feeds.example/rss',
      lang: 'en',
    })
    await w.settle()
    const row = await source(id)
    expect(row?.lastError?.zh).toContain('无法读取')
    expect(row?.nextFetchAt?.getTime()).toBeGreaterThan(w.clock.now().getTime())
    expect(await parked()).toEqual([])
    w.complaints.length = 0
  })

  test('whose reading fails for good shows it, gets a next time, and has one delivery however often is looked', async () => {
    w = await broken('trends', 'trends.source-due', new Error('boom'))
    const { id } = await w.stages.trends.addSource(merchandiser, {
      name: 'Feed',
      url: 'https://feeds.example/rss',
      lang: 'en',
    })
    await every(60)
    const first = await fetches()
    expect(first).toHaveLength(1)
    const row = await source(id)
    expect(row?.lastError?.en).toContain('could not be read')
    expect(row?.failures).toBe(1)
    expect(await troublesAbout(w.db.read, `source:${id}`)).toHaveLength(1)
    w.clock.advance(24 * HOUR)
    await every(60)
    expect(await fetches()).toHaveLength(1)
    expect((await source(id))?.failures).toBe(2)
    expect(await w.db.read.$count(deliveries, and(eq(deliveries.listener, 'trends:trends.source-due')))).toBe(1)
    w.complaints.length = 0
  })
})

test('a page that cannot be written to does not keep a delivery from being parked', async () => {
  w = await broken('storefront', 'storefront.answered', new Error('boom'))
  const now = w.clock.now()
  await w.db.write((tx) => w.context.outbox.emit(tx, system('t'), 'storefront.answered', { inquiryId: 'gone' }, now))
  await untilParked()
  expect(await parked()).toEqual([expect.objectContaining({ about: null })])
  w.complaints.length = 0
})
