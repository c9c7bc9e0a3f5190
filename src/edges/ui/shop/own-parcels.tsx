/** Where a buyer's own garments are, on the page behind their link: the lot's way to the warehouse, then their parcels. */
import type { Production } from '../../../stages/7-production/actions.ts'
import { Facts } from '../parts.tsx'
import { count, longDay, say, type View } from '../view.ts'
import { ORDER_STATE, wordFor } from '../words.ts'

/** What is packed in place of what was ordered, where the buyer chose so. */
const packedOther = ({ shipment }: OwnMile) =>
  shipment?.chosen === 'fewer' || shipment?.chosen === 'other' ? shipment.lines : []

export type OwnMile = Awaited<ReturnType<Production['ofBuyer']>>

/** A lot that nobody makes yet is with no factory, whatever its order is called within the house. */
const sought = (state: string): boolean => state === 'placing' || state === 'unplaced'

/** Where a lot is, as its buyers read it: what a factory hands over is with none of them yet. */
function standsAt(view: View, { state, direct }: NonNullable<OwnMile['order']>): string {
  if (sought(state)) return say(view, { zh: '正在寻找工厂', en: 'A factory is being looked for' })
  if (direct && (state === 'shipped' || state === 'delivered'))
    return say(view, { zh: '工厂正在逐单寄出', en: 'The factory is sending each parcel' })
  if (state === 'shipped') return say(view, { zh: '正运往我们的仓库', en: 'On its way to our warehouse' })
  if (state === 'delivered') return say(view, { zh: '在我们的仓库', en: 'At our warehouse' })
  return wordFor(view, ORDER_STATE, state)
}

export function OwnParcels({
  view,
  mile,
  action,
  cancel,
  colourName,
}: {
  view: View
  mile: OwnMile
  colourName: (id: string) => string
  action: string
  cancel: string
}) {
  const { order, shipment, parcels } = mile
  if (!order || order.state === 'cancelled') return null
  const stands = standsAt(view, order)
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
          ...packedOther(mile).map(
            ({ colourway, size, quantity }) =>
              [
                say(view, { zh: '按您的选择寄出', en: 'Sent as you chose' }),
                `${colourName(colourway)} · ${size} × ${count(view, quantity)}`,
              ] as const,
          ),
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
      {mile.mayCancel ? (
        <form method="post" action={cancel}>
          <p class="small soft">
            {say(view, {
              zh: '我们未能按承诺日期送达，很抱歉。如不愿再等，可以取消，无需支付任何费用。',
              en: 'We did not keep the date that we promised, and are sorry. If you would rather not wait, cancel: you pay nothing.',
            })}
          </p>
          <button type="submit" class="danger wide">
            {say(view, { zh: '不再等待，取消预订', en: 'Do not wait, cancel' })}
          </button>
        </form>
      ) : null}
    </section>
  )
}
