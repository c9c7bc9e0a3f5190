/**
 * Cloth as the camera sees it: for each texture a tileable relief with a second yarn colour, true to scale in mm,
 * and how the surface reflects. Detail finer than a pixel fades out instead of turning into moiré.
 */
import type { Texture } from '../types.ts'
import { clamp, smooth } from './geometry.ts'
import { hash, noise } from './noise.ts'

/** How a cloth hangs and reflects. */
export interface Hand {
  /** How deep its folds are: 1 = cotton jersey. */
  drape: number
  /** Small sharp creases: 0 felted wool … 1 poplin straight from the bag. */
  crease: number
  /** Thickness at folded edges, mm. */
  thick: number
  /** Mirror-like highlight strength and its sharpness. */
  gloss: number
  glossPower: number
  /** Light scattered by surface hairs towards grazing view. */
  sheen: number
}
const hand = (
  drape: number,
  crease: number,
  thick: number,
  gloss: number,
  glossPower: number,
  sheen: number,
): Hand => ({ drape, crease, thick, gloss, glossPower, sheen })

export const HANDS: Readonly<Record<Texture, Hand>> = {
  melton: hand(0.8, 0.1, 2.6, 0, 1, 0.05),
  twill: hand(0.95, 0.65, 1.2, 0.015, 12, 0.02),
  denim: hand(0.9, 0.6, 1.5, 0.008, 8, 0.02),
  herringbone: hand(0.8, 0.15, 2.2, 0, 1, 0.04),
  corduroy: hand(0.85, 0.25, 1.9, 0, 1, 0.07),
  jersey: hand(1.05, 0.3, 0.9, 0, 1, 0.02),
  rib: hand(0.9, 0.1, 1.8, 0, 1, 0.03),
  quilt: hand(0.45, 0.25, 3.4, 0.05, 9, 0.03),
  satin: hand(1.25, 0.35, 0.7, 0.2, 14, 0.05),
  fur: hand(0.4, 0, 9, 0, 1, 0.06),
  check: hand(0.9, 0.4, 1.4, 0, 1, 0.03),
  stripe: hand(1, 0.75, 0.8, 0.01, 10, 0.015),
  poplin: hand(1, 0.85, 0.7, 0.018, 10, 0.015),
  terry: hand(0.95, 0.12, 2.1, 0, 1, 0.03),
  fleece: hand(0.85, 0.06, 2.8, 0, 1, 0.06),
  canvas: hand(0.85, 0.55, 1.7, 0, 1, 0.02),
  linen: hand(1.05, 1, 1, 0, 1, 0.02),
  houndstooth: hand(0.85, 0.15, 2, 0, 1, 0.03),
}

/** A square of cloth: `n × n` texels covering `sizeMm`, four numbers each: slope in u, slope in v, tone, second yarn. */
export interface Tile {
  n: number
  sizeMm: number
  data: Float32Array
  /** Mean share of the second yarn, for the colour a distant eye sees. */
  meanMix: number
}

/** relief in mm, tone as a factor − 1, share of the second yarn 0–1. */
type Weave = (u: number, v: number) => readonly [relief: number, tone: number, mix: number]

const TAU = Math.PI * 2
const DEFAULT_REPEAT: Partial<Record<Texture, number>> = {
  check: 64,
  stripe: 14,
  houndstooth: 18,
  quilt: 84,
  herringbone: 26,
}
export const repeatOf = (texture: Texture, repeatMm: number): number =>
  repeatMm > 0 ? repeatMm : (DEFAULT_REPEAT[texture] ?? 0)

/** Fades detail of a period (mm) that the raster cannot show. */
const seen = (period: number, px: number): number => smooth(1.7, 4, period / px)

function weave(texture: Texture, repeat: number, size: number, px: number): Weave {
  /** Noise whose cell is `cu × cv` mm and that repeats with the tile. */
  const N = (u: number, v: number, cu: number, cv: number, seed: number): number => {
    const ku = Math.max(1, Math.round(size / cu))
    const kv = Math.max(1, Math.round(size / cv))
    const x = (u / size) * ku
    const y = (v / size) * kv
    // two lattices of different wrap would not tile: wrap both by folding the index per axis
    const xi = Math.floor(x)
    const yi = Math.floor(y)
    let fx = x - xi
    let fy = y - yi
    fx = fx * fx * (3 - 2 * fx)
    fy = fy * fy * (3 - 2 * fy)
    const x0 = ((xi % ku) + ku) % ku
    const y0 = ((yi % kv) + kv) % kv
    const x1 = (x0 + 1) % ku
    const y1 = (y0 + 1) % kv
    const a = hash(x0, y0, seed)
    const b = hash(x1, y0, seed)
    const c = hash(x0, y1, seed)
    const d = hash(x1, y1, seed)
    return a + (b - a) * fx + (c - a) * fy + (a - b - c + d) * fx * fy
  }
  const fit = (period: number): number => size / Math.max(1, Math.round(size / period))
  const grain = Math.max(px * 1.1, 0.35)
  switch (texture) {
    case 'melton':
    case 'fur': {
      const k = px < 0.5 ? 1 : 0.6
      return (u, v) => {
        const f = N(u, v, grain * 3.4, grain, 1) * 0.5 + N(u, v, grain, grain * 3.4, 2) * 0.5
        const m = N(u, v, 5, 5, 3)
        return [f * 0.11 * k + m * 0.12, f * 0.055 + m * 0.02 + N(u, v, 30, 40, 4) * 0.018, 0]
      }
    }
    case 'fleece':
      return (u, v) => {
        const m = N(u, v, 3.4, 3, 3) * 0.6 + N(u, v, grain * 1.6, grain * 1.6, 4) * 0.4
        return [m * 0.38, m * 0.05 + N(u, v, 26, 26, 5) * 0.02, 0]
      }
    case 'terry': {
      return (u, v) => {
        const m = N(u, v, grain * 1.3, grain * 1.9, 3)
        return [m * 0.13 + N(u, v, 7, 9, 6) * 0.1, m * 0.045 + N(u, v, 24, 24, 5) * 0.012, 0]
      }
    }
    case 'twill': {
      const p = fit(2.1)
      const k = seen(p * 0.7, px)
      return (u, v) => {
        const d = Math.cos(((u + v) / p) * TAU)
        const g = N(u, v, grain, grain * 2.5, 2)
        return [d * 0.12 * k + g * 0.05, d * 0.045 * k + g * 0.03 + N(u, v, 14, 30, 3) * 0.012, 0]
      }
    }
    case 'denim': {
      const p = fit(1.7)
      const k = seen(p * 0.7, px)
      return (u, v) => {
        const d = Math.cos(((u - v) / p) * TAU) * 0.5 + 0.5
        const slub = N(u, v, Math.max(0.8, px), 26, 5) * 0.6 + N(u, v, Math.max(1.6, px), 55, 6) * 0.4
        const weft = N(u, v, 9, Math.max(0.9, px), 7)
        const g = N(u, v, grain, grain, 8)
        return [
          d * 0.12 * k + slub * 0.05 + g * 0.05,
          slub * 0.06 + g * 0.05,
          clamp(0.1 + (0.5 - d) * 0.16 * k + slub * 0.09 + weft * 0.04 + g * 0.07, 0, 1),
        ]
      }
    }
    case 'herringbone': {
      const w = fit(repeat)
      const p = fit(w / 5)
      const k = seen(p * 0.7, px)
      return (u, v) => {
        const c = (((u % w) + w) % w) / w
        const fold = c < 0.5 ? c * w : (1 - c) * w
        const d = Math.cos(((fold + v) / p) * TAU)
        const g = N(u, v, grain * 2, grain, 2) * 0.5 + N(u, v, grain, grain * 2, 4) * 0.5
        const gap = Math.min(Math.abs(c - 0.5), c, 1 - c) * w
        // the second yarn marks the weave and leaves the cloth the colour it is sold in
        return [d * 0.14 * k + g * 0.08, g * 0.05 - (gap < px ? 0.03 : 0), clamp(0.1 + d * 0.1 * k + g * 0.06, 0, 1)]
      }
    }
    case 'corduroy': {
      const p = fit(4.2)
      const k = seen(p, px)
      return (u, v) => {
        const c = Math.abs(Math.sin((u / p) * Math.PI))
        const r = c ** 0.7
        const g = N(u, v, grain, grain * 2, 2)
        return [r * 0.85 * k + g * 0.06, (r - 0.68) * 0.42 * k + g * 0.035 + N(u, v, 20, 60, 3) * 0.02, 0]
      }
    }
    case 'rib': {
      // a wale and its groove: seven to eight of them in an inch, as a 1×1 rib of this weight has
      const p = fit(3.4)
      const k = seen(p, px)
      return (u, v) => {
        const c = Math.cos((u / p) * TAU)
        const r = Math.tanh(c * 1.6)
        const s = Math.cos((v / fit(1.6)) * TAU + Math.abs(((u / p) % 1) - 0.5) * 6) * seen(1.6, px)
        const g = N(u, v, grain, grain * 1.5, 2)
        return [r * 0.24 * k + s * 0.05 + g * 0.04, (r - 0.1) * 0.09 * k + s * 0.025 + g * 0.022, 0]
      }
    }
    case 'jersey': {
      const p = fit(1.5)
      const k = seen(p, px)
      return (u, v) => {
        const c = Math.cos((u / p) * TAU)
        const q = Math.cos((v / fit(1.2)) * TAU + (c > 0 ? 1 : -1) * 1.2) * seen(1.2, px)
        const g = N(u, v, grain, grain * 2.2, 2)
        return [
          c * 0.07 * k + q * 0.05 + g * 0.045,
          c * 0.03 * k + q * 0.02 + g * 0.022 + N(u, v, 40, 40, 3) * 0.008,
          0,
        ]
      }
    }
    case 'quilt': {
      const p = fit(repeat)
      return (u, v) => {
        const a = Math.abs(Math.sin(((u + v * 0.8) / p) * Math.PI))
        const b = Math.abs(Math.sin(((u - v * 0.8) / p) * Math.PI))
        const m = Math.min(a, b)
        const puff = Math.sqrt(Math.sqrt(m)) * 3.2 + Math.sqrt(a * b) * 4.2
        const near = Math.exp(-m * 7)
        const pucker = N(u, v, 5, 5, 4) * near * 0.75 + N(u, v, 11, 11, 3) * 0.35
        return [puff + pucker, -Math.exp(-m * 16) * 0.28 + (m - 0.5) * 0.06, 0]
      }
    }
    case 'satin':
      return (u, v) => [N(u, v, grain * 5, grain, 2) * 0.012, N(u, v, 18, 1.2, 3) * 0.012, 0]
    case 'poplin':
      return (u, v) => {
        const g = N(u, v, grain, grain * 1.8, 2) * 0.5 + N(u, v, grain * 1.8, grain, 3) * 0.5
        return [g * 0.03, g * 0.018, 0]
      }
    case 'canvas': {
      const p = fit(1.9)
      const k = seen(p * 0.8, px)
      return (u, v) => {
        const c = Math.cos((u / p) * TAU) * Math.cos((v / p) * TAU)
        const su = N(u, v, Math.max(1.2, px), 18, 5)
        const sv = N(u, v, 18, Math.max(1.2, px), 6)
        return [c * 0.16 * k + (su + sv) * 0.05, c * 0.05 * k + (su + sv) * 0.035, 0]
      }
    }
    case 'linen': {
      const t = Math.max(0.9, px * 1.05)
      return (u, v) => {
        const su = N(u, v, t, 22, 5) * 0.7 + N(u, v, t * 2, 9, 7) * 0.3
        const sv = N(u, v, 24, t, 6) * 0.7 + N(u, v, 8, t * 2, 8) * 0.3
        const slub = Math.max(0, N(u, v, 14, t * 1.6, 9) - 0.55)
        return [(su + sv) * 0.07 + slub * 0.3, (su + sv) * 0.055 + slub * 0.12, clamp(0.06 + (su + sv) * 0.06, 0, 1)]
      }
    }
    case 'check': {
      const p = fit(repeat)
      const e = Math.max(px, 0.6)
      const d = fit(1.8)
      const k = seen(d * 0.7, px)
      // a tartan-like set: one broad band, two fine lines
      const band = (t: number): number => {
        const c = (((t % p) + p) % p) / p
        const edge = e / p
        const broad = smooth(0.1 - edge, 0.1 + edge, c) * (1 - smooth(0.42 - edge, 0.42 + edge, c))
        const line = (at: number): number => 1 - smooth(0.022 - edge * 0.5, 0.022 + edge, Math.abs(c - at))
        return Math.max(broad, line(0.64) * 0.95, line(0.88) * 0.95)
      }
      return (u, v) => {
        const t = Math.cos(((u + v) / d) * TAU) * k
        const g = N(u, v, grain, grain * 2, 2)
        const warp = band(u)
        const weft = band(v)
        const share = 0.5 + t * 0.35
        return [t * 0.05 + g * 0.06, g * 0.03, clamp(warp * share + weft * (1 - share), 0, 1)]
      }
    }
    case 'stripe': {
      const p = fit(repeat)
      const e = Math.max(px, 0.3)
      return (u, v) => {
        const c = ((u % p) + p) % p
        const half = p * 0.24
        const m = 1 - smooth(half - e * 0.6, half + e * 0.6, Math.abs(c - p / 2))
        const g = N(u, v, grain, grain * 1.8, 2)
        return [g * 0.03, g * 0.02, m]
      }
    }
    case 'houndstooth': {
      const p = fit(repeat)
      return (u, v) => {
        // eight yarns each way, four dark and four light, woven 2/2 twill: the tooth makes itself
        let m = 0
        for (const [du, dv] of [
          [0.25, 0.25],
          [0.75, 0.25],
          [0.25, 0.75],
          [0.75, 0.75],
        ] as const) {
          const x = Math.floor(((((u + du * px) % p) + p) / p) * 8) & 7
          const y = Math.floor(((((v + dv * px) % p) + p) / p) * 8) & 7
          const warpUp = ((x - y + 8) & 3) < 2
          m += (warpUp ? x < 4 : y < 4) ? 1 : 0
        }
        const g = N(u, v, grain * 1.5, grain, 2)
        return [g * 0.08, g * 0.05, m / 4]
      }
    }
  }
}

/** Weaves one tile. `px` is the raster's mm per pixel; cost about 10–40 ms, so callers keep tiles by texture. */
export function makeTile(texture: Texture, repeatMm: number, px: number): Tile {
  const repeat = repeatOf(texture, repeatMm)
  const base = repeat ? repeat * Math.max(2, Math.round(170 / repeat)) : 170
  const sizeMm = Math.min(base, repeat ? base : 700 * px)
  const n = clamp(Math.round(sizeMm / px), 48, 700)
  const f = weave(texture, repeat, sizeMm, Math.max(px, sizeMm / n))
  const relief = new Float32Array(n * n)
  const data = new Float32Array(n * n * 4)
  const step = sizeMm / n
  let sum = 0
  for (let y = 0; y < n; y++)
    for (let x = 0; x < n; x++) {
      const [h, tone, mix] = f(x * step, y * step)
      const i = y * n + x
      relief[i] = h
      data[i * 4 + 2] = tone
      data[i * 4 + 3] = mix
      sum += mix
    }
  for (let y = 0; y < n; y++)
    for (let x = 0; x < n; x++) {
      const l = relief[y * n + ((x + n - 1) % n)]!
      const r = relief[y * n + ((x + 1) % n)]!
      const t = relief[((y + n - 1) % n) * n + x]!
      const b = relief[((y + 1) % n) * n + x]!
      const i = (y * n + x) * 4
      data[i] = (r - l) / (2 * step)
      data[i + 1] = (b - t) / (2 * step)
    }
  return { n, sizeMm, data, meanMix: sum / (n * n) }
}

/** Cloths of two yarns; the others have nothing to mix. */
const TWO_YARNS: ReadonlySet<Texture> = new Set<Texture>([
  'denim',
  'herringbone',
  'linen',
  'check',
  'stripe',
  'houndstooth',
])

/** Mean share of the second yarn, as a distant eye sees the cloth. */
export const meanMix = (texture: Texture, repeatMm: number): number =>
  TWO_YARNS.has(texture) ? makeTile(texture, repeatMm, 1.2).meanMix : 0

/** Low, slow undulation every cloth has, −1…1, period about `cell` mm. */
export const undulation = (x: number, y: number, cell: number, seed: number): number => noise(x / cell, y / cell, seed)
