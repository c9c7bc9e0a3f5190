/**
 * Shorter markers by letting pieces overlap for a while: the lay is cut shorter, whatever then overlaps is moved to where
 * it overlaps least, and pairs that stay in each other's way weigh more from round to round (guided local search over
 * overlaps: Umetani et al. 2009; Gardeyn, Vanden Berghe and Wauters 2025).
 */
import { random } from '../../core/random.ts'
import { type Ground, type Lay, Lying } from './lying.ts'
import { Line } from './line.ts'
import { type Body, Meetings } from './meetings.ts'

/** What a pair that overlaps comes to weigh: the deepest the most. Others forget. */
const WEIGHT = { least: 1.2, most: 2, decay: 0.95 } as const
/**
 * Share of its length that a lay is cut shorter by: more after a success, less after a failure. A large share that
 * fails is given up at once; only for a small one are other lays tried.
 */
const SHRINK = { first: 0.003, least: 0.0003, most: 0.008, more: 1.2, less: 0.5, small: 0.002 } as const
/** Rounds without less overlap that end a try, tries without success that end a lay, lays that end a length. */
const PATIENCE = { rounds: 200, tries: 2, lays: 4 } as const
/** Less overlap than before: by this factor at least. */
const LESS = 0.98
/** Lines that a piece is tried on: near it, this far off at most, and anywhere. */
const LINES = { near: 8, nearMm: 60, anywhere: 16 } as const
/** Share of the pieces, largest first, that are changed round to leave a lay that leads nowhere. */
const LARGE = 0.4

export class Separator {
  readonly #kinds: readonly number[]
  readonly #meetings: Meetings
  readonly #lying: Lying
  readonly #line: Line
  readonly #stepMm: number
  readonly #anywhere: number
  readonly #chance: () => number
  /** What every pair weighs and how deep it overlaps, row by row. */
  readonly #weights: Float64Array
  readonly #depths: Float64Array
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
    ground: Ground,
    start: Lay,
    seed: number,
  ) {
    const { stepMm, anywhere = LINES.anywhere } = ground
    this.#kinds = kinds
    this.#stepMm = stepMm
    this.#anywhere = anywhere
    this.#chance = random(seed)
    this.#weights = new Float64Array(kinds.length ** 2).fill(1)
    this.#depths = new Float64Array(kinds.length ** 2)
    this.#meetings = new Meetings(bodies.flat(), stepMm)
    this.#lying = new Lying(kinds, bodies, ground, start)
    this.#line = new Line(this.#lying, this.#meetings, this.#weights)
    this.#start = start
    this.#leastLay = start
  }

  /** One round: every piece that overlaps looks for a better place; then the lay is cut shorter, or given up. */
  step(): void {
    this.rounds++
    const { total, worst } = this.#measure()
    if (total === 0) {
      this.best = this.#lying.copy()
      this.failures = 0
      this.#share = Math.min(SHRINK.most, this.#share * SHRINK.more)
      this.#shrink()
      return
    }
    if (total < this.#least * LESS) {
      this.#least = total
      this.#leastLay = this.#lying.copy()
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
    this.#lying.take(this.#leastLay)
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
    this.#lying.take(this.#givenUp[Math.floor(this.#chance() ** 2 * this.#givenUp.length)]!.lay)
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

  /** Cut the best lay shorter: what lies beyond a line drawn by chance moves up. */
  #shrink(): void {
    const from = this.best ?? this.#start
    this.#lying.take(from)
    this.#setOut()
    this.#givenUp = []
    this.#lying.lengthMm = from.lengthMm * (1 - this.#share)
    const lying = this.#lying
    const by = Math.ceil((from.lengthMm - lying.lengthMm) / this.#stepMm)
    const line = this.#chance() * from.lengthMm
    for (let i = 0; i < lying.count; i++) {
      const body = lying.body(i)
      const beyond = lying.y[i]! * this.#stepMm > line
      lying.y[i] = Math.max(lying.first(body), Math.min(lying.last(body), lying.y[i]! - (beyond ? by : 0)))
    }
  }

  /** Two large pieces change places. */
  #changeRound(): void {
    const lying = this.#lying
    const order = Array.from(this.#kinds, (_, i) => i).sort((a, b) => lying.body(b).area - lying.body(a).area)
    const large = order.slice(0, Math.max(2, Math.ceil(lying.count * LARGE)))
    const pick = (): number => large[Math.floor(this.#chance() * large.length)] ?? 0
    const a = pick()
    let b = pick()
    // Two of one kind changed round are the same lay; a few tries find two that are not.
    for (let tries = 0; tries < 8 && this.#kinds[a] === this.#kinds[b]; tries++) b = pick()
    const [xa, ya] = [lying.x[a]!, lying.y[a]!]
    lying.place(a, lying.turn[a]!, lying.x[b]!, lying.y[b]!)
    lying.place(b, lying.turn[b]!, xa, ya)
  }

  /** How deep every pair overlaps, units. */
  #measure(): { total: number; worst: number } {
    const n = this.#lying.count
    let [total, worst] = [0, 0]
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        const depth = this.#depth(i, j)
        this.#depths[i * n + j] = depth
        this.#depths[j * n + i] = depth
        total += depth
        if (depth > worst) worst = depth
      }
    return { total, worst }
  }

  /** How deep two items overlap as they lie, units. */
  #depth(i: number, j: number): number {
    const { now, x, y } = this.#lying
    return this.#meetings.depth(now[j]!, now[i]!, x[i]! - x[j]!, y[i]! - y[j]!)
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
    const n = this.#lying.count
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
    const n = this.#lying.count
    let sum = 0
    for (let j = 0; j < n; j++) if (j !== item) sum += this.#depth(item, j) * this.#weights[item * n + j]!
    return sum
  }

  /** Move a piece to the place where it overlaps least of those that are tried: near it, and anywhere. */
  #improve(item: number): void {
    const loss = this.#loss(item)
    if (loss === 0) return
    const lying = this.#lying
    const ways = lying.ways(item)
    const found = this.#found
    const y = lying.y[item]!
    found.turn = lying.turn[item]!
    found.x = lying.x[item]!
    found.y = y
    found.loss = loss
    const spread = LINES.nearMm / this.#stepMm
    this.#scan(item, found.turn, y)
    for (let t = 0; t < LINES.near && found.loss > 0; t++) {
      const way = Math.floor(this.#chance() * ways)
      this.#scan(item, way, y + Math.round((this.#chance() + this.#chance() - 1) * spread))
    }
    this.#descend(item)
    for (let t = 0; t < this.#anywhere && found.loss > 0; t++) {
      const way = Math.floor(this.#chance() * ways)
      const before = found.loss
      this.#scan(item, way, this.#anyLine(lying.body(item, way)))
      if (found.loss < before) this.#descend(item)
    }
    lying.place(item, found.turn, found.x, found.y)
  }

  #anyLine(body: Body): number {
    const first = this.#lying.first(body)
    return first + Math.floor(this.#chance() * (this.#lying.last(body) - first + 1))
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
    const [lying, line, found] = [this.#lying, this.#line, this.#found]
    const body = lying.body(item, turn)
    if (y < lying.first(body) || y > lying.last(body)) return
    const least = lying.left(body)
    const limit = lying.right(body)
    line.gather(item, lying.id(item, turn), y, least, limit)
    for (let t = -2; t < 2 * line.count && found.loss > 0; t++) {
      let x = t === -2 ? least : limit
      if (t >= 0) {
        x = line.end(t)
        if (x < least || x > limit) continue
      }
      const loss = line.lossAt(x, found.loss)
      if (loss >= found.loss) continue
      found.turn = turn
      found.x = x
      found.y = y
      found.loss = loss
    }
  }
}
