import type { ProductionOrder } from '../../../db/rows.ts'
import type { Samples } from '../sample.ts'
import { PackingPage } from './packing.tsx'

export const samples: Samples = ({ at, text, both, sent, now }) => {
  const order: ProductionOrder = {
    id: 'o1',
    number: text('PO-26-0003'),
    campaignId: 'c1',
    lot: 1,
    lotId: 'l1',
    state: 'delivered',
    factoryId: 'f1',
    units: 12,
    briefFile: null,
    briefHash: null,
    styleHash: 'h',
    agreedPrice: 900,
    currency: 'CNY',
    promisedAt: now,
    sequence: 7,
    placement: 1,
    lateNoticedAt: null,
    createdAt: now,
    acceptedAt: now,
    shippedAt: now,
    deliveredAt: now,
    givenUpFor: null,
  }
  const lines = [{ size: 'M', colourway: 'olive', quantity: 12 }]
  const counts = (['to-pack', 'short', 'sent', 'received', 'released'] as const).map((state) => ({
    state,
    shipments: 2,
    units: 12,
  }))
  const row = (state: 'to-pack' | 'sent' | 'short') => ({
    id: `s-${state}`,
    orderId: 'o1',
    preorderId: 'p1',
    number: text('PO-26-0003-1'),
    state,
    lines,
    units: 12,
    createdAt: now,
    sentAt: now,
    endedAt: null,
    chosen: null,
    answerBy: null,
    name: text('林梅'),
    email: text('mei@example.com'),
    parcels: [{ id: 'x1', carrier: text('顺丰'), trackingNumber: text('SF1'), at: now, receivedAt: null }],
  })
  const page = {
    packing: {
      order,
      counts,
      count: { by: 'user:u1', at: now, note: text('两件有污渍'), settled: true },
      pieces: [{ size: 'M', colourway: 'olive', ordered: 14, came: 12, spare: 1 }],
      sizes: ['M', 'L'],
      pick: lines,
      filling: true,
      direct: false,
    },
    rows: [row('to-pack'), row('short'), row('sent')],
    more: '/console/orders/o1/packing?after=s-sent',
    filter: '',
    colourName: () => text('军绿'),
    colours: [{ id: 'olive', name: text('军绿') }],
    mayAct: true,
    mayKnow: true,
    sent,
  }
  const view = at('/console/orders/o1/packing')
  return {
    packing: (
      <PackingPage
        view={view}
        {...page}
        errors={[{ line: 3, shipment: text('PO-26-0003-9'), reason: both(text('没有'), text('there is none')) }]}
      />
    ),
    'packing-imported': (
      <PackingPage
        view={view}
        {...page}
        packing={{ ...page.packing, counts: [{ state: 'to-pack', shipments: 340, units: 900 }] }}
        imported={{ sent: 2, known: 1, open: 3 }}
      />
    ),
  }
}
