/** How many of the terms that a score puts first are the ones that come first afterwards. */
import { combinedScore, fuseRanks, seasonLift, structuralRise, type Weekly } from '../scoring.ts'

/** Shares of the true first terms that each order finds. */
export interface Found {
  lift: number
  rise: number
  /** The product's own order. */
  combined: number
  /** lift + .35 rise, by which the product's order is judged. */
  reference: number
  /** The ranks of both, fused. */
  fused: number
  /** What last year's next weeks were. */
  seasonalNaive: number
  /** How far the last week stands out of the eight before it. */
  zScore: number
}

export interface Ranking {
  terms: number
  weeks: number
  /** How many terms count as first. */
  first: number
  /** Against the change of the next 12 weeks to the last 52. */
  season: Found
  /** Against the change of the next 26 weeks to the same a year before. */
  rise: Found
}

const L = (x: number): number => Math.log(x + 1)
const AHEAD = { season: 12, rise: 26 }
const YEAR = 52
const MOST_FIRST = 10
const EVERY = 4
const HISTORY = 208

function mean(values: Weekly): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length * 2 >= values.length && known.length ? known.reduce((a, b) => a + b, 0) / known.length : undefined
}

const change = (now: Weekly, then: Weekly): number | undefined => {
  const [a, b] = [mean(now), mean(then)]
  return a === undefined || b === undefined ? undefined : L(a) - L(b)
}

/** What came: the truth that scores at week `t` (its index) are held against. */
const CAME = {
  season: (y: Weekly, t: number) => change(y.slice(t + 1, t + 1 + AHEAD.season), y.slice(t + 1 - YEAR, t + 1)),
  rise: (y: Weekly, t: number) =>
    change(y.slice(t + 1, t + 1 + AHEAD.rise), y.slice(t + 1 - YEAR, t + 1 - YEAR + AHEAD.rise)),
} as const

function zScore(y: Weekly): number | undefined {
  const past = y.slice(-9, -1).filter((value) => value !== undefined)
  const now = y.at(-1)
  if (past.length < 4 || now === undefined) return undefined
  const middle = past.reduce((a, b) => a + b, 0) / past.length
  const spread = Math.sqrt(past.reduce((total, value) => total + (value - middle) ** 2, 0) / past.length)
  return (now - middle) / (spread || 1)
}

const naive = (y: Weekly): number | undefined =>
  change(y.slice(y.length - YEAR, y.length - YEAR + AHEAD.season), y.slice(-YEAR))

type Scores = ReadonlyMap<string, number>
const NAMES = ['lift', 'rise', 'combined', 'reference', 'fused', 'seasonalNaive', 'zScore'] as const
type Name = (typeof NAMES)[number]
const each = <T>(of: (name: Name) => T): Record<Name, T> =>
  Object.fromEntries(NAMES.map((name) => [name, of(name)])) as Record<Name, T>

const ordered = (scores: Scores): string[] =>
  [...scores].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([term]) => term)

/** Every score of every term at week `t`. */
function scoresAt(panel: ReadonlyMap<string, Weekly>, t: number): Record<Name, Scores> {
  const scored = each(() => new Map<string, number>())
  const put = (name: Name, term: string, value: number | null | undefined) => {
    if (value !== undefined && value !== null) scored[name].set(term, value)
  }
  for (const [term, whole] of panel) {
    const y = whole.slice(Math.max(0, t + 1 - HISTORY), t + 1)
    const [lift, rise] = [seasonLift(y) ?? null, structuralRise(y) ?? null]
    put('lift', term, lift)
    put('rise', term, rise)
    put('combined', term, combinedScore({ lift, rise, burst: null }))
    put('reference', term, (lift ?? 0) + 0.35 * (rise ?? 0))
    put('seasonalNaive', term, naive(y))
    put('zScore', term, zScore(y))
  }
  const lists = (['lift', 'rise'] as const).map((name) => ordered(scored[name]))
  for (const { key, score } of fuseRanks(lists)) scored.fused.set(key, score)
  return scored
}

/** @returns undefined for fewer than ten terms, or less than two and a half years of them */
export function rankingOf(panel: ReadonlyMap<string, Weekly>): Ranking | undefined {
  const length = Math.max(0, ...[...panel.values()].map((y) => y.length))
  const first = Math.min(MOST_FIRST, Math.floor(panel.size / 5))
  const found = { season: each(() => 0), rise: each(() => 0) }
  let weeks = 0
  for (let t = 2 * YEAR - 1; first >= 2 && t + AHEAD.rise < length; t += EVERY) {
    const scores = scoresAt(panel, t)
    weeks++
    for (const truth of ['season', 'rise'] as const) {
      const came = [...panel].flatMap(([term, y]) => {
        const value = CAME[truth](y, t)
        return value === undefined ? [] : [[term, value] as const]
      })
      const best = new Set(ordered(new Map(came)).slice(0, first))
      for (const name of NAMES) {
        const hits = ordered(scores[name])
          .slice(0, first)
          .filter((term) => best.has(term)).length
        found[truth][name] += hits / first
      }
    }
  }
  if (!weeks) return undefined
  const shares = (of: Found): Found => each((name) => Number((of[name] / weeks).toFixed(4)))
  return { terms: panel.size, weeks, first, season: shares(found.season), rise: shares(found.rise) }
}
