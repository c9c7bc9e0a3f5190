/** What stands in a piece's way on one line across the cloth, and how deep it would overlap at a place on it. */
import type { Lying } from './lying.ts'
import { type Meetings, TOUCH } from './meetings.ts'
import type { Lines } from './nofit.ts'

/** Most stretches that may stand in the way on one line. */
const IN_THE_WAY = 4096

export class Line {
  readonly #lying: Lying
  readonly #meetings: Meetings
  readonly #weights: Float64Array
  #y = 0
  /** Stretches in the way. */
  count = 0
  // Forbidden stretches, whose, what they weigh, and which way round they are seen.
  readonly #lo = new Int32Array(IN_THE_WAY)
  readonly #hi = new Int32Array(IN_THE_WAY)
  readonly #owner = new Int32Array(IN_THE_WAY)
  readonly #weight = new Float64Array(IN_THE_WAY)
  readonly #columns: Lines[] = []
  readonly #views = new Int8Array(2 * IN_THE_WAY)

  /** @param weights of every pair, row by row */
  constructor(lying: Lying, meetings: Meetings, weights: Float64Array) {
    this.#lying = lying
    this.#meetings = meetings
    this.#weights = weights
  }

  /** Note what stands in the way of an item, turned as body `id`, between `least` and `limit` on the line at step y. */
  gather(item: number, id: number, y: number, least: number, limit: number): void {
    const [lo, hi, owner, weight] = [this.#lo, this.#hi, this.#owner, this.#weight]
    const { now, x: xs, y: ys, count: n } = this.#lying
    const meetings = this.#meetings
    const base = item * n
    const reach = meetings.reach[id]!
    let count = 0
    for (let j = 0; j < n; j++) {
      if (j === item) continue
      const dy = y - ys[j]!
      const other = now[j]!
      if (Math.abs(dy) >= meetings.reach[other]! + reach) continue
      const { rows, columns } = meetings.noFit(other, id)
      const h = meetings.across(other, id)
      const v = meetings.along(other, id)
      const k = v * dy - rows.first
      if (k < 0 || k >= rows.count) continue
      const { from, ends } = rows
      const xj = xs[j]!
      for (let e = from[k]!, stop = from[k + 1]!; e < stop; e += 2) {
        const l = h > 0 ? xj + ends[e]! : xj - ends[e + 1]!
        const r = h > 0 ? xj + ends[e + 1]! : xj - ends[e]!
        if (r < least || l > limit) continue
        lo[count] = l
        hi[count] = r
        owner[count] = j
        weight[count] = this.#weights[base + j]!
        this.#columns[count] = columns
        this.#views[2 * count] = h
        this.#views[2 * count + 1] = v
        count++
      }
    }
    this.#y = y
    this.count = count
  }

  /** The ends of the stretches, left and right alternating. */
  end(t: number): number {
    return (t & 1 ? this.#hi : this.#lo)[t >> 1]!
  }

  /** Weighted depth at a place on the line; no further than `bound`. */
  lossAt(x: number, bound: number): number {
    const [lo, hi] = [this.#lo, this.#hi]
    const { x: xs, y: ys } = this.#lying
    let sum = 0
    for (let t = 0; t < this.count; t++) {
      if (x <= lo[t]! || x >= hi[t]!) continue
      const j = this.#owner[t]!
      const across = Math.min(x - lo[t]!, hi[t]! - x)
      const dx = this.#views[2 * t]! * (x - xs[j]!)
      const dy = this.#views[2 * t + 1]! * (this.#y - ys[j]!)
      const depth = this.#meetings.shallower(this.#columns[t]!, dx, dy, across)
      sum += (TOUCH + depth) * this.#weight[t]!
      if (sum >= bound) return sum
    }
    return sum
  }
}
