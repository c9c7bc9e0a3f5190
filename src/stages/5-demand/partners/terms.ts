/**
 * What a partner gets. A pool has one price, which everybody in it pays; the terms say how it is divided. Pure: money in,
 * money out.
 */
import type { Minor } from '../../../core/values.ts'
import type { partnerTerms } from '../tables.ts'

export type Terms = typeof partnerTerms.$inferSelect

/** Commissions are hundredths of a percent. */
export const WHOLE = 100_00

const says = ({ commission, price }: Pick<Terms, 'commission' | 'price'>): boolean =>
  commission !== null || price !== null

/**
 * What holds in a campaign once the first so many of a partner's terms were agreed: its own terms there, else those that
 * hold everywhere.
 * @param all of one partner, oldest first
 */
export function termsAfter(all: readonly Terms[], agreed: number, campaignId: string): Terms | undefined {
  const known = all.slice(0, agreed)
  const own = known.findLast((each) => each.campaignId === campaignId)
  return own && says(own) ? own : known.findLast((each) => each.campaignId === null)
}

/** What one unit of a lot is sold at and comes to. */
export interface UnitMoney {
  unitPrice: Minor
  /** The lowest price that leaves the house's margin in a lot of its size. */
  floor: Minor
  /** What one unit costs in a lot of its size. */
  cost: Minor
}

/**
 * A partner's share of one unit. With a price of its own it gets what the pool's price is above that, which is never taken
 * for less than the floor of the lot; a commission comes out of the house's margin and never out of the cost.
 */
export function shareOf({ commission, price }: Pick<Terms, 'commission' | 'price'>, money: UnitMoney): Minor {
  const { unitPrice, floor, cost } = money
  if (price !== null) return Math.max(0, unitPrice - Math.max(price, floor))
  return Math.max(0, Math.min(Math.round((unitPrice * (commission ?? 0)) / WHOLE), unitPrice - cost))
}
