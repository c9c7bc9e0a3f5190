/** Numbers gate G4 judges a picture by, for our own renderings and for pictures a model made from the same style. */
import { loadSharp } from '../../core/sharp.ts'
import { meanMix } from '../drawing/cloth.ts'
import { blend, deltaE, lab, linear, palette } from './colour.ts'
import type { Rgb } from './colour.ts'
import type { PackshotInput } from '../drawing/input.ts'
import { completeMeasures } from './input.ts'
import { inkIndex } from '../drawing/layout.ts'
import type { Layout } from '../drawing/layout.ts'
import type { RawPicture, Silhouette } from './measure.ts'
import { layoutOf } from './layouts.ts'
import { extent } from './surface.ts'

export interface PictureFigures {
  /** How far the garment fills the frame along its longer side, 0–1; G4 asks for .45–.85. */
  coverage: number
  /** Mean absolute Laplacian of luminance inside the garment's box, 0–255. */
  sharpness: number
  /** 5th to 95th percentile of luminance inside the box, 0–255. */
  contrast: number
  /** CIEDE2000 between the cloth in the picture and the colourway; G4 asks for ≤ 10. */
  deltaE: number
  /** Largest deviation of a visible point of measure from the size chart, as a share; G4 asks for ≤ .05. */
  proportions: number
}

interface Box {
  x: number
  y: number
  w: number
  h: number
}

/**
 * Judges a rendering (with its measured silhouette) or encoded bytes. For bytes the garment is found as what differs
 * from the wall, and proportions compare the box's width to height with the layout's.
 */
export async function pictureGate(picture: RawPicture | Uint8Array, input: PackshotInput): Promise<PictureFigures> {
  const seen = picture instanceof Uint8Array ? await decoded(picture) : picture
  const { data, width, height, silhouette: drawn } = seen
  // a rendering knows where its cloth lies; any other picture is compared with a layout
  const layout = !drawn?.cloth ? layoutOf(input, completeMeasures(input.category, input.measures)) : undefined
  const box = drawn ? drawn.box : findGarment(data, width, height)
  const detail = input.view !== 'front' && input.view !== 'back'
  const { at, reach } = detail ? middleOf(seen) : plainCloth(seen, box, layout)
  const mean = meanColour(data, width, height, at, reach)
  const shell = palette(input.colours)[inkIndex('shell')]!
  const given = input.textures.shell ?? { texture: 'twill' as const, repeatMm: 0 }
  const expected = blend(shell.ground, shell.yarn, meanMix(given.texture, given.repeatMm))
  return {
    coverage: Math.max(box.w / width, box.h / height),
    ...lightOf(seen, box),
    deltaE: deltaE(lab(mean), lab(expected)),
    proportions: detail ? 0 : proportionsOf(drawn, box, layout),
  }
}

/** sRGB bytes, three per pixel; what is known about the garment where it is our own rendering. */
interface Seen {
  data: Uint8Array
  width: number
  height: number
  silhouette?: Silhouette
}

async function decoded(bytes: Uint8Array): Promise<Seen> {
  const sharp = await loadSharp()
  const { data, info } = await sharp(bytes)
    .flatten({ background: '#f2f0ed' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** Largest deviation of what was measured, or of the box's shape from the layout's, as a share. */
function proportionsOf(drawn: Silhouette | undefined, box: Box, layout: Layout | undefined): number {
  if (drawn)
    return Object.entries(drawn.measured).reduce((worst, [code, value]) => {
      const expected = drawn.expected[code as keyof typeof drawn.expected]
      return expected ? Math.max(worst, Math.abs(value / expected - 1)) : worst
    }, 0)
  if (!layout || box.h <= 0) return 0
  const e = extent(layout)
  return Math.abs(box.w / box.h / ((e.x1 - e.x0) / (e.y1 - e.y0)) - 1)
}

/** How much neighbouring pixels differ, and how far light and dark lie apart. */
function lightOf({ data, width, height }: Seen, box: Box): Pick<PictureFigures, 'sharpness' | 'contrast'> {
  const histogram = new Uint32Array(256)
  let [sum, count] = [0, 0]
  const [x0, y0] = [Math.max(1, Math.floor(box.x)), Math.max(1, Math.floor(box.y))]
  const [x1, y1] = [Math.min(width - 1, Math.ceil(box.x + box.w)), Math.min(height - 1, Math.ceil(box.y + box.h))]
  // three rows of luminance at a time; every second pixel of a large picture says as much as all of them
  const step = Math.min(width, height) > 700 ? 2 : 1
  const [above, here, below] = [0, 1, 2].map(() => new Float32Array(width)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  for (let y = y0; y < y1; y += step) {
    luminanceRow(data, (y - 1) * width, x0, x1, above)
    luminanceRow(data, y * width, x0 - 1, x1 + 1, here)
    luminanceRow(data, (y + 1) * width, x0, x1, below)
    for (let x = x0; x < x1; x += step) {
      const l = here[x]!
      histogram[Math.min(255, l | 0)]!++
      sum += Math.abs(4 * l - here[x - 1]! - here[x + 1]! - above[x]! - below[x]!)
      count++
    }
  }
  const percentile = (share: number): number => {
    let seen = 0
    for (let v = 0; v < 256; v++) {
      seen += histogram[v]!
      if (seen >= share * count) return v
    }
    return 255
  }
  return { sharpness: count ? sum / count : 0, contrast: percentile(0.95) - percentile(0.05) }
}

interface Spot {
  at: { x: number; y: number }
  /** px */
  reach: number
}

const middleOf = ({ width, height }: Seen): Spot => ({ at: { x: width / 2, y: height / 2 }, reach: width * 0.3 })

/** Cloth away from seams and trims, where the layout puts its fabric detail. */
function plainCloth(seen: Seen, box: Box, layout: Layout | undefined): Spot {
  if (layout) {
    const e = extent(layout)
    const scale = (e.x1 - e.x0) / Math.max(1, box.w)
    const { x, y } = layout.details.fabric
    return { at: { x: box.x + (x - e.x0) / scale, y: box.y + (y - e.y0) / scale }, reach: 48 / scale }
  }
  const drawn = seen.silhouette
  return drawn?.cloth ? { at: drawn.cloth, reach: 48 / drawn.mmPerPx } : middleOf(seen)
}

/** Luminance 0–255 of the pixels `from` ≤ x < `to` of a row that begins at pixel `start`. */
function luminanceRow(data: Uint8Array, start: number, from: number, to: number, out: Float32Array): void {
  for (let x = from, j = (start + from) * 3; x < to; x++, j += 3)
    out[x] = 0.2126 * data[j]! + 0.7152 * data[j + 1]! + 0.0722 * data[j + 2]!
}

function meanColour(data: Uint8Array, width: number, height: number, at: { x: number; y: number }, reach: number): Rgb {
  const table = Array.from({ length: 256 }, (_, v) => linear(`#${v.toString(16).padStart(2, '0').repeat(3)}`)[0])
  let [r, g, b, n] = [0, 0, 0, 0]
  for (let y = Math.max(0, Math.floor(at.y - reach)); y < Math.min(height, at.y + reach); y++)
    for (let x = Math.max(0, Math.floor(at.x - reach)); x < Math.min(width, at.x + reach); x++) {
      const j = (y * width + x) * 3
      r += table[data[j]!]!
      g += table[data[j + 1]!]!
      b += table[data[j + 2]!]!
      n++
    }
  return n ? [r / n, g / n, b / n] : [0, 0, 0]
}

/** Box of what differs from the wall, which is modelled row by row from the picture's own left and right borders. */
function findGarment(data: Uint8Array, width: number, height: number): Box {
  const border = Math.max(2, Math.round(width * 0.03))
  const rows = new Uint32Array(height)
  const columns = new Uint32Array(width)
  for (let y = 0; y < height; y++) {
    const side = (from: number): number[] => {
      const s = [0, 0, 0]
      for (let x = from; x < from + border; x++)
        for (let c = 0; c < 3; c++) s[c]! += data[(y * width + x) * 3 + c]! / border
      return s
    }
    const [l, r] = [side(0), side(width - border)]
    for (let x = 0; x < width; x++) {
      const t = x / width
      let [d, chroma] = [0, 0]
      const wall = [0, 1, 2].map((c) => l[c]! + (r[c]! - l[c]!) * t)
      const shade = data[(y * width + x) * 3 + 1]! / Math.max(1, wall[1]!)
      for (let c = 0; c < 3; c++) {
        const v = data[(y * width + x) * 3 + c]!
        d = Math.max(d, Math.abs(v - wall[c]!))
        // a shadow keeps the wall's hue: only darker
        chroma = Math.max(chroma, Math.abs(v - wall[c]! * shade))
      }
      if (d > 70 || chroma > 16) {
        rows[y]!++
        columns[x]!++
      }
    }
  }
  const span = (list: Uint32Array, least: number): [number, number] => {
    let [a, b] = [0, -1]
    for (let i = 0; i < list.length; i++)
      if (list[i]! >= least) {
        if (b < 0) a = i
        b = i
      }
    return [a, b]
  }
  const [top, bottom] = span(rows, Math.max(2, width * 0.008))
  const [left, right] = span(columns, Math.max(2, height * 0.008))
  return { x: left, y: top, w: Math.max(0, right - left + 1), h: Math.max(0, bottom - top + 1) }
}
