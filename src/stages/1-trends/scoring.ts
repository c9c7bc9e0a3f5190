/**
 * Three scores, shown apart: is its season coming, is it rising over the years, is it bursting now. Pure: numbers in,
 * numbers out. A series ends with the week that is scored (index length − 1 = t); `undefined` is a week without data,
 * which is neither a fall nor a rise.
 */
import { gammaTail, logChoose } from '../../core/special.ts'

export type Weekly = readonly (number | undefined)[]

/** L(x) = ln(x + 1): a rise from 2 to 4 and one from 20 to 40 count alike, and nothing is minus infinity. */
const L = (x: number): number => Math.log(x + 1)

/** Weeks from one known value to the next, usually: 1, or 4 of a source that speaks once a month. */
function cadence(y: Weekly): number {
  const first = y.findIndex((value) => value !== undefined)
  const count = y.filter((value) => value !== undefined).length
  return count ? Math.max(1, Math.floor((y.length - first) / count)) : 1
}

/** Mean over weeks t−from … t−to (from ≥ to); undefined where more than half of what the source would say is missing. */
function mean(y: Weekly, from: number, to: number): number | undefined {
  const t = y.length - 1
  if (t - from < 0) return undefined
  let sum = 0
  let known = 0
  for (let i = t - from; i <= t - to; i++) {
    const value = y[i]
    if (value === undefined) continue
    sum += value
    known++
  }
  return known * 2 * cadence(y) >= from - to + 1 && known > 0 ? sum / known : undefined
}

const known = (values: readonly (number | undefined)[]): number[] => values.filter((v) => v !== undefined)
const average = (values: readonly number[]): number | undefined =>
  values.length ? values.reduce((a, b) => a + b, 0) / values.length : undefined

/** L m(t−from … t−to) − L m(t−before … t−until) */
function change(y: Weekly, [from, to]: [number, number], [before, until]: [number, number]): number | undefined {
  const [now, then] = [mean(y, from, to), mean(y, before, until)]
  return now === undefined || then === undefined ? undefined : L(now) - L(then)
}

const LIFT_WEEKS = 104
const RISE_WEEKS = 78
/** Found on three real panels to be flat between .3 and .8. */
const MOMENTUM_WEIGHT = 0.6
const LAST_WEEKS = [0, 1, 2, 3]
const YEAR = 52

/**
 * How the last four weeks of each year differ from that year: mom_k, k = 0, 1, 2. After an outage the weeks that there are
 * count, and of the years before the same ones: a season is not to be taken for a change.
 */
function momentum(y: Weekly): (number | undefined)[] {
  const t = y.length - 1
  const there = LAST_WEEKS.filter((ago) => y[t - ago] !== undefined)
  return [0, 1, 2].map((k) => {
    const year = mean(y, YEAR * k + YEAR - 1, YEAR * k)
    const same = known(there.map((ago) => y[t - ago - YEAR * k]))
    const any = same.length ? same : known(LAST_WEEKS.map((ago) => y[t - ago - YEAR * k]))
    const last = average(any)
    return last === undefined || year === undefined ? undefined : L(last) - L(year)
  })
}

/**
 * Season coming: what the next 12 weeks brought in the years before, against the year before each, plus how this
 * year's last weeks differ from what they were then. Needs 104 weeks.
 *
 * seas = mean over k = 1…3 of [L m(t+1−52k … t+12−52k) − L m(t+1−52k−52 … t−52k)]
 * mom_k = L m(t−3−52k … t−52k) − L m(t−51−52k … t−52k)
 * lift = seas + .6 (mom_0 − mean(mom_1, mom_2)), over the years there are.
 */
export function seasonLift(y: Weekly): number | undefined {
  if (y.length < LIFT_WEEKS) return undefined
  const seasons = known([1, 2, 3].map((k) => change(y, [52 * k - 1, 52 * k - 12], [52 * k + 51, 52 * k])))
  const season = average(seasons)
  if (season === undefined) return undefined
  const [now, ...then] = momentum(y)
  const before = average(known(then))
  return season + (now === undefined || before === undefined ? 0 : MOMENTUM_WEIGHT * (now - before))
}

/**
 * L m(last j weeks) − L m(the same j a year before). Where the newest week has data again after an outage, the weeks that
 * are known in both years are compared; the fewer of the window they are, the less is made of them.
 */
function yearOnYear(y: Weekly, weeks: number): number | undefined {
  const t = y.length - 1
  const whole = change(y, [weeks - 1, 0], [weeks - 1 + YEAR, YEAR])
  if (y[t] === undefined) return whole
  const [now, then]: [number[], number[]] = [[], []]
  for (let ago = 0; ago < weeks; ago++) {
    const [a, b] = [y[t - ago], y[t - ago - YEAR]]
    if (a === undefined || b === undefined) continue
    now.push(a)
    then.push(b)
  }
  const [a, b] = [average(now), average(then)]
  if (a === undefined || b === undefined) return whole
  return (L(a) - L(b)) * Math.min(1, (2 * now.length * cadence(y)) / weeks)
}

/**
 * Structural rise: ½ YoY13 + ½ YoY26, with YoYj = L m(last j weeks) − L m(the same j weeks a year before).
 * Needs 78 weeks.
 */
export function structuralRise(y: Weekly): number | undefined {
  if (y.length < RISE_WEEKS) return undefined
  const [quarter, half] = [yearOnYear(y, 13), yearOnYear(y, 26)]
  return quarter === undefined || half === undefined ? undefined : 0.5 * quarter + 0.5 * half
}

/** What one source said of a term, and how much it said at all, week by week; exposure 0 = the source was silent. */
export interface Counts {
  count: readonly number[]
  exposure: readonly number[]
}

export interface Burst {
  /** k~, the recent count with weights 1, .9, .75, .55. */
  recent: number
  /** mu~, what the year before lets expect in the same weeks. */
  expected: number
  burst: number
  /** P(true rate ratio > 1.5). */
  confidence: number
}

export const BURST_WEIGHTS = [1, 0.9, 0.75, 0.55]
const PRIOR = 5
const RATIO = 1.5
const BASELINE_FROM = 52
const BASELINE_TO = 4

/** Where several sources speak, each counts as one that lets expect this much at most: a large one drowns no other. */
const MOST_FROM_ONE = 20

interface Based {
  recent: number
  expected: number
}

/** One source's last four weeks beside the 49 weeks with data that come before them, however long ago an outage began. */
function basedOn({ count, exposure }: Counts): Based | undefined {
  const t = count.length - 1
  let [k0, e0, weeks] = [0, 0, 0]
  for (let i = t - BASELINE_TO; i >= 0 && weeks <= BASELINE_FROM - BASELINE_TO; i--) {
    if (!((exposure[i] ?? 0) > 0)) continue
    k0 += count[i] ?? 0
    e0 += exposure[i] ?? 0
    weeks++
  }
  if (e0 <= 0) return undefined
  const rate = (k0 + 0.5) / (e0 + 1)
  const sum = (of: (ago: number) => number) => BURST_WEIGHTS.reduce((total, weight, ago) => total + weight * of(ago), 0)
  return { recent: sum((ago) => count[t - ago] ?? 0), expected: sum((ago) => rate * (exposure[t - ago] ?? 0)) }
}

/**
 * Fresh burst of a term in one or more sources: the gamma-shrunk ratio of what was said in the last four weeks to what
 * weeks t−52 … t−4 let expect, given how much each source said at all.
 *
 * r0 = (K0 + .5) / (E0 + 1); mu~ = Σ w_i r0 E_{t−i}; burst = ln((k~ + 5) / (mu~ + 5));
 * confidence = P(Gamma(5 + k~, 5 + mu~) > 1.5).
 *
 * Each source has its own rate: one that joins later, or says much more, does not lift every term. A source without
 * any baseline cannot tell new from usual and is left out; undefined where all are.
 */
export function freshBurst(sources: readonly Counts[]): Burst | undefined {
  const based = sources.flatMap((one) => basedOn(one) ?? [])
  if (!based.length) return undefined
  const part = (one: Based) => (based.length > 1 ? Math.min(1, MOST_FROM_ONE / Math.max(one.expected, 1e-9)) : 1)
  const recent = based.reduce((total, one) => total + part(one) * one.recent, 0)
  const expected = based.reduce((total, one) => total + part(one) * one.expected, 0)
  return {
    recent,
    expected,
    burst: Math.log((recent + PRIOR) / (expected + PRIOR)),
    confidence: gammaTail(PRIOR + recent, PRIOR + expected, RATIO),
  }
}

/** Fewer mentions than this in all the weeks that a score looks at say nothing of a year. */
const LEAST_MENTIONS = 20

/**
 * Lift and rise of a series that is counted. Thin counts have neither; a rise is worth as much as it is surer than chance:
 * rise · (2 P(true rate ratio > 1) − 1), from the last 26 weeks and the same a year before.
 */
export function countedScores(y: Weekly, { count, exposure }: Counts): { lift?: number; rise?: number } {
  const over = (values: readonly number[], from: number, to: number) =>
    values.slice(Math.max(0, from), to).reduce((a, b) => a + b, 0)
  const n = count.length
  const lift = over(count, n - LIFT_WEEKS, n) >= LEAST_MENTIONS ? seasonLift(y) : undefined
  const rise = over(count, n - RISE_WEEKS, n) >= LEAST_MENTIONS ? structuralRise(y) : undefined
  const [k, e] = [over(count, n - 26, n), over(exposure, n - 26, n)]
  const [k0, e0] = [over(count, n - RISE_WEEKS, n - YEAR), over(exposure, n - RISE_WEEKS, n - YEAR)]
  const sure = e0 > 0 ? 2 * gammaTail(1 + k, 1 + (k0 * e) / e0, 1) - 1 : 0
  return {
    ...(lift === undefined ? {} : { lift }),
    ...(rise === undefined ? {} : { rise: rise > 0 ? rise * Math.max(0, sure) : rise }),
  }
}

const BURST_SCALE = 3
const BURST_COST = 0.5

/**
 * The second opinion: Kleinberg's two-state automaton for batched arrivals (J. Kleinberg, "Bursty and hierarchical
 * structure in streams", KDD 2002, §4), s = 3, γ = .5, solved by Viterbi. Returns for each week whether the cheapest
 * explanation has it in the burst state; a silent week costs nothing in either.
 */
export function kleinbergBursts({ count, exposure }: Counts): boolean[] {
  const n = count.length
  const total = count.reduce((a, b) => a + b, 0)
  const said = exposure.reduce((a, b) => a + b, 0)
  if (!n || total === 0 || said === 0) return count.map(() => false)
  const base = Math.min(total / said, 0.5)
  const rates = [base, Math.min(base * BURST_SCALE, 0.9999)] as const
  const up = BURST_COST * Math.log(n)
  const cost = (rate: number, t: number): number => {
    const [r, d] = [count[t] ?? 0, Math.max(exposure[t] ?? 0, count[t] ?? 0)]
    return d === 0 ? 0 : -(logChoose(d, r) + r * Math.log(rate) + (d - r) * Math.log(1 - rate))
  }
  // Cheapest way to be in each state so far; the automaton starts quiet, and falling back is free.
  let [quiet, bursting] = [0, Number.POSITIVE_INFINITY]
  const cameFrom: [0 | 1, 0 | 1][] = []
  for (let t = 0; t < n; t++) {
    const toQuiet: 0 | 1 = bursting < quiet ? 1 : 0
    const toBurst: 0 | 1 = quiet + up < bursting ? 0 : 1
    cameFrom.push([toQuiet, toBurst])
    const [a, b] = [Math.min(quiet, bursting), Math.min(quiet + up, bursting)]
    quiet = a + cost(rates[0], t)
    bursting = b + cost(rates[1], t)
  }
  const states: boolean[] = []
  let state: 0 | 1 = bursting < quiet ? 1 : 0
  for (let t = n - 1; t >= 0; t--) {
    states[t] = state === 1
    state = cameFrom[t]?.[state] ?? 0
  }
  return states
}

/** What the burst state counts beside the ratio: a tie-break and little more. */
const STATE_SHARE = 0.1

/** By which bursts are ordered: the shrunk ratio, and beside it whether the second opinion has the week in a burst. */
export const burstScore = (burst: number, inBurst: boolean): number => burst + (inBurst ? STATE_SHARE : 0)

/** What a rise counts beside a season that is coming: on three real panels better than either, and than fused ranks. */
const RISE_SHARE = 0.35
/** A burst that is surer than not beside them; half of it where the second opinion doubts it. */
const BURST_SHARE = 0.5

/**
 * One number to order terms by: lift + .35 rise + .5 burst, all logarithms of a ratio. What is not known adds nothing.
 * @param burst of a term that is surer than not to burst, else null
 */
export const combinedScore = ({ lift, rise, burst }: Record<'lift' | 'rise' | 'burst', number | null>): number =>
  (lift ?? 0) + RISE_SHARE * (rise ?? 0) + BURST_SHARE * (burst ?? 0)

/** The k that damps the top of each list (Cormack, Clarke, Büttcher, SIGIR 2009). */
const FUSION = 60

/**
 * Reciprocal rank fusion: Σ 1 / (60 + rank) over the lists a key is on, best first. Ties are broken by the key, so
 * that the same data always gives the same order.
 */
export function fuseRanks(lists: readonly (readonly string[])[]): { key: string; score: number }[] {
  const scores = new Map<string, number>()
  for (const list of lists) list.forEach((key, i) => scores.set(key, (scores.get(key) ?? 0) + 1 / (FUSION + i + 1)))
  return [...scores]
    .map(([key, score]) => ({ key, score }))
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
}
