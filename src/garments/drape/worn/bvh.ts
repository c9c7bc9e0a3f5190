/** A tree of boxes round triangles that answers one question: is anything in the way? */

/** Triangles in a box that is not split further. */
const LEAF = 4

export class Bvh {
  readonly #low: Float32Array
  readonly #high: Float32Array
  /** Of every box: its two halves, or how many triangles from where. */
  readonly #one: Int32Array
  readonly #other: Int32Array
  readonly #count: Int32Array
  /** Of every triangle in the order of the boxes: a corner and the two edges from it. */
  readonly #sides: Float32Array
  readonly #stack = new Int32Array(128)
  #boxes = 0

  /** @param at three numbers a vertex */
  constructor(at: Float64Array, triangles: Uint32Array) {
    const n = triangles.length / 3
    const order = Int32Array.from({ length: n }, (_, i) => i)
    const room = Math.max(4, n)
    this.#low = new Float32Array(room * 3)
    this.#high = new Float32Array(room * 3)
    this.#one = new Int32Array(room)
    this.#other = new Int32Array(room)
    this.#count = new Int32Array(room)
    if (n) this.#split(boxesOf(at, triangles), order, 0, n)
    this.#sides = new Float32Array(n * 9)
    for (let i = 0; i < n; i++) {
      const t = order[i]!
      for (let k = 0; k < 3; k++) {
        const a = at[3 * triangles[3 * t]! + k]!
        this.#sides[9 * i + k] = a
        this.#sides[9 * i + 3 + k] = at[3 * triangles[3 * t + 1]! + k]! - a
        this.#sides[9 * i + 6 + k] = at[3 * triangles[3 * t + 2]! + k]! - a
      }
    }
  }

  #split({ low, high, middle }: Boxes, order: Int32Array, from: number, to: number): number {
    const box = this.#boxes++
    let axis = 0
    let widest = -1
    for (let k = 0; k < 3; k++) {
      let [least, most] = [Infinity, -Infinity]
      for (let i = from; i < to; i++) {
        const t = 3 * order[i]! + k
        if (low[t]! < least) least = low[t]!
        if (high[t]! > most) most = high[t]!
      }
      this.#low[3 * box + k] = least
      this.#high[3 * box + k] = most
      if (most - least > widest) [axis, widest] = [k, most - least]
    }
    if (to - from <= LEAF) {
      this.#count[box] = to - from
      this.#one[box] = from
      return box
    }
    const part = order.subarray(from, to)
    part.set(Int32Array.from(part).sort((a, b) => middle[3 * a + axis]! - middle[3 * b + axis]!))
    const half = (from + to) >> 1
    this.#one[box] = this.#split({ low, high, middle }, order, from, half)
    this.#other[box] = this.#split({ low, high, middle }, order, half, to)
    return box
  }

  /** Does a triangle lie within `reach` on the ray from o along d? */
  blocked(ox: number, oy: number, oz: number, dx: number, dy: number, dz: number, reach: number): boolean {
    const [low, high, stack] = [this.#low, this.#high, this.#stack]
    if (!this.#boxes) return false
    const [ix, iy, iz] = [1 / dx, 1 / dy, 1 / dz]
    let waiting = 0
    stack[waiting++] = 0
    while (waiting) {
      const box = stack[--waiting]!
      const b = 3 * box
      const x0 = (low[b]! - ox) * ix
      const x1 = (high[b]! - ox) * ix
      const y0 = (low[b + 1]! - oy) * iy
      const y1 = (high[b + 1]! - oy) * iy
      const z0 = (low[b + 2]! - oz) * iz
      const z1 = (high[b + 2]! - oz) * iz
      const enter = Math.max(Math.min(x0, x1), Math.min(y0, y1), Math.min(z0, z1))
      const leave = Math.min(Math.max(x0, x1), Math.max(y0, y1), Math.max(z0, z1))
      if (leave < 0 || enter > leave || enter > reach) continue
      const count = this.#count[box]!
      if (count === 0) {
        stack[waiting++] = this.#one[box]!
        stack[waiting++] = this.#other[box]!
        continue
      }
      const first = this.#one[box]!
      for (let i = first; i < first + count; i++) if (this.#meets(9 * i, ox, oy, oz, dx, dy, dz, reach)) return true
    }
    return false
  }

  /** Möller and Trumbore 1997. */
  #meets(s: number, ox: number, oy: number, oz: number, dx: number, dy: number, dz: number, reach: number): boolean {
    const q = this.#sides
    const [ax, ay, az, bx, by, bz] = [q[s + 3]!, q[s + 4]!, q[s + 5]!, q[s + 6]!, q[s + 7]!, q[s + 8]!]
    const px = dy * bz - dz * by
    const py = dz * bx - dx * bz
    const pz = dx * by - dy * bx
    const det = ax * px + ay * py + az * pz
    if (det > -1e-9 && det < 1e-9) return false
    const tx = ox - q[s]!
    const ty = oy - q[s + 1]!
    const tz = oz - q[s + 2]!
    const u = (tx * px + ty * py + tz * pz) / det
    if (u < 0 || u > 1) return false
    const rx = ty * az - tz * ay
    const ry = tz * ax - tx * az
    const rz = tx * ay - ty * ax
    const v = (dx * rx + dy * ry + dz * rz) / det
    if (v < 0 || u + v > 1) return false
    const t = (bx * rx + by * ry + bz * rz) / det
    return t > 0.01 && t < reach
  }
}

interface Boxes {
  low: Float32Array
  high: Float32Array
  middle: Float32Array
}
function boxesOf(at: Float64Array, triangles: Uint32Array): Boxes {
  const n = triangles.length
  const [low, high, middle] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)]
  for (let t = 0; t < n; t += 3)
    for (let k = 0; k < 3; k++) {
      const a = at[3 * triangles[t]! + k]!
      const b = at[3 * triangles[t + 1]! + k]!
      const c = at[3 * triangles[t + 2]! + k]!
      low[t + k] = Math.min(a, b, c)
      high[t + k] = Math.max(a, b, c)
      middle[t + k] = (a + b + c) / 3
    }
  return { low, high, middle }
}
