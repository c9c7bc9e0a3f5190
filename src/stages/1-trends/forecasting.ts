/**
 * What a series will be in the year to come, with an interval. Pure: numbers in, numbers out; any period, any scale.
 *
 * ln(y + c) is taken for a level, a season and noise. The season is the mean of the years, the later ones counting more,
 * and is believed as far as one year's agrees with the others'. The level is a running mean; how long its memory should
 * be, and how much of the last year's rise goes on (damped), is what would have forecast this series best so far: all
 * candidates together, each by how well it did. The interval is how far they were off at each distance.
 */
import type { Weekly } from './scoring.ts'

export interface Forecast {
  /** From the period after the last one on. Eight of ten values are expected between `low` and `high`. */
  low: number[]
  mid: number[]
  high: number[]
  /** How much of the season repeats from year to year, 0–1; undefined where there is less than a year and a half. */
  repeats: number | undefined
}

/** A year of weeks is 52.18 of them: after four years the season would come five days late. */
const WEEKS_A_YEAR = 365.25 / 7
const exactly = (period: number): number => (period === 52 ? WEEKS_A_YEAR : period)

/** Added before the logarithm, as a share of the mean: a zero is a low value, not minus infinity. */
const FLOOR_SHARE = 0.25
/** What a year counts beside the one after it. */
const YEAR_WEIGHT = 0.8
const ROUNDS = 2
/** Of a season that was seen once, this much is believed. */
const UNTRIED = 0.6
/** How much of the way the level goes to each new value. */
const LEVELS = [0.05, 0.1, 0.2, 0.35, 0.6]
/** Shares of the last year's rise that go on. */
const RISES = [0, 0.4]
/** Of the rise that is left, e^−.5 is there a year later. */
const DAMPING = 0.5
/** A candidate that was off by this share more than the best has e⁻¹ of its weight. */
const TOLERANCE = 0.2
const LEAST_KNOWN = 8
/** Eight of ten values of a normal distribution lie within this many standard deviations. */
const EIGHT_OF_TEN = 1.2816

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0)
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const isKnown = (value: number | undefined): value is number => value !== undefined

/** Zeros in a row for at most this share of a year, and no more than this share of all… */
const OUTAGE_SHARE = 0.25
const MOST_ZEROS = 0.15
/** …in a series that otherwise never falls below this share of its median, are no data. */
const NEVER_BELOW = 0.25

/** Exports write 0 where they had no data: zeros in the midst of what is never near zero. */
export function withoutOutages(y: Weekly, period: number): Weekly {
  const said = y.filter(isKnown).filter((value) => value > 0)
  const nothing = y.filter((value) => value === 0).length
  if (said.length < LEAST_KNOWN || nothing === 0 || nothing > MOST_ZEROS * y.length) return y
  const median = said.toSorted((a, b) => a - b)[Math.floor(said.length / 2)] ?? 0
  if (Math.min(...said) < NEVER_BELOW * median) return y
  const out = [...y]
  for (let from = 0; from < y.length; from++) {
    if (y[from] !== 0) continue
    let to = from
    while (to < y.length && y[to] === 0) to++
    if (from > 0 && to - from <= Math.max(1, OUTAGE_SHARE * period)) out.fill(undefined, from, to)
    from = to
  }
  return out
}

interface Season {
  /** By place in the year, 0 = the period after the last one. */
  profile: readonly number[]
  repeats: number | undefined
  /** Share of a year's own deviations in the profile: how much better it fits its own years than the next one. */
  own: number
}

/** Where in the year a period stands, counted from the one after the last. */
const placeIn = (ago: number, period: number): number => {
  const year = exactly(period)
  const turn = (((-ago / year) % 1) + 1) % 1
  return Math.round(turn * period) % period
}

function seasonOf(off: Weekly, places: readonly number[], period: number): Season {
  const n = off.length
  const [total, weight] = [zeros(period), zeros(period)]
  const weights = off.map((_, t) => YEAR_WEIGHT ** Math.floor((n - 1 - t) / period))
  off.forEach((value, t) => {
    const [place, w] = [places[t] ?? 0, weights[t] ?? 0]
    if (value === undefined) return
    total[place] = (total[place] ?? 0) + w * value
    weight[place] = (weight[place] ?? 0) + w
  })
  const raw = total.map((each, place) => (weight[place] ? each / (weight[place] ?? 1) : undefined))
  let [agreed, square, pairs] = [0, 0, 0]
  off.forEach((value, t) => {
    const [place, w] = [places[t] ?? 0, weights[t] ?? 0]
    const others = (weight[place] ?? 0) - w
    if (value === undefined || others < 1e-9) return
    const other = ((total[place] ?? 0) - w * value) / others
    agreed += w * value * other
    square += w * other * other
    pairs++
  })
  const repeats = pairs * 2 >= period ? Math.min(1, Math.max(0, square > 0 ? agreed / square : 0)) : undefined
  const believed = Math.sqrt(repeats ?? UNTRIED)
  const around = (place: number) => {
    // Weeks are smoothed a little: a feast is not in the same week every year.
    const parts = period >= 26 ? ([[-1, 1], [0, 2], [1, 1]] as const) : ([[0, 1]] as const) // prettier-ignore
    const near = parts.flatMap(([by, w]) => {
      const value = raw[(place + by + period) % period]
      return value === undefined ? [] : [[value, w] as const]
    })
    const all = sum(near.map(([, w]) => w))
    return all ? sum(near.map(([value, w]) => value * w)) / all : 0
  }
  const smooth = raw.map((_, place) => around(place))
  const middle = sum(smooth) / period
  const years = sum([...new Set(weights)])
  return {
    profile: smooth.map((value) => (value - middle) * believed),
    repeats,
    own: years > 0 ? Math.min(0.5, believed / years) : 0.5,
  }
}

/** A mean around each period over known ones, those near by counting more. */
function levelAround(values: Weekly, reach: number): number[] {
  return values.map((_, t) => {
    let [total, weight] = [0, 0]
    for (let step = 1; !weight; step *= 2)
      for (let by = -reach * step; by <= reach * step; by++) {
        const value = values[t + by]
        if (value === undefined) continue
        const w = reach * step + 1 - Math.abs(by)
        total += w * value
        weight += w
      }
    return total / weight
  })
}

/** The mean of the year around each period: the season falls out of it. */
function yearAround(values: Weekly, period: number): number[] {
  const n = values.length
  const half = Math.floor(period / 2)
  return values.map((_, at) => {
    const t = Math.min(Math.max(at, half), Math.max(half, n - 1 - half))
    let [total, weight] = [0, 0]
    for (let by = -half; by <= half; by++) {
      const value = values[t + by]
      if (value === undefined) continue
      // Of an even period both ends count half, so that each place of the year counts once.
      const w = period % 2 === 0 && Math.abs(by) === half ? 0.5 : 1
      total += w * value
      weight += w
    }
    return weight ? total / weight : Number.NaN
  })
}

interface Parts extends Season {
  /** What is left without the season. */
  left: Weekly
}

function taken(z: Weekly, period: number): Parts {
  const n = z.length
  const places = z.map((_, t) => placeIn(n - t, period))
  const known = z.filter(isKnown)
  const mean = sum(known) / known.length
  let level =
    n >= period ? yearAround(z, period).map((value) => (Number.isNaN(value) ? mean : value)) : z.map(() => mean)
  let season: Season = { profile: zeros(period), repeats: undefined, own: 0.5 }
  let left = z
  // With less than a year nobody can tell a season from a rise.
  for (let round = 0; round < ROUNDS && n >= period; round++) {
    season = seasonOf(z.map((value, t) => (value === undefined ? undefined : value - (level[t] ?? 0))), places, period) // prettier-ignore
    const { profile } = season
    left = z.map((value, t) => (value === undefined ? undefined : value - (profile[places[t] ?? 0] ?? 0)))
    level = levelAround(left, Math.max(2, Math.floor(period / 4)))
  }
  return { ...season, left }
}

/** The running mean up to each period, going `step` of the way to each known value. */
function runningLevel(left: Weekly, step: number, start: number): number[] {
  let level = start
  return left.map((value) => (level += value === undefined ? 0 : step * (value - level)))
}

/** How much the last half year lies above the same a year before, up to each period; 0 where that is not known. */
function yearlyRise(left: Weekly, period: number): number[] {
  const total = [0]
  const count = [0]
  left.forEach((value, t) => {
    total.push((total[t] ?? 0) + (value ?? 0))
    count.push((count[t] ?? 0) + (value === undefined ? 0 : 1))
  })
  const over = (from: number, to: number): number | undefined => {
    const known = (count[to] ?? 0) - (count[from] ?? 0)
    return known * 2 >= to - from && known > 0 ? ((total[to] ?? 0) - (total[from] ?? 0)) / known : undefined
  }
  const half = Math.max(1, Math.floor(period / 2))
  return left.map((_, t) => {
    const window = Math.min(half, t + 1 - period)
    if (window < 1) return 0
    const [now, then] = [over(t + 1 - window, t + 1), over(t + 1 - window - period, t + 1 - period)]
    return now === undefined || then === undefined ? 0 : ((now - then) * window) / half
  })
}

interface Candidate {
  level: readonly number[]
  rise: number
}

/** How far each candidate would have been off at each distance, from origins over the whole past. */
function triedOut(
  left: Weekly,
  candidates: readonly Candidate[],
  yearly: readonly number[],
  ahead: number,
  period: number,
) {
  const n = left.length
  const gone = Array.from({ length: ahead }, (_, h) => (1 - Math.exp((-DAMPING * (h + 1)) / period)) / DAMPING)
  const errors = candidates.map(() => new Float64Array(ahead))
  const weights = new Float64Array(ahead)
  const origins: { t: number; weight: number }[] = []
  const first = Math.min(Math.max(2, Math.floor(period / 4)), n - 2)
  for (let t = first; t < n - 1; t += Math.max(1, Math.floor(period / 12))) {
    const weight = 0.9 ** ((n - 1 - t) / period)
    origins.push({ t, weight })
    for (let h = 0; h < ahead && t + 1 + h < n; h++) {
      const came = left[t + 1 + h]
      if (came === undefined) continue
      weights[h] = (weights[h] ?? 0) + weight
      candidates.forEach(({ level, rise }, c) => {
        const said = (level[t] ?? 0) + rise * (yearly[t] ?? 0) * (gone[h] ?? 0)
        const row = errors[c]
        if (row) row[h] = (row[h] ?? 0) + weight * Math.abs(came - said)
      })
    }
  }
  return { gone, errors, weights, origins }
}

/** Means over near distances: of one alone too little is known. */
function smoothed(values: ArrayLike<number>, weights: ArrayLike<number>, reach: number): number[] {
  const out: number[] = []
  for (let h = 0; h < values.length; h++) {
    let [total, weight] = [0, 0]
    for (let i = Math.max(0, h - reach); i <= Math.min(values.length - 1, h + reach); i++) {
      total += values[i] ?? 0
      weight += weights[i] ?? 0
    }
    out.push(weight > 0 ? total / weight : (out.at(-1) ?? 0))
  }
  return out
}

/** Every candidate's share at every distance. */
function sharesOf(errors: readonly (readonly number[])[], ahead: number): number[][] {
  return Array.from({ length: ahead }, (_, h) => {
    const off = errors.map((row) => row[h] ?? 0)
    const best = Math.max(1e-9, Math.min(...off))
    const raw = off.map((each) => Math.exp(-(each / best - 1) / TOLERANCE))
    const all = sum(raw)
    return raw.map((each) => each / all)
  })
}

/** Noise that is there where too little was tried out, as standard deviation of the logarithm, and what it weighs. */
const [PRIOR_SPREAD, PRIOR_WEIGHT] = [0.3, 0.5]

/**
 * The next `ahead` periods of a series.
 * @param y oldest first; undefined = no data
 * @param period periods in a year: 52 of weeks, 12 of months, any other
 * @returns undefined for fewer than eight known values
 */
export function forecast(y: Weekly, period: number, ahead: number): Forecast | undefined {
  const begun = y.findIndex(isKnown)
  const series = withoutOutages(begun > 0 ? y.slice(begun) : y, period)
  const recent = series.slice(-2 * period).filter(isKnown)
  if (series.filter(isKnown).length < LEAST_KNOWN || !recent.length) return undefined
  const floor = FLOOR_SHARE * (sum(recent) / recent.length || 1)
  const z = series.map((value) => (value === undefined ? undefined : Math.log(value + floor)))
  const { left, profile, repeats, own } = taken(z, period)
  const first = left.filter(isKnown).slice(0, Math.max(1, Math.floor(period / 4)))
  const start = sum(first) / first.length
  const yearly = yearlyRise(left, period)
  const candidates = LEVELS.flatMap((step): Candidate[] => {
    const level = runningLevel(left, step, start)
    return RISES.map((rise) => ({ level, rise }))
  })
  const tried = triedOut(left, candidates, yearly, ahead, period)
  const reach = Math.max(1, Math.floor(period / 8))
  const shares = sharesOf(
    tried.errors.map((row) => smoothed(row, tried.weights, reach)),
    ahead,
  )
  const said = (t: number, h: number): number =>
    sum(
      candidates.map(
        ({ level, rise }, c) =>
          (shares[h]?.[c] ?? 0) * ((level[t] ?? 0) + rise * (yearly[t] ?? 0) * (tried.gone[h] ?? 0)),
      ),
    )
  const square = new Float64Array(ahead)
  for (const { t, weight } of tried.origins)
    for (let h = 0; h < ahead && t + 1 + h < left.length; h++) {
      const came = left[t + 1 + h]
      if (came !== undefined) square[h] = (square[h] ?? 0) + weight * (came - said(t, h)) ** 2
    }
  const spread = smoothed(
    square.map((each) => each + PRIOR_WEIGHT * PRIOR_SPREAD ** 2),
    tried.weights.map((each) => each + PRIOR_WEIGHT),
    reach,
  ).map((variance) => Math.sqrt(variance) / (1 - own / 2))
  const last = left.length - 1
  const at = (h: number, by: number) =>
    Math.max(0, Math.exp(said(last, h) + (profile[h % period] ?? 0) + by * EIGHT_OF_TEN * (spread[h] ?? 0)) - floor)
  const path = (by: number) => Array.from({ length: ahead }, (_, h) => at(h, by))
  return { low: path(-1), mid: path(0), high: path(1), repeats }
}
