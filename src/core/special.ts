/**
 * The few special functions that trends and demand need, in double precision: log-gamma (Lanczos, g = 7), the regularised
 * incomplete gamma and beta functions (series and continued fractions, modified Lentz), and quantiles by bisection.
 * Abramowitz & Stegun, Handbook of Mathematical Functions, 6.1, 6.5, 26.5.
 */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
const TINY = 1e-300
const EPSILON = 1e-15
/** A series is summed until a term no longer moves the sum. */
const NOTHING = 1e-16
const MOST_STEPS = 100_000

/** ln Γ(x) for x > 0, relative error below 1e-13. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const t = x + 6.5
  const sum = LANCZOS.reduce((total, c, i) => (i === 0 ? c : total + c / (x - 1 + i)), 0)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/** ln C(n, k), for real n ≥ k ≥ 0. */
export const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P, a > 0, x ≥ 0. Below x = a + 1 by the series
 * of P (DLMF 8.11.4), above it by the continued fraction of Q (DLMF 8.9.2): the smaller of the two is never a
 * difference, so that a far tail keeps its digits.
 */
function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < MOST_STEPS && term > sum * NOTHING; n++) sum += term *= x / (a + n)
    const lower = Math.min(1, sum * front)
    return { lower, upper: 1 - lower }
  }
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let h = d
  for (let i = 1; i < MOST_STEPS; i++) {
    const an = -i * (i - a)
    b += 2
    d = 1 / (an * d + b || TINY)
    c = b + an / c || TINY
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < EPSILON) break
  }
  const upper = Math.min(1, Math.max(0, front * h))
  return { lower: 1 - upper, upper }
}

/** P(a, x): probability that a Gamma(a, rate 1) variable is at most x. */
export const gammaCdf = (a: number, x: number): number => incompleteGamma(a, x).lower

/** P(X > x) for X ~ Gamma(shape, rate). */
export const gammaTail = (shape: number, rate: number, x: number): number => incompleteGamma(shape, rate * x).upper

/** I_x(a, b): probability that a Beta(a, b) variable is at most x. */
export function betaCdf(a: number, b: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b
}

function betaFraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || TINY)
  let h = d
  for (let m = 1; m < MOST_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d || TINY)
    c = 1 + even / c || TINY
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d || TINY)
    c = 1 + odd / c || TINY
    h *= d * c
    if (Math.abs(d * c - 1) < EPSILON) break
  }
  return h
}

/** The rate below which a Gamma(shape, rate) variable lies with probability `p`, 0 < p < 1. */
export function gammaQuantile(p: number, shape: number, rate: number): number {
  let high = shape + 1
  while (gammaCdf(shape, high) < p) high *= 2
  let low = 0
  for (let step = 0; step < 200 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2
    if (gammaCdf(shape, middle) < p) low = middle
    else high = middle
  }
  return high / rate
}

/** How many failures precede the r-th success, success probability p: NB(r, p) with a real r > 0. */
export interface NegativeBinomial {
  r: number
  p: number
}

export const nbMean = ({ r, p }: NegativeBinomial): number => (r * (1 - p)) / p

/** P(X ≤ k). */
export const nbCdf = ({ r, p }: NegativeBinomial, k: number): number => (k < 0 ? 0 : betaCdf(r, Math.floor(k) + 1, p))

/** P(X ≥ k). */
export const nbTail = (distribution: NegativeBinomial, k: number): number =>
  k <= 0 ? 1 : 1 - nbCdf(distribution, Math.ceil(k) - 1)

/** P(X ≤ k) of a Poisson count with that mean. */
export function poissonCdf(mean: number, k: number): number {
  if (k < 0) return 0
  return mean > 0 ? gammaTail(Math.floor(k) + 1, 1, mean) : 1
}

/** The smallest whole k ≥ 0 with P(X ≤ k) ≥ q, 0 ≤ q < 1, of a count with that distribution. */
export function countQuantile(cdf: (k: number) => number, q: number): number {
  let high = 1
  while (cdf(high) < q) high *= 2
  let low = -1
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (cdf(middle) < q) low = middle
    else high = middle
  }
  return high
}

/** {@link countQuantile} of a negative binomial. */
export const nbQuantile = (distribution: NegativeBinomial, q: number): number =>
  countQuantile((k) => nbCdf(distribution, k), q)
