/** What a buyer gets and the house answers for, beyond the line itself. Each act returns what the product says it came to. */
import type { Client } from './client.ts'
import { note, say, until } from './telling.ts'

/** What the demo's last line says under "deal". */
export interface Deal {
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
