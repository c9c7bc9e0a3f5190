/**
 * Cloth by extended position-based dynamics (Macklin, Müller and Chentanez 2016) with small steps and one pass of the
 * constraints in each (Macklin et al. 2019). mm, g, s. Nothing here is drawn by lot: the same input gives the same bytes on
 * one engine.
 */
import { type Contacts } from './contact.ts'
import type { System } from './system.ts'

/** What cloth cannot enter. @returns the distance, mm; where it is near, the outward direction goes to `out` */
export type Obstacle = (x: number, y: number, z: number, out: Float64Array) => number

/** A particle that has come to the wrong side of cloth: which way it is brought back. */
export interface Strayed {
  particle: number
  x: number
  y: number
  z: number
}
/** Strayed particles go back so far in a step, mm. */
const BACK = 0.8

/** Two places held together, or kept from coming further apart than `rest`. */
export interface Tie {
  a: number
  b: number
  rest: number
}
export interface Held {
  particle: number
  y: number
}

export interface Rules {
  /** Acceleration downwards, mm/s². */
  gravity: number
  /** Share of its speed that cloth loses in a second. */
  drag: number
  friction: number
  /** mm/s at most. */
  fastest: number
  /** Compliance of stitches that are being drawn together, 1/(g/s²). */
  stitch: number
}

/** Step, s. */
export const STEP = 1 / 600
/** Cloth keeps this far from what it hangs on, mm. */
const SKIN = 2.5
/** How much further than its stiffness it gives way in compression: it buckles finer than the mesh shows. */
const BUCKLES = 1.2
/** Stitches draw no more than this in a step, mm. */
const DRAW = 2.5
const SEARCH_EVERY = 8
/** What keeps to its half of the body stays this far from the middle, mm: two legs lie against each other there. */
const HALF = 1.5

export class Sim {
  readonly x: Float64Array
  readonly v: Float64Array
  readonly #before: Float64Array
  readonly #out = new Float64Array(3)
  system: System
  obstacle: Obstacle
  contacts: Contacts | undefined
  strayed: readonly Strayed[] = []
  stitches: Uint32Array = new Uint32Array(0)
  ties: readonly Tie[] = []
  held: readonly Held[] = []
  /** Half of the body that a particle keeps to: 1 the wearer's left, −1 the right, 0 both. */
  half: Int8Array | undefined
  rules: Rules = { gravity: 9810, drag: 2, friction: 0.35, fastest: 1800, stitch: 1e-3 }
  steps = 0

  constructor(start: Float64Array, system: System, obstacle: Obstacle) {
    this.x = Float64Array.from(start)
    this.v = new Float64Array(start.length)
    this.#before = Float64Array.from(start)
    this.system = system
    this.obstacle = obstacle
  }

  /** Brings everything out of what it cannot enter, before anything moves. */
  pushOut(gap: number): void {
    const { x } = this
    const out = this.#out
    for (let round = 0; round < 12; round++)
      for (let o = 0; o < x.length; o += 3) {
        const d = this.obstacle(x[o]!, x[o + 1]!, x[o + 2]!, out)
        if (d >= gap) continue
        const push = Math.min(14, gap - d)
        for (let k = 0; k < 3; k++) x[o + k]! += out[k]! * push
      }
    this.#before.set(x)
  }

  step(): void {
    this.#move()
    this.#keepLengths()
    this.#unbend()
    this.#draw()
    for (const { particle, y } of this.held) this.x[3 * particle + 1]! += (y - this.x[3 * particle + 1]!) * 0.2
    if (this.contacts) {
      if (this.steps % SEARCH_EVERY === 0) this.contacts.find(this.x, this.system)
      this.contacts.apart(this.x, this.#before, this.system)
    }
    for (const { particle, x, y, z } of this.strayed) {
      const o = 3 * particle
      this.x[o]! += x * BACK
      this.x[o + 1]! += y * BACK
      this.x[o + 2]! += z * BACK
    }
    this.#keepOut()
    const { x, v } = this
    const before = this.#before
    for (let i = 0; i < x.length; i++) v[i] = (x[i]! - before[i]!) / STEP
    this.steps++
  }

  #move(): void {
    const { x, v, rules } = this
    const { weight } = this.system
    const before = this.#before
    before.set(x)
    const keep = Math.max(0, 1 - rules.drag * STEP)
    const fall = rules.gravity * STEP
    const most = rules.fastest * rules.fastest
    for (let p = 0; p < weight.length; p++) {
      if (weight[p] === 0) continue
      const o = 3 * p
      let vx = v[o]! * keep
      let vy = (v[o + 1]! - fall) * keep
      let vz = v[o + 2]! * keep
      const fast = vx * vx + vy * vy + vz * vz
      if (fast > most) {
        const f = Math.sqrt(most / fast)
        vx *= f
        vy *= f
        vz *= f
      }
      x[o] = x[o]! + vx * STEP
      x[o + 1] = x[o + 1]! + vy * STEP
      x[o + 2] = x[o + 2]! + vz * STEP
    }
  }

  #keepLengths(): void {
    const { x } = this
    const { edges, rest, give, weight } = this.system
    for (let i = 0; i < rest.length; i++) {
      const p = edges[2 * i]!
      const q = edges[2 * i + 1]!
      const a = 3 * p
      const b = 3 * q
      const dx = x[b]! - x[a]!
      const dy = x[b + 1]! - x[a + 1]!
      const dz = x[b + 2]! - x[a + 2]!
      const l = Math.sqrt(dx * dx + dy * dy + dz * dz)
      if (l < 1e-9) continue
      const over = l - rest[i]!
      const wp = weight[p]!
      const wq = weight[q]!
      const s = over / (l * (wp + wq + (over < 0 ? give[i]! * BUCKLES : give[i]!)))
      const sp = s * wp
      const sq = s * wq
      x[a] = x[a]! + dx * sp
      x[a + 1] = x[a + 1]! + dy * sp
      x[a + 2] = x[a + 2]! + dz * sp
      x[b] = x[b]! - dx * sq
      x[b + 1] = x[b + 1]! - dy * sq
      x[b + 2] = x[b + 2]! - dz * sq
    }
  }

  #unbend(): void {
    const { x } = this
    const { bends, bendFactor, bendGive, bendWeight, weight } = this.system
    for (let i = 0; i < bendGive.length; i++) {
      const q = 4 * i
      const p0 = bends[q]!
      const p1 = bends[q + 1]!
      const p2 = bends[q + 2]!
      const p3 = bends[q + 3]!
      const f0 = bendFactor[q]!
      const f1 = bendFactor[q + 1]!
      const f2 = bendFactor[q + 2]!
      const f3 = bendFactor[q + 3]!
      const a = 3 * p0
      const b = 3 * p1
      const c = 3 * p2
      const d = 3 * p3
      const s = -1 / (bendWeight[i]! + bendGive[i]!)
      const ex = (f0 * x[a]! + f1 * x[b]! + f2 * x[c]! + f3 * x[d]!) * s
      const ey = (f0 * x[a + 1]! + f1 * x[b + 1]! + f2 * x[c + 1]! + f3 * x[d + 1]!) * s
      const ez = (f0 * x[a + 2]! + f1 * x[b + 2]! + f2 * x[c + 2]! + f3 * x[d + 2]!) * s
      const w0 = weight[p0]! * f0
      const w1 = weight[p1]! * f1
      const w2 = weight[p2]! * f2
      const w3 = weight[p3]! * f3
      x[a] = x[a]! + ex * w0
      x[a + 1] = x[a + 1]! + ey * w0
      x[a + 2] = x[a + 2]! + ez * w0
      x[b] = x[b]! + ex * w1
      x[b + 1] = x[b + 1]! + ey * w1
      x[b + 2] = x[b + 2]! + ez * w1
      x[c] = x[c]! + ex * w2
      x[c + 1] = x[c + 1]! + ey * w2
      x[c + 2] = x[c + 2]! + ez * w2
      x[d] = x[d]! + ex * w3
      x[d + 1] = x[d + 1]! + ey * w3
      x[d + 2] = x[d + 2]! + ez * w3
    }
  }

  /** Stitches and ties. */
  #draw(): void {
    const give = this.rules.stitch / (STEP * STEP)
    for (let i = 0; i < this.stitches.length; i += 2) this.#pull(this.stitches[i]!, this.stitches[i + 1]!, 0, give)
    for (const { a, b, rest } of this.ties) this.#pull(a, b, rest, 1)
  }

  #pull(p: number, q: number, rest: number, give: number): void {
    const { x } = this
    const { weight } = this.system
    const a = 3 * p
    const b = 3 * q
    const dx = x[b]! - x[a]!
    const dy = x[b + 1]! - x[a + 1]!
    const dz = x[b + 2]! - x[a + 2]!
    const l = Math.sqrt(dx * dx + dy * dy + dz * dz)
    const wp = weight[p]!
    const wq = weight[q]!
    if (l < 1e-6 || l <= rest || wp + wq === 0) return
    let s = (l - rest) / (l * (wp + wq + give))
    const move = l * s * Math.max(wp, wq)
    if (move > DRAW) s *= DRAW / move
    x[a]! += dx * s * wp
    x[a + 1]! += dy * s * wp
    x[a + 2]! += dz * s * wp
    x[b]! -= dx * s * wq
    x[b + 1]! -= dy * s * wq
    x[b + 2]! -= dz * s * wq
  }

  /** Out of the form, with Coulomb's friction: what slides is held back by up to μ times the push. */
  #keepOut(): void {
    const { x, rules } = this
    const { weight } = this.system
    const before = this.#before
    const out = this.#out
    const half = this.half
    for (let p = 0; p < weight.length; p++) {
      if (weight[p] === 0) continue
      const o = 3 * p
      if (half) {
        const side = half[p]!
        if (side !== 0 && x[o]! * side < HALF) x[o] = x[o]! + (side * HALF - x[o]!) * 0.5
      }
      const d = this.obstacle(x[o]!, x[o + 1]!, x[o + 2]!, out)
      if (d >= SKIN) continue
      const push = Math.min(SKIN - d, 6)
      const nx = out[0]!
      const ny = out[1]!
      const nz = out[2]!
      x[o] = x[o]! + nx * push
      x[o + 1] = x[o + 1]! + ny * push
      x[o + 2] = x[o + 2]! + nz * push
      let tx = x[o]! - before[o]!
      let ty = x[o + 1]! - before[o + 1]!
      let tz = x[o + 2]! - before[o + 2]!
      const along = tx * nx + ty * ny + tz * nz
      tx -= along * nx
      ty -= along * ny
      tz -= along * nz
      const slip = Math.sqrt(tx * tx + ty * ty + tz * tz)
      const hold = slip > 1e-9 ? Math.min(1, (rules.friction * push) / slip) : 0
      x[o] = x[o]! - tx * hold
      x[o + 1] = x[o + 1]! - ty * hold
      x[o + 2] = x[o + 2]! - tz * hold
    }
  }

  /** Widest gap between two places that are sewn to each other, mm. */
  gap(): number {
    const { x, stitches } = this
    let worst = 0
    for (let i = 0; i < stitches.length; i += 2) {
      const [a, b] = [3 * stitches[i]!, 3 * stitches[i + 1]!]
      worst = Math.max(worst, Math.hypot(x[a]! - x[b]!, x[a + 1]! - x[b + 1]!, x[a + 2]! - x[b + 2]!))
    }
    return worst
  }

  /** Root mean square of the speed, mm/s. */
  speed(): number {
    const { v } = this
    const { weight } = this.system
    let sum = 0
    let count = 0
    for (let p = 0; p < weight.length; p++) {
      if (weight[p] === 0) continue
      sum += v[3 * p]! ** 2 + v[3 * p + 1]! ** 2 + v[3 * p + 2]! ** 2
      count++
    }
    return Math.sqrt(sum / Math.max(1, count))
  }

  /** Sewn vertices become one particle, in the middle of where they were. @returns which particle each vertex is */
  weld(): Uint32Array {
    const n = this.x.length / 3
    const parent = Uint32Array.from({ length: n }, (_, i) => i)
    const root = (i: number): number => {
      let at = i
      while (parent[at] !== at) {
        parent[at] = parent[parent[at]!]!
        at = parent[at]!
      }
      return at
    }
    for (let i = 0; i < this.stitches.length; i += 2) parent[root(this.stitches[i]!)] = root(this.stitches[i + 1]!)
    const groups = new Map<number, number[]>()
    for (let i = 0; i < n; i++) {
      const r = root(i)
      const group = groups.get(r)
      if (group) group.push(i)
      else groups.set(r, [i])
    }
    for (const group of groups.values()) {
      if (group.length < 2) continue
      for (let k = 0; k < 3; k++)
        for (const values of [this.x, this.v]) {
          const middle = group.reduce((sum, i) => sum + values[3 * i + k]!, 0) / group.length
          for (const i of group) values[3 * i + k] = middle
        }
    }
    this.stitches = new Uint32Array(0)
    return Uint32Array.from({ length: n }, (_, i) => root(i))
  }
}
