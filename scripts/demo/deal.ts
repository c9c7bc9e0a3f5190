/** What a buyer gets and the house answers for, beyond the line itself. Each act returns what the product says it came to. */
import { Client } from './client.ts'
import { note, say, until } from './telling.ts'

/** What the demo's last line says under "deal". */
export interface Deal {
  /** Partners that brought verified orders into the pool which collects. */
  shops: number
  /** Parcels that are with the buyers they were sent to. */
  parcels: number
  /** Campaigns taken down, whose pages are gone. */
  takenDown: number
}

/** Where a demo's buyer lives; the place by its GB/T 2260 code. */
export const addressOf = (n: number) => ({
  country: 'CN',
  code: '330106',
  street: `文三路 ${n + 1} 号`,
})

interface Shipment {
  id: string
  number: string
  state: string
  parcels: { carrier: string; trackingNumber: string; receivedAt: string | null }[]
}

/** A lot has arrived: each buyer is sent an own parcel, and the carrier says who has theirs. */
export async function sendParcels(merchandiser: Client, orderId: string): Promise<number> {
  const path = `/production-orders/${orderId}`
  const shipments = async (state: string) =>
    (await merchandiser.call<{ items: Shipment[] }>('GET', `${path}/shipments?state=${state}&limit=100`)).items
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
