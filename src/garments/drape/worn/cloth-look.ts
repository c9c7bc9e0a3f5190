/** How cloth looks near by: its colours over the pattern, its nap, its shine. Millimetres on the pattern, x along the weft. */
import type { Rgb } from '../../packshot/colour.ts'
import type { Material, Texture } from '../../types.ts'

export interface ClothLook {
  /** Share of the second colour at a place on the pattern, and of light that a groove there keeps; what is finer than a pixel is its mean. */
  pattern: (x: number, y: number, mm: number) => number
  /** The second colour, as a share of light or dark of the first. */
  second: number
  /** Light that goes along the surface (nap, fuzz), and the streak of floats. */
  sheen: number
  nap: number
  gloss: number
  /** Height of the yarns, mm, and their pitch across and along, mm. */
  yarn: { height: number; x: number; y: number }
}

/** Fades what is finer than the picture can show: it would shimmer. @param mm of a pixel */
const shown = (pitch: number, mm: number): number => Math.max(0, Math.min(1, (pitch / mm - 1.6) / 1.6))
const wave = (x: number, pitch: number): number => 0.5 + 0.5 * Math.cos((2 * Math.PI * x) / pitch)
const step = (x: number, pitch: number): number => (((x / pitch) % 1) + 1) % 1

const plain = { pattern: () => 0, second: 0, sheen: 0.12, nap: 0, gloss: 0, yarn: { height: 0.05, x: 0.6, y: 0.6 } }
const LOOKS: Readonly<Record<Texture, ClothLook>> = {
  poplin: { ...plain, sheen: 0.1, yarn: { height: 0.03, x: 0.4, y: 0.4 } },
  linen: { ...plain, sheen: 0.12, yarn: { height: 0.12, x: 1.1, y: 1.1 } },
  canvas: { ...plain, yarn: { height: 0.1, x: 1.2, y: 1.2 } },
  twill: { ...plain, pattern: (x, y, mm) => 0.5 * wave(x + 0.9 * y, 2.2) * shown(2.2, mm), second: -0.1 },
  denim: { ...plain, pattern: (x, y, mm) => 0.5 * wave(x + 0.9 * y, 2.6) * shown(2.6, mm) + 0.2, second: 0.22 },
  jersey: { ...plain, sheen: 0.14, yarn: { height: 0.08, x: 1.2, y: 0.9 } },
  rib: { ...plain, pattern: (x, _, mm) => wave(x, 4.4) ** 2 * shown(4.4, mm), second: -0.38, sheen: 0.14, yarn: { height: 0.5, x: 4.4, y: 40 } }, // prettier-ignore
  terry: { ...plain, sheen: 0.2, nap: 0.25, yarn: { height: 0.2, x: 1.6, y: 1.6 } },
  fleece: { ...plain, sheen: 0.2, nap: 0.3 },
  melton: { ...plain, sheen: 0.2, nap: 0.5 },
  satin: { ...plain, sheen: 0.05, gloss: 0.55, yarn: { height: 0.01, x: 0.3, y: 0.3 } },
  quilt: { ...plain, sheen: 0.1, gloss: 0.14 },
  corduroy: { ...plain, pattern: (x, _, mm) => wave(x, 3.2) ** 2 * shown(3.2, mm), second: -0.34, sheen: 0.3, nap: 0.4, yarn: { height: 0.45, x: 3.2, y: 60 } }, // prettier-ignore
  fur: { ...plain, sheen: 0.4, nap: 0.9 },
  herringbone: {
    ...plain,
    pattern: (x, y, mm) =>
      wave(y + (step(x, 24) < 0.5 ? 1 : -1) * x, 3.4) * shown(3.4, mm) + 0.5 * (1 - shown(3.4, mm)),
    second: 0.3,
    nap: 0.25,
  },
  houndstooth: { ...plain, pattern: (x, y, mm) => tooth(x / 12, y / 12) * shown(12, mm) + 0.5 * (1 - shown(12, mm)), second: 0.75 }, // prettier-ignore
  check: plain,
  stripe: plain,
}

/** Four threads of one colour and four of the other both ways, over and under: a tooth with its tail. */
function tooth(x: number, y: number): number {
  const [warp, weft] = [step(x, 1) < 0.5, step(y, 1) < 0.5]
  if (warp === weft) return warp ? 1 : 0
  return step(x + y, 0.5) < 0.25 === warp ? 1 : 0
}

/** How a material looks; checks and stripes by its repeat. */
export function lookOf(material: Pick<Material, 'texture' | 'repeatMm'> | undefined): ClothLook {
  const texture = material?.texture ?? 'twill'
  const repeat = material?.repeatMm || (texture === 'check' ? 60 : 24)
  if (texture === 'stripe')
    return { ...LOOKS.stripe, second: 0.8, pattern: (x, _, mm) => (step(x, repeat) < 0.3 ? shown(repeat, mm) : 0) }
  if (texture !== 'check') return LOOKS[texture]
  const band = (x: number): number => (step(x, repeat) < 0.34 ? 0.5 : 0) + (Math.abs(step(x, repeat) - 0.67) < 0.018 ? 0.4 : 0) // prettier-ignore
  return { ...LOOKS.check, second: -0.62, pattern: (x, y, mm) => (band(x) + band(y)) * shown(repeat, mm) }
}

/** Lighter (above 0) or darker (below) by a share. */
export const toned = ([r, g, b]: Rgb, by: number): Rgb => {
  const mix = (c: number): number => (by < 0 ? c * (1 + by) : c + (0.82 - c) * by)
  return [mix(r), mix(g), mix(b)]
}
