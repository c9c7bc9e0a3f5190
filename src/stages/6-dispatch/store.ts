import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, like, lt, lte, ne, notExists, or, sql } from 'drizzle-orm'
import { newId } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import {
  allocations,
  attempts,
  decisions,
  factories,
  messages,
  offers,
  productionOrders,
  progress,
  settings,
  styleVersions,
  type ORDER_STATES,
} from '../../db/schema.ts'
import { dispatchTermsSchema, orderNumber, type DispatchTerms, type OfferState } from './model.ts'

export type Factory = typeof factories.$inferSelect
export type ProductionOrder = typeof productionOrders.$inferSelect
export type Offer = typeof offers.$inferSelect
export type Message = typeof messages.$inferSelect
export type OrderState = (typeof ORDER_STATES)[number]

/** States in which an order takes up a factory's capacity. */
export const IN_HAND: readonly OrderState[] = [
  'accepted',
  'materials',
  'cutting',
  'sewing',
  'finishing',
  'quality-check',
  'on-hold',
]
export const OPEN_OFFERS: readonly OfferState[] = ['offered', 'countered']

const TERMS = 'dispatch'

export async function readTerms(db: Reader): Promise<DispatchTerms> {
  const [row] = await db.select().from(settings).where(eq(settings.key, TERMS))
  return dispatchTermsSchema.parse(row?.value ?? {})
}

export async function writeTerms(tx: Tx, value: DispatchTerms, updatedAt: Date, updatedBy: string): Promise<void> {
  const row = { value, updatedAt, updatedBy }
  await tx
    .insert(settings)
    .values({ key: TERMS, ...row })
    .onConflictDoUpdate({ target: settings.key, set: row })
}

// ── factories ───────────────────────────────────────────────────────────────────────────────────────────────────

export async function factoryById(db: Reader, id: string): Promise<Factory | undefined> {
  const [row] = await db.select().from(factories).where(eq(factories.id, id))
  return row
}

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

export async function moveOrder(
  tx: Tx,
  id: string,
  from: OrderState,
  change: Partial<typeof productionOrders.$inferInsert>,
): Promise<ProductionOrder | undefined> {
  const [row] = await tx
    .update(productionOrders)
    .set(change)
    .where(and(eq(productionOrders.id, id), eq(productionOrders.state, from)))
    .returning()
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

/** Orders that a factory took since `since`, with what their accepted offer promised. */
export const recentWork = (db: Reader, since: Date) =>
  db
    .select({ order: productionOrders, shipBy: offers.shipBy })
    .from(productionOrders)
    .innerJoin(
      offers,
      and(
        eq(offers.orderId, productionOrders.id),
        eq(offers.factoryId, productionOrders.factoryId),
        eq(offers.state, 'accepted'),
      ),
    )
    .where(
      and(
        isNotNull(productionOrders.factoryId),
        gte(productionOrders.acceptedAt, since),
        ne(productionOrders.state, 'cancelled'),
      ),
    )

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

export type ProgressRow = typeof progress.$inferSelect

/** Reports on orders, in the order of their sequence numbers. */
export async function reportsOn(db: Reader, orderIds: readonly string[]): Promise<ProgressRow[]> {
  const rows: ProgressRow[] = []
  for (let from = 0; from < orderIds.length; from += 500)
    rows.push(
      ...(await db
        .select()
        .from(progress)
        .where(inArray(progress.orderId, orderIds.slice(from, from + 500)))
        .orderBy(asc(progress.sequence), asc(progress.reportId))),
    )
  return rows
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
    .orderBy(asc(offers.id))

// ── messages ────────────────────────────────────────────────────────────────────────────────────────────────────

export interface NewMessage {
  factoryId: string
  orderId: string | null
  type: string
  dedupeKey: string
  data: Record<string, unknown>
}

/**
 * Queue a webhook in the transaction that gives the reason for it. The row's id is the message's for ever. A factory
 * without an endpoint works in the portal: nothing is queued for it.
 */
export async function queueMessage(
  tx: Tx,
  { data, ...message }: NewMessage,
  now: Date,
  lease: { leaseToken: string; leasedUntil: Date } | undefined = undefined,
): Promise<Message | undefined> {
  const factory = await factoryById(tx, message.factoryId)
  if (!factory?.endpoint) return undefined
  const body = JSON.stringify({ type: message.type, timestamp: now.toISOString(), data })
  const [row] = await tx
    .insert(messages)
    .values({ id: newId(), ...message, body, state: 'due', dueAt: now, createdAt: now, ...lease })
    .onConflictDoNothing()
    .returning()
  return row
}

const isFree = (now: Date) =>
  and(
    eq(messages.state, 'due'),
    lte(messages.dueAt, now),
    or(isNull(messages.leasedUntil), lt(messages.leasedUntil, now)),
  )

/** Endpoints with something to deliver now. */
export const endpointsDue = (db: Reader, now: Date) =>
  db
    .selectDistinct({ factoryId: messages.factoryId })
    .from(messages)
    .innerJoin(factories, eq(factories.id, messages.factoryId))
    .where(and(isFree(now), ne(factories.state, 'disabled'), isNotNull(factories.endpoint)))
    .orderBy(asc(messages.factoryId))

/** Take over up to `limit` due messages of one endpoint, by compare-and-swap on the lease. */
export async function claimMessages(
  tx: Tx,
  factoryId: string,
  lease: { token: string; now: Date; until: Date },
  limit: number,
): Promise<Message[]> {
  const due = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.factoryId, factoryId), isFree(lease.now)))
    .orderBy(asc(messages.dueAt), asc(messages.id))
    .limit(limit)
  if (!due.length) return []
  const rows = await tx
    .update(messages)
    .set({ leaseToken: lease.token, leasedUntil: lease.until, attempts: sql`${messages.attempts} + 1` })
    .where(
      and(
        inArray(
          messages.id,
          due.map(({ id }) => id),
        ),
        isFree(lease.now),
      ),
    )
    .returning()
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Fenced: when somebody else has taken the message over meanwhile, nothing changes and false comes back. */
export async function settleMessage(
  tx: Tx,
  message: { id: string; leaseToken: string | null },
  change: Pick<typeof messages.$inferInsert, 'state'> & Partial<typeof messages.$inferInsert>,
): Promise<boolean> {
  const rows = await tx
    .update(messages)
    .set({ ...change, leaseToken: null, leasedUntil: null })
    .where(and(eq(messages.id, message.id), eq(messages.leaseToken, message.leaseToken ?? '')))
    .returning({ id: messages.id })
  return rows.length === 1
}

export const recordAttempt = (tx: Tx, row: Omit<typeof attempts.$inferInsert, 'id'>) =>
  tx
    .insert(attempts)
    .values({ id: newId(), ...row })
    .returning({ id: attempts.id })

/** An endpoint that says it is overloaded gets nothing before `until`. */
export const slowEndpoint = (tx: Tx, factoryId: string, until: Date) =>
  tx
    .update(messages)
    .set({ dueAt: until })
    .where(
      and(
        eq(messages.factoryId, factoryId),
        eq(messages.state, 'due'),
        isNull(messages.leaseToken),
        lt(messages.dueAt, until),
      ),
    )
    .returning({ id: messages.id })

/** What is no longer worth delivering: the offer it is about is over. */
export const dropMessage = (tx: Tx, dedupeKey: string, now: Date) =>
  tx
    .update(messages)
    .set({ state: 'dropped', settledAt: now, leaseToken: null, leasedUntil: null })
    .where(and(eq(messages.dedupeKey, dedupeKey), eq(messages.state, 'due')))
    .returning({ id: messages.id })

/** One message, or all of a factory's from a stretch of time, due again under their old ids. */
export const replay = (tx: Tx, which: { messageId: string } | { factoryId: string; from: Date; to: Date }, now: Date) =>
  tx
    .update(messages)
    .set({ state: 'due', dueAt: now, attempts: 0, settledAt: null, leaseToken: null, leasedUntil: null })
    .where(
      'messageId' in which
        ? eq(messages.id, which.messageId)
        : and(
            eq(messages.factoryId, which.factoryId),
            gte(messages.createdAt, which.from),
            lte(messages.createdAt, which.to),
          ),
    )
    .returning({ id: messages.id })

export const messagePage = (
  db: Reader,
  filter: { factoryId?: string | undefined; orderId?: string | undefined; before?: string | undefined; limit: number },
) =>
  db
    .select()
    .from(messages)
    .where(
      and(
        filter.factoryId ? eq(messages.factoryId, filter.factoryId) : undefined,
        filter.orderId ? eq(messages.orderId, filter.orderId) : undefined,
        filter.before ? lt(messages.id, filter.before) : undefined,
      ),
    )
    .orderBy(desc(messages.id))
    .limit(filter.limit)

export const attemptsOf = (db: Reader, messageIds: readonly string[]) =>
  db
    .select()
    .from(attempts)
    .where(inArray(attempts.messageId, messageIds.slice(0, 500)))
    .orderBy(asc(attempts.id))
