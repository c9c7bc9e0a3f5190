/** The picture of a shot: every sample in the light that reaches it and the cloth that it is of. One pass for a colourway. */
import { fromLinear } from '../../../core/colour.ts'
import { hash, noise as evenly } from '../../drawing/noise.ts'
import { linear, type Rgb } from '../../packshot/colour.ts'
import type { Material, MaterialRole } from '../../types.ts'
import type { ClothMesh } from '../mesh.ts'
import { type ClothLook, lookOf, toned } from './cloth-look.ts'
import { FINE, type Shot } from './raster.ts'
import { BUTTON, cellAt, heightAt, type Relief, THREAD } from './relief.ts'
import type { Scene } from './scene.ts'
import { type Direction, harmonics, LIGHT, MATT } from './studio-light.ts'

const KEY_POWER = 0.95
/** Of the sky: so much that cloth in full light has the colour it is sold in. */
const SKY_POWER = 0.62
/** Light that cloth of one colour throws into its own folds. */
const OWN = 0.1
/** A half of what is seen from inside. */
const INSIDE = 0.8

/** What every colourway of a shot shares: light at each particle from outside and from inside, reliefs. */
export interface Lit {
  mesh: ClothMesh
  scene: Scene
  shot: Shot
  key: Direction
  outside: Float32Array
  within: Float32Array
  reliefs: readonly Relief[]
  wall: { w: number; h: number; light: Float32Array }
}
export interface Dress {
  materials: Readonly<Partial<Record<MaterialRole, Material>>>
  /** sRGB hex per role, and for trims. */
  colours: Readonly<Record<string, string>>
}

interface Cloth {
  look: ClothLook
  first: Rgb
  second: Rgb
}

/** Unevenness of cloth by place, tileless, −0.5 to 0.5. */
const noise = (x: number, y: number): number => 0.5 * evenly(x, y, 5)

/** A shoulder for what is bright, then sRGB. */
function tone(light: number): number {
  const x = Math.max(0, light)
  return fromLinear(Math.min(1, x < 0.55 ? x : 0.55 + 0.45 * (1 - Math.exp((0.55 - x) / 0.45))))
}

function clothsOf({ mesh }: Lit, { materials, colours }: Dress): Cloth[] {
  return mesh.panels.map(({ piece }): Cloth => {
    const look = lookOf(materials[piece.role] ?? materials.shell)
    const first = linear(colours[piece.role] ?? colours['shell'] ?? '#808080')
    return { look, first, second: toned(first, look.second) }
  })
}

/** Shades samples, one after the other, into `rgb`. */
class Painter {
  readonly rgb = new Float64Array(3)
  readonly #lit: Lit
  readonly #cloths: readonly Cloth[]
  readonly #button: Rgb
  readonly #thread: Rgb
  readonly #view: Direction
  readonly #light = new Float64Array(LIGHT)
  readonly #sh = new Float64Array(9)
  readonly #n = new Float64Array(3)

  constructor(lit: Lit, dress: Dress) {
    this.#lit = lit
    this.#cloths = clothsOf(lit, dress)
    const shell = dress.colours['shell'] ?? '#808080'
    this.#button = linear(dress.colours['button'] ?? shell)
    this.#thread = toned(linear(dress.colours['thread'] ?? shell), -0.25)
    const turn = (lit.shot.turn * Math.PI) / 180
    this.#view = [Math.sin(turn), 0, Math.cos(turn)]
  }

  sample(o: number): void {
    const { shot, scene, reliefs, mesh } = this.#lit
    const { fine } = scene
    const t = 3 * shot.triangle[o]!
    const [i, j, k] = [fine.triangles[t]!, fine.triangles[t + 1]!, fine.triangles[t + 2]!]
    const [v, u] = [shot.shares[2 * o]!, shot.shares[2 * o + 1]!]
    const w = 1 - u - v
    const x = w * fine.flat[2 * i]! + v * fine.flat[2 * j]! + u * fine.flat[2 * k]!
    const y = w * fine.flat[2 * i + 1]! + v * fine.flat[2 * j + 1]! + u * fine.flat[2 * k + 1]!
    const panel = fine.panelOf[i]!
    const within = shot.inside[o] === 1
    const cloth = this.#cloths[panel]!
    const relief = reliefs[panel]!
    this.#normal(i, j, k, w, v, u)
    const smooth = this.#n[0]! * this.#view[0] + this.#n[2]! * this.#view[2]
    if (!within) this.#bump(relief, cloth.look, x, y, 6 * i)
    else for (let c = 0; c < 3; c++) this.#n[c]! *= -1
    this.#gather(within ? this.#lit.within : this.#lit.outside, i, j, k, w, v, u)
    const cell = cellAt(relief, x, y)
    const what = within ? 0 : relief.what[cell]!
    const open = within ? INSIDE : relief.open[cell]!
    const mirrored = mesh.panels[panel]!.copy % 2 === 1 && mesh.panels[panel]!.piece.mirrored
    this.#paint(cloth, this.#inkAt(cloth, what, mirrored ? -x : x, y), { x, y, open, what, facing: Math.abs(smooth) })
  }

  #normal(i: number, j: number, k: number, w: number, v: number, u: number): void {
    const { fine, normal } = this.#lit.scene
    const [a, b, c] = [3 * fine.particle[i]!, 3 * fine.particle[j]!, 3 * fine.particle[k]!]
    const n = this.#n
    for (let q = 0; q < 3; q++) n[q] = w * normal[a + q]! + v * normal[b + q]! + u * normal[c + q]!
    this.#unit()
  }
  #unit(): void {
    const n = this.#n
    const l = Math.hypot(n[0]!, n[1]!, n[2]!) || 1
    for (let q = 0; q < 3; q++) n[q]! /= l
  }

  /** The normal leans by what lies on the face of the cloth there, and by its yarns. @param at of the ways of a corner */
  #bump(relief: Relief, { yarn }: ClothLook, x: number, y: number, at: number): void {
    const { ways } = this.#lit.scene
    const e = 1.2
    const here = heightAt(relief, x, y)
    const deep = yarn.height * Math.max(0, Math.min(1, yarn.x / this.#lit.shot.mm - 0.6))
    const hx = (heightAt(relief, x + e, y) - here) / e + deep * 2 * noise((2 * x) / yarn.x, (2 * y) / yarn.y)
    const hy = (heightAt(relief, x, y + e) - here) / e + deep * 2 * noise(9 + (2 * x) / yarn.x, (2 * y) / yarn.y)
    for (let q = 0; q < 3; q++) this.#n[q]! -= ways[at + q]! * hx + ways[at + 3 + q]! * hy
    this.#unit()
  }

  #gather(light: Float32Array, i: number, j: number, k: number, w: number, v: number, u: number): void {
    const { particle } = this.#lit.scene.fine
    const [a, b, c] = [LIGHT * particle[i]!, LIGHT * particle[j]!, LIGHT * particle[k]!]
    for (let q = 0; q < LIGHT; q++) this.#light[q] = w * light[a + q]! + v * light[b + q]! + u * light[c + q]!
  }

  #inkAt({ look, first, second }: Cloth, what: number, x: number, y: number): Rgb {
    if (what === BUTTON) return this.#button
    if (what === THREAD) return this.#thread
    const share = Math.min(1, look.pattern(x, y, this.#lit.shot.mm))
    if (share <= 0) return first
    return [0, 1, 2].map((q) => first[q]! + (second[q]! - first[q]!) * share) as unknown as Rgb
  }

  #paint(
    { look }: Cloth,
    ink: Rgb,
    { x, y, open, what, facing }: { x: number; y: number; open: number; what: number; facing: number },
  ): void {
    const [n, L, sh, key] = [this.#n, this.#light, this.#sh, this.#lit.key]
    harmonics(n[0]!, n[1]!, n[2]!, sh)
    let [sky, bounce] = [0, 0]
    for (let q = 0; q < 9; q++) {
      sky += L[q]! * sh[q]! * MATT[q]!
      bounce += L[9 + q]! * sh[q]! * MATT[q]!
    }
    sky = SKY_POWER * Math.max(0, sky)
    bounce = Math.max(0, bounce)
    const turned = n[0]! * key[0] + n[1]! * key[1] + n[2]! * key[2]
    // Cloth is rough: light goes on a little past the edge.
    const keyed = Math.max(0, (turned + 0.2) / 1.2) * L[18]! * KEY_POWER
    const rim = (1 - Math.max(0.02, facing)) ** 3
    const cloth = what === 0
    const along = cloth ? look.sheen * rim * (0.9 * sky + 0.4 * keyed) : 0
    const fuzz = cloth
      ? look.nap * 0.5 * (1 - facing) ** 2 * (0.5 * sky + 0.35 * Math.max(0, turned + 0.4) * L[18]!)
      : 0
    const shine = this.#shine(what === BUTTON ? 0.5 : look.gloss * Number(cloth), what === BUTTON ? 40 : 14, sky)
    const uneven =
      1 + 0.045 * noise(x / 2.4, y / 2.4) + 0.03 * noise(x / 19, y / 19) + look.nap * 0.14 * noise(x / 7, y / 10)
    const full = (sky + keyed) * open
    for (let q = 0; q < 3; q++) {
      const a = ink[q]! * uneven
      this.rgb[q] = tone(a * (full + (bounce + OWN) * (0.3 + a)) + along * (0.35 * a + 0.12) + fuzz * (0.6 * a + 0.1) + shine * (0.5 * Math.sqrt(a) + 0.2)) // prettier-ignore
    }
  }

  /** What shines of the key light and of the boxes at both sides. */
  #shine(strength: number, narrow: number, sky: number): number {
    if (strength === 0) return 0
    const [n, key, view] = [this.#n, this.#lit.key, this.#view]
    const half = (x: number, y: number, z: number): number => {
      const [hx, hy, hz] = [x + view[0], y, z + view[2]]
      return Math.max(0, (n[0]! * hx + n[1]! * hy + n[2]! * hz) / (Math.hypot(hx, hy, hz) || 1))
    }
    const side = 0.4 * Math.min(1, sky) * half(0.88 * view[2], 0.3, -0.88 * view[0]) ** narrow
    return strength * (half(key[0], key[1], key[2]) ** narrow * this.#light[18]! * KEY_POWER + side)
  }
}

/** Darkness just behind what lies close in front: finer than the light at the particles. 0–1 by pixel. */
function contact({ shot }: Lit): Float32Array {
  const { width, height, depth, mm } = shot
  const at = (x: number, y: number): number => depth[y * FINE * width * FINE + x * FINE]!
  const out = new Float32Array(width * height)
  const reach = Math.max(2, Math.round(7 / mm))
  const stride = Math.max(1, reach >> 2)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const here = at(x, y)
      if (here === -Infinity) continue
      let [sum, n] = [0, 0]
      for (let dy = -reach; dy <= reach; dy += stride)
        for (let dx = -reach; dx <= reach; dx += stride) {
          if (x + dx < 0 || y + dy < 0 || x + dx >= width || y + dy >= height) continue
          n++
          const nearer = at(x + dx, y + dy) - here - 1.2 - 0.35 * Math.hypot(dx, dy) * mm
          if (nearer > 0 && nearer < 60) sum += Math.min(1, nearer / 3) * (1 - nearer / 60)
        }
      out[y * width + x] = 0.75 * Math.min(0.8, sum / n)
    }
  return out
}

/** Samples of a pixel that have to be shaded: one where all are of one cloth and near each other. */
function samplesOf({ shot, scene }: Lit, x: number, y: number, out: Int32Array): { covered: number; count: number } {
  const w = shot.width * FINE
  let covered = 0
  let same = true
  for (let j = 0; j < FINE; j++)
    for (let i = 0; i < FINE; i++) {
      const o = (y * FINE + j) * w + x * FINE + i
      if (shot.triangle[o]! < 0) continue
      const first = out[0]!
      out[covered] = o
      if (covered++ === 0) continue
      const panel = (at: number): number => scene.fine.panelOf[scene.fine.triangles[3 * shot.triangle[at]!]!]!
      same &&= panel(first) === panel(o) && Math.abs(shot.depth[first]! - shot.depth[o]!) < 4
    }
  return { covered, count: same && covered === FINE * FINE ? 1 : covered }
}

function wallAt({ shot, wall }: Lit, x: number, y: number): number {
  const fx = Math.max(0, Math.min(wall.w - 1.001, ((x + 0.5) / shot.width) * wall.w - 0.5))
  const fy = Math.max(0, Math.min(wall.h - 1.001, ((y + 0.5) / shot.height) * wall.h - 0.5))
  const [i, j] = [Math.floor(fx), Math.floor(fy)]
  const [u, v] = [fx - i, fy - j]
  const q = wall.light
  const o = j * wall.w + i
  return (q[o]! * (1 - u) + q[o + 1]! * u) * (1 - v) + (q[o + wall.w]! * (1 - u) + q[o + wall.w + 1]! * u) * v
}

/** @returns sRGB, three bytes a pixel */
export function painted(lit: Lit, dress: Dress): Uint8Array {
  const { width, height } = lit.shot
  const painter = new Painter(lit, dress)
  const near = contact(lit)
  const data = new Uint8Array(3 * width * height)
  const samples = new Int32Array(FINE * FINE)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const { covered, count } = samplesOf(lit, x, y, samples)
      const sum = [0, 0, 0]
      for (let s = 0; s < count; s++) {
        painter.sample(samples[s]!)
        for (let q = 0; q < 3; q++) sum[q]! += painter.rgb[q]! / count
      }
      const share = covered / FINE ** 2
      const o = y * width + x
      const [dx, dy] = [x / width - 0.46, y / height - 0.42]
      const back = (1 - 0.22 * (dx * dx + dy * dy)) * (0.72 + 0.28 * wallAt(lit, x, y))
      const dither = hash(x, y, 1) / 2 / 255
      for (let q = 0; q < 3; q++) {
        const behind = [0.945, 0.94, 0.93][q]! * back
        const value = behind * (1 - share) + sum[q]! * (1 - near[o]!) * share + dither
        data[3 * o + q] = Math.max(0, Math.min(255, Math.round(255 * value)))
      }
    }
  return data
}
