import { insightOf } from '../../../stages/7-production/return-insight.ts'
import { RETURN_STATES } from '../../../stages/7-production/shipping.ts'
import type { Samples } from '../sample.ts'
import { ReturnsPage } from './returns.tsx'

export const samples: Samples = ({ at, text, both, sent, now }) => {
  const lines = [{ size: 'M', colourway: 'olive', quantity: 2 }]
  const rows = RETURN_STATES.map((state) => ({
    id: `r-${state}`,
    orderId: 'o1',
    shipmentId: 's1',
    preorderId: 'p1',
    styleId: 'st1',
    state,
    kind: 'exchange' as const,
    reason: 'size' as const,
    fits: { halfChest: 'small' as const },
    lines,
    want: [{ size: 'L', colourway: 'olive', quantity: 2 }],
    words: text('胸围太紧'),
    answer: text('请寄回'),
    askedAt: now,
    decidedBy: 'user:u1',
    decidedAt: now,
    backAt: null,
    good: null,
    againId: null,
    carrier: null,
    trackingNumber: null,
    endedAt: null,
    shipment: text('PO-26-0003-1'),
    buyer: text('林梅'),
    style: both(text('军大衣'), text('Overcoat')),
    colourways: [{ id: 'olive', name: both(text('军绿'), text('Olive')) }],
  }))
  const { measures, ...insight } = insightOf(
    rows,
    [
      { size: 'M', quantity: 120 },
      { size: 'L', quantity: 8 },
    ],
    ['M', 'L'],
  )
  return {
    returns: (
      <ReturnsPage
        view={at('/console/returns')}
        rows={rows}
        more="/console/returns?before=r-asked"
        filter=""
        insight={[
          {
            styleId: 'st1',
            names: both(text('军大衣'), text('Overcoat')),
            ...insight,
            measures: measures.map((each) => ({ ...each, name: both(text('胸围'), text('Chest')) })),
          },
        ]}
        mayAct
        sent={sent}
      />
    ),
  }
}
