/**
 * How two pieces meet: where one must not lie seen from the other, and how deep they overlap. An overlap is as deep as
 * the shortest way out of it along or across the cloth; both are read from the pair's no-fit area, which is worked out
 * once for each two shapes.
 */
import type { Convex } from './convex.ts'
import { COLUMN_MM, type Lines, type NoFit, noFit } from './nofit.ts'
import { UNITS_PER_MM } from './shape.ts'

/**
 * A piece in one of the ways it may lie, about the middle of its outline's box. Ways of a piece share their parts: turned
 * and mirrored they meet those of another piece as it meets them, so a quarter of the pairs need be worked out.
 */
export interface Body {
  width: number
  height: number
  area: number
  /** Grown by half of the gap, as drafted: neither mirrored nor turned. */
  parts: readonly Convex[]
  /** −1 where left and right, start and end of the cloth have changed places. */
  across: 1 | -1
  along: 1 | -1
}

/** What a touch weighs beside the depth of an overlap, units. */
export const TOUCH = 5

/** Bodies are known by their number in the list that this is made from. */
export class Meetings {
  readonly #bodies: readonly Body[]
  readonly #stepMm: number
  /** Of each two shapes, by the higher number, the lower, and which way round they lie to each other. */
  readonly #nofits: (NoFit | undefined)[][]
  /** Of every body its shape, and which way round that lies. */
  readonly #shapes: Int32Array
  readonly #across: Int8Array
  readonly #along: Int8Array
  /** How far a body reaches along from its middle, steps, with what it keeps free. */
  readonly reach: Int32Array

  constructor(bodies: readonly Body[], stepMm: number) {
    this.#bodies = bodies
    this.#stepMm = stepMm
    this.#across = Int8Array.from(bodies, ({ across }) => across)
    this.#along = Int8Array.from(bodies, ({ along }) => along)
    const known = new Map<string, number>()
    this.#shapes = Int32Array.from(bodies, ({ parts }) => {
      // An under collar cut as the upper one is the same shape: less to work out.
      const key = parts.map((part) => part.map((p) => `${p.x.toFixed(2)},${p.y.toFixed(2)}`).join(' ')).join('/')
      if (!known.has(key)) known.set(key, known.size)
      return known.get(key)!
    })
    this.#nofits = Array.from(known, () => Array.from({ length: 4 * known.size }))
    this.reach = Int32Array.from(
      bodies,
      ({ parts }) => Math.ceil(Math.max(...parts.flat().map(({ y }) => Math.abs(y))) / stepMm) + 1,
    )
  }

  /** Of two bodies: where the middle of the one with the higher shape must not lie, seen from the other as drafted. */
  noFit(a: number, b: number): NoFit {
    const shapes = this.#shapes
    const [low, high] = shapes[a]! < shapes[b]! ? [a, b] : [b, a]
    const [one, other] = [this.#bodies[low]!, this.#bodies[high]!]
    const way = (one.across === other.across ? 0 : 1) + (one.along === other.along ? 0 : 2)
    const row = this.#nofits[shapes[high]!]!
    return (row[4 * shapes[low]! + way] ??= noFit(one.parts, laid(other.parts, way), this.#stepMm))
  }

  /** −1 where the way across from body `other` to body `id` is the other way in their no-fit area. */
  across(other: number, id: number): number {
    return this.#shapes[id]! < this.#shapes[other]! ? -this.#across[id]! : this.#across[other]!
  }
  /** The same along. */
  along(other: number, id: number): number {
    return this.#shapes[id]! < this.#shapes[other]! ? -this.#along[id]! : this.#along[other]!
  }

  /** How deep body `id` overlaps body `other` from whose middle it lies `toX` units across and `toY` steps along, units. */
  depth(other: number, id: number, toX: number, toY: number): number {
    // Too far apart along the cloth: most pairs.
    if (Math.abs(toY) >= this.reach[other]! + this.reach[id]!) return 0
    const { rows, columns } = this.noFit(other, id)
    const dy = this.along(other, id) * toY
    const k = dy - rows.first
    if (k < 0 || k >= rows.count) return 0
    const dx = this.across(other, id) * toX
    const { from, ends } = rows
    for (let e = from[k]!, stop = from[k + 1]!; e < stop; e += 2) {
      if (dx <= ends[e]!) return 0
      if (dx < ends[e + 1]!) return TOUCH + this.shallower(columns, dx, dy, Math.min(dx - ends[e]!, ends[e + 1]! - dx))
    }
    return 0
  }

  /** The way out along the cloth where it is shorter than the one across. */
  shallower(columns: Lines, dx: number, dy: number, across: number): number {
    const c = Math.round(dx / (COLUMN_MM * UNITS_PER_MM)) - columns.first
    if (c < 0 || c >= columns.count) return 0
    const v = dy * this.#stepMm * UNITS_PER_MM
    const { from, ends } = columns
    for (let e = from[c]!, stop = from[c + 1]!; e < stop; e += 2) {
      if (v <= ends[e]!) return 0
      if (v < ends[e + 1]!) return Math.min(across, v - ends[e]!, ends[e + 1]! - v)
    }
    return 0
  }
}

/** Parts mirrored (1) and turned end for end (2), each counter-clockwise still. */
function laid(parts: readonly Convex[], way: number): readonly Convex[] {
  if (way === 0) return parts
  const [across, along] = [way & 1 ? -1 : 1, way & 2 ? -1 : 1]
  return parts.map((part) => {
    const points = part.map((p) => ({ x: across * p.x, y: along * p.y }))
    return across * along < 0 ? points.reverse() : points
  })
}
