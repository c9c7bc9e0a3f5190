import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Client, inTurns } from '../../scripts/demo/client.ts'
import { startFactory, type DemoFactory } from '../../scripts/demo/factory.ts'
import { until } from '../../scripts/demo/telling.ts'
import { FIXTURES, FIXTURES_FOLDER, FIXTURES_WEEK } from '../../scripts/fixtures-trends.ts'
import { eq } from 'drizzle-orm'
import { stagesOf } from '../../src/app.ts'
import { HandClock } from '../../src/core/clock.ts'
import { system } from '../../src/core/actor.ts'
import { DAY } from '../../src/core/values.ts'
import { readLabel } from '../../src/garments/index.ts'
import type { EventName } from '../../src/core/events.ts'
import {
  allocations,
  campaignBuyers,
  campaigns,
  decisions,
  deliveries,
  designRuns,
  events,
  inquiries,
  lots,
  mails,
  messages,
  offers,
  preorders,
  productionOrders,
  progress,
  reorders,
  styleVersions,
  styles,
  trends,
} from '../../src/db/schema.ts'
import type { Reactions } from '../../src/stages/context.ts'
import { testServer, type TestServer } from '../support/server.ts'

const TABLES = {
  events,
  mails,
  trends,
  designRuns,
  styles,
  styleVersions,
  decisions,
  campaigns,
  inquiries,
  preorders,
  campaignBuyers,
  lots,
  productionOrders,
  allocations,
  offers,
  messages,
  progress,
  reorders,
}

/** The demo's story, told to the real server over HTTP, with a clock turned by hand. */
const clock = new HandClock(new Date())
let server: TestServer
let factory: DemoFactory
let house: Client
let visitor: Client

beforeAll(async () => {
  server = await testServer({ clock, more: { MARKER_SECONDS: '1' } })
  house = new Client(server.url, server.key)
  visitor = new Client(server.url)
  factory = await startFactory({ manners: { pauseMs: 5, twice: true } })
})
afterAll(async () => {
  await factory.close()
  await server.close()
})

interface Style {
  style: { id: string; number: string; version: number; state: string; category: string }
  version: {
    hash: string
    spec: { names: { zh: string; en: string } }
    pictures: { view: string; files: Record<string, string> }[]
    gates: { gate: string; verdict: string }[]
  }
  blocked: unknown[]
}
interface Campaign {
  id: string
  style: string
  state: string
  styleHash: string
  sizes: string[]
  colourways: { id: string }[]
  lotUnits: number
}
interface Order {
  id: string
  number: string
  state: string
  units: number
  styleHash: string
}

const sweep = (name: 'demand.sweep-due' | 'reorders.sweep-due') =>
  server.app.line.context.db.write((tx) =>
    server.app.line.context.outbox.emit(tx, system('test'), name, { window: clock.now().toISOString() }, clock.now()),
  )

const linkToken = async (id: string): Promise<string> => {
  const letter = await until('a letter', async () =>
    (await server.app.line.mail?.list(500))?.find((each) => each.text.includes(id)),
  )
  return new URL(/https?:\S+\/preorders\/\S+/.exec(letter.text)?.[0] ?? '').searchParams.get('token') ?? ''
}
let ordered = 0
async function preorder(campaign: Campaign, buyer: string, quantity: number): Promise<string> {
  const n = ordered++
  const { status, body } = await visitor.send<{ id: string }>(
    'POST',
    `/campaigns/${campaign.id}/preorders`,
    {
      email: `${buyer}@example.com`,
      name: buyer,
      lines: [
        {
          size: campaign.sizes[n % campaign.sizes.length],
          colourway: campaign.colourways[n % campaign.colourways.length]?.id,
          quantity,
        },
      ],
    },
    { 'idempotency-key': `${campaign.id}-${buyer}` },
  )
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}
const confirm = async (id: string) => visitor.call('POST', `/preorders/${id}/confirm?token=${await linkToken(id)}`)

let made: Style[] = []
let coat: Campaign
let other: Campaign
let order: Order

describe('from a feed to a delivered lot', () => {
  test('feeds and exports are read, and the military overcoat is first among the trends', async () => {
    for (const fixture of FIXTURES) {
      const form = new FormData()
      for (const field of ['name', 'lang', 'region', 'format'] as const) form.set(field, fixture[field])
      form.set(
        'file',
        new Blob([await readFile(new URL(fixture.file, FIXTURES_FOLDER))], { type: fixture.contentType }),
        fixture.file,
      )
      await house.call('POST', '/uploads', form)
    }
    await house.call('POST', '/trends/score', { week: FIXTURES_WEEK })
    const { items } = await house.call<{ items: { id: string; label: { zh: string } }[] }>(
      'GET',
      `/trends?week=${FIXTURES_WEEK}`,
    )
    expect(items[0]?.label.zh).toContain('军大衣')
    const { id } = await house.call<{ id: string }>('POST', '/design-runs', {
      trendIds: [items[0]?.id],
      count: 3,
      seed: 3,
    })
    await until(
      'designs',
      async () => (await house.call<{ state: string }>('GET', `/design-runs/${id}`)).state === 'done',
      240,
    )
    made = (await house.call<{ items: Style[] }>('GET', '/styles')).items.toReversed()
    expect(made).toHaveLength(3)
    expect(new Set(made.map((each) => each.version.hash)).size).toBe(3)
    for (const { version } of made)
      expect(version.gates.map((each) => each.gate)).toEqual([
        'G0',
        'G1',
        'G2',
        'G3',
        'G4',
        'G5',
        'G6',
        'G7',
        'G8',
        'G9',
        'G10',
      ])
  }, 300_000)

  test('one is refined with a sentence and undone again, one rejected with a reason, two approved', async () => {
    const open = made.filter((each) => !each.blocked.length)
    const [first, second, third] = [...open, ...made.filter((each) => each.blocked.length)] as [Style, Style, Style]
    const approve = ({ style }: Style, version: number) =>
      house.call('POST', `/styles/${style.id}/approve`, {
        version,
        secondLook: true,
        campaign: {
          closing: 'atGoal',
          thresholdUnits: 100,
          closesAt: new Date(clock.now().getTime() + 14 * DAY).toISOString(),
        },
      })

    const refined = await house.call<{ version: number; changes: unknown[] }>(
      'POST',
      `/styles/${second.style.id}/refine`,
      { version: 1, sentence: '长一点' },
    )
    expect(refined).toMatchObject({ version: 2 })
    expect(refined.changes).not.toHaveLength(0)
    await expect(approve(second, 1)).rejects.toThrow(/approvals.moved-on/)
    const undone = await house.call<{ version: number }>('POST', `/styles/${second.style.id}/undo`, { version: 2 })
    const again = await house.call<Style>('GET', `/styles/${second.style.id}`)
    expect(undone.version).toBe(3)
    expect(again.version.hash).toBe(second.version.hash)

    await expect(house.call('POST', `/styles/${third.style.id}/reject`, { version: 1, reason: '' })).rejects.toThrow(
      /422/,
    )
    await house.call('POST', `/styles/${third.style.id}/reject`, { version: 1, reason: '不够新' })
    await approve(first, 1)
    await approve(second, 3)
    await expect(approve(first, 1)).rejects.toThrow(/approvals.moved-on/)
    const campaigns = await until('campaigns', async () => {
      const { items } = await visitor.call<{ items: Campaign[] }>('GET', '/campaigns')
      return items.length === 2 && items
    })
    coat = campaigns.find((each) => each.style === first.style.number) as Campaign
    other = campaigns.find((each) => each.style === second.style.number) as Campaign
    expect(coat.styleHash).toBe(first.version.hash)

    // What is sold is also shown from near, in labelled files; its hash is what it was.
    const details = await until('details', async () => {
      const { version } = await house.call<Style>('GET', `/styles/${first.style.id}`)
      expect(version.hash).toBe(first.version.hash)
      const found = version.pictures.filter(({ view }) => view.startsWith('detail-'))
      return found.length > 0 && found
    })
    expect(new Set(details.map(({ view }) => view))).toEqual(new Set(['detail-collar', 'detail-cuff', 'detail-fabric']))
    for (const { files } of details) {
      const bytes = await (await fetch(`${server.url}/pictures/${files['webp']}.webp`)).arrayBuffer()
      const label = await readLabel(Buffer.from(bytes))
      expect(label.aigc?.['Label']).toBeTruthy()
      expect(label.visible.present).toBe(true)
    }
  }, 120_000)

  test('confirmed pre-orders reach the threshold and make exactly one production order', async () => {
    await house.call('PATCH', '/dispatch-terms', {
      shipTo: { name: '首裁仓库', lines: ['复兴路 88 号'], city: '杭州', country: 'CN' },
      maker: '首裁（杭州）有限公司',
      makerAddress: '杭州市复兴路 88 号',
    })
    const made = await house.call<{ factory: { id: string }; secret: string }>('POST', '/factories', {
      name: '柯桥柔性制衣厂',
      country: 'China',
      categories: ['coat'],
      moq: 30,
      weeklyCapacity: 800,
      leadDays: 14,
      endpoint: factory.endpoint,
    })
    factory.setUp({
      factoryId: made.factory.id,
      secret: made.secret,
      callbackUrl: `${server.url}/factory/callbacks/${made.factory.id}`,
    })
    await house.call('POST', `/factories/${made.factory.id}/ping`)

    const ids = await inTurns(
      Array.from({ length: 40 }, (_, n) => n),
      10,
      (n) => preorder(coat, `buyer${n}`, 3),
    )
    const early = await preorder(other, 'early', 4)
    await confirm(early)
    await inTurns(ids, 10, confirm)
    order = await until(
      'a production order',
      async () => (await house.call<{ items: Order[] }>('GET', '/production-orders')).items[0],
    )
    await until(
      'delivery',
      async () =>
        (await house.call<{ order: Order }>('GET', `/production-orders/${order.id}`)).order.state === 'delivered',
      120,
    )
    const { items } = await house.call<{ items: Order[] }>('GET', '/production-orders')
    expect(items).toHaveLength(1)
    expect(items[0]?.units).toBeGreaterThanOrEqual(100)
    expect(items[0]?.styleHash).toBe(coat.styleHash)
  }, 240_000)

  test('the factory verified, fetched and checked everything; every callback came twice and counted once', async () => {
    await factory.idle()
    expect(factory.log.find((entry) => entry.what === 'checked')).toMatchObject({ schema: true, faults: [] })
    const reports = await house.call<{ sequence: number; outcome: string; state: string }[]>(
      'GET',
      `/production-orders/${order.id}/progress`,
    )
    expect(reports.map((each) => each.state)).toEqual([
      'materials',
      'cutting',
      'sewing',
      'finishing',
      'quality-check',
      'shipped',
      'delivered',
    ])
    expect(new Set(reports.map((each) => each.outcome))).toEqual(new Set(['applied']))
  })

  test('what is ordered afterwards gathers for the next lot, which is proposed and approved', async () => {
    const now = await visitor.call<Campaign>('GET', `/campaigns/${coat.id}`)
    const missing = Math.max(0, 33 - now.lotUnits)
    const ids = await inTurns(
      Array.from({ length: Math.ceil(missing / 3) }, (_, n) => n),
      6,
      (n) => preorder(coat, `later${n}`, 3),
    )
    await inTurns(ids, 6, confirm)
    await sweep('reorders.sweep-due')
    const proposal = await until(
      'a proposal',
      async () =>
        (await house.call<{ items: { id: string; units: number; state: string }[] }>('GET', '/reorders')).items[0],
    )
    const lot = await house.call<{ number: number; units: number }>('POST', `/reorders/${proposal.id}/approve`)
    expect(lot).toMatchObject({ number: 2 })
    expect(lot.units).toBeGreaterThanOrEqual(33)
    await until(
      'the second production order',
      async () => (await house.call<{ items: Order[] }>('GET', '/production-orders')).items.length === 2,
    )
  }, 120_000)

  test('the other style misses its date: its buyer is released and told, and nobody can confirm any more', async () => {
    const waiting = await preorder(other, 'undecided', 1)
    const token = await linkToken(waiting)
    clock.advance(15 * DAY)
    await sweep('demand.sweep-due')
    await until(
      'the release',
      async () => (await visitor.call<Campaign>('GET', `/campaigns/${other.id}`)).state === 'released',
    )
    await until(
      'letters',
      async () =>
        (await server.app.line.mail?.list(500))?.filter((each) => each.subject.includes('未达到起做量')).length === 2,
    )
    const late = await visitor.send('POST', `/preorders/${waiting}/confirm?token=${token}`)
    expect(late.body).toMatchObject({ state: 'released' })
    const counts = await house.call<{ parkedDeliveries: number }>('GET', '/counts')
    expect(counts.parkedDeliveries).toBe(0)
    expect(await house.call('GET', '/demand-audit')).toEqual([])
  }, 60_000)

  test('what was approved is what was sold is what was sent', async () => {
    const brief = await house.call<{
      style: { hash: { approved: string; sold: string; sent: string } }
      order: { quantities: { units: number }[]; totalUnits: number }
    }>('GET', `/production-orders/${order.id}/brief`)
    const { approved, sold, sent } = brief.style.hash
    expect({ approved, sold, sent }).toEqual({ approved: coat.styleHash, sold: coat.styleHash, sent: coat.styleHash })
    expect(brief.order.quantities.reduce((sum, line) => sum + line.units, 0)).toBe(brief.order.totalUnits)
  })

  test('every reaction, run twice for everything that happened, changes nothing the second time', async () => {
    const { db, line } = server.app
    const idle = () =>
      until('an idle line', async () => (await db.read.$count(deliveries, eq(deliveries.state, 'due'))) === 0)
    async function reactToEverything(): Promise<number> {
      let ran = 0
      for (const event of await db.read.select().from(events).orderBy(events.id))
        for (const stage of Object.values(stagesOf(line))) {
          const reaction = (stage.reactions as Reactions)[event.name as EventName] as
            | ((event: unknown) => Promise<void>)
            | undefined
          if (!reaction) continue
          await reaction(event)
          ran++
        }
      return ran
    }
    // Once at this moment: the clock has moved since it happened, so a sweep may find something new to do.
    await idle()
    expect(await reactToEverything()).toBeGreaterThan(20)
    await idle()
    const before = await everything()
    await reactToEverything()
    await idle()
    expect(await everything()).toEqual(before)
  }, 240_000)
})

/** Every row of every table, without the moments at which the same thing was looked at again. */
async function everything(): Promise<Record<string, string[]>> {
  const seen: Record<string, string[]> = {}
  for (const [name, table] of Object.entries(TABLES)) {
    const rows = (await server.app.db.read.select().from(table)) as Record<string, unknown>[]
    seen[name] = rows
      // The server's own schedules go on meanwhile.
      .filter((row) => !(name === 'events' && String(row['name']).endsWith('-due')))
      // How far the worker is with sending is its own affair; that nothing more is to be sent is ours.
      .map(({ scoredAt: _scored, ...row }) => JSON.stringify(row['dedupeKey'] ?? row))
      .sort()
  }
  return seen
}
