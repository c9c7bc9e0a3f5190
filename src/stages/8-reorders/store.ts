import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, ne, notInArray, sql } from 'drizzle-orm'
import type { Observation } from '../../core/forecast.ts'
import { newId } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { campaigns, type Campaign } from '../4-storefront/door.ts'
import { lots, preorders } from '../5-demand/door.ts'
import { reorders } from './tables.ts'
import type { Sale } from './model.ts'

export type ReorderRow = typeof reorders.$inferSelect
export type ReorderState = ReorderRow['state']
export const REORDER_STATES = reorders.state.enumValues

/** Campaigns that gather: open ones towards their threshold, dispatching ones towards their next lot. */
export const gathering = (db: Reader, campaignId?: string): Promise<Campaign[]> =>
  db
    .select()
    .from(campaigns)
    .where(
      and(
        inArray(campaigns.state, ['open', 'dispatching']),
        campaignId === undefined ? undefined : eq(campaigns.id, campaignId),
      ),
    )
    .orderBy(asc(campaigns.id))

/** When a campaign's newest lot was frozen. */
export async function lastLotAt(db: Reader, campaignId: string): Promise<Date | undefined> {
  const [row] = await db
    .select({ at: lots.frozenAt })
    .from(lots)
    .where(eq(lots.campaignId, campaignId))
    .orderBy(desc(lots.number))
    .limit(1)
  return row?.at
}

/**
 * Confirmed and neither cancelled nor released, since `since`: in a campaign that still gathers, released means that
 * its lot was called off, which is no sale.
 */
export async function salesOf(db: Reader, campaignId: string, since: Date): Promise<Sale[]> {
  const rows = await db
    .select({ at: preorders.confirmedAt, units: preorders.units })
    .from(preorders)
    .where(
      and(
        eq(preorders.campaignId, campaignId),
        notInArray(preorders.state, ['pending', 'cancelled', 'released']),
        gte(preorders.confirmedAt, since),
      ),
    )
  return rows.flatMap(({ at, units }) => (at ? [{ at, units }] : []))
}

/** Units that campaigns which are over gathered in their whole window, released ones included. */
export async function closedCampaigns(db: Reader): Promise<Observation[]> {
  const ended = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(isNotNull(campaigns.endedAt))
    .orderBy(desc(campaigns.endedAt))
    .limit(500)
  if (!ended.length) return []
  const sums = await db
    .select({ campaignId: preorders.campaignId, units: sql`sum(${preorders.units})`.mapWith(Number) })
    .from(preorders)
    .where(
      and(
        inArray(
          preorders.campaignId,
          ended.map(({ id }) => id),
        ),
        isNotNull(preorders.confirmedAt),
        ne(preorders.state, 'cancelled'),
      ),
    )
    .groupBy(preorders.campaignId)
  const units = new Map(sums.map((row) => [row.campaignId, row.units]))
  return ended.map(({ id }) => ({ units: units.get(id) ?? 0, time: 1 }))
}

/** How many units a confirmed pre-order has, over everything; 1 where there is none. */
export async function unitsPerOrder(db: Reader): Promise<number> {
  const [row] = await db
    .select({
      orders: sql`count(*)`.mapWith(Number),
      units: sql`coalesce(sum(${preorders.units}), 0)`.mapWith(Number),
    })
    .from(preorders)
    .where(isNotNull(preorders.confirmedAt))
  return row && row.orders > 0 ? row.units / row.orders : 1
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
    .where(and(eq(reorders.state, 'proposed'), inArray(campaigns.state, ['closed', 'released']), isNull(lots.id)))
    .orderBy(asc(reorders.id))

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
