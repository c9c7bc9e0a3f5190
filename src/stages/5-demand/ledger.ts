import type { Database, Reader } from '../../db/database.ts'
import { ladderOf, type Campaign } from '../4-storefront/door.ts'
import { unitsOf } from './model.ts'
import {
  firmIn,
  firmUnits,
  isFirm,
  pricesOn,
  reachedWith,
  readPledge,
  rungWithin,
  settledAt,
  type PledgedLine,
} from './pledges.ts'
import { hourOf } from './store/counts.ts'
import {
  boughtIn,
  keptBy,
  type Bought,
  type KeptBuyer,
  type KeptCell,
  type KeptHour,
  type Ordered,
} from './store/ledger.ts'
import type { KeptRung } from './store/pledges.ts'
import { repairBuyer, repairCampaign, repairCell, repairHour, repairRung } from './store/repairing.ts'
import type { Lot } from './store.ts'
import { pledgedFor, UNCONFIRMED, type PreorderLine } from './tables.ts'

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

const OWN = [
  'pendingUnits',
  'lotUnits',
  'totalUnits',
  'lotBuyers',
  'pledgedUnits',
  'pledgesCounted',
  'pledgersCounted',
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

/** A part of a campaign's buyers: which of so many, told from their keys. */
interface Part {
  n: number
  of: number
}
const WHOLE: Part = { n: 0, of: 1 }

/** Keys end in digits of a hash: as many of them fall into each part. */
function isIn({ n, of }: Part, buyerKey: string): boolean {
  if (of === 1) return true
  let mixed = 0
  for (let at = Math.max(0, buyerKey.length - 8); at < buyerKey.length; at++)
    mixed = (mixed * 31 + buyerKey.charCodeAt(at)) % 1_000_003
  return mixed % of === n
}

/** What a part of a campaign's buyers hold, counted as their pre-orders go by. */
class CountedBuyers {
  private readonly campaign: Campaign
  private readonly part: Part
  private readonly most: number
  readonly held = new Map<string, { units: number; lotUnits: number }>()
  /** The highest price up to which those count who have nothing firm in the lot that gathers. */
  readonly pledgers = new Map<string, number>()
  private readonly prices: readonly number[]
  private readonly lotPrices: ReadonlyMap<number, number>
  readonly ofLots = new Map<number, Set<string>>()
  /** Those of the lot that gathers. */
  gathering = 0
  /** There were more than may be held in memory: what is here is not all. */
  tooMany = false

  constructor(campaign: Campaign, lots: readonly Lot[], most: number, part: Part = WHOLE) {
    this.campaign = campaign
    this.most = most
    this.part = part
    this.prices = pricesOn(campaign)
    this.lotPrices = new Map(lots.map(({ number, unitPrice }) => [number, unitPrice]))
    for (const { number } of lots) this.ofLots.set(number, new Set())
  }

  count(row: Bought): void {
    const { state, units, buyerKey, lot, pledged } = row
    if (this.tooMany || !isIn(this.part, buyerKey)) return
    const ofLot = this.ofLots.get(lot ?? 0)
    const pledge = readPledge(pledged)
    if (!pledge || settledAt(pledge, this.lotPrices.get(lot ?? 0) ?? 0)) ofLot?.add(buyerKey)
    if (HELD.includes(state)) {
      const gathers = state === 'confirmed' && (lot ?? this.campaign.lot) === this.campaign.lot
      this.hold(buyerKey, units, gathers ? firmIn(row) : 0)
      if (gathers) this.pledge(buyerKey, pledge ?? [])
    }
    if (this.part.of > 1 || (this.held.size <= this.most && (ofLot?.size ?? 0) <= this.most)) return
    this.tooMany = true
    this.held.clear()
    this.ofLots.clear()
    this.pledgers.clear()
  }

  private hold(key: string, units: number, firm: number): void {
    const held = this.held.get(key) ?? { units: 0, lotUnits: 0 }
    held.units += units
    if (firm && !held.lotUnits && !isEnded(this.campaign)) this.gathering++
    held.lotUnits += firm
    this.held.set(key, held)
  }

  private pledge(key: string, pledge: readonly PledgedLine[]): void {
    for (const { atMost } of pledge)
      if (atMost !== undefined)
        this.pledgers.set(key, Math.max(rungWithin(this.prices, atMost), this.pledgers.get(key) ?? 0))
  }

  /** Those who are there by pledges alone, by the price up to which they count. */
  *byPledgesAlone(): Generator<number> {
    for (const [key, atMost] of this.pledgers) if (!this.held.get(key)?.lotUnits) yield atMost
  }
}

const isEnded = ({ state }: Pick<Campaign, 'state'>): boolean => state === 'closed' || state === 'released'

/** What the counters of one campaign must be, but for those of its buyers, counted as its pre-orders go by. */
class Counted {
  private readonly campaign: Campaign
  private readonly calledOff: ReadonlySet<number>
  readonly own: Own
  readonly cells = new Map<string, KeptCell>()
  readonly hours = new Map<string, KeptHour>()
  readonly lots = new Map<number, { units: number; buyers: number }>()
  readonly rungs = new Map<string, KeptRung>()
  orders = 0
  private readonly prices: readonly number[]
  private readonly lotPrices: ReadonlyMap<number, number>

  constructor(campaign: Campaign, lots: readonly Lot[], inquiries: number) {
    this.campaign = campaign
    this.prices = pricesOn(campaign)
    this.lotPrices = new Map(lots.map(({ number, unitPrice }) => [number, unitPrice]))
    this.calledOff = new Set(lots.filter(({ state }) => state === 'called-off').map(({ number }) => number))
    this.own = {
      pendingUnits: 0,
      lotUnits: 0,
      totalUnits: 0,
      lotBuyers: 0,
      pledgedUnits: 0,
      pledgesCounted: 0,
      pledgersCounted: 0,
      soldOrders: 0,
      soldUnits: 0,
      inquiries,
      lot: 1 + lots.length,
    }
    for (const { number } of lots) this.lots.set(number, { units: 0, buyers: 0 })
  }

  count(row: Ordered): void {
    const { state, confirmedAt } = row
    const { lot: gathers } = this.campaign
    const isOver = isEnded(this.campaign)
    const lot = row.lot ?? gathers
    const gathered = this.lots.get(row.lot ?? 0)
    const pledge = readPledge(row.pledged)
    const units = pledge ? this.unitsIn(pledge, row.lot) : row.units
    this.orders++
    if (gathered) gathered.units += units
    if (state === 'pending' && !row.letterDue && !isOver) {
      this.own.pendingUnits += row.units
      this.cell(row, UNCONFIRMED, row.lines)
    }
    // What is decided counts at once, also for those that have still to follow.
    if (HELD.includes(state) && !this.calledOff.has(lot) && !(isOver && lot === gathers)) this.own.totalUnits += units
    if (state === 'confirmed' && lot === gathers && !isOver) {
      this.own.lotUnits += units
      for (const line of pledge ?? []) this.pledge(line)
    }
    if (confirmedAt && state !== 'cancelled') this.sold(row, pledge, lot, confirmedAt)
  }

  private sold(row: Ordered, pledge: readonly PledgedLine[] | undefined, lot: number, confirmedAt: Date): void {
    const ordered = pledge ? unitsOf(pledge) : row.units
    this.own.soldOrders++
    this.own.soldUnits += ordered
    if (pledge) this.pledgeCells(row, pledge, lot)
    else this.cell(row, lot, row.lines)
    const hour = { campaignId: row.campaignId, hour: hourOf(confirmedAt), lot, orders: 0, units: 0 }
    const known = this.hours.get(hourKey(hour)) ?? hour
    known.orders++
    known.units += ordered
    this.hours.set(hourKey(hour), known)
  }

  /** Units of a pledge in a lot that has its price; while it gathers, those that count at every one. */
  private unitsIn(pledge: readonly PledgedLine[], lot: number | null): number {
    const unitPrice = this.lotPrices.get(lot ?? 0)
    return unitPrice === undefined ? firmUnits(pledge) : (settledAt(pledge, unitPrice)?.units ?? 0)
  }

  private rung(atMost: number): KeptRung {
    const row = this.rungs.get(String(atMost)) ?? { campaignId: this.campaign.id, atMost, units: 0, buyers: 0 }
    this.rungs.set(String(atMost), row)
    return row
  }

  private pledge({ atMost, quantity }: PledgedLine): void {
    if (atMost === undefined) return
    this.own.pledgedUnits += quantity
    this.rung(rungWithin(this.prices, atMost)).units += quantity
  }

  private pledgeCells(row: Ordered, pledge: readonly PledgedLine[], lot: number): void {
    const unitPrice = this.lotPrices.get(row.lot ?? 0)
    for (const line of pledge) {
      const shownPrice = isFirm(line) ? row.shownPrice : rungWithin(this.prices, line.atMost ?? 0)
      if (isFirm(line) || unitPrice === undefined || shownPrice >= unitPrice)
        this.cell({ ...row, shownPrice }, isFirm(line) || unitPrice !== undefined ? lot : pledgedFor(lot), [line])
    }
  }

  /** What counts of its pledges, once all its pre-orders and buyers have gone by. */
  countPledges(): void {
    if (!this.own.pledgedUnits) return
    const counted = reachedWith(ladderOf(this.campaign), { units: this.own.lotUnits }, [...this.rungs.values()])
    this.own.pledgesCounted = counted.units
    this.own.pledgersCounted = counted.buyers
    this.own.lotUnits += counted.units
    this.own.lotBuyers += counted.buyers
    this.own.totalUnits += counted.units
  }

  /** A part of its buyers, once each. */
  countBuyers(buyers: CountedBuyers): void {
    const { gathering, ofLots } = buyers
    this.own.lotBuyers += gathering
    if (!isEnded(this.campaign)) for (const atMost of buyers.byPledgesAlone()) this.rung(atMost).buyers++
    for (const [number, keys] of ofLots) {
      const lot = this.lots.get(number)
      if (lot) lot.buyers += keys.size
    }
  }

  private cell({ campaignId, shownPrice }: Ordered, lot: number, lines: readonly PreorderLine[]): void {
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

/** A buyer's kept counters beside what they must be; nothing kept, or nothing counted, is nothing there. */
function buyerFinding(lot: number, row: KeptBuyer, right: { units: number; lotUnits: number }): Finding[] {
  const lotUnits = row.lot === lot ? row.lotUnits : 0
  const about = { campaignId: row.campaignId, about: row.buyerKey }
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
}

/** What is kept of these buyers, as it goes by, and then those of whom nothing is kept. */
async function* buyerFindings(
  { id: campaignId, lot }: Campaign,
  kept: (take: (row: KeptBuyer) => void) => Promise<void>,
  { held }: CountedBuyers,
  part: Part = WHOLE,
): AsyncGenerator<Finding> {
  const nothing = { units: 0, lotUnits: 0 }
  const found: Finding[] = []
  await kept((row) => {
    if (!isIn(part, row.buyerKey)) return
    found.push(...buyerFinding(lot, row, held.get(row.buyerKey) ?? nothing))
    held.delete(row.buyerKey)
  })
  yield* found
  for (const [buyerKey, right] of held) yield* buyerFinding(lot, { campaignId, buyerKey, ...nothing, lot: 0 }, right)
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

const rungKey = ({ atMost }: Pick<KeptRung, 'atMost'>): string => String(atMost)

const rungFindings = (campaignId: string, kept: readonly KeptRung[], counted: Counted): Finding[] =>
  pairs(kept, counted.rungs, rungKey).flatMap(({ key, was, is }): Finding[] => {
    const right = { units: is?.units ?? 0, buyers: is?.buyers ?? 0 }
    const wrong = (['units', 'buyers'] as const).filter((field) => (was?.[field] ?? 0) !== right[field])
    return wrong.map((field, n) => ({
      difference: { campaignId, about: key, field: `rung.${field}`, counted: was?.[field] ?? 0, ledger: right[field] },
      ...(n === 0 && { repair: (tx) => repairRung(tx, (was ?? is) as KeptRung, was, right) }),
    }))
  })

/** A lot is frozen: what differs here is told and never "set right". */
const lotFindings = (lots: readonly Lot[], counted: Counted): Finding[] =>
  lots.flatMap(({ id, campaignId, number, units, buyers }) => {
    const right = counted.lots.get(number)
    const wrong = { units: right?.units ?? 0, buyers: right?.buyers ?? 0 }
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
