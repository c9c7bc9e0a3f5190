/** The pieces of a lot as they were counted, and who gets them: whoever confirmed first, whole orders before parts. */
import { actorTag, type Actor } from '../../core/actor.ts'
import { dayIn } from '../../core/values.ts'
import { dayAfter, endOfDay } from '../../core/zones.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { readHouse } from '../0-house/door.ts'
import { campaignCard } from '../4-storefront/door.ts'
import { lotById, SLICE, unitsOf, type PreorderLine } from '../5-demand/door.ts'
import { orderById, type ProductionOrder } from '../6-dispatch/door.ts'
import type { Context, Turn } from '../context.ts'
import { refused } from './messages.ts'
import { joined, missingOf, takeSome, takeWhole, variantOf, type Spare } from './serving.ts'
import { tellOfPieces, type Asked } from './short-letters.ts'
import { moveShipments, packingOf, unitsByVariant } from './store/packing.ts'
import {
  countOf,
  countOn,
  countsUnsettled,
  giveSpare,
  piecesOf,
  setSpare,
  shipmentsInTurn,
  writeCount,
  type Count,
  type InTurn,
  type Piece,
} from './store/pieces.ts'
import { exchangedOf } from './store/returns.ts'

/** Orders looked at in one turn; others look meanwhile. */
const ORDERS = 20
/** What a lot may have more of a variant than was ordered, and still be no slip of the pen. */
const MOST_OF_ONE = 1_000_000

/** Pieces that have left for their buyers and did not come back, or that a buyer has chosen: no count takes these away. */
async function given(tx: Reader, orderId: string): Promise<Spare> {
  const spare: Spare = new Map()
  for (const line of [
    ...(await unitsByVariant(tx, orderId, ['sent', 'received'])),
    ...(await unitsByVariant(tx, orderId, ['to-pack'], true)),
  ])
    spare.set(variantOf(line), (spare.get(variantOf(line)) ?? 0) + line.quantity)
  const { back, given: exchanged } = await exchangedOf(tx, orderId)
  for (const line of exchanged) spare.set(variantOf(line), (spare.get(variantOf(line)) ?? 0) + line.quantity)
  for (const line of back) spare.set(variantOf(line), (spare.get(variantOf(line)) ?? 0) - line.quantity)
  return spare
}

/** @throws Problem 422 beside the line: no such variant, or fewer than have left already */
async function checkPieces(tx: Reader, order: ProductionOrder, told: readonly PreorderLine[]): Promise<void> {
  const sold = await campaignCard(tx, order.campaignId)
  const left = await given(tx, order.id)
  told.forEach((line, index) => {
    const field = `pieces.${index}.quantity`
    const { size, colourway, quantity } = line
    if (!sold?.campaign.sizes.includes(size) || !sold.campaign.colourways.includes(colourway))
      throw refused('pieces.variant', { size, colourway, number: order.number }, { field: `pieces.${index}.size` })
    if (told.findIndex((each) => variantOf(each) === variantOf(line)) !== index)
      throw refused('pieces.twice', { size, colourway }, { field })
    const gone = left.get(variantOf(line)) ?? 0
    if (quantity < gone) throw refused('pieces.gone', { size, colourway, gone }, { field })
    if (quantity > MOST_OF_ONE) throw refused('pieces.many', { most: MOST_OF_ONE }, { field })
  })
}

/**
 * So many good pieces of each variant came; what is not named came as it was ordered. Counted again, the last count stands:
 * more than before go to whoever waits, with fewer it is settled anew who gets them.
 * @throws Problem 422 naming the line
 */
export async function tellPieces(
  tx: Tx,
  context: Pick<Context, 'clock' | 'engines' | 'baseUrl'>,
  actor: Actor,
  order: ProductionOrder,
  { pieces: told, note }: { pieces: readonly PreorderLine[]; note?: string | undefined },
): Promise<Count> {
  await checkPieces(tx, order, told)
  const lot = await lotById(tx, order.lotId)
  if (!lot) throw new Error(`order ${order.number} has no lot`)
  const before = await countOf(tx, order.id)
  const known = new Map((await piecesOf(tx, order.id)).map((piece) => [variantOf(piece), piece]))
  const ordered = new Map(lot.quantities.map((line) => [variantOf(line), line]))
  const said = new Map(told.map((line) => [variantOf(line), line]))
  const variants = new Map<string, Pick<PreorderLine, 'size' | 'colourway'>>([...ordered, ...known, ...said])
  const rows = [...variants.values()].map(({ size, colourway }): Piece => {
    const key = variantOf({ size, colourway })
    const wanted = ordered.get(key)?.quantity ?? 0
    const came = said.get(key)?.quantity ?? wanted
    const was = known.get(key)
    return { size, colourway, ordered: wanted, came, spare: (was?.spare ?? 0) + came - (was?.came ?? 0) } // prettier-ignore
  })
  const onlyMore = before?.step === 'done' && rows.every((row) => row.came >= (known.get(variantOf(row))?.came ?? 0))
  await writeCount(
    tx,
    {
      orderId: order.id,
      edition: (before?.edition ?? 0) + 1,
      step: onlyMore ? 'done' : 'told',
      note: note ?? null,
      by: actorTag(actor),
      at: context.clock.now(),
    },
    onlyMore ? rows : rows.map((row) => ({ ...row, spare: 0 })),
  )
  if (onlyMore) await serveWaiting(tx, context, order)
  // A lot of a few hundred orders is settled in this moment; a crowd's goes on slice by slice.
  else await settleOn(tx, context, order)
  const stands = await countOf(tx, order.id)
  if (!stands) throw new Error(`the count of ${order.number} was not stored`)
  return stands
}

/** While it is being settled who gets what, nothing leaves. @throws Problem 409 `pieces.counting` */
export async function assertSettled(db: Reader, { id, number }: Pick<ProductionOrder, 'id' | 'number'>): Promise<void> {
  const count = await countOf(db, id)
  if (!count || count.step === 'done') return
  throw refused('pieces.counting', { number }, { retryAfter: 5 })
}

/** As far as one slice of its shipments goes, in each of its steps. */
async function settleOn(tx: Tx, context: Pick<Context, 'clock' | 'engines' | 'baseUrl'>, order: ProductionOrder) {
  for (let rows: number | undefined = 0; rows !== undefined && rows < SLICE;)
    rows = await settleSlice(tx, context, order)
}

/** @returns shipments looked at, or undefined where nothing is to be settled (any more, or not yet) */
export async function settleSlice(
  tx: Tx,
  context: Pick<Context, 'clock' | 'engines' | 'baseUrl'>,
  order: ProductionOrder,
): Promise<number | undefined> {
  const count = await countOf(tx, order.id)
  const packing = await packingOf(tx, order.id)
  // Until each buyer has a shipment nobody can be served.
  if (!count || count.step === 'done' || !packing || packing.filling) return undefined
  if (count.step === 'told') {
    const gone = await given(tx, order.id)
    for (const piece of await piecesOf(tx, order.id))
      await setSpare(tx, order.id, { ...piece, spare: piece.came - (gone.get(variantOf(piece)) ?? 0) })
    return (await countOn(tx, count, { step: 'serving', after: '', afterAt: null })) ? 0 : undefined
  }
  const rows = await shipmentsInTurn(tx, order.id, count.step === 'serving' ? ['to-pack', 'short'] : ['short'], count)
  const last = rows.at(-1)
  const isOver = rows.length < SLICE
  const next = count.step === 'serving' ? 'keeping' : 'done'
  const to = isOver
    ? ({ step: next, after: '', afterAt: null } as const)
    : { step: count.step, after: last?.shipment.id ?? '', afterAt: last?.confirmedAt ?? null }
  if (!(await countOn(tx, count, to))) return undefined
  await withSpare(
    tx,
    order.id,
    (spare) =>
    count.step === 'serving' ? serveWhole(tx, context, order, rows, spare) : keepParts(tx, context, { order, rows, spare, count }), // prettier-ignore
  )
  return rows.length
}

/** What is spare, written back where it has changed. */
async function withSpare(tx: Tx, orderId: string, run: (spare: Spare) => Promise<void>): Promise<void> {
  const before = await piecesOf(tx, orderId)
  const spare: Spare = new Map(before.map((piece) => [variantOf(piece), piece.spare]))
  await run(spare)
  for (const piece of before) {
    const left = spare.get(variantOf(piece)) ?? 0
    if (left !== piece.spare) await setSpare(tx, orderId, { ...piece, spare: left })
  }
}

/** Whole orders: who cannot have all of theirs waits, and whoever comes after may be served. */
async function serveWhole(
  tx: Tx,
  context: Pick<Context, 'clock' | 'engines' | 'baseUrl'>,
  order: ProductionOrder,
  rows: readonly InTurn[],
  spare: Spare,
): Promise<void> {
  const wait: string[] = []
  const found: Asked[] = []
  for (const row of rows) {
    const whole = takeWhole(spare, row.wanted)
    if (!whole) wait.push(row.shipment.id)
    else if (row.shipment.state === 'short') {
      await toPack(tx, row)
      found.push({ ...row, kept: row.wanted })
    }
  }
  await moveShipments(tx, wait, ['to-pack', 'short'], { state: 'short', lines: [], units: 0 })
  await tellOfPieces(tx, context, order, { kind: 'served', rows: found })
}

const toPack = (tx: Tx, { shipment, wanted }: InTurn) =>
  moveShipments(tx, [shipment.id], ['short'], { state: 'to-pack', lines: joined(wanted), units: unitsOf(wanted), answerBy: null }) // prettier-ignore

/** What is left of their own variants is kept for those who wait, and they are asked. */
async function keepParts(
  tx: Tx,
  context: Pick<Context, 'clock' | 'engines' | 'baseUrl'>,
  { order, rows, spare, count }: { order: ProductionOrder; rows: readonly InTurn[]; spare: Spare; count: Count },
): Promise<void> {
  const { shortAnswerDays, timeZone } = await readHouse(tx)
  const answerBy = endOfDay(dayAfter(dayIn(context.clock.now(), timeZone), shortAnswerDays), timeZone)
  const asked: Asked[] = []
  for (const row of rows) {
    const kept = takeSome(spare, row.wanted)
    const isNew = row.shipment.answerBy === null
    await moveShipments(tx, [row.shipment.id], ['short'], {
      lines: kept,
      units: unitsOf(kept),
      ...(isNew && { answerBy }),
    })
    if (isNew) asked.push({ ...row, kept, answerBy })
  }
  await tellOfPieces(tx, context, order, { kind: 'short', rows: asked, edition: count.edition })
}

/** Pieces came back, or more came: whoever waits longest and can have the whole order now is served. */
export async function serveWaiting(
  tx: Tx,
  context: Pick<Context, 'clock' | 'engines' | 'baseUrl'>,
  order: ProductionOrder,
): Promise<void> {
  const rows = await shipmentsInTurn(tx, order.id, ['short'])
  const found: Asked[] = []
  await withSpare(tx, order.id, async (spare) => {
    for (const row of rows) {
      if (!takeWhole(spare, missingOf(row.wanted, row.shipment.lines))) continue
      await toPack(tx, row)
      found.push({ ...row, kept: row.wanted })
    }
  })
  await tellOfPieces(tx, context, order, { kind: 'served', rows: found })
}

/** What a shipment that is let go held is there for the others, where the lot was counted. */
export async function freePieces(
  tx: Tx,
  context: Pick<Context, 'clock' | 'engines' | 'baseUrl'>,
  order: ProductionOrder,
  lines: readonly PreorderLine[],
): Promise<void> {
  if ((await countOf(tx, order.id))?.step !== 'done') return
  await giveSpare(tx, order.id, lines)
  await serveWaiting(tx, context, order)
}

/** Goes on wherever somebody stopped, this process or another. @returns how many shipments were looked at */
export async function settleCounts(context: Context, { leaving }: Pick<Turn, 'leaving'>): Promise<number> {
  const { db } = context
  let looked = 0
  for (const { orderId } of await countsUnsettled(db.read, ORDERS)) {
    const order = await orderById(db.read, orderId)
    for (let rows: number | undefined = 0; order && rows !== undefined && !leaving.aborted;) {
      rows = await db.write((tx) => settleSlice(tx, context, order))
      looked += rows ?? 0
    }
  }
  return looked
}
