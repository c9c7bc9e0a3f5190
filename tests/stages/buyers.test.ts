/** A buyer is a person with an address: what is asked, what is refused beside which field, and where it lies. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, system } from '../../src/core/actor.ts'
import { Problem } from '../../src/core/errors.ts'
import { newId } from '../../src/core/values.ts'
import { events, mails, preorders } from '../../src/db/schema.ts'
import { UPKEEP } from '../../src/edges/line.ts'
import { openPeople } from '../../src/stages/0-house/actions.ts'
import { openDemand, type Demand } from '../../src/stages/5-demand/actions.ts'
import {
  addressLines,
  openContact,
  readAddress,
  type Address,
  type Contact,
} from '../../src/stages/5-demand/contact.ts'
import { addressSchema } from '../../src/stages/5-demand/contact.ts'
import { provinces } from '../../src/stages/5-demand/addresses/china.ts'
import { COUNTRIES, countryOptions, formOf } from '../../src/stages/5-demand/addresses/countries.ts'
import { freezeLot } from '../../src/stages/5-demand/lots.ts'
import { shippingAddressOf } from '../../src/stages/5-demand/shipping.ts'
import { receivedLot } from '../support/lots.ts'
import { parse } from '../../src/core/parse.ts'
import { preorderSchema } from '../../src/stages/5-demand/model.ts'
import type { View } from '../../src/edges/ui/view.ts'
import { storyOf } from '../../src/edges/ui/shop/timeline.tsx'
import { openCampaign } from '../support/campaigns.ts'
import { world, type World } from '../support/world.ts'

let line: World<{ demand: Demand }>
let demand: Demand
beforeEach(async () => {
  line = await world({ stages: (context) => ({ demand: openDemand(context) }) })
  demand = line.stages.demand
})
afterEach(() => line.close())

const PUDONG: Address = { country: 'CN', region: '上海', city: '上海市', district: '浦东', street: '世纪大道 100 号' }
const tokenOf = (id: string) => new URL(demand.linkFor(id)).searchParams.get('token') ?? ''

async function place(contact: Contact, { campaignId = '', key = newId(), name = '林梅' } = {}) {
  const id = campaignId || (await openCampaign(line.context, { thresholdUnits: 10 })).id
  const order = parse(preorderSchema, {
    email: 'mei@example.com',
    name,
    lines: [{ size: 'L', colourway: 'olive', quantity: 10 }],
    ...contact,
  })
  const answer = await demand.place(
    anonymous,
    id,
    { ...order, lang: 'zh' },
    { key, describe: ({ code }: { code: string }) => code },
  )
  return { answer, campaignId: id, id: (JSON.parse(answer.text) as { id: string }).id }
}
const row = async (id: string) => (await line.db.read.select().from(preorders).where(eq(preorders.id, id)))[0]!
const refusalOf = async (work: Promise<unknown> | (() => unknown)) => {
  const done = typeof work === 'function' ? Promise.resolve().then(work) : work
  const error = await done.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('was not refused')
  return { code: error.code, field: error.extra.field, zh: error.say('zh'), en: error.say('en') }
}
const addressed = (over: Partial<Address>) => readAddress(parse(addressSchema, { ...PUDONG, ...over }))

describe('an address in China', () => {
  test('gets its full names and its code of GB/T 2260 from what people write', () => {
    expect(addressed({})).toEqual({
      country: 'CN',
      code: '310115',
      region: '上海市',
      city: '上海市',
      district: '浦东新区',
      street: '世纪大道 100 号',
    })
    expect(addressed({ region: '广西', city: '南宁', district: '青秀区' })).toMatchObject({
      code: '450103',
      region: '广西壮族自治区',
    })
    // The city of a municipality is itself; a city without districts has towns; a province governs some towns itself.
    expect(addressed({ city: undefined })).toMatchObject({ code: '310115' })
    expect(addressed({ region: '广东', city: '东莞', district: '虎门镇' })).toMatchObject({
      code: '441900',
      district: '虎门镇',
    })
    expect(addressed({ region: '湖北', city: '仙桃', district: undefined })).toMatchObject({ code: '429004' })
  })

  test('is told by its code alone, and a code of somewhere else is refused', async () => {
    const alone = { country: 'CN', code: '310115', street: '世纪大道 100 号' }
    expect(readAddress(alone)).toMatchObject({ region: '上海市', district: '浦东新区' })
    expect(await refusalOf(() => addressed({ code: '110101' }))).toMatchObject({
      code: 'addresses.code',
      field: 'address.code',
    })
  })

  test('says beside the field which districts there are', async () => {
    const refusal = await refusalOf(() => addressed({ district: '姑苏区' }))
    expect(refusal).toMatchObject({ code: 'addresses.place', field: 'address.district' })
    expect(refusal.zh).toContain('上海市没有“姑苏区”。可填写：黄浦区、徐汇区')
    expect(refusal.en).toContain('"姑苏区" is not in 上海市')
    expect(await refusalOf(() => addressed({ region: 'Shanghai' }))).toMatchObject({
      field: 'address.region',
    })
    expect(await refusalOf(() => addressed({ region: '江苏', city: '杭州' }))).toMatchObject({
      field: 'address.city',
    })
  })

  test('every district of the country is found by its own name', () => {
    let count = 0
    for (const province of provinces())
      for (const city of province.cities)
        for (const district of city.districts) {
          const found = addressed({ region: province.name, city: city.name, district: district.name })
          if (found.code !== district.code) throw new Error(`${province.name} ${city.name} ${district.name}`)
          count++
        }
    expect(count).toBeGreaterThan(2700)
  })
})

describe('an address elsewhere', () => {
  test('has the form of its country', async () => {
    const berlin = { country: 'DE', street: 'Unter den Linden 1', city: 'Berlin', postcode: '10117' }
    expect(addressLines(readAddress(berlin), 'en')).toEqual(['Unter den Linden 1', '10117 Berlin', 'Germany'])
    const austin = { country: 'US', street: '1 Congress Ave', city: 'Austin', region: 'TX', postcode: '78701' }
    expect(addressLines(readAddress(austin), 'zh')).toEqual(['1 Congress Ave', 'Austin, TX 78701', '美国'])
    expect(await refusalOf(() => readAddress({ ...austin, region: undefined }))).toMatchObject({
      field: 'address.region',
    })
    const refusal = await refusalOf(() => readAddress({ ...berlin, postcode: 'SW1A 1AA' }))
    expect(refusal).toMatchObject({ code: 'addresses.postcode', field: 'address.postcode' })
    expect(refusal.zh).toBe('“SW1A 1AA”不是德国的邮编。')
    expect(await refusalOf(() => readAddress({ ...berlin, city: undefined }))).toMatchObject({
      field: 'address.city',
    })
  })

  test('every country has a name in both languages and an order of its parts', () => {
    expect(COUNTRIES.length).toBeGreaterThan(200)
    for (const lang of ['zh', 'en'] as const) {
      expect(countryOptions(lang)[0]).toMatchObject({ value: 'CN' })
      expect(countryOptions(lang).every(({ value, label }) => label !== value)).toBe(true)
    }
    for (const code of COUNTRIES) expect(formOf(code)).toBeDefined()
  })

  test('is refused where the house does not send', async () => {
    const berlin = { country: 'DE', street: 'Unter den Linden 1', city: 'Berlin', postcode: '10117' }
    const refusal = await refusalOf(() => readAddress(berlin, ['CN', 'HK']))
    expect(refusal).toMatchObject({ code: 'addresses.country', field: 'address.country' })
    expect(refusal.en).toBe('We do not send to Germany. We send to: China, Hong Kong, China.')
  })
})

describe('a pre-order with an address', () => {
  test('is taken as before without one', async () => {
    const { id, answer } = await place({})
    expect(answer.status).toBe(201)
    expect((await row(id)).contact).toBeNull()
  })

  test('keeps telephone and address sealed, rare characters and long names as they are', async () => {
    const name = '𠮷𡈽 買買提·吐爾遜·阿卜杜熱合曼·鈤㵘'
    const street = `${'很长的街道名'.repeat(30)}𪚥巷 1 号`
    const { id } = await place({ phone: '138 0013 8000', address: { ...PUDONG, street } }, { name })
    await line.settle()
    const stored = await row(id)
    expect(stored.contact).toMatch(/^v2\./)
    expect(JSON.stringify(stored)).not.toMatch(/138|世纪|街道/)
    expect(await shippingAddressOf(line.db.read, line.context.engines.vault, [id])).toEqual(
      new Map([
        [
          id,
          {
            preorderId: id,
            name: name.normalize('NFC'),
            email: 'mei@example.com',
            lang: 'zh',
            phone: '+8613800138000',
            address: { ...PUDONG, region: '上海市', district: '浦东新区', code: '310115', street },
          },
        ],
      ]),
    )
    const said = [await line.db.read.select().from(events), await line.db.read.select().from(mails)]
    expect(JSON.stringify(said)).not.toMatch(/1380013|很长的街道/)
  })

  test('is refused for a telephone that is none, beside the field, and the same key takes it when it is mended', async () => {
    const key = newId()
    const { id: campaignId } = await openCampaign(line.context)
    const refusal = await refusalOf(place({ phone: '12345' }, { campaignId, key }))
    expect(refusal).toMatchObject({ code: 'buyers.phone', field: 'phone' })
    expect(refusal.zh).toContain('没有这样的电话号码')
    expect(await line.db.read.$count(preorders)).toBe(0)
    expect((await place({ phone: '021-5555 0100 转 12' }, { campaignId, key })).answer.status).toBe(201)
  })

  test('a number is read as it is dialled where the address is', async () => {
    const london = { country: 'GB', street: '10 Downing Street', city: 'London', postcode: 'SW1A 2AA' }
    const { id } = await place({ phone: '020 7946 0958', address: london })
    const held = openContact(line.context.engines.vault, (await row(id)).contact)
    expect(held.now).toMatchObject({ phone: '+442079460958' })
  })

  test('a cross-border shop orders with its company and tax number', async () => {
    expect(await refusalOf(place({ kind: 'cross-border' }))).toMatchObject({ field: 'company' })
    expect(await refusalOf(place({ kind: 'cross-border', company: '衣衣贸易' }))).toMatchObject({ field: 'taxNumber' })
    const { answer } = await place({ kind: 'cross-border', company: '衣衣贸易', taxNumber: 'DE123456789' })
    expect(answer.status).toBe(201)
  })

  test('repeated, it gets the same answer, also after its buyer has changed the address', async () => {
    const key = newId()
    const first = await place({ phone: '13800138000', address: PUDONG }, { key })
    await demand.changeContact(anonymous, { id: first.id, token: tokenOf(first.id), phone: '13900139000' })
    const again = await place({ phone: '+86 13800138000', address: PUDONG }, { campaignId: first.campaignId, key })
    expect(again.answer).toEqual({ ...first.answer, replayed: true })
    const other = place({ phone: '13900139000' }, { campaignId: first.campaignId, key })
    expect((await refusalOf(other)).code).toBe('idempotency.other-body')
  })
})

describe('the address comes later', () => {
  test('until the garments have arrived, by the link alone', async () => {
    const { id, campaignId } = await place({})
    await demand.confirm(anonymous, { id, token: tokenOf(id) })
    await line.db.write((tx) => freezeLot(tx, line.context, { campaignId, number: 1, reason: 'threshold' }))
    const wrong = demand.changeContact(anonymous, { id, token: `${tokenOf(id)}x`, address: PUDONG })
    expect((await refusalOf(wrong)).code).toBe('preorders.link')
    await demand.changeContact(anonymous, { id, token: tokenOf(id), address: PUDONG })
    expect((await demand.ofBuyer(anonymous, { id, token: tokenOf(id) })).contact).toMatchObject({
      address: { code: '310115' },
    })
    await receivedLot(line.context, campaignId, 1)
    const late = demand.changeContact(anonymous, { id, token: tokenOf(id), address: PUDONG })
    expect((await refusalOf(late)).code).toBe('preorders.sent')
  })
})

describe('what became of it', () => {
  const view = { lang: 'en' as const, timeZone: 'Asia/Shanghai' } as View
  const told = (story: ReturnType<typeof storyOf>) => story.map(({ what }) => what)

  test('is told with its moments as far as it is known, and nothing beyond', async () => {
    const { id, campaignId } = await place({})
    const nowhere = { making: [], parcels: [], mayCancel: false }
    const own = () => demand.ofBuyer(anonymous, { id, token: tokenOf(id) })
    expect(told(storyOf(view, (await own()).preorder, undefined, nowhere))).toEqual(['Pre-order received'])
    line.clock.advance(1000)
    await demand.confirm(anonymous, { id, token: tokenOf(id) })
    line.clock.advance(1000)
    await line.db.write((tx) => freezeLot(tx, line.context, { campaignId, number: 1, reason: 'threshold' }))
    const { preorder, lot } = await own()
    const sofar = ['Pre-order received', 'Confirmed by you', 'Enough ordered: your lot is full']
    expect(told(storyOf(view, preorder, lot, nowhere))).toEqual(sofar)
    const later = (ms: number) => new Date(line.clock.now().getTime() + ms)
    const order = { state: 'delivered' as const, promisedAt: later(9), acceptedAt: later(1), shippedAt: later(4), arrivedAt: later(5), direct: false } // prettier-ignore
    const making = [
      { state: 'sewing', at: later(2) },
      { state: 'finishing', at: later(3) },
      { state: 'quality-check', at: later(4) },
    ]
    expect(
      told(
        storyOf(view, preorder, lot, {
          order,
          making,
          shipment: undefined,
          short: undefined,
          parcels: [],
          mayCancel: false,
        }),
      ),
    ).toEqual([...sofar, 'A factory has taken it', 'Being sewn', 'Being inspected', 'At our warehouse'])
  })
})

describe('the address is personal', () => {
  test('handed out with everything else, and gone with it', async () => {
    const people = openPeople(line.context, { retentionDays: 30, upkeep: UPKEEP })
    const house = system('test')
    const { id } = await place({ phone: '13800138000', address: PUDONG })
    await line.settle()
    expect(await people.export(house, { email: 'mei@example.com' })).toMatchObject({
      preorders: [{ phone: '+8613800138000', address: { district: '浦东新区' } }],
    })
    await demand.cancel(anonymous, { id, token: tokenOf(id) })
    await people.erase(house, { email: 'mei@example.com' })
    expect(await row(id)).toMatchObject({ contact: null, email: 'erased@erased.invalid' })
    expect(await shippingAddressOf(line.db.read, line.context.engines.vault, [id])).toEqual(new Map())
  })
})
