/** What a buyer gets and the house answers for, beyond the line itself. Each act returns what the product says it came to. */
import { Client } from './client.ts'
import { note, say, until } from './telling.ts'

/** What the demo's last line says under "deal". */
export interface Deal {
  /** Pre-orders up to a price that went into a lot, with what of them counts at its price. */
  pledges: number
  /** Partners that brought verified orders into the pool which collects. */
  shops: number
  /** Parcels that are with the buyers they were sent to. */
  parcels: number
  /** Returns that are back at the warehouse. */
  returns: number
  /** Campaigns taken down, whose pages are gone. */
  takenDown: number
}

/** Where a demo's buyer lives; the place by its GB/T 2260 code. */
export const addressOf = (n: number) => ({
  country: 'CN',
  code: '330106',
  street: `文三路 ${n + 1} 号`,
})

interface Sold {
  id: string
  sizes: string[]
  colourways: { id: string }[]
}

/** A shop takes ten pieces at today's price, and fifteen more if the price falls a step. @returns the pre-order's id */
export async function pledge(visitor: Client, { id, sizes, colourways }: Sold): Promise<string> {
  const rungs = await visitor.call<{ unitPrice: number; missing: number; reached: boolean }[]>('GET', `/campaigns/${id}/pledges`) // prettier-ignore
  const now = rungs.find(({ reached }) => reached)
  const next = rungs.find(({ unitPrice }) => now && unitPrice < now.unitPrice)
  if (!now || !next) throw new Error(`no step is reached, or there is no further one: ${JSON.stringify(rungs)}`)
  const piece = { size: sizes[0], colourway: colourways[0]?.id }
  const answer = await visitor.send<{ id: string }>(
    'POST',
    `/campaigns/${id}/preorders`,
    {
      email: 'pledge@example.com',
      name: 'pledge',
      lang: 'zh',
      address: addressOf(7),
      lines: [
        { ...piece, quantity: 10, atMost: now.unitPrice },
        { ...piece, quantity: 15, atMost: next.unitPrice },
      ],
    },
    { 'idempotency-key': `demo-pledge-${id}` },
  )
  if (answer.status !== 201) throw new Error(`a pledge was refused: ${JSON.stringify(answer.body)}`)
  return answer.body.id
}

/** Its lot has gone: what became of the pledges. @returns those that are in it */
export async function pledgesMade(merchandiser: Client, campaignId: string): Promise<number> {
  const made = await until('the pledges to follow their lot', async () => {
    const { items } = await merchandiser.call<{ items: { state: string; units: number; pledge: unknown }[] }>('GET', `/campaigns/${campaignId}/preorders?limit=100`) // prettier-ignore
    const pledged = items.filter(({ pledge: asked }) => asked !== null)
    return pledged.every(({ state }) => state !== 'confirmed') && pledged.filter(({ state }) => state === 'in-lot')
  })
  for (const { units } of made)
    note(
      say(
        `a pledge of 10 pieces, and 25 at the next step, is in the lot with ${units}`,
        `一份“10 件，降一档则 25 件”的限价预订，以 ${units} 件入批`,
      ),
    )
  return made.length
}

interface Shipment {
  id: string
  preorderId: string
  lines: { size: string; colourway: string; quantity: number }[]
  number: string
  state: string
  parcels: { carrier: string; trackingNumber: string; receivedAt: string | null }[]
}

const shipmentsIn = async (merchandiser: Client, orderId: string, state: string): Promise<Shipment[]> =>
  (
    await merchandiser.call<{ items: Shipment[] }>(
      'GET',
      `/production-orders/${orderId}/shipments?state=${state}&limit=100`,
    )
  ).items // prettier-ignore

/** What a letter's link proves, by the pre-order. */
type TokenOf = (preorderId: string) => Promise<string>

/** One good piece is missing: whoever confirmed last of those who wanted it is asked, and takes the rest or nothing. */
export async function comeShort(merchandiser: Client, visitor: Client, orderId: string, tokenOf: TokenOf) {
  const path = `/production-orders/${orderId}`
  interface Piece {
    size: string
    colourway: string
    ordered: number
    came: number
  }
  const { pieces } = await until('shipments to pack', async () => {
    const packing = await merchandiser.call<{ filling: boolean; pieces: Piece[] }>('GET', `${path}/packing`)
    return !packing.filling && packing
  })
  const most = pieces.toSorted((a, b) => b.ordered - a.ordered)[0]
  if (!most) throw new Error('the lot has no pieces')
  const { size, colourway, ordered } = most
  await merchandiser.call('POST', `${path}/pieces`, {
    pieces: [{ size, colourway, quantity: ordered - 1 }],
    note: say('One was spoiled at the inspection', '一件验货报废'),
  })
  const asked = await shipmentsIn(merchandiser, orderId, 'short')
  for (const { preorderId, lines } of asked)
    await visitor.call('POST', `/preorders/${preorderId}/short`, {
      token: await tokenOf(preorderId),
      choice: lines.length ? 'fewer' : 'release',
    })
  const waits = await shipmentsIn(merchandiser, orderId, 'short')
  if (!asked.length || waits.length) throw new Error(`${asked.length} buyers were asked and ${waits.length} still wait`)
  note(
    say(
      `one piece of ${ordered} was spoiled: ${asked.length} buyer was asked and chose, everybody else is served`,
      `${ordered} 件中报废 1 件：${asked.length} 位买家收到询问并已选择，其余照常`,
    ),
  )
}

/** A buyer sends a piece back because of its size. @returns returns that are back at the warehouse */
export async function sendBack(merchandiser: Client, visitor: Client, orderId: string, tokenOf: TokenOf) {
  const [shipment] = await shipmentsIn(merchandiser, orderId, 'received')
  const [line] = shipment?.lines ?? []
  if (!shipment || !line) throw new Error('nobody has received anything')
  const token = await tokenOf(shipment.preorderId)
  const path = `/preorders/${shipment.preorderId}/returns`
  const { may } = await visitor.call<{ may?: { measures: { code: string }[] } }>('GET', `${path}?token=${token}`)
  const [measure] = may?.measures ?? []
  const { id } = await visitor.call<{ id: string }>('POST', path, {
    token,
    kind: 'return',
    reason: 'size',
    lines: [{ ...line, quantity: 1 }],
    ...(measure ? { fits: { [measure.code]: 'small' } } : {}),
  })
  await merchandiser.call('POST', `/returns/${id}/decision`, {
    accept: true,
    answer: say('Please send it to our warehouse.', '请寄回我们的仓库。'),
  })
  await merchandiser.call('POST', `/returns/${id}/back`, { good: true })
  const { items } = await merchandiser.call<{ items: unknown[] }>('GET', '/returns?state=returned')
  note(say(`a buyer sent a piece back: too small`, '一位买家退回一件：偏小'))
  return items.length
}

/** A lot has arrived: each buyer is sent an own parcel, and the carrier says who has theirs. */
export async function sendParcels(merchandiser: Client, orderId: string): Promise<number> {
  const path = `/production-orders/${orderId}`
  const shipments = (state: string) => shipmentsIn(merchandiser, orderId, state)
  const packed = await until('shipments to pack', async () => {
    const { filling } = await merchandiser.call<{ filling: boolean }>('GET', `${path}/packing`)
    return !filling && (await shipments('to-pack'))
  })
  const sent = packed.map(({ number }, n) => ({
    shipment: number,
    carrier: '顺丰',
    trackingNumber: `SF${7_000_000 + n}`,
  }))
  await merchandiser.call('POST', `${path}/parcels`, { parcels: sent })
  await merchandiser.call('POST', '/parcels/tracking', {
    parcels: sent.map(({ trackingNumber }) => ({ trackingNumber, state: 'received' })),
  })
  const received = (await shipments('received')).flatMap(({ parcels }) => parcels).filter((each) => each.receivedAt)
  note(
    say(
      `${sent.length} buyers were each sent a parcel of their own; ${received.length} have arrived`,
      `${sent.length} 位买家各收到一个包裹，已签收 ${received.length} 个`,
    ),
  )
  return received.length
}

/** A rights holder complains: page and pictures are gone at once. @returns campaigns that nobody can see any more */
export async function takeDown(merchandiser: Client, visitor: Client, campaign: { id: string; style: string }) {
  await merchandiser.call('POST', `/campaigns/${campaign.id}/take-down`, {
    why: 'rights',
    reason: say('A rights holder complains about the print', '权利人投诉图案侵权'),
  })
  const { status } = await visitor.send('GET', `/campaigns/${campaign.id}`)
  const gone = status === 410 || status === 404
  note(say(`${campaign.style} was taken down: ${status}`, `${campaign.style} 已下架：${status}`))
  return gone ? 1 : 0
}

/** How an order gets into a pool: by which asker, and by whose link. */
export interface Way {
  asker: Client
  query: string
}

export interface Shops {
  ids: string[]
  /** By the link of the one, by the key of the other, directly, and so on in turns. */
  wayOf(n: number): Way
}

/** Two shops beside the house's own sell in the same pool: one by its link, one from its own system. */
export async function openShops(merchandiser: Client, visitor: Client, url: string): Promise<Shops> {
  const open = (name: string, kind: string) =>
    merchandiser.call<{ partner: { id: string; code: string }; key: string }>('POST', '/partners', {
      name,
      kind,
      contactEmail: `${kind}@example.com`,
      commission: 8,
    })
  const linked = await open(say('Xiao Wang buys together', '小王团'), 'group-buyer')
  const keyed = await open(say('Nine shops of Hangzhou', '杭城九店'), 'chain-leader')
  const ways: Way[] = [
    { asker: visitor, query: `?p=${linked.partner.code}` },
    { asker: new Client(url, keyed.key), query: '' },
    { asker: visitor, query: '' },
  ]
  return { ids: [linked.partner.id, keyed.partner.id], wayOf: (n) => ways[n % ways.length] as Way }
}

/** What each of them brought, as its statement has it. @returns shops in the pool */
export async function tellShops(merchandiser: Client, { ids }: Shops, campaignId: string): Promise<number> {
  const { joined, shops } = await merchandiser.call<{ joined: string[]; shops: number }>(
    'GET',
    `/campaigns/${campaignId}/pool`,
  )
  for (const id of ids) {
    const { partner, totals } = await merchandiser.call<{
      partner: { name: string }
      totals: { orders: number; pieces: number }[]
    }>('GET', `/partners/${id}/statement`)
    const [all] = totals
    note(
      say(
        `${partner.name}: ${all?.orders ?? 0} orders, ${all?.pieces ?? 0} pieces`,
        `${partner.name}：${all?.orders ?? 0} 笔、${all?.pieces ?? 0} 件`,
      ),
    )
  }
  note(say(`in the pool: ${joined.join(', ')}`, `同拼：${joined.join('、')}`))
  return shops
}
