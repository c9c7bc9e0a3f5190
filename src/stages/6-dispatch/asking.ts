/** Asking factories, one after the other, until one takes the order. */
import { system } from '../../core/actor.ts'
import { HOUR, newId } from '../../core/values.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { withLinks } from '../../garments/index.ts'
import { readHouse } from '../0-house/door.ts'
import type { Ranked } from './allocation.ts'
import { fileLinks, lotStyle, prepareBrief, type LotStyle } from './briefs.ts'
import { hasRoom, shipByOf } from './deciding.ts'
import type { Dispatching } from './dispatching.ts'
import { offerLetter } from './letters.ts'
import { currentRound } from './rounds.ts'
import { factoryById } from './store/factories.ts'
import { insertOffer, OPEN_OFFERS, offersOf } from './store/offers.ts'
import { moveOrder, orderById, type ProductionOrder, readTerms } from './store.ts'
import { queueMessage } from './store/messages.ts'

/**
 * Ask the next factory in rank, or find that there is none left. Safe to run at any time and any number of times:
 * an order has at most one open offer and every rank is asked once.
 */
export async function offerNext(context: Dispatching, orderId: string): Promise<void> {
  const { db, clock, outbox } = context
  const order = await orderById(db.read, orderId)
  if (!order || order.state !== 'placing') return
  const asked = await offersOf(db.read, order.id)
  if (asked.some(({ state }) => OPEN_OFFERS.includes(state))) return
  const style = await lotStyle(context, order.lotId)
  const { round, inputs, ranking } = await currentRound(context, order, style)
  const { askedBefore } = inputs
  const [{ timeZone }, terms] = [await readHouse(db.read), await readTerms(db.read)]
  const done = new Set(asked.slice(askedBefore).map(({ factoryId }) => factoryId))
  for (const row of ranking) {
    if (row.rank === null || done.has(row.factoryId)) continue
    // Paused, switched off or full since the ranking: passed over, the others keep their places.
    const factory = await factoryById(db.read, row.factoryId)
    const lot = { units: order.units, shipBy: shipByOf(order.promisedAt, terms, timeZone), now: clock.now() }
    if (factory?.state !== 'active' || !(await hasRoom(db.read, factory, lot))) continue
    if ((await makeOffer(context, order, style, row, asked.length + 1)) !== 'full') return
  }
  const now = clock.now()
  await db.write(async (tx) => {
    // Somebody else has asked one meanwhile: then this look at the offers was too old to say that none is left.
    if ((await offersOf(tx, order.id)).length > asked.length) return
    const moved = await moveOrder(tx, order.id, 'placing', { state: 'unplaced' })
    if (moved)
      await outbox.emit(tx, system('dispatch'), 'dispatch.unplaced', { orderId: order.id }, now, {
        dedupeKey: `unplaced:${order.id}:${round}`,
      })
  })
}

/** `full`: another lot took the factory's last capacity while this one's brief was made. */
async function makeOffer(
  context: Dispatching,
  order: ProductionOrder,
  style: LotStyle,
  row: Ranked,
  rank: number,
): Promise<'made' | 'full' | 'known'> {
  const { db, clock, outbox, engines, makeBrief, pictures } = context
  const now = clock.now()
  const [house, terms] = [await readHouse(db.read), await readTerms(db.read)]
  const facts = {
    offerId: newId(),
    price: row.price,
    shipBy: shipByOf(order.promisedAt, terms, house.timeZone),
    answerBy: new Date(now.getTime() + house.answerHours * HOUR),
  }
  const { brief, file, hash } = await prepareBrief(context, order, style, facts, {
    house,
    terms,
    makeBrief,
    pictures,
  })
  const sent = withLinks(brief, fileLinks(context, order, terms.linkDays))
  return db.write(async (tx) => {
    const { offerId, ...agreed } = facts
    const factory = await factoryById(tx, row.factoryId)
    const { shipBy } = facts
    if ((await offersOf(tx, order.id)).length >= rank) return 'known'
    if (!factory || !(await hasRoom(tx, factory, { units: order.units, shipBy, now }))) return 'full'
    const [offer] = await insertOffer(tx, {
      id: offerId,
      orderId: order.id,
      factoryId: row.factoryId,
      rank,
      state: 'offered',
      offeredAt: now,
      ...agreed,
    })
    if (!offer) return 'known'
    const current = await moveOrder(tx, order.id, 'placing', { briefFile: file, briefHash: hash })
    if (!current) throw new Error(`order ${order.number} moved while its brief was made`)
    await queueMessage(
      tx,
      context.engines.vault,
      {
        factoryId: row.factoryId,
        orderId: order.id,
        type: 'production.offered',
        dedupeKey: `offer:${offerId}`,
        data: {
          orderId: order.id,
          orderNumber: order.number,
          offerId,
          answerBy: facts.answerBy.toISOString(),
          shipBy: facts.shipBy.toISOString(),
          styleHash: order.styleHash,
          briefHash: hash,
          brief: sent,
        },
      },
      now,
    )
    const style_ = style.sold.version.spec.names
    await queueLetters(
      tx,
      offerLetter(factory, { order: current, offer, style: style_, baseUrl: context.baseUrl }),
      now,
      engines.vault,
    )
    await outbox.emit(tx, system('dispatch'), 'dispatch.offered', { orderId: order.id, offerId }, now)
    return 'made'
  })
}
