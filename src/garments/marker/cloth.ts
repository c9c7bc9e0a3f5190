import type { Shape } from './shape.ts'

const START_SLOTS = 16

/**
 * The cloth while it is being filled: for every strip the occupied spans, sorted and apart.
 * Looking for a place does not step: where a span collides, the piece jumps behind what it hit, so a strip costs a
 * few comparisons however wide the cloth is.
 */
export class Cloth {
  #slots = START_SLOTS
  #rows: number
  #counts: Int32Array
  #starts: Int32Array
  #ends: Int32Array
  /** Per strip the widest free stretch, units: most places are ruled out by it alone. */
  #room: Int32Array
  readonly #from: number
  readonly #to: number
  /** First strip that nothing reaches. */
  used = 0

  /** @param from @param to how far covers may reach across, units: half of the gap may hang over the edges */
  constructor(rows: number, from: number, to: number) {
    this.#rows = rows
    this.#from = from
    this.#to = to
    this.#room = new Int32Array(rows).fill(to - from)
    this.#counts = new Int32Array(rows)
    this.#starts = new Int32Array(rows * this.#slots)
    this.#ends = new Int32Array(rows * this.#slots)
  }

  clear(): void {
    const reached = Math.min(this.#rows, this.used)
    this.#counts.fill(0, 0, reached)
    this.#room.fill(this.#to - this.#from, 0, reached)
    this.used = 0
  }

  /** Could the shape lie with its first strip at `y`, as far as its widest places tell? False is final. */
  mayFit(shape: Shape, y: number): boolean {
    const { probeRow, probeWidth } = shape
    for (let i = 0; i < probeRow.length; i++) {
      const r = y + probeRow[i]!
      if (r < this.used && this.#room[r]! < probeWidth[i]!) return false
    }
    return true
  }

  /**
   * The smallest x ≥ 0 (units) at which the shape is free with its first strip at `y`, or −1.
   * @param limit largest x allowed
   * @param step x must be a multiple of it, counted from `phase` (0 = anywhere)
   */
  fit(shape: Shape, y: number, limit: number, step = 0, phase = 0): number {
    const { row, left, right } = shape
    const spans = row.length
    const used = this.used
    const slots = this.#slots
    const counts = this.#counts
    const starts = this.#starts
    const ends = this.#ends
    let x = step > 0 ? phase : 0
    let free = 0
    let s = shape.hint
    while (free < spans) {
      const r = y + row[s]!
      if (r < used) {
        const base = r * slots
        const stop = base + counts[r]!
        const a = left[s]!
        const b = right[s]!
        let k = base
        let moved = false
        while (k < stop) {
          if (ends[k]! <= x + a) k++
          else if (starts[k]! >= x + b) break
          else {
            x = ends[k]! - a
            if (step > 0) x = phase + Math.ceil((x - phase) / step) * step
            if (x > limit) {
              shape.hint = s
              return -1
            }
            moved = true
            k++
          }
        }
        if (moved) {
          free = 0
          shape.hint = s
        }
      }
      free++
      s++
      if (s === spans) s = 0
    }
    return x <= limit ? x : -1
  }

  place(shape: Shape, x: number, y: number): void {
    this.#reserve(y + shape.rows)
    const { row, left, right } = shape
    for (let s = 0; s < row.length; s++) this.#occupy(y + row[s]!, x + left[s]!, x + right[s]!)
    for (let r = y; r < y + shape.rows; r++) this.#measureRoom(r)
    this.used = Math.max(this.used, y + shape.rows)
  }

  #measureRoom(r: number): void {
    const base = r * this.#slots
    const stop = base + this.#counts[r]!
    let free = this.#from
    let widest = 0
    for (let k = base; k < stop; k++) {
      widest = Math.max(widest, this.#starts[k]! - free)
      free = this.#ends[k]!
    }
    this.#room[r] = Math.max(widest, this.#to - free)
  }

  #occupy(r: number, from: number, to: number): void {
    const slots = this.#slots
    const base = r * slots
    const count = this.#counts[r]!
    let i = count
    while (i > 0 && this.#starts[base + i - 1]! > from) i--
    // Spans that touch become one: fewer comparisons later.
    const touchesNext = i < count && to === this.#starts[base + i]
    if (i > 0 && from === this.#ends[base + i - 1]) {
      this.#ends[base + i - 1] = to
      if (touchesNext) {
        this.#ends[base + i - 1] = this.#ends[base + i]!
        this.#remove(base, i, count)
      }
      return
    }
    if (touchesNext) {
      this.#starts[base + i] = from
      return
    }
    if (count === slots) {
      this.#widen()
      this.#occupy(r, from, to)
      return
    }
    for (let k = count; k > i; k--) {
      this.#starts[base + k] = this.#starts[base + k - 1]!
      this.#ends[base + k] = this.#ends[base + k - 1]!
    }
    this.#starts[base + i] = from
    this.#ends[base + i] = to
    this.#counts[r] = count + 1
  }

  #remove(base: number, i: number, count: number): void {
    for (let k = i; k + 1 < count; k++) {
      this.#starts[base + k] = this.#starts[base + k + 1]!
      this.#ends[base + k] = this.#ends[base + k + 1]!
    }
    this.#counts[base / this.#slots] = count - 1
  }

  #reserve(rows: number): void {
    if (rows <= this.#rows) return
    const more = Math.max(rows, this.#rows * 2)
    this.#counts = grow(this.#counts, more)
    this.#room = grow(this.#room, more).fill(this.#to - this.#from, this.#rows)
    this.#starts = grow(this.#starts, more * this.#slots)
    this.#ends = grow(this.#ends, more * this.#slots)
    this.#rows = more
  }

  #widen(): void {
    const before = this.#slots
    const after = before * 2
    const spread = (old: Int32Array): Int32Array => {
      const wide = new Int32Array(this.#rows * after)
      for (let r = 0; r < this.#rows; r++) wide.set(old.subarray(r * before, (r + 1) * before), r * after)
      return wide
    }
    this.#starts = spread(this.#starts)
    this.#ends = spread(this.#ends)
    this.#slots = after
  }
}

const grow = (old: Int32Array, length: number): Int32Array => {
  const more = new Int32Array(length)
  more.set(old)
  return more
}
