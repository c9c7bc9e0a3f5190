import type { Database, Reader } from '../../db/database.ts'
import type { Campaign } from '../4-storefront/door.ts'
import { hourOf } from './store/counts.ts'
import { keptBy, type KeptBuyer, type KeptCell, type KeptHour, type Ordered } from './store/ledger.ts'
import { repairBuyer, repairCampaign, repairCell, repairHour } from './store/repairing.ts'
import type { Lot } from './store.ts'
import { UNCONFIRMED } from './tables.ts'

/** A counter that is not what its rows say. */
export interface Difference {
  campaignId: string
  field: string
  counted: number
  ledger: number
  /** The buyer's key, the lot, the order, the cell or the hour it is kept for; none where it is the campaign's own. */
  about?: string
}

/**
 * Every counter that campaigns and their demand keep, and the rule that the audit holds against it. (A test reads the
 * schema and fails for a number that is neither here, nor among a later stage's, nor said to be something else.)
 */
export const COUNTERS = {
  'campaigns.pending_units': 'pendingUnits: units of pending pre-orders whose letter is queued',
  'campaigns.lot_units': 'lotUnits: units confirmed for the lot that gathers',
  'campaigns.lot_buyers': 'lotBuyers: buyers with a pre-order confirmed for it',
  'campaigns.total_units': 'totalUnits: units of confirmed, in-lot and fulfilled pre-orders',
  'campaigns.sold_orders': 'soldOrders: pre-orders that were confirmed and not cancelled',
  'campaigns.sold_units': 'soldUnits: their units',
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

const OWN = [
  'pendingUnits',
  'lotUnits',
  'totalUnits',
  'lotBuyers',
  'soldOrders',
  'soldUnits',
  'inquiries',
  'lot',
] as const
type Own = Record<(typeof OWN)[number], number>

/** What somebody else's counters are held against, handed in where the line is put together. */
export interface AuditRule {
  differences(db: Reader): Promise<Difference[]>
  /** Set right what was found; without it that is only told. */
  repair?(db: Database, found: readonly Difference[]): Promise<unknown>
}

const HELD: readonly string[] = ['confirmed', 'in-lot', 'fulfilled']
const cellKey = ({ lot, colourway, size, shownPrice }: Omit<KeptCell, 'units' | 'campaignId'>): string =>
  [lot, colourway, size, shownPrice].join(' ')
const hourKey = ({ hour, lot }: Pick<KeptHour, 'hour' | 'lot'>): string => `${hour.toISOString()} ${lot}`

/** What the counters of one campaign must be, counted as its pre-orders go by. */
class Counted {
  private readonly campaign: Campaign
  private readonly calledOff: ReadonlySet<number>
  readonly own: Own
  readonly buyers = new Map<string, { units: number; lotUnits: number }>()
  readonly cells = new Map<string, KeptCell>()
  readonly hours = new Map<string, KeptHour>()
  readonly lots = new Map<number, { units: number; buyers: Set<string> }>()

  constructor(campaign: Campaign, lots: readonly Lot[], inquiries: number) {
    this.campaign = campaign
    this.calledOff = new Set(lots.filter(({ state }) => state === 'called-off').map(({ number }) => number))
    this.own = {
      pendingUnits: 0,
      lotUnits: 0,
      totalUnits: 0,
      lotBuyers: 0,
      soldOrders: 0,
      soldUnits: 0,
      inquiries,
      lot: 1 + lots.length,
    }
    for (const { number } of lots) this.lots.set(number, { units: 0, buyers: new Set() })
  }

  count(row: Ordered): void {
    const { state, units, confirmedAt } = row
    const { lot: gathers } = this.campaign
    const isOver = ['closed', 'released'].includes(this.campaign.state)
    const lot = row.lot ?? gathers
    const gathered = this.lots.get(row.lot ?? 0)
    if (gathered) {
      gathered.units += units
      gathered.buyers.add(row.buyerKey)
    }
    if (state === 'pending' && !row.letterDue && !isOver) {
      this.own.pendingUnits += units
      this.cell(row, UNCONFIRMED)
    }
    const isHeld = HELD.includes(state)
    // What is decided counts at once, also for those that have still to follow.
    if (isHeld && !this.calledOff.has(lot) && !(isOver && lot === gathers)) this.own.totalUnits += units
    if (state === 'confirmed' && lot === gathers && !isOver) this.own.lotUnits += units
    if (isHeld) this.buyer(row.buyerKey, units, state === 'confirmed' && lot === gathers ? units : 0)
    if (!confirmedAt || state === 'cancelled') return
    this.own.soldOrders++
    this.own.soldUnits += units
    this.cell(row, lot)
    const hour = { campaignId: row.campaignId, hour: hourOf(confirmedAt), lot, orders: 0, units: 0 }
    const known = this.hours.get(hourKey(hour)) ?? hour
    known.orders++
    known.units += units
    this.hours.set(hourKey(hour), known)
  }

  private buyer(key: string, units: number, lotUnits: number): void {
    const held = this.buyers.get(key) ?? { units: 0, lotUnits: 0 }
    held.units += units
    const isOver = ['closed', 'released'].includes(this.campaign.state)
    if (lotUnits && !held.lotUnits && !isOver) this.own.lotBuyers++
    held.lotUnits += lotUnits
    this.buyers.set(key, held)
  }

  private cell({ campaignId, shownPrice, lines }: Ordered, lot: number): void {
    for (const { colourway, size, quantity } of lines) {
      const cell = { campaignId, lot, colourway, size, shownPrice, units: 0 }
      const known = this.cells.get(cellKey(cell)) ?? cell
      known.units += quantity
      this.cells.set(cellKey(cell), known)
    }
  }
}

/** What differs, and what sets it right: false where the counter is not any more what the audit saw. */
interface Finding {
  difference: Difference
  repair?: (tx: Parameters<Parameters<Database['write']>[0]>[0]) => Promise<boolean>
}

function ownFindings(campaign: Campaign, right: Own): Finding[] {
  const wrong = OWN.filter((field) => campaign[field] !== right[field]).map((field) => ({
    field: field as string,
    counted: campaign[field],
    ledger: right[field],
  }))
  if (campaign.views < 0) wrong.push({ field: 'views', counted: campaign.views, ledger: 0 })
  return wrong.map((each) => ({
    difference: { campaignId: campaign.id, ...each },
    repair: (tx) => repairCampaign(tx, campaign.id, each),
  }))
}

function buyerFindings({ id: campaignId, lot }: Campaign, kept: readonly KeptBuyer[], counted: Counted): Finding[] {
  const known = new Set(kept.map(({ buyerKey }) => buyerKey))
  const missing = [...counted.buyers.keys()].filter((buyerKey) => !known.has(buyerKey))
  const all = [...kept, ...missing.map((buyerKey) => ({ campaignId, buyerKey, units: 0, lotUnits: 0, lot: 0 }))]
  return all.flatMap((row) => {
    const right = counted.buyers.get(row.buyerKey) ?? { units: 0, lotUnits: 0 }
    const lotUnits = row.lot === lot ? row.lotUnits : 0
    const about = { campaignId, about: row.buyerKey }
    const repair: Finding['repair'] = (tx) => repairBuyer(tx, row, { ...right, lot })
    return [
      ...(row.units === right.units
        ? []
        : [{ difference: { ...about, field: 'buyer.units', counted: row.units, ledger: right.units }, repair }]),
      ...(lotUnits === right.lotUnits
        ? []
        : [
            {
              difference: { ...about, field: 'buyer.lotUnits', counted: lotUnits, ledger: right.lotUnits },
              // Both are set right at once.
              ...(row.units === right.units && { repair }),
            },
          ]),
    ]
  })
}

/** Two lists by the same keys: what one has and the other has not is nothing there. */
function pairs<Row>(kept: readonly Row[], counted: ReadonlyMap<string, Row>, keyOf: (row: Row) => string) {
  const known = new Set(kept.map(keyOf))
  return [
    ...kept.map((row) => ({ key: keyOf(row), was: row as Row | undefined, is: counted.get(keyOf(row)) })),
    ...[...counted].filter(([key]) => !known.has(key)).map(([key, is]) => ({ key, was: undefined, is })),
  ]
}

function countFindings(
  campaignId: string,
  kept: { cells: readonly KeptCell[]; hours: readonly KeptHour[] },
  counted: Counted,
): Finding[] {
  const cells = pairs(kept.cells, counted.cells, cellKey).flatMap(({ key, was, is }): Finding[] => {
    const [before, right] = [was?.units ?? 0, is?.units ?? 0]
    if (before === right) return []
    return [
      {
        difference: { campaignId, about: key, field: 'cell', counted: before, ledger: right },
        repair: (tx) => repairCell(tx, (was ?? is) as KeptCell, was && before, right),
      },
    ]
  })
  const hours = pairs(kept.hours, counted.hours, hourKey).flatMap(({ key, was, is }): Finding[] => {
    const right = { orders: is?.orders ?? 0, units: is?.units ?? 0 }
    const wrong = (['orders', 'units'] as const).filter((field) => (was?.[field] ?? 0) !== right[field])
    return wrong.map((field, n) => ({
      difference: { campaignId, about: key, field: `hour.${field}`, counted: was?.[field] ?? 0, ledger: right[field] },
      ...(n === 0 && { repair: (tx) => repairHour(tx, (was ?? is) as KeptHour, was, right) }),
    }))
  })
  return [...cells, ...hours]
}

/** A lot is frozen: what differs here is told and never "set right". */
const lotFindings = (lots: readonly Lot[], counted: Counted): Finding[] =>
  lots.flatMap(({ id, campaignId, number, units, buyers }) => {
    const right = counted.lots.get(number)
    const wrong = { units: right?.units ?? 0, buyers: right?.buyers.size ?? 0 }
    const about = { campaignId, about: id }
    return [
      ...(units === wrong.units ? [] : [{ difference: { ...about, field: 'lot.units', counted: units, ledger: wrong.units } }]), // prettier-ignore
      ...(buyers === wrong.buyers ? [] : [{ difference: { ...about, field: 'lot.buyers', counted: buyers, ledger: wrong.buyers } }]), // prettier-ignore
    ]
  })

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

/** Everything that differs, campaign after campaign; of one, where one is named. A step of bounded size at a time. */
async function* findings(db: Reader, id?: string): AsyncGenerator<Finding> {
  const kept = keptBy(db, id)
  const preordersOf = byCampaign(kept.preorders)
  const [buyersOf, cellsOf, hoursOf] = [byCampaign(kept.buyers), byCampaign(kept.cells), byCampaign(kept.hours)]
  const [lotsOf, inquiriesOf] = [byCampaign(kept.lots), byCampaign(kept.inquiries)]
  for await (const campaign of kept.campaigns) {
    const own = { buyers: [] as KeptBuyer[], cells: [] as KeptCell[], hours: [] as KeptHour[], lots: [] as Lot[] }
    let inquiries = 0
    await lotsOf(campaign.id, (row) => own.lots.push(row))
    await inquiriesOf(campaign.id, () => inquiries++)
    const counted = new Counted(campaign, own.lots, inquiries)
    await preordersOf(campaign.id, (row) => counted.count(row))
    await buyersOf(campaign.id, (row) => own.buyers.push(row))
    await cellsOf(campaign.id, (row) => own.cells.push(row))
    await hoursOf(campaign.id, (row) => own.hours.push(row))
    yield* ownFindings(campaign, counted.own)
    yield* buyerFindings(campaign, own.buyers, counted)
    yield* countFindings(campaign.id, own, counted)
    yield* lotFindings(own.lots, counted)
  }
}

/** How often a campaign that changes all the time is looked at again before it is left for a quieter moment. */
const MOST_TRIES = 5
/** Counters that are set right in one transaction. */
const REPAIRS = 200

/** Somebody changed a counter between the look at it and its repair. */
class Moved extends Error {}

/** Set right what can be of one campaign: each counter only while it is still what was seen. */
async function repairOne(db: Database, campaignId: string): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const found = await db.snapshot((reader) => all(findings(reader, campaignId)))
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
export async function auditCounters(db: Database, repair: boolean, later: readonly AuditRule[]): Promise<Difference[]> {
  const found = await db.snapshot(async (reader) => {
    const own = await all(findings(reader))
    const others: { rule: AuditRule; differences: Difference[] }[] = []
    for (const rule of later) others.push({ rule, differences: await rule.differences(reader) })
    return { own, others }
  })
  const broken = new Set(found.own.flatMap((each) => (each.repair ? [each.difference.campaignId] : [])))
  if (repair) {
    for (const campaignId of broken) await repairOne(db, campaignId)
    for (const { rule, differences } of found.others) if (differences.length) await rule.repair?.(db, differences)
  }
  return [...found.own.map(({ difference }) => difference), ...found.others.flatMap(({ differences }) => differences)]
}
