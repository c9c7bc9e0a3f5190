/** The rule that counted units, as it was until people were counted: what a replay holds the present one against. */
import { comingUnits, observe, type Rate } from '../../src/core/forecast.ts'
import { gammaCdf, gammaQuantile, nbMean, nbQuantile, nbTail } from '../../src/core/special.ts'

export interface Forecast {
  /** P(the target is reached by the end). */
  probability: number
  /** The same for a rate at its 10 % and 90 % quantile: how sure the probability itself is. */
  interval: readonly [low: number, high: number]
  /** Units at the end, now included: 10 % quantile, median, mean, 90 % quantile. */
  units: { low: number; median: number; mean: number; high: number }
  /** What it was computed from, to be shown beside it. */
  basis: { units: number; elapsed: number; target: number; rate: Rate }
}

/** P(Poisson(mean) ≥ k). */
const poissonTail = (mean: number, k: number): number => (k <= 0 ? 1 : gammaCdf(k, mean))

/**
 * Will a campaign reach its target? After the fraction `elapsed` of its window with `units` so far, the remaining
 * units are NB(r = a + n, p = (b + f) / (b + 1)) and P = P(R ≥ N − n).
 * @param rate per whole window, from {@link fitRate}
 * @param elapsed 0 to 1
 */
export function forecastTarget(rate: Rate, now: { units: number; elapsed: number; target: number }): Forecast {
  const elapsed = Math.min(1, Math.max(0, now.elapsed))
  const left = 1 - elapsed
  const missing = Math.max(0, Math.ceil(now.target - now.units))
  const known = observe(rate, now.units, elapsed)
  const basis = { units: now.units, elapsed, target: now.target, rate }
  if (left === 0) {
    const reached = missing === 0 ? 1 : 0
    const end = now.units
    return {
      probability: reached,
      interval: [reached, reached],
      units: { low: end, median: end, mean: end, high: end },
      basis,
    }
  }
  const coming = comingUnits(known, left)
  const at = (quantile: number) => poissonTail(gammaQuantile(quantile, known.a, known.b) * left, missing)
  return {
    probability: nbTail(coming, missing),
    interval: [at(0.1), at(0.9)],
    units: {
      low: now.units + nbQuantile(coming, 0.1),
      median: now.units + nbQuantile(coming, 0.5),
      mean: now.units + nbMean(coming),
      high: now.units + nbQuantile(coming, 0.9),
    },
    basis,
  }
}
