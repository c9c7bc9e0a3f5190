/** Returns and exchanges: asked for by a buyer, decided by a person of the house, settled when the pieces are back. */
import { actorTag, type Actor } from '../../core/actor.ts'
import { notFound, Problem } from '../../core/errors.ts'
import { ERASED } from '../../core/person.ts'
import { dayIn, isPlainLine } from '../../core/values.ts'
import { dayAfter, endOfDay } from '../../core/zones.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { readHouse } from '../0-house/door.ts'
import { versionOf } from '../2-designs/door.ts'
import { campaignById } from '../4-storefront/door.ts'
import {
  gathersOn,
  lotById,
  orderAgain,
  preorderById,
  unitsOf,
  type Preorder,
  type PreorderLine,
} from '../5-demand/door.ts'
import { orderById, type ProductionOrder } from '../6-dispatch/door.ts'
import type { Context } from '../context.ts'
import { serveWaiting, tellPieces } from './counting.ts'
import { refused } from './messages.ts'
import { tellOfReturn } from './return-letters.ts'
import { joined, missingOf, variantOf } from './serving.ts'
import type { Fit, ReturnReason } from './shipping.ts'
import { shipmentsOfPreorders, type Shipment } from './store/packing.ts'
import { countOf, giveSpare, piecesOf, takeSpare } from './store/pieces.ts'
import { insertReturn, moveReturn, returnById, returnsOfPreorder, type Return } from './store/returns.ts'

type Acts = Pick<Context, 'db' | 'clock' | 'engines' | 'baseUrl' | 'outbox'>

export interface AskedReturn {
  kind: Return['kind']
  reason: ReturnReason
  lines: readonly PreorderLine[]
  fits?: Readonly<Record<string, Fit>> | undefined
  want?: readonly PreorderLine[] | undefined
  words?: string | undefined
}

/** The end of the last day on which something that was received then may be sent back; none where the house takes none. */
export const returnUntil = (receivedAt: Date, days: number, timeZone: string): Date | undefined =>
  days > 0 ? endOfDay(dayAfter(dayIn(receivedAt, timeZone), days), timeZone) : undefined

/** What of a shipment has not been asked to be returned, or was declined. */
export const stillTheirs = (shipment: Pick<Shipment, 'lines'>, known: readonly Return[]): PreorderLine[] =>
  missingOf(
    shipment.lines,
    known.filter(({ state }) => state !== 'declined').flatMap(({ lines }) => lines),
  )

/** What a buyer may send back, and until when. */
export interface MayReturn {
  until: Date
  lines: PreorderLine[]
  /** Sizes and colours that may be wanted in exchange. */
  sizes: readonly string[]
  colourways: readonly string[]
  /** Points of measure by which it may not fit. */
  measures: readonly { code: string; name: { zh: string; en: string } }[]
}

export async function mayReturn(
  db: Reader,
  { order, shipment, known, now }: { order: ProductionOrder; shipment: Shipment; known: readonly Return[]; now: Date },
): Promise<MayReturn | undefined> {
  if (shipment.state !== 'received' || !shipment.endedAt) return undefined
  const { returnDays, timeZone } = await readHouse(db)
  const until = returnUntil(shipment.endedAt, returnDays, timeZone)
  const lines = stillTheirs(shipment, known)
  if (!until || until < now || !lines.length) return undefined
  const [campaign, lot] = await Promise.all([campaignById(db, order.campaignId), lotById(db, order.lotId)])
  const style = lot && (await versionOf(db, lot.styleId, lot.styleVersion))
  return {
    until,
    lines,
    sizes: campaign?.sizes ?? [],
    colourways: campaign?.colourways ?? [],
    measures: (style?.derived.points ?? []).map(({ code, name }) => ({ code, name })),
  }
}

/** @throws Problem 409 `returns.may-not`, 422 beside the field */
export async function askReturn(
  tx: Tx,
  context: Acts,
  preorder: Preorder,
  { kind, reason, lines, fits = {}, want = [], words }: AskedReturn,
): Promise<Return> {
  const [shipment] = await shipmentsOfPreorders(tx, [preorder.id])
  const order = shipment && (await orderById(tx, shipment.orderId))
  const lot = order && (await lotById(tx, order.lotId))
  const known = await returnsOfPreorder(tx, preorder.id)
  const now = context.clock.now()
  const may = order && (await mayReturn(tx, { order, shipment, known, now }))
  if (!order || !lot || !may) throw refused('returns.may-not')
  const own = joined(lines)
  const most = new Map(may.lines.map((line) => [variantOf(line), line.quantity]))
  if (own.some((line) => line.quantity > (most.get(variantOf(line)) ?? 0)))
    throw refused('returns.not-theirs', undefined, { field: 'lines' })
  const wish = kind === 'exchange' ? joined(want) : []
  if (kind === 'exchange' && unitsOf(wish) !== unitsOf(own))
    throw refused('returns.want', { n: unitsOf(own) }, { field: 'want' })
  if (wish.some(({ size, colourway }) => !may.sizes.includes(size) || !may.colourways.includes(colourway)))
    throw refused('returns.no-such', undefined, { field: 'want' })
  const measured = Object.keys(fits).find((code) => !may.measures.some((each) => each.code === code))
  if (measured !== undefined) throw refused('returns.measure', { measured }, { field: 'fits' })
  return insertReturn(tx, {
    orderId: order.id,
    shipmentId: shipment.id,
    preorderId: preorder.id,
    styleId: lot.styleId,
    state: 'asked',
    kind,
    reason,
    // Where it does not fit is told of a size that is wrong, and of nothing else.
    fits: reason === 'size' ? { ...fits } : {},
    lines: own,
    want: wish,
    words: words ?? null,
    askedAt: now,
  })
}

/** @throws Problem 404, 409 `returns.moved-on` */
export async function decideReturn(
  tx: Tx,
  context: Acts,
  actor: Actor,
  { id, accept, answer }: { id: string; accept: boolean; answer: string },
): Promise<Return> {
  const found = await returnById(tx, id)
  if (!found) throw notFound({ en: 'return', zh: '退换申请' }, id)
  const state = accept ? 'accepted' : 'declined'
  if (found.state === state) return found
  const now = context.clock.now()
  const row = await moveReturn(tx, id, 'asked', {
    state,
    answer,
    decidedBy: actorTag(actor),
    decidedAt: now,
    ...(accept ? {} : { endedAt: now }),
  })
  if (!row) throw refused('returns.moved-on')
  await tellOfReturn(tx, context, row)
  return row
}

/**
 * It is back at the warehouse. In exchange a piece that is left is taken, once; else the next lot makes it where one gathers;
 * else it is said that it cannot be exchanged.
 * @param good somebody else may have it
 */
export async function takeBack(
  tx: Tx,
  context: Acts,
  actor: Actor,
  { id, good }: { id: string; good: boolean },
): Promise<Return> {
  const found = await returnById(tx, id)
  if (!found) throw notFound({ en: 'return', zh: '退换申请' }, id)
  if (found.backAt) return found
  if (found.state !== 'accepted') throw refused('returns.moved-on')
  const order = await orderById(tx, found.orderId)
  if (!order) throw new Error(`return ${id} has no order`)
  // Pieces are only somebody's or nobody's where they were counted; what was not counted came as it was ordered.
  if (!(await countOf(tx, order.id))) await tellPieces(tx, context, actor, order, { pieces: [] })
  if ((await countOf(tx, order.id))?.step !== 'done') throw refused('pieces.counting', { number: order.number }, { retryAfter: 5 }) // prettier-ignore
  const now = context.clock.now()
  if (good) await giveSpare(tx, order.id, found.lines)
  const becomes =
    found.kind === 'exchange' ? await exchange(tx, context, order, found) : ({ state: 'returned' } as const)
  const row = await moveReturn(tx, id, 'accepted', {
    ...becomes,
    backAt: now,
    good,
    ...(becomes.state === 'to-send' ? {} : { endedAt: now }),
  })
  if (!row) throw refused('returns.moved-on')
  await tellOfReturn(tx, context, row)
  // Whoever waits for such a piece has it now.
  if (good) await serveWaiting(tx, context, order)
  return row
}

/** All of them, where all are left. */
async function takeLeft(tx: Tx, orderId: string, want: readonly PreorderLine[]): Promise<boolean> {
  const left = new Map((await piecesOf(tx, orderId)).map((piece) => [variantOf(piece), piece.spare]))
  return want.every((line) => (left.get(variantOf(line)) ?? 0) >= line.quantity) && takeSpare(tx, orderId, want)
}

async function exchange(
  tx: Tx,
  context: Acts,
  order: ProductionOrder,
  { id, want, preorderId }: Return,
): Promise<{ state: 'to-send' | 'next-lot' | 'no-exchange'; againId?: string }> {
  if (await takeLeft(tx, order.id, want)) return { state: 'to-send' }
  const [campaign, preorder] = [await campaignById(tx, order.campaignId), await preorderById(tx, preorderId)]
  const now = context.clock.now()
  if (!campaign || !preorder || preorder.email === ERASED || !gathersOn(campaign, now)) return { state: 'no-exchange' }
  try {
    const wish = { ...preorder, lines: want, units: unitsOf(want) }
    return { state: 'next-lot', againId: await orderAgain(tx, context, wish, now, `exchange:${id}`) }
  } catch (error) {
    // The campaign takes no more of this buyer (its cap): that is an answer, and nothing was written by it.
    if (error instanceof Problem && error.status < 500) return { state: 'no-exchange' }
    throw error
  }
}

/** The piece in exchange has left. @throws Problem 404, 409 `returns.moved-on`, 422 */
export async function sendExchange(
  tx: Tx,
  context: Acts,
  { id, carrier, trackingNumber }: { id: string; carrier: string; trackingNumber: string },
): Promise<Return> {
  const found = await returnById(tx, id)
  if (!found) throw notFound({ en: 'return', zh: '退换申请' }, id)
  if (found.state === 'sent') return found
  for (const [field, value] of Object.entries({ carrier, trackingNumber }))
    if (!isPlainLine(value)) throw refused('production.parcel', undefined, { field })
  const now = context.clock.now()
  const row = await moveReturn(tx, id, 'to-send', { state: 'sent', carrier, trackingNumber, endedAt: now })
  if (!row) throw refused('returns.moved-on')
  await tellOfReturn(tx, context, row)
  return row
}
