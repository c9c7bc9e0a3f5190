import type { Localized } from '../../core/values.ts'
import type { NewLetter } from '../../db/mailbox.ts'
import { listedLines } from '../5-demand/door.ts'
import { letters } from './messages.ts'
import type { Parcel, ShipmentWithBuyer } from './store/packing.ts'

/** One buyer's own parcels have left: their numbers and nobody else's. One letter for what left together. */
export function parcelLetter(
  { shipment, buyer }: ShipmentWithBuyer,
  {
    parcels,
    style,
    orderId,
  }: {
    parcels: readonly Parcel[]
    style: { names: Localized; colourways: readonly { id: string; name: Localized }[] }
    orderId: string
  },
): NewLetter {
  const { lang, name } = buyer
  const kind = shipment.state === 'to-pack' ? 'sent' : 'sent-more'
  return {
    dedupeKey: `parcel:${parcels[0]?.id}:sent:${buyer.preorderId}`,
    about: `order:${orderId}`,
    to: buyer.email,
    lang,
    subject: letters.say(lang, `${kind}.subject`, { style: style.names }),
    body: letters.say(lang, `${kind}.body`, {
      name,
      style: style.names,
      number: shipment.number,
      lines: listedLines(shipment.lines, style.colourways, lang),
      parcels: parcels
        .map(({ carrier, trackingNumber }) => letters.say(lang, 'parcel', { carrier, number: trackingNumber }))
        .join('\n'),
    }),
  }
}
