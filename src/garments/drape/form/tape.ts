/** A tape laid round a body: hulls of its sections, since a tape bridges hollows. Lengths are mm. */
import type { Limb, Shape } from './shape.ts'

type Flat = readonly [number, number]

function half(points: readonly Flat[]): Flat[] {
  const hull: Flat[] = []
  const turn = (o: Flat, a: Flat, b: Flat): number => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
  for (const p of points) {
    while (hull.length > 1 && turn(hull.at(-2) ?? p, hull.at(-1) ?? p, p) <= 0) hull.pop()
    hull.push(p)
  }
  return hull
}

/** Round the outside of points: the length of their convex hull. */
export function roundOf(points: readonly Flat[]): number {
  const sorted = [...points].sort((p, q) => p[0] - q[0] || p[1] - q[1])
  const hull = [...half(sorted).slice(0, -1), ...half(sorted.toReversed()).slice(0, -1)]
  return hull.reduce((sum, p, i) => {
    const q = hull[(i + 1) % hull.length] ?? p
    return sum + Math.hypot(p[0] - q[0], p[1] - q[1])
  }, 0)
}

/** How far a ray runs inside a solid, from a point within. */
function reach(inside: (r: number) => boolean, most: number): number {
  let low = 1
  let high = most
  for (let i = 0; i < 16; i++) {
    const middle = (low + high) / 2
    if (inside(middle)) low = middle
    else high = middle
  }
  return low
}

/** Girth of the trunk at a height, arms apart. */
export function girthAt({ trunk }: Pick<Shape, 'trunk'>, y: number, rays = 96): number {
  // Left and right are alike: half of the rays are asked for.
  const points: Flat[] = []
  for (let i = 0; i <= rays / 2; i++) {
    const t = (i / rays) * 2 * Math.PI
    const [s, c] = [Math.sin(t), Math.cos(t)]
    const r = reach((mm) => trunk(mm * s, y, mm * c - 10) < 0, 400)
    points.push([r * s, r * c], [-r * s, r * c])
  }
  return roundOf(points)
}

/** Girth of one leg at a height, the tape level. */
export function legGirthAt({ trunk, leg }: Pick<Shape, 'trunk' | 'leg'>, y: number, rays = 72): number {
  const q = (y - leg.joint[1]) / leg.along[1]
  const [cx, cz] = [leg.joint[0] + leg.along[0] * q, leg.joint[2] + leg.along[2] * q]
  const points = Array.from({ length: rays }, (_, i): Flat => {
    const t = (i / rays) * 2 * Math.PI
    const [c, s] = [Math.cos(t), Math.sin(t)]
    // Between the legs the tape keeps to its own side.
    const r = reach((mm) => cx + mm * c > 0 && trunk(cx + mm * c, y, cz + mm * s) < 0, 200)
    return [r * c, r * s]
  })
  return roundOf(points)
}

/** Girth of a limb across itself at a share of its length. */
export const limbGirth = ({ radius }: Limb, t: number): number => 2 * Math.PI * radius(t)

/** From the high point of the shoulder over the back down to the waist, bridging the hollow above it. */
export function backLength({ trunk, y, neckHalf }: Pick<Shape, 'trunk' | 'y' | 'neckHalf'>): number {
  const x = neckHalf
  const points: [number, number][] = []
  const steps = 40
  for (let i = 0; i <= steps; i++) {
    const h = y.waist + ((y.hps - y.waist) * i) / steps
    const z = reach((mm) => trunk(x, h, -mm) < 0, 300)
    points.push([h, z > 1.01 ? z : 0])
  }
  // Upper hull of depth over height, from the waist up.
  const hull: [number, number][] = []
  for (const p of points) {
    for (;;) {
      const [a, b] = [hull.at(-2), hull.at(-1)]
      if (!a || !b || (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) < 0) break
      hull.pop()
    }
    hull.push(p)
  }
  return hull.slice(1).reduce((sum, p, i) => {
    const q = hull[i] ?? p
    return sum + Math.hypot(p[0] - q[0], p[1] - q[1])
  }, 0)
}
