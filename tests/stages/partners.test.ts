/** Several shops in one pool: whose an order is, what it is divided by, and that nothing is counted that is not so. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system, type Actor } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { MINUTE, newId } from '../../src/core/values.ts'
import { campaigns, partners, preorders, securityLog } from '../../src/db/schema.ts'
import { UPKEEP } from '../../src/edges/line.ts'
import { openPeople } from '../../src/stages/0-house/actions.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { shortName } from '../../src/stages/5-demand/partners/pool.ts'
import { shareOf } from '../../src/stages/5-demand/partners/terms.ts'
import { openCampaign } from '../support/campaigns.ts'
import { receivedLot } from '../support/lots.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand }>
let demand: Demand
const mei: Actor = { kind: 'user', id: 'u1', name: 'Mei', role: 'manager' }
beforeEach(async () => {
  line = await world({ stages: (context) => ({ demand: openDemand(context) }) })
  demand = line.stages.demand
})
afterEach(() => line.close())

const lin = { name: '林家连锁', kind: 'chain-leader', contactEmail: 'lin@example.com', commission: 10 } as const
const made = async (wish: Partial<Parameters<Demand['createPartner']>[1]> = {}) =>
  demand.createPartner(mei, { ...lin, ...wish })
const actorOf = async (key: string) => {
  const found = await demand.partnerByKey(key)
  if (!found || found instanceof Problem) throw found ?? new Error('no partner has this key')
  return found.actor
}
async function order(
  campaignId: string,
  buyer: string,
  quantity: number,
  by: { actor?: Actor; partner?: { id: string } | undefined; atMost?: number } = {},
): Promise<string> {
  const lines = [{ size: 'L', colourway: 'olive', quantity, ...(by.atMost && { atMost: by.atMost }) }]
  const answer = await demand.place(
    by.actor ?? anonymous,
    campaignId,
    { email: `${buyer}@example.com`, name: buyer, lang: 'en', lines },
    { key: newId(), describe: ({ code }) => code, partner: by.partner },
  )
  if (answer.status !== 201) throw new Error(answer.text)
  return (JSON.parse(answer.text) as { id: string }).id
}
const tokenOf = (id: string) => new URL(demand.linkFor(id)).searchParams.get('token') ?? ''
const confirm = (id: string) => demand.confirm(anonymous, { id, token: tokenOf(id) })
const cancel = (id: string) => demand.cancel(anonymous, { id, token: tokenOf(id) })
const rowOf = async (id: string) => (await line.db.read.select().from(preorders).where(eq(preorders.id, id)))[0]!
const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('was not refused')
  return [error.status, error.code, error.extra.field]
}
const freeze = (campaignId: string) =>
  line.db.write((tx) => freezeLot(tx, line.context, { campaignId, number: 1, reason: 'closing' }))
/** 579.00 a piece, 575.00 the floor of lots from 30 on and 501.00 of lots from 200 on. */
const pool = () => openCampaign(line.context, { pricing: 'lot', thresholdUnits: 10, closing: 'collect' })

describe('whose an order is', () => {
  test('by a link, by a key, and directly: each order keeps its source, and all stand in one pool', async () => {
    const { id } = await pool()
    const { partner, key } = await made()
    const through = await demand.partnerBehind(` ${partner.code.toLowerCase()} `)
    expect(through).toEqual({ id: partner.id, name: '林家连锁' })
    const orders = [
      await order(id, 'ann', 3, { partner: through }),
      await order(id, 'ben', 4, { actor: await actorOf(key) }),
      await order(id, 'cem', 5),
    ]
    for (const each of orders) await confirm(each)
    expect(await Promise.all(orders.map(async (each) => (await rowOf(each)).partnerId))).toEqual([partner.id, partner.id, null]) // prettier-ignore
    const [campaign] = await line.db.read.select().from(campaigns).where(eq(campaigns.id, id))
    expect([campaign?.lotUnits, campaign?.lotBuyers]).toEqual([12, 3])
    expect(await demand.audit(system('test'), { repair: false })).toEqual([])
  })

  test('a pledge that its lot has decided about and not settled yet is told of as decided, here as to its buyer', async () => {
    const ladder = [
      { fromUnits: 5, unitPrice: 9900 },
      { fromUnits: 20, unitPrice: 8900 },
      { fromUnits: 60, unitPrice: 7900 },
    ]
    const { id } = await openCampaign(line.context, { thresholdUnits: 5, perBuyerCap: 100, pricing: 'lot', closing: 'collect', ladder }) // prettier-ignore
    const { partner } = await made()
    const by = { partner: await demand.partnerBehind(partner.code) }
    const firm = await order(id, 'ann', 18, by)
    const [taken, left] = [
      await order(id, 'ben', 4, { ...by, atMost: 8900 }),
      await order(id, 'cem', 9, { ...by, atMost: 7900 }),
    ]
    for (const each of [firm, taken, left]) await confirm(each)
    const piecesTold = async () => {
      const { rows } = await demand.statement(mei, { id: partner.id })
      const sum = (state: 'confirmed' | 'inLot' | 'released') => rows.reduce((all, row) => all + row.pieces[state], 0)
      return { confirmed: sum('confirmed'), inLot: sum('inLot'), released: sum('released') }
    }
    expect(await piecesTold()).toEqual({ confirmed: 31, inLot: 0, released: 0 })
    await freeze(id)
    // No row has followed, and everybody is told what was decided.
    expect([(await rowOf(taken)).state, (await rowOf(left)).state]).toEqual(['confirmed', 'confirmed'])
    expect((await demand.ofBuyer(anonymous, { id: left, token: tokenOf(left) })).preorder.state).toBe('released')
    expect(await piecesTold()).toEqual({ confirmed: 0, inLot: 22, released: 9 })
    await demand.chores['orders of a lot']?.({ leaving: new AbortController().signal } as never)
    expect(await piecesTold()).toEqual({ confirmed: 0, inLot: 22, released: 9 })
  })

  test('a partner that is stopped: its key is refused in words, its links bring direct orders, what it sold stays', async () => {
    const { id } = await pool()
    const { partner, key } = await made()
    const sold = await order(id, 'ann', 3, { partner: await demand.partnerBehind(partner.code) })
    await demand.changePartner(mei, { id: partner.id, stopped: true })
    line.clock.advance(MINUTE)
    const refused = await demand.partnerByKey(key)
    expect(refused instanceof Problem && [refused.status, refused.code]).toEqual([403, 'partners.stopped'])
    expect(refused instanceof Problem && refused.say('zh')).toMatch(/已停用/)
    expect(await demand.partnerBehind(partner.code)).toBeUndefined()
    expect((await rowOf(sold)).partnerId).toBe(partner.id)
    await demand.changePartner(mei, { id: partner.id, stopped: false })
    line.clock.advance(MINUTE)
    expect(await demand.partnerBehind(partner.code)).toMatchObject({ id: partner.id })
    expect((await actorOf(key)).id).toBe(partner.id)
  })

  test('a key that is rolled: the old one is nobody’s at once, the links stay', async () => {
    const { partner, key } = await made()
    const rolled = await demand.rollPartnerKey(mei, { id: partner.id })
    expect(await demand.partnerByKey(key)).toBeUndefined()
    expect((await actorOf(rolled.key)).id).toBe(partner.id)
    expect(rolled.partner.code).toBe(partner.code)
    const stored = JSON.stringify(await line.db.read.select().from(partners))
    expect(stored).not.toContain(rolled.key)
    const acts = await line.db.read.select({ act: securityLog.act }).from(securityLog).orderBy(securityLog.seq)
    expect(acts.map(({ act }) => act)).toEqual(['partner.made', 'partner.key-rolled'])
  })

  test('a code that nobody has, or that is no code, is nobody’s', async () => {
    expect(await Promise.all(['ABCDEFGH', '', 'x', '../../etc'].map((code) => demand.partnerBehind(code)))).toEqual([undefined, undefined, undefined, undefined]) // prettier-ignore
  })

  test('a partner may look at itself and at nobody else, and at nothing of the house', async () => {
    const [one, two] = [await made(), await made({ name: 'Second' })]
    const actor = await actorOf(one.key)
    expect(await demand.partner(actor, { id: one.partner.id })).toMatchObject({ contactEmail: 'lin@example.com' })
    expect(await refusalOf(demand.partner(actor, { id: two.partner.id }))).toEqual([
      403,
      'identity.forbidden',
      undefined,
    ])
    expect(await refusalOf(demand.statement(actor, { id: two.partner.id }))).toEqual([403, 'identity.forbidden', undefined]) // prettier-ignore
    expect(await refusalOf(demand.listPartners(actor, { limit: 5 }))).toEqual([403, 'identity.forbidden', undefined])
    const { id } = await pool()
    expect(await refusalOf(demand.listPreorders(actor, { campaignId: id, limit: 5 }))).toEqual([403, 'identity.forbidden', undefined]) // prettier-ignore
    expect(await refusalOf(demand.stop(actor, { id, why: 'other', reason: 'It is over' }))).toEqual([403, 'identity.forbidden', undefined]) // prettier-ignore
  })

  test('its own orders say nothing of their buyers', async () => {
    const { id } = await pool()
    const { partner, key } = await made()
    const own = await order(id, 'ann', 3, { partner: { id: partner.id } })
    await order(id, 'ben', 2)
    const rows = await demand.partnerOrders(await actorOf(key), { id: partner.id, limit: 10 })
    expect(rows).toMatchObject([{ id: own, state: 'pending', units: 3 }])
    expect(JSON.stringify(rows)).not.toMatch(/ann/)
  })
})

describe('a partner that is trusted', () => {
  const trusting = async () => {
    const { id } = await pool()
    await line.db.write((tx) => tx.update(campaigns).set({ verification: 'trusted' }).where(eq(campaigns.id, id)).returning()) // prettier-ignore
    return id
  }

  test('is the verification where the campaign says so: its orders count at once', async () => {
    const id = await trusting()
    const [sure, other] = [await made({ trusted: true }), await made({ name: 'Other' })]
    const counted = await order(id, 'ann', 3, { actor: await actorOf(sure.key) })
    const waits = await order(id, 'ben', 3, { actor: await actorOf(other.key) })
    // A link is anybody's.
    const byLink = await order(id, 'cem', 3, { partner: { id: sure.partner.id } })
    expect(await Promise.all([counted, waits, byLink].map(async (each) => (await rowOf(each)).state))).toEqual(['confirmed', 'pending', 'pending']) // prettier-ignore
  })

  test('is none where the campaign verifies by letter', async () => {
    const { id } = await pool()
    const { key } = await made({ trusted: true })
    expect((await rowOf(await order(id, 'ann', 3, { actor: await actorOf(key) }))).state).toBe('pending')
  })
})

describe('what a partner gets', () => {
  test('a commission comes out of the margin and never out of the cost', () => {
    const money = { unitPrice: 10_000, floor: 9_000, cost: 5_000 }
    const commission = (percent: number) => shareOf({ commission: percent * 100, price: null }, money)
    expect([commission(0), commission(10), commission(50), commission(60)]).toEqual([0, 1_000, 5_000, 5_000])
  })

  test('a price of its own leaves it what the pool pays above it, and is never taken for less than the lot’s floor', () => {
    const at = (price: number, unitPrice: number) =>
      shareOf({ commission: null, price }, { unitPrice, floor: 9_000, cost: 5_000 })
    expect([at(9_500, 10_000), at(8_000, 10_000), at(9_500, 9_200)]).toEqual([500, 1_000, 0])
  })

  test('a price that no lot can be sold at is refused beside its field, and so are both at once', async () => {
    const { id: campaignId } = await pool()
    const { partner } = await made()
    const agree = (terms: object) => demand.agreeTerms(mei, { id: partner.id, campaignId, ...terms })
    expect(await refusalOf(agree({ price: 50_099 }))).toEqual([422, 'partners.floor', 'price'])
    expect(await refusalOf(agree({ price: 50_100, commission: 5 }))).toEqual([422, 'partners.both', 'price'])
    expect(await refusalOf(demand.agreeTerms(mei, { id: partner.id, campaignId: 'nowhere', price: 1 }))).toEqual([404, 'not-found', undefined]) // prettier-ignore
    expect((await agree({ price: 50_100 })).agreements).toEqual([{ campaignId, commission: null, price: 50_100 }])
    expect((await agree({})).agreements).toEqual([])
  })

  test('counts only what is true: pending, gathering, cancelled and released earn nothing', async () => {
    const { id } = await pool()
    const { partner } = await made()
    const by = { partner: { id: partner.id } }
    const [ann, ben, cem] = [
      await order(id, 'ann', 3, by),
      await order(id, 'ben', 4, by),
      await order(id, 'cem', 5, by),
    ]
    await order(id, 'dora', 9)
    await confirm(ann)
    await confirm(ben)
    await cancel(ben)
    const { rows, totals } = await demand.statement(mei, { id: partner.id })
    expect(rows).toMatchObject([
      { lot: null, orders: 1, pieces: { pending: 5, confirmed: 3, cancelled: 4, inLot: 0 }, share: null, expected: 0, earned: 0 }, // prettier-ignore
    ])
    expect(totals).toEqual([{ currency: 'CNY', orders: 1, pieces: 3, expected: 0, earned: 0 }])
    await demand.stop(mei, { id, why: 'other', reason: 'It is over' })
    line.clock.advance(60 * MINUTE)
    await line.db.write((tx) => line.context.outbox.emit(tx, system('test'), 'demand.sweep-due', { window: 'w' }, line.clock.now())) // prettier-ignore
    await line.settle()
    expect((await rowOf(cem)).state).toBe('released')
    const after = await demand.statement(mei, { id: partner.id })
    expect(after.rows).toMatchObject([{ orders: 0, pieces: { released: 8, cancelled: 4 }, expected: 0, earned: 0 }])
  })

  test('is expected while it is made and earned when its buyers have it, each order by the terms of its moment', async () => {
    const { id } = await pool()
    const { partner, key } = await made()
    const by = { partner: { id: partner.id } }
    await confirm(await order(id, 'ann', 10, by))
    line.clock.advance(1000)
    await demand.changePartner(mei, { id: partner.id, commission: 5 })
    line.clock.advance(1000)
    await confirm(await order(id, 'ben', 20, by))
    line.clock.advance(1000)
    await demand.agreeTerms(mei, { id: partner.id, campaignId: id, price: 53_000 })
    line.clock.advance(1000)
    await confirm(await order(id, 'cem', 30, by))
    await confirm(await order(id, 'dora', 40))
    expect(await freeze(id)).toMatchObject({ unitPrice: 54_000, units: 100 })
    await line.db.write((tx) => tx.update(campaigns).set({ laterLadder: [{ fromUnits: 30, unitPrice: 54_000, floor: 20_000 }] }).where(eq(campaigns.id, id)).returning()) // prettier-ignore
    const made1 = await demand.statement(mei, { id: partner.id })
    expect(
      made1.rows
        .map(({ lot: number, commission, price, share: each, expected, earned }) => [
          number,
          commission,
          price,
          each,
          expected,
          earned,
        ])
        .sort(),
    ).toEqual(
      // prettier-ignore
      [
        [1, 10, null, 5_400, 54_000, 0],
        [1, 5, null, 2_700, 54_000, 0],
        [1, null, 53_000, 1_000, 30_000, 0],
      ].sort(),
    )
    expect(made1.rows.find(({ commission }) => commission === 10)?.margin).toEqual({ unit: 34_000, left: 28_600, floor: 20_000 }) // prettier-ignore
    await receivedLot(line.context, id, 1)
    await line.settle()
    const actor = await actorOf(key)
    const done = await demand.statement(actor, { id: partner.id })
    expect(done.totals).toEqual([{ currency: 'CNY', orders: 3, pieces: 60, expected: 0, earned: 138_000 }])
    expect(done.rows.every(({ margin }) => margin === null)).toBe(true)
    const csv = await demand.exportStatement(actor, { id: partner.id, lang: 'en' })
    expect(csv.split('\r\n')[0]).toBe('Style,Name,Lot,Currency,"Commission, %",Own price,Orders,"Not verified, pieces","Gathering, pieces","Being made, pieces","With their buyers, pieces","Cancelled, pieces","Released, pieces",Unit price,Share per piece,To be earned,Earned') // prettier-ignore
    expect(csv).toContain('54.00,0.00,540.00')
    expect(await demand.exportStatement(mei, { id: partner.id, lang: 'zh' })).toContain('分成后每件毛利')
  })
})

describe('the page of a pool', () => {
  test('shortens names so that they identify nobody', () => {
    expect(['王小明', '林', 'Wei Chen', 'Ann', 'Dr. Ann van der Berg', 'たろう', '🙂🙂', 'mei@example.com', '  '].map(shortName)).toEqual(['王**', '林**', 'W. C.', 'A.', 'D. A.', 'た**', undefined, 'M. E.', undefined]) // prettier-ignore
  })

  test('names those who are verified, each once, none who left or was erased; and how many shops brought them', async () => {
    const { id } = await pool()
    const [one, two] = [await made(), await made({ name: 'Second' })]
    const ann = await order(id, 'Ann Xu', 1, { partner: { id: one.partner.id } })
    const again = await order(id, 'Ann Xu', 1, { partner: { id: one.partner.id } })
    const ben = await order(id, 'Ben', 1, { partner: { id: two.partner.id } })
    const cem = await order(id, 'Cem', 1)
    await order(id, 'Dora', 1)
    for (const each of [ann, again, ben, cem]) await confirm(each)
    expect(await demand.pool(anonymous, { id })).toEqual({ joined: ['C.', 'B.', 'A. X.'], shops: 2 })
    await cancel(ben)
    await cancel(cem)
    const people = openPeople(line.context, { retentionDays: 0, upkeep: UPKEEP })
    await people.erase(system('test'), { email: 'Cem@example.com' })
    expect(await demand.pool(anonymous, { id })).toEqual({ joined: ['A. X.'], shops: 1 })
    expect(await refusalOf(demand.pool(anonymous, { id: 'nowhere' }))).toEqual([404, 'not-found', undefined])
  })
})

describe('data of people', () => {
  test('a buyer is told by whom the order came, and the contact of a partner that it is held', async () => {
    const { id } = await pool()
    const { partner } = await made()
    await order(id, 'ann', 1, { partner: { id: partner.id } })
    const people = openPeople(line.context, { retentionDays: 0, upkeep: UPKEEP })
    expect(await people.export(system('test'), { email: 'ann@example.com' })).toMatchObject({ preorders: [{ orderedBy: '林家连锁' }], partnerContacts: [] }) // prettier-ignore
    expect(await people.export(system('test'), { email: 'LIN@example.com' })).toMatchObject({ partnerContacts: [{ id: partner.id }] }) // prettier-ignore
    const erased = await people.erase(system('test'), { email: 'lin@example.com' })
    expect(erased.kept).toMatchObject([{ what: 'partner', id: partner.id, why: { en: expect.stringContaining('Name another contact') } }]) // prettier-ignore
  })
})
