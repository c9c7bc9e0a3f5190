/** A drape made ready to be pictured: smooth surfaces with normals and the directions of warp and weft in space. */
import type { Draped } from '../drape.ts'
import { Bvh } from './bvh.ts'
import { type Fine, smoother } from './smooth.ts'

export interface Scene {
  fine: Fine
  /** Particles that light is worked out at; the finer ones lie between two of them. */
  lit: number
  /** Of every particle, three numbers, of length 1, away from the body. */
  normal: Float64Array
  /** Of every vertex the way of x and of y on the pattern, three numbers each, of length 1. */
  ways: Float64Array
  tree: Bvh
}

const unit = (of: Float64Array, i: number): void => {
  const l = Math.hypot(of[i]!, of[i + 1]!, of[i + 2]!) || 1
  for (let k = 0; k < 3; k++) of[i + k]! /= l
}

function normalsOf({ particle, triangles, at }: Fine): Float64Array {
  const normal = new Float64Array(at.length)
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => 3 * particle[triangles[t + k]!]!) as [number, number, number]
    const [ux, uy, uz] = [at[b]! - at[a]!, at[b + 1]! - at[a + 1]!, at[b + 2]! - at[a + 2]!]
    const [vx, vy, vz] = [at[c]! - at[a]!, at[c + 1]! - at[a + 1]!, at[c + 2]! - at[a + 2]!]
    const n = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
    for (const p of [a, b, c]) for (let k = 0; k < 3; k++) normal[p + k]! += n[k]!
  }
  for (let i = 0; i < normal.length; i += 3) unit(normal, i)
  return normal
}

function waysOf({ particle, flat, triangles, at }: Fine): Float64Array {
  const ways = new Float64Array(6 * particle.length)
  for (let t = 0; t < triangles.length; t += 3) {
    const [i, j, k] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!]
    const [a, b, c] = [3 * particle[i]!, 3 * particle[j]!, 3 * particle[k]!]
    const [u1, v1] = [flat[2 * j]! - flat[2 * i]!, flat[2 * j + 1]! - flat[2 * i + 1]!]
    const [u2, v2] = [flat[2 * k]! - flat[2 * i]!, flat[2 * k + 1]! - flat[2 * i + 1]!]
    const sign = Math.sign(u1 * v2 - u2 * v1)
    for (let x = 0; x < 3; x++) {
      const [e1, e2] = [at[b + x]! - at[a + x]!, at[c + x]! - at[a + x]!]
      for (const q of [i, j, k]) {
        ways[6 * q + x]! += sign * (e1 * v2 - e2 * v1)
        ways[6 * q + 3 + x]! += sign * (e2 * u1 - e1 * u2)
      }
    }
  }
  for (let i = 0; i < ways.length; i += 3) unit(ways, i)
  return ways
}

export function sceneOf({ mesh, particle, at }: Draped): Scene {
  const particles = particle.reduce((most, p) => Math.max(most, p + 1), 0)
  const places = new Float64Array(3 * particles)
  for (let v = 0; v < mesh.vertices; v++) for (let k = 0; k < 3; k++) places[3 * particle[v]! + k] = at[3 * v + k]!
  const { flat, panelOf, triangles } = mesh
  const coarse: Fine = { particle, flat, panelOf, triangles, at: places, parents: new Uint32Array(0) }
  const middle = smoother(coarse)
  const fine = smoother(middle)
  const corners = Uint32Array.from(fine.triangles, (v) => fine.particle[v]!)
  return {
    fine,
    lit: middle.at.length / 3,
    normal: normalsOf(fine),
    ways: waysOf(fine),
    tree: new Bvh(fine.at, corners),
  }
}
