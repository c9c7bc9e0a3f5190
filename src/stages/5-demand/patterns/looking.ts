/** The orders of a campaign's lot that gathers, looked through for patterns. */
import { isDisposableEmailDomain } from 'disposable-email-domains-js'
import type { Reader } from '../../../db/database.ts'
import { ladderOf, type Campaign } from '../../4-storefront/door.ts'
import { pricesOn, reachedWith, readPledge, type PledgedRung } from '../pledges.ts'
import { emailIn } from '../reach.ts'
import { rungsOf } from '../store/pledges.ts'
import { ordersSeen } from '../store/traces.ts'
import type { PreorderLine } from '../tables.ts'
import { patternsIn, pledgedWithout, without, type Pattern, type Seen } from './rules.ts'

/** Orders that are looked through, the newest: a page is not to wait for more. */
export const MOST_LOOKED_AT = 5000

const asText = (lines: readonly PreorderLine[]): string =>
  lines
    .map(({ colourway, size, quantity }) => `${colourway} ${size} ${quantity}`)
    .sort()
    .join('\n')

interface Count {
  units: number
  buyers: number
}

export interface LookedAt {
  seen: Seen[]
  patterns: Pattern[]
  /** Who they are, by order: for whoever may know it. */
  people: Map<string, { email: string; name: string }>
  /** What the lot would come to without some of these orders, at the price that it would have then. */
  countWithout(gone: ReadonlySet<string>): Count
}

/** Of a campaign that is over nothing gathers. */
export const NOTHING_SEEN: LookedAt = {
  seen: [],
  patterns: [],
  people: new Map(),
  countWithout: () => ({ units: 0, buyers: 0 }),
}

/** Orders that were not looked through stand; pledges count as far as what is left of the lot brings the price down. */
function counting(campaign: Campaign, seen: readonly Seen[], kept: readonly PledgedRung[]): LookedAt['countWithout'] {
  const prices = pricesOn(campaign)
  const none: ReadonlySet<string> = new Set()
  const all = without(seen, none)
  const beside = {
    units: campaign.lotUnits - campaign.pledgesCounted - all.units,
    buyers: Math.max(0, campaign.lotBuyers - campaign.pledgersCounted - all.buyers),
  }
  const pledgedBeside = [
    ...kept,
    ...pledgedWithout(seen, none, prices).map(({ atMost, units, buyers }) => ({ atMost, units: -units, buyers: -buyers })), // prettier-ignore
  ]
  return (gone) => {
    const left = without(seen, gone)
    const firm = { units: beside.units + left.units, buyers: beside.buyers + left.buyers }
    const pledged = [...pledgedBeside, ...pledgedWithout(seen, gone, prices)]
    const counted = reachedWith(ladderOf(campaign), firm, pledged)
    return { units: firm.units + counted.units, buyers: firm.buyers + counted.buyers }
  }
}

/** Reads only. */
export async function lookFor(db: Reader, campaign: Campaign): Promise<LookedAt> {
  const { id, lot, thresholdUnits, sizes, colourways } = campaign
  const rows = await ordersSeen(db, { id, lot }, MOST_LOOKED_AT)
  const throwAway = new Map<string, boolean>()
  const isThrowAway = (domain: string): boolean => {
    const known = throwAway.get(domain) ?? isDisposableEmailDomain(domain)
    throwAway.set(domain, known)
    return known
  }
  const seen = rows.map(({ id: order, state, email, lines, name: _name, pledged, ...row }): Seen => {
    const domain = emailIn(email)?.split('@').at(-1)?.toLowerCase() ?? null
    return { ...row, id: order, confirmed: state === 'confirmed', lines: asText(lines), domain, throwAway: domain !== null && isThrowAway(domain), pledge: readPledge(pledged) } // prettier-ignore
  })
  return {
    seen,
    patterns: patternsIn(seen, { goalUnits: thresholdUnits, kinds: Math.max(1, sizes.length * colourways.length) }),
    people: new Map(rows.map(({ id: order, email, name }) => [order, { email, name }])),
    countWithout: counting(campaign, seen, campaign.pledgedUnits ? await rungsOf(db, id) : []),
  }
}
