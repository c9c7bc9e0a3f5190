import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, notExists, sql } from 'drizzle-orm'
import type { Count } from '../../core/reach.ts'
import { newId } from '../../core/values.ts'
import { inSteps, type Reader, type Tx } from '../../db/database.ts'
import { campaigns, type Campaign } from '../4-storefront/door.ts'
import { demandHours, lots } from '../5-demand/door.ts'
import { reorders } from './tables.ts'
import type { Sale } from './model.ts'

export type ReorderRow = typeof reorders.$inferSelect
export type ReorderState = ReorderRow['state']
export const REORDER_STATES = reorders.state.enumValues

/** What is known of a campaign without looking at its orders. */
const GATHERED = {
  id: campaigns.id,
  lot: campaigns.lot,
  opensAt: campaigns.opensAt,
  closesAt: campaigns.closesAt,
  thresholdUnits: campaigns.thresholdUnits,
  minBuyers: campaigns.minBuyers,
  totalUnits: campaigns.totalUnits,
  lotUnits: campaigns.lotUnits,
  soldOrders: campaigns.soldOrders,
  soldUnits: campaigns.soldUnits,
  promisedDays: campaigns.promisedDays,
}
const ofLot = and(eq(reorders.campaignId, campaigns.id), eq(reorders.lot, campaigns.lot))
export type Gathered = Pick<Campaign, keyof typeof GATHERED>

/** Campaigns in a state behind one of them; or one of them. */
const gathering = (state: 'open' | 'dispatching', only: string | undefined, after: string | undefined) =>
  and(
    eq(campaigns.state, state),
    isNull(campaigns.stoppedAt),
    only === undefined ? undefined : eq(campaigns.id, only),
    after === undefined ? undefined : gt(campaigns.id, after),
  )

/** Open campaigns of which nothing is proposed yet: they may be losing. */
export const unjudged = (db: Reader, only?: string): AsyncGenerator<Gathered> =>
  inSteps(async (last: Gathered | undefined, limit) =>
    db
      .select(GATHERED)
      .from(campaigns)
      .where(
        and(
          gathering('open', only, last?.id),
          eq(campaigns.collecting, false),
          notExists(db.select({ id: reorders.id }).from(reorders).where(ofLot)),
        ),
      )
      .orderBy(asc(campaigns.id))
      .limit(limit),
  )

export interface NextLot {
  campaign: Gathered
  /** When the lot before was frozen. */
  lastLotAt: Date | null
  /** What is proposed already. */
  known: Pick<ReorderRow, 'id' | 'state' | 'units'> | null
}

/** Campaigns that have made a lot and gather for the next, with what is proposed for that. */
export const gatheringNext = (db: Reader, only?: string): AsyncGenerator<NextLot> =>
  inSteps(async (last: NextLot | undefined, limit) =>
    db
      .select({
        campaign: GATHERED,
        lastLotAt: lots.frozenAt,
        known: { id: reorders.id, state: reorders.state, units: reorders.units },
      })
      .from(campaigns)
      .leftJoin(lots, and(eq(lots.campaignId, campaigns.id), eq(lots.number, sql`${campaigns.lot} - 1`)))
      .leftJoin(reorders, ofLot)
      .where(gathering('dispatching', only, last?.campaign.id))
      .orderBy(asc(campaigns.id))
      .limit(limit),
  )

/**
 * Confirmed and not cancelled, by their hour, without those of a lot that was called off, which is no sale; of a campaign
 * that still gathers.
 */
export const salesOf = (db: Reader, campaignId: string): Promise<Sale[]> =>
  db
    .select({ at: demandHours.hour, orders: demandHours.orders, units: demandHours.units })
    .from(demandHours)
    .leftJoin(lots, and(eq(lots.campaignId, demandHours.campaignId), eq(lots.number, demandHours.lot)))
    .where(
      and(
        eq(demandHours.campaignId, campaignId),
        gt(demandHours.orders, 0),
        sql`coalesce(${lots.state}, 'frozen') <> 'called-off'`,
      ),
    )

/** So many of the newest stand for all of them. */
const NEWEST = 500

/** What campaigns that are over gathered in their whole window, released ones included. An order stands for a buyer. */
export const closedCampaigns = (db: Reader): Promise<Count[]> =>
  db
    .select({ buyers: campaigns.soldOrders, units: campaigns.soldUnits })
    .from(campaigns)
    .where(isNotNull(campaigns.endedAt))
    .orderBy(desc(campaigns.endedAt))
    .limit(NEWEST)

/** How many units a confirmed pre-order has, in the newest campaigns; 1 where there is none. */
export async function unitsPerOrder(db: Reader): Promise<number> {
  const newest = (state: Campaign['state']) =>
    db
      .select({ orders: campaigns.soldOrders, units: campaigns.soldUnits })
      .from(campaigns)
      .where(eq(campaigns.state, state))
      .orderBy(desc(campaigns.id))
      .limit(NEWEST)
  const states = ['open', 'dispatching', 'closed', 'released'] as const
  const rows = (await Promise.all(states.map(newest))).flat()
  const orders = rows.reduce((sum, row) => sum + row.orders, 0)
  return orders > 0 ? rows.reduce((sum, row) => sum + row.units, 0) / orders : 1
}

export async function reorderById(db: Reader, id: string): Promise<ReorderRow | undefined> {
  const [row] = await db.select().from(reorders).where(eq(reorders.id, id))
  return row
}

export async function reorderFor(db: Reader, campaignId: string, lot: number): Promise<ReorderRow | undefined> {
  const [row] = await db
    .select()
    .from(reorders)
    .where(and(eq(reorders.campaignId, campaignId), eq(reorders.lot, lot)))
  return row
}

export const reorderPage = (
  db: Reader,
  filter: { states?: readonly ReorderState[] | undefined; before?: string | undefined; limit: number },
) =>
  db
    .select({ reorder: reorders, campaign: campaigns })
    .from(reorders)
    .innerJoin(campaigns, eq(campaigns.id, reorders.campaignId))
    .where(
      and(
        filter.states ? inArray(reorders.state, [...filter.states]) : undefined,
        filter.before ? lt(reorders.id, filter.before) : undefined,
      ),
    )
    .orderBy(desc(reorders.id))
    .limit(filter.limit)

/** One proposal per campaign and lot: no row = there is one already. */
export async function propose(
  tx: Tx,
  row: Pick<ReorderRow, 'campaignId' | 'lot' | 'units' | 'inputs' | 'verdict' | 'proposedAt'>,
): Promise<ReorderRow | undefined> {
  const [made] = await tx
    .insert(reorders)
    .values({ id: newId(), ...row, state: 'proposed' })
    .onConflictDoNothing()
    .returning()
  return made
}

/** A proposal that nobody has decided follows the demand. */
export const refresh = (tx: Tx, id: string, change: Pick<ReorderRow, 'units' | 'inputs' | 'verdict'>) =>
  tx
    .update(reorders)
    .set(change)
    .where(and(eq(reorders.id, id), eq(reorders.state, 'proposed')))
    .returning({ id: reorders.id })

/** Open proposals of campaigns that ended without the lot proposed: there is nothing left to decide. */
export const outlived = (db: Reader) =>
  db
    .select({ id: reorders.id, over: campaigns.state })
    .from(reorders)
    .innerJoin(campaigns, eq(campaigns.id, reorders.campaignId))
    .leftJoin(lots, and(eq(lots.campaignId, reorders.campaignId), eq(lots.number, reorders.lot)))
    .where(and(sql`${reorders.state} = 'proposed'`, inArray(campaigns.state, ['closed', 'released']), isNull(lots.id)))

export async function decide(
  tx: Tx,
  id: string,
  from: ReorderState,
  change: Partial<typeof reorders.$inferInsert>,
): Promise<ReorderRow | undefined> {
  const [row] = await tx
    .update(reorders)
    .set(change)
    .where(and(eq(reorders.id, id), eq(reorders.state, from)))
    .returning()
  return row
}
