/** What kept counters must be, counted as pre-orders go by: no database. */
import { ladderOf, type Campaign } from '../../4-storefront/door.ts'
import { unitsOf } from '../model.ts'
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
} from '../pledges.ts'
import { hourOf } from '../store/counts.ts'
import type { Bought, KeptCell, KeptHour, Ordered } from '../store/ledger.ts'
import type { KeptRung } from '../store/pledges.ts'
import type { Lot } from '../store.ts'
import { pledgedFor, UNCONFIRMED, type PreorderLine } from '../tables.ts'

export const OWN = [
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
export type Own = Record<(typeof OWN)[number], number>

const HELD: readonly string[] = ['confirmed', 'in-lot', 'fulfilled']
export const cellKey = ({ lot, colourway, size, shownPrice }: Omit<KeptCell, 'units' | 'campaignId'>): string =>
  [lot, colourway, size, shownPrice].join(' ')
export const hourKey = ({ hour, lot }: Pick<KeptHour, 'hour' | 'lot'>): string => `${hour.toISOString()} ${lot}`

/** A part of a campaign's buyers: which of so many, told from their keys. */
export interface Part {
  n: number
  of: number
}
export const WHOLE: Part = { n: 0, of: 1 }

/** Keys end in digits of a hash: as many of them fall into each part. */
export function isIn({ n, of }: Part, buyerKey: string): boolean {
  if (of === 1) return true
  let mixed = 0
  for (let at = Math.max(0, buyerKey.length - 8); at < buyerKey.length; at++)
    mixed = (mixed * 31 + buyerKey.charCodeAt(at)) % 1_000_003
  return mixed % of === n
}

/** What a part of a campaign's buyers hold, counted as their pre-orders go by. */
export class CountedBuyers {
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
export class Counted {
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
