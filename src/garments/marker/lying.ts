/** The pieces of a marker as they lie while they are moved about, and where on the cloth each may lie. */
import type { Body } from './meetings.ts'
import { UNITS_PER_MM } from './shape.ts'

/** Where the middle of every item lies: which of its kind's bodies, units across, steps along. */
export interface Lay {
  turn: Int32Array
  x: Int32Array
  y: Int32Array
  lengthMm: number
}

/** The cloth, and how finely it is searched. */
export interface Ground {
  widthMm: number
  /** Places along the cloth, mm. */
  stepMm: number
  /** Lines anywhere on the cloth that a piece is tried on beside those near it; 0 where every piece stays about. */
  anywhere?: number
}

export class Lying {
  readonly #kinds: readonly number[]
  readonly #bodies: readonly (readonly Body[])[]
  readonly #ids: readonly (readonly number[])[]
  readonly #stepMm: number
  readonly #widthMm: number
  readonly count: number
  /** Number of every item's body as it lies now, over all kinds one after the other. */
  readonly now: Int32Array
  readonly turn: Int32Array
  readonly x: Int32Array
  readonly y: Int32Array
  /** How much of the cloth may be used. */
  lengthMm: number

  constructor(kinds: readonly number[], bodies: readonly (readonly Body[])[], { widthMm, stepMm }: Ground, start: Lay) {
    this.#kinds = kinds
    this.#bodies = bodies
    let known = 0
    this.#ids = bodies.map((ways) => ways.map(() => known++))
    this.#widthMm = widthMm
    this.#stepMm = stepMm
    this.count = kinds.length
    this.now = new Int32Array(this.count)
    this.turn = new Int32Array(this.count)
    this.x = new Int32Array(this.count)
    this.y = new Int32Array(this.count)
    this.lengthMm = start.lengthMm
    this.take(start)
  }

  /** Every item lies as in a lay; how much of the cloth may be used stays. */
  take(lay: Lay): void {
    this.turn.set(lay.turn)
    this.x.set(lay.x)
    this.y.set(lay.y)
    for (let i = 0; i < this.count; i++) this.now[i] = this.id(i, lay.turn[i]!)
  }

  /** As it is now, as long as its pieces reach. */
  copy(): Lay {
    let lengthMm = 0
    for (let i = 0; i < this.count; i++)
      lengthMm = Math.max(lengthMm, this.y[i]! * this.#stepMm + this.body(i).height / 2)
    return { turn: this.turn.slice(), x: this.x.slice(), y: this.y.slice(), lengthMm }
  }

  /** An item's body turned in one of its ways; as it lies where none is said. */
  body(item: number, turn: number = this.turn[item]!): Body {
    return this.#bodies[this.#kinds[item]!]![turn]!
  }
  id(item: number, turn: number): number {
    return this.#ids[this.#kinds[item]!]![turn]!
  }
  /** In how many ways an item may lie. */
  ways(item: number): number {
    return this.#bodies[this.#kinds[item]!]!.length
  }

  /** First and last step at which the middle of a body may lie. */
  first({ height }: Body): number {
    return Math.ceil(height / 2 / this.#stepMm - 1e-9)
  }
  last(body: Body): number {
    return Math.max(this.first(body), Math.floor((this.lengthMm - body.height / 2) / this.#stepMm + 1e-9))
  }
  /** Least and most across, units. */
  left({ width }: Body): number {
    return Math.ceil((width / 2) * UNITS_PER_MM - 1e-6)
  }
  right({ width }: Body): number {
    return Math.floor((this.#widthMm - width / 2) * UNITS_PER_MM + 1e-6)
  }

  /** Lay an item there, or as near as the cloth allows. */
  place(item: number, turn: number, x: number, y: number): void {
    this.turn[item] = turn
    this.now[item] = this.id(item, turn)
    const body = this.body(item)
    this.x[item] = Math.max(this.left(body), Math.min(this.right(body), x))
    this.y[item] = Math.max(this.first(body), Math.min(this.last(body), y))
  }
}
