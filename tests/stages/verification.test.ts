/** A buyer is verified by whatever the campaign's policy says: a letter, a text message, or either. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { MINUTE, newId } from '../../src/core/values.ts'
import { campaigns, codes, preorders } from '../../src/db/schema.ts'
import { UPKEEP } from '../../src/edges/line.ts'
import { openPeople } from '../../src/stages/0-house/actions.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import { openCampaign } from '../support/campaigns.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand }>
let demand: Demand
beforeEach(async () => {
  line = await world({ stages: (context) => ({ demand: openDemand(context) }) })
  demand = line.stages.demand
})
afterEach(() => line.close())

const PHONE = '+8613800138000'
const ORIGIN = 'net:test'

async function open(verification: 'email' | 'sms' | 'any'): Promise<string> {
  const { id } = await openCampaign(line.context, { thresholdUnits: 10, minBuyers: 1 })
  await line.db.write((tx) => tx.update(campaigns).set({ verification }).where(eq(campaigns.id, id)).returning())
  return id
}
async function place(campaignId: string, reach: { email?: string; phone?: string }, key = newId()) {
  const lines = [{ size: 'L', colourway: 'olive', quantity: 2 }]
  const answer = await demand.place(
    anonymous,
    campaignId,
    { name: '林梅', lang: 'zh', lines, ...reach },
    { key, describe: ({ code }: { code: string }) => code, origin: ORIGIN },
  )
  return { ...answer, id: (JSON.parse(answer.text) as { id: string }).id }
}
const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('was not refused')
  return { code: error.code, field: error.extra.field, zh: error.say('zh') }
}
const row = async (id: string) => (await line.db.read.select().from(preorders).where(eq(preorders.id, id)))[0]!
/** Of the text messages that went out. */
const texts = async () => (await line.letters()).filter(({ to }) => to.startsWith('+'))
const codeIn = (text: string) => /\d{6}/.exec(text)?.[0] ?? ''
const type = (id: string, code: string) => demand.confirmByCode(anonymous, { id, code, origin: ORIGIN })
const other = (code: string) => (code === '000000' ? '111111' : '000000')

describe('by text message', () => {
  test('the code that came confirms, opens the page, and works once', async () => {
    const { id } = await place(await open('sms'), { phone: '138 0013 8000' })
    await line.settle()
    const [text] = await texts()
    expect(text).toMatchObject({ to: PHONE })
    expect(text?.subject).toMatch(/^验证码 \d{6}，用于确认预订/)
    const { state, link } = await type(id, codeIn(text?.subject ?? ''))
    expect(state).toBe('confirmed')
    const token = new URL(link).searchParams.get('token') ?? ''
    expect((await demand.ofBuyer(anonymous, { id, token })).preorder.state).toBe('confirmed')
    expect((await refusalOf(type(id, codeIn(text?.subject ?? '')))).code).toBe('preorders.code-over')
  })

  test('a wrong code is told with the tries that are left, and the fifth ends it, also for the right one', async () => {
    const { id } = await place(await open('sms'), { phone: PHONE })
    await line.settle()
    const code = codeIn((await texts())[0]?.subject ?? '')
    expect(await refusalOf(type(id, other(code)))).toMatchObject({ code: 'preorders.code', field: 'code', zh: '验证码不正确，还可尝试 4 次。' }) // prettier-ignore
    for (let n = 0; n < 3; n++) await refusalOf(type(id, other(code)))
    expect((await refusalOf(type(id, other(code)))).code).toBe('preorders.code-over')
    expect((await refusalOf(type(id, code))).code).toBe('preorders.code-over')
    expect((await row(id)).state).toBe('pending')
  })

  test('a code holds for ten minutes; a new one can be sent and is the only one then', async () => {
    const { id } = await place(await open('sms'), { phone: PHONE })
    await line.settle()
    const first = codeIn((await texts())[0]?.subject ?? '')
    line.clock.advance(11 * MINUTE)
    expect((await refusalOf(type(id, first))).code).toBe('preorders.code-over')
    expect(await demand.sendCodeAgain(anonymous, { id, origin: ORIGIN })).toEqual({ to: '+86138 **** 8000' })
    await line.settle()
    const found = (await texts()).map(({ subject }) => codeIn(subject)).filter((code) => code !== first)
    expect(found).toHaveLength(1)
    expect((await type(id, found[0] ?? '')).state).toBe('confirmed')
  })

  test('so many codes go to one telephone in an hour, and no more', async () => {
    const { id } = await place(await open('sms'), { phone: PHONE })
    for (let n = 0; n < 4; n++) await demand.sendCodeAgain(anonymous, { id, origin: ORIGIN })
    expect((await refusalOf(demand.sendCodeAgain(anonymous, { id, origin: ORIGIN }))).code).toBe('limits.too-many')
  })

  test('a number that takes no text messages is refused beside its field, and none at all', async () => {
    const campaignId = await open('sms')
    expect(await refusalOf(place(campaignId, { phone: '021-55550100' }))).toMatchObject({ code: 'buyers.no-texts', field: 'phone' }) // prettier-ignore
    expect(await refusalOf(place(campaignId, { email: 'mei@example.com' }))).toMatchObject({ code: 'buyers.needs-phone', field: 'phone' }) // prettier-ignore
    expect(await line.db.read.$count(preorders)).toBe(0)
  })

  test('the cap counts one telephone as one person, however it is written', async () => {
    const campaignId = await open('sms')
    const [a, b] = [await place(campaignId, { phone: '138 0013 8000' }), await place(campaignId, { phone: PHONE })]
    expect((await row(a.id)).buyerKey).toBe((await row(b.id)).buyerKey)
  })

  test('repeated, it gets the same answer', async () => {
    const [campaignId, key] = [await open('sms'), newId()]
    const first = await place(campaignId, { phone: PHONE }, key)
    expect(await place(campaignId, { phone: '13800138000' }, key)).toEqual({ ...first, replayed: true })
  })

  test('whoever was not verified in time is let go, and told by text message', async () => {
    const campaignId = await open('sms')
    await place(campaignId, { phone: PHONE })
    await line.settle()
    const { closesAt } = (await line.db.read.select().from(campaigns).where(eq(campaigns.id, campaignId)))[0]!
    line.clock.set(new Date(closesAt.getTime() + MINUTE))
    await demand.reactions['demand.sweep-due']()
    await line.settle()
    expect((await texts()).map(({ subject }) => subject).join()).toContain('预订已取消')
  })

  test('by their number a person’s orders are handed out, and erased', async () => {
    const people = openPeople(line.context, { retentionDays: 30, upkeep: UPKEEP })
    const { id } = await place(await open('sms'), { phone: PHONE })
    await line.settle()
    const held = await people.export(system('test'), { email: '138 0013 8000' })
    expect(held).toMatchObject({ preorders: [{ id, phone: PHONE }], letters: [{ to: `tel:${PHONE}` }] })
    const { link } = await type(id, codeIn((await texts())[0]?.subject ?? ''))
    await demand.cancel(anonymous, { id, token: new URL(link).searchParams.get('token') ?? '' })
    await people.erase(system('test'), { email: PHONE })
    expect(await row(id)).toMatchObject({ email: 'erased@erased.invalid', contact: null })
    expect(await texts()).toEqual([])
  })
})

describe('by whichever the buyer gives', () => {
  test('a letter where there is an e-mail, a code where there is only a telephone, one of both in any case', async () => {
    const campaignId = await open('any')
    const [mail, text] = [await place(campaignId, { email: 'mei@example.com', phone: PHONE }), await place(campaignId, { phone: PHONE })] // prettier-ignore
    await line.settle()
    expect([(await row(mail.id)).email, (await row(text.id)).email]).toEqual(['mei@example.com', `tel:${PHONE}`])
    expect((await line.letters()).map(({ to }) => to).sort()).toEqual([PHONE, 'mei@example.com'].sort())
    expect(await refusalOf(place(campaignId, {}))).toMatchObject({ code: 'buyers.reach', field: 'email' })
  })
})

describe('by letter', () => {
  test('a telephone alone is not enough', async () => {
    expect(await refusalOf(place(await open('email'), { phone: PHONE }))).toMatchObject({ code: 'buyers.email', field: 'email' }) // prettier-ignore
  })
})

test('codes that nobody used are forgotten after a day', async () => {
  await place(await open('sms'), { phone: PHONE })
  await line.settle()
  expect(await line.db.read.$count(codes)).toBe(1)
  line.clock.advance(26 * 60 * MINUTE)
  await demand.chores['old refusals']?.({} as never)
  expect(await line.db.read.$count(codes)).toBe(0)
})
