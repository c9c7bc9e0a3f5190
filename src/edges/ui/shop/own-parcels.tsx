/** Where a buyer's own garments are, on the page behind their link: the lot's way to the warehouse, then their parcels. */
import type { Production } from '../../../stages/7-production/actions.ts'
import { Facts } from '../parts.tsx'
import { longDay, say, type View } from '../view.ts'
import { ORDER_STATE, wordFor } from '../words.ts'

export type OwnMile = Awaited<ReturnType<Production['ofBuyer']>>

/** A lot that nobody makes yet is with no factory, whatever its order is called within the house. */
const sought = (state: string): boolean => state === 'placing' || state === 'unplaced'

export function OwnParcels({ view, mile, action }: { view: View; mile: OwnMile; action: string }) {
  const { order, shipment, parcels } = mile
  if (!order || order.state === 'cancelled') return null
  const stands = sought(order.state)
    ? say(view, { zh: '正在寻找工厂', en: 'A factory is being looked for' })
    : wordFor(view, ORDER_STATE, order.state)
  return (
    <section class="section">
      <h2>{say(view, { zh: '到哪里了', en: 'Where it is' })}</h2>
      <Facts
        rows={[
          [say(view, { zh: '整批', en: 'The lot' }), stands],
          ...(order.arrivedAt
            ? [[say(view, { zh: '到达我们的仓库', en: 'At our warehouse' }), longDay(view, order.arrivedAt)] as const]
            : []),
          ...(shipment
            ? [
                [
                  say(view, { zh: '您的发货单号', en: 'Your shipment' }),
                  <span class="mono">{shipment.number}</span>,
                ] as const,
              ]
            : []),
          ...parcels.map(
            ({ carrier, trackingNumber, at }) =>
              [
                say(view, {
                  zh: `您的包裹 · ${longDay(view, at)} 寄出`,
                  en: `Your parcel, left on ${longDay(view, at)}`,
                }),
                <>
                  {carrier} <span class="mono">{trackingNumber}</span>
                </>,
              ] as const,
          ),
          ...(shipment?.state === 'received' && shipment.endedAt
            ? [[say(view, { zh: '签收', en: 'Received' }), longDay(view, shipment.endedAt)] as const]
            : [[say(view, { zh: '预计送达', en: 'With you by' }), longDay(view, order.promisedAt)] as const]),
        ]}
      />
      {shipment?.state === 'sent' ? (
        <form method="post" action={action}>
          <button type="submit" class="second wide">
            {say(view, { zh: '我已收到', en: 'I have received it' })}
          </button>
        </form>
      ) : null}
    </section>
  )
}
