/** Lays the parts on each other: one height map in mm, and for each pixel which part is on top and where on its cloth. */
import type { Layout, Part } from './layout.ts'
import { bounds, offset } from './geometry.ts'
import type { Box, Section, View } from './raster.ts'
import { blur, boxOf, coverage, rasterStrip, softCoverage } from './raster.ts'
import { ribbon } from './geometry.ts'

/** The stacked garment before it is lit. Arrays have `view.w × view.h` entries. */
export interface Stack {
  view: View
  parts: readonly Part[]
  /** Height over the wall, mm. */
  height: Float32Array
  /** Index of the top part + 1 (0 = wall), of the one under it, and how much of the pixel the top one covers. */
  top: Uint8Array
  under: Uint8Array
  cover: Float32Array
  /** Surface the top part's height belongs to: slopes are never taken across two. */
  skin: Uint8Array
  /** Position on the cloth, mm (strips: across, along). */
  u: Float32Array
  v: Float32Array
  /** Light left by the parts above, 0–1. */
  open: Float32Array
  /** Pixel box per part, for later passes. */
  boxes: (Box | undefined)[]
}

/** Folds are described as they are on a table; worn or hung they stand about this much prouder. */
const FOLD = 1.45

const near = (p: Part): number => (p.shadow ? p.shadow.blur * 2.6 + Math.hypot(p.shadow.dx, p.shadow.dy) : 0)

export function stack(layout: Layout, view: View): Stack {
  const n = view.w * view.h
  const s: Stack = {
    view,
    parts: layout.parts,
    height: new Float32Array(n),
    top: new Uint8Array(n),
    under: new Uint8Array(n),
    cover: new Float32Array(n),
    skin: new Uint8Array(n),
    u: new Float32Array(n),
    v: new Float32Array(n),
    open: new Float32Array(n).fill(1),
    boxes: [],
  }
  layout.parts.forEach((part, index) => {
    const box = boxOf(view, [part.outline], 3 + 2 * view.mmPerPx)
    s.boxes.push(box)
    if (part.shadow) dropShadow(s, part)
    if (box) lay(s, part, index, box)
  })
  return s
}

/** Darkens what is already there; the wall has its own shadow. */
function dropShadow(s: Stack, part: Part): void {
  const d = part.shadow!
  const { view } = s
  const from = part.shadow?.from ?? part.outline
  const box = boxOf(view, [from], near(part) + 2)
  if (!box) return
  const moved = from.map((p) => ({ x: p.x + d.dx, y: p.y + d.dy }))
  const soft = softCoverage(view, box, [moved], d.blur / view.mmPerPx)
  for (let y = 0, k = 0; y < box.h; y++) {
    let i = (y + box.y) * view.w + box.x
    for (let x = 0; x < box.w; x++, i++, k++) {
      const a = soft[k]! * d.opacity
      if (a > 0.003) s.open[i] = s.open[i]! * (1 - a)
    }
  }
}

function lay(s: Stack, part: Part, index: number, box: Box): void {
  const { view } = s
  const px = view.mmPerPx
  const size = box.w * box.h
  const outlines = [part.outline, ...(part.holes ?? [])]
  const cov = coverage(view, box, outlines)
  const bevelMm = part.surface.bevel
  const soft = bevelMm > 0 ? blur(cov, box.w, box.h, Math.max(0.6, (bevelMm * 0.55) / px)) : cov
  const local = new Float32Array(size)
  const surface = part.surface
  const strip = surface.kind === 'strip' ? rasterStrip(view, box, surface.sections) : undefined
  const puff =
    surface.kind === 'on' && surface.puff
      ? softCoverage(view, box, outlines, (surface.puffRadius ?? 14) / px)
      : undefined
  const field = part.folds
  const dome = surface.kind === 'on' ? 0 : surface.dome
  const grid = field ? field.data : local
  const cols = field ? field.cols : 0
  const rows = field ? field.rows : 0
  const invCell = field ? 1 / field.cell : 0
  const halfAt = surface.kind === 'strip' && dome > 0 ? halfWidths(surface.sections) : undefined
  // flat cloth meets the folds' grid in rows: three grid rows are weighed together once, not for each pixel
  const woven = field && !strip ? new Float32Array(cols) : undefined
  for (let y = 0, k = 0; y < box.h; y++) {
    const my = view.y0 + (y + box.y + 0.5) * px
    let hw = 0
    let centre = 0
    if (surface.kind === 'base' && surface.halfWidth) {
      const w = surface.halfWidth
      const f = Math.min(w.values.length - 1.001, Math.max(0, (my - w.from) / w.step))
      const j = f | 0
      hw = w.values[j]! + (w.values[j + 1]! - w.values[j]!) * (f - j)
      centre = w.centre ?? 0
    }
    if (woven && field) {
      const gy = Math.min(rows - 1.01, Math.max(1, (my - field.y0) * invCell + 0.5))
      const yi = gy | 0
      const ty = gy - yi
      const ay = 0.5 * (1 - ty) * (1 - ty) * FOLD
      const cy = 0.5 * ty * ty * FOLD
      const by = FOLD - ay - cy
      for (let j = 0, o = (yi - 1) * cols; j < cols; j++, o++)
        woven[j] = grid[o]! * ay + grid[o + cols]! * by + grid[o + 2 * cols]! * cy
    }
    for (let x = 0; x < box.w; x++, k++) {
      if (cov[k]! <= 0) continue
      const mx = view.x0 + (x + box.x + 0.5) * px
      let h = 0
      let fx = mx
      let fy = my
      if (strip) {
        let t = strip.across[k]!
        let a = strip.along[k]!
        if (Number.isNaN(t)) {
          t = x > 0 && !Number.isNaN(strip.across[k - 1]!) ? strip.across[k - 1]! : 1
          a = my
        }
        const at = Math.abs(t) > 1 ? 1 : Math.abs(t)
        h = dome * (1 - at * at * (0.6 + 0.4 * at))
        fx = t * (halfAt ? halfAt(a) : 100)
        fy = a
      } else if (hw > 0) {
        const t = Math.abs((mx - centre) / hw)
        const at = t > 1 ? 1 : t
        h = dome * (1 - at * at * (0.7 + 0.3 * at))
      }
      if (woven && field) {
        let gx = (mx - field.x0) * invCell + 0.5
        gx = gx < 1 ? 1 : gx > cols - 1.01 ? cols - 1.01 : gx
        const xi = gx | 0
        const tx = gx - xi
        const ax = 0.5 * (1 - tx) * (1 - tx)
        const cx = 0.5 * tx * tx
        h += woven[xi - 1]! * ax + woven[xi]! * (1 - ax - cx) + woven[xi + 1]! * cx
      } else if (field) {
        // quadratic B-spline over the coarse grid: smooth slopes without blurring afterwards
        let gx = (fx - field.x0) * invCell + 0.5
        let gy = (fy - field.y0) * invCell + 0.5
        gx = gx < 1 ? 1 : gx > cols - 1.01 ? cols - 1.01 : gx
        gy = gy < 1 ? 1 : gy > rows - 1.01 ? rows - 1.01 : gy
        const xi = gx | 0
        const yi = gy | 0
        const tx = gx - xi
        const ty = gy - yi
        const ax = 0.5 * (1 - tx) * (1 - tx)
        const cx = 0.5 * tx * tx
        const bx = 1 - ax - cx
        const ay = 0.5 * (1 - ty) * (1 - ty)
        const cy = 0.5 * ty * ty
        const o = (yi - 1) * cols + xi - 1
        const q = o + cols
        const z = q + cols
        h +=
          ((grid[o]! * ax + grid[o + 1]! * bx + grid[o + 2]! * cx) * ay +
            (grid[q]! * ax + grid[q + 1]! * bx + grid[q + 2]! * cx) * (1 - ay - cy) +
            (grid[z]! * ax + grid[z + 1]! * bx + grid[z + 2]! * cx) * cy) *
          FOLD
      }
      local[k] = h
      const i = (y + box.y) * view.w + x + box.x
      s.u[i] = fx
      s.v[i] = fy
    }
  }
  // thick cloth bridges the seams beneath it
  let beneath: Float32Array | undefined
  if (surface.kind === 'on' && surface.lift > 1 && size < view.w * view.h * 0.12) {
    const raw = new Float32Array(size)
    for (let y = 0, k = 0; y < box.h; y++)
      for (let x = 0, i = (y + box.y) * view.w + box.x; x < box.w; x++, i++, k++) raw[k] = s.height[i]!
    beneath = blurWithin(raw, cov, box, 3.4 / px)
  }
  // a strip is made of facets: smooth them away before edges and seams are added, which must stay sharp
  const fair = strip ? blurWithin(local, cov, box, 3 / px) : local
  const edge = surface.kind === 'on' ? surface.lift : 0.9
  const skin = surface.kind === 'on' ? 0 : index + 1
  for (let y = 0, k = 0; y < box.h; y++) {
    let i = (y + box.y) * view.w + box.x
    for (let x = 0; x < box.w; x++, i++, k++) {
      const c = cov[k]!
      if (c <= 0) continue
      const bev = bevelMm > 0 ? Math.min(1, Math.max(0, (soft[k]! - 0.5) * 2)) : 1
      const round = Math.sqrt(Math.max(0, 1 - (1 - bev) * (1 - bev)))
      if (c >= 0.5) {
        s.height[i] =
          (surface.kind === 'on' ? (beneath ? beneath[k]! : s.height[i]!) : surface.z) +
          fair[k]! +
          edge * round +
          (puff ? (surface as { puff: number }).puff * (puff[k]! - 0.5) * 2 : 0)
        if (skin) s.skin[i] = skin
        // where both parts end on the same edge, the wall stays what shows through it
        const rim = s.top[i] !== 0 && s.under[i] === 0 && s.cover[i]! < 0.996 && c < 0.996
        if (!rim) s.under[i] = s.top[i]!
        s.cover[i] = rim ? Math.max(s.cover[i]!, c) : c
        s.top[i] = index + 1
      } else if (s.top[i] !== 0 && s.under[i] === 0 && s.cover[i]! < 0.996) {
        s.cover[i] = Math.max(s.cover[i]!, c)
      } else if (s.top[i] !== 0) {
        // less than half covered: the part below stays on top, mixed with this one
        s.under[i] = index + 1
        s.cover[i] = Math.min(s.cover[i]!, 1 - c)
      } else {
        s.height[i] = surface.kind === 'on' ? 0 : surface.z + fair[k]!
        if (skin) s.skin[i] = skin
        s.top[i] = index + 1
        s.cover[i] = c
      }
      s.open[i] = s.open[i]! * (1 - c) + c * (part.shade ?? 1)
    }
  }
  for (const seam of part.seams ?? []) groove(s, index, seam.path, seam.width ?? 2.4, seam.depth ?? 1.1)
}

/** Half width of a strip at a length along it, mm. Looks from where it last found one: pixels ask in order. */
function halfWidths(list: readonly Section[]): (at: number) => number {
  const s = Float64Array.from(list, (c) => c.s)
  const half = Float64Array.from(list, (c) => Math.hypot(c.a.x - c.b.x, c.a.y - c.b.y) / 2)
  const last = s.length - 2
  let i = 0
  return (at) => {
    while (i < last && s[i + 1]! <= at) i++
    while (i > 0 && s[i]! > at) i--
    const [from, to] = [s[i]!, s[i + 1]!]
    const t = to > from ? (at - from) / (to - from) : 0
    return half[i]! + (half[i + 1]! - half[i]!) * (t < 0 ? 0 : t > 1 ? 1 : t)
  }
}

function blurWithin(src: Float32Array, cov: Float32Array, box: Box, sigma: number): Float32Array {
  const weight = blur(cov, box.w, box.h, sigma)
  const m = new Float32Array(src.length)
  for (let i = 0; i < m.length; i++) m[i] = cov[i]! > 0 ? src[i]! * cov[i]! : 0
  const b = blur(m, box.w, box.h, sigma)
  for (let i = 0; i < m.length; i++) b[i] = weight[i]! > 0.02 ? b[i]! / weight[i]! : src[i]!
  return b
}

/** Presses a seam into the height map where its own part, or one lying on it, is on top. */
function groove(
  s: Stack,
  index: number,
  path: readonly { x: number; y: number }[],
  width: number,
  depth: number,
): void {
  const { view } = s
  const box = boxOf(view, [path], width * 4)
  if (!box) return
  const seam = ribbon(path, Math.max(width * 0.5, view.mmPerPx))
  const line = blur(coverage(view, box, [seam]), box.w, box.h, Math.max(0.5, (width * 0.35) / view.mmPerPx))
  const wide = softCoverage(view, box, [seam], (width * 2.2) / view.mmPerPx)
  for (let y = 0, k = 0; y < box.h; y++) {
    let i = (y + box.y) * view.w + box.x
    for (let x = 0; x < box.w; x++, i++, k++) {
      if (s.top[i] !== index + 1) continue
      const d = line[k]!
      if (d > 0.004 || wide[k]! > 0.01) {
        s.height[i] = s.height[i]! - depth * d - depth * 1.6 * wide[k]!
        s.open[i] = s.open[i]! * (1 - 0.42 * d)
      }
    }
  }
}

/** Extent of everything drawn, mm. */
export const extent = (layout: Layout): { x0: number; y0: number; x1: number; y1: number } =>
  bounds(layout.parts.map((p) => (p.fur ? offset(p.outline, 0) : p.outline)))
