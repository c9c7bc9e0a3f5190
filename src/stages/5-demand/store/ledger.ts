/** What the counters must be, counted anew. See ../ledger.ts for the rules. */
import { and, eq, isNull, ne, or, sql, type SQL } from 'drizzle-orm'
import type { Reader, Tx } from '../../../db/database.ts'
import { campaigns, inquiries } from '../../4-storefront/door.ts'
import { campaignBuyers, lots, preorders } from '../tables.ts'

const sum = (units: SQL): SQL<number> => sql<number>`coalesce(sum(${units}), 0)`
const HELD = sql`${preorders.state} in ('confirmed', 'in-lot', 'fulfilled')`
const CONFIRMED = sql`${preorders.state} = 'confirmed'`
const unitsWhere = (what: SQL) => sum(sql`case when ${what} then ${preorders.units} else 0 end`)

/** What a campaign's own counters must be, counted anew. */
export async function countersOfCampaigns(db: Reader) {
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

/** Every campaign as it stands. */
export const everyCampaign = (db: Reader) => db.select().from(campaigns)

/**
 * Buyers of whom something else is kept than their pre-orders say, those without a row included. Compared where the
 * rows are: a campaign may have a hundred thousand of them.
 */
export async function buyersThatDiffer(db: Reader) {
  const right = db
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
  const kept = await db
    .select({ campaignId: campaignBuyers.campaignId, buyerKey: campaignBuyers.buyerKey, ...numbers })
    .from(campaignBuyers)
    .leftJoin(right, same)
    .where(
      or(
        ne(campaignBuyers.units, sql`coalesce(${right.units}, 0)`),
        ne(campaignBuyers.lotUnits, sql`coalesce(${right.lotUnits}, 0)`),
      ),
    )
  const missing = await db
    .select({ campaignId: right.campaignId, buyerKey: right.buyerKey, ...numbers })
    .from(right)
    .leftJoin(campaignBuyers, same)
    .where(and(isNull(campaignBuyers.buyerKey), sql`${right.units} > 0`))
  return [...kept, ...missing]
}

export const setBuyer = (tx: Tx, campaignId: string, buyerKey: string, set: { units: number; lotUnits: number }) =>
  tx
    .insert(campaignBuyers)
    .values({ campaignId, buyerKey, ...set })
    .onConflictDoUpdate({ target: [campaignBuyers.campaignId, campaignBuyers.buyerKey], set })
    .returning({ key: campaignBuyers.buyerKey })

/** Every lot with what its pre-orders add up to. */
export function lotsWithTheirs(db: Reader) {
  const units = sum(sql`${preorders.units}`).mapWith(Number)
  const buyers = sql`count(distinct ${preorders.buyerKey})`.mapWith(Number)
  return db
    .select({ lot: lots, units, buyers })
    .from(lots)
    .leftJoin(preorders, and(eq(preorders.campaignId, lots.campaignId), eq(preorders.lot, lots.number)))
    .groupBy(lots.id)
}
