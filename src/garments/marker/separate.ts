/**
 * Shorter markers by letting pieces overlap for a while: the lay is cut shorter, whatever then overlaps is moved to where
 * it overlaps least, and pairs that stay in each other's way weigh more from round to round (guided local search over
 * overlaps: Umetani et al. 2009; Gardeyn, Vanden Berghe and Wauters 2025). An overlap is as deep as the shortest way
 * out of it along or across the cloth; both are read from the pair's no-fit area.
 */
import { random } from '../../core/random.ts'
import { COLUMN_MM, type Lines, type NoFit, noFit } from './nofit.ts'
import type { Convex } from './convex.ts'
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

/** What a pair that overlaps comes to weigh: the deepest the most. Others forget. */
const WEIGHT = { least: 1.2, most: 2, decay: 0.95 } as const
/**
 * Share of its length that a lay is cut shorter by: more after a success, less after a failure. A large share that
 * fails is given up at once; only for a small one are other lays tried.
 */
const SHRINK = { first: 0.003, least: 0.0005, most: 0.008, more: 1.2, less: 0.5, small: 0.002 } as const
/** Rounds without less overlap that end a try, tries without success that end a lay, lays that end a length. */
const PATIENCE = { rounds: 200, tries: 2, lays: 4 } as const
/** Less overlap than before: by this factor at least. */
const LESS = 0.98
/** Lines that a piece is tried on: near it, this far off at most, and anywhere. */
const LINES = { near: 8, nearMm: 60, anywhere: 16 } as const
/** What a touch weighs beside the depth of an overlap, units. */
const TOUCH = 5
/** Share of the pieces, largest first, that are changed round to leave a lay that leads nowhere. */
const LARGE = 0.4
/** Most stretches that may stand in the way on one line. */
const IN_THE_WAY = 4096

export class Separator {
  readonly #kinds: readonly number[]
  readonly #bodies: readonly (readonly Body[])[]
  readonly #ids: readonly (readonly number[])[]
  readonly #flat: Body[] = []
  readonly #stepMm: number
  readonly #widthMm: number
  readonly #anywhere: number
  readonly #chance: () => number
  readonly #n: number
  readonly #weights: Float64Array
  readonly #depths: Float64Array
  /** Of each two shapes, by the higher number, the lower, and which way round they lie to each other. */
  readonly #nofits: (NoFit | undefined)[][]
  /** Of every body its shape, and which way round that lies. */
  readonly #shapes: Int32Array
  readonly #across: Int8Array
  readonly #along: Int8Array
  /** How far a body reaches along from its middle, steps, with what it keeps free. */
  readonly #reach: Int32Array
  /** Body of every item as it lies now. */
  readonly #now: Int32Array
  readonly #turn: Int32Array
  readonly #x: Int32Array
  readonly #y: Int32Array
  #lengthMm: number
  #share: number = SHRINK.first
  #idle = 0
  #tries = 0
  #least = Infinity
  #leastOfTries = Infinity
  #leastLay: Lay
  #givenUp: { lay: Lay; loss: number }[] = []
  /** Rounds so far. */
  rounds = 0
  /** Lengths given up since the last one that was reached. */
  failures = 0
  /** The shortest lay without an overlap; none until one is found. */
  best: Lay | undefined
  readonly #start: Lay
  // What stands in the way on the line that is being scanned: forbidden stretches, whose, and what they weigh.
  readonly #lo = new Int32Array(IN_THE_WAY)
  readonly #hi = new Int32Array(IN_THE_WAY)
  readonly #owner = new Int32Array(IN_THE_WAY)
  readonly #weight = new Float64Array(IN_THE_WAY)
  readonly #columns: Lines[] = []
  readonly #views = new Int8Array(2 * IN_THE_WAY)
  /** The best place of the piece that is being moved. */
  readonly #found = { turn: 0, x: 0, y: 0, loss: Infinity }

  /**
   * @param kinds of every item
   * @param bodies of every kind: the ways it may lie
   * @param start where the search sets out; it may overlap a little
   */
  constructor(
    kinds: readonly number[],
    bodies: readonly (readonly Body[])[],
    { widthMm, stepMm, anywhere = LINES.anywhere }: Ground,
    start: Lay,
    seed: number,
  ) {
    this.#kinds = kinds
    this.#bodies = bodies
    this.#ids = bodies.map((ways) => ways.map((body) => this.#flat.push(body) - 1))
    const known = new Map<string, number>()
    this.#across = Int8Array.from(this.#flat, ({ across }) => across)
    this.#along = Int8Array.from(this.#flat, ({ along }) => along)
    this.#shapes = Int32Array.from(this.#flat, ({ parts }) => {
      // An under collar cut as the upper one is the same shape: less to work out.
      const key = parts.map((part) => part.map((p) => `${p.x.toFixed(2)},${p.y.toFixed(2)}`).join(' ')).join('/')
      if (!known.has(key)) known.set(key, known.size)
      return known.get(key)!
    })
    this.#widthMm = widthMm
    this.#stepMm = stepMm
    this.#anywhere = anywhere
    this.#chance = random(seed)
    this.#n = kinds.length
    this.#weights = new Float64Array(this.#n ** 2).fill(1)
    this.#depths = new Float64Array(this.#n ** 2)
    this.#nofits = Array.from(known, () => Array.from({ length: 4 * known.size }))
    this.#reach = Int32Array.from(
      this.#flat,
      ({ parts }) => Math.ceil(Math.max(...parts.flat().map(({ y }) => Math.abs(y))) / stepMm) + 1,
    )
    this.#now = new Int32Array(this.#n)
    this.#turn = new Int32Array(this.#n)
    this.#x = new Int32Array(this.#n)
    this.#y = new Int32Array(this.#n)
    this.#start = start
    this.#lengthMm = start.lengthMm
    this.#take(start)
    this.#leastLay = start
  }

  /** One round: every piece that overlaps looks for a better place; then the lay is cut shorter, or given up. */
  step(): void {
    this.rounds++
    const { total, worst } = this.#measure()
    if (total === 0) {
      this.best = this.#lay()
      this.failures = 0
      this.#share = Math.min(SHRINK.most, this.#share * SHRINK.more)
      this.#shrink()
      return
    }
    if (total < this.#least * LESS) {
      this.#least = total
      this.#leastLay = this.#lay()
      this.#idle = 0
    } else if (++this.#idle > PATIENCE.rounds) {
      this.#endTry()
      return
    }
    this.#reweigh(worst)
    this.#moveAll()
  }

  /** From the lay that overlapped least once more; after some tries from another one, or at another length. */
  #endTry(): void {
    this.#idle = 0
    this.#tries = this.#least < this.#leastOfTries * LESS ? 0 : this.#tries + 1
    this.#leastOfTries = this.#least
    this.#take(this.#leastLay)
    if (this.#tries < PATIENCE.tries) return
    this.#givenUp.push({ lay: this.#leastLay, loss: this.#least })
    if (this.#share > SHRINK.small || this.#givenUp.length > PATIENCE.lays) {
      this.failures++
      this.#share = Math.max(SHRINK.least, this.#share * SHRINK.less)
      this.#shrink()
      return
    }
    // The less a lay overlapped, the likelier the next one is made from it.
    this.#givenUp.sort((a, b) => a.loss - b.loss)
    this.#take(this.#givenUp[Math.floor(this.#chance() ** 2 * this.#givenUp.length)]!.lay)
    this.#setOut()
    this.#changeRound()
  }

  #setOut(): void {
    this.#least = Infinity
    this.#leastOfTries = Infinity
    this.#idle = 0
    this.#tries = 0
    this.#weights.fill(1)
  }

  #take(lay: Lay): void {
    this.#turn.set(lay.turn)
    this.#x.set(lay.x)
    this.#y.set(lay.y)
    for (let i = 0; i < this.#n; i++) this.#now[i] = this.#ids[this.#kinds[i]!]![lay.turn[i]!]!
  }

  #lay(): Lay {
    let lengthMm = 0
    for (let i = 0; i < this.#n; i++)
      lengthMm = Math.max(lengthMm, this.#y[i]! * this.#stepMm + this.#body(i).height / 2)
    return { turn: this.#turn.slice(), x: this.#x.slice(), y: this.#y.slice(), lengthMm }
  }

  #body(item: number): Body {
    return this.#bodies[this.#kinds[item]!]![this.#turn[item]!]!
  }
  /** First and last step at which the middle of a body may lie. */
  #first({ height }: Body): number {
    return Math.ceil(height / 2 / this.#stepMm - 1e-9)
  }
  #last(body: Body): number {
    return Math.max(this.#first(body), Math.floor((this.#lengthMm - body.height / 2) / this.#stepMm + 1e-9))
  }
  /** Least and most across, units. */
  #left({ width }: Body): number {
    return Math.ceil((width / 2) * UNITS_PER_MM - 1e-6)
  }
  #right({ width }: Body): number {
    return Math.floor((this.#widthMm - width / 2) * UNITS_PER_MM + 1e-6)
  }

  /** Cut the best lay shorter: what lies beyond a line drawn by chance moves up. */
  #shrink(): void {
    const from = this.best ?? this.#start
    this.#take(from)
    this.#setOut()
    this.#givenUp = []
    this.#lengthMm = from.lengthMm * (1 - this.#share)
    const by = Math.ceil((from.lengthMm - this.#lengthMm) / this.#stepMm)
    const line = this.#chance() * from.lengthMm
    for (let i = 0; i < this.#n; i++) {
      const body = this.#body(i)
      const beyond = this.#y[i]! * this.#stepMm > line
      this.#y[i] = Math.max(this.#first(body), Math.min(this.#last(body), this.#y[i]! - (beyond ? by : 0)))
    }
  }

  /** Two large pieces change places. */
  #changeRound(): void {
    const order = Array.from(this.#kinds, (_, i) => i).sort((a, b) => this.#body(b).area - this.#body(a).area)
    const large = order.slice(0, Math.max(2, Math.ceil(this.#n * LARGE)))
    const pick = (): number => large[Math.floor(this.#chance() * large.length)] ?? 0
    const a = pick()
    let b = pick()
    // Two of one kind changed round are the same lay; a few tries find two that are not.
    for (let tries = 0; tries < 8 && this.#kinds[a] === this.#kinds[b]; tries++) b = pick()
    const [xa, ya] = [this.#x[a]!, this.#y[a]!]
    this.#place(a, this.#turn[a]!, this.#x[b]!, this.#y[b]!)
    this.#place(b, this.#turn[b]!, xa, ya)
  }

  #place(item: number, turn: number, x: number, y: number): void {
    this.#turn[item] = turn
    this.#now[item] = this.#ids[this.#kinds[item]!]![turn]!
    const body = this.#body(item)
    this.#x[item] = Math.max(this.#left(body), Math.min(this.#right(body), x))
    this.#y[item] = Math.max(this.#first(body), Math.min(this.#last(body), y))
  }

  /** Of two bodies: where the middle of the one with the higher shape must not lie, seen from the other as drafted. */
  #noFit(a: number, b: number): NoFit {
    const shapes = this.#shapes
    const [low, high] = shapes[a]! < shapes[b]! ? [a, b] : [b, a]
    const [one, other] = [this.#flat[low]!, this.#flat[high]!]
    const way = (one.across === other.across ? 0 : 1) + (one.along === other.along ? 0 : 2)
    const row = this.#nofits[shapes[high]!]!
    return (row[4 * shapes[low]! + way] ??= noFit(one.parts, laid(other.parts, way), this.#stepMm))
  }

  /** How deep every pair overlaps, units. */
  #measure(): { total: number; worst: number } {
    const n = this.#n
    let [total, worst] = [0, 0]
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        const depth = this.#depth(this.#now[i]!, this.#x[i]!, this.#y[i]!, j)
        this.#depths[i * n + j] = depth
        this.#depths[j * n + i] = depth
        total += depth
        if (depth > worst) worst = depth
      }
    return { total, worst }
  }

  /** How deep body `id` lying at (x, y) overlaps item j, units. */
  #depth(id: number, x: number, y: number, j: number): number {
    const other = this.#now[j]!
    const dy = y - this.#y[j]!
    // Too far apart along the cloth: most pairs.
    if (Math.abs(dy) >= this.#reach[other]! + this.#reach[id]!) return 0
    const { rows, columns } = this.#noFit(other, id)
    const turned = this.#shapes[id]! < this.#shapes[other]!
    const h = turned ? -this.#across[id]! : this.#across[other]!
    const v = turned ? -this.#along[id]! : this.#along[other]!
    const k = v * dy - rows.first
    if (k < 0 || k >= rows.count) return 0
    const dx = h * (x - this.#x[j]!)
    const { from, ends } = rows
    for (let e = from[k]!, stop = from[k + 1]!; e < stop; e += 2) {
      if (dx <= ends[e]!) return 0
      if (dx < ends[e + 1]!)
        return TOUCH + this.#shallower(columns, dx, v * dy, Math.min(dx - ends[e]!, ends[e + 1]! - dx))
    }
    return 0
  }

  /** The way out along the cloth where it is shorter than the one across. */
  #shallower(columns: NoFit['columns'], dx: number, dy: number, across: number): number {
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

  #reweigh(worst: number): void {
    const weights = this.#weights
    for (let k = 0; k < weights.length; k++) {
      const depth = this.#depths[k]!
      weights[k] =
        depth > 0
          ? weights[k]! * (WEIGHT.least + ((WEIGHT.most - WEIGHT.least) * depth) / worst)
          : Math.max(1, weights[k]! * WEIGHT.decay)
    }
  }

  #moveAll(): void {
    const n = this.#n
    const order: number[] = []
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++)
        if (this.#depths[i * n + j]! > 0) {
          order.push(i)
          break
        }
    }
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(this.#chance() * (i + 1))
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    for (const item of order) this.#improve(item)
  }

  /** Weighted depth of an item where it lies. */
  #loss(item: number): number {
    let sum = 0
    for (let j = 0; j < this.#n; j++)
      if (j !== item)
        sum += this.#depth(this.#now[item]!, this.#x[item]!, this.#y[item]!, j) * this.#weights[item * this.#n + j]!
    return sum
  }

  /** Move a piece to the place where it overlaps least of those that are tried: near it, and anywhere. */
  #improve(item: number): void {
    const kind = this.#kinds[item]!
    const ways = this.#bodies[kind]!
    const loss = this.#loss(item)
    if (loss === 0) return
    const found = this.#found
    const y = this.#y[item]!
    found.turn = this.#turn[item]!
    found.x = this.#x[item]!
    found.y = y
    found.loss = loss
    const spread = LINES.nearMm / this.#stepMm
    this.#scan(item, found.turn, y)
    for (let t = 0; t < LINES.near && found.loss > 0; t++) {
      const way = Math.floor(this.#chance() * ways.length)
      this.#scan(item, way, y + Math.round((this.#chance() + this.#chance() - 1) * spread))
    }
    this.#descend(item)
    for (let t = 0; t < this.#anywhere && found.loss > 0; t++) {
      const way = Math.floor(this.#chance() * ways.length)
      const before = found.loss
      this.#scan(item, way, this.#anyLine(ways[way]!))
      if (found.loss < before) this.#descend(item)
    }
    this.#place(item, found.turn, found.x, found.y)
  }

  #anyLine(body: Body): number {
    const first = this.#first(body)
    return first + Math.floor(this.#chance() * (this.#last(body) - first + 1))
  }

  /** From the best place found, on up or down as long as that helps. */
  #descend(item: number): void {
    const found = this.#found
    for (let step = 8; step >= 1 && found.loss > 0;) {
      const before = found.loss
      const y = found.y
      this.#scan(item, found.turn, y - step)
      if (found.loss === before) this.#scan(item, found.turn, y + step)
      if (found.loss === before) step >>= 1
    }
  }

  /** The best place across on one line: pieces stand in the way in stretches, and the best place is at an end of one. */
  #scan(item: number, turn: number, y: number): void {
    const kind = this.#kinds[item]!
    const body = this.#bodies[kind]![turn]!
    if (y < this.#first(body) || y > this.#last(body)) return
    const id = this.#ids[kind]![turn]!
    const least = this.#left(body)
    const limit = this.#right(body)
    const count = this.#gather(item, id, y, least, limit)
    const found = this.#found
    for (let t = -2; t < 2 * count && found.loss > 0; t++) {
      let x = t === -2 ? least : limit
      if (t >= 0) {
        x = (t & 1 ? this.#hi : this.#lo)[t >> 1]!
        if (x < least || x > limit) continue
      }
      const loss = this.#lossAt(x, y, count, found.loss)
      if (loss >= found.loss) continue
      found.turn = turn
      found.x = x
      found.y = y
      found.loss = loss
    }
  }

  /** Note what stands in the way on a line. Returns how much. */
  #gather(item: number, id: number, y: number, least: number, limit: number): number {
    const [lo, hi, owner, weight] = [this.#lo, this.#hi, this.#owner, this.#weight]
    const [now, xs, ys] = [this.#now, this.#x, this.#y]
    const base = item * this.#n
    const reach = this.#reach[id]!
    let count = 0
    for (let j = 0; j < this.#n; j++) {
      if (j === item) continue
      const dy = y - ys[j]!
      if (Math.abs(dy) >= this.#reach[now[j]!]! + reach) continue
      const { rows, columns } = this.#noFit(now[j]!, id)
      const turned = this.#shapes[id]! < this.#shapes[now[j]!]!
      const h = turned ? -this.#across[id]! : this.#across[now[j]!]!
      const v = turned ? -this.#along[id]! : this.#along[now[j]!]!
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
    return count
  }

  #lossAt(x: number, y: number, count: number, bound: number): number {
    const [lo, hi] = [this.#lo, this.#hi]
    let sum = 0
    for (let t = 0; t < count; t++) {
      if (x <= lo[t]! || x >= hi[t]!) continue
      const j = this.#owner[t]!
      const across = Math.min(x - lo[t]!, hi[t]! - x)
      const dx = this.#views[2 * t]! * (x - this.#x[j]!)
      const dy = this.#views[2 * t + 1]! * (y - this.#y[j]!)
      const depth = this.#shallower(this.#columns[t]!, dx, dy, across)
      sum += (TOUCH + depth) * this.#weight[t]!
      if (sum >= bound) return sum
    }
    return sum
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
