/**
 * Where one piece must not lie relative to another: their no-fit area, cut into rows along the cloth (where places are
 * counted in steps) and into columns across it. A row holds the stretches across that are forbidden, to a tenth of a
 * millimetre and rounded outwards; so pieces on whole steps whose places are in no forbidden stretch are the gap apart.
 */
import type { Convex } from './convex.ts'
import { UNITS_PER_MM } from './shape.ts'

/** Lines touched only just are counted as met: parts of a piece share their edges, and no line may slip between. */
const TOUCH_MM = 0.005

/** Stretches line by line: those of line k at `from[k] … from[k + 1]` in `ends`, left and right end alternating. */
export interface Lines {
  /** Number of the first line. */
  first: number
  count: number
  from: Uint32Array
  /** Units (tenths of a millimetre), in rising order and apart. */
  ends: Int16Array
}

export interface NoFit {
  /** Along: forbidden dx for each whole step of dy. */
  rows: Lines
  /** Across: forbidden dy for dx in steps of {@link COLUMN_MM}; only to tell how deep an overlap is. */
  columns: Lines
}

export const COLUMN_MM = 12

/** Some ten thousand pairs are kept, so their numbers are short: that holds for pieces and cloth up to these. */
export const LARGEST = { heightMm: 2000, widthMm: 3200 } as const
const MOST_UNITS = 32767

/** Corners of the difference that was made last. */
const XS = new Float64Array(1024)
const YS = new Float64Array(1024)

/** Corner that comes first going round from the lowest edge: least y, then least x; for −b the other way. */
function lowest(part: Convex, sign: 1 | -1): number {
  let at = 0
  for (let i = 1; i < part.length; i++) {
    const dy = sign * (part[i]!.y - part[at]!.y)
    if (dy < 0 || (dy === 0 && sign * (part[i]!.x - part[at]!.x) < 0)) at = i
  }
  return at
}

/** a ⊕ −b of convex parts: where the start of b must not lie when the start of a is at (0, 0). Returns the corners. */
function difference(a: Convex, b: Convex): number {
  const [s, t] = [lowest(a, 1), lowest(b, -1)]
  const [n, m] = [a.length, b.length]
  let [i, j, corners] = [0, 0, 0]
  while (i < n || j < m) {
    const p = a[(s + i) % n]!
    const q = b[(t + j) % m]!
    XS[corners] = p.x - q.x
    YS[corners] = p.y - q.y
    corners++
    const pn = a[(s + i + 1) % n]!
    const qn = b[(t + j + 1) % m]!
    const turn = (pn.x - p.x) * (q.y - qn.y) - (pn.y - p.y) * (q.x - qn.x)
    const [more, rest] = [i < n, j < m]
    if (more && (!rest || turn >= 0)) i++
    if (rest && (!more || turn <= 0)) j++
  }
  return corners
}

/** Most stretches on one line: parts that lie apart on it. */
const SLOTS = 16
/** Where lines are woven, kept from one pair to the next: stretches, and the two sides of the part that comes in. */
interface Room {
  ends: Int32Array
  low: Float64Array
  high: Float64Array
}
const roomFor = (lines: number): Room => ({
  ends: new Int32Array(lines * 2 * SLOTS),
  low: new Float64Array(lines).fill(Infinity),
  high: new Float64Array(lines).fill(-Infinity),
})

/** Rooms that nobody is weaving in. */
const rooms: Room[] = []

/** Forbidden stretches of all pairs of parts, put together line by line as the parts come. */
class Weaving {
  readonly #step: number
  readonly #first: number
  readonly #counts: Int32Array
  readonly #ends: Int32Array
  readonly #room: Room

  /**
   * @param from @param to extent in the lines' order, mm
   */
  constructor(step: number, from: number, to: number) {
    this.#step = step
    this.#first = Math.ceil((from - TOUCH_MM) / step)
    const count = Math.max(0, Math.floor((to + TOUCH_MM) / step) - this.#first + 1)
    this.#room = rooms.pop() ?? roomFor(0)
    if (this.#room.low.length < count) this.#room = roomFor(2 * count)
    this.#counts = new Int32Array(count)
    this.#ends = this.#room.ends
  }

  /**
   * Add a convex polygon.
   * @param v its corners in the lines' order
   * @param u the same along the lines, mm
   */
  add(v: Float64Array, u: Float64Array, corners: number): void {
    const { low, high } = this.#room
    const step = this.#step
    const first = this.#first
    let start = Infinity
    let end = -Infinity
    for (let i = 0; i < corners; i++) {
      const j = i + 1 === corners ? 0 : i + 1
      const a = v[i]! <= v[j]! ? i : j
      const b = a === i ? j : i
      const [v0, v1, u0, u1] = [v[a]!, v[b]!, u[a]!, u[b]!]
      const from = Math.ceil((v0 - TOUCH_MM) / step) - first
      const to = Math.floor((v1 + TOUCH_MM) / step) - first
      if (to < from) continue
      if (from < start) start = from
      if (to > end) end = to
      const least = u0 < u1 ? u0 : u1
      const most = u0 < u1 ? u1 : u0
      const level = v1 - v0 < 2 * TOUCH_MM
      const more = level ? 0 : ((u1 - u0) * step) / (v1 - v0)
      let at = level ? u0 : u0 + more * (from + first - v0 / step)
      for (let k = from; k <= to; k++, at += more) {
        const inside = at < least ? least : Math.min(at, most)
        const left = level ? least : inside
        const right = level ? most : inside
        if (left < low[k]!) low[k] = left
        if (right > high[k]!) high[k] = right
      }
    }
    for (let k = start; k <= end; k++) {
      this.#insert(k, Math.floor(low[k]! * UNITS_PER_MM), Math.ceil(high[k]! * UNITS_PER_MM))
      low[k] = Infinity
      high[k] = -Infinity
    }
  }

  /** One more stretch of a line: joined with those that it overlaps or touches. */
  #insert(k: number, from: number, to: number): void {
    const ends = this.#ends
    const base = k * 2 * SLOTS
    // Most often there is one, and this one lies in it.
    if (this.#counts[k] === 1 && ends[base]! <= from && ends[base + 1]! >= to) return
    const stop = base + 2 * this.#counts[k]!
    let i = base
    while (i < stop && ends[i + 1]! < from - 1) i += 2
    let j = i
    while (j < stop && ends[j]! <= to + 1) {
      if (ends[j]! < from) from = ends[j]!
      if (ends[j + 1]! > to) to = ends[j + 1]!
      j += 2
    }
    if (i === j) {
      // No room for one more: what lies between it and its neighbour is given up, which forbids too much, never too little.
      if (stop - base === 2 * SLOTS) {
        const near = i === stop ? i - 2 : i
        ends[near] = Math.min(ends[near]!, from)
        ends[near + 1] = Math.max(ends[near + 1]!, to)
        return
      }
      ends.copyWithin(i + 2, i, stop)
      this.#counts[k]!++
    } else if (j > i + 2) {
      ends.copyWithin(i + 2, j, stop)
      this.#counts[k]! -= (j - i) / 2 - 1
    }
    ends[i] = from
    ends[i + 1] = to
  }

  lines(): Lines {
    const count = this.#counts.length
    const from = new Uint32Array(count + 1)
    for (let k = 0; k < count; k++) from[k + 1] = from[k]! + 2 * this.#counts[k]!
    const ends = new Int16Array(from[count]!)
    for (let k = 0; k < count; k++) {
      const base = k * 2 * SLOTS
      for (let e = 0; e < 2 * this.#counts[k]!; e++)
        ends[from[k]! + e] = Math.max(-MOST_UNITS, Math.min(MOST_UNITS, this.#ends[base + e]!))
    }
    rooms.push(this.#room)
    return { first: this.#first, count, from, ends }
  }
}

/**
 * @param a @param b convex parts of both, grown by half of the gap each
 * @param stepMm places along the cloth are multiples of it
 */
export function noFit(a: readonly Convex[], b: readonly Convex[], stepMm: number): NoFit {
  const [of, other] = [boxOf(a), boxOf(b)]
  const rows = new Weaving(stepMm, of.top - other.bottom, of.bottom - other.top)
  const columns = new Weaving(COLUMN_MM, of.left - other.right, of.right - other.left)
  for (const one of a)
    for (const two of b) {
      const corners = difference(one, two)
      rows.add(YS, XS, corners)
      columns.add(XS, YS, corners)
    }
  return { rows: rows.lines(), columns: columns.lines() }
}

function boxOf(parts: readonly Convex[]) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  for (const part of parts)
    for (const { x, y } of part) {
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y)
    }
  return box
}
