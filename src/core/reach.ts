/**
 * Will a campaign reach its goal? A goal is so many units from so many buyers, and people arrive one by one, each with a
 * handful of units; so people are counted, and what each takes is counted apart. One buyer of twenty units says much
 * about that buyer and next to nothing about how many others will come.
 *
 * - **Buyers** arrive at an uncertain rate λ ~ Gamma(a, b) per window. By the share f of the time a share s of them is
 *   there, and nobody knows a launch's shape: s ~ Beta(φ·f^κ, φ·(1 − f^κ)), κ < 1 where people come early. Given s, what
 *   is still to come after n buyers is NB(a + n, (b + s) / (b + 1)). Moments after the start s may be anything: eight
 *   orders in the first minute are the beginning of few launches' thousands.
 * - **Units per buyer** are Gamma(shape, β) with an uncertain β ~ Gamma(p, q) of the style: after n buyers with u units,
 *   k more buyers bring at least m units with probability P(BetaPrime(k·shape, p + n·shape) ≥ m / (q + u)).
 *
 * The sums over s and over the buyers to come are done on grids; nothing is simulated. Measured by `npm run replay`.
 * Everything here is pure.
 */
import { comingUnits, fitRate, NO_HISTORY, observe, type Rate } from './forecast.ts'
import { betaCdf, countQuantile, gammaCdf, logGamma, nbCdf, poissonCdf, type NegativeBinomial } from './special.ts'

/** What is believed of launches before one begins. */
export interface LaunchBelief {
  /** Buyers per whole window. */
  buyers: Rate
  /** Units per buyer: Gamma(shape, β), β ~ Gamma(p, q). */
  units: UnitsBelief
}

export interface UnitsBelief {
  shape: number
  p: number
  q: number
}

/** A goal: both numbers have to be reached. */
export interface Goal {
  units: number
  buyers: number
}

/** Counts of a launch at some moment of its window. */
export interface Count {
  /** Distinct people, verified. */
  buyers: number
  units: number
}

/**
 * Retail launches of fashion accessories and gifts (a wholesaler's orders of 2011, `npm run replay`): a launch's buyers
 * come a little faster at first, and what one of them takes varies by a factor of a few.
 */
const USUAL_UNITS: UnitsBelief = { shape: 1.5, p: 1.5, q: 4 }
/**
 * κ and φ of a launch's shape. Not learned: launches of one season are more like each other than like those of the next,
 * and beliefs that took them at their word told worse than this one.
 */
const EARLY = 0.9
const ALIKE = 8
/** Worth less than a third of a buyer: the first ones decide, not the belief. */
const IGNORANT = 0.3

/** Mean units of a buyer, as far as one can be named for a belief whose mean may not exist: its median's order. */
const usualUnits = ({ shape, p, q }: UnitsBelief): number => (shape * q) / p

/**
 * Nothing has closed yet: a goal says what the house thinks possible, and that is all that is known. Half of the launches
 * believed in stay below a fifth of it, and some go far beyond.
 */
export function ignorance(goal: Goal): LaunchBelief {
  const mean = Math.max(1, goal.buyers, goal.units / usualUnits(USUAL_UNITS))
  return { buyers: { a: IGNORANT, b: IGNORANT / mean }, units: USUAL_UNITS }
}

/**
 * What is believed of a launch with this goal: what earlier ones taught, and between their usual number of buyers and the
 * one that the goal hopes for (their geometric mean): last season's launches know this one's size no better than whoever
 * set the goal.
 */
export function believed(learned: LaunchBelief | undefined, goal: Goal): LaunchBelief {
  const hoped = ignorance(goal)
  if (!learned) return hoped
  const { a, b } = learned.buyers
  const mean = Math.sqrt(((a / b) * hoped.buyers.a) / hoped.buyers.b)
  return { ...learned, buyers: { a, b: a / mean } }
}

/** ln P(k | NB(r, p)). */
const logNb = ({ r, p }: NegativeBinomial, k: number): number =>
  logGamma(r + k) - logGamma(r) - logGamma(k + 1) + r * Math.log(p) + k * Math.log1p(-p)

/** ln of a lognormal prior, up to a constant. */
const near = (value: number, centre: number, spread: number): number => -0.5 * (Math.log(value / centre) / spread) ** 2

/** ln of the weighted sum of exponentials, safe where all are tiny. */
function logSum(terms: readonly { weight: number; log: number }[]): number {
  const top = Math.max(...terms.map(({ log }) => log))
  return top + Math.log(terms.reduce((sum, { weight, log }) => sum + weight * Math.exp(log - top), 0))
}

interface Share {
  /** Of a window's buyers are there. */
  there: number
  weight: number
}

/** ln(s / (1 − s)) from here to there, in so many steps: less is nobody, more is everybody. */
const [LEAST, MOST, STEPS] = [-9, 9, 36]
const GRID = Array.from({ length: STEPS }, (_, step) => LEAST + ((step + 0.5) * (MOST - LEAST)) / STEPS)

/** The share of buyers that may be there by the share `at` of the time, 0 < at < 1; weights sum to 1. */
function sharesAt(at: number): Share[] {
  const expected = at ** EARLY
  const [a, b] = [ALIKE * expected, ALIKE * (1 - expected)]
  const edge = (x: number) => 1 / (1 + Math.exp(-x))
  // In steps of the logit; what lies outside of it belongs to the outermost.
  let below = 0
  return GRID.map((x, step) => {
    const until = step === STEPS - 1 ? 1 : betaCdf(a, b, edge(x + (MOST - LEAST) / STEPS / 2))
    const share = { there: edge(x), weight: Math.max(0, until - below) }
    below = until
    return share
  }).filter(({ weight }) => weight > 1e-12)
}

/** What a count of buyers teaches about the share that they are: those under which it was likely. */
function sharesGiven(shares: readonly Share[], { a, b }: Rate, buyers: number): Share[] {
  const logs = shares.map(({ there, weight }) => ({ weight, log: logNb({ r: a, p: b / (b + there) }, buyers) }))
  const all = logSum(logs)
  return shares.map(({ there }, index) => {
    const { weight, log } = logs[index] ?? { weight: 0, log: 0 }
    return { there, weight: weight * Math.exp(log - all) }
  })
}

/** Marginal likelihood of what each launch's buyers took together: β integrated out. */
function likelihoodOfUnits(past: readonly Count[], { shape, p, q }: UnitsBelief): number {
  let sum = near(shape, USUAL_UNITS.shape, 0.5) + near(p, USUAL_UNITS.p, 0.5)
  for (const { buyers, units } of past) {
    if (!(buyers > 0 && units > 0)) continue
    const a = buyers * shape
    sum += (a - 1) * Math.log(units) + p * Math.log(q) - (a + p) * Math.log(q + units)
    sum += logGamma(a + p) - logGamma(a) - logGamma(p)
  }
  return sum
}

/**
 * The top of a function of positive numbers: each in turn is moved by a factor that shrinks where nothing is gained.
 * Smooth functions with one top, a handful of numbers: nothing more is needed.
 */
function climb(start: readonly number[], value: (at: readonly number[]) => number): number[] {
  let best = [...start]
  let top = value(best)
  for (let step = 1; step > 0.005;) {
    const before = top
    for (let index = 0; index < best.length; index++)
      for (const factor of [Math.exp(step), Math.exp(-step)]) {
        const next = best.map((each, at) => (at === index ? each * factor : each))
        const there = value(next)
        if (there > top) [best, top] = [next, there]
      }
    if (top - before < 1e-6) step /= 2
  }
  return best
}

/**
 * What campaigns that are over teach: how many buyers one has (negative binomial), and what they take.
 * @returns undefined where they are too few to differ, or nobody bought anything
 */
export function learn(past: readonly Count[]): LaunchBelief | undefined {
  const buyers = fitRate(past.map((each) => ({ units: each.buyers, time: 1 })))
  if (buyers === NO_HISTORY) return undefined
  const { shape, p, q } = USUAL_UNITS
  const units = climb([shape, p, q], ([x = shape, y = p, z = q]) => likelihoodOfUnits(past, { shape: x, p: y, q: z }))
  return { buyers, units: { shape: units[0] ?? shape, p: units[1] ?? p, q: units[2] ?? q } }
}

export interface Chance {
  /** P(both numbers are there by the end): 1 only where they are there now, 0 only at the end. */
  probability: number
  /** The same where people come as rarely, or as often, as one time in ten. */
  interval: readonly [low: number, high: number]
  /**
   * It may be said to people: the interval is narrower than a coin's, and {@link FEW_BUYERS} have come or a good part of
   * the time has gone. Until then the honest answer is that it is too early.
   */
  enough: boolean
  /** At the end, those of now included: 10 % quantile, median, 90 % quantile. */
  units: Range
  buyers: Range
  /** What it was computed from. */
  basis: Count & { elapsed: number; goal: Goal }
}

interface Range {
  low: number
  median: number
  high: number
}

/** An interval that is wider tells a reader nothing that a coin does not. */
const TOLD = 0.5
/** Fewer people than these are an accident, unless time itself has told. */
export const FEW_BUYERS = 5
const TIME_HAS_TOLD = 0.25
/** Of all that may still come, what lies beyond is left to the last number looked at. */
const BEYOND = 1e-5
const LOOKED_AT = 160

interface Weighed {
  buyers: number
  weight: number
}

/** Numbers of buyers that may still come, each with its weight. */
function possible(cdf: (k: number) => number): Weighed[] {
  const [from, to] = [countQuantile(cdf, BEYOND), countQuantile(cdf, 1 - BEYOND)]
  const step = Math.ceil((to - from + 1) / LOOKED_AT)
  const all: Weighed[] = []
  let below = 0
  for (let first = from; first <= to; first += step) {
    const until = first + step > to ? 1 : cdf(first + step - 1)
    // The middle stands for all of a step.
    all.push({ buyers: first + (step - 1) / 2, weight: until - below })
    below = until
  }
  return all
}

/** P(so many more buyers bring at least `missing` units); units are whole, so half a unit short is there. */
function brings(belief: UnitsBelief, now: Count, buyers: number, missing: number): number {
  if (missing <= 0) return 1
  if (buyers <= 0) return 0
  const x = (missing - 0.5) / (belief.q + now.units)
  return 1 - betaCdf(buyers * belief.shape, belief.p + now.buyers * belief.shape, x / (1 + x))
}

/** Where a distribution of positive numbers has its quantile, to a thousandth. */
function quantileOf(cdf: (x: number) => number, q: number): number {
  let high = 1
  while (cdf(high) < q) high *= 2
  let low = 0
  for (let step = 0; step < 60 && high - low > 1e-3 * high && high > 1e-6; step++) {
    const middle = (low + high) / 2
    if (cdf(middle) < q) low = middle
    else high = middle
  }
  return high
}

/** What a belief makes of a count at a moment of the window: distributions of what is still to come. */
function still(belief: LaunchBelief, now: Count, at: number) {
  const shares = at > 0 ? sharesGiven(sharesAt(at), belief.buyers, now.buyers) : [{ there: 0, weight: 1 }]
  const mixed = (of: (share: number) => number) =>
    shares.reduce((sum, { there, weight }) => sum + (weight > 1e-9 ? weight * of(there) : 0), 0)
  return {
    /** P(so many buyers more, or fewer). */
    buyers: (k: number) =>
      mixed((there) => nbCdf(comingUnits(observe(belief.buyers, now.buyers, there), 1 - there), k)),
    /** P(so few, or fewer, are to be expected). */
    expected: (mean: number) =>
      mixed((there) => gammaCdf(belief.buyers.a + now.buyers, ((belief.buyers.b + there) * mean) / (1 - there))),
  }
}

/** P(at least so many units from at least so many buyers more). */
const reaches = (belief: UnitsBelief, now: Count, coming: readonly Weighed[], { units, buyers }: Goal): number =>
  coming.reduce(
    (sum, each) => (each.buyers < buyers ? sum : sum + each.weight * brings(belief, now, each.buyers, units)),
    0,
  )

const missingOf = (now: Count, goal: Goal): Goal => ({
  units: Math.max(0, goal.units - now.units),
  buyers: Math.max(0, goal.buyers - now.buyers),
})
const clamped = (elapsed: number): number => Math.min(1, Math.max(0, elapsed))

/** {@link chanceOfGoal}'s probability alone, for whoever asks thousands of times. */
export function probabilityOfGoal(belief: LaunchBelief, now: Count, elapsed: number, goal: Goal): number {
  const missing = missingOf(now, goal)
  if (!missing.units && !missing.buyers) return 1
  const at = clamped(elapsed)
  if (at === 1) return 0
  return Math.min(1, reaches(belief.units, now, possible(still(belief, now, at).buyers), missing))
}

/**
 * The chance that a goal is reached by the end of a window.
 * @param belief of {@link believed}
 * @param now what has been verified so far
 * @param elapsed share of the window's time, 0–1
 */
export function chanceOfGoal(belief: LaunchBelief, now: Count, elapsed: number, goal: Goal): Chance {
  const at = clamped(elapsed)
  const basis = { buyers: now.buyers, units: now.units, elapsed: at, goal }
  const probability = probabilityOfGoal(belief, now, at, goal)
  const just = (n: number): Range => ({ low: n, median: n, high: n })
  if (at === 1)
    return {
      probability,
      interval: [probability, probability],
      enough: true,
      units: just(now.units),
      buyers: just(now.buyers),
      basis,
    }
  const { buyers, expected } = still(belief, now, at)
  const missing = missingOf(now, goal)
  const reached = !missing.units && !missing.buyers
  const chanceAt = (quantile: number) => {
    const mean = quantileOf(expected, quantile)
    return reached
      ? 1
      : Math.min(
          1,
          reaches(
            belief.units,
            now,
            possible((k) => poissonCdf(mean, k)),
            missing,
          ),
        )
  }
  const coming = possible(buyers)
  const ranged = (from: number, cdf: (k: number) => number): Range => ({
    low: from + countQuantile(cdf, 0.1),
    median: from + countQuantile(cdf, 0.5),
    high: from + countQuantile(cdf, 0.9),
  })
  const interval = [chanceAt(0.1), chanceAt(0.9)] as const
  return {
    probability,
    interval,
    enough: reached || (interval[1] - interval[0] <= TOLD && (now.buyers >= FEW_BUYERS || at >= TIME_HAS_TOLD)),
    units: ranged(now.units, (k) => 1 - reaches(belief.units, now, coming, { units: k + 1, buyers: 0 })),
    buyers: ranged(now.buyers, buyers),
    basis,
  }
}
