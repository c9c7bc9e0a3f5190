/** Plane geometry of the drawing, in millimetres: x to the viewer's right from the centre line, y downwards. */
import { between as mix, distance, inside, lengthOf } from '../geometry.ts'
import type { Point } from '../types.ts'

export { distance, lengthOf, mix }

export type Path = readonly Point[]

export const pt = (x: number, y: number): Point => ({ x, y })
export const lerp = (a: number, b: number, t: number): number => a + (b - a) * t
export function clamp(v: number, low: number, high: number): number {
  if (v < low) return low
  return v > high ? high : v
}
/** 0 below `a`, 1 above `b`, smooth between. */
export const smooth = (a: number, b: number, v: number): number => {
  const t = clamp((v - a) / (b - a), 0, 1)
  return t * t * (3 - 2 * t)
}
export const mirror = (path: Path): Point[] => path.map((p) => pt(-p.x, p.y))
/** The same outline with `x → -x` when `side` is -1, so that one description serves left and right. */
export const onSide = (path: Path, side: 1 | -1): Point[] => (side === 1 ? [...path] : mirror(path))
export const shift = (path: Path, dx: number, dy: number): Point[] => path.map((p) => pt(p.x + dx, p.y + dy))
export const turn = (path: Path, degrees: number, about: Point): Point[] => {
  const c = Math.cos((degrees * Math.PI) / 180)
  const s = Math.sin((degrees * Math.PI) / 180)
  return path.map((p) =>
    pt(about.x + (p.x - about.x) * c - (p.y - about.y) * s, about.y + (p.x - about.x) * s + (p.y - about.y) * c),
  )
}

/** Samples of a cubic Bézier without its first point. */
export function bezier(a: Point, b: Point, c: Point, d: Point, steps = 14): Point[] {
  const out: Point[] = []
  for (let i = 1; i <= steps; i++) {
    const t = i / steps
    const u = 1 - t
    const [k0, k1, k2, k3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
    out.push(pt(k0 * a.x + k1 * b.x + k2 * c.x + k3 * d.x, k0 * a.y + k1 * b.y + k2 * c.y + k3 * d.y))
  }
  return out
}

/** A pen that writes a polyline: lines and curves in the order a pattern cutter would draw them. */
export class Pen {
  readonly points: Point[]
  constructor(x: number, y: number) {
    this.points = [pt(x, y)]
  }
  get last(): Point {
    return this.points[this.points.length - 1]!
  }
  line(x: number, y: number): this {
    const from = this.last
    const steps = Math.max(1, Math.round(Math.hypot(x - from.x, y - from.y) / 25))
    for (let i = 1; i <= steps; i++) this.points.push(mix(from, pt(x, y), i / steps))
    return this
  }
  curve(ax: number, ay: number, bx: number, by: number, x: number, y: number): this {
    this.points.push(...bezier(this.last, pt(ax, ay), pt(bx, by), pt(x, y)))
    return this
  }
  /** Appends a path, or joins to it by a straight line. */
  follow(path: Path): this {
    for (const p of path) if (distance(p, this.last) > 0.01) this.points.push(p)
    return this
  }
}

/** Catmull-Rom through the points: a curve that touches each of them. */
export function through(points: Path, steps = 8): Point[] {
  const out: Point[] = []
  for (let i = 0; i < points.length - 1; i++) {
    const [p0, p1, p2, p3] = [
      points[Math.max(0, i - 1)]!,
      points[i]!,
      points[i + 1]!,
      points[Math.min(points.length - 1, i + 2)]!,
    ]
    for (let k = 0; k < steps; k++) {
      const t = k / steps
      const f = (a: number, b: number, c: number, d: number): number =>
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)
      out.push(pt(f(p0.x, p1.x, p2.x, p3.x), f(p0.y, p1.y, p2.y, p3.y)))
    }
  }
  out.push(points[points.length - 1]!)
  return out
}

/** Point and unit direction at `at` mm along the path (clamped to its ends). */
export function along(path: Path, at: number): { p: Point; dx: number; dy: number } {
  let rest = Math.max(0, at)
  for (let i = 1; i < path.length; i++) {
    const [a, b] = [path[i - 1]!, path[i]!]
    const l = distance(a, b)
    if (rest <= l || i === path.length - 1) {
      const t = l > 0 ? Math.min(1, rest / l) : 0
      return { p: mix(a, b, t), dx: l ? (b.x - a.x) / l : 0, dy: l ? (b.y - a.y) / l : 1 }
    }
    rest -= l
  }
  return { p: path[0]!, dx: 0, dy: 1 }
}

/** The path moved sideways by `by` mm: positive = to the right of travel with y downwards (clockwise normal). */
export function offset(path: Path, by: number): Point[] {
  return path.map((p, i) => {
    const a = path[Math.max(0, i - 1)]!
    const b = path[Math.min(path.length - 1, i + 1)]!
    const l = distance(a, b) || 1
    return pt(p.x - ((b.y - a.y) / l) * by, p.y + ((b.x - a.x) / l) * by)
  })
}

/** Topstitching: a stretch of an outline moved `by` mm to the side on which the cloth is. */
export function inset(outline: Path, stretch: Path, by: number): Point[] {
  const onCloth = (path: Path): number => path.filter((p) => inside(outline, p)).length
  const [right, left] = [offset(stretch, by), offset(stretch, -by)]
  return onCloth(right) >= onCloth(left) ? right : left
}

/** A closed ribbon `width` mm wide along the path. */
export const ribbon = (path: Path, width: number): Point[] => [
  ...offset(path, width / 2),
  ...offset(path, -width / 2).reverse(),
]

/** The part of a path between two lengths, resampled every `step` mm. */
export function stretch(path: Path, from: number, to: number, step = 8): Point[] {
  const n = Math.max(1, Math.round((to - from) / step))
  return Array.from({ length: n + 1 }, (_, i) => along(path, lerp(from, to, i / n)).p)
}

export function bounds(paths: readonly Path[]): { x0: number; y0: number; x1: number; y1: number } {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const path of paths)
    for (const p of path) {
      if (p.x < x0) x0 = p.x
      if (p.x > x1) x1 = p.x
      if (p.y < y0) y0 = p.y
      if (p.y > y1) y1 = p.y
    }
  return { x0, y0, x1, y1 }
}

/** y of a path that runs left to right (or right to left) at `x`; undefined where it does not reach. */
export function yAt(path: Path, x: number): number | undefined {
  for (let i = 1; i < path.length; i++) {
    const [a, b] = [path[i - 1]!, path[i]!]
    if ((a.x <= x && b.x >= x) || (b.x <= x && a.x >= x))
      return a.x === b.x ? a.y : lerp(a.y, b.y, (x - a.x) / (b.x - a.x))
  }
  return undefined
}
