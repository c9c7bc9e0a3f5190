/**
 * A production order's life in one table: in whose hands it is and where it may go from there. Every list of an order's
 * states, in the tables, the stages and the pages, is read from here.
 */
import { lifeOf, type Transitions } from '../../core/states.ts'

/** Nobody's yet; a factory's, who may still give it back; on its way; at its end. */
type Phase = 'sought' | 'in-hand' | 'on-its-way' | 'over'

/** Both sides agreed to call it off: another factory is sought, or its buyers are let go. */
const CALLED_OFF = ['placing', 'cancelled'] as const

/**
 * Stages of making may be skipped, since not every factory reports each; the one way back is from a failed check to
 * finishing. Where an order may go from `on-hold` depends on where it was held (7-production/model.ts).
 */
const LIFE = {
  placing: { phase: 'sought', next: ['accepted', 'unplaced'] },
  unplaced: { phase: 'sought', next: ['placing', 'cancelled'] },
  accepted: {
    phase: 'in-hand',
    next: [
      'materials',
      'cutting',
      'sewing',
      'finishing',
      'quality-check',
      'on-hold',
      'shipped',
      'delivered',
      ...CALLED_OFF,
    ],
  },
  materials: {
    phase: 'in-hand',
    next: ['cutting', 'sewing', 'finishing', 'quality-check', 'on-hold', 'shipped', 'delivered', ...CALLED_OFF],
  },
  cutting: {
    phase: 'in-hand',
    next: ['sewing', 'finishing', 'quality-check', 'on-hold', 'shipped', 'delivered', ...CALLED_OFF],
  },
  sewing: {
    phase: 'in-hand',
    next: ['finishing', 'quality-check', 'on-hold', 'shipped', 'delivered', ...CALLED_OFF],
  },
  finishing: { phase: 'in-hand', next: ['quality-check', 'on-hold', 'shipped', 'delivered', ...CALLED_OFF] },
  'quality-check': { phase: 'in-hand', next: ['finishing', 'on-hold', 'shipped', 'delivered', ...CALLED_OFF] },
  'on-hold': {
    phase: 'in-hand',
    next: ['materials', 'cutting', 'sewing', 'finishing', 'quality-check', 'shipped', 'delivered', ...CALLED_OFF],
  },
  shipped: { phase: 'on-its-way', next: ['delivered'] },
  delivered: { phase: 'over', next: [] },
  cancelled: { phase: 'over', next: [] },
} as const satisfies Record<string, { phase: Phase; next: readonly string[] }>

export type OrderState = keyof typeof LIFE

export const ORDER_STATES = Object.keys(LIFE) as [OrderState, ...OrderState[]]
export const ORDER_MOVES: Transitions<OrderState> = lifeOf(ORDER_STATES, (state) => LIFE[state].next)

const those = (...phases: readonly Phase[]): readonly OrderState[] =>
  ORDER_STATES.filter((state) => phases.includes(LIFE[state].phase))

/** No factory makes it. */
export const SOUGHT = those('sought')
/** It takes up a factory's capacity, and may be called off. */
export const IN_HAND = those('in-hand')
export const isInHand = (state: OrderState): boolean => IN_HAND.includes(state)
/** Being made, or on its way: it can still be late. */
export const UNDER_WAY = those('in-hand', 'on-its-way')
/** Nothing more happens to it. */
export const OVER = those('over')
/** How an order is made when nothing stops it: what its page shows it on. */
export const COURSE: readonly OrderState[] = ORDER_STATES.filter(
  (state) => state === 'delivered' || (UNDER_WAY.includes(state) && state !== 'on-hold'),
)
/** What a factory may report on an order that it took. */
export type ReportedState = Exclude<OrderState, 'placing' | 'unplaced' | 'accepted' | 'cancelled'>
const isReported = (state: OrderState): state is ReportedState =>
  state !== 'accepted' && (COURSE.includes(state) || state === 'on-hold')
export const REPORTED_STATES: readonly ReportedState[] = [...COURSE.filter((state) => isReported(state)), 'on-hold']
