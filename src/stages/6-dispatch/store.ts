import {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  ne,
  notExists,
  or,
  sql,
} from 'drizzle-orm'
import { grouped, newId } from '../../core/values.ts'
import { atOnce } from '../../db/at-once.ts'
import { inSlices, inSteps, prepared, type Reader, type Tx } from '../../db/database.ts'
import { readSetting, writeSetting } from '../0-house/door.ts'
import { styleVersions } from '../2-designs/door.ts'
import { decisions } from '../3-approvals/door.ts'
import { lots } from '../5-demand/door.ts'
import type { Worked } from './histories.ts'
import { allocations, cancellations, factories, offers, productionOrders } from './tables.ts'
import { IN_HAND, ORDER_MOVES, UNDER_WAY, type OrderState } from './life.ts'
import { canMove } from '../../core/states.ts'
import { dispatchTermsSchema, orderNumber, type DispatchTerms, type OfferState } from './model.ts'

export type Factory = typeof factories.$inferSelect
export type ProductionOrder = typeof productionOrders.$inferSelect
export type Offer = typeof offers.$inferSelect
export type Cancellation = typeof cancellations.$inferSelect

export const OPEN_OFFERS: readonly OfferState[] = ['offered', 'countered']

const TERMS = 'dispatch'

export async function readTerms(db: Reader): Promise<DispatchTerms> {
  const stored = await readSetting(db, TERMS)
  // What was stored under the rules of an older version stays as it is: only what is changed has to meet today's.
  const read = dispatchTermsSchema.safeParse(stored ?? {})
  return read.success ? read.data : { ...dispatchTermsSchema.parse({}), ...(stored as Partial<DispatchTerms>) }
}

export const writeTerms = (tx: Tx, terms: DispatchTerms, updatedAt: Date, updatedBy: string): Promise<void> =>
  writeSetting(tx, TERMS, terms, updatedAt, updatedBy)

// ── factories ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Asked for every endpoint whenever messages are claimed and recorded. */
const byFactoryId = prepared<{ id: string }, Factory>((tx) =>
  tx
    .select()
    .from(factories)
    .where(eq(factories.id, sql.placeholder('id'))),
)

export async function factoryById(db: Reader, id: string): Promise<Factory | undefined> {
  const [row] = await byFactoryId(db, { id })
  return row
}

type ById = Pick<Factory, 'id'>
const ID = { id: factories.id }

/** Those of these factories that there are, in no order. */
const factoriesAtOnce = atOnce<ById, Factory>(ID, (tx, { from, value }) =>
  tx
    .select()
    .from(factories)
    .where(sql`${factories.id} in (select ${value('id')} from ${from})`),
)
export const factoriesById = async (db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Factory>> =>
  new Map(
    (
      await factoriesAtOnce(
        db,
        ids.map((id) => ({ id })),
      )
    ).map((factory) => [factory.id, factory]),
  )

/** Those of these whose endpoint is failing. */
const failingAtOnce = atOnce<ById, ById>(ID, (tx, { from, value }) =>
  tx
    .select(ID)
    .from(factories)
    .where(sql`${factories.id} in (select ${value('id')} from ${from}) and ${isNotNull(factories.failingSince)}`),
)
export const failingAmong = async (db: Reader, ids: Iterable<string>): Promise<string[]> =>
  (
    await failingAtOnce(
      db,
      [...ids].map((id) => ({ id })),
    )
  ).map(({ id }) => id)

export async function factoryByPortal(db: Reader, portalHash: string): Promise<Factory | undefined> {
  const [row] = await db.select().from(factories).where(eq(factories.portalHash, portalHash))
  return row
}

export const allFactories = (db: Reader) => db.select().from(factories).orderBy(asc(factories.id))

export const factoryPage = (db: Reader, page: { before?: string | undefined; limit: number }) =>
  db
    .select()
    .from(factories)
    .where(page.before ? lt(factories.id, page.before) : undefined)
    .orderBy(desc(factories.id))
    .limit(page.limit)

export const insertFactory = (tx: Tx, row: typeof factories.$inferInsert) =>
  tx.insert(factories).values(row).returning()

export async function changeFactory(
  tx: Tx,
  id: string,
  change: Partial<typeof factories.$inferInsert>,
  from?: readonly Factory['state'][],
): Promise<Factory | undefined> {
  const [row] = await tx
    .update(factories)
    .set(change)
    .where(and(eq(factories.id, id), from ? inArray(factories.state, [...from]) : undefined))
    .returning()
  return row
}

// ── orders ──────────────────────────────────────────────────────────────────────────────────────────────────────

export async function orderOfLot(db: Reader, lotId: string): Promise<ProductionOrder | undefined> {
  const [row] = await db.select().from(productionOrders).where(eq(productionOrders.lotId, lotId))
  return row
}

export async function orderById(db: Reader, id: string): Promise<ProductionOrder | undefined> {
  const [row] = await db.select().from(productionOrders).where(eq(productionOrders.id, id))
  return row
}

export interface OrderFilter {
  states?: readonly OrderState[] | undefined
  factoryId?: string | undefined
  campaignId?: string | undefined
  before?: string | undefined
  limit: number
}

/** Newest first. */
export const orderPage = (db: Reader, filter: OrderFilter) =>
  db
    .select()
    .from(productionOrders)
    .where(
      and(
        filter.states ? inArray(productionOrders.state, [...filter.states]) : undefined,
        filter.factoryId ? eq(productionOrders.factoryId, filter.factoryId) : undefined,
        filter.campaignId ? eq(productionOrders.campaignId, filter.campaignId) : undefined,
        filter.before ? lt(productionOrders.id, filter.before) : undefined,
      ),
    )
    .orderBy(desc(productionOrders.id))
    .limit(filter.limit)

/**
 * The one production order of a campaign's lot: made by whoever comes first, found by everybody else. Numbers run
 * without gaps within a year; one that somebody took meanwhile is tried again.
 */
export async function ensureOrder(
  tx: Tx,
  row: Omit<typeof productionOrders.$inferInsert, 'id' | 'number' | 'state'>,
  year: string,
): Promise<ProductionOrder> {
  const mine = and(eq(productionOrders.campaignId, row.campaignId), eq(productionOrders.lot, row.lot))
  for (;;) {
    const [known] = await tx.select().from(productionOrders).where(mine)
    if (known) return known
    const prefix = orderNumber(year, 0).slice(0, -4)
    const [last] = await tx
      .select({ number: productionOrders.number })
      .from(productionOrders)
      .where(like(productionOrders.number, `${prefix}%`))
      .orderBy(desc(sql`length(${productionOrders.number})`), desc(productionOrders.number))
      .limit(1)
    const number = orderNumber(year, Number(last?.number.slice(prefix.length) ?? 0) + 1)
    const [made] = await tx
      .insert(productionOrders)
      .values({ ...row, id: newId(), number, state: 'placing' })
      .onConflictDoNothing()
      .returning()
    if (made) return made
  }
}

/** Orders being placed since before `since` that nobody is asked about now. */
export const stuckOrders = (db: Reader, since: Date) =>
  db
    .select({ id: productionOrders.id, number: productionOrders.number })
    .from(productionOrders)
    .where(
      and(
        eq(productionOrders.state, 'placing'),
        lte(productionOrders.createdAt, since),
        notExists(
          db
            .select({ id: offers.id })
            .from(offers)
            .where(and(eq(offers.orderId, productionOrders.id), inArray(offers.state, [...OPEN_OFFERS]))),
        ),
      ),
    )
    .orderBy(asc(productionOrders.id))
    .limit(50)

/** Compare and swap: no row = it has moved on from `from`. */
export async function moveOrder(
  tx: Tx,
  id: string,
  from: OrderState,
  change: Partial<typeof productionOrders.$inferInsert>,
): Promise<ProductionOrder | undefined> {
  if (change.state && !canMove(ORDER_MOVES, from, change.state))
    throw new Error(`${from} never becomes ${change.state}`)
  const [row] = await tx
    .update(productionOrders)
    .set(change)
    .where(and(eq(productionOrders.id, id), eq(productionOrders.state, from)))
    .returning()
  return row
}

export async function orderByNumber(db: Reader, number: string): Promise<ProductionOrder | undefined> {
  const [row] = await db.select().from(productionOrders).where(eq(productionOrders.number, number))
  return row
}

/** A style's versions up to the one that is made, oldest first: the revision log of its tech pack. */
export const revisionsOf = (db: Reader, styleId: string, version: number) =>
  db
    .select({ version: styleVersions.version, sentence: styleVersions.sentence, createdAt: styleVersions.createdAt })
    .from(styleVersions)
    .where(and(eq(styleVersions.styleId, styleId), lte(styleVersions.version, version)))
    .orderBy(asc(styleVersions.version))

/** The newest approval of a style version: what somebody looked at and said yes to. */
export async function approvedHash(db: Reader, styleId: string, version: number): Promise<string | undefined> {
  const [row] = await db
    .select({ hash: decisions.hash })
    .from(decisions)
    .where(and(eq(decisions.styleId, styleId), eq(decisions.version, version), eq(decisions.kind, 'approve')))
    .orderBy(desc(decisions.id))
    .limit(1)
  return row?.hash
}

// ── allocation ──────────────────────────────────────────────────────────────────────────────────────────────────

export const roundsOf = (db: Reader, orderId: string) =>
  db.select().from(allocations).where(eq(allocations.orderId, orderId)).orderBy(desc(allocations.round))

export const insertAllocation = (tx: Tx, row: typeof allocations.$inferInsert) =>
  tx.insert(allocations).values(row).onConflictDoNothing().returning({ id: allocations.id })

/** Orders in one slice, each with half a dozen reports. */
const ORDERS_AT_ONCE = 200

type Taken = Pick<ProductionOrder, 'id' | 'factoryId' | 'placement' | 'units' | 'acceptedAt' | 'shippedAt'>

/** Orders that a factory took since `since`, as they were taken: in slices. */
const takenSince = (db: Reader, since: Date) =>
  inSlices<Taken>((last, limit) => {
    const { id, factoryId, placement, units, acceptedAt, shippedAt, state } = productionOrders
    const from = last?.acceptedAt ?? since
    return db
      .select({ id, factoryId, placement, units, acceptedAt, shippedAt })
      .from(productionOrders)
      .where(and(gte(acceptedAt, from), last && or(gt(acceptedAt, from), gt(id, last.id)), ne(state, 'cancelled')))
      .orderBy(asc(acceptedAt), asc(id))
      .limit(limit)
  }, ORDERS_AT_ONCE)

/** The same with what the offer promised that their factory accepted. */
export async function* recentWork(db: Reader, since: Date): AsyncGenerator<Worked[]> {
  for await (const some of takenSince(db, since)) {
    const ids = some.map(({ id }) => id)
    // Neither joined to them nor by their state: a planner without statistics would read every offer ever accepted.
    const asked = await db
      .select({ orderId: offers.orderId, factoryId: offers.factoryId, shipBy: offers.shipBy, state: offers.state })
      .from(offers)
      .where(inArray(offers.orderId, ids))
    const accepted = asked.filter(({ state }) => state === 'accepted')
    const offersOfOrder = grouped(accepted, ({ orderId }) => orderId)
    yield some.flatMap(({ acceptedAt, ...order }) => {
      const offer = offersOfOrder.get(order.id)?.find(({ factoryId }) => factoryId === order.factoryId)
      return offer && acceptedAt ? [{ ...order, acceptedAt, factoryId: offer.factoryId, shipBy: offer.shipBy }] : []
    })
  }
}

/** Units each factory has in hand, and units of offers to it that are still open. */
export async function commitments(db: Reader): Promise<Map<string, number>> {
  const total = sql`sum(${productionOrders.units})`.mapWith(Number)
  const inHand = await db
    .select({ factoryId: productionOrders.factoryId, units: total })
    .from(productionOrders)
    .where(and(isNotNull(productionOrders.factoryId), inArray(productionOrders.state, [...IN_HAND])))
    .groupBy(productionOrders.factoryId)
  const offered = await db
    .select({ factoryId: offers.factoryId, units: total })
    .from(offers)
    .innerJoin(productionOrders, eq(productionOrders.id, offers.orderId))
    .where(inArray(offers.state, [...OPEN_OFFERS]))
    .groupBy(offers.factoryId)
  const sums = new Map<string, number>()
  for (const { factoryId, units } of [...inHand, ...offered])
    if (factoryId) sums.set(factoryId, (sums.get(factoryId) ?? 0) + units)
  return sums
}

// ── offers ──────────────────────────────────────────────────────────────────────────────────────────────────────

export async function offerById(db: Reader, id: string): Promise<Offer | undefined> {
  const [row] = await db.select().from(offers).where(eq(offers.id, id))
  return row
}

export const offersOf = (db: Reader, orderId: string) =>
  db.select().from(offers).where(eq(offers.orderId, orderId)).orderBy(asc(offers.rank))

export const openOffersFor = (db: Reader, factoryId: string) =>
  db
    .select({ offer: offers, order: productionOrders })
    .from(offers)
    .innerJoin(productionOrders, eq(productionOrders.id, offers.orderId))
    .where(and(eq(offers.factoryId, factoryId), inArray(offers.state, [...OPEN_OFFERS])))
    .orderBy(asc(offers.answerBy))

/** No row = there is an open offer for the order already, or this rank was offered before. */
export const insertOffer = (tx: Tx, row: typeof offers.$inferInsert) =>
  tx.insert(offers).values(row).onConflictDoNothing().returning()

export async function moveOffer(
  tx: Tx,
  id: string,
  from: readonly OfferState[],
  change: Partial<typeof offers.$inferInsert>,
): Promise<Offer | undefined> {
  const [row] = await tx
    .update(offers)
    .set(change)
    .where(and(eq(offers.id, id), inArray(offers.state, [...from])))
    .returning()
  return row
}

export const overdueOffers = (db: Reader, now: Date) =>
  db
    .select({ id: offers.id })
    .from(offers)
    .where(and(inArray(offers.state, [...OPEN_OFFERS]), lte(offers.answerBy, now)))

// ── cancellations ───────────────────────────────────────────────────────────────────────────────────────────────

export async function cancellationById(db: Reader, id: string): Promise<Cancellation | undefined> {
  const [row] = await db.select().from(cancellations).where(eq(cancellations.id, id))
  return row
}

/** Every request to call an order off, oldest first. */
export const cancellationsOf = (db: Reader, orderId: string): Promise<Cancellation[]> =>
  db.select().from(cancellations).where(eq(cancellations.orderId, orderId)).orderBy(asc(cancellations.id))

/** A factory's requests that are open or were agreed to, newest first, with the order each is about. */
export const cancellationsFor = (db: Reader, factoryId: string, limit: number) =>
  db
    .select({ cancellation: cancellations, order: productionOrders })
    .from(cancellations)
    .innerJoin(productionOrders, eq(productionOrders.id, cancellations.orderId))
    .where(and(eq(cancellations.factoryId, factoryId), inArray(cancellations.state, ['asked', 'agreed'])))
    .orderBy(desc(cancellations.id))
    .limit(limit)

/** No row = there is an open request for the order already, or one under this id. */
export async function insertCancellation(
  tx: Tx,
  row: typeof cancellations.$inferInsert,
): Promise<Cancellation | undefined> {
  const [made] = await tx.insert(cancellations).values(row).onConflictDoNothing().returning()
  return made
}

/** From `asked`, once: no row = somebody has answered it before. */
export async function settleCancellation(
  tx: Tx,
  id: string,
  change: Pick<Cancellation, 'state'> & Partial<typeof cancellations.$inferInsert>,
): Promise<Cancellation | undefined> {
  const [row] = await tx
    .update(cancellations)
    .set(change)
    .where(and(eq(cancellations.id, id), eq(cancellations.state, 'asked')))
    .returning()
  return row
}

/**
 * Write the row of an order in a factory's hands as it stands. What moves it at the same time waits and then sees what
 * this transaction has stored, whatever the isolation; false = it has left, or was taken back.
 */
export async function holdInHand(
  tx: Tx,
  { id, placement }: Pick<ProductionOrder, 'id' | 'placement'>,
): Promise<boolean> {
  const rows = await tx
    .update(productionOrders)
    .set({ placement })
    .where(
      and(
        eq(productionOrders.id, id),
        eq(productionOrders.placement, placement),
        inArray(productionOrders.state, [...IN_HAND]),
      ),
    )
    .returning({ id: productionOrders.id })
  return rows.length === 1
}

/** Take an order out of its factory's hands, if it still is in them and has not left. */
export async function takeBack(
  tx: Tx,
  order: Pick<ProductionOrder, 'id' | 'placement'>,
  change: Partial<typeof productionOrders.$inferInsert>,
): Promise<ProductionOrder | undefined> {
  const [row] = await tx
    .update(productionOrders)
    .set(change)
    .where(
      and(
        eq(productionOrders.id, order.id),
        eq(productionOrders.placement, order.placement),
        inArray(productionOrders.state, [...IN_HAND]),
      ),
    )
    .returning()
  return row
}

/** Orders called off since `since`, with the date by which they should have been shipped. */
export const calledOffSince = (db: Reader, since: Date) =>
  db
    .select({
      factoryId: cancellations.factoryId,
      side: cancellations.side,
      answeredAt: cancellations.answeredAt,
      shipBy: offers.shipBy,
    })
    .from(cancellations)
    .innerJoin(offers, eq(offers.id, cancellations.offerId))
    .where(and(eq(cancellations.state, 'agreed'), gte(cancellations.answeredAt, since)))

/** Orders with what their lots have, a bounded number of them at a time. */
export const ordersWithLots = (db: Reader) =>
  inSteps<{ id: string; campaignId: string; number: string; units: number; lotUnits: number }>(async (last, limit) =>
    db
      .select({
        id: productionOrders.id,
        campaignId: lots.campaignId,
        number: productionOrders.number,
        units: productionOrders.units,
        lotUnits: lots.units,
      })
      .from(productionOrders)
      .innerJoin(lots, eq(lots.id, productionOrders.lotId))
      .where(last && gt(productionOrders.id, last.id))
      .orderBy(asc(productionOrders.id))
      .limit(limit),
  )

// ── making: what production notes on an order ───────────────────────────────────────────────────────────────────

/** Move an order if it still stands where it was read: no row = a report came in between. */
export async function standAt(
  tx: Tx,
  order: Pick<ProductionOrder, 'id' | 'state' | 'sequence'>,
  change: Partial<typeof productionOrders.$inferInsert>,
): Promise<ProductionOrder | undefined> {
  const [row] = await tx
    .update(productionOrders)
    .set(change)
    .where(
      and(
        eq(productionOrders.id, order.id),
        eq(productionOrders.state, order.state),
        eq(productionOrders.sequence, order.sequence),
      ),
    )
    .returning()
  return row
}

/**
 * Orders being made or on their way whose lateness has not been noticed yet, with their factory's lead time: in slices, in
 * the order of an order's life, so that none is missed that goes on meanwhile, which may be met twice.
 */
export async function* ordersToWatch(db: Reader) {
  for (const state of UNDER_WAY)
    yield* inSlices<{ order: ProductionOrder; leadDays: number }>(
      (last, limit) =>
        db
          .select({ order: productionOrders, leadDays: factories.leadDays })
          .from(productionOrders)
          .innerJoin(factories, eq(factories.id, productionOrders.factoryId))
          .where(
            and(
              eq(productionOrders.state, state),
              isNull(productionOrders.lateNoticedAt),
              last && gt(productionOrders.id, last.order.id),
            ),
          )
          .orderBy(asc(productionOrders.id))
          .limit(limit),
      ORDERS_AT_ONCE,
    )
}

/** Once per placement: no row = somebody noticed before, or it has been called off or delivered since it was read. */
export async function noticeLate(
  tx: Tx,
  { id, placement }: Pick<ProductionOrder, 'id' | 'placement'>,
  at: Date,
): Promise<boolean> {
  const rows = await tx
    .update(productionOrders)
    .set({ lateNoticedAt: at })
    .where(
      and(
        eq(productionOrders.id, id),
        eq(productionOrders.placement, placement),
        inArray(productionOrders.state, [...UNDER_WAY]),
        isNull(productionOrders.lateNoticedAt),
      ),
    )
    .returning({ id: productionOrders.id })
  return rows.length === 1
}
