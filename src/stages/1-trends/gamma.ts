/**
 * ln Γ(x) for x > 0 by Lanczos' approximation (C. Lanczos, "A precision approximation of the gamma function", SIAM J.
 * Numer. Anal. B 1, 1964; g = 7, nine coefficients), relative error below 1e-13.
 */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lnGamma(1 - x)
  const z = x - 1
  const t = z + 7.5
  const sum = LANCZOS.reduce((total, c, i) => total + (i === 0 ? c : c / (z + i)), 0)
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

const TERMS = 1000
const SMALL = 1e-300

/**
 * Q(a, x) = Γ(a, x) / Γ(a), the regularised upper incomplete gamma function, a > 0, x ≥ 0. Below x = a + 1 by the
 * series of P (DLMF 8.11.4), above it by the continued fraction of Q (DLMF 8.9.2) evaluated with Lentz's method
 * (Numerical Recipes §6.2).
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  const front = Math.exp(a * Math.log(x) - x - lnGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < TERMS && term > sum * 1e-16; n++) {
      term *= x / (a + n)
      sum += term
    }
    return Math.min(1, Math.max(0, 1 - front * sum))
  }
  let b = x + 1 - a
  let c = 1 / SMALL
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < TERMS; n++) {
    const an = -n * (n - a)
    b += 2
    d = an * d + b
    d = 1 / (Math.abs(d) < SMALL ? SMALL : d)
    c = b + an / c
    if (Math.abs(c) < SMALL) c = SMALL
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return Math.min(1, Math.max(0, front * fraction))
}

/** P(X > x) for X ~ Gamma(shape, rate). */
export const gammaTail = (shape: number, rate: number, x: number): number => upperGamma(shape, rate * x)

/** ln C(n, k), for real n ≥ k ≥ 0. */
export const lnChoose = (n: number, k: number): number => lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1)
