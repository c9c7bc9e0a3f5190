/** Studio light on the stacked garment, in linear light and without any colour: the light map all colourways share. */
import type { Ink } from './layout.ts'
import { inkIndex } from './layout.ts'
import type { Hand, Tile } from './cloth.ts'
import { noise } from './noise.ts'
import { blur } from './raster.ts'
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
const FLAT = AMBIENT + KEY_GAIN * KEY[2] + FILL_GAIN * FILL[2]

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
  const wall = wallLight(s)
  const fine = blur(s.height, w, h, 2.4 / px)
  const wide = blur(s.height, w, h, 11 / px)
  const shadow = selfShadow(s)
  const perPart = s.parts.map((p) => {
    const cloth = clothOf(p.ink)
    const angle = ((p.grain ?? 0) * Math.PI) / 180
    return {
      ink: inkIndex(p.ink),
      cloth,
      ca: Math.cos(angle),
      sa: Math.sin(angle),
      ox: p.origin?.x ?? 0,
      oy: p.origin?.y ?? 0,
    }
  })
  const H = s.height
  const inv2 = 1 / (2 * px)
  for (let y = 0; y < h; y++) {
    const fall = 1.045 - 0.085 * ((view.y0 + y * px - view.y0) / (h * px))
    for (let x = 0; x < w; x++) {
      const i = y * w + x
      const t = s.top[i]!
      if (t === 0) {
        map.sA[i] = wall[i]!
        continue
      }
      const p = perPart[t - 1]!
      const skin = s.skin[i]!
      const l = x > 0 && s.skin[i - 1] === skin ? i - 1 : i
      const r = x + 1 < w && s.skin[i + 1] === skin ? i + 1 : i
      const a = y > 0 && s.skin[i - w] === skin ? i - w : i
      const b = y + 1 < h && s.skin[i + w] === skin ? i + w : i
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
        const cu = (s.u[i]! - p.ox) * p.ca + (s.v[i]! - p.oy) * p.sa
        const cv = -(s.u[i]! - p.ox) * p.sa + (s.v[i]! - p.oy) * p.ca
        const k = tile.n / tile.sizeMm
        let tu = cu * k
        let tv = cv * k
        tu -= Math.floor(tu / tile.n) * tile.n
        tv -= Math.floor(tv / tile.n) * tile.n
        const xi = tu | 0
        const yi = tv | 0
        const fx = tu - xi
        const fy = tv - yi
        const x0 = xi >= tile.n ? 0 : xi
        const y0 = yi >= tile.n ? 0 : yi
        const x1 = x0 + 1 === tile.n ? 0 : x0 + 1
        const y1 = y0 + 1 === tile.n ? 0 : y0 + 1
        const o00 = (y0 * tile.n + x0) * 4
        const o10 = (y0 * tile.n + x1) * 4
        const o01 = (y1 * tile.n + x0) * 4
        const o11 = (y1 * tile.n + x1) * 4
        const w00 = (1 - fx) * (1 - fy)
        const w10 = fx * (1 - fy)
        const w01 = (1 - fx) * fy
        const w11 = fx * fy
        const d = tile.data
        const su = d[o00]! * w00 + d[o10]! * w10 + d[o01]! * w01 + d[o11]! * w11
        const sv = d[o00 + 1]! * w00 + d[o10 + 1]! * w10 + d[o01 + 1]! * w01 + d[o11 + 1]! * w11
        tone = 1 + d[o00 + 2]! * w00 + d[o10 + 2]! * w10 + d[o01 + 2]! * w01 + d[o11 + 2]! * w11
        map.yarn[i] = d[o00 + 3]! * w00 + d[o10 + 3]! * w10 + d[o01 + 3]! * w01 + d[o11 + 3]! * w11
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
      let cave = (fine[i]! - H[i]!) * 0.13
      let bay = (wide[i]! - H[i]!) * 0.022
      cave = cave < -0.1 ? -0.1 : cave > 0.3 ? 0.3 : cave
      bay = bay < -0.06 ? -0.06 : bay > 0.32 ? 0.32 : bay
      const ao = 1 - cave - bay
      const open = s.open[i]!
      const sh = shadow[i]!
      const sky = 0.88 - 0.3 * ny
      const lit =
        (AMBIENT * sky * 1.136 * ao * (0.45 + 0.55 * open) +
          KEY_GAIN * key * sh * open * (0.55 + 0.45 * ao) +
          FILL_GAIN * fill * ao * (0.4 + 0.6 * open)) /
        FLAT
      const sa = lit * tone * fall
      map.inkA[i] = p.ink
      map.sA[i] = sa
      if (hand) {
        const graze = 1 - nz
        let add = hand.sheen * (graze * graze * 1.6 + 0.05) * (0.35 + 0.65 * kd) * open
        if (hand.gloss > 0) {
          // half vector between key and camera
          const hx = KEY[0]
          const hy = KEY[1]
          const hz = KEY[2] + 1
          const hl = 1 / Math.sqrt(hx * hx + hy * hy + hz * hz)
          const nh = (nx * hx + ny * hy + nz * hz) * hl
          if (nh > 0) add += hand.gloss * nh ** (hand.glossPower * 2) * sh * open * (0.6 + slope)
        }
        map.add[i] = add > 0 ? add : 0
      }
      const c = s.cover[i]!
      if (c < 0.996) {
        const under = s.under[i]!
        map.wA[i] = c
        map.inkB[i] = under === 0 ? 0 : perPart[under - 1]!.ink
        map.sB[i] = under === 0 ? wall[i]! : sa * (p.cloth ? 0.9 : 1)
        if (under === 0) map.add[i] = map.add[i]! * c
      }
    }
  }
  // the eye expects a photograph: an almost invisible unevenness of the light
  const shift = seed % 97
  for (let y = 0; y < h; y += 1)
    for (let x = 0; x < w; x += 1) {
      const i = y * w + x
      if (s.top[i] !== 0 && (x & 3) === 0) {
        const k = 1 + 0.02 * noise((view.x0 + x * px) / 170 + shift, (view.y0 + y * px) / 210, 11)
        for (let q = 0; q < 4 && x + q < w; q++) map.sA[i + q] = map.sA[i + q]! * (s.top[i + q] ? k : 1)
      }
    }
  return map
}

/** The wall: bright behind the garment, falling off to the corners, with the garment's soft double shadow. */
function wallLight(s: Stack): Float32Array {
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
  const out = new Float32Array(w * h)
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
  for (let y = 0; y < h; y++) {
    const v = y / h - 0.34
    for (let x = 0; x < w; x++) {
      const i = y * w + x
      if (s.top[i] !== 0 && s.cover[i]! > 0.996) continue
      const u = x / w - 0.42
      let t = Math.sqrt(u * u * 0.85 + v * v * 0.8) * 1.28
      t = t > 1 ? 1 : t
      t = t * t * (3 - 2 * t)
      const base = 1 - 0.36 * t
      const sx = (x - 1.5) / small
      const sy = (y - 1.5) / small
      const dark = (1 - 0.42 * at(far, sx - fdx, sy - fdy)) * (1 - 0.4 * at(close, sx - cdx, sy - cdy))
      out[i] = base * dark
    }
  }
  return out
}

/** Folds shade each other: the height map is walked towards the key light on a half-size raster. */
function selfShadow(s: Stack): Float32Array {
  const { view } = s
  const { w, h } = view
  const W = w >> 1
  const Hh = h >> 1
  const px = view.mmPerPx * 2
  const half = new Float32Array(W * Hh)
  for (let y = 0; y < Hh; y++) for (let x = 0; x < W; x++) half[y * W + x] = s.height[y * 2 * w + x * 2]!
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
  const soft = blur(res, W, Hh, Math.max(1.2, 4.5 / px))
  const out = new Float32Array(w * h)
  for (let y = 0; y < h; y++) {
    const yy = Math.min(Hh - 1, y >> 1) * W
    for (let x = 0; x < w; x++) out[y * w + x] = soft[yy + Math.min(W - 1, x >> 1)]!
  }
  return out
}
