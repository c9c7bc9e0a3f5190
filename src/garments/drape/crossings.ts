/** Edges of cloth that pass through triangles of cloth: there must be none. */

import type { Strayed } from './sim/sim.ts'

const CELL = 20

/** Does the segment p–q pass through the triangle a b c? Touching a corner or an edge is not through. */
function through(x: Float64Array, p: number, q: number, a: number, b: number, c: number): boolean {
  const [ax, ay, az] = [x[a]!, x[a + 1]!, x[a + 2]!]
  const [ux, uy, uz] = [x[b]! - ax, x[b + 1]! - ay, x[b + 2]! - az]
  const [vx, vy, vz] = [x[c]! - ax, x[c + 1]! - ay, x[c + 2]! - az]
  const [dx, dy, dz] = [x[q]! - x[p]!, x[q + 1]! - x[p + 1]!, x[q + 2]! - x[p + 2]!]
  // Möller and Trumbore 1997.
  const [hx, hy, hz] = [dy * vz - dz * vy, dz * vx - dx * vz, dx * vy - dy * vx]
  const det = ux * hx + uy * hy + uz * hz
  if (Math.abs(det) < 1e-9) return false
  const [sx, sy, sz] = [x[p]! - ax, x[p + 1]! - ay, x[p + 2]! - az]
  const u = (sx * hx + sy * hy + sz * hz) / det
  if (u <= 0 || u >= 1) return false
  const [qx, qy, qz] = [sy * uz - sz * uy, sz * ux - sx * uz, sx * uy - sy * ux]
  const v = (dx * qx + dy * qy + dz * qz) / det
  if (v <= 0 || u + v >= 1) return false
  const t = (vx * qx + vy * qy + vz * qz) / det
  return t > 0 && t < 1
}

export interface Crossing {
  /** Vertices of the edge, and the triangle's first index. */
  edge: readonly [number, number]
  triangle: number
}

/**
 * @param at places of the vertices, mm
 * @param triangles by vertices
 * @param particle which particle each vertex is: what shares one with an edge hangs on it
 */
export function crossingsOf(at: Float64Array, triangles: Uint32Array, particle: Uint32Array): Crossing[] {
  const cells = new Map<number, number[]>()
  const name = (i: number, j: number, k: number): number => ((i + 512) * 1024 + (j + 512)) * 1024 + (k + 512)
  const span = (vertices: readonly number[], axis: number): [number, number] => {
    const values = vertices.map((v) => at[3 * v + axis]!)
    return [Math.floor(Math.min(...values) / CELL), Math.floor(Math.max(...values) / CELL)]
  }
  const each = (vertices: readonly number[], say: (cell: number) => void): void => {
    const [[i0, i1], [j0, j1], [k0, k1]] = [span(vertices, 0), span(vertices, 1), span(vertices, 2)]
    for (let i = i0; i <= i1; i++) for (let j = j0; j <= j1; j++) for (let k = k0; k <= k1; k++) say(name(i, j, k))
  }
  const edges = new Map<number, readonly [number, number]>()
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!]
    each(corners, (cell) => {
      const list = cells.get(cell)
      if (list) list.push(t)
      else cells.set(cell, [t])
    })
    for (let e = 0; e < 3; e++) {
      const [a, b] = [particle[corners[e]!]!, particle[corners[(e + 1) % 3]!]!]
      edges.set(Math.min(a, b) * particle.length + Math.max(a, b), [corners[e]!, corners[(e + 1) % 3]!])
    }
  }
  const found: Crossing[] = []
  for (const edge of edges.values()) {
    const [p, q] = edge
    const tried = new Set<number>()
    each([p, q], (cell) => {
      for (const t of cells.get(cell) ?? []) {
        if (tried.has(t)) continue
        tried.add(t)
        const [a, b, c] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!]
        const own = [a, b, c].some((v) => particle[v] === particle[p] || particle[v] === particle[q])
        if (!own && through(at, 3 * p, 3 * q, 3 * a, 3 * b, 3 * c)) found.push({ edge, triangle: t })
      }
    })
  }
  return found
}

/**
 * Which ends of crossing edges strayed, and the way back: of each edge the end that is nearer to the triangle.
 * @returns directions of length 1, one for each particle
 */
export function strayedOf(at: Float64Array, triangles: Uint32Array, particle: Uint32Array): Strayed[] {
  const found = new Map<number, [number, number, number]>()
  for (const { edge, triangle } of crossingsOf(at, triangles, particle)) {
    const [a, b, c] = [0, 1, 2].map((k) => 3 * triangles[triangle + k]!)
    const u = [0, 1, 2].map((k) => at[b! + k]! - at[a! + k]!)
    const v = [0, 1, 2].map((k) => at[c! + k]! - at[a! + k]!)
    const n = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!]
    const l = Math.hypot(n[0]!, n[1]!, n[2]!) || 1
    const off = edge.map((p) => [0, 1, 2].reduce((sum, k) => sum + (n[k]! / l) * (at[3 * p + k]! - at[a! + k]!), 0))
    const nearer = Math.abs(off[0]!) < Math.abs(off[1]!) ? 0 : 1
    const way = off[nearer]! > 0 ? -1 : 1
    const p = particle[edge[nearer]!]!
    const sum = found.get(p) ?? [0, 0, 0]
    found.set(p, [0, 1, 2].map((k) => sum[k]! + (way * n[k]!) / l) as [number, number, number])
  }
  return [...found].map(([p, [x, y, z]]) => {
    const l = Math.hypot(x, y, z) || 1
    return { particle: p, x: x / l, y: y / l, z: z / l }
  })
}
