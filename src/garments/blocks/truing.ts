/**
 * Truing, from recipe 2 on: pieces that the designs draft by rule of thumb are brought to the length of what they are sewn
 * to, and upper layers are made larger by the turn of the cloth.
 */
import { chain, lengthOf } from '../geometry.ts'
import type { Point } from '../types.ts'
import { moved } from './lining.ts'
import type { Shape } from './types.ts'

/** Length along a shape's outline from point to point, each leg the shorter way, mm. @throws RangeError for a name it lacks */
export function along({ ring, points }: Shape, ...names: string[]): number {
  const at = (name: string): Point => {
    const p = points[name]
    if (!p) throw new RangeError(`the shape has no point ${name}`)
    return p
  }
  return names.slice(1).reduce((sum, name, i) => sum + lengthOf(chain(ring, at(names[i] ?? ''), at(name))), 0)
}

/** Wider or narrower about a vertical. */
export const widened = (shape: Shape, factor: number, about = 0): Shape =>
  moved(shape, ({ x, y }) => ({ x: about + (x - about) * factor, y }))

/** Factors that differ by less are one. */
const CLOSE = 1e-5
/** Widen a shape until a length on it is what it should be, mm. */
export function trued(shape: Shape, length: (shape: Shape) => number, target: number, about = 0): Shape {
  let factor = 1
  for (let round = 0; round < 12; round++) {
    const step = target / length(widened(shape, factor, about))
    factor *= step
    if (Math.abs(step - 1) < CLOSE) break
  }
  return widened(shape, factor, about)
}

/**
 * The upper of two layers that are turned over one another: nothing is added where it is sewn to its stand, the turn of the
 * cloth along its outer edge.
 * @param seat height of the edge it is sewn on with; `outer` height of its outer edge
 * @param mm how much longer it lies: about one and a half times the thickness of the cloth
 */
export function turnedOver(shape: Shape, { seat, outer, mm }: { seat: number; outer: number; mm: number }): Shape {
  const xs = shape.ring.map(({ x }) => x)
  const half = Math.max(1, (Math.max(...xs) - Math.min(...xs)) / 2)
  const middle = (Math.max(...xs) + Math.min(...xs)) / 2
  const sign = Math.sign(outer - seat)
  return moved(shape, ({ x, y }) => {
    const share = Math.max(0, Math.min(1, (y - seat) / (outer - seat)))
    return { x: x + ((x - middle) / half) * mm * share, y: y + sign * mm * share }
  })
}
/**
 * The same, turned no further than an edge that is sewn can be eased by: where cloth is thick, a collar's gorge and seat would
 * come out longer than what they meet.
 * @param seam the points along that edge; `by` how much longer it may get, mm
 */
export function turnedWithin(
  shape: Shape,
  { seat, outer, mm }: { seat: number; outer: number; mm: number },
  { seam, by }: { seam: readonly string[]; by: number },
): Shape {
  const was = along(shape, ...seam)
  let turn = mm
  for (let round = 0; round < 4; round++) {
    const grown = along(turnedOver(shape, { seat, outer, mm: turn }), ...seam) - was
    if (grown <= by) break
    turn *= by / grown
  }
  return turnedOver(shape, { seat, outer, mm: turn })
}
/** Turn of cloth, mm: one and a half thicknesses, and no less than a fold of poplin needs. */
export const turnOf = (thickMm: number): number => Math.max(0.5, Math.min(4, 1.5 * thickMm))

/**
 * Move what lies above a line up or down, left and right of it by factors of their own that pass into each other between
 * two points: a raglan sleeve whose front and back edge are brought to the body's.
 */
export function lifted(
  shape: Shape,
  { base, left, right, factors }: { base: number; left: number; right: number; factors: readonly [number, number] },
): Shape {
  return moved(shape, ({ x, y }) => {
    if (y >= base) return { x, y }
    const share = Math.max(0, Math.min(1, (x - left) / Math.max(1, right - left)))
    const factor = factors[0] + (factors[1] - factors[0]) * share
    return { x, y: base + (y - base) * factor }
  })
}

/** One seam of a panel by its points from the underarm to the hem, and how long what it is sewn to is, mm. */
export interface HungSeam {
  seam: readonly string[]
  target: number
}
/**
 * A panel between two seams, let down or taken up at the corners of its hem until each seam is as long as what it is sewn
 * to: at the waist half of it, nothing above `top`. Its hem runs on from its neighbours'.
 * @param left its seam of smaller x
 */
export function hung(shape: Shape, top: number, { left, right }: { left: HungSeam; right: HungSeam }): Shape {
  const corner = ({ seam }: HungSeam): Point => shape.points[seam.at(-1) ?? ''] ?? { x: 0, y: 0 }
  const [l, r] = [corner(left), corner(right)]
  const low = (l.y + r.y) / 2
  const by = { left: 0, right: 0 }
  const made = (): Shape =>
    moved(shape, ({ x, y }) => {
      const down = Math.max(0, Math.min(1, (y - top) / (low - top)))
      const across = Math.max(0, Math.min(1, (x - l.x) / (r.x - l.x)))
      return { x, y: y + down * (by.left + (by.right - by.left) * across) }
    })
  for (let round = 0; round < 4; round++) {
    const now = made()
    by.left += left.target - along(now, ...left.seam)
    by.right += right.target - along(now, ...right.seam)
  }
  return made()
}
