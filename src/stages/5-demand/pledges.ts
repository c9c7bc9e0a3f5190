/**
 * Conditional pledges: so many pieces, but only at a price of at most so much. A pledge counts at the prices that it accepts
 * and at no other, so what a lot comes to and what it costs are found together.
 *
 * The price is the lowest one of the ladder whose rung is reached by the pieces that accept it. As cheaper prices are accepted
 * by everybody who accepts a dearer one, that is also the rung that makes the most pieces. Only sums go into it: the order
 * in which pledges arrive does not matter, and one more never makes the price rise or takes another out.
 */
import type { Minor } from '../../core/values.ts'
import type { FlooredRung, Rung } from '../../garments/types.ts'
import type { PreorderLine } from './tables.ts'

/** A line that may count only up to a price; without one it always counts. */
export interface PledgedLine extends PreorderLine {
  /** The highest unit price at which it counts, minor units. */
  atMost?: number | undefined
}

/** What a lot's pledges come to at one highest price, whoever made them. */
export interface PledgedRung {
  /** A price of the ladder ({@link rungWithin}). */
  atMost: Minor
  units: number
  /** Those who have nothing else in the lot and pledge no higher price: they count from here on. */
  buyers: number
}

/** What counts at every price. */
export interface Firm {
  units: number
  buyers: number
}

export const readPledge = (stored: string | null): PledgedLine[] | undefined =>
  stored === null ? undefined : (JSON.parse(stored) as PledgedLine[])

/** @returns null for lines that count at every price: those are no pledge */
export const pledgeIn = (lines: readonly PledgedLine[]): string | null =>
  lines.some(({ atMost }) => atMost !== undefined) ? JSON.stringify(lines) : null

/** The lines without what they depend on. */
export const bareLines = (lines: readonly PledgedLine[]): PreorderLine[] =>
  lines.map(({ size, colourway, quantity }) => ({ size, colourway, quantity }))

const sum = (lines: readonly PledgedLine[]): number => lines.reduce((units, { quantity }) => units + quantity, 0)

export const isFirm = ({ atMost }: PledgedLine): boolean => atMost === undefined

/** Units that count at every price. */
export const firmUnits = (pledge: readonly PledgedLine[]): number => sum(pledge.filter(isFirm))

/** Units of a pre-order that count at every price: all, where nothing of it depends on one. */
export function firmIn({ units, pledged }: { units: number; pledged: string | null }): number {
  const pledge = readPledge(pledged)
  return pledge ? firmUnits(pledge) : units
}

/** Every price that the lots of a campaign can have, dearest first. */
export function pricesOn({
  ladder,
  laterLadder,
}: {
  ladder: readonly Rung[]
  laterLadder: readonly FlooredRung[] | null
}): Minor[] {
  const prices = [...ladder, ...(laterLadder ?? [])].map(({ unitPrice }) => unitPrice)
  return [...new Set(prices)].sort((a, b) => b - a)
}

/** The dearest price of these that is not above what a pledge accepts: what it means on this ladder. @returns 0 for none */
export const rungWithin = (prices: readonly Minor[], atMost: Minor): Minor =>
  prices.find((price) => price <= atMost) ?? 0

/** What of a pledge counts at a price. */
export const countingAt = (pledge: readonly PledgedLine[], unitPrice: Minor): PledgedLine[] =>
  pledge.filter(({ atMost }) => atMost === undefined || atMost >= unitPrice)

/** The most that one piece of it will cost. @param most what the lot costs at most */
export const dearestOf = (pledge: readonly PledgedLine[], most: Minor): Minor =>
  Math.max(...pledge.map(({ atMost }) => Math.min(atMost ?? most, most)))

/** Pledged pieces and buyers that count at a price. */
export function acceptedAt(pledged: readonly PledgedRung[], unitPrice: Minor): Firm {
  const counted = pledged.filter(({ atMost }) => atMost >= unitPrice)
  return {
    units: counted.reduce((total, { units }) => total + units, 0),
    buyers: counted.reduce((total, { buyers }) => total + buyers, 0),
  }
}

/**
 * The price that a lot has reached, and what of its pledges counts at it. Below its first rung the first price is asked, as
 * without pledges.
 * @param ladder rungs by rising `fromUnits`, prices never rising
 */
export function reachedWith(
  ladder: readonly Rung[],
  firm: Pick<Firm, 'units'>,
  pledged: readonly PledgedRung[],
): Firm & { unitPrice: Minor } {
  const [first] = ladder
  if (!first) throw new Error('a ladder without rungs')
  for (const { fromUnits, unitPrice } of ladder.toReversed()) {
    const accepted = acceptedAt(pledged, unitPrice)
    if (fromUnits <= firm.units + accepted.units) return { unitPrice, ...accepted }
  }
  return { unitPrice: first.unitPrice, ...acceptedAt(pledged, first.unitPrice) }
}

/** A rung as its buyers read it: what it still needs, with those counted who come along at its price. */
export interface RungWithPledges {
  fromUnits: number
  unitPrice: Minor
  /** Pieces that accept this price. */
  units: number
  /** Those of them that are there only from this price, or a dearer one, downwards. */
  pledged: number
  missing: number
}

export const rungsWith = (
  ladder: readonly Rung[],
  firm: Pick<Firm, 'units'>,
  pledged: readonly PledgedRung[],
): RungWithPledges[] =>
  ladder.map(({ fromUnits, unitPrice }) => {
    const accepted = acceptedAt(pledged, unitPrice).units
    const units = firm.units + accepted
    return { fromUnits, unitPrice, units, pledged: accepted, missing: Math.max(0, fromUnits - units) }
  })

/** What a pre-order is once its lot's price is known. */
export interface Settled {
  lines: PreorderLine[]
  units: number
}

/** @returns undefined where none of it counts at that price: it is no part of the lot */
export function settledAt(pledge: readonly PledgedLine[], unitPrice: Minor): Settled | undefined {
  const counting = countingAt(pledge, unitPrice)
  return counting.length ? { lines: bareLines(counting), units: sum(counting) } : undefined
}
