/** Cloth on cloth: vertices near triangles that they do not belong to, kept on the side they are on. mm. */
import type { System } from './system.ts'

/** Width of a cell of the hash, mm; a little more than an edge. */
const CELL = 24
const SLOTS = 1 << 16
/** Pairs are looked for this far beyond the cloth's thickness, mm: as far as cloth comes between two searches. */
const AHEAD = 5

/**
 * Which side of a triangle, by its first index, a particle belongs on: 1, −1, or 0 for where it is.
 * @param nx, nz the triangle's normal
 */
export type Order = (particle: number, triangle: number, nx: number, nz: number) => number

const slot = (i: number, j: number, k: number): number =>
  ((Math.imul(i, 73856093) ^ Math.imul(j, 19349663) ^ Math.imul(k, 83492791)) >>> 0) & (SLOTS - 1)

export class Contacts {
  count = 0
  #pairs = new Int32Array(8192)
  #side = new Int8Array(4096)
  readonly #head = new Int32Array(SLOTS)
  #next = new Int32Array(0)
  #what = new Int32Array(0)
  readonly #thickness: number
  readonly #order: Order | undefined
  /** Only pairs that have an order: while seams are still drawn together, everything else may pass. */
  onlyOrdered = false

  constructor(thickness: number, order?: Order) {
    this.#thickness = thickness
    this.#order = order
  }

  /** Particles that pass through cloth for now, because they are on the wrong side of it. */
  free: ReadonlySet<number> = new Set()

  /** Takes down which vertices are near which triangles. */
  find(x: Float64Array, { triangles, particle, weight }: System): void {
    const n = particle.length
    const head = this.#head.fill(-1)
    if (this.#next.length < n) {
      this.#next = new Int32Array(n)
      this.#what = new Int32Array(n)
    }
    let used = 0
    for (let p = 0; p < n; p++) {
      if (particle[p] !== p || weight[p] === 0 || this.free.has(p)) continue
      const c = slot(Math.floor(x[3 * p]! / CELL), Math.floor(x[3 * p + 1]! / CELL), Math.floor(x[3 * p + 2]! / CELL))
      this.#next[used] = head[c]!
      this.#what[used] = p
      head[c] = used++
    }
    this.count = 0
    for (let t = 0; t < triangles.length; t += 3) this.#near(x, triangles, t)
  }

  #near(x: Float64Array, triangles: Uint32Array, t: number): void {
    const reach = this.#thickness + AHEAD
    const a = 3 * triangles[t]!
    const b = 3 * triangles[t + 1]!
    const c = 3 * triangles[t + 2]!
    const ax = x[a]!
    const ay = x[a + 1]!
    const az = x[a + 2]!
    const ux = x[b]! - ax
    const uy = x[b + 1]! - ay
    const uz = x[b + 2]! - az
    const vx = x[c]! - ax
    const vy = x[c + 1]! - ay
    const vz = x[c + 2]! - az
    let nx = uy * vz - uz * vy
    let ny = uz * vx - ux * vz
    let nz = ux * vy - uy * vx
    const l = Math.sqrt(nx * nx + ny * ny + nz * nz)
    if (l < 1e-6) return
    nx /= l
    ny /= l
    nz /= l
    const i1 = Math.floor((ax + Math.max(0, ux, vx) + reach) / CELL)
    const j1 = Math.floor((ay + Math.max(0, uy, vy) + reach) / CELL)
    const k1 = Math.floor((az + Math.max(0, uz, vz) + reach) / CELL)
    const j0 = Math.floor((ay + Math.min(0, uy, vy) - reach) / CELL)
    const k0 = Math.floor((az + Math.min(0, uz, vz) - reach) / CELL)
    const d00 = ux * ux + uy * uy + uz * uz
    const d01 = ux * vx + uy * vy + uz * vz
    const d11 = vx * vx + vy * vy + vz * vz
    const den = d00 * d11 - d01 * d01
    for (let i = Math.floor((ax + Math.min(0, ux, vx) - reach) / CELL); i <= i1; i++)
      for (let j = j0; j <= j1; j++)
        for (let k = k0; k <= k1; k++)
          for (let q = this.#head[slot(i, j, k)]!; q >= 0; q = this.#next[q]!) {
            const p = 3 * this.#what[q]!
            if (p === a || p === b || p === c) continue
            const dx = x[p]! - ax
            const dy = x[p + 1]! - ay
            const dz = x[p + 2]! - az
            const d = dx * nx + dy * ny + dz * nz
            if (d > reach || d < -reach) continue
            // Other cells may share the slot.
            if (Math.floor(x[p]! / CELL) !== i || Math.floor(x[p + 1]! / CELL) !== j) continue
            if (Math.floor(x[p + 2]! / CELL) !== k) continue
            const d20 = dx * ux + dy * uy + dz * uz
            const d21 = dx * vx + dy * vy + dz * vz
            const s = (d11 * d20 - d01 * d21) / den
            const r = (d00 * d21 - d01 * d20) / den
            if (s < -0.15 || r < -0.15 || s + r > 1.15) continue
            this.#add(p / 3, t, d, nx, nz)
          }
  }

  #add(particle: number, triangle: number, d: number, nx: number, nz: number): void {
    const ordered = this.#order?.(particle, triangle, nx, nz) ?? 0
    if (!ordered && this.onlyOrdered) return
    const m = this.count++
    if (2 * m + 2 > this.#pairs.length) {
      const pairs = new Int32Array(this.#pairs.length * 2)
      pairs.set(this.#pairs)
      this.#pairs = pairs
      const side = new Int8Array(pairs.length / 2)
      side.set(this.#side)
      this.#side = side
    }
    this.#pairs[2 * m] = particle
    this.#pairs[2 * m + 1] = triangle
    this.#side[m] = ordered || (d >= 0 ? 1 : -1)
  }

  /** Pushes pairs apart to the cloth's thickness, with a little friction. @param before places at the step's beginning */
  apart(x: Float64Array, before: Float64Array, { triangles, weight }: System): void {
    const thick = this.#thickness
    for (let m = 0; m < this.count; m++) {
      const v = this.#pairs[2 * m]!
      const t = this.#pairs[2 * m + 1]!
      const pa = triangles[t]!
      const pb = triangles[t + 1]!
      const pc = triangles[t + 2]!
      const a = 3 * pa
      const b = 3 * pb
      const c = 3 * pc
      const p = 3 * v
      const ax = x[a]!
      const ay = x[a + 1]!
      const az = x[a + 2]!
      const ux = x[b]! - ax
      const uy = x[b + 1]! - ay
      const uz = x[b + 2]! - az
      const vx = x[c]! - ax
      const vy = x[c + 1]! - ay
      const vz = x[c + 2]! - az
      let nx = uy * vz - uz * vy
      let ny = uz * vx - ux * vz
      let nz = ux * vy - uy * vx
      const l = Math.sqrt(nx * nx + ny * ny + nz * nz)
      if (l < 1e-6) continue
      nx /= l
      ny /= l
      nz /= l
      const dx = x[p]! - ax
      const dy = x[p + 1]! - ay
      const dz = x[p + 2]! - az
      const side = this.#side[m]!
      const gap = side * (dx * nx + dy * ny + dz * nz) - thick
      if (gap >= 0 || gap < -4 * thick) continue
      const d00 = ux * ux + uy * uy + uz * uz
      const d01 = ux * vx + uy * vy + uz * vz
      const d11 = vx * vx + vy * vy + vz * vz
      const d20 = dx * ux + dy * uy + dz * uz
      const d21 = dx * vx + dy * vy + dz * vz
      const den = d00 * d11 - d01 * d01
      let q = (d11 * d20 - d01 * d21) / den
      let r = (d00 * d21 - d01 * d20) / den
      if (q < -0.2 || r < -0.2 || q + r > 1.2) continue
      q = Math.max(0, q)
      r = Math.max(0, r)
      if (q + r > 1) {
        const sum = q + r
        q /= sum
        r /= sum
      }
      const o = 1 - q - r
      const wv = weight[v]!
      const sum = wv + o * o * weight[pa]! + q * q * weight[pb]! + r * r * weight[pc]!
      if (sum <= 0) continue
      // Half of the way, and never more than 1.2 mm at once: a deep pair is brought out over some steps.
      const push = Math.min(-gap * 0.5, 1.2) * (side / sum)
      const la = push * o * weight[pa]!
      const lb = push * q * weight[pb]!
      const lc = push * r * weight[pc]!
      x[p]! += nx * push * wv
      x[p + 1]! += ny * push * wv
      x[p + 2]! += nz * push * wv
      x[a]! -= nx * la
      x[a + 1]! -= ny * la
      x[a + 2]! -= nz * la
      x[b]! -= nx * lb
      x[b + 1]! -= ny * lb
      x[b + 2]! -= nz * lb
      x[c]! -= nx * lc
      x[c + 1]! -= ny * lc
      x[c + 2]! -= nz * lc
      for (let k = 0; k < 3; k++) {
        const moved =
          x[p + k]! -
          before[p + k]! -
          (o * (x[a + k]! - before[a + k]!) + q * (x[b + k]! - before[b + k]!) + r * (x[c + k]! - before[c + k]!))
        x[p + k]! -= moved * LAYER_DRAG
      }
    }
  }
}
/** Share of their slip that layers take from each other in a step. */
const LAYER_DRAG = 0.075
