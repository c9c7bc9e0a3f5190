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
  from: Int32Array
  /** Units (tenths of a millimetre), in rising order and apart. */
  ends: Int32Array
}

export interface NoFit {
  /** Along: forbidden dx for each whole step of dy. */
  rows: Lines
  /** Across: forbidden dy for dx in steps of {@link COLUMN_MM}; only to tell how deep an overlap is. */
  columns: Lines
}

export const COLUMN_MM = 8

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
const SLOTS = 24

/** Forbidden stretches of all pairs of parts, put together line by line as the parts come. */
class Weaving {
  readonly #step: number
  readonly #first: number
  readonly #low: Float64Array
  readonly #high: Float64Array
  readonly #counts: Int32Array
  readonly #ends: Int32Array

  /** @param from @param to extent along the lines' order, mm */
  constructor(step: number, from: number, to: number) {
    this.#step = step
    this.#first = Math.ceil((from - TOUCH_MM) / step)
    const count = Math.max(0, Math.floor((to + TOUCH_MM) / step) - this.#first + 1)
    this.#low = new Float64Array(count).fill(Infinity)
    this.#high = new Float64Array(count).fill(-Infinity)
    this.#counts = new Int32Array(count)
    this.#ends = new Int32Array(count * 2 * SLOTS)
  }

  /** Add a convex polygon. @param v its corners in the lines' order @param u along the lines, mm */
  add(v: Float64Array, u: Float64Array, corners: number): void {
    let [start, end] = [Infinity, -Infinity]
    for (let i = 0; i < corners; i++) {
      const j = i + 1 === corners ? 0 : i + 1
      const back = v[i]! > v[j]!
      const [v0, v1] = back ? [v[j]!, v[i]!] : [v[i]!, v[j]!]
      const [u0, u1] = back ? [u[j]!, u[i]!] : [u[i]!, u[j]!]
      const from = Math.ceil((v0 - TOUCH_MM) / this.#step)
      const to = Math.floor((v1 + TOUCH_MM) / this.#step)
      if (from < start) start = from
      if (to > end) end = to
      this.#edge(v0, v1, u0, u1, from, to)
    }
    for (let line = start; line <= end; line++) {
      const k = line - this.#first
      this.#insert(k, Math.floor(this.#low[k]! * UNITS_PER_MM), Math.ceil(this.#high[k]! * UNITS_PER_MM))
      this.#low[k] = Infinity
      this.#high[k] = -Infinity
    }
  }

  #edge(v0: number, v1: number, u0: number, u1: number, from: number, to: number): void {
    const [low, high] = [this.#low, this.#high]
    const level = v1 - v0 < 2 * TOUCH_MM
    const slope = level ? 0 : (u1 - u0) / (v1 - v0)
    for (let line = from; line <= to; line++) {
      const k = line - this.#first
      if (level) {
        low[k] = Math.min(low[k]!, u0, u1)
        high[k] = Math.max(high[k]!, u0, u1)
        continue
      }
      const at = line * this.#step
      const u = u0 + slope * (Math.min(Math.max(at, v0), v1) - v0)
      if (u < low[k]!) low[k] = u
      if (u > high[k]!) high[k] = u
    }
  }

  /** One more stretch of a line: joined with those that it overlaps or touches. */
  #insert(k: number, from: number, to: number): void {
    const ends = this.#ends
    const base = k * 2 * SLOTS
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
    const from = new Int32Array(count + 1)
    for (let k = 0; k < count; k++) from[k + 1] = from[k]! + 2 * this.#counts[k]!
    const ends = new Int32Array(from[count]!)
    for (let k = 0; k < count; k++)
      ends.set(this.#ends.subarray(k * 2 * SLOTS, k * 2 * SLOTS + 2 * this.#counts[k]!), from[k]!)
    return { first: this.#first, count, from, ends }
  }
}

/** The same seen from the other piece. */
export const turnedRound = ({ rows, columns }: NoFit): NoFit => ({ rows: negated(rows), columns: negated(columns) })

function negated({ first, count, from, ends }: Lines): Lines {
  const whole = from[count]!
  return {
    first: -(first + count - 1),
    count,
    from: from.map((_, k) => whole - from[count - k]!),
    ends: ends.map((_, e) => -ends[whole - 1 - e]!),
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
