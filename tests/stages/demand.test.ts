import { eq, getTableColumns, getTableName, is, Table } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { dialect } from '../../src/core/dialect.ts'
import { DAY, HOUR, newId } from '../../src/core/values.ts'
import * as schema from '../../src/db/schema.ts'
import { CAMPAIGN_STATES, campaignBuyers, campaigns, events, lots, preorders } from '../../src/db/schema.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { auditOrders, COUNTERS as OF_ORDERS } from '../../src/stages/6-dispatch/ledger.ts'
import { COUNTERS as OF_PIECES } from '../../src/stages/7-production/ledger.ts'
import { whyNot } from '../../src/stages/5-demand/intake.ts'
import { COUNTERS } from '../../src/stages/5-demand/ledger.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { acceptPreorders } from '../../src/stages/5-demand/store/intake.ts'
import { openCampaign } from '../support/campaigns.ts'
import { gatheredCampaign } from '../support/lots.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand }>
let demand: Demand
const operator = system('test')

beforeEach(async () => {
  line = await world({
    stages: (context) => ({ demand: openDemand(context, { rules: [auditOrders] }) }),
  })
  demand = line.stages.demand
})
afterEach(() => line.close())

const describeRefusal = (refusal: { code: string }) => JSON.stringify({ code: refusal.code })

function place(
  campaignId: string,
  buyer: string,
  quantity: number,
  key = `key-${buyer}-${quantity}-${newId()}`,
  size = 'L',
) {
  return demand.place(
    anonymous,
    campaignId,
    { email: `${buyer}@example.com`, name: buyer, lang: 'zh', lines: [{ size, colourway: 'olive', quantity }] },
    { key, describe: describeRefusal },
  )
}
const idIn = (answer: { text: string }) => (JSON.parse(answer.text) as { id: string }).id
const tokenOf = (id: string) => new URL(demand.linkFor(id)).searchParams.get('token') ?? ''
const confirm = (id: string) => demand.confirm(anonymous, { id, token: tokenOf(id) })
async function order(campaignId: string, buyer: string, quantity: number) {
  const id = idIn(await place(campaignId, buyer, quantity))
  await confirm(id)
  return id
}
const campaign = async (id: string) => (await line.db.read.select().from(campaigns).where(eq(campaigns.id, id)))[0]!
const eventNames = async () =>
  (await line.db.read.select({ name: events.name }).from(events).orderBy(events.id)).map((each) => each.name)

describe('a pre-order', () => {
  test('counts only after its buyer followed the link in the letter', async () => {
    const { id } = await openCampaign(line.context)
    const preorder = idIn(await place(id, 'mei', 3))
    await line.settle()
    expect(await campaign(id)).toMatchObject({ pendingUnits: 3, lotUnits: 0, lotBuyers: 0 })
    const [letter] = await line.letters()
    expect(letter).toMatchObject({ to: 'mei@example.com', subject: '请确认您的预订：双排扣军大衣' })
    expect(letter?.text, 'colours by their names').toContain('军绿 · L × 3')
    const link = new URL(/http\S+/.exec(letter!.text)![0])
    await demand.confirm(anonymous, { id: preorder, token: link.searchParams.get('token')! })
    expect(await campaign(id)).toMatchObject({ pendingUnits: 0, lotUnits: 3, totalUnits: 3, lotBuyers: 1 })
  })

  test('is confirmed once, however often the link is followed, also twice at once', async () => {
    const { id } = await openCampaign(line.context)
    const preorder = idIn(await place(id, 'mei', 3))
    await Promise.all([confirm(preorder), confirm(preorder), confirm(preorder)])
    await confirm(preorder)
    expect(await campaign(id)).toMatchObject({ pendingUnits: 0, lotUnits: 3, lotBuyers: 1 })
  })

  test('sent again under the same key gets the first answer, byte for byte, and counts once', async () => {
    const { id } = await openCampaign(line.context)
    const first = await place(id, 'mei', 2, 'same-key')
    const again = await place(id, 'mei', 2, 'same-key')
    expect(again).toEqual({ ...first, replayed: true })
    await line.settle()
    expect(await campaign(id)).toMatchObject({ pendingUnits: 2 })
  })

  test('is told the first answer also when its campaign has closed meanwhile', async () => {
    const { id } = await openCampaign(line.context, { days: 1 })
    const first = await place(id, 'mei', 2, 'same-key')
    line.clock.advance(DAY)
    expect(await place(id, 'mei', 2, 'same-key')).toEqual({ ...first, replayed: true })
    await expect(place(id, 'mei', 3, 'same-key')).rejects.toMatchObject({ code: 'idempotency.other-body' })
  })

  test('refused for good is refused again under its key, in the same words, also when it would be granted now', async () => {
    const { id } = await openCampaign(line.context, { perBuyerCap: 5 })
    const mine = await order(id, 'mei', 4)
    await expect(place(id, 'mei', 3, 'too-many')).rejects.toMatchObject({ code: 'preorders.cap' })
    await demand.cancel(anonymous, { id: mine, token: tokenOf(mine) })
    expect(await place(id, 'mei', 3, 'too-many')).toEqual({
      status: 422,
      text: '{"code":"preorders.cap"}',
      replayed: true,
    })
    expect(await place(id, 'mei', 3, 'another-key')).toMatchObject({ status: 201 })
  })

  test('among a hundred of the same moment gets its own answer, whatever the others get', async () => {
    const { id } = await openCampaign(line.context, { perBuyerCap: 5 })
    const closed = await openCampaign(line.context, { opensInDays: 1 })
    await order(id, 'full', 5)
    await place(id, 'known', 1, 'known-key')
    const results = await Promise.allSettled([
      ...Array.from({ length: 97 }, (_, n) => place(id, `buyer-${n}`, 1 + (n % 5))),
      place(id, 'full', 1),
      place(closed.id, 'early', 1),
      place(id, 'known', 1, 'known-key'),
    ])
    const answers = results
      .slice(0, 97)
      .map((each) => (each.status === 'fulfilled' ? JSON.parse(each.value.text) : each))
    expect(answers.map(({ state, units }) => ({ state, units }))).toEqual(
      answers.map((_, n) => ({ state: 'pending', units: 1 + (n % 5) })),
    )
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(97)
    expect(results.slice(97)).toMatchObject([
      { status: 'rejected', reason: { code: 'preorders.cap' } },
      { status: 'rejected', reason: { code: 'campaigns.not-open' } },
      { status: 'fulfilled', value: { replayed: true } },
    ])
    const rows = await line.db.read.select().from(preorders)
    expect(rows).toHaveLength(99)
    const buyerOf = new Map(rows.map((row) => [row.id, row.name]))
    expect(answers.map((answer) => buyerOf.get(answer.id))).toEqual(answers.map((_, n) => `buyer-${n}`))
  })

  test.runIf(dialect === 'postgres')('that the database cannot take does not take the others with it', async () => {
    const { id } = await openCampaign(line.context)
    const results = await Promise.allSettled(
      ['mei', 'nul\u0000', 'lan', 'jun'].map((buyer) =>
        demand.place(
          anonymous,
          id,
          {
            email: `${buyer.slice(0, 3)}@example.com`,
            name: buyer,
            lang: 'zh',
            lines: [{ size: 'L', colourway: 'olive', quantity: 1 }],
          },
          { key: buyer, describe: describeRefusal },
        ),
      ),
    )
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  })

  test('with the same key and another body is refused with 422', async () => {
    const { id } = await openCampaign(line.context)
    await place(id, 'mei', 2, 'same-key')
    await expect(place(id, 'mei', 5, 'same-key')).rejects.toMatchObject({ code: 'idempotency.other-body', status: 422 })
  })

  test('sent two hundred times at once under one key is taken once; the others hear that it is under way', async () => {
    const { id } = await openCampaign(line.context)
    const results = await Promise.allSettled(Array.from({ length: 200 }, () => place(id, 'mei', 2, 'burst')))
    const answers = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value.text] : []))
    const refusals = results.flatMap((each) =>
      each.status === 'rejected' ? [(each.reason as { status: number }).status] : [],
    )
    expect(new Set(answers).size).toBe(1)
    expect(new Set(refusals)).toEqual(new Set([409]))
    expect(await line.db.read.$count(preorders)).toBe(1)
    await line.settle()
    expect(await campaign(id)).toMatchObject({ pendingUnits: 2 })
  })

  test('of an unknown size or colour is refused, says which there are, and leaves nothing behind', async () => {
    const { id } = await openCampaign(line.context)
    await expect(place(id, 'mei', 1, 'a', 'XXXS')).rejects.toMatchObject({
      code: 'preorders.size',
      extra: { field: 'lines.0.size' },
      text: { zh: expect.stringContaining('S、M、L') },
    })
    expect(await campaign(id)).toMatchObject({ pendingUnits: 0 })
    expect(await line.db.read.$count(preorders)).toBe(0)
  })

  test('over the cap of one buyer is refused, whatever dots and tags the address is typed with', async () => {
    const { id } = await openCampaign(line.context, { perBuyerCap: 5 })
    await order(id, 'mei', 4)
    await expect(place(id, 'Mei+second', 2)).rejects.toMatchObject({ code: 'preorders.cap', status: 422 })
    const both = [idIn(await place(id, 'lan', 4)), idIn(await place(id, 'LAN', 4))]
    await confirm(both[0]!)
    await expect(confirm(both[1]!)).rejects.toMatchObject({ code: 'preorders.cap' })
    expect(await campaign(id)).toMatchObject({ lotUnits: 8 })
    await line.settle()
    expect(await demand.audit(operator, { repair: false })).toEqual([])
  })

  test('placed in the last moment of a campaign is released and told so once, not left waiting', async () => {
    const { id } = await openCampaign(line.context, { days: 1 })
    const late = idIn(await place(id, 'mei', 1))
    line.clock.advance(DAY)
    await line.settle()
    await demand.reactions['demand.sweep-due']()
    await line.settle()
    expect((await line.letters()).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^未达到起做量/)])
    const [row] = await line.db.read.select().from(preorders).where(eq(preorders.id, late))
    expect(row).toMatchObject({ state: 'released' })
  })

  test('that was being stored while its campaign ended is released, and its buyer is told', async () => {
    const { id } = await openCampaign(line.context, { days: 1 })
    await place(id, 'mei', 2)
    const [stored] = await line.db.read.select().from(preorders)
    line.clock.advance(DAY)
    await demand.reactions['demand.sweep-due']()
    await line.settle()
    // Acknowledged by a transaction beside the one that ended the campaign, which therefore did not see it.
    const row = { ...stored!, id: newId(), email: 'lan@example.com', requestKey: 'lan', state: 'pending' as const }
    await line.db.write((tx) =>
      tx
        .insert(preorders)
        .values({ ...row, letterDue: true, endedAt: null })
        .returning({ id: preorders.id }),
    )
    await line.settle()
    const states = await line.db.read.select({ state: preorders.state }).from(preorders)
    expect(states.map(({ state }) => state)).toEqual(['released', 'released'])
    const told = async () => (await line.letters()).map(({ to, subject }) => `${to} ${subject.split('：')[0]}`).sort()
    const once = ['lan@example.com 未达到起做量，预订已取消', 'mei@example.com 未达到起做量，预订已取消']
    expect(await told()).toEqual(once)
    await line.everyReactionAgain()
    expect(await told()).toEqual(once)
  })

  test('before the opening, after the closing or for nothing known is refused with the reason', async () => {
    const later = await openCampaign(line.context, { opensInDays: 2 })
    await expect(place(later.id, 'mei', 1)).rejects.toMatchObject({ code: 'campaigns.not-open' })
    const { id } = await openCampaign(line.context, { days: 1 })
    line.clock.advance(DAY)
    await expect(place(id, 'mei', 1)).rejects.toMatchObject({ code: 'campaigns.closed' })
    await expect(place('nothing', 'mei', 1)).rejects.toMatchObject({ status: 404 })
  })

  test('is taken by the statement exactly when the words have no reason against it', async () => {
    const now = line.clock.now()
    const at = (hours: number) => new Date(now.getTime() + hours * HOUR)
    const wrong: string[] = []
    for (const state of CAMPAIGN_STATES)
      for (const [opensAt, closesAt] of [
        [at(-2), at(2)],
        [at(0), at(1)],
        [at(-1), at(0)],
        [at(1), at(2)],
      ] as const) {
        const { id } = await openCampaign(line.context)
        await line.db.write((tx) =>
          tx.update(campaigns).set({ state, opensAt, closesAt }).where(eq(campaigns.id, id)).returning(),
        )
        const taken = await line.db.store(acceptPreorders, {
          id: newId(),
          campaignId: id,
          origin: null,
          partnerId: null,
          buyerKey: 'mei',
          email: 'mei@example.com',
          name: 'Mei',
          contact: null,
          pledged: null,
          terms: null,
          lang: 'zh',
          lines: [{ size: 'L', colourway: 'olive', quantity: 1 }],
          units: 1,
          shownPrice: 54_000,
          placedAt: now,
          requestKey: newId(),
        })
        if (taken !== (whyNot({ state, opensAt, closesAt }, id, now) === undefined))
          wrong.push(
            `${state}, ${opensAt.toISOString()} to ${closesAt.toISOString()}: ${taken ? 'taken' : 'not taken'}`,
          )
      }
    expect(wrong).toEqual([])
  })

  test('can be cancelled until its lot is frozen, and then no more', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 10 })
    const mine = await order(id, 'mei', 6)
    await demand.cancel(anonymous, { id: mine, token: tokenOf(mine) })
    await demand.cancel(anonymous, { id: mine, token: tokenOf(mine) })
    expect(await campaign(id)).toMatchObject({ lotUnits: 0, totalUnits: 0, lotBuyers: 0 })
    const kept = await order(id, 'lan', 6)
    await order(id, 'jun', 4)
    await expect(demand.cancel(anonymous, { id: kept, token: tokenOf(kept) })).rejects.toMatchObject({
      code: 'preorders.too-late',
      status: 409,
    })
  })

  test('cannot be touched with another link or a changed one', async () => {
    const { id } = await openCampaign(line.context)
    const mine = idIn(await place(id, 'mei', 1))
    const other = idIn(await place(id, 'lan', 1))
    await expect(demand.confirm(anonymous, { id: mine, token: tokenOf(other) })).rejects.toMatchObject({
      code: 'preorders.link',
    })
    await expect(demand.cancel(anonymous, { id: mine, token: 'x' })).rejects.toMatchObject({ code: 'preorders.link' })
  })
})

describe('the threshold', () => {
  test('makes one lot with exactly the ordered quantities when the last missing pre-order arrives', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 10 })
    await order(id, 'mei', 6)
    expect(await line.db.read.$count(lots)).toBe(0)
    await order(id, 'jun', 4)
    const [lot] = await line.db.read.select().from(lots)
    expect(lot).toMatchObject({
      campaignId: id,
      number: 1,
      units: 10,
      buyers: 2,
      unitPrice: 54_000,
      reason: 'threshold',
      quantities: [{ size: 'L', colourway: 'olive', quantity: 10 }],
    })
    expect(await campaign(id)).toMatchObject({ state: 'dispatching', lot: 2, lotUnits: 0, totalUnits: 10 })
    expect(await eventNames()).toEqual(['demand.goal-near', 'demand.lot-frozen'])
  })

  test('waits for enough different buyers', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 10, minBuyers: 3 })
    await order(id, 'mei', 20)
    await order(id, 'mei', 20)
    await order(id, 'jun', 5)
    expect(await line.db.read.$count(lots)).toBe(0)
    await order(id, 'lan', 1)
    expect((await line.db.read.select().from(lots))[0]).toMatchObject({ units: 46, buyers: 3 })
  })

  test('reached by two hundred pre-orders at once makes exactly one lot, and the ledger agrees', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 100 })
    const ids = (await Promise.all(Array.from({ length: 200 }, (_, n) => place(id, `buyer${n}`, 1)))).map(idIn)
    await Promise.all(ids.map(confirm))
    const frozen = await line.db.read.select().from(lots)
    expect(frozen).toHaveLength(1)
    expect(frozen[0]!.units).toBeGreaterThanOrEqual(100)
    const now = await campaign(id)
    expect(frozen[0]!.units + now.lotUnits).toBe(200)
    expect(now).toMatchObject({ totalUnits: 200, pendingUnits: 0 })
    expect((await eventNames()).filter((name) => name === 'demand.lot-frozen')).toHaveLength(1)
    expect(await demand.audit(operator, { repair: false })).toEqual([])
  })

  test('counts cancellations that race with confirmations without losing a unit', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 1000 })
    const ids = (await Promise.all(Array.from({ length: 60 }, (_, n) => place(id, `buyer${n}`, 2)))).map(idIn)
    await Promise.allSettled(
      ids.flatMap((each, n) =>
        n % 3 ? [confirm(each)] : [confirm(each), demand.cancel(anonymous, { id: each, token: tokenOf(each) })],
      ),
    )
    expect(await demand.audit(operator, { repair: false })).toEqual([])
  })
})

describe('the closing date', () => {
  test('missed releases everybody, tells each of them once, and nobody pays', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 100, days: 7 })
    const mine = await order(id, 'mei', 6)
    await place(id, 'lan', 2)
    line.clock.advance(7 * DAY)
    await demand.reactions['demand.sweep-due']()
    await demand.reactions['demand.sweep-due']()
    await line.settle()
    expect(await campaign(id)).toMatchObject({ state: 'released', lotUnits: 0, pendingUnits: 0 })
    const states = await line.db.read.select({ state: preorders.state }).from(preorders)
    expect(states.map((each) => each.state)).toEqual(['released', 'released'])
    const told = (await line.letters()).filter((letter) => letter.subject.includes('未达到起做量'))
    expect(told.map((letter) => letter.to).sort()).toEqual(['lan@example.com', 'mei@example.com'])
    expect(await demand.audit(operator, { repair: false })).toEqual([])
    const cells = await demand.byVariant(operator, { id })
    expect(cells, 'what was verified is still known, what was not does not count').toHaveLength(1)
    expect(cells[0]).toMatchObject({ pending: 0, confirmed: 0, inLots: 0, released: 6 })
    await expect(demand.cancel(anonymous, { id: mine, token: tokenOf(mine) })).rejects.toMatchObject({ status: 409 })
  })

  test('after a lot has gone out releases only those who wait for a lot too small to make', async () => {
    const { id } = await openCampaign(line.context, { thresholdUnits: 10, days: 7 })
    await order(id, 'mei', 10)
    await order(id, 'lan', 3)
    await place(id, 'wei', 1)
    line.clock.advance(7 * DAY)
    await demand.reactions['demand.sweep-due']()
    await demand.reactions['demand.sweep-due']()
    await line.settle()
    expect(await campaign(id)).toMatchObject({ state: 'closed', lot: 2 })
    const told = (await line.letters())
      .filter((letter) => letter.subject.includes('预售已结束'))
      .sort((a, b) => (a.to < b.to ? -1 : 1))
    expect(
      told.map(({ to }) => to),
      'who is let go is told; who is being served is not',
    ).toEqual(['lan@example.com', 'wei@example.com'])
    expect(told[0]?.text).toContain('不足以再做一批')
    expect(told[1]?.text).toContain('没有通过邮件链接确认')
    const states = await line.db.read.select({ state: preorders.state }).from(preorders).orderBy(preorders.id)
    expect(states.map((each) => each.state)).toEqual(['in-lot', 'released', 'released'])
    expect(await demand.audit(operator, { repair: false })).toEqual([])
  })
})

test('counters that were damaged are found and set right from the pre-orders', async () => {
  const { id } = await openCampaign(line.context)
  await order(id, 'mei', 6)
  await line.db.write((tx) =>
    tx.update(campaigns).set({ lotUnits: 99 }).where(eq(campaigns.id, id)).returning({ id: campaigns.id }),
  )
  expect(await demand.audit(operator, { repair: false })).toEqual([
    { campaignId: id, field: 'lotUnits', counted: 99, ledger: 6 },
  ])
  await demand.audit(operator, { repair: true })
  expect(await campaign(id)).toMatchObject({ lotUnits: 6 })
  expect(await demand.audit(operator, { repair: false })).toEqual([])
})

test('what buyers hold is held against their pre-orders too, and a lost row is made again', async () => {
  const { id } = await openCampaign(line.context)
  await order(id, 'mei', 6)
  await order(id, 'lan', 4)
  const rows = await line.db.read.select().from(campaignBuyers).where(eq(campaignBuyers.campaignId, id))
  const mei = rows.find(({ units }) => units === 6)?.buyerKey ?? ''
  const lan = rows.find(({ units }) => units === 4)?.buyerKey ?? ''
  await line.db.write(async (tx) => {
    await tx.update(campaignBuyers).set({ units: 50 }).where(eq(campaignBuyers.buyerKey, mei)).returning()
    await tx.delete(campaignBuyers).where(eq(campaignBuyers.buyerKey, lan)).returning()
  })
  expect(await demand.audit(operator, { repair: false })).toEqual([
    { campaignId: id, field: 'buyer.units', about: mei, counted: 50, ledger: 6 },
    { campaignId: id, field: 'buyer.units', about: lan, counted: 0, ledger: 4 },
    { campaignId: id, field: 'buyer.lotUnits', about: lan, counted: 0, ledger: 4 },
  ])
  await demand.audit(operator, { repair: true })
  expect(await demand.audit(operator, { repair: false })).toEqual([])
  const after = await line.db.read.select().from(campaignBuyers).where(eq(campaignBuyers.campaignId, id))
  const sorted = (all: typeof rows) => all.toSorted((a, b) => (a.buyerKey < b.buyerKey ? -1 : 1))
  expect(sorted(after)).toEqual(sorted(rows))
})

test('a frozen lot that is not what its pre-orders say is told, and not changed', async () => {
  const { campaignId } = await gatheredCampaign(line.context)
  const lot = await line.db.write((tx) => freezeLot(tx, line.context, { campaignId, number: 1, reason: 'threshold' }))
  await line.db.write((tx) => tx.update(lots).set({ units: 41, buyers: 3 }).where(eq(lots.id, lot!.id)).returning())
  const wrong = [
    { campaignId, field: 'lot.units', about: lot!.id, counted: 41, ledger: 40 },
    { campaignId, field: 'lot.buyers', about: lot!.id, counted: 3, ledger: 2 },
  ]
  expect(await demand.audit(operator, { repair: true })).toEqual(wrong)
  expect(await demand.audit(operator, { repair: false })).toEqual(wrong)
})

/** Numbers of the schema that count nothing which is kept elsewhere: what was given, decided, measured or is a position. */
const NOT_COUNTERS: Record<string, string> = {
  'deliveries.attempts mails.attempts messages.attempts sources.failures codes.tries':
    'tries of a queue, forgotten with it',
  'limits.used': 'acts within a window that ends by itself',
  'refusals.status attempts.status attempts.duration_ms': 'what one exchange gave',
  'ingests.bytes ingests.items_seen ingests.items_new': 'what one reading found',
  'term_weeks.value term_weeks.days exposures.items exposures.days': 'measured, and measured anew with each reading',
  'trends.lift trends.rise trends.burst trends.confidence trends.rank': 'scores, scored anew',
  'words.lift words.rise words.burst words.confidence': 'scores, scored anew',
  'word_weeks.items': 'how many titles a week was read of, and read anew when there are others',
  'words.version': 'which one',
  'design_runs.done design_runs.total': 'how far a run has come',
  'unfollowed_trends.refused': 'how often somebody was refused: of that there is no row',
  'generations.cost_micros': 'a price paid',
  'tallies.shard tallies.n': 'kept by triggers, held against their rows by auditTallies',
  'campaigns.edition sale_terms.version': 'which one',
  'hand_acts.sum': 'what was at stake when somebody acted',
  'allowances.units': 'what a person allowed',
  'partner_terms.commission partner_terms.price': 'terms',
  'packings.numbered': 'the last number that was handed out',
  'packings.direct counts.edition': 'which one',
  'pieces.ordered pieces.came': 'the ledger itself: what was ordered, and what was counted',
  'shipments.units': 'beside the lines that say it, written with them',
  'styles.slot styles.version style_cards.version style_versions.version style_versions.parent_version': 'which one',
  'decisions.version campaigns.style_version lots.style_version lots.number ready_styles.style_version': 'which one',
  'ready_styles.rounds': 'how far a search has come',
  'style_cards.pictures': 'beside the card that says it, written with it',
  'security_log.seq security_head.seq messages.sequence users.second_factor_step': 'which one, in order',
  'preorders.lot demand_cells.lot demand_hours.lot production_orders.lot reorders.lot allocations.round offers.rank':
    'which one',
  'production_orders.sequence production_orders.placement progress.placement progress.sequence': 'which one',
  'sources.every_minutes campaigns.threshold_units campaigns.min_buyers campaigns.per_buyer_cap': 'terms',
  'campaigns.closing_units': 'terms',
  'api_keys.per_minute campaigns.promised_days factories.moq factories.max_units factories.weekly_capacity factories.lead_days':
    'terms',
  'preorders.units reorders.units': 'the ledger itself: what was asked for',
  'preorders.shown_price demand_cells.shown_price pledge_rungs.at_most lots.unit_price production_orders.agreed_price offers.price':
    'prices',
}

test('every number of the schema is a counter with a rule, or said to be none', () => {
  const said = new Set([
    ...Object.keys({ ...COUNTERS, ...OF_ORDERS, ...OF_PIECES }),
    ...Object.keys(NOT_COUNTERS).flatMap((names) => names.split(' ')),
  ])
  const numbers = Object.values(schema)
    .filter((value): value is typeof preorders => is(value, Table))
    .flatMap((table) =>
      Object.values(getTableColumns(table as typeof preorders))
        .filter(({ dataType }) => (dataType as string) === 'number')
        .map((column) => `${getTableName(table)}.${column.name}`),
    )
  expect(numbers.length).toBeGreaterThan(50)
  expect(numbers.filter((name) => !said.has(name))).toEqual([])
  expect([...said].filter((name) => !numbers.includes(name))).toEqual([])
})
