/** Studio light on the stacked garment, in linear light and without any colour: the light map all colourways share. */
import type { Ink } from '../drawing/layout.ts'
import { inkIndex } from '../drawing/layout.ts'
import type { Hand, Tile } from '../drawing/cloth.ts'
import { noise } from '../drawing/noise.ts'
import { blur, enlarged, halve } from './raster.ts'
import type { Stack } from './surface.ts'

/**
 * Light per pixel before colour: linear RGB = wA·C[inkA]·sA + (1 − wA)·C[inkB]·sB + add, where C[inkA] is mixed with
 * the cloth's second yarn by `yarn`. Arrays have width × height entries.
 */
export interface LightMap {
  width: number
  height: number
  mmPerPx: number
  x0: number
  y0: number
  inkA: Uint8Array
  inkB: Uint8Array
  wA: Float32Array
  sA: Float32Array
  sB: Float32Array
  yarn: Float32Array
  add: Float32Array
  /** Part on top (index + 1), for measuring. */
  part: Uint8Array
}

export interface ClothOf {
  tile: Tile
  hand: Hand
}

/** Light comes from the upper left, a weak fill from the right; the wall is bright around the garment. */
const KEY = unit(-0.55, -0.58, 0.6)
const FILL = unit(0.78, -0.05, 0.55)
function unit(x: number, y: number, z: number): readonly [number, number, number] {
  const l = Math.hypot(x, y, z)
  return [x / l, y / l, z / l]
}

const AMBIENT = 0.26
const KEY_GAIN = 1.04
const FILL_GAIN = 0.13
/** Light on cloth that faces the camera, so that such cloth shows its nominal colour. */
const PER_FLAT = 1 / (AMBIENT + KEY_GAIN * KEY[2] + FILL_GAIN * FILL[2])

export function light(s: Stack, clothOf: (ink: Ink) => ClothOf | undefined, seed: number): LightMap {
  const { view } = s
  const { w, h } = view
  const n = w * h
  const px = view.mmPerPx
  const map: LightMap = {
    width: w,
    height: h,
    mmPerPx: px,
    x0: view.x0,
    y0: view.y0,
    inkA: new Uint8Array(n),
    inkB: new Uint8Array(n),
    wA: new Float32Array(n).fill(1),
    sA: new Float32Array(n),
    sB: new Float32Array(n),
    yarn: new Float32Array(n),
    add: new Float32Array(n),
    part: s.top,
  }
  // what varies slowly is made small and read back row by row
  const half = halve(s.height, w, h)
  const rowOf = (data: Float32Array): ReturnType<typeof enlarged> => enlarged(data, half.w, half.h, 2, w)
  const fineAt = rowOf(blur(half.data, half.w, half.h, 1.2 / px))
  const wideAt = rowOf(blur(half.data, half.w, half.h, 5.5 / px))
  const shadowAt = rowOf(selfShadow(s, half.w, half.h))
  const wallAt = wallLight(s)
  const unevenAt = unevenness(view, seed)
  const row = (): Float32Array => new Float32Array(w)
  const rows: RowLight = { fine: row(), wide: row(), shadow: row(), uneven: row() }
  const perPart = s.parts.map((p): LitPart => {
    const cloth = clothOf(p.ink)
    const angle = ((p.grain ?? 0) * Math.PI) / 180
    return {
      ink: inkIndex(p.ink),
      cloth,
      perTile: cloth ? 1 / cloth.tile.sizeMm : 0,
      mirror: cloth && cloth.hand.gloss > 0 ? powers(cloth.hand.glossPower * 2) : undefined,
      ca: Math.cos(angle),
      sa: Math.sin(angle),
      ox: p.origin?.x ?? 0,
      oy: p.origin?.y ?? 0,
    }
  })
  for (let y = 0; y < h; y++) {
    const start = y * w
    wallAt(y, map.sA.subarray(start, start + w))
    let from = 0
    while (from < w && s.top[start + from] === 0) from++
    if (from === w) continue
    let to = w
    while (s.top[start + to - 1] === 0) to--
    fineAt(y, rows.fine, from, to)
    wideAt(y, rows.wide, from, to)
    shadowAt(y, rows.shadow, from, to)
    unevenAt(y, rows.uneven, from, to)
    lightRow(s, map, perPart, rows, y, from, to)
  }
  softenEdges(s, map)
  return map
}

/** What varies slowly, read back for one row. */
interface RowLight {
  fine: Float32Array
  wide: Float32Array
  shadow: Float32Array
  uneven: Float32Array
}

/** A part as the light sees it. */
interface LitPart {
  ink: number
  cloth: ClothOf | undefined
  perTile: number
  mirror: Float32Array | undefined
  /** Direction of the grain, and where the pattern starts. */
  ca: number
  sa: number
  ox: number
  oy: number
}

// half vector between key and camera
const [HX, HY, HZ] = unit(KEY[0], KEY[1], KEY[2] + 1)

/** A row at a time: the engine compiles a short function that is called often sooner than a long one called once. */
function lightRow(
  s: Stack,
  map: LightMap,
  perPart: readonly LitPart[],
  { fine, wide, shadow, uneven }: RowLight,
  y: number,
  from: number,
  to: number,
): void {
  const { w, h, mmPerPx } = s.view
  const { height: H, top, skin: skins, cover, under: unders, open: opens, u: us, v: vs } = s
  const { inkA, inkB, wA, sA, sB, yarn, add: adds } = map
  const start = y * w
  const inv2 = 1 / (2 * mmPerPx)
  const fall = 1.045 - 0.085 * (y / h)
  for (let x = from; x < to; x++) {
    const i = start + x
    const t = top[i]!
    if (t === 0) continue
    const p = perPart[t - 1]!
    const skin = skins[i]!
    const l = x > 0 && skins[i - 1] === skin ? i - 1 : i
    const r = x + 1 < w && skins[i + 1] === skin ? i + 1 : i
    const a = y > 0 && skins[i - w] === skin ? i - w : i
    const b = y + 1 < h && skins[i + w] === skin ? i + w : i
    let gx = r > l ? (H[r]! - H[l]!) * (r - l === 2 ? inv2 : 2 * inv2) : 0
    let gy = b > a ? (H[b]! - H[a]!) * (b - a === 2 * w ? inv2 : 2 * inv2) : 0
    // a cliff between two parts of one surface is an edge, not a slope
    gx = gx > 2.2 ? 2.2 : gx < -2.2 ? -2.2 : gx
    gy = gy > 2.2 ? 2.2 : gy < -2.2 ? -2.2 : gy
    const slope = Math.sqrt(gx * gx + gy * gy)
    let tone = 1
    const cloth = p.cloth
    let hand: Hand | undefined
    if (cloth) {
      hand = cloth.hand
      const tile = cloth.tile
      const du = us[i]! - p.ox
      const dv = vs[i]! - p.oy
      const cu = du * p.ca + dv * p.sa
      const cv = dv * p.ca - du * p.sa
      const size = tile.n
      const ru = cu * p.perTile
      const rv = cv * p.perTile
      const tu = (ru - Math.floor(ru)) * size
      const tv = (rv - Math.floor(rv)) * size
      const xi = tu | 0
      const yi = tv | 0
      const fx = tu - xi
      const fy = tv - yi
      const x0 = xi >= size ? 0 : xi
      const y0 = yi >= size ? 0 : yi
      const x1 = x0 + 1 === size ? 0 : x0 + 1
      const y1 = y0 + 1 === size ? 0 : y0 + 1
      const o00 = (y0 * size + x0) * 4
      const o10 = (y0 * size + x1) * 4
      const o01 = (y1 * size + x0) * 4
      const o11 = (y1 * size + x1) * 4
      const w00 = (1 - fx) * (1 - fy)
      const w10 = fx * (1 - fy)
      const w01 = (1 - fx) * fy
      const w11 = fx * fy
      const d = tile.data
      const su = d[o00]! * w00 + d[o10]! * w10 + d[o01]! * w01 + d[o11]! * w11
      const sv = d[o00 + 1]! * w00 + d[o10 + 1]! * w10 + d[o01 + 1]! * w01 + d[o11 + 1]! * w11
      tone = 1 + d[o00 + 2]! * w00 + d[o10 + 2]! * w10 + d[o01 + 2]! * w01 + d[o11 + 2]! * w11
      yarn[i] = d[o00 + 3]! * w00 + d[o10 + 3]! * w10 + d[o01 + 3]! * w01 + d[o11 + 3]! * w11
      gx += su * p.ca - sv * p.sa
      gy += su * p.sa + sv * p.ca
    }
    const nz = 1 / Math.sqrt(gx * gx + gy * gy + 1)
    const nx = -gx * nz
    const ny = -gy * nz
    const kd = nx * KEY[0] + ny * KEY[1] + nz * KEY[2]
    const key = kd > 0 ? kd : 0
    const fd = nx * FILL[0] + ny * FILL[1] + nz * FILL[2]
    const fill = fd > 0 ? fd : 0
    let cave = (fine[x]! - H[i]!) * 0.13
    let bay = (wide[x]! - H[i]!) * 0.022
    cave = cave < -0.1 ? -0.1 : cave > 0.3 ? 0.3 : cave
    bay = bay < -0.06 ? -0.06 : bay > 0.32 ? 0.32 : bay
    const ao = 1 - cave - bay
    const open = opens[i]!
    const sh = shadow[x]!
    const sky = 0.88 - 0.3 * ny
    const lit =
      (AMBIENT * sky * 1.136 * ao * (0.45 + 0.55 * open) +
        KEY_GAIN * key * sh * open * (0.55 + 0.45 * ao) +
        FILL_GAIN * fill * ao * (0.4 + 0.6 * open)) *
      PER_FLAT
    const bare = lit * tone * fall
    const sa = bare * uneven[x]!
    const wall = sA[i]!
    inkA[i] = p.ink
    sA[i] = sa
    let add = 0
    if (hand) {
      const graze = 1 - nz
      add = hand.sheen * (graze * graze * 1.6 + 0.05) * (0.35 + 0.65 * kd) * open
      if (p.mirror) {
        const nh = nx * HX + ny * HY + nz * HZ
        if (nh > 0) add += hand.gloss * p.mirror[(nh * POWERS + 0.5) | 0]! * sh * open * (0.6 + slope)
      }
      if (add < 0) add = 0
    }
    const c = cover[i]!
    if (c < 0.996) {
      const under = unders[i]!
      wA[i] = c
      inkB[i] = under === 0 ? 0 : perPart[under - 1]!.ink
      sB[i] = under === 0 ? wall : bare * (cloth ? 0.9 : 1)
      if (under === 0) add *= c
    }
    adds[i] = add
  }
}

/**
 * A pixel that an edge crosses has no slope of its own: what one difference of heights says there changes from pixel to
 * pixel, and the edge shows teeth. It takes the light of its neighbours instead, on either side of the edge.
 */
function softenEdges({ top, under, cover }: Stack, { width: w, height: h, sA, sB, add }: LightMap): void {
  const around = [-w - 1, -w, -w + 1, -1, 1, w - 1, w, w + 1]
  const found: number[] = []
  const lights: number[] = []
  for (let y = 1; y < h - 1; y++)
    for (let i = y * w + 1, end = y * w + w - 1; i < end; i++) {
      if (cover[i]! >= 0.996 || top[i] === 0) continue
      const [own, below] = [top[i]!, under[i]!]
      let [a, b, shine, n, m] = [0, 0, 0, 0, 0]
      for (const o of around) {
        const j = i + o
        if (top[j] === own) {
          // pixels wholly inside count three times as much as their like
          const k = cover[j]! >= 0.996 ? 3 : 1
          a += sA[j]! * k
          shine += add[j]! * k
          n += k
        } else if (below !== 0 && top[j] === below) {
          b += sA[j]!
          m++
        }
      }
      found.push(i)
      lights.push(n ? (a + sA[i]!) / (n + 1) : sA[i]!, m ? b / m : sB[i]!, n ? shine / n : add[i]!)
    }
  for (const [k, i] of found.entries()) {
    sA[i] = lights[k * 3]!
    sB[i] = lights[k * 3 + 1]!
    add[i] = lights[k * 3 + 2]!
  }
}

const POWERS = 2048
/** x ** power for x = 0…1 in steps of 1 ⁄ POWERS. */
const powers = (power: number): Float32Array =>
  Float32Array.from({ length: POWERS + 2 }, (_, i) => (i / POWERS) ** power)

/** The eye expects a photograph: an almost invisible unevenness of the light, as a factor per pixel. */
function unevenness(view: Stack['view'], seed: number): ReturnType<typeof enlarged> {
  const step = 16
  const W = Math.ceil(view.w / step) + 1
  const Hh = Math.ceil(view.h / step) + 1
  const shift = seed % 97
  const out = new Float32Array(W * Hh)
  for (let y = 0; y < Hh; y++)
    for (let x = 0; x < W; x++) {
      const mx = view.x0 + (x + 0.5) * step * view.mmPerPx
      const my = view.y0 + (y + 0.5) * step * view.mmPerPx
      out[y * W + x] = 1 + 0.02 * noise(mx / 170 + shift, my / 210, 11)
    }
  return enlarged(out, W, Hh, step, view.w)
}

/** The wall: bright behind the garment, falling off to the corners, with the garment's soft double shadow. */
function wallLight(s: Stack): (y: number, out: Float32Array) => void {
  const { view } = s
  const { w, h } = view
  const small = 4
  const W = Math.ceil(w / small)
  const Hh = Math.ceil(h / small)
  const mask = new Float32Array(W * Hh)
  for (let y = 0; y < Hh; y++)
    for (let x = 0; x < W; x++) {
      const i = Math.min(h - 1, y * small + 2) * w + Math.min(w - 1, x * small + 2)
      mask[y * W + x] = s.top[i] ? 1 : 0
    }
  const side = Math.max(w, h)
  const far = blur(mask, W, Hh, (0.038 * side) / small)
  const close = blur(mask, W, Hh, (0.011 * side) / small)
  const out = new Float32Array(W * Hh)
  const fdx = Math.round((0.03 * side) / small)
  const fdy = Math.round((0.03 * side) / small)
  const cdx = (0.008 * side) / small
  const cdy = (0.01 * side) / small
  const at = (f: Float32Array, x: number, y: number): number => {
    const cx = x < 0 ? 0 : x > W - 1.001 ? W - 1.001 : x
    const cy = y < 0 ? 0 : y > Hh - 1.001 ? Hh - 1.001 : y
    const xi = cx | 0
    const yi = cy | 0
    const tx = cx - xi
    const ty = cy - yi
    const o = yi * W + xi
    const p = f[o]! + (f[o + 1]! - f[o]!) * tx
    const q = f[o + W]! + (f[o + W + 1]! - f[o + W]!) * tx
    return p + (q - p) * ty
  }
  for (let y = 0; y < Hh; y++) {
    const v = ((y + 0.375) * small) / h - 0.34
    for (let x = 0; x < W; x++) {
      const u = ((x + 0.375) * small) / w - 0.42
      let t = Math.sqrt(u * u * 0.85 + v * v * 0.8) * 1.28
      t = t > 1 ? 1 : t
      t = t * t * (3 - 2 * t)
      const base = 1 - 0.36 * t
      const dark = (1 - 0.42 * at(far, x - fdx, y - fdy)) * (1 - 0.4 * at(close, x - cdx, y - cdy))
      out[y * W + x] = base * dark
    }
  }
  return enlarged(out, W, Hh, small, w)
}

/** Folds shade each other: the height map is walked towards the key light on a half-size raster, `W × Hh`. */
function selfShadow(s: Stack, W: number, Hh: number): Float32Array {
  const { w, h, mmPerPx } = s.view
  const px = mmPerPx * 2
  const half = new Float32Array(W * Hh)
  for (let y = 0; y < Hh; y++) {
    const from = Math.min(h - 1, y * 2) * w
    for (let x = 0; x < W; x++) half[y * W + x] = s.height[from + Math.min(w - 1, x * 2)]!
  }
  const flat = Math.hypot(KEY[0], KEY[1])
  const dx = KEY[0] / flat
  const dy = KEY[1] / flat
  const rise = (KEY[2] / flat) * 0.8
  const steps = [3, 6, 10, 15, 22, 32, 46, 64]
  const res = new Float32Array(W * Hh).fill(1)
  for (const mm of steps) {
    const ox = Math.round((dx * mm) / px)
    const oy = Math.round((dy * mm) / px)
    if (ox === 0 && oy === 0) continue
    const up = mm * rise
    const softness = 1 / (1.2 + mm * 0.3)
    for (let y = Math.max(0, -oy); y < Hh; y++) {
      if (y + oy >= Hh) break
      for (let x = Math.max(0, -ox); x < W; x++) {
        const i = y * W + x
        const g = half[i]!
        if (g <= 0) continue
        const over = (half[i + oy * W + ox]! - g - up) * softness
        if (over > 0) {
          const k = 1 - (over > 1 ? 1 : over) * 0.66
          if (k < res[i]!) res[i] = k
        }
      }
    }
  }
  return blur(res, W, Hh, Math.max(1.2, 4.5 / px))
}
