/** What counters are held against, read in steps: campaigns in one order, and beside each whatever is kept for it. */
import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { inSteps, type Reader } from '../../../db/database.ts'
import { campaigns, inquiries, type Campaign } from '../../4-storefront/door.ts'
import { campaignBuyers, demandCells, demandHours, lots, pledgeRungs, preorders } from '../tables.ts'
import type { KeptRung } from './pledges.ts'

/** Behind a row in the order of these columns, as one index has them. */
const behind = (columns: PgColumn[], values: readonly unknown[] | undefined): SQL | undefined =>
  values &&
  sql`(${sql.join(columns, sql`, `)}) > (${sql.join(
    values.map((value, n) => sql.param(value, columns[n])),
    sql`, `,
  )})`

export type KeptBuyer = typeof campaignBuyers.$inferSelect
export type KeptCell = typeof demandCells.$inferSelect
export type KeptHour = typeof demandHours.$inferSelect
/** What the audit reads of a pre-order. */
export type Ordered = Pick<typeof preorders.$inferSelect, keyof typeof OF_PREORDER>

const OF_PREORDER = {
  campaignId: preorders.campaignId,
  id: preorders.id,
  state: preorders.state,
  lot: preorders.lot,
  letterDue: preorders.letterDue,
  buyerKey: preorders.buyerKey,
  units: preorders.units,
  lines: preorders.lines,
  pledged: preorders.pledged,
  shownPrice: preorders.shownPrice,
  confirmedAt: preorders.confirmedAt,
}

/** What a pre-order is to its buyer's counters, and to its lot's. */
export type Bought = Pick<Ordered, 'state' | 'lot' | 'buyerKey' | 'units' | 'pledged'>

/** The pre-orders of one campaign once more, without what only its other counters need. */
export const boughtIn = (db: Reader, campaignId: string) =>
  inSteps<Bought & { id: string }>((last, limit) =>
    db
      .select({
        id: preorders.id,
        state: preorders.state,
        lot: preorders.lot,
        buyerKey: preorders.buyerKey,
        units: preorders.units,
        pledged: preorders.pledged,
      })
      .from(preorders)
      .where(and(eq(preorders.campaignId, campaignId), last && gt(preorders.id, last.id)))
      .orderBy(asc(preorders.id))
      .limit(limit),
  )

/** Only of one campaign, where one is named. */
const only = (column: PgColumn, id: string | undefined) => (id === undefined ? undefined : eq(column, id))

/**
 * Everything that is kept of the demand for campaigns, each list in the order of campaigns. (The order of ids is the
 * database's: they are compared with each other there and only for equality here.)
 */
export const keptBy = (db: Reader, id?: string) => ({
  campaigns: inSteps<Campaign>((last, limit) =>
    db
      .select()
      .from(campaigns)
      .where(and(only(campaigns.id, id), last && gt(campaigns.id, last.id)))
      .orderBy(asc(campaigns.id))
      .limit(limit),
  ),
  preorders: inSteps<Ordered>((last, limit) =>
    db
      .select(OF_PREORDER)
      .from(preorders)
      .where(
        and(only(preorders.campaignId, id), behind([preorders.campaignId, preorders.id], last && [last.campaignId, last.id])), // prettier-ignore
      )
      .orderBy(asc(preorders.campaignId), asc(preorders.id))
      .limit(limit),
  ),
  buyers: inSteps<KeptBuyer>((last, limit) =>
    db
      .select()
      .from(campaignBuyers)
      .where(
        and(only(campaignBuyers.campaignId, id), behind([campaignBuyers.campaignId, campaignBuyers.buyerKey], last && [last.campaignId, last.buyerKey])), // prettier-ignore
      )
      .orderBy(asc(campaignBuyers.campaignId), asc(campaignBuyers.buyerKey))
      .limit(limit),
  ),
  cells: inSteps<KeptCell>((last, limit) =>
    db
      .select()
      .from(demandCells)
      .where(and(only(demandCells.campaignId, id), behind(CELL, last && CELL_NAMES.map((name) => last[name]))))
      .orderBy(...CELL.map((column) => asc(column)))
      .limit(limit),
  ),
  hours: inSteps<KeptHour>((last, limit) =>
    db
      .select()
      .from(demandHours)
      .where(and(only(demandHours.campaignId, id), behind(HOUR_KEY, last && [last.campaignId, last.hour, last.lot])))
      .orderBy(...HOUR_KEY.map((column) => asc(column)))
      .limit(limit),
  ),
  rungs: inSteps<KeptRung>((last, limit) =>
    db
      .select()
      .from(pledgeRungs)
      .where(
        and(only(pledgeRungs.campaignId, id), behind([pledgeRungs.campaignId, pledgeRungs.atMost], last && [last.campaignId, last.atMost])), // prettier-ignore
      )
      .orderBy(asc(pledgeRungs.campaignId), asc(pledgeRungs.atMost))
      .limit(limit),
  ),
  lots: inSteps<typeof lots.$inferSelect>((last, limit) =>
    db
      .select()
      .from(lots)
      .where(
        and(only(lots.campaignId, id), behind([lots.campaignId, lots.number], last && [last.campaignId, last.number])),
      ) // prettier-ignore
      .orderBy(asc(lots.campaignId), asc(lots.number))
      .limit(limit),
  ),
  inquiries: inSteps<{ campaignId: string; id: string }>((last, limit) =>
    db
      .select({ campaignId: inquiries.campaignId, id: inquiries.id })
      .from(inquiries)
      .where(
        and(only(inquiries.campaignId, id), behind([inquiries.campaignId, inquiries.id], last && [last.campaignId, last.id])), // prettier-ignore
      )
      .orderBy(asc(inquiries.campaignId), asc(inquiries.id))
      .limit(limit),
  ),
})

const CELL_NAMES = ['campaignId', 'lot', 'colourway', 'size', 'shownPrice'] as const
const CELL: PgColumn[] = [
  demandCells.campaignId,
  demandCells.lot,
  demandCells.colourway,
  demandCells.size,
  demandCells.shownPrice,
]
const HOUR_KEY: PgColumn[] = [demandHours.campaignId, demandHours.hour, demandHours.lot]
