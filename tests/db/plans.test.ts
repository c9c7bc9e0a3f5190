/**
 * What the house asks of its database while it works, as the drivers are given it, is found by an index: nothing walks
 * through a table that grows, and nothing sorts what an index has in order. A statement that does is named below with the
 * reason why it may.
 */
import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { anonymous } from '../../src/core/actor.ts'
import { dialect } from '../../src/core/dialect.ts'
import { DAY, HOUR, newId } from '../../src/core/values.ts'
import { campaigns, offers, preorders, productionOrders } from '../../src/db/schema.ts'
import { rowStatement } from '../../src/db/database.ts'
import { designsUpkeep } from '../../src/stages/2-designs/upkeep.ts'
import { acceptPreorders } from '../../src/stages/5-demand/store/intake.ts'
import { openCampaign } from '../support/campaigns.ts'
import { rekeyBuyers } from '../../src/stages/5-demand/store/rekeying.ts'
import { house, openLine } from '../support/line.ts'
import { gatheredCampaign } from '../support/lots.ts'
import { explainPostgres, explainSqlite } from '../support/plans.ts'
import { testServer } from '../support/server.ts'
import { recordStatements, type Ran } from '../support/statements.ts'

/** Tables that stay as small as a house is, or hold what waits and is taken away. */
const SMALL: Record<string, string> = {
  settings: 'a row for each kind of setting',
  users: 'people of the house',
  sessions: 'signed-in people of the house',
  invitations: 'people of the house',
  api_keys: 'machines of the house',
  factories: 'factories of the house',
  sources: 'sources of the house',
  materials: 'the house’s library of materials',
  limits: 'acts of the last hour',
  _migrations: 'versions of the house',
  security_head: 'one row',
  sale_terms: 'versions of the terms of sale of the house',
  tallies: 'a row for each state of what is counted (on PostgreSQL at most 64)',
}

/** Part of a statement, which trouble it may have, and why. */
const ALLOWED: readonly { text: RegExp; trouble: RegExp; why: string }[] = [
  {
    text: /^select .* from "(campaigns|campaign_buyers|demand_cells|demand_hours|pledge_rungs|production_orders)" (inner join "lots" .*)?order by .* limit/,
    trouble: /^scan/,
    why: 'the audit reads everything, in the order of the key, a step at a time',
  },
  {
    text: /^insert into "(lots|offers|campaigns|shipments)"/,
    trouble: /^scan (production_orders|cancellations|partner_terms|returns)/,
    why: 'the check of a foreign key, which is passed over while none is broken',
  },
  {
    text: /^select .* from "(pieces|shipments)" inner join "counts" .* order by .* limit/,
    trouble: /^(scan|sort)/,
    why: 'the audit reads what was counted, in the order of the key, a step at a time',
  },
  {
    text: /^select .*sum\("(production_orders"\.")?units"\) .* group by "(offers|production_orders)"."factory_id"/,
    trouble: /^sort/,
    why: 'a row for each factory, of what is in hand',
  },
  {
    text: /from "progress" where "progress"."order_id" in/,
    trouble: /^sort/,
    why: 'the reports on the orders of one page',
  },
  {
    text: /^select ("state", )?count\(\*\) from "\w+"( group by "\w+"."state")?$/,
    trouble: /./,
    why: 'what a stage holds, counted for operators alone',
  },
]

/** The same for any number of rows and values. */
const plain = (text: string): string =>
  text
    .replaceAll(/\$\d+/g, '?')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(\((?:[^()]|\([^()]*\))*\))(?:, \1)+/g, '$1')
    .replaceAll(/\?(?:, \?)+/g, '?…')

const LOOKED_AT = /^(select|insert|update|delete|with)\b/i
const OF_DATABASE = /\b(pg_|sqlite_|information_schema|_migrations|firstcut_probe)/

let stop = () => {}
afterEach(() => stop())

/** Every kind of statement that was asked, once; what opening a database asks is left out. */
function collect() {
  const statements = new Map<string, Ran>()
  let begun = false
  stop = recordStatements((ran) => {
    const text = plain(ran.text)
    if (begun && LOOKED_AT.test(text) && !OF_DATABASE.test(text) && !statements.has(text)) statements.set(text, ran)
  })
  return {
    statements,
    begin: () => void (begun = true),
    end: () => void (begun = false),
    /** What the test itself asks. */
    async aside<T>(ask: () => Promise<T>): Promise<T> {
      begun = false
      const answer = await ask()
      begun = true
      return answer
    },
  }
}

const explainerAt = async ({ at }: Ran) => (typeof at === 'string' ? explainSqlite(at) : explainPostgres(at))

/** Names of the indexes that serve a statement. */
async function indexesOf(ran: Ran): Promise<string[]> {
  const explainer = await explainerAt(ran)
  try {
    return await explainer.indexes(ran.text)
  } finally {
    await explainer.close()
  }
}

async function troublesOf(statements: ReadonlyMap<string, Ran>): Promise<string[]> {
  const [any] = statements.values()
  if (!any) throw new Error('nothing was asked')
  const explainer = await explainerAt(any)
  const found: string[] = []
  try {
    for (const [text, { text: asked }] of statements)
      for (const trouble of new Set(await explainer.explain(asked))) {
        const [what, table = ''] = trouble.split(' ')
        if (what === 'scan' && table in SMALL) continue
        const names = [...text.matchAll(/(?:from|join) "?(\w+)"?/g)].map(([, name]) => name ?? '')
        if (what === 'sort' && names.length && names.every((name) => name in SMALL)) continue
        if (ALLOWED.some((each) => each.text.test(text) && each.trouble.test(trouble))) continue
        found.push(`${trouble}: ${text}`)
      }
  } finally {
    await explainer.close()
  }
  return found.sort()
}

test('the line from a pre-order to a delivered lot asks for nothing that no index has', async () => {
  const { statements, begin, aside } = collect()
  await using line = await openLine()
  begin()
  await line.openCampaign(9)
  await line.openCampaign(21)
  const [soon, later] = await aside(() => line.campaigns())
  const order = async (campaignId: string, buyer: string, quantity: number, vouched = false) => {
    const [campaign] = (await aside(() => line.campaigns())).filter(({ id }) => id === campaignId)
    const lines = [{ size: campaign!.sizes[0]!, colourway: campaign!.colourways[0]!, quantity }]
    return line.place(campaignId, { email: `${buyer}@example.com`, key: `${campaignId}${buyer}`, lines, vouched })
  }
  for (const { id } of [soon!, later!])
    for (const buyer of ['mei', 'lan', 'jun', 'wei']) {
      const mine = await order(id, buyer, 30)
      await line.settle()
      if (mine) await line.confirm(mine)
    }
  const mine = await order(later!.id, 'ann', 8)
  if (mine) {
    await line.confirm(mine)
    await line.cancel(mine)
  }
  await order(later!.id, 'tom', 20, true)
  await line.settle()
  await line.tick()
  await line.settle()
  for (const offer of await aside(async () => line.db.read.select().from(offers))) {
    const data = { orderId: offer.orderId, offerId: offer.id }
    await line.callback(offer.factoryId, 'order.accepted', data)
  }
  await line.settle()
  // Looked at while it is being made, and beside what was made before when another lot is placed.
  await line.tick()
  await line.settle()
  for (const { id, factoryId } of await aside(async () => line.db.read.select().from(productionOrders)))
    for (const [sequence, state] of ['materials', 'cutting', 'shipped', 'delivered'].entries())
      if (factoryId)
        await line.callback(factoryId, 'order.progressed', { orderId: id, reportId: state, sequence: sequence + 1, state }) // prettier-ignore
  await line.settle()
  line.clock.advance(8 * DAY)
  await line.tick()
  await line.settle()
  line.clock.advance(15 * DAY)
  await line.tick()
  await line.settle()
  line.clock.advance(HOUR)
  await line.stages.demand.audit(house, { repair: true })
  // Rows that a thread stores are asked for on a connection of its own.
  await line.db.write(async (tx) => {
    if (dialect === 'postgres') return
    const { text } = rowStatement(acceptPreorders, tx)
    statements.set(plain(text), { text, rows: 1, at: [...statements.values()][0]!.at })
  })
  await rekeyBuyers(line.db, { current: 'now.', keyOf: (email) => `now.${email}` }, async () => {})
  for (const { slice, remove } of designsUpkeep.prunes) {
    await slice(line.db.read, { before: line.clock.now(), after: '0', limit: 500 })
    await line.db.write((tx) => remove(tx, ['none']))
  }
  expect(statements.size).toBeGreaterThan(80)
  // Among them those that were without an index once.
  for (const part of [
    /from "offers" where .*"answer_by" <= \?/,
    /"accepted_at" >= \?/,
    /"answered_at" >= \?/,
    /"factory_id" = \? order by "production_orders"."id" desc/,
  ])
    // prettier-ignore
    expect([...statements.keys()].some((text) => part.test(text)), String(part)).toBe(true)
  expect((await troublesOf(statements)).join('\n')).toBe('')
})

test('a statement that walks through a table, or sorts it, is found', async () => {
  const { statements, begin } = collect()
  await using line = await openLine()
  begin()
  await line.db.read.select({ id: preorders.id }).from(preorders).where(eq(preorders.name, 'Mei'))
  await line.db.read.select({ id: preorders.id }).from(preorders).where(eq(preorders.campaignId, 'c')).orderBy(preorders.email) // prettier-ignore
  const found = await troublesOf(statements)
  expect(found.map((trouble) => trouble.split(':')[0])).toEqual(['scan preorders', expect.stringMatching(/^sort/)])
})

const PAGES = [
  '/',
  '/shop',
  '/console',
  '/console/campaigns',
  '/console/campaigns/:campaign',
  '/console/inquiries',
  '/console/reorders',
  '/console/orders',
  '/console/styles',
  '/console/styles?state=all',
  '/console/trends',
  '/console/events',
  '/console/deliveries',
  '/console/mail',
  '/console/factories',
  '/metrics',
  '/api/v1/campaigns',
  '/api/v1/campaigns/:campaign',
  '/api/v1/campaigns/:campaign/preorders',
  '/api/v1/campaigns/:campaign/demand',
  '/api/v1/inquiries',
  '/api/v1/styles',
  '/api/v1/trends',
  '/api/v1/production-orders',
  '/api/v1/messages',
  '/api/v1/reorders',
  '/api/v1/counts',
  '/api/v1/events',
  '/api/v1/parked',
] as const

test('the pages that everybody opens ask for nothing that no index has', async () => {
  const { statements, begin, end } = collect()
  const server = await testServer()
  try {
    const { campaignId: id } = await gatheredCampaign(server.app.line.context)
    begin()
    const failed: string[] = []
    for (const page of PAGES) {
      const answer = await fetch(server.url + page.replace(':campaign', id), {
        headers: { authorization: `Bearer ${server.key}` },
      })
      if (answer.status >= 400) failed.push(`${page}: ${answer.status}`)
      await answer.arrayBuffer()
    }
    end()
    expect(failed).toEqual([])
    expect(statements.size).toBeGreaterThan(20)
    expect((await troublesOf(statements)).join('\n')).toBe('')
  } finally {
    await server.close()
  }
})

test('what is sold is read in the order of the shop from its own index, however much is over', async () => {
  const { statements, begin, end } = collect()
  const server = await testServer({ role: 'web' })
  try {
    const { context, storefront } = server.app.line
    const { id, styleId } = await openCampaign(context)
    await server.app.db.write(async (tx) => {
      const [one] = await tx.select().from(campaigns).where(eq(campaigns.id, id))
      const over = Array.from({ length: 400 }, (_, n) => ({
        ...one!,
        id: newId(),
        slug: `over-${n}`,
        styleId,
        styleVersion: n + 2,
        state: 'closed' as const,
      }))
      for (let n = 0; n < over.length; n += 50) await tx.insert(campaigns).values(over.slice(n, n + 50))
    })
    begin()
    expect(await storefront.onSale(anonymous, { limit: 20 })).toHaveLength(1)
    end()
    const [asked] = [...statements.values()].filter(({ text }) => text.includes('order by "campaigns"."id" desc'))
    expect(await indexesOf(asked!)).toContain('campaigns_on_sale')
    expect((await troublesOf(statements)).join('\n')).toBe('')
  } finally {
    await server.close()
  }
})
