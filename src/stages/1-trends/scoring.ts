/**
 * Three scores, shown apart: is its season coming, is it rising over the years, is it bursting now. Pure: numbers in,
 * numbers out. A series ends with the week that is scored (index length − 1 = t); `undefined` is a week without data,
 * which is neither a fall nor a rise.
 */
import { gammaTail, logChoose } from '../../core/special.ts'

export type Weekly = readonly (number | undefined)[]

/** L(x) = ln(x + 1): a rise from 2 to 4 and one from 20 to 40 count alike, and nothing is minus infinity. */
const L = (x: number): number => Math.log(x + 1)

/** Mean over weeks t−from … t−to (from ≥ to); undefined where more than half of them have no data. */
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
  return known * 2 >= from - to + 1 && known > 0 ? sum / known : undefined
}

/** L m(t−from … t−to) − L m(t−before … t−until) */
function change(y: Weekly, [from, to]: [number, number], [before, until]: [number, number]): number | undefined {
  const [now, then] = [mean(y, from, to), mean(y, before, until)]
  return now === undefined || then === undefined ? undefined : L(now) - L(then)
}

const known = (values: readonly (number | undefined)[]): number[] => values.filter((v) => v !== undefined)
const average = (values: readonly number[]): number | undefined =>
  values.length ? values.reduce((a, b) => a + b, 0) / values.length : undefined

const LIFT_WEEKS = 104
const RISE_WEEKS = 78
/** Found on three real panels to be flat between .3 and .8. */
const MOMENTUM_WEIGHT = 0.6

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
  const momentum = [0, 1, 2].map((k) => change(y, [52 * k + 3, 52 * k], [52 * k + 51, 52 * k]))
  const season = average(seasons)
  if (season === undefined) return undefined
  const before = average(known(momentum.slice(1)))
  const now = momentum[0]
  return season + (now === undefined || before === undefined ? 0 : MOMENTUM_WEIGHT * (now - before))
}

/**
 * Structural rise: ½ YoY13 + ½ YoY26, with YoYj = L m(last j weeks) − L m(the same j weeks a year before).
 * Needs 78 weeks.
 */
export function structuralRise(y: Weekly): number | undefined {
  if (y.length < RISE_WEEKS) return undefined
  const quarter = change(y, [12, 0], [64, 52])
  const half = change(y, [25, 0], [77, 52])
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
  let [recent, expected, based] = [0, 0, 0]
  for (const { count, exposure } of sources) {
    const t = count.length - 1
    let [k0, e0] = [0, 0]
    for (let i = Math.max(0, t - BASELINE_FROM); i <= t - BASELINE_TO; i++) {
      k0 += count[i] ?? 0
      e0 += exposure[i] ?? 0
    }
    if (e0 <= 0) continue
    based++
    const rate = (k0 + 0.5) / (e0 + 1)
    BURST_WEIGHTS.forEach((weight, i) => {
      recent += weight * (count[t - i] ?? 0)
      expected += weight * rate * (exposure[t - i] ?? 0)
    })
  }
  if (!based) return undefined
  return {
    recent,
    expected,
    burst: Math.log((recent + PRIOR) / (expected + PRIOR)),
    confidence: gammaTail(PRIOR + recent, PRIOR + expected, RATIO),
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
