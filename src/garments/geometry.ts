/** Plane geometry of pattern pieces: closed outlines as point lists, mm, y downwards; last point ≠ first. */
import { EndType, FillRule, inflatePathsD, JoinType, unionD } from 'clipper2-ts'
import type { Point } from './types.ts'

/** A cubic or straight path as the pattern engine stores it. */
export interface PathOp {
  type: 'move' | 'line' | 'curve' | 'close' | 'noop'
  to?: Point
  cp1?: Point
  cp2?: Point
}

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
export const between = (a: Point, b: Point, t: number): Point => ({
  x: a.x + (b.x - a.x) * t,
  y: a.y + (b.y - a.y) * t,
})
/** Item of a ring, counted round in both directions. */
export function at<T>(ring: readonly T[], index: number): T {
  const item = ring[((index % ring.length) + ring.length) % ring.length]
  if (item === undefined) throw new RangeError('an empty ring has no items')
  return item
}

/** Length of an open line. */
export function lengthOf(line: readonly Point[]): number {
  let sum = 0
  for (let i = 1; i < line.length; i++) sum += distance(at(line, i - 1), at(line, i))
  return sum
}

/** The point so far along an open line; its end where the line is shorter. */
export function pointAlong(line: readonly Point[], mm: number): Point {
  let left = mm
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [at(line, i - 1), at(line, i)]
    const step = distance(a, b)
    if (left <= step) return between(a, b, step ? left / step : 0)
    left -= step
  }
  return at(line, -1)
}

/** Shoelace area, mm²; positive when the outline runs clockwise on a sheet with y downwards. */
export function signedArea(ring: readonly Point[]): number {
  let twice = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    twice += a.x * b.y - b.x * a.y
  }
  return twice / 2
}
export const areaOf = (ring: readonly Point[]): number => Math.abs(signedArea(ring))

export interface Box {
  x0: number
  y0: number
  x1: number
  y1: number
}
export function boxOf(points: readonly Point[]): Box {
  const box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity }
  for (const p of points) {
    box.x0 = Math.min(box.x0, p.x)
    box.y0 = Math.min(box.y0, p.y)
    box.x1 = Math.max(box.x1, p.x)
    box.y1 = Math.max(box.y1, p.y)
  }
  return box
}

/** Whether a point lies in a box, or no farther outside it than so many mm. */
export const inBox = ({ x0, y0, x1, y1 }: Box, { x, y }: Point, mm = 0): boolean =>
  x >= x0 - mm && x <= x1 + mm && y >= y0 - mm && y <= y1 + mm

/** Signed distance of p from the line a→b (positive on its right when y points down). */
function side(p: Point, a: Point, b: Point): number {
  const length = distance(a, b) || 1
  return ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / length
}

/** The point of the segment a–b nearest to p, and how far it is. */
export function nearestOnSegment(p: Point, a: Point, b: Point): { point: Point; distance: number; t: number } {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const t = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)))
  const point = between(a, b, t)
  return { point, distance: distance(p, point), t }
}

/**
 * A little more than nothing: what is compared by its square may be off by the last digit, and a tie must fall as it
 * does when distances are compared.
 */
const JUST_MORE = 1 + 1e-9

/**
 * The point of a closed outline nearest to p, with the edge it lies on and how far along that, 0–1. Most of drafting is
 * this question, so an edge that is farther is passed over without a root and without an object.
 */
export function nearestOnRing(
  p: Point,
  ring: readonly Point[],
): { point: Point; distance: number; edge: number; t: number } {
  let from = at(ring, 0)
  let best = Infinity
  let square = Infinity
  const found = { point: from, distance: Infinity, edge: 0, t: 0 }
  for (let i = 0; i < ring.length; i++) {
    const to = at(ring, i + 1)
    const dx = to.x - from.x
    const dy = to.y - from.y
    const t = Math.max(0, Math.min(1, ((p.x - from.x) * dx + (p.y - from.y) * dy) / (dx * dx + dy * dy || 1)))
    const x = from.x + dx * t
    const y = from.y + dy * t
    const offX = p.x - x
    const offY = p.y - y
    const away = offX * offX + offY * offY
    if (away <= square * JUST_MORE) {
      const off = Math.hypot(offX, offY)
      if (off < best) {
        best = off
        square = away
        found.point = { x, y }
        found.edge = i
        found.t = t
      }
    }
    from = to
  }
  found.distance = best
  return found
}

/** Whether a point lies inside a closed outline (even-odd rule). */
export function inside(outline: readonly Point[], p: Point): boolean {
  let odd = false
  for (let i = 0; i < outline.length; i++) {
    const [a, b] = [at(outline, i), at(outline, i + 1)]
    if (a.y > p.y !== b.y > p.y && p.x < a.x + ((p.y - a.y) / (b.y - a.y)) * (b.x - a.x)) odd = !odd
  }
  return odd
}

/** Reflect p in the line a–b. */
export function mirror(p: Point, a: Point, b: Point): Point {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const t = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)
  return { x: 2 * (a.x + t * dx) - p.x, y: 2 * (a.y + t * dy) - p.y }
}

/**
 * The largest loop of a path as points; curves are cut so finely that no chord leaves its curve by more than
 * 0.15 mm, which is below what a plotter draws.
 */
export function flatten(ops: readonly PathOp[]): Point[] {
  const loops: Point[][] = []
  let loop: Point[] = []
  let from: Point = { x: 0, y: 0 }
  for (const op of ops) {
    if (op.type === 'move' && op.to) {
      if (loop.length) loops.push(loop)
      loop = [{ x: op.to.x, y: op.to.y }]
      from = op.to
    } else if (op.type === 'line' && op.to) {
      loop.push({ x: op.to.x, y: op.to.y })
      from = op.to
    } else if (op.type === 'curve' && op.to && op.cp1 && op.cp2) {
      // Chord error of a cubic cut in n: at most |second difference| · √3/ (9 n²) … bounded here by d / (8 n²) · 6.
      const bend = Math.max(
        Math.hypot(from.x - 2 * op.cp1.x + op.cp2.x, from.y - 2 * op.cp1.y + op.cp2.y),
        Math.hypot(op.cp1.x - 2 * op.cp2.x + op.to.x, op.cp1.y - 2 * op.cp2.y + op.to.y),
      )
      const n = Math.max(2, Math.min(60, Math.ceil(Math.sqrt((0.75 * bend) / 0.15))))
      for (let i = 1; i <= n; i++) {
        const t = i / n
        const u = 1 - t
        const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
        loop.push({
          x: a * from.x + b * op.cp1.x + c * op.cp2.x + d * op.to.x,
          y: a * from.y + b * op.cp1.y + c * op.cp2.y + d * op.to.y,
        })
      }
      from = op.to
    }
  }
  if (loop.length) loops.push(loop)
  return loops.reduce<Point[]>((best, next) => (areaOf(next) > areaOf(best) ? next : best), loops[0] ?? [])
}

/** Without doubled points, turned clockwise. */
export function tidy(ring: readonly Point[]): Point[] {
  const out: Point[] = []
  for (const p of ring) {
    const last = out.at(-1)
    if (!last || distance(last, p) > 0.05) out.push(p)
  }
  while (out.length > 1 && distance(at(out, 0), at(out, -1)) <= 0.05) out.pop()
  return signedArea(out) < 0 ? out.reverse() : out
}

/**
 * The part of a closed outline from one point to another, ends included.
 * @param via a point it must pass; without one the shorter way round is taken
 */
export function chain(ring: readonly Point[], from: Point, to: Point, via?: Point): Point[] {
  const points = [...ring]
  const place = (p: Point): void => {
    const spot = nearestOnRing(p, points)
    const ends = [at(points, spot.edge), at(points, spot.edge + 1)]
    if (ends.every((end) => distance(end, spot.point) > 0.05)) points.splice(spot.edge + 1, 0, spot.point)
  }
  place(from)
  place(to)
  const nearest = (p: Point): number =>
    points.reduce((best, q, i) => (distance(q, p) < distance(at(points, best), p) ? i : best), 0)
  const start = nearest(from)
  const end = nearest(to)
  const walk = (step: 1 | -1): Point[] => {
    const line = [at(points, start)]
    for (let i = start; i !== end;) {
      i = (i + step + points.length) % points.length
      line.push(at(points, i))
    }
    return line
  }
  const forward = walk(1)
  const back = walk(-1)
  if (!via) return lengthOf(forward) <= lengthOf(back) ? forward : back
  const reach = (line: Point[]): number =>
    Math.min(...line.slice(1).map((p, i) => nearestOnSegment(via, at(line, i), p).distance), Infinity)
  return reach(forward) <= reach(back) ? forward : back
}

/**
 * An outline without the dart cut into it: from one mouth point straight to the other. The mouth may be closed to a
 * point (a dart that ends at the hem), which is why the way is walked from the tip.
 */
export function bridgeDart(ring: readonly Point[], a: Point, b: Point, tip: Point): Point[] {
  const top = ring.reduce((best, q, i) => (distance(q, tip) < distance(at(ring, best), tip) ? i : best), 0)
  const walk = (step: 1 | -1): number => {
    for (let k = 1; k < ring.length; k++) {
      const q = at(ring, top + step * k)
      if (distance(q, a) < 0.3 || distance(q, b) < 0.3) return k
    }
    return 0
  }
  const [before, after] = [walk(-1), walk(1)]
  if (!before || !after) return [...ring]
  return Array.from({ length: ring.length - before - after + 1 }, (_, i) => at(ring, top + after + i))
}

/** An outline whose edges know how far outside them the cloth is cut; edge i runs from point i to point i + 1. */
export interface Outline {
  points: Point[]
  allowance: number[]
}

/** Give the edges of a chain their own allowance (a deeper hem, a raw edge). */
export function allow(outline: Outline, line: readonly Point[], mm: number): void {
  const box = boxOf(line)
  for (let i = 0; i < outline.points.length; i++) {
    const middle = between(at(outline.points, i), at(outline.points, i + 1), 0.5)
    if (!inBox(box, middle, 0.1)) continue
    for (let j = 1; j < line.length; j++)
      if (nearestOnSegment(middle, at(line, j - 1), at(line, j)).distance < 0.1) outline.allowance[i] = mm
  }
}

/** May the outline be opened along a–b? Only when the segment lies on it and the whole piece is on one side. */
export function isFold(ring: readonly Point[], a: Point, b: Point): boolean {
  let left = false
  let right = false
  for (const p of ring) {
    const s = side(p, a, b)
    if (s > 0.5) right = true
    if (s < -0.5) left = true
  }
  if (left && right) return false
  return [0.02, 0.5, 0.98].every((t) => nearestOnRing(between(a, b, t), ring).distance < 0.5)
}

/**
 * Open an outline along its fold.
 * @throws RangeError when a–b is not a fold of it (see {@link isFold})
 */
export function unfold(outline: Outline, a: Point, b: Point): Outline {
  const { points, allowance } = outline
  if (!isFold(points, a, b)) throw new RangeError('the fold does not lie on the outline')
  const on = points.map((p) => Math.abs(side(p, a, b)) < 0.5)
  // The fold is the run of points on the line; the rest of the outline starts where that run ends.
  const start = points.findIndex((_, i) => on[i] && !at(on, i + 1))
  const half: Point[] = []
  const sa: number[] = []
  for (let k = 0; k < points.length; k++) {
    const i = (start + k) % points.length
    half.push(at(points, i))
    if (k > 0 && at(on, i)) break
    sa.push(at(allowance, i))
  }
  // The two ends are put exactly on the line, so that the halves meet without a step.
  const onLine = (p: Point): Point => between(p, mirror(p, a, b), 0.5)
  half[0] = onLine(at(half, 0))
  half[half.length - 1] = onLine(at(half, -1))
  const other = half
    .slice(1, -1)
    .map((p) => mirror(p, a, b))
    .reverse()
  return { points: [...half, ...other], allowance: [...sa, ...[...sa].reverse()] }
}

/** The longest of some loops by area. */
const largest = (loops: readonly (readonly Point[])[]): Point[] =>
  loops.reduce<Point[]>((best, next) => (areaOf(next) > areaOf(best) ? [...next] : best), [])

/**
 * The cut line: the seam line moved outwards by each edge's allowance. Edges that share one allowance are moved
 * together with mitred corners; deeper hems are joined on, their side seams carried straight on.
 */
export function cutLine(outline: Outline): Point[] {
  const { points, allowance } = outline
  const least = Math.min(...allowance)
  const even = largest(inflatePathsD([points], least, JoinType.Miter, EndType.Polygon, 4, 3))
  if (allowance.every((mm) => mm === least)) return tidy(even)
  // Each edge's own parallel, met with its neighbours': right for hems; loops that tight hollows make are dissolved.
  const moved: Point[] = []
  for (let i = 0; i < points.length; i++) {
    const [before, here, after] = [at(points, i - 1), at(points, i), at(points, i + 1)]
    const [da, db] = [at(allowance, i - 1), at(allowance, i)]
    const la = distance(before, here) || 1
    const lb = distance(here, after) || 1
    const ua = { x: (here.x - before.x) / la, y: (here.y - before.y) / la }
    const ub = { x: (after.x - here.x) / lb, y: (after.y - here.y) / lb }
    // Clockwise with y down: outwards is to the left of the way, (y, −x).
    const pa = { x: here.x + ua.y * da, y: here.y - ua.x * da }
    const pb = { x: here.x + ub.y * db, y: here.y - ub.x * db }
    const cross = ua.x * ub.y - ua.y * ub.x
    if (Math.abs(cross) < 0.08) {
      moved.push(pa)
      if (Math.abs(da - db) > 0.05) moved.push(pb)
      continue
    }
    const t = ((pb.x - pa.x) * ub.y - (pb.y - pa.y) * ub.x) / cross
    const corner = { x: pa.x + ua.x * t, y: pa.y + ua.y * t }
    // A spike longer than a hem needs is cut off.
    if (distance(corner, here) > 3 * Math.max(da, db, 1)) moved.push(pa, pb)
    else moved.push(corner)
  }
  return tidy(largest(unionD([even], [moved], FillRule.Positive, 3)))
}

/** Do two edges of the outline cross (neighbours apart)? */
export function selfIntersects(ring: readonly Point[]): boolean {
  const n = ring.length
  const turn = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  for (let i = 0; i < n; i++) {
    const a = at(ring, i)
    const b = at(ring, i + 1)
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue
      const c = at(ring, j)
      const d = at(ring, j + 1)
      if (Math.max(a.x, b.x) < Math.min(c.x, d.x) || Math.max(c.x, d.x) < Math.min(a.x, b.x)) continue
      if (Math.max(a.y, b.y) < Math.min(c.y, d.y) || Math.max(c.y, d.y) < Math.min(a.y, b.y)) continue
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true
    }
  }
  return false
}

/** The part of an outline left (or right) of a vertical. */
export function clipAtX(ring: readonly Point[], x: number, keep: 'left' | 'right'): Point[] {
  const inside = (p: Point): boolean => (keep === 'left' ? p.x <= x : p.x >= x)
  const out: Point[] = []
  for (let i = 0; i < ring.length; i++) {
    const a = at(ring, i)
    const b = at(ring, i + 1)
    if (inside(a)) out.push(a)
    if (inside(a) !== inside(b)) out.push({ x, y: a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y) })
  }
  return out
}

/** Where a horizontal at y crosses an outline, left to right. */
export function crossingsAt(ring: readonly Point[], y: number): number[] {
  const xs: number[] = []
  for (let i = 0; i < ring.length; i++) {
    const a = at(ring, i)
    const b = at(ring, i + 1)
    if (a.y <= y !== b.y <= y) xs.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x))
  }
  return xs.sort((p, q) => p - q)
}

/** How far an outline reaches to the right all the way between two heights: its narrowest. */
export function reachBetween(ring: readonly Point[], top: number, low: number): number {
  const steps = 8
  const reach = Array.from({ length: steps + 1 }, (_, i) => crossingsAt(ring, top + ((low - top) * i) / steps).at(-1))
  return Math.min(...reach.flatMap((x) => (x === undefined ? [] : [x])))
}

/** The highest point of an outline at an x. @throws RangeError where the outline does not reach it */
export function topAt(ring: readonly Point[], x: number): Point {
  const crossing = ring.flatMap((a, i) => {
    const b = at(ring, i + 1)
    return a.x <= x !== b.x <= x ? [{ x, y: a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y) }] : []
  })
  const [first, ...rest] = crossing
  if (!first) throw new RangeError(`the outline does not reach x = ${x}`)
  return rest.reduce((high, p) => (p.y < high.y ? p : high), first)
}

/** Without edges that run back over themselves: a dart that came out less than closed. */
export function unfoldedBack(ring: readonly Point[]): Point[] {
  const out = [...ring]
  for (let i = 0; i < out.length && out.length > 3;) {
    const [a, b, c] = [at(out, i - 1), at(out, i), at(out, i + 1)]
    const [ab, bc] = [distance(a, b), distance(b, c)]
    const cross = ((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)) / (ab * bc || 1)
    const dot = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y)
    if (dot < 0 && Math.abs(cross) < 0.02) {
      out.splice(i, 1)
      i = Math.max(0, i - 1)
    } else i++
  }
  return out
}

/** Coordinates to 0.1 mm, so that the same style has the same bytes everywhere (−0 becomes 0). */
export const round1 = (value: number): number => Math.round(value * 10) / 10 + 0
export const roundPoint = (p: Point): Point => ({ x: round1(p.x), y: round1(p.y) })
/** Rounded, and without points that rounding laid on one another. */
export function roundRing(ring: readonly Point[]): Point[] {
  const out: Point[] = []
  for (const p of ring.map(roundPoint)) {
    const last = out.at(-1)
    if (last?.x !== p.x || last.y !== p.y) out.push(p)
  }
  while (out.length > 1 && at(out, 0).x === at(out, -1).x && at(out, 0).y === at(out, -1).y) out.pop()
  return out
}
