/** Colour on a light map: hex per ink in, sRGB bytes out. */
import { fromLinear, labOfLinear, toLinear } from '../../core/colour.ts'
import type { Ink } from '../drawing/layout.ts'
import { inkIndex, INKS } from '../drawing/layout.ts'
import type { LightMap } from './shade.ts'

export type Rgb = readonly [number, number, number]

/** '#rrggbb' to linear RGB 0–1; anything else reads as mid grey. */
export function linear(hex: string): Rgb {
  const m = /^#?([0-9a-f]{6})$/i.exec(hex.trim())
  const n = m ? parseInt(m[1]!, 16) : 0x808080
  return [toLinear(((n >> 16) & 255) / 255), toLinear(((n >> 8) & 255) / 255), toLinear((n & 255) / 255)]
}
export const hexOf = (c: Rgb): string =>
  `#${c
    .map((v) =>
      Math.round(255 * fromLinear(v < 0 ? 0 : v > 1 ? 1 : v))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
export const blend = (a: Rgb, b: Rgb, t: number): Rgb => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
]
export const luminance = (c: Rgb): number => 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]

/** CIE L*a*b* (D65) of linear RGB. */
export const lab = ([r, g, b]: Rgb): Rgb => labOfLinear(r, g, b)

/** CIEDE2000 colour difference (Sharma, Wu, Dalal 2005). */
export function deltaE(p: Rgb, q: Rgb): number {
  const rad = Math.PI / 180
  const c1 = Math.hypot(p[1], p[2])
  const c2 = Math.hypot(q[1], q[2])
  const c7 = ((c1 + c2) / 2) ** 7
  const g = 0.5 * (1 - Math.sqrt(c7 / (c7 + 25 ** 7)))
  const a1 = (1 + g) * p[1]
  const a2 = (1 + g) * q[1]
  const d1 = Math.hypot(a1, p[2])
  const d2 = Math.hypot(a2, q[2])
  const hue = (b: number, a: number): number => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / rad + 360) % 360)
  const h1 = hue(p[2], a1)
  const h2 = hue(q[2], a2)
  const dL = q[0] - p[0]
  const dC = d2 - d1
  let dh = d1 * d2 === 0 ? 0 : h2 - h1
  if (dh > 180) dh -= 360
  if (dh < -180) dh += 360
  const dH = 2 * Math.sqrt(d1 * d2) * Math.sin((dh / 2) * rad)
  const L = (p[0] + q[0]) / 2
  const C = (d1 + d2) / 2
  let hm = h1 + h2
  if (d1 * d2 !== 0) hm = Math.abs(h1 - h2) > 180 ? (hm < 360 ? (hm + 360) / 2 : (hm - 360) / 2) : hm / 2
  const T =
    1 -
    0.17 * Math.cos((hm - 30) * rad) +
    0.24 * Math.cos(2 * hm * rad) +
    0.32 * Math.cos((3 * hm + 6) * rad) -
    0.2 * Math.cos((4 * hm - 63) * rad)
  const sL = 1 + (0.015 * (L - 50) ** 2) / Math.sqrt(20 + (L - 50) ** 2)
  const sC = 1 + 0.045 * C
  const sH = 1 + 0.015 * C * T
  const C7 = C ** 7
  const rT = -2 * Math.sqrt(C7 / (C7 + 25 ** 7)) * Math.sin(60 * Math.exp(-(((hm - 275) / 25) ** 2)) * rad)
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + rT * (dC / sC) * (dH / sH))
}

/** Ground and second yarn of every ink, linear RGB. */
export type Palette = readonly { ground: Rgb; yarn: Rgb }[]

/**
 * Resolves the colourway. Missing trims follow the cloth, as a factory would choose them: thread a little lighter,
 * buttons horn or tone in tone, zips dull metal.
 */
export function palette(colours: Readonly<Record<string, string>>): Palette {
  const shell = linear(colours['shell'] ?? '#6b6f5a')
  const light = luminance(shell)
  const off = linear('#efeae0')
  const pick = (key: string, otherwise: Rgb): Rgb => (colours[key] ? linear(colours[key]) : otherwise)
  const second = (c: Rgb): Rgb => (luminance(c) > 0.28 ? [c[0] * 0.28, c[1] * 0.3, c[2] * 0.36] : blend(c, off, 0.62))
  const contrast = pick('contrast', blend(shell, [0.01, 0.01, 0.012], 0.55))
  const rib = pick('rib', shell)
  const lining = pick('lining', blend(shell, [0.008, 0.008, 0.01], 0.5))
  const of: Record<Ink, Rgb> = {
    ground: linear('#f4f2ef'),
    shell,
    lining,
    contrast,
    rib,
    button: pick('button', light > 0.5 ? linear('#e9e4d6') : linear('#3a2a1e')),
    zip: pick('zip', linear('#8d8f92')),
    thread: pick(
      'thread',
      light > 0.25 ? [shell[0] * 0.72, shell[1] * 0.72, shell[2] * 0.72] : blend(shell, off, 0.16),
    ),
    buckle: pick('buckle', pick('button', linear('#8d8f92'))),
    label: linear('#ece8df'),
    cord: pick('cord', light > 0.3 ? blend(shell, off, 0.35) : blend(shell, off, 0.5)),
    dark: linear('#120f0d'),
  }
  const yarn = colours['pattern'] ? linear(colours['pattern']) : undefined
  return INKS.map((ink) => ({
    ground: of[ink],
    yarn: ink === 'shell' ? (yarn ?? second(shell)) : ink === 'ground' ? of.ground : second(of[ink]),
  }))
}

/** Brightest linear value kept, and where the shoulder of the tone curve begins. */
const RANGE = 1.6
const KNEE = 0.78
const STEP = 4095 / RANGE

/** Paints a light map: `width × height × 3` sRGB bytes. About 50 ms per two million pixels. */
export function colourise(map: LightMap, colours: Readonly<Record<string, string>>): Uint8Array {
  const inks = palette(colours)
  const n = map.width * map.height
  const out = new Uint8Array(n * 3)
  const lut = new Uint8Array(4097)
  for (let i = 0; i <= 4096; i++) {
    // highlights roll off instead of clipping: white cloth keeps its folds
    const x = (i / 4096) * RANGE
    const v = fromLinear(x < KNEE ? x : KNEE + (1 - KNEE) * (1 - Math.exp((KNEE - x) / (1 - KNEE))))
    lut[i] = Math.round(255 * Math.min(1, v))
  }
  const g = new Float32Array(inks.length * 6)
  // light that bounces inside a fold is tinted by the cloth each time: shade is deeper in colour, not only darker
  const tint = new Float32Array(inks.length * 3)
  // the walls of a groove light each other, the more the paler they are: pale rib is never as deep as dark
  const rib = inkIndex('rib')
  const fill = 0.6 * luminance(inks[rib]!.ground)
  inks.forEach((ink, i) => {
    for (let c = 0; c < 3; c++) {
      // very dark dyes still reflect a little; nothing cloth-like is black
      g[i * 6 + c] = ink.ground[c]! * 0.985 + (i === 0 ? 0 : 0.0035)
      g[i * 6 + 3 + c] = ink.yarn[c]!
      const max = Math.max(...ink.ground, 0.02)
      tint[i * 3 + c] = i === 0 ? 0 : 0.2 * (1 - ink.ground[c]! / max)
    }
  })
  for (let i = 0, j = 0; i < n; i++, j += 3) {
    const a = map.inkA[i]! * 6
    const lit = map.sA[i]!
    const s = lit < 1 && map.inkA[i] === rib ? lit + (1 - lit) * fill : lit
    const add = map.add[i]!
    const wA = map.wA[i]!
    const y = map.yarn[i]!
    let r = (g[a]! + (g[a + 3]! - g[a]!) * y) * s
    let gr = (g[a + 1]! + (g[a + 4]! - g[a + 1]!) * y) * s
    let b = (g[a + 2]! + (g[a + 5]! - g[a + 2]!) * y) * s
    if (s < 1) {
      const q = map.inkA[i]! * 3
      const deep = 1 - s
      r *= 1 - tint[q]! * deep
      gr *= 1 - tint[q + 1]! * deep
      b *= 1 - tint[q + 2]! * deep
    }
    if (wA < 1) {
      const o = map.inkB[i]! * 6
      const t = map.sB[i]! * (1 - wA)
      r = r * wA + g[o]! * t
      gr = gr * wA + g[o + 1]! * t
      b = b * wA + g[o + 2]! * t
    }
    r += add
    gr += add
    b += add
    // one part in 4096 of ordered noise keeps the wall from banding
    const d = ((i * 7919) & 15) * 0.06
    out[j] = lut[r >= RANGE ? 4096 : r <= 0 ? 0 : (r * STEP + d) | 0]!
    out[j + 1] = lut[gr >= RANGE ? 4096 : gr <= 0 ? 0 : (gr * STEP + d) | 0]!
    out[j + 2] = lut[b >= RANGE ? 4096 : b <= 0 ? 0 : (b * STEP + d) | 0]!
  }
  return out
}
