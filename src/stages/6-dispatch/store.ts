/** Production orders, and the terms they are given out under. What else the stage stores has a file of its own in `store/`. */
import { and, asc, desc, eq, inArray, like, lt, lte, notExists, sql, gt, isNull } from 'drizzle-orm'
import { newId } from '../../core/values.ts'
import { type Reader, type Tx, inSlices } from '../../db/database.ts'
import { styleVersions } from '../2-designs/door.ts'
import { decisions } from '../3-approvals/door.ts'
import { offers, productionOrders, factories } from './tables.ts'
import { ORDER_MOVES, type OrderState, UNDER_WAY } from './life.ts'
import { canMove } from '../../core/states.ts'
import { orderNumber, dispatchTermsSchema, type DispatchTerms } from './model.ts'
import { OPEN_OFFERS } from './store/offers.ts'
import { readSetting, writeSetting } from '../0-house/door.ts'

export type ProductionOrder = typeof productionOrders.$inferSelect

/** Orders in one slice, each with half a dozen reports. */
export const ORDERS_AT_ONCE = 200

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

const TERMS = 'dispatch'

export async function readTerms(db: Reader): Promise<DispatchTerms> {
  const stored = await readSetting(db, TERMS)
  // What was stored under the rules of an older version stays as it is: only what is changed has to meet today's.
  const read = dispatchTermsSchema.safeParse(stored ?? {})
  return read.success ? read.data : { ...dispatchTermsSchema.parse({}), ...(stored as Partial<DispatchTerms>) }
}

export const writeTerms = (tx: Tx, terms: DispatchTerms, updatedAt: Date, updatedBy: string): Promise<void> =>
  writeSetting(tx, TERMS, terms, updatedAt, updatedBy)
