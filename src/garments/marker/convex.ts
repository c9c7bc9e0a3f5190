/** Outlines made simple for the search that lets pieces overlap: fewer corners, never less area, convex parts. */
import type { Point } from '../types.ts'
import { signedArea } from '../geometry.ts'

export { signedArea }

/** Convex, counter-clockwise (y up), no corner twice. */
export type Convex = readonly Point[]

const cross = (o: Point, a: Point, b: Point): number => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x)

const distanceToLine = (p: Point, a: Point, b: Point): number =>
  Math.abs(cross(a, b, p)) / (Math.hypot(b.x - a.x, b.y - a.y) || 1)

/** Where the line through a and b, beyond b, meets the line through d and c, beyond c. */
function meeting(a: Point, b: Point, c: Point, d: Point): Point | undefined {
  const [ux, uy] = [b.x - a.x, b.y - a.y]
  const [vx, vy] = [c.x - d.x, c.y - d.y]
  const turn = ux * vy - uy * vx
  if (Math.abs(turn) < 1e-9) return undefined
  const t = ((c.x - b.x) * vy - (c.y - b.y) * vx) / turn
  const s = ((c.x - b.x) * uy - (c.y - b.y) * ux) / turn
  return t >= 0 && s >= 0 ? { x: b.x + t * ux, y: b.y + t * uy } : undefined
}

/** One way to make an outline simpler: `drop` corners from `at` on, a new corner in their place where there is one. */
interface Simpler {
  reach: number
  at: number
  drop: 1 | 2
  corner?: Point
}

/** The least step outwards from corner i: a hollow corner filled, or an edge between two outer corners taken off. */
function simplerAt(points: readonly Point[], i: number): Simpler | undefined {
  const n = points.length
  const [a, b, c, d] = [points[(i + n - 1) % n]!, points[i]!, points[(i + 1) % n]!, points[(i + 2) % n]!]
  if (cross(a, b, c) <= 1e-9) return { reach: distanceToLine(b, a, c), at: i, drop: 1 }
  if (cross(b, c, d) <= 1e-9) return undefined
  const corner = meeting(a, b, c, d)
  return corner && { reach: distanceToLine(corner, b, c), at: i, drop: 2, corner }
}

/**
 * An outline of few corners that holds the whole of the given one.
 * @param outline a simple polygon, either way round
 * @param reachMm how far one step may go beyond the outline before it, mm
 */
export function simplified(outline: readonly Point[], reachMm: number): Point[] {
  const points = signedArea(outline) < 0 ? [...outline].reverse() : [...outline]
  while (points.length > 4) {
    let least: Simpler | undefined
    for (let i = 0; i < points.length; i++) {
      const simpler = simplerAt(points, i)
      if (simpler && simpler.reach <= reachMm && (!least || simpler.reach < least.reach)) least = simpler
    }
    if (!least) break
    const { at, drop, corner } = least
    if (corner) points[at] = corner
    points.splice(corner ? (at + 1) % points.length : at, corner ? drop - 1 : drop)
  }
  return points
}

const inside = (p: Point, a: Point, b: Point, c: Point): boolean =>
  cross(a, b, p) >= -1e-9 && cross(b, c, p) >= -1e-9 && cross(c, a, p) >= -1e-9

/** Ears cut off one by one; undefined where the outline crosses itself. */
function triangles(points: readonly Point[]): number[][] | undefined {
  const left = points.map((_, i) => i)
  const found: number[][] = []
  while (left.length > 3) {
    const n = left.length
    const at = left.findIndex((_, k) => {
      const [i, j, m] = [left[(k + n - 1) % n]!, left[k]!, left[(k + 1) % n]!]
      const [a, b, c] = [points[i]!, points[j]!, points[m]!]
      if (cross(a, b, c) <= 1e-9) return false
      return left.every((q) => q === i || q === j || q === m || !inside(points[q]!, a, b, c))
    })
    if (at < 0) return undefined
    found.push([left[(at + n - 1) % n]!, left[at]!, left[(at + 1) % n]!])
    left.splice(at, 1)
  }
  found.push(left)
  return found
}

/** Two parts that share an edge, as one, where that is convex. */
function joined(points: readonly Point[], a: readonly number[], b: readonly number[]): number[] | undefined {
  for (let i = 0; i < a.length; i++) {
    const next = (i + 1) % a.length
    const j = b.indexOf(a[next]!)
    if (j < 0 || b[(j + 1) % b.length] !== a[i]) continue
    const one = [...a.slice(next), ...a.slice(0, next)]
    const two = [...b.slice(j), ...b.slice(0, j)]
    const whole = [...one, ...two.slice(2)]
    const convex = whole.every((_, k) => {
      const n = whole.length
      return cross(points[whole[k]!]!, points[whole[(k + 1) % n]!]!, points[whole[(k + 2) % n]!]!) >= -1e-9
    })
    return convex ? whole : undefined
  }
  return undefined
}

/**
 * The convex parts of an outline: ears, joined again as long as they stay convex (Hertel and Mehlhorn 1983).
 * @param points a simple polygon, counter-clockwise
 * @returns undefined where the outline crosses itself: it has no parts that could be trusted
 */
export function convexParts(points: readonly Point[]): Convex[] | undefined {
  const parts = triangles(points)
  if (!parts) return undefined
  for (let a = 0; a < parts.length; a++)
    for (let b = a + 1; b < parts.length; b++) {
      const whole = joined(points, parts[a]!, parts[b]!)
      if (!whole) continue
      parts[a] = whole
      parts.splice(b, 1)
      // What a grew by may now join with parts that were passed over.
      b = a
    }
  const found = parts.map((part) => part.map((i) => points[i]!))
  const area = found.reduce((sum, part) => sum + signedArea(part), 0)
  return Math.abs(area - signedArea(points)) <= 1e-6 * area + 1e-3 ? found : undefined
}
