import { Cloth } from './cloth.ts'
import { random } from '../../core/random.ts'
import { type Shape, UNITS_PER_MM } from './shape.ts'

/** One cut piece to lay: its kind says which shapes it may take (one, or two where it may be turned). */
export interface Item {
  kind: number
  area: number
}

export interface Bed {
  widthMm: number
  stripMm: number
  gapMm: number
  /** Matching: pieces' lowest points on multiples of `alongMm`, their middles on multiples of `acrossMm` (0 = free). */
  alongMm: number
  acrossMm: number
}

export interface Spot {
  shape: Shape
  /** Units and strip. */
  x: number
  y: number
}

/** An order of items laid bottom-left, and what came of it. */
export interface Layout {
  order: readonly number[]
  spots: readonly Spot[]
  lengthMm: number
  /** Length plus a small share of how deep the cloth lies: tells apart layouts of one length. */
  cost: number
}

/** How much the mean depth weighs in a layout's cost: enough to prefer a compact layout, never to lengthen it. */
const DEPTH_WEIGHT = 0.05

export class Nester {
  readonly #bed: Bed
  readonly #items: readonly Item[]
  readonly #kinds: readonly (readonly Shape[])[]
  readonly #cloth: Cloth
  readonly #totalArea: number
  /** Per shape: no place above this strip, given what has been laid so far. */
  readonly #floor: Int32Array
  #laid: Layout | undefined

  constructor(bed: Bed, items: readonly Item[], kinds: readonly (readonly Shape[])[]) {
    this.#bed = bed
    this.#items = items
    this.#kinds = kinds
    this.#totalArea = items.reduce((sum, item) => sum + item.area, 0)
    const shapes = kinds.flat()
    this.#floor = new Int32Array(Math.max(0, ...shapes.map((shape) => shape.id)) + 1)
    const rows = Math.max(1, ...shapes.map((shape) => shape.rows))
    const overhang = Math.ceil((bed.gapMm / 2) * UNITS_PER_MM) + 1
    this.#cloth = new Cloth(
      rows + Math.ceil((2 * this.#totalArea) / bed.widthMm / bed.stripMm),
      -overhang,
      Math.ceil(bed.widthMm * UNITS_PER_MM) + overhang,
    )
  }

  /** Where the outline's top lies, mm from the start of the marker. */
  topOf(spot: Spot): number {
    return spot.y * this.#bed.stripMm + spot.shape.inset - this.#bed.gapMm / 2
  }

  /**
   * Lay the items in the given order, each at the first free place along the cloth.
   * @param bound give up (undefined) as soon as the marker grows longer than this
   */
  lay(order: readonly number[], bound = Infinity): Layout | undefined {
    const cloth = this.#cloth
    cloth.clear()
    this.#floor.fill(0)
    const spots: Spot[] = []
    let length = 0
    let depth = 0
    // Items laid as in the last layout stay where they were: only what follows is searched.
    const before = this.#laid
    let same = 0
    if (before) while (same < order.length && before.order[same] === order[same]) same++
    for (let i = 0; i < order.length; i++) {
      const item = this.#items[order[i]!]!
      const spot = i < same ? before!.spots[i]! : this.#find(this.#kinds[item.kind]!)
      if (i < same) this.#floor[spot.shape.id] = spot.y
      cloth.place(spot.shape, spot.x, spot.y)
      spots.push(spot)
      const bottom = this.topOf(spot) + spot.shape.height
      length = Math.max(length, bottom)
      if (length > bound) return undefined
      depth += bottom * item.area
    }
    const layout = {
      order: [...order],
      spots,
      lengthMm: length,
      cost: length + (DEPTH_WEIGHT * depth) / this.#totalArea,
    }
    return layout
  }

  /** Are two items the same piece, laid the same way? */
  alike(a: number, b: number): boolean {
    return this.#items[a]!.kind === this.#items[b]!.kind
  }

  /** Keep a layout as the one that later ones are compared with. */
  keep(layout: Layout): void {
    this.#laid = layout
  }

  #find(shapes: readonly Shape[]): Spot {
    let best: Spot | undefined
    for (const shape of shapes) {
      const spot = this.#first(shape, best)
      if (spot && (!best || spot.y < best.y || (spot.y === best.y && spot.x < best.x))) best = spot
    }
    return best!
  }

  #first(shape: Shape, rival: Spot | undefined): Spot | undefined {
    const { stripMm, alongMm, acrossMm, widthMm } = this.#bed
    const limit = Math.floor((widthMm - shape.width) * UNITS_PER_MM)
    const across = Math.round(acrossMm * UNITS_PER_MM)
    // The middle of a piece stands on the repeat, so a left and a right half show the same stripe.
    const half = Math.round((shape.width * UNITS_PER_MM) / 2)
    const phase = across > 0 ? (across - (half % across)) % across : 0
    const strips = alongMm > 0 ? Math.round(alongMm / stripMm) : 1
    const foot = Math.round((shape.inset + shape.height) / stripMm)
    let y = this.#floor[shape.id]!
    if (strips > 1) y += (strips - ((y + foot) % strips)) % strips
    for (; ; y += strips) {
      if (rival && y > rival.y) return undefined
      if (!this.#cloth.mayFit(shape, y)) continue
      const x = this.#cloth.fit(shape, y, limit, across, phase)
      if (x < 0) continue
      // The cloth only fills up, so the next piece of this shape cannot lie higher.
      this.#floor[shape.id] = y
      return { shape, x, y }
    }
  }
}

/** Orders that usually start well: the large, the long and the broad first. */
export function startingOrders(items: readonly Item[], kinds: readonly (readonly Shape[])[]): number[][] {
  const size = (i: number): Shape => kinds[items[i]!.kind]![0]!
  const by = (score: (i: number) => number): number[] =>
    items.map((_, i) => i).sort((a, b) => score(b) - score(a) || items[a]!.kind - items[b]!.kind || a - b)
  return [
    by((i) => items[i]!.area),
    by((i) => size(i).height),
    by((i) => size(i).width * size(i).height),
    by((i) => size(i).height + size(i).width),
    by((i) => size(i).width),
  ]
}

/**
 * Late-acceptance hill climbing (Burke & Bykov 2017) over orders: a move is taken when it is no worse than the
 * layout some steps ago. One step a call, so that the caller owns the budget; the same seed walks the same way.
 */
export class OrderSearch {
  readonly #nester: Nester
  readonly #random: () => number
  readonly #history: number[]
  #current: Layout
  #step = 0
  best: Layout
  /** Steps since the best was found. */
  idle = 0

  constructor(nester: Nester, start: Layout, seed: number, memory = 12) {
    this.#nester = nester
    this.#random = random(seed)
    this.#current = start
    this.best = start
    this.#history = Array.from({ length: memory }, () => start.cost)
    nester.keep(start)
  }

  step(): void {
    const slot = this.#step++ % this.#history.length
    this.idle++
    const limit = Math.max(this.#history[slot]!, this.#current.cost)
    const tried = this.#nester.lay(this.#move(), limit)
    if (tried && tried.cost <= limit) {
      this.#current = tried
      this.#nester.keep(tried)
      if (tried.cost < this.best.cost) {
        this.best = tried
        this.idle = 0
      }
    }
    this.#history[slot] = Math.min(this.#history[slot]!, this.#current.cost)
  }

  #move(): number[] {
    const order = [...this.#current.order]
    const n = order.length
    let a = 0
    let b = 0
    // Two cuts of one kind changed round are the same marker; a few tries find two that are not.
    for (let tries = 0; tries < 8; tries++) {
      a = Math.floor(this.#random() * n)
      b = Math.floor(this.#random() * n)
      if (!this.#nester.alike(order[a]!, order[b]!)) break
    }
    if (this.#random() < 0.5) {
      const held = order[a]!
      order[a] = order[b]!
      order[b] = held
    } else order.splice(b, 0, order.splice(a, 1)[0]!)
    return order
  }
}

/** A starting order with every item moved a little: where the next walk of a long search sets out. */
export function shaken(order: readonly number[], random: () => number): number[] {
  const place = new Map(order.map((item, i) => [item, i + (random() - 0.5) * 0.5 * order.length]))
  return [...order].sort((a, b) => place.get(a)! - place.get(b)!)
}
