/** What buyers are told when there are too few pieces for them, and of what becomes of it. */
import { withNotice } from '../../core/notice.ts'
import { spokenEnd } from '../../core/zones.ts'
import type { Localized } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { readHouse } from '../0-house/door.ts'
import { campaignCard } from '../4-storefront/door.ts'
import { ANEW_MS, linkFor, listedLines, type PreorderLine } from '../5-demand/door.ts'
import type { ProductionOrder } from '../6-dispatch/door.ts'
import type { Context } from '../context.ts'
import { letters } from './messages.ts'
import type { Shipment, ShipmentWithBuyer } from './store/packing.ts'

/** A shipment with what was ordered, and what of it is there. */
export interface Asked extends ShipmentWithBuyer {
  wanted: readonly PreorderLine[]
  kept: readonly PreorderLine[]
  answerBy?: Date
}

type Piece =
  /** There are too few: what would you like? Once for each count. */
  | { kind: 'short'; rows: readonly Asked[]; edition: number }
  /** There are enough after all. */
  | { kind: 'served'; rows: readonly Asked[] }
  /** In the next lot, under another pre-order. */
  | { kind: 'waits'; rows: readonly Asked[]; again: string }
  | { kind: 'let-go'; rows: readonly Asked[] }
  | { kind: 'silence'; rows: readonly Asked[] }

const onceFor = (piece: Piece, { id, answerBy }: Shipment): string =>
  piece.kind === 'short'
    ? `shipment:${id}:short:${piece.edition}`
    : `shipment:${id}:${piece.kind}${piece.kind === 'served' ? `:${answerBy?.getTime() ?? 0}` : ''}`

/** Within the transaction that has the reason for it; each once. */
export async function tellOfPieces(
  tx: Tx,
  context: Pick<Context, 'clock' | 'engines' | 'baseUrl'>,
  order: ProductionOrder,
  piece: Piece,
): Promise<void> {
  if (!piece.rows.length) return
  const sold = await campaignCard(tx, order.campaignId)
  if (!sold) throw new Error(`order ${order.number} has no style`)
  const { timeZone } = await readHouse(tx)
  const now = context.clock.now()
  const style: Localized = sold.card.names
  const until = new Date(now.getTime() + ANEW_MS)
  await queueLetters(
    tx,
    piece.rows.map(({ shipment, buyer, wanted, kept, answerBy }) => {
      const { lang, name } = buyer
      const listed = (lines: readonly PreorderLine[]) => listedLines(lines, sold.card.colourways, lang)
      const facts = {
        name,
        style,
        lines: listed(wanted),
        kept: kept.length ? listed(kept) : `  ${letters.say(lang, 'short.nothing')}`,
        until: answerBy ? spokenEnd(answerBy, lang, timeZone) : '',
        link: linkFor(context, piece.kind === 'waits' ? piece.again : buyer.preorderId, until),
      }
      return withNotice(context.baseUrl)({
        dedupeKey: `${onceFor(piece, shipment)}:${buyer.preorderId}`,
        about: `order:${order.id}` as const,
        to: buyer.email,
        lang,
        subject: letters.say(lang, `short-${piece.kind}.subject`, { style }),
        body: letters.say(lang, `short-${piece.kind}.body`, facts),
      })
    }),
    now,
    context.engines.vault,
  )
}
