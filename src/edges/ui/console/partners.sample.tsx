import type { PartnerView } from '../../../stages/5-demand/partners/model.ts'
import type { Statement } from '../../../stages/5-demand/partners/statement.ts'
import type { Samples } from '../sample.ts'
import { PartnerPage, PartnersPage, type SellsIn } from './partners.tsx'

export const samples: Samples = ({ at, text, both, sent, now }) => {
  const partner: PartnerView = {
    id: 'p1',
    name: text('梅家连锁'),
    kind: 'chain-leader',
    contactName: text('王梅'),
    contactEmail: text('mei@example.com'),
    code: 'K7Q2M9XW',
    trusted: true,
    keyPrefix: 'fcp_abcdef',
    keyMadeAt: now,
    createdAt: now,
    stoppedAt: null,
    commission: 8.5,
    agreements: [{ campaignId: 'c1', commission: null, price: 52_000 }],
  }
  const row = {
    campaignId: 'c1',
    style: 'FC-26-0007',
    name: both('军大衣', 'Overcoat'),
    currency: 'CNY' as const,
    orders: 4,
    pieces: { pending: 1, confirmed: 2, inLot: 3, fulfilled: 4, cancelled: 1, released: 0 },
  }
  const statement: Statement = {
    partner: { id: 'p1', name: text('梅家连锁') },
    rows: [
      { ...row, lot: null, commission: 8.5, price: null, unitPrice: null, share: null, expected: 0, earned: 0, margin: null }, // prettier-ignore
      { ...row, lot: 1, commission: null, price: 52_000, unitPrice: 54_000, share: 2_000, expected: 6_000, earned: 8_000, margin: { unit: 20_000, left: 18_000, floor: 51_000 } }, // prettier-ignore
    ],
    totals: [{ currency: 'CNY', orders: 8, pieces: 18, expected: 6_000, earned: 8_000 }],
  }
  const campaigns: SellsIn[] = [
    {
      campaignId: 'c1',
      style: 'FC-26-0007',
      name: both('军大衣', 'Overcoat'),
      currency: 'CNY',
      link: 'https://shop.example/shop/fc-26-0007-overcoat?p=K7Q2M9XW',
      pool: 'https://shop.example/shop/fc-26-0007-overcoat/pool?p=K7Q2M9XW',
    },
  ]
  const here = at('/console/partners')
  const stopped = { ...partner, id: 'p2', stoppedAt: now, contactName: null, contactEmail: null, agreements: [] }
  const page = { campaigns, statement, sent, termsSent: sent, done: 'changed' }
  return {
    partners: <PartnersPage view={here} partners={[partner, stopped]} more="/console/partners?before=p2" mayAct sent={sent} />, // prettier-ignore
    'no partners': <PartnersPage view={here} partners={[]} more={undefined} mayAct={false} sent={sent} />,
    partner: <PartnerPage view={here} partner={partner} {...page} issued={text('fcp_secret')} mayAct />,
    'partner, stopped': (
      <PartnerPage
        view={here}
        partner={stopped}
        {...page}
        statement={{ ...statement, rows: [], totals: [] }}
        campaigns={[]}
        mayAct
      />
    ),
    'partner, looked at': <PartnerPage view={here} partner={partner} {...page} mayAct={false} />,
  }
}
