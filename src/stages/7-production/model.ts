import { z } from 'zod'
import { canMove, lifeOf, type Transitions } from '../../core/states.ts'
import { oneLine, paragraphs } from '../../core/typed.ts'
import { DAY } from '../../core/values.ts'
import { COURSE, ORDER_MOVES, REPORTED_STATES, type OrderState, type ReportedState } from '../6-dispatch/door.ts'

/** `accepted` is where every report starts from. */
export type MakingState = 'accepted' | ReportedState
type Reached = Exclude<MakingState, 'on-hold'>
const isReached = (state: OrderState): state is Reached => COURSE.includes(state)
const REACHED = COURSE.filter((state) => isReached(state))

/** An order's moves while it is made; where it may go from `on-hold` depends on where it was held: see {@link step}. */
export const MAKING_MOVES: Transitions<Reached> = lifeOf(REACHED, (state) =>
  ORDER_MOVES[state].filter((next) => isReached(next)),
)

export const START_OR_REPORTED: readonly OrderState[] = ['accepted', ...REPORTED_STATES]

/** Garments that have left cannot be put on hold. */
const isHoldable = (state: Reached): boolean => canMove(ORDER_MOVES, state, 'on-hold')

const parcel = z.strictObject({
  carrier: oneLine(1, 100),
  trackingNumber: oneLine(1, 100),
  units: z.int().min(1).max(1_000_000).optional(),
})

/** Good pieces by variant. */
export const piecesSchema = z
  .array(
    z.strictObject({ size: z.string().min(1).max(20), colourway: z.string().min(1).max(60), quantity: z.int().min(0) }),
  )
  .min(1)
  .max(500)

export const reportSchema = z.object({
  /** The sender's own id: a report repeated under it changes nothing. */
  reportId: oneLine(1, 200),
  /** Counts up per order. People in the portal leave it out: it is given on arrival. */
  sequence: z.int().min(1).max(1_000_000).optional(),
  state: z.enum(REPORTED_STATES),
  at: z.iso.datetime({ offset: true }).optional(),
  note: paragraphs(0, 2000).optional(),
  details: z
    .strictObject({
      parcels: z.array(parcel).max(50),
      inspected: z.int().min(0).max(1_000_000),
      defects: z.int().min(0).max(1_000_000),
      passed: z.boolean(),
      percent: z.number().min(0).max(100),
      expectedAt: z.iso.datetime({ offset: true }),
    })
    .partial()
    .default({}),
})
export type Report = z.infer<typeof reportSchema>

/** Where an order stands: on hold, it remembers from where. */
export interface Standing {
  state: MakingState
  /** The furthest state but `on-hold`. */
  reached: Reached
  /** The sequence number of the last report that counted. */
  sequence: number
}

export const START: Standing = { state: 'accepted', reached: 'accepted', sequence: 0 }

/** One report applied, or undefined where it leads backwards and does not count. A repeated state counts (news). */
export function step(from: Standing, report: { state: ReportedState; sequence: number }): Standing | undefined {
  const { state, sequence } = report
  if (state === 'on-hold') return isHoldable(from.reached) ? { ...from, state, sequence } : undefined
  if (state !== from.reached && !canMove(MAKING_MOVES, from.reached, state)) return undefined
  return { state, reached: state, sequence }
}

/**
 * Where a set of reports leads: by sequence number (equal ones by report id), each applied if it does not lead
 * backwards. A function of the set alone, so that no order of arrival and no repetition changes the end.
 */
export function standingAfter(
  reports: readonly { reportId: string; state: ReportedState; sequence: number }[],
): Standing {
  const inOrder = [...reports].sort((a, b) => a.sequence - b.sequence || (a.reportId < b.reportId ? -1 : 1))
  return inOrder.reduce((standing, report) => step(standing, report) ?? standing, START)
}

/** A stored row as a report. */
export const asReport = (row: { reportId: string; state: string; sequence: number }) => ({
  reportId: row.reportId,
  state: row.state as ReportedState,
  sequence: row.sequence,
})

/** Share of the lead time that each stage takes, from accepted to shipped: the house's planning figures. */
const SHARES: readonly (readonly [state: MakingState, share: number])[] = [
  ['accepted', 0.15],
  ['materials', 0.2],
  ['cutting', 0.15],
  ['sewing', 0.3],
  ['finishing', 0.1],
  ['quality-check', 0.1],
]

/**
 * When the garments will be with their buyers if everything still to do takes as long as planned. The stage under
 * way may have used its time up, but is not over before now.
 * @param since when the present stage began
 */
export function expectedDelivery(plan: {
  reached: MakingState
  since: Date
  now: Date
  leadDays: number
  shippingDays: number
}): Date {
  const { reached, since, now, leadDays, shippingDays } = plan
  const shipping = shippingDays * DAY
  if (reached === 'delivered') return since
  if (reached === 'shipped') return new Date(Math.max(since.getTime() + shipping, now.getTime()))
  const at = SHARES.findIndex(([state]) => state === reached)
  const [under = 0, ...later] = SHARES.slice(Math.max(0, at)).map(([, share]) => share * leadDays * DAY)
  const finished = Math.max(since.getTime() + under, now.getTime())
  return new Date(finished + later.reduce((sum, time) => sum + time, 0) + shipping)
}
