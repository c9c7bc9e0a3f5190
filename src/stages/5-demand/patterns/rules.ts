/**
 * What in a style's demand is worth a second look: it may be one person who plays many. Nothing is removed by it, and
 * nothing here says that somebody cheats; a rule is silent where an honest launch looks the same (a burst after a
 * newsletter, a family at one address, an office behind one network). Pure.
 */
import { betaCdf } from '../../../core/special.ts'
import { grouped, MINUTE, SECOND, type Minor } from '../../../core/values.ts'
import { firmUnits, rungWithin, type Firm, type PledgedLine, type PledgedRung } from '../pledges.ts'

/** A pre-order as these rules see it: nothing that names a person. */
export interface Seen {
  id: string
  /** Verified, so that it counts. */
  confirmed: boolean
  buyerKey: string
  units: number
  /** Sizes, colours and quantities as one text: alike orders have the same. */
  lines: string
  placedAt: Date
  /** Of the e-mail; null where its buyer is reached by telephone. */
  domain: string | null
  /** Its mail domain gives addresses to be thrown away. */
  throwAway: boolean
  /** Keyed hashes, as long as they are kept. */
  network: string | null
  address: string | null
  partnerId: string | null
  /** Its lines, where some of them count up to a price only. */
  pledge?: readonly PledgedLine[] | undefined
}

/**
 * `jump`: one buyer has most of it. `throw-away`: mail addresses made to be thrown away. `network`: many buyers behind one
 * network who order alike, within seconds, or are most of all. `address`: one shipping address under many names.
 * `burst`: many of the very same orders within a minute, more than chance gives.
 */
export const PATTERNS = ['jump', 'throw-away', 'network', 'address', 'burst'] as const
export type PatternKind = (typeof PATTERNS)[number]

export interface Pattern {
  kind: PatternKind
  orders: readonly Seen[]
}

/** One buyer is looked at from this share of the goal on, and never for less than so many units. */
const JUMP_OF_GOAL = 0.25
const JUMP_UNITS = 10
/** One person who minds their privacy is no pattern, and two are none. */
const THROW_AWAY_BUYERS = 3
const NETWORK_BUYERS = 5
/** So many of all buyers are behind it; below that a network is a town's. */
const NETWORK_SHARE = 0.25
/** Whoever sits in one office orders what fits: of orders by one hand so many are the same. */
const ALIKE = 0.8
/** Between two orders by hand there is more time, whoever sits beside whom. */
const BY_MACHINE_MS = 5 * SECOND
/** Most of all demand, from so many buyers, is told even where each is different. */
const NETWORK_MOST = { buyers: 10, share: 0.6 }
/** A household has two or three. */
const ADDRESS_BUYERS = 4
/** A domain is an organisation's own where so many of its group have it, and hardly anybody else. */
const OWN_DOMAIN = { inside: 0.8, outside: 0.2, others: 5 }

const WINDOW_MS = MINUTE
const BURST_ORDERS = 5
/** So often honest launches may be told of, over all windows of one. */
const BY_CHANCE = 0.001
/** The favourite size and colour of a style is seldom more than a third of its orders. */
const FAVOURITE = 0.35

const buyersIn = (orders: readonly Seen[]): number => new Set(orders.map(({ buyerKey }) => buyerKey)).size
const unitsIn = (orders: readonly Seen[]): number => orders.reduce((sum, { units }) => sum + units, 0)
const byTime = (orders: readonly Seen[]): Seen[] => [...orders].sort((a, b) => +a.placedAt - +b.placedAt)

/** The largest part of some orders that are the same. */
function alikeIn(orders: readonly Seen[]): number {
  const same = [...grouped(orders, ({ lines }) => lines).values()].map((each) => each.length)
  return Math.max(0, ...same) / Math.max(1, orders.length)
}

/** The time between two orders, in the middle. */
function usualGap(orders: readonly Seen[]): number {
  const times = byTime(orders).map(({ placedAt }) => +placedAt)
  const gaps = times.slice(1).map((at, n) => at - (times[n] ?? at)).sort((a, b) => a - b) // prettier-ignore
  return gaps[Math.floor(gaps.length / 2)] ?? Infinity
}

const byOneHand = (orders: readonly Seen[]): boolean => alikeIn(orders) >= ALIKE || usualGap(orders) <= BY_MACHINE_MS

/** Colleagues: their mail is their organisation's own, and nobody else's here. */
function areColleagues(group: readonly Seen[], all: readonly Seen[]): boolean {
  const [domain, own] = [...grouped(group, (each) => each.domain)].sort((a, b) => b[1].length - a[1].length)[0] ?? []
  if (!domain || !own || own.length < OWN_DOMAIN.inside * group.length) return false
  const inside = new Set(group)
  const others = all.filter((each) => !inside.has(each))
  return (
    others.length >= OWN_DOMAIN.others &&
    others.filter((each) => each.domain === domain).length < OWN_DOMAIN.outside * others.length
  )
}

/** A group buyer, or the leader of a chain, hands out at one place what it sold. */
const ofOnePartner = ([first, ...others]: readonly Seen[]): boolean =>
  first?.partnerId != null && others.every(({ partnerId }) => partnerId === first.partnerId)

function jumps(all: readonly Seen[], goalUnits: number): Pattern[] {
  const counted = all.filter(({ confirmed }) => confirmed)
  const total = unitsIn(counted)
  return [...grouped(counted, ({ buyerKey }) => buyerKey).values()]
    .filter((own) => unitsIn(own) > total / 2 && unitsIn(own) >= Math.max(JUMP_UNITS, JUMP_OF_GOAL * goalUnits))
    .map((orders) => ({ kind: 'jump', orders }))
}

function throwAways(all: readonly Seen[]): Pattern[] {
  const orders = all.filter(({ throwAway }) => throwAway)
  return buyersIn(orders) >= THROW_AWAY_BUYERS ? [{ kind: 'throw-away', orders }] : []
}

function networks(all: readonly Seen[]): Pattern[] {
  const everybody = buyersIn(all)
  return [...grouped(all, ({ network }) => network)]
    .filter(([network, own]) => {
      const buyers = buyersIn(own)
      if (network === null || buyers < NETWORK_BUYERS || buyers < NETWORK_SHARE * everybody) return false
      return (
        byOneHand(own) || (buyers >= NETWORK_MOST.buyers && buyers >= NETWORK_MOST.share * everybody && buyers < everybody) // prettier-ignore
      )
    })
    .map(([, orders]) => ({ kind: 'network', orders }))
}

const addresses = (all: readonly Seen[]): Pattern[] =>
  [...grouped(all, ({ address }) => address)]
    .filter(
      ([address, own]) =>
        address !== null &&
        buyersIn(own) >= ADDRESS_BUYERS &&
        !ofOnePartner(own) &&
        (byOneHand(own) || !areColleagues(own, all)),
    )
    .map(([, orders]) => ({ kind: 'address', orders }))

/** How much of a style's orders the same lines are, where nothing is known of it. @param kinds sizes times colours */
function usualShare(order: Seen, kinds: number): number {
  const favourite = Math.min(1, Math.max(FAVOURITE, 1.5 / kinds))
  return order.units === 1 ? favourite : favourite / 2
}

/** Orders of the same lines within a minute, more than its favourite lines have of all that come in it. */
function bursts(all: readonly Seen[], kinds: number): Pattern[] {
  const orders = byTime(all)
  const times = orders.map(({ placedAt }) => +placedAt)
  return [...grouped(orders, ({ lines }) => lines).values()].flatMap((same) => {
    const told = new Set<Seen>()
    let until = 0
    for (const [from, first] of same.entries()) {
      while (until < same.length && +(same[until]?.placedAt ?? 0) - +first.placedAt <= WINDOW_MS) until++
      const some = same.slice(from, until)
      if (some.length < BURST_ORDERS) continue
      const [begin, end] = [+first.placedAt, +(some.at(-1)?.placedAt ?? 0)]
      const together = countWithin(times, begin, end)
      const outside = orders.length - together
      const seen = (same.length - some.length + 1) / (outside + kinds)
      const share = Math.min(1, Math.max(usualShare(first, kinds), outside ? seen : 0))
      if (atLeast(some.length, together, share) * orders.length < BY_CHANCE) for (const each of some) told.add(each)
    }
    return told.size ? [{ kind: 'burst' as const, orders: [...told] }] : []
  })
}

/** How many of some sorted moments are from `begin` to `end`. */
function countWithin(times: readonly number[], begin: number, end: number): number {
  const below = (at: number): number => {
    let [low, high] = [0, times.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((times[middle] ?? 0) < at) low = middle + 1
      else high = middle
    }
    return low
  }
  return below(end + 1) - below(begin)
}

/** P(at least k of n | each with probability p). */
function atLeast(k: number, n: number, p: number): number {
  if (p >= 1) return 1
  return k >= n ? p ** n : betaCdf(k, n - k + 1, p)
}

/**
 * What is worth a second look among the orders of one lot that gathers.
 * @param goalUnits what the lot needs
 * @param kinds sizes times colours of the style
 */
export const patternsIn = (
  orders: readonly Seen[],
  { goalUnits, kinds }: { goalUnits: number; kinds: number },
): Pattern[] => [
  ...jumps(orders, goalUnits),
  ...throwAways(orders),
  ...networks(orders),
  ...addresses(orders),
  ...bursts(orders, kinds),
]

const leftOf = (all: readonly Seen[], gone: ReadonlySet<string>) =>
  all.filter(({ id, confirmed }) => confirmed && !gone.has(id))

/** What counts at every price without some orders: units, and buyers who have none of them left. */
export function without(all: readonly Seen[], gone: ReadonlySet<string>): Firm {
  const firm = leftOf(all, gone)
    .map((order) => ({ ...order, units: order.pledge ? firmUnits(order.pledge) : order.units }))
    .filter(({ units }) => units > 0)
  return { units: unitsIn(firm), buyers: buyersIn(firm) }
}

/** What counts up to a price without some orders, by the prices that the ladder has. */
export function pledgedWithout(
  all: readonly Seen[],
  gone: ReadonlySet<string>,
  prices: readonly Minor[],
): PledgedRung[] {
  const left = leftOf(all, gone)
  return [...grouped(left, ({ buyerKey }) => buyerKey).values()].flatMap((own) => {
    const pledges = own
      .flatMap(({ pledge = [] }) => pledge)
      .flatMap(({ atMost, quantity }) =>
        atMost === undefined ? [] : [{ atMost: rungWithin(prices, atMost), quantity }],
      )
    const highest = Math.max(...pledges.map(({ atMost }) => atMost))
    const isFirmToo = own.some(({ pledge }) => !pledge || firmUnits(pledge) > 0)
    return [
      ...pledges.map(({ atMost, quantity }) => ({ atMost, units: quantity, buyers: 0 })),
      ...(pledges.length && !isFirmToo ? [{ atMost: highest, units: 0, buyers: 1 }] : []),
    ]
  })
}
