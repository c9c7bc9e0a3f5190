/**
 * The light of a studio that stands with the camera, gathered by rays where the cloth is seen: sky and what bounces off
 * other cloth as spherical harmonics of the second order (Ramamoorthi and Hanrahan 2001), so that weave and seams still
 * catch it, and how much of the key light reaches there.
 */
import type { Scene } from './scene.ts'

/** Nine numbers of sky, nine of bounce, and the share of the key light. */
export const LIGHT = 19

export type Direction = readonly [x: number, y: number, z: number]
const towards = (x: number, y: number, z: number): Direction => {
  const l = Math.hypot(x, y, z)
  return [x / l, y / l, z / l]
}

/** From the upper left, as the camera sees it. */
export const KEY = towards(-0.62, 0.62, 0.62)
/** Share of light that cloth gives back to cloth. */
const GIVEN_BACK = 0.5
const RAYS = 96
const KEY_RAYS = 20
/** Half the width of the key light, as a share of its distance. */
const KEY_WIDTH = 0.3
/** How far cloth is looked for on a ray of the sky and of the key, mm; and where a ray begins off the cloth. */
const REACH = 900
const KEY_REACH = 1500
const OFF = 2

/** Soft boxes: where they stand, how narrow they are, how strong. */
const BOXES: readonly (readonly [Direction, number, number])[] = [
  [[0.88, 0.2, 0.4], 4, 0.3],
  [[-0.85, 0.2, -0.48], 4, 0.3],
  [[0.8, 0.35, -0.48], 4, 0.42],
  [[-0.88, 0.15, 0.4], 4, 0.14],
  [[0, 0.25, 0.97], 3, 0.1],
]
function sky(x: number, y: number, z: number): number {
  let light = 0.22 + 0.25 * Math.max(0, y) + 0.1 * Math.max(0, -y) + 0.4 * Math.max(0, -z) + 0.3 * Math.abs(x)
  for (const [at, narrow, power] of BOXES) {
    const c = x * at[0] + y * at[1] + z * at[2]
    if (c > 0) light += power * c ** narrow
  }
  return light
}

export function harmonics(x: number, y: number, z: number, out: Float64Array): void {
  out[0] = 0.282095
  out[1] = 0.488603 * y
  out[2] = 0.488603 * z
  out[3] = 0.488603 * x
  out[4] = 1.092548 * x * y
  out[5] = 1.092548 * y * z
  out[6] = 0.315392 * (3 * z * z - 1)
  out[7] = 1.092548 * x * z
  out[8] = 0.546274 * (x * x - y * y)
}
/** What each of them loses on a matt surface. */
export const MATT = [1, 2 / 3, 2 / 3, 2 / 3, 0.25, 0.25, 0.25, 0.25, 0.25] as const

/** Directions spread evenly over the sphere. */
function sphere(count: number): Float64Array {
  const out = new Float64Array(3 * count)
  for (let i = 0; i < count; i++) {
    const y = 1 - (2 * (i + 0.5)) / count
    const r = Math.sqrt(1 - y * y)
    const a = i * 2.399963
    out.set([r * Math.cos(a), y, r * Math.sin(a)], 3 * i)
  }
  return out
}

/** Directions over the face of the key light. */
function face([x, y, z]: Direction): Float64Array {
  const side = towards(-z, 0, x)
  const up: Direction = [y * side[2] - z * side[1], z * side[0] - x * side[2], x * side[1] - y * side[0]]
  const out = new Float64Array(3 * KEY_RAYS)
  for (let i = 0; i < KEY_RAYS; i++) {
    const r = Math.sqrt((i + 0.5) / KEY_RAYS) * KEY_WIDTH
    const a = i * 2.399963
    const [c, s] = [r * Math.cos(a), r * Math.sin(a)]
    out.set(towards(x + side[0] * c + up[0] * s, y + side[1] * c + up[1] * s, z + side[2] * c + up[2] * s), 3 * i)
  }
  return out
}

export class StudioLight {
  readonly #scene: Scene
  readonly #rays = sphere(RAYS)
  readonly #keys: Float64Array
  readonly #c: number
  readonly #s: number
  readonly #sh = new Float64Array(9)
  /** Where the key light stands in the garment's own space. */
  readonly key: Direction

  /** @param turn degrees that the garment is turned before the camera */
  constructor(scene: Scene, turn: number) {
    this.#scene = scene
    this.#c = Math.cos((turn * Math.PI) / 180)
    this.#s = Math.sin((turn * Math.PI) / 180)
    this.key = [this.#c * KEY[0] + this.#s * KEY[2], KEY[1], -this.#s * KEY[0] + this.#c * KEY[2]]
    this.#keys = face(this.key)
  }

  /** Light at a particle on the side that `side` times its normal looks to, into `out` from `o`. */
  gather(particle: number, side: 1 | -1, out: Float64Array, o: number): void {
    const { fine, normal, tree } = this.#scene
    const i = 3 * particle
    const [nx, ny, nz] = [side * normal[i]!, side * normal[i + 1]!, side * normal[i + 2]!]
    const [x, y, z] = [fine.at[i]! + nx * OFF, fine.at[i + 1]! + ny * OFF, fine.at[i + 2]! + nz * OFF]
    const [sh, rays, c, s] = [this.#sh, this.#rays, this.#c, this.#s]
    const each = (4 * Math.PI) / RAYS
    for (let r = 0; r < rays.length; r += 3) {
      const [dx, dy, dz] = [rays[r]!, rays[r + 1]!, rays[r + 2]!]
      const facing = dx * nx + dy * ny + dz * nz
      if (facing < -0.15) continue
      harmonics(dx, dy, dz, sh)
      const hit = facing < 0.02 || tree.blocked(x, y, z, dx, dy, dz, REACH)
      const light = each * (hit ? 0.5 * GIVEN_BACK : sky(c * dx - s * dz, dy, s * dx + c * dz))
      const from = hit ? o + 9 : o
      for (let q = 0; q < 9; q++) out[from + q]! += sh[q]! * light
    }
    out[o + 18] = this.#keySeen(x, y, z, nx, ny, nz)
  }

  #keySeen(x: number, y: number, z: number, nx: number, ny: number, nz: number): number {
    const keys = this.#keys
    let seen = 0
    for (let r = 0; r < keys.length; r += 3) {
      const [dx, dy, dz] = [keys[r]!, keys[r + 1]!, keys[r + 2]!]
      if (dx * nx + dy * ny + dz * nz <= 0) continue
      if (!this.#scene.tree.blocked(x, y, z, dx, dy, dz, KEY_REACH)) seen++
    }
    return seen / KEY_RAYS
  }

  /** How light the wall is at a place behind the garment, 0–1: shadow of the key, shade of the sky. */
  wall(x: number, y: number, z: number): number {
    const { tree } = this.#scene
    const [keys, rays] = [this.#keys, this.#rays]
    let seen = 0
    for (let r = 0; r < keys.length; r += 3)
      if (!tree.blocked(x, y, z, keys[r]!, keys[r + 1]!, keys[r + 2]!, 2 * KEY_REACH)) seen++
    let [open, all] = [0, 0]
    for (let r = 0; r < rays.length; r += 6) {
      const c = this.#s * rays[r]! + this.#c * rays[r + 2]!
      if (c < 0.05) continue
      all += c
      if (!tree.blocked(x, y, z, rays[r]!, rays[r + 1]!, rays[r + 2]!, REACH)) open += c
    }
    return 0.45 * (seen / KEY_RAYS) + 0.55 * (open / all)
  }
}
