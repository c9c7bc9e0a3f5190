/** Lays the parts on each other: one height map in mm, and for each pixel which part is on top and where on its cloth. */
import type { Field } from '../drawing/folds.ts'
import type { Layout, Part, StripSurface, Section } from '../drawing/layout.ts'
import { bounds, offset } from '../drawing/geometry.ts'
import type { Box, View } from './raster.ts'
import { blur, boxOf, coverage, rasterStrip, softCoverage } from './raster.ts'
import { ribbon } from '../drawing/geometry.ts'

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
  const { surface } = part
  const outlines = [part.outline, ...(part.holes ?? [])]
  const cov = coverage(view, box, outlines)
  const soft = surface.bevel > 0 ? blur(cov, box.w, box.h, Math.max(0.6, (surface.bevel * 0.55) / px)) : undefined
  const puff =
    surface.kind === 'on' && surface.puff
      ? softCoverage(view, box, outlines, (surface.puffRadius ?? 14) / px)
      : undefined
  const local = new Float32Array(size)
  if (surface.kind === 'strip') layStrip(s, part, surface, box, cov, local)
  else layFlat(s, part, surface, box, cov, local)
  // thick cloth bridges the seams beneath it
  let beneath: Float32Array | undefined
  if (surface.kind === 'on' && surface.lift > 1 && size < view.w * view.h * 0.12) {
    const raw = new Float32Array(size)
    for (let y = 0, k = 0; y < box.h; y++)
      for (let x = 0, i = (y + box.y) * view.w + box.x; x < box.w; x++, i++, k++) raw[k] = s.height[i]!
    beneath = blurWithin(raw, cov, box, 3.4 / px)
  }
  const pressed: Pressed = {
    number: index + 1,
    on: surface.kind === 'on',
    z: surface.kind === 'on' ? 0 : surface.z,
    edge: surface.kind === 'on' ? surface.lift : 0.9,
    shade: part.shade ?? 1,
    cov,
    soft,
    // a strip is made of facets: smooth them away before edges and seams are added, which must stay sharp
    fair: surface.kind === 'strip' ? blurWithin(local, cov, box, 3 / px) : local,
    beneath,
    puff,
    puffMm: surface.kind === 'on' ? (surface.puff ?? 0) * 2 : 0,
  }
  for (let y = 0; y < box.h; y++) pressRow(s, pressed, (y + box.y) * view.w + box.x, y * box.w, box.w)
  for (const seam of part.seams ?? []) groove(s, index, seam.path, seam.width ?? 2.4, seam.depth ?? 1.1)
}

/** Weights of a quadratic B-spline at the first, middle and last of three neighbours; `t` 0–1 between the outer two. */
const first = (t: number): number => 0.5 * (1 - t) * (1 - t)
const last = (t: number): number => 0.5 * t * t

/** Heights of cloth that lies flat, and where on it each pixel is: its dome and its folds. */
function layFlat(
  s: Stack,
  part: Part,
  surface: Exclude<Part['surface'], { kind: 'strip' }>,
  box: Box,
  cov: Float32Array,
  local: Float32Array,
): void {
  const { view } = s
  const field = part.folds
  // cloth meets the folds' grid in rows: three grid rows are weighed together once, not for each pixel
  const woven = field && new Float32Array(field.cols)
  const grid = field?.data
  for (let y = 0; y < box.h; y++) {
    const my = view.y0 + (y + box.y + 0.5) * view.mmPerPx
    let hw = 0
    let centre = 0
    if (surface.kind === 'base' && surface.halfWidth) {
      const w = surface.halfWidth
      const f = Math.min(w.values.length - 1.001, Math.max(0, (my - w.from) / w.step))
      const j = f | 0
      hw = w.values[j]! + (w.values[j + 1]! - w.values[j]!) * (f - j)
      centre = w.centre ?? 0
    }
    if (woven && field && grid) {
      const { cols } = field
      const gy = Math.min(field.rows - 1.01, Math.max(1, (my - field.y0) / field.cell + 0.5))
      const yi = gy | 0
      const a = first(gy - yi) * FOLD
      const c = last(gy - yi) * FOLD
      const b = FOLD - a - c
      for (let j = 0, o = (yi - 1) * cols; j < cols; j++, o++)
        woven[j] = grid[o]! * a + grid[o + cols]! * b + grid[o + 2 * cols]! * c
    }
    flatRow(s, box, y, cov, local, my, surface.kind === 'on' ? 0 : surface.dome, hw, centre)
    if (woven && field) foldRow(view, box, y, cov, local, woven, field)
  }
}

function flatRow(
  s: Stack,
  box: Box,
  y: number,
  cov: Float32Array,
  local: Float32Array,
  my: number,
  dome: number,
  halfWidth: number,
  centre: number,
): void {
  const { view, u, v } = s
  const px = view.mmPerPx
  const perHalf = halfWidth > 0 ? 1 / halfWidth : 0
  let k = y * box.w
  let i = (y + box.y) * view.w + box.x
  for (let x = 0; x < box.w; x++, k++, i++) {
    if (cov[k]! <= 0) continue
    const mx = view.x0 + (x + box.x + 0.5) * px
    if (perHalf > 0) {
      let t = (mx - centre) * perHalf
      t = t < 0 ? -t : t
      t = t > 1 ? 1 : t
      local[k] = dome * (1 - t * t * (0.7 + 0.3 * t))
    }
    u[i] = mx
    v[i] = my
  }
}

function foldRow(
  view: View,
  box: Box,
  y: number,
  cov: Float32Array,
  local: Float32Array,
  woven: Float32Array,
  field: Field,
): void {
  const perCell = 1 / field.cell
  const step = view.mmPerPx * perCell
  const most = field.cols - 1.01
  const from = (view.x0 + (box.x + 0.5) * view.mmPerPx - field.x0) * perCell + 0.5
  let k = y * box.w
  for (let x = 0; x < box.w; x++, k++) {
    if (cov[k]! <= 0) continue
    let gx = from + x * step
    gx = gx < 1 ? 1 : gx > most ? most : gx
    const xi = gx | 0
    const t = gx - xi
    const a = first(t)
    const c = last(t)
    local[k] = local[k]! + woven[xi - 1]! * a + woven[xi]! * (1 - a - c) + woven[xi + 1]! * c
  }
}

/** Heights of a tube of cloth with a direction, and where on it each pixel is: across and along. */
function layStrip(s: Stack, part: Part, surface: StripSurface, box: Box, cov: Float32Array, local: Float32Array): void {
  const { view } = s
  const { dome } = surface
  const { across, along } = rasterStrip(view, box, surface.sections)
  const halfAt = dome > 0 ? halfWidths(surface.sections) : () => 100
  const grid = part.folds?.data
  for (let y = 0; y < box.h; y++) {
    const my = view.y0 + (y + box.y + 0.5) * view.mmPerPx
    let k = y * box.w
    let i = (y + box.y) * view.w + box.x
    for (let x = 0; x < box.w; x++, k++, i++) {
      if (cov[k]! <= 0) continue
      let t = across[k]!
      let a = along[k]!
      if (t !== t) {
        // beyond the strip's ends: as its neighbour
        t = x > 0 && across[k - 1] === across[k - 1] ? across[k - 1]! : 1
        a = my
      }
      const at = t > 1 || t < -1 ? 1 : t < 0 ? -t : t
      const fx = t * halfAt(a)
      const h = dome * (1 - at * at * (0.6 + 0.4 * at))
      local[k] = part.folds && grid ? h + foldAt(part.folds, grid, fx, a) : h
      s.u[i] = fx
      s.v[i] = a
    }
  }
}

/** Height of folds at a point of the cloth, mm: a quadratic B-spline over the coarse grid, so that slopes are smooth. */
function foldAt({ x0, y0, cell, cols, rows }: Field, grid: Float32Array, fx: number, fy: number): number {
  let gx = (fx - x0) / cell + 0.5
  let gy = (fy - y0) / cell + 0.5
  gx = gx < 1 ? 1 : gx > cols - 1.01 ? cols - 1.01 : gx
  gy = gy < 1 ? 1 : gy > rows - 1.01 ? rows - 1.01 : gy
  const xi = gx | 0
  const yi = gy | 0
  const ax = first(gx - xi)
  const cx = last(gx - xi)
  const bx = 1 - ax - cx
  const ay = first(gy - yi)
  const cy = last(gy - yi)
  const o = (yi - 1) * cols + xi - 1
  const q = o + cols
  const z = q + cols
  return (
    ((grid[o]! * ax + grid[o + 1]! * bx + grid[o + 2]! * cx) * ay +
      (grid[q]! * ax + grid[q + 1]! * bx + grid[q + 2]! * cx) * (1 - ay - cy) +
      (grid[z]! * ax + grid[z + 1]! * bx + grid[z + 2]! * cx) * cy) *
    FOLD
  )
}

/** A part ready to be put on what is there; arrays are of its box. */
interface Pressed {
  /** Its index + 1, as {@link Stack.top} has it. */
  number: number
  /** Whether it follows what is beneath it. */
  on: boolean
  z: number
  /** Height of its edge, mm. */
  edge: number
  shade: number
  cov: Float32Array
  soft: Float32Array | undefined
  fair: Float32Array
  beneath: Float32Array | undefined
  puff: Float32Array | undefined
  puffMm: number
}

/** One row of a part onto the stack: from pixel `i` of the view and `k` of the part's box. */
function pressRow(s: Stack, part: Pressed, i: number, k: number, width: number): void {
  const { height, skin, top, under, cover, open } = s
  const { number, on, z, edge, shade, cov, soft, fair, beneath, puff, puffMm } = part
  for (const end = k + width; k < end; k++, i++) {
    const c = cov[k]!
    if (c <= 0) continue
    if (c >= 0.5) {
      let round = 1
      if (soft) {
        const bevel = (soft[k]! - 0.5) * 2
        round = bevel >= 1 ? 1 : bevel <= 0 ? 0 : Math.sqrt(1 - (1 - bevel) * (1 - bevel))
      }
      const floor = on ? (beneath ? beneath[k]! : height[i]!) : z
      height[i] = floor + fair[k]! + edge * round + (puff ? puffMm * (puff[k]! - 0.5) : 0)
      if (!on) skin[i] = number
      // where both parts end on the same edge, the wall stays what shows through it
      const rim = top[i] !== 0 && under[i] === 0 && cover[i]! < 0.996 && c < 0.996
      if (!rim) under[i] = top[i]!
      cover[i] = rim && cover[i]! > c ? cover[i]! : c
      top[i] = number
    } else if (top[i] !== 0 && under[i] === 0 && cover[i]! < 0.996) {
      if (c > cover[i]!) cover[i] = c
    } else if (top[i] !== 0) {
      // less than half covered: the part below stays on top, mixed with this one
      under[i] = number
      if (1 - c < cover[i]!) cover[i] = 1 - c
    } else {
      height[i] = on ? 0 : z + fair[k]!
      if (!on) skin[i] = number
      top[i] = number
      cover[i] = c
    }
    open[i] = open[i]! * (1 - c) + c * shade
  }
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
