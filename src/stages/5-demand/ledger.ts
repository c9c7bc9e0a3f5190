import { and, eq, isNull, ne, or, sql, type SQL } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { campaigns, inquiries } from '../4-storefront/door.ts'
import { campaignBuyers, lots, preorders } from './tables.ts'
import { productionOrders } from '../6-dispatch/tables.ts'

/** A counter that is not what its rows say. */
export interface Difference {
  campaignId: string
  field: string
  counted: number
  ledger: number
  /** The buyer's key, the lot or the order it is kept for; none where it is the campaign's own. */
  about?: string
}

/**
 * Every counter that is kept in the schema, and the rule that the audit holds against it. (A test reads the schema and
 * fails for a number that is neither here nor said to be something else.)
 */
export const COUNTERS = {
  'campaigns.pending_units': 'pendingUnits: units of pending pre-orders whose letter is queued',
  'campaigns.lot_units': 'lotUnits: units of confirmed pre-orders',
  'campaigns.lot_buyers': 'lotBuyers: buyers with a confirmed pre-order',
  'campaigns.total_units': 'totalUnits: units of confirmed, in-lot and fulfilled pre-orders',
  'campaigns.lot': 'lot: one more than its lots',
  'campaigns.inquiries': 'inquiries: its inquiries',
  'campaigns.views': 'views: what was counted is not kept; never below nothing',
  'campaign_buyers.units': 'buyer.units: the buyer’s confirmed, in-lot and fulfilled units',
  'campaign_buyers.lot_units': 'buyer.lotUnits: the buyer’s confirmed units',
  'lots.units': 'lot.units: units of the pre-orders that went into it, called off or not',
  'lots.buyers': 'lot.buyers: buyers of these pre-orders',
  'production_orders.units': 'order.units: its lot’s units',
} as const

const sum = (units: SQL): SQL<number> => sql<number>`coalesce(sum(${units}), 0)`
const HELD = sql`${preorders.state} in ('confirmed', 'in-lot', 'fulfilled')`
const CONFIRMED = sql`${preorders.state} = 'confirmed'`
const unitsWhere = (what: SQL) => sum(sql`case when ${what} then ${preorders.units} else 0 end`)

/** What a campaign's own counters must be, counted anew. */
async function ofCampaigns(db: Reader) {
  const counted = await db
    .select({
      campaignId: preorders.campaignId,
      pendingUnits: unitsWhere(sql`${preorders.state} = 'pending' and not ${preorders.letterDue}`).mapWith(Number),
      lotUnits: unitsWhere(CONFIRMED).mapWith(Number),
      totalUnits: unitsWhere(HELD).mapWith(Number),
      lotBuyers: sql`count(distinct case when ${CONFIRMED} then ${preorders.buyerKey} end)`.mapWith(Number),
    })
    .from(preorders)
    .groupBy(preorders.campaignId)
  const count = sql`count(*)`.mapWith(Number)
  const asked = await db
    .select({ campaignId: inquiries.campaignId, count })
    .from(inquiries)
    .groupBy(inquiries.campaignId)
  const made = await db.select({ campaignId: lots.campaignId, count }).from(lots).groupBy(lots.campaignId)
  const by = <Row extends { campaignId: string }>(rows: Row[]) => new Map(rows.map((row) => [row.campaignId, row]))
  const [orders, questions, frozen] = [by(counted), by(asked), by(made)]
  return (id: string) => ({
    ...(orders.get(id) ?? { pendingUnits: 0, lotUnits: 0, totalUnits: 0, lotBuyers: 0 }),
    inquiries: questions.get(id)?.count ?? 0,
    lot: 1 + (frozen.get(id)?.count ?? 0),
  })
}

const OWN = ['pendingUnits', 'lotUnits', 'totalUnits', 'lotBuyers', 'inquiries', 'lot'] as const

async function auditCampaigns(tx: Tx, repair: boolean): Promise<Difference[]> {
  const rightOf = await ofCampaigns(tx)
  const found: Difference[] = []
  for (const campaign of await tx.select().from(campaigns)) {
    const right = rightOf(campaign.id)
    const wrong = OWN.filter((field) => campaign[field] !== right[field])
    for (const field of wrong)
      found.push({ campaignId: campaign.id, field, counted: campaign[field], ledger: right[field] })
    if (campaign.views < 0) found.push({ campaignId: campaign.id, field: 'views', counted: campaign.views, ledger: 0 })
    if (!repair || (!wrong.length && campaign.views >= 0)) continue
    await tx
      .update(campaigns)
      .set({ ...Object.fromEntries(OWN.map((field) => [field, right[field]])), views: Math.max(0, campaign.views) })
      .where(eq(campaigns.id, campaign.id))
      .returning({ id: campaigns.id })
  }
  return found
}

/** What buyers hold. Compared where the rows are: a campaign may have a hundred thousand of them. */
async function auditBuyers(tx: Tx, repair: boolean): Promise<Difference[]> {
  const right = tx
    .select({
      campaignId: preorders.campaignId,
      buyerKey: preorders.buyerKey,
      units: unitsWhere(HELD).as('right_units'),
      lotUnits: unitsWhere(CONFIRMED).as('right_lot_units'),
    })
    .from(preorders)
    .groupBy(preorders.campaignId, preorders.buyerKey)
    .as('held')
  const same = and(eq(campaignBuyers.campaignId, right.campaignId), eq(campaignBuyers.buyerKey, right.buyerKey))
  const numbers = {
    units: sql`coalesce(${campaignBuyers.units}, 0)`.mapWith(Number),
    lotUnits: sql`coalesce(${campaignBuyers.lotUnits}, 0)`.mapWith(Number),
    rightUnits: sql`coalesce(${right.units}, 0)`.mapWith(Number),
    rightLotUnits: sql`coalesce(${right.lotUnits}, 0)`.mapWith(Number),
  }
  const kept = await tx
    .select({ campaignId: campaignBuyers.campaignId, buyerKey: campaignBuyers.buyerKey, ...numbers })
    .from(campaignBuyers)
    .leftJoin(right, same)
    .where(
      or(
        ne(campaignBuyers.units, sql`coalesce(${right.units}, 0)`),
        ne(campaignBuyers.lotUnits, sql`coalesce(${right.lotUnits}, 0)`),
      ),
    )
  const missing = await tx
    .select({ campaignId: right.campaignId, buyerKey: right.buyerKey, ...numbers })
    .from(right)
    .leftJoin(campaignBuyers, same)
    .where(and(isNull(campaignBuyers.buyerKey), sql`${right.units} > 0`))
  const found: Difference[] = []
  for (const { campaignId, buyerKey, units, lotUnits, rightUnits, rightLotUnits } of [...kept, ...missing]) {
    const about = { campaignId, about: buyerKey }
    if (units !== rightUnits) found.push({ ...about, field: 'buyer.units', counted: units, ledger: rightUnits })
    if (lotUnits !== rightLotUnits)
      found.push({ ...about, field: 'buyer.lotUnits', counted: lotUnits, ledger: rightLotUnits })
    if (!repair) continue
    const set = { units: rightUnits, lotUnits: rightLotUnits }
    await tx
      .insert(campaignBuyers)
      .values({ campaignId, buyerKey, ...set })
      .onConflictDoUpdate({ target: [campaignBuyers.campaignId, campaignBuyers.buyerKey], set })
      .returning({ key: campaignBuyers.buyerKey })
  }
  return found
}

/** A lot is frozen, its order was made from it: what differs here is told and never "set right". */
async function auditLots(db: Reader): Promise<Difference[]> {
  const units = sum(sql`${preorders.units}`).mapWith(Number)
  const buyers = sql`count(distinct ${preorders.buyerKey})`.mapWith(Number)
  const rows = await db
    .select({ lot: lots, units, buyers, order: productionOrders.number, ordered: productionOrders.units })
    .from(lots)
    .leftJoin(preorders, and(eq(preorders.campaignId, lots.campaignId), eq(preorders.lot, lots.number)))
    .leftJoin(productionOrders, eq(productionOrders.lotId, lots.id))
    .groupBy(lots.id, productionOrders.number, productionOrders.units)
  return rows.flatMap(({ lot, units: sold, buyers: people, order, ordered }) => {
    const about = { campaignId: lot.campaignId, about: lot.id }
    return [
      ...(lot.units === sold ? [] : [{ ...about, field: 'lot.units', counted: lot.units, ledger: sold }]),
      ...(lot.buyers === people ? [] : [{ ...about, field: 'lot.buyers', counted: lot.buyers, ledger: people }]),
      ...(order === null || ordered === lot.units
        ? []
        : [{ ...about, about: order, field: 'order.units', counted: ordered ?? 0, ledger: lot.units }]),
    ]
  })
}

/**
 * Hold every kept counter against the rows it counts; with `repair` set right what can be (not what is frozen in lots
 * and orders).
 */
export const auditCounters = async (tx: Tx, repair: boolean): Promise<Difference[]> => [
  ...(await auditCampaigns(tx, repair)),
  ...(await auditBuyers(tx, repair)),
  ...(await auditLots(tx)),
]
