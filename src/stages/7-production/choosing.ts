/** What a buyer does for whom there are too few pieces. Each act is whole in its transaction, and done once. */
import { eachAlone } from '../../core/each-alone.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { campaignById } from '../4-storefront/door.ts'
import { gathersOn, letGoOfLot, orderAgain, unitsOf, type Preorder, type PreorderLine } from '../5-demand/door.ts'
import { orderById, type ProductionOrder } from '../6-dispatch/door.ts'
import type { Context } from '../context.ts'
import { assertSettled, freePieces, serveWaiting } from './counting.ts'
import { refused } from './messages.ts'
import { joined, missingOf } from './serving.ts'
import type { Choice } from './shipping.ts'
import { tellOfPieces, type Asked } from './short-letters.ts'
import { moveShipments, type Shipment } from './store/packing.ts'
import { countOf, piecesOf, takeSpare, unanswered } from './store/pieces.ts'

/** Shipments looked at in one sweep; the others in the next. */
const MOST = 200

/** What is there for a buyer who waits: told on their page and in the API. */
export interface Open {
  answerBy: Date | null
  wanted: PreorderLine[]
  kept: PreorderLine[]
  missing: PreorderLine[]
  spare: PreorderLine[]
  /** The next lot gathers: it may be waited for. */
  mayWait: boolean
}

export async function openChoice(
  db: Reader,
  order: ProductionOrder,
  preorder: Preorder,
  shipment: Shipment,
  now: Date,
): Promise<Open | undefined> {
  if (shipment.state !== 'short') return undefined
  const campaign = await campaignById(db, order.campaignId)
  return {
    answerBy: shipment.answerBy,
    wanted: preorder.lines,
    kept: shipment.lines,
    missing: missingOf(preorder.lines, shipment.lines),
    spare: (await piecesOf(db, order.id)).flatMap(({ size, colourway, spare }) => (spare > 0 ? [{ size, colourway, quantity: spare }] : [])), // prettier-ignore
    mayWait: campaign !== undefined && gathersOn(campaign, now),
  }
}

/** @throws Problem 409, 422; the transaction is to be undone then */
export async function choose(
  tx: Tx,
  context: Pick<Context, 'db' | 'clock' | 'engines' | 'baseUrl' | 'outbox'>,
  { order, preorder, shipment }: { order: ProductionOrder; preorder: Preorder; shipment: Shipment },
  { choice, lines = [] }: { choice: Choice; lines?: readonly PreorderLine[] | undefined },
): Promise<void> {
  if (shipment.state !== 'short') throw refused('short.settled')
  await assertSettled(tx, order)
  if (choice === 'fewer' || choice === 'other') {
    const more = choice === 'other' ? await takeOther(tx, order, preorder, shipment, lines) : []
    const own = joined([...shipment.lines, ...more])
    if (!own.length) throw refused('short.none-kept')
    await settle(tx, shipment, { state: 'to-pack', chosen: choice, lines: own, units: unitsOf(own), answerBy: null })
    // A part that was kept for another order may now be all that it misses.
    await serveWaiting(tx, context, order)
    return
  }
  const now = context.clock.now()
  const campaign = await campaignById(tx, order.campaignId)
  if (choice === 'wait' && !(campaign && gathersOn(campaign, now))) throw refused('short.no-next', undefined, { field: 'choice' }) // prettier-ignore
  await settle(tx, shipment, { state: 'released', chosen: choice, endedAt: now, answerBy: null })
  if (!(await letGoOfLot(tx, preorder.id, now))) throw refused('short.settled')
  const row: Asked = { shipment, buyer: { ...preorder, preorderId: preorder.id }, wanted: preorder.lines, kept: [] }
  if (choice === 'wait') {
    const again = await orderAgain(tx, context, preorder, now)
    await tellOfPieces(tx, context, order, { kind: 'waits', rows: [row], again })
  } else await tellOfPieces(tx, context, order, { kind: choice === 'silence' ? 'silence' : 'let-go', rows: [row] })
  await freePieces(tx, context, order, shipment.lines)
}

/** Compare and swap: somebody else, or the same buyer in another window, may have been quicker. */
async function settle(tx: Tx, { id }: Shipment, change: Parameters<typeof moveShipments>[3]): Promise<void> {
  if (!(await moveShipments(tx, [id], ['short'], change)).length) throw refused('short.settled')
}

/** Others in place of what is missing, no more than that, each piece once. */
async function takeOther(
  tx: Tx,
  order: ProductionOrder,
  preorder: Preorder,
  shipment: Shipment,
  lines: readonly PreorderLine[],
): Promise<PreorderLine[]> {
  const wish = joined(lines)
  const most = unitsOf(missingOf(preorder.lines, shipment.lines))
  if (!wish.length) throw refused('short.choose', undefined, { field: 'lines' })
  if (unitsOf(wish) > most) throw refused('short.too-many', { most }, { field: 'lines' })
  if (!(await takeSpare(tx, order.id, wish))) throw refused('short.gone', undefined, { field: 'lines' })
  return wish
}

/** Whoever has not answered in time is let go and told. One that cannot be holds up no other. */
export async function releaseSilent(context: Context): Promise<void> {
  const { db, clock } = context
  await eachAlone(await unanswered(db.read, clock.now(), MOST), ({ shipment, preorder }) =>
    db.write(async (tx) => {
      const order = await orderById(tx, shipment.orderId)
      // While its lot is counted anew it may be served after all.
      if (!order || (await countOf(tx, order.id))?.step !== 'done') return
      await choose(tx, context, { order, preorder, shipment }, { choice: 'silence' })
    }),
  )
}
