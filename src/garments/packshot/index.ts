/**
 * Product pictures: one parameter set in, a photograph-like picture out. Geometry and light are computed once per style
 * and view ({@link renderLightMap}); colourways are painted on it ({@link colourise}).
 */
import { loadSharp } from '../../core/sharp.ts'
import type { MaterialRole } from '../types.ts'
import { clamp } from '../drawing/geometry.ts'
import { HANDS, makeTile } from '../drawing/cloth.ts'
import { colourise } from './colour.ts'
import { drawFur } from './fur.ts'
import type { PackshotInput } from '../drawing/input.ts'
import { completeMeasures } from './input.ts'
import type { Ink, Layout } from '../drawing/layout.ts'
import type { RawPicture, Silhouette } from './measure.ts'
import { silhouette } from './measure.ts'
import type { View } from './raster.ts'
import type { ClothOf, LightMap } from './shade.ts'
import { light } from './shade.ts'
import { extent, stack } from './surface.ts'
import { drawTrims } from './trims.ts'
import { layoutOf } from './layouts.ts'

export type { PackshotInput, PackshotView } from '../drawing/input.ts'
export { VIEWS } from '../drawing/input.ts'
export { packshotInput } from './input.ts'
export { colourise } from './colour.ts'
export type { LightMap } from './shade.ts'
export { pictureGate } from './gate.ts'
export type { PictureFigures } from './gate.ts'
export type { RawPicture, Silhouette } from './measure.ts'

/** A light map with what is needed to finish pictures from it. */
export interface RenderedLight {
  map: LightMap
  layout: Layout
  silhouette: Silhouette
  /** Size of the finished picture, px. */
  width: number
  height: number
}

/** Share of the picture's height (and width) that the garment may fill. */
const FILL = 0.82

function viewFor(input: PackshotInput, layout: Layout, width: number, height: number, scale: number): View {
  const w = Math.round(width * scale)
  const h = Math.round(height * scale)
  const { collar, cuff, fabric } = layout.details
  const details: Partial<Record<PackshotInput['view'], typeof fabric>> = {
    'detail-collar': collar,
    'detail-cuff': cuff,
    'detail-fabric': fabric,
  }
  const detail = details[input.view]
  if (detail) {
    const mmPerPx = detail.width / w
    return { w, h, mmPerPx, x0: detail.x - detail.width / 2, y0: detail.y - (mmPerPx * h) / 2 }
  }
  const e = extent(layout)
  const mmPerPx = Math.max((e.x1 - e.x0) / (w * FILL), (e.y1 - e.y0) / (h * FILL))
  // a little above the middle: the shadow and the mark of an AI design have their place below
  return { w, h, mmPerPx, x0: (e.x0 + e.x1) / 2 - (w * mmPerPx) / 2, y0: (e.y0 + e.y1) / 2 - h * mmPerPx * 0.472 }
}

/** Computes geometry, drape and light of a view: the slow part, shared by all colourways. Pure and synchronous. */
export function renderLightMap(input: PackshotInput): RenderedLight {
  const height = clamp(Math.round(input.sizePx), 64, 4096)
  const width = input.aspect === '4:5' ? Math.round(height * 0.8) : height
  const scale = clamp(input.scale ?? 1.4, 1, 3)
  const measures = completeMeasures(input.category, input.measures)
  const layout = layoutOf(input, measures)
  const view = viewFor(input, layout, width, height, scale)
  const stacked = stack(layout, view)
  const cloths = new Map<Ink, ClothOf>()
  const clothOf = (ink: Ink): ClothOf | undefined => {
    const known = cloths.get(ink)
    if (known) return known
    const role: MaterialRole | undefined =
      ink === 'shell' || ink === 'lining' || ink === 'contrast' || ink === 'rib' ? ink : undefined
    if (!role) return undefined
    const shell = input.textures.shell?.texture ?? ('twill' as const)
    const own: Partial<Record<MaterialRole, typeof shell>> = { lining: 'satin', rib: 'rib' }
    const given = input.textures[role] ?? { texture: own[role] ?? shell, repeatMm: 0 }
    const made = { tile: makeTile(given.texture, given.repeatMm, view.mmPerPx), hand: HANDS[given.texture] }
    cloths.set(ink, made)
    return made
  }
  const map = light(stacked, clothOf, input.seed)
  // trims of a part are drawn before fur that hangs over them
  drawTrims(map, layout, input.seed)
  layout.parts.forEach((part, i) => drawFur(map, part, input.seed * 31 + i))
  return { map, layout, silhouette: silhouette(map, layout, measures, width, height), width, height }
}

/** Paints one colourway and scales it to its final size (Lanczos, a touch of sharpening). */
export async function finishPicture(
  light: RenderedLight,
  colours: Readonly<Record<string, string>>,
): Promise<RawPicture> {
  const { map, width, height } = light
  const rgb = colourise(map, colours)
  if (map.width === width && map.height === height)
    return { width, height, data: sharpened(rgb, width, height), silhouette: light.silhouette }
  const sharp = await loadSharp()
  const data = await sharp(rgb, { raw: { width: map.width, height: map.height, channels: 3 } })
    .resize(width, height, { kernel: 'lanczos3', fit: 'fill' })
    .raw()
    .toBuffer()
  return { width, height, data: sharpened(data, width, height), silhouette: light.silhouette }
}

/**
 * Unsharp masking of the green-weighted luminance with a Gaussian of 0.6 px: soft where the picture is flat, so that
 * grain is not blown up, stronger at edges, and bounded there so that no edge gets a white line.
 */
function sharpened(rgb: Uint8Array, width: number, height: number): Uint8Array {
  const out = new Uint8Array(rgb)
  const luma = new Int32Array(width * height)
  for (let i = 0, j = 0; i < luma.length; i++, j += 3) luma[i] = 54 * rgb[j]! + 183 * rgb[j + 1]! + 19 * rgb[j + 2]!
  // by difference from the local mean (luma × 256 ⁄ 4 → −255…255): how much is added to each channel
  const boost = Int16Array.from({ length: 511 }, (_, k) => {
    const d = k - 255
    const flat = 5
    const strong = Math.sign(d) * (0.5 * Math.min(Math.abs(d), flat) + 0.9 * Math.max(0, Math.abs(d) - flat))
    return Math.round(16 * Math.max(-44, Math.min(22, strong)))
  })
  // 3 × 3 Gaussian, sigma 0.6: side 0.1664, middle 0.6672 in each direction, in 1 ⁄ 1024
  const [corner, side, middle] = [28, 114, 456]
  for (let y = 1; y < height - 1; y++)
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      const mean =
        corner * (luma[i - width - 1]! + luma[i - width + 1]! + luma[i + width - 1]! + luma[i + width + 1]!) +
        side * (luma[i - width]! + luma[i + width]! + luma[i - 1]! + luma[i + 1]!) +
        middle * luma[i]!
      const d = (luma[i]! * 1024 - mean + 131072) >> 18
      if (d === 0) continue
      const add = (boost[d + 255]! + 8) >> 4
      const j = i * 3
      for (let c = j; c < j + 3; c++) {
        const v = rgb[c]! + add
        out[c] = clamp(v, 0, 255)
      }
    }
  return out
}

/** One finished picture: light map, colour, scaling. */
export async function renderPackshot(input: PackshotInput): Promise<RawPicture> {
  return finishPicture(renderLightMap(input), input.colours)
}
