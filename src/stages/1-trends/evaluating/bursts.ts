/** Whether what bursts by its score goes on being said: average precision, week by week. */
import { burstScore, freshBurst, kleinbergBursts, type Counts } from '../scoring.ts'

export interface BurstPrecision {
  terms: number
  /** Weeks in which at least one term burst; the mean is over them. */
  weeks: number
  /** Terms that burst, over all weeks. */
  bursts: number
  /** Average precision of the product's order, and of others beside it. */
  averagePrecision: number
  ratioOnly: number
  statesOnly: number
  zScore: number
  /** What an order by chance would have: the share of terms that burst. */
  chance: number
}

export interface CountedTerms {
  terms: ReadonlyMap<string, readonly number[]>
  exposure: readonly number[]
}

const AHEAD = 4
const LEAST_SAID = 3
const LEAST_RATIO = 2
const BASELINE = 52

/** Said in the four weeks after `t` three times at least, and at twice the rate of the year before. */
function bursts(count: readonly number[], exposure: readonly number[], t: number): boolean {
  const over = (values: readonly number[], from: number, to: number) =>
    values.slice(Math.max(0, from), to).reduce((a, b) => a + b, 0)
  const [said, exposed] = [over(count, t + 1, t + 1 + AHEAD), over(exposure, t + 1, t + 1 + AHEAD)]
  const [before, exposedBefore] = [over(count, t + 1 - BASELINE, t + 1), over(exposure, t + 1 - BASELINE, t + 1)]
  return said >= LEAST_SAID && exposed > 0 && said / exposed >= (LEAST_RATIO * (before + 0.5)) / (exposedBefore + 1)
}

function zScore({ count, exposure }: Counts): number {
  const rates = count.map((k, i) => ((exposure[i] ?? 0) > 0 ? k / (exposure[i] ?? 1) : 0))
  const past = rates.slice(-9, -1)
  const middle = past.reduce((a, b) => a + b, 0) / Math.max(1, past.length)
  const spread = Math.sqrt(past.reduce((total, r) => total + (r - middle) ** 2, 0) / Math.max(1, past.length))
  return ((rates.at(-1) ?? 0) - middle) / (spread || 1e-6)
}

const ratio = (counts: Counts): number => freshBurst([counts])?.burst ?? 0
const isBursting = (counts: Counts): boolean => kleinbergBursts(counts).at(-1) ?? false

const ORDERS = {
  averagePrecision: (counts: Counts) => burstScore(ratio(counts), isBursting(counts)),
  ratioOnly: ratio,
  statesOnly: (counts: Counts) => (isBursting(counts) ? 1 : 0),
  zScore,
} as const
type Order = keyof typeof ORDERS

/** Mean precision at each true one, terms with the same score counted as if shuffled. */
export function averagePrecision(scored: readonly { score: number; isTrue: boolean }[]): number {
  const sorted = scored.toSorted((a, b) => b.score - a.score)
  const all = sorted.filter(({ isTrue }) => isTrue).length
  let [seen, right, total] = [0, 0, 0]
  for (let from = 0; from < sorted.length;) {
    let to = from
    let hits = 0
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) if (sorted[to++]?.isTrue) hits++
    const size = to - from
    // Of a tie every order is as likely: the expected precision at each of its true ones.
    for (let i = 1; i <= size && hits; i++) {
      const before = size > 1 ? ((i - 1) * (hits - 1)) / (size - 1) : 0
      total += ((hits / size) * (right + 1 + before)) / (seen + i)
    }
    seen += size
    right += hits
    from = to
  }
  return all ? total / all : 0
}

/**
 * @param from index of the first week that is asked about
 * @returns undefined where nothing burst from then on
 */
export function burstPrecision({ terms, exposure }: CountedTerms, from: number): BurstPrecision | undefined {
  const totals: Record<Order, number> = { averagePrecision: 0, ratioOnly: 0, statesOnly: 0, zScore: 0 }
  const orders = Object.keys(totals) as Order[]
  let [weeks, all, chance] = [0, 0, 0]
  for (let t = from; t + AHEAD < exposure.length; t++) {
    const now = [...terms.values()].map((count) => ({
      counts: { count: count.slice(0, t + 1), exposure: exposure.slice(0, t + 1) },
      isTrue: bursts(count, exposure, t),
    }))
    const found = now.filter(({ isTrue }) => isTrue).length
    if (!found) continue
    weeks++
    all += found
    chance += found / terms.size
    for (const order of orders)
      totals[order] += averagePrecision(now.map(({ counts, isTrue }) => ({ score: ORDERS[order](counts), isTrue })))
  }
  if (!weeks) return undefined
  const share = (total: number) => Number((total / weeks).toFixed(4))
  const { averagePrecision: own, ratioOnly, statesOnly, zScore: z } = totals
  return {
    terms: terms.size,
    weeks,
    bursts: all,
    averagePrecision: share(own),
    ratioOnly: share(ratioOnly),
    statesOnly: share(statesOnly),
    zScore: share(z),
    chance: share(chance),
  }
}
