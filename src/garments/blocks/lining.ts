/**
 * Linings, from recipe 2 on: shorter than the shell, raised under the arm, with a pleat at the centre back. The rules are
 * Müller & Sohn's for women's and men's outerwear; amounts in mm.
 */
import { at, between, chain, distance, nearestOnSegment } from '../geometry.ts'
import type { Point } from '../types.ts'
import type { Drafted } from './engine.ts'
import type { Shape } from './types.ts'

/** How far the edge of a free lining lies above the finished edge of the shell, and its own hem. */
export const LINING = { shorter: 25, hem: 20, raised: 12, pleat: 20, sleeve: 15 } as const

/** Long edges are cut this finely before they are moved, mm; points that leave a straight line by less are left out. */
const STEP = 12
const STRAIGHT = 0.02

/** An outline moved: what was straight may bend. */
function bent(ring: readonly Point[], move: (p: Point) => Point): Point[] {
  const fine = ring.flatMap((a, i) => {
    const b = at(ring, i + 1)
    const steps = Math.max(1, Math.ceil(distance(a, b) / STEP))
    return Array.from({ length: steps }, (_, k) => ({ p: move(between(a, b, k / steps)), own: k === 0 }))
  })
  const kept: Point[] = []
  fine.forEach(({ p, own }, i) => {
    const last = kept.at(-1)
    const next = at(fine, i + 1).p
    if (own || !last || nearestOnSegment(p, last, next).distance > STRAIGHT) kept.push(p)
  })
  return kept
}

/** A shape with every point moved: its outline and all its named points, so that they stay on it. */
export const moved = ({ ring, points }: Shape, move: (p: Point) => Point): Shape => ({
  ring: bent(ring, move),
  points: Object.fromEntries(Object.entries(points).map(([name, p]) => [name, move(p)])),
})

/** A part's outline with all of its points by name: what can be moved as one. */
export const wholePart = (d: Drafted, part: string, shape: Shape = { ring: d.ring(part), points: {} }): Shape => ({
  ring: shape.ring,
  points: { ...Object.fromEntries(d.names(part).map((name) => [name, d.point(part, name)])), ...shape.points },
})

/** Shortened evenly between two heights: what lies below the second is moved up whole, so side seams stay alike. */
export const shortened =
  (from: number, to: number, by: number = LINING.shorter) =>
  (p: Point): Point => ({
    x: p.x,
    y: p.y - by * Math.max(0, Math.min(1, (p.y - from) / Math.max(1, to - from))),
  })

/**
 * Raised round the underarm at this height, fading out 70 mm above and 160 mm below it.
 * @param reach where a body piece has its underarm: towards its centre nothing is moved from three quarters of it on
 */
export const raised =
  (height: number, reach?: number) =>
  (p: Point): Point => {
    const off = p.y - height
    const share = Math.max(0, 1 - (off < 0 ? -off / 70 : off / 160))
    const beside = reach === undefined ? 1 : Math.max(0, Math.min(1, (p.x / reach - 0.75) / 0.2))
    return { x: p.x, y: p.y - LINING.raised * share * beside }
  }

/** Lining of one half of a two-piece sleeve: raised under the arm, ending above the shell’s edge. @param shape the half, ended at its wrist */
export function sleeveLiningShape(d: Drafted, top: string, part: string, shape: Shape): Shape {
  const short = shortened(d.point(top, 'elbowRight').y, d.point(top, 'tsWristLeft').y, LINING.sleeve)
  const up = raised(d.point(top, 'tsLeftEdge').y)
  return moved(wholePart(d, part, shape), (p) => short(up(p)))
}

/**
 * A back with its centre seam straightened and set out by the depth of a pleat.
 * @param names the anchors round the piece: centre at the neck, a point of the armhole, side at the hem, centre at the hem
 */
export function pleated(shape: Shape, [neck, via, side, low]: readonly [string, string, string, string]): Shape {
  const at = (name: string): Point => {
    const p = shape.points[name]
    if (!p) throw new RangeError(`the back has no point ${name}`)
    return p
  }
  const x = Math.min(at(neck).x, at(low).x) - LINING.pleat
  const pleatTop = { x, y: at(neck).y }
  const pleatHem = { x, y: at(low).y }
  const round = chain(shape.ring, at(neck), at(side), at(via))
  const bottom = chain(shape.ring, at(side), at(low))
  return { ring: [pleatTop, ...round, ...bottom.slice(1), pleatHem], points: { ...shape.points, pleatTop, pleatHem } }
}
