/** A closed outline measured along itself: places are mm from its first point, in the direction of its points. */
import { at, between, distance, nearestOnRing } from '../geometry.ts'
import type { Point } from '../types.ts'

export class Ring {
  readonly points: readonly Point[]
  readonly length: number
  readonly #starts: readonly number[]

  constructor(points: readonly Point[]) {
    this.points = points
    const starts: number[] = []
    let sum = 0
    for (let i = 0; i < points.length; i++) {
      starts.push(sum)
      sum += distance(at(points, i), at(points, i + 1))
    }
    this.#starts = starts
    this.length = sum
  }

  /** A place within one turn. */
  turn(place: number): number {
    return ((place % this.length) + this.length) % this.length
  }

  /** The point at a place. */
  at(place: number): Point {
    const mm = this.turn(place)
    let low = 0
    let high = this.points.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= mm) low = middle
      else high = middle
    }
    const [a, b] = [at(this.points, low), at(this.points, low + 1)]
    const step = distance(a, b)
    const t = step ? (mm - (this.#starts[low] ?? 0)) / step : 0
    return between(a, b, t)
  }

  /** The place nearest to a point, and how far off the outline that point lies, mm. */
  place(p: Point): { place: number; off: number } {
    const { edge, t, distance: off } = nearestOnRing(p, this.points)
    const start = this.#starts[edge] ?? 0
    return { place: start + t * distance(at(this.points, edge), at(this.points, edge + 1)), off }
  }

  /** From one place to another the shorter way: positive along the points, negative against them, mm. */
  between(from: number, to: number): number {
    const ahead = this.turn(to - from)
    return ahead <= this.length / 2 ? ahead : ahead - this.length
  }
}
