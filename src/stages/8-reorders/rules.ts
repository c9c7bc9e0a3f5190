/**
 * The stage's rules, each to be asked about a table of one's own: a row in, a verdict out, without a campaign or a
 * database. The line asks the very same functions about its own figures.
 */
import { z } from 'zod'
import { firstLotUnits, fitRate, reorderUnits } from '../../core/forecast.ts'
import { believed, chanceOfGoal, learn, type Count } from '../../core/reach.ts'
import { DAY } from '../../core/values.ts'
import { loserInputs, SERVICE_LEVEL } from './model.ts'

const count = z.coerce.number().int().min(0).max(1e9)
const days = z.coerce.number().positive().max(3660)
const share = z.coerce.number().min(0).max(1)
const ratio = z.coerce.number().min(0.01).max(0.99).default(SERVICE_LEVEL)

/** A campaign that is over, as a row of the history that beliefs are learned from. */
export const pastRow = z.object({ buyers: count, units: count, days: days.default(28) })
export type PastRow = z.infer<typeof pastRow>

interface Rule<I extends z.ZodObject> {
  /** The columns of its table; more are left alone. */
  row: I
  decide: (row: z.infer<I>, past: readonly PastRow[]) => Record<string, unknown>
}
const rule = <I extends z.ZodObject>(made: Rule<I>): Rule<I> => made

const perDay = (past: readonly PastRow[]) => fitRate(past.map(({ units, days: time }) => ({ units, time })))
const launches = (past: readonly PastRow[]): Count[] => past.map(({ buyers, units }) => ({ buyers, units }))

/** Will it reach its goal? `elapsed` is the share of the window that has gone. */
const reach = rule({
  row: z.object({
    elapsed: share,
    buyers: count,
    units: count,
    goal_units: count.min(1),
    goal_buyers: count.default(0),
  }),
  decide: ({ elapsed, buyers, units, goal_units, goal_buyers }, past) => {
    const goal = { units: goal_units, buyers: goal_buyers }
    return { ...chanceOfGoal(believed(learn(launches(past)), goal), { buyers, units }, elapsed, goal) }
  },
})

/** Is it losing, so that its buyers need not wait for the end? */
const stop = rule({
  row: z.object({
    days: z.coerce.number().min(0).max(3660),
    window_days: days,
    orders: count,
    units: count,
    goal_units: count.min(1),
    goal_buyers: count.default(0),
    usual_units_per_order: z.coerce.number().positive().default(1),
  }),
  decide: (row, past) => {
    const opensAt = new Date(0)
    const at = (day: number) => new Date(day * DAY)
    const found = loserInputs(
      {
        opensAt,
        now: at(row.days),
        closesAt: at(row.window_days),
        thresholdUnits: row.goal_units,
        minBuyers: row.goal_buyers,
        sales: row.orders ? [{ at: opensAt, orders: row.orders, units: row.units }] : [],
        learned: learn(launches(past)),
      },
      row.usual_units_per_order,
    )
    return found ? { ...found } : { verdict: 'go on' }
  },
})

/**
 * Reorder now, and how many? Up to S, the service level's quantile of the demand until the next reorder could arrive, as
 * soon as at least `min_units` are missing of it.
 */
const reorder = rule({
  row: z.object({
    window_units: count,
    window_days: days,
    in_stock: count.default(0),
    on_order: count.default(0),
    every_days: days.default(7),
    lead_days: days,
    min_units: count.default(1),
    ratio,
  }),
  decide: (row, past) => {
    const upTo = reorderUnits({
      rate: perDay(past),
      windowUnits: row.window_units,
      windowDays: row.window_days,
      everyDays: row.every_days,
      leadDays: row.lead_days,
      ratio: row.ratio,
    })
    const missing = upTo - row.in_stock - row.on_order
    const due = missing > 0 && missing >= row.min_units
    return { upTo, below: Math.max(0, upTo - Math.max(1, row.min_units) + 1), units: due ? missing : 0, due }
  },
})

/** How many to have made at once, where a first lot has to be larger than what is sold by then. */
const firstLot = rule({
  row: z.object({
    units: count,
    days,
    horizon_days: days,
    cancel_rate: z.coerce.number().min(0).max(0.95).default(0),
    moq: count.default(1),
    ratio,
  }),
  decide: (row, past) => ({
    units: firstLotUnits({
      rate: perDay(past),
      units: row.units,
      days: row.days,
      horizonDays: row.horizon_days,
      ratio: row.ratio,
      cancelRate: row.cancel_rate,
      moq: row.moq,
    }),
  }),
})

export const RULES = { reach, stop, reorder, 'first-lot': firstLot } as const
export type RuleName = keyof typeof RULES
export const RULE_NAMES = Object.keys(RULES) as RuleName[]
