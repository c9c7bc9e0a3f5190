/** The audit: every kept counter held against the rows it counts, and set right where that may be. */
import type { Database, Reader } from '../../db/database.ts'
import type { Campaign } from '../4-storefront/door.ts'
import { Counted, CountedBuyers } from './audit/counting.ts'
import {
  buyerFindings,
  countFindings,
  lotFindings,
  ownFindings,
  rungFindings,
  type Difference,
  type Finding,
} from './audit/findings.ts'
import { boughtIn, keptBy, type KeptCell, type KeptHour } from './store/ledger.ts'
import type { KeptRung } from './store/pledges.ts'
import type { Lot } from './store.ts'

export type { Difference }

/**
 * Every counter that campaigns and their demand keep, and the rule that the audit holds against it. (A test reads the
 * schema and fails for a number that is neither here, nor among a later stage's, nor said to be something else.)
 */
export const COUNTERS = {
  'campaigns.pending_units': 'pendingUnits: units of pending pre-orders whose letter is queued',
  'campaigns.lot_units': 'lotUnits: units confirmed for the lot that gathers which count at the price it has reached',
  'campaigns.lot_buyers': 'lotBuyers: buyers of these',
  'campaigns.pledged_units': 'pledgedUnits: units confirmed for it that count up to a price only',
  'campaigns.pledges_counted': 'pledgesCounted: those of them that count at the price it has reached',
  'campaigns.pledgers_counted': 'pledgersCounted: buyers who count by these alone',
  'pledge_rungs.units': 'rung.units: units confirmed for the lot that gathers up to a price of its ladder',
  'pledge_rungs.buyers': 'rung.buyers: buyers with nothing firm in it who pledge no higher',
  'campaigns.total_units': 'totalUnits: these and the units of in-lot and fulfilled pre-orders',
  'campaigns.sold_orders': 'soldOrders: pre-orders that were confirmed and not cancelled',
  'campaigns.sold_units': 'soldUnits: their units as they were ordered',
  'campaigns.lot': 'lot: one more than its lots',
  'campaigns.inquiries': 'inquiries: its inquiries',
  'campaigns.views': 'views: what was counted is not kept; never below nothing',
  'campaign_buyers.units': 'buyer.units: the buyer’s confirmed, in-lot and fulfilled units',
  'campaign_buyers.lot_units': 'buyer.lotUnits: the buyer’s units confirmed for the lot that gathers',
  'campaign_buyers.lot': 'buyer.lotUnits: counts while it is the lot that gathers',
  'demand_cells.units': 'cell: units of a lot, or asked to confirm, in a colour and size at a price',
  'demand_hours.orders': 'hour.orders: pre-orders of a lot confirmed in an hour and not cancelled',
  'demand_hours.units': 'hour.units: their units',
  'lots.units': 'lot.units: units of the pre-orders that went into it, called off or not',
  'lots.buyers': 'lot.buyers: buyers of these pre-orders',
} as const

/** What somebody else's counters are held against, handed in where the line is put together. */
export interface AuditRule {
  differences(db: Reader): Promise<Difference[]>
  /** Set right what was found; without it that is only told. */
  repair?(db: Database, found: readonly Difference[]): Promise<unknown>
}

/** Rows of a list that is ordered by campaigns, campaign by campaign. */
function byCampaign<Row extends { campaignId: string }>(list: AsyncGenerator<Row, undefined>) {
  let next: Row | undefined
  let begun = false
  return async (campaignId: string, take: (row: Row) => void): Promise<void> => {
    if (!begun) next = (await list.next()).value
    begun = true
    for (; next?.campaignId === campaignId; next = (await list.next()).value) take(next)
  }
}

/** Buyers of one campaign that are held in memory at a time: of more, its pre-orders are read once for each so many. */
const MOST_BUYERS = 200_000

interface Audit {
  /** Of one campaign, where one is named. */
  id?: string | undefined
  most: number
}

/** Everything that differs, campaign after campaign. A step of bounded size at a time. */
async function* findings(db: Reader, { id, most }: Audit): AsyncGenerator<Finding> {
  const kept = keptBy(db, id)
  const preordersOf = byCampaign(kept.preorders)
  const [buyersOf, cellsOf, hoursOf] = [byCampaign(kept.buyers), byCampaign(kept.cells), byCampaign(kept.hours)]
  const [lotsOf, inquiriesOf, rungsOf] = [byCampaign(kept.lots), byCampaign(kept.inquiries), byCampaign(kept.rungs)]
  for await (const campaign of kept.campaigns) {
    const own = { cells: [] as KeptCell[], hours: [] as KeptHour[], lots: [] as Lot[], rungs: [] as KeptRung[] }
    let inquiries = 0
    await lotsOf(campaign.id, (row) => own.lots.push(row))
    await inquiriesOf(campaign.id, () => inquiries++)
    const counted = new Counted(campaign, own.lots, inquiries)
    const buyers = new CountedBuyers(campaign, own.lots, most)
    await preordersOf(campaign.id, (row) => {
      counted.count(row)
      buyers.count(row)
    })
    if (buyers.tooMany) {
      await buyersOf(campaign.id, () => undefined)
      yield* inParts(db, campaign, own.lots, counted, most)
    } else {
      counted.countBuyers(buyers)
      yield* buyerFindings(campaign, (take) => buyersOf(campaign.id, take), buyers)
    }
    await cellsOf(campaign.id, (row) => own.cells.push(row))
    await hoursOf(campaign.id, (row) => own.hours.push(row))
    await rungsOf(campaign.id, (row) => own.rungs.push(row))
    counted.countPledges()
    yield* ownFindings(campaign, counted.own)
    yield* countFindings(campaign.id, own, counted)
    yield* rungFindings(campaign.id, own.rungs, counted)
    yield* lotFindings(own.lots, counted)
  }
}

/** The buyers of a crowd: a part of them at a time, each in a reading of its own. */
async function* inParts(
  db: Reader,
  campaign: Campaign,
  lots: readonly Lot[],
  counted: Counted,
  most: number,
): AsyncGenerator<Finding> {
  const of = Math.ceil(counted.orders / most)
  for (let n = 0; n < of; n++) {
    const part = { n, of }
    const buyers = new CountedBuyers(campaign, lots, most, part)
    for await (const row of boughtIn(db, campaign.id)) buyers.count(row)
    counted.countBuyers(buyers)
    const kept = byCampaign(keptBy(db, campaign.id).buyers)
    yield* buyerFindings(campaign, (take) => kept(campaign.id, take), buyers, part)
  }
}

/** How often a campaign that changes all the time is looked at again before it is left for a quieter moment. */
const MOST_TRIES = 5
/** Counters that are set right in one transaction. */
const REPAIRS = 200

/** Somebody changed a counter between the look at it and its repair. */
class Moved extends Error {}

/** Set right what can be of one campaign: each counter only while it is still what was seen. */
async function repairOne(db: Database, campaignId: string, most: number): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const found = await db.snapshot((reader) => all(findings(reader, { id: campaignId, most })))
    const repairs = found.flatMap(({ repair }) => (repair ? [repair] : []))
    let moved = false
    for (let at = 0; at < repairs.length; at += REPAIRS)
      await db
        .write(
          async (tx) => {
            for (const repair of repairs.slice(at, at + REPAIRS)) if (!(await repair(tx))) throw new Moved()
          },
          { atomic: true },
        )
        .catch((error: unknown) => {
          if (!(error instanceof Moved)) throw error
          moved = true
        })
    if (!moved) return
  }
}

async function all<Each>(list: AsyncGenerator<Each>): Promise<Each[]> {
  const rows: Each[] = []
  for await (const row of list) rows.push(row)
  return rows
}

/**
 * Hold every kept counter against the rows it counts, as they were at one moment, beside whoever writes; with `repair`
 * set right what can be (not what is frozen in lots and orders), campaign by campaign.
 * @returns what differed
 */
export async function auditCounters(
  db: Database,
  repair: boolean,
  later: readonly AuditRule[],
  most: number = MOST_BUYERS,
): Promise<Difference[]> {
  const found = await db.snapshot(async (reader) => {
    const own = await all(findings(reader, { most }))
    const others: { rule: AuditRule; differences: Difference[] }[] = []
    for (const rule of later) others.push({ rule, differences: await rule.differences(reader) })
    return { own, others }
  })
  const broken = new Set(found.own.flatMap((each) => (each.repair ? [each.difference.campaignId] : [])))
  if (repair) {
    for (const campaignId of broken) await repairOne(db, campaignId, most)
    for (const { rule, differences } of found.others) if (differences.length) await rule.repair?.(db, differences)
  }
  return [...found.own.map(({ difference }) => difference), ...found.others.flatMap(({ differences }) => differences)]
}
