/** The few words a garment's seams are declared with. {@link ./types.ts Way} says how an edge is written. */
import type { EaseKind } from './ease.ts'
import type { EdgePlan, OpenReason, SeamPlan, Way } from './types.ts'
import type { SeamId } from './words.ts'
import type { StitchKey } from '../blocks/common.ts'

type Ways = Way | readonly Way[]
const list = (ways: Ways): readonly Way[] => (typeof ways === 'string' ? [ways] : ways)

interface SeamOptions {
  kind?: EaseKind
  /** Left and right. */
  twice?: boolean
  caught?: Ways
  takeUp?: { a?: number; b?: number }
}

/** Two edges sewn together; both run the same way. */
export const sew = (
  id: SeamId,
  by: StitchKey,
  a: Ways,
  b: Ways,
  { kind = 'plain', twice = false, caught = [], takeUp = {} }: SeamOptions = {},
): SeamPlan => ({
  does: 'sewn',
  id,
  kind,
  a: list(a),
  b: list(b),
  caught: list(caught),
  twice,
  takeUp: { a: takeUp.a ?? 0, b: takeUp.b ?? 0 },
  by,
})

const edge = (
  does: EdgePlan['does'],
  id: SeamId,
  edges: Ways,
  rest: Partial<Pick<EdgePlan, 'twice' | 'by' | 'onto' | 'why'>>,
): EdgePlan => ({ does, id, edges: list(edges), twice: false, by: null, onto: null, why: null, ...rest })

interface EdgeOptions {
  twice?: boolean
}
/** Turned in and sewn down. */
export const hemmed = (id: SeamId, by: StitchKey, edges: Ways, options: EdgeOptions = {}): EdgePlan =>
  edge('hemmed', id, edges, { by, ...options })
/** A fold that stays, or an end closed across its fold. */
export const folded = (id: SeamId, edges: Ways, options: EdgeOptions = {}): EdgePlan =>
  edge('folded', id, edges, options)
/** Covered by a binding. */
export const bound = (id: SeamId, by: StitchKey, edges: Ways, options: EdgeOptions = {}): EdgePlan =>
  edge('bound', id, edges, { by, ...options })
/** Sewn on to the face of another piece. */
export const laid = (id: SeamId, by: StitchKey, edges: Ways, onto: string, options: EdgeOptions = {}): EdgePlan =>
  edge('laid', id, edges, { by, onto, ...options })
/** Left raw on purpose. */
export const open = (id: SeamId, why: OpenReason, edges: Ways, options: EdgeOptions = {}): EdgePlan =>
  edge('open', id, edges, { why, ...options })

/** The same way on the other half of the body. */
export const other = (way: Way): Way => (way.startsWith('~') ? way.slice(1) : `~${way}`)
const reversed = (way: Way): Way => {
  const at = way.indexOf(': ')
  return `${way.slice(0, at)}: ${way
    .slice(at + 2)
    .split(' > ')
    .toReversed()
    .join(' > ')}`
}
/** A chain that runs to the centre and on over the other half: a neckline, a waist. */
export const across = (...half: Way[]): Way[] => [...half, ...half.toReversed().map((way) => other(reversed(way)))]
