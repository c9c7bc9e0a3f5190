/** Letters to the buyers of an order's lot. */
import { withNotice } from '../../core/notice.ts'
import { dayIn } from '../../core/values.ts'
import { queueLetters, type NewLetter } from '../../db/mailbox.ts'
import { readHouse } from '../0-house/door.ts'
import { campaignCard } from '../4-storefront/door.ts'
import { ANEW_MS, buyersOfLot, linkFor, lotById } from '../5-demand/door.ts'
import { orderById, type ProductionOrder } from '../6-dispatch/door.ts'
import type { Context } from '../context.ts'
import { lotLetters, type LotFacts, type News } from './letters.ts'

/** What a letter about the order's lot needs to know. */
async function factsOf(context: Context, order: ProductionOrder): Promise<Omit<LotFacts, 'buyers'>> {
  const { db, clock } = context
  const until = new Date(clock.now().getTime() + ANEW_MS)
  const lot = await lotById(db.read, order.lotId)
  const sold = await campaignCard(db.read, order.campaignId)
  if (!lot || !sold) throw new Error(`order ${order.number} has no lot or style`)
  const { timeZone } = await readHouse(db.read)
  return {
    orderId: order.id,
    placement: order.placement,
    style: sold.card.names,
    colourways: sold.card.colourways,
    promisedAt: order.promisedAt,
    unitPrice: lot.unitPrice,
    currency: lot.currency,
    timeZone,
    linkOf: (id) => linkFor(context, id, until),
  }
}

/** What is new of an order, as a letter to each buyer of its lot: a crowd's a slice at a time. */
export async function* lettersOn(context: Context, order: ProductionOrder, news: News): AsyncGenerator<NewLetter[]> {
  const facts = await factsOf(context, order)
  for await (const buyers of buyersOfLot(context.db.read, order.campaignId, order.lot))
    yield lotLetters(news, { ...facts, buyers }).map(withNotice(context.baseUrl))
}

/** Each slice in a transaction; whoever does it again, after a kill, queues no letter twice. */
export async function tellBuyers(context: Context, orderId: string, news: News): Promise<void> {
  const { db, clock, engines } = context
  const order = await orderById(db.read, orderId)
  if (!order) throw new Error(`order ${orderId} is not there`)
  for await (const letters of lettersOn(context, order, news))
    await db.write((tx) => queueLetters(tx, letters, clock.now(), engines.vault), { atomic: true })
}

/** A date that moved within its day is no news. */
export async function tellMoved(
  context: Context,
  orderId: string,
  moved: Omit<Extract<News, { kind: 'moved' }>, 'kind'>,
): Promise<void> {
  const { timeZone } = await readHouse(context.db.read)
  if (dayIn(moved.from, timeZone) !== dayIn(moved.to, timeZone))
    await tellBuyers(context, orderId, { kind: 'moved', ...moved })
}
