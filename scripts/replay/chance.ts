/** How well the chance of reaching a goal was told, on launches that nobody had seen when the belief was learned. */
import { NO_HISTORY } from '../../src/core/forecast.ts'
import { believed, ignorance, learn, probabilityOfGoal, type Goal } from '../../src/core/reach.ts'
import { DAY } from '../../src/core/values.ts'
import { forecastTarget } from './by-units.ts'
import { countAt, type Launch } from './sales.ts'

export const WINDOW_DAYS = 28
/** Goals as houses set them: units, and from how many people. */
export const GOALS: readonly Goal[] = [
  { units: 20, buyers: 3 },
  { units: 50, buyers: 5 },
  { units: 100, buyers: 8 },
]
export const ELAPSED = [0.1, 0.25, 0.5] as const
interface Told {
  probability: number
  reached: boolean
}

/** Mean of −ln of what was said of that which happened; a certainty that failed costs as much as one in a million. */
const logLoss = (told: readonly Told[]): number =>
  told.reduce((sum, { probability, reached }) => {
    const said = Math.min(1 - 1e-6, Math.max(1e-6, probability))
    return sum - Math.log(reached ? said : 1 - said)
  }, 0) / told.length

export interface Calibration {
  from: number
  to: number
  told: number
  /** Mean of what was said, and the share that came true. */
  said: number | null
  came: number | null
}

const mean = (values: readonly number[]): number | null =>
  values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null

const BINS = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1] as const
const calibrationOf = (told: readonly Told[]): Calibration[] =>
  BINS.slice(1).map((to, index) => {
    const from = BINS[index] ?? 0
    const within = told.filter(({ probability: p }) => p >= from && (p < to || to === 1))
    return {
      from,
      to,
      told: within.length,
      said: mean(within.map(({ probability }) => probability)),
      came: mean(within.map(({ reached }) => Number(reached))),
    }
  })

export interface ChanceReplay {
  learnedFrom: number
  judged: number
  /** Share of all goals that were reached. */
  reached: number
  at: {
    elapsed: number
    /** Log loss of the rule, of the same rule before anything has closed, of counting units, of always saying the usual. */
    rule: number
    ignorant: number
    byUnits: number
    usual: number
    /** Rule over counting units. */
    ratio: number
    calibration: Calibration[]
  }[]
}

/**
 * Learn from the launches whose window was over at `split`, tell of those that began after it.
 * @param split a moment; nothing that happened later is known to the rule
 */
export function replayChance(launches: readonly Launch[], split: Date): ChanceReplay {
  const earlier = launches
    .filter(({ at }) => at.getTime() + WINDOW_DAYS * DAY <= split.getTime())
    .map((launch) => countAt(launch, WINDOW_DAYS, 1))
  const later = launches.filter(({ at }) => at >= split)
  const belief = learn(earlier)
  const came = ({ units, buyers }: { units: number; buyers: number }, goal: Goal) =>
    units >= goal.units && buyers >= goal.buyers
  const usual = GOALS.map((goal) => mean(earlier.map((past) => Number(came(past, goal)))) ?? 0.5)
  const ends = later.map((launch) => countAt(launch, WINDOW_DAYS, 1))
  const tell = (elapsed: number, say: (now: { buyers: number; units: number }, goal: Goal, at: number) => number) =>
    later.flatMap((launch, index) => {
      const now = countAt(launch, WINDOW_DAYS, elapsed)
      const end = ends[index] ?? now
      return GOALS.map((goal, at): Told => ({ probability: say(now, goal, at), reached: came(end, goal) }))
    })
  const reached = mean(ends.flatMap((end) => GOALS.map((goal) => Number(came(end, goal))))) ?? 0
  return {
    learnedFrom: earlier.length,
    judged: later.length,
    reached,
    at: ELAPSED.map((elapsed) => {
      const told = tell(elapsed, (now, goal) => probabilityOfGoal(believed(belief, goal), now, elapsed, goal))
      const ignorant = tell(elapsed, (now, goal) => probabilityOfGoal(ignorance(goal), now, elapsed, goal))
      const byUnits = tell(
        elapsed,
        ({ units }, goal) => forecastTarget(NO_HISTORY, { units, elapsed, target: goal.units }).probability,
      )
      const rule = logLoss(told)
      return {
        elapsed,
        rule,
        ignorant: logLoss(ignorant),
        byUnits: logLoss(byUnits),
        usual: logLoss(tell(elapsed, (_, __, at) => usual[at] ?? 0.5)),
        ratio: rule / logLoss(byUnits),
        calibration: calibrationOf(told),
      }
    }),
  }
}
