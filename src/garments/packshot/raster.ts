/** Scan conversion into typed arrays: exact-area coverage, blurs, parametric strips. All coordinates in pixels. */
import type { Path } from '../drawing/geometry.ts'
import type { Section } from '../drawing/layout.ts'

/** A window of a larger raster, in whole pixels. */
export interface Box {
  x: number
  y: number
  w: number
  h: number
}
/** How millimetres become pixels: `px = (mm − origin) / mmPerPx`. */
export interface View {
  w: number
  h: number
  x0: number
  y0: number
  mmPerPx: number
}

/** The pixel box that holds the paths with a margin in mm, cut to the view; undefined when it lies outside. */
export function boxOf(view: View, paths: readonly Path[], marginMm: number): Box | undefined {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const path of paths)
    for (const p of path) {
      if (p.x < x0) x0 = p.x
      if (p.x > x1) x1 = p.x
      if (p.y < y0) y0 = p.y
      if (p.y > y1) y1 = p.y
    }
  const left = Math.max(0, Math.floor((x0 - marginMm - view.x0) / view.mmPerPx))
  const top = Math.max(0, Math.floor((y0 - marginMm - view.y0) / view.mmPerPx))
  const right = Math.min(view.w, Math.ceil((x1 + marginMm - view.x0) / view.mmPerPx))
  const bottom = Math.min(view.h, Math.ceil((y1 + marginMm - view.y0) / view.mmPerPx))
  return right > left && bottom > top ? { x: left, y: top, w: right - left, h: bottom - top } : undefined
}

/**
 * Coverage 0–1 of closed outlines (in mm) over a box, by signed-area accumulation: exact antialiasing in one pass
 * over the edges. Outlines of opposite direction cut holes; overlaps of the same direction do not add up.
 */
export function coverage(view: View, box: Box, outlines: readonly Path[]): Float32Array {
  const { w, h } = box
  const acc = new Float32Array((w + 2) * h)
  const k = 1 / view.mmPerPx
  const ox = view.x0 * k + box.x
  const oy = view.y0 * k + box.y
  const stride = w + 2
  for (const path of outlines) {
    for (let i = 0, n = path.length; i < n; i++) {
      const a = path[i]!
      const b = path[i + 1 === n ? 0 : i + 1]!
      let x0 = a.x * k - ox
      let y0 = a.y * k - oy
      let x1 = b.x * k - ox
      let y1 = b.y * k - oy
      if (y0 === y1) continue
      let dir = 1
      if (y0 > y1) {
        dir = -1
        ;[x0, x1, y0, y1] = [x1, x0, y1, y0]
      }
      if (y1 <= 0 || y0 >= h) continue
      const dxdy = (x1 - x0) / (y1 - y0)
      if (y0 < 0) {
        x0 -= y0 * dxdy
        y0 = 0
      }
      const bottom = Math.min(h, y1)
      let x = x0
      for (let y = y0 | 0; y < bottom; y++) {
        const dy = Math.min(y + 1, bottom) - Math.max(y, y0)
        const xn = x + dxdy * dy
        const d = dy * dir
        let l = x < xn ? x : xn
        let r = x < xn ? xn : x
        x = xn
        if (l >= w) continue
        if (l < 0) l = 0
        if (r < 0) r = 0
        if (r > w) r = w
        const li = l | 0
        const base = y * stride + li
        const ri = Math.ceil(r)
        if (ri <= li + 1) {
          const m = 0.5 * (l + r) - li
          acc[base] = acc[base]! + d * (1 - m)
          acc[base + 1] = acc[base + 1]! + d * m
        } else {
          const s = 1 / (r - l)
          const x0f = l - li
          const a0 = 0.5 * s * (1 - x0f) * (1 - x0f)
          const x1f = r - ri + 1
          const am = 0.5 * s * x1f * x1f
          acc[base] = acc[base]! + d * a0
          if (ri === li + 2) acc[base + 1] = acc[base + 1]! + d * (1 - a0 - am)
          else {
            const a1 = s * (1.5 - x0f)
            acc[base + 1] = acc[base + 1]! + d * (a1 - a0)
            for (let xi = li + 2; xi < ri - 1; xi++) acc[base + xi - li] = acc[base + xi - li]! + d * s
            const a2 = a1 + (ri - li - 3) * s
            acc[base + ri - li - 1] = acc[base + ri - li - 1]! + d * (1 - a2 - am)
          }
          acc[base + ri - li] = acc[base + ri - li]! + d * am
        }
      }
    }
  }
  // summed in place: a result never overtakes the value it is made from
  for (let y = 0; y < h; y++) {
    let sum = 0
    for (let x = 0, i = y * stride, o = y * w; x < w; x++, i++, o++) {
      sum += acc[i]!
      const v = sum < 0 ? -sum : sum
      acc[o] = v > 1 ? 1 : v < 0.002 ? 0 : v
    }
  }
  return acc.subarray(0, w * h)
}

/** One box pass along rows, then one along columns. `tmp` and `out` are overwritten; `src` may be `out`. */
function boxPass(src: Float32Array, w: number, h: number, r: number, tmp: Float32Array, out: Float32Array): void {
  const inv = 1 / (2 * r + 1)
  for (let y = 0; y < h; y++) {
    const o = y * w
    const first = src[o]!
    const last = src[o + w - 1]!
    let sum = first * r
    for (let x = 0; x < r; x++) sum += x < w ? src[o + x]! : last
    let x = 0
    // left edge, middle without clamping, right edge
    for (; x < w && (x < r || x + r >= w); x++) {
      if (x >= r) break
      sum += x + r < w ? src[o + x + r]! : last
      tmp[o + x] = sum * inv
      sum -= first
    }
    const end = w - r
    for (; x < end; x++) {
      sum += src[o + x + r]!
      tmp[o + x] = sum * inv
      sum -= src[o + x - r]!
    }
    for (; x < w; x++) {
      sum += last
      tmp[o + x] = sum * inv
      sum -= x >= r ? src[o + x - r]! : first
    }
  }
  const col = new Float32Array(w)
  for (let x = 0; x < w; x++) col[x] = tmp[x]! * r
  for (let y = 0; y < r; y++) {
    const o = Math.min(h - 1, y) * w
    for (let x = 0; x < w; x++) col[x] = col[x]! + tmp[o + x]!
  }
  for (let y = 0; y < h; y++) {
    const add = Math.min(h - 1, y + r) * w
    const sub = Math.max(0, y - r) * w
    const o = y * w
    for (let x = 0; x < w; x++) {
      const c = col[x]! + tmp[add + x]!
      out[o + x] = c * inv
      col[x] = c - tmp[sub + x]!
    }
  }
}

/** The raster at half its size, each pixel the mean of four. */
export function halve(src: Float32Array, w: number, h: number): { data: Float32Array; w: number; h: number } {
  const W = (w + 1) >> 1
  const H = (h + 1) >> 1
  const data = new Float32Array(W * H)
  for (let y = 0; y < H; y++) {
    const a = y * 2 * w
    const b = Math.min(h - 1, y * 2 + 1) * w
    for (let x = 0; x < W; x++) {
      const l = x * 2
      const r = Math.min(w - 1, l + 1)
      data[y * W + x] = (src[a + l]! + src[a + r]! + src[b + l]! + src[b + r]!) * 0.25
    }
  }
  return { data, w: W, h: H }
}

/**
 * Reads a small raster as if it were `factor` times as large, row by row and bilinearly, so that what varies slowly
 * never needs a full-size array. `row(y, out, from, to)` writes columns `from` to `to` (all `width` unless said
 * otherwise) of full-size row `y`.
 */
export function enlarged(
  src: Float32Array,
  w: number,
  h: number,
  factor: number,
  width: number,
): (y: number, out: Float32Array, from?: number, to?: number) => void {
  // one more than the row, for a raster a single pixel wide
  const line = new Float32Array(w + 1)
  const step = 1 / factor
  return (y, out, from = 0, to = width) => {
    const fy = Math.min(h - 1, Math.max(0, (y + 0.5) * step - 0.5))
    const y0 = fy | 0
    const t = fy - y0
    const a = y0 * w
    const b = Math.min(h - 1, y0 + 1) * w
    const last = Math.min(w, ((to * step) | 0) + 2)
    for (let x = Math.max(0, ((from * step) | 0) - 1); x < last; x++) {
      const p = src[a + x]!
      line[x] = p + (src[b + x]! - p) * t
    }
    line[w] = line[w - 1]!
    // columns whose two neighbours both exist; what is left of and beyond them repeats the edge
    const inner = Math.min(to, Math.ceil((w - 0.5) * factor - 0.5))
    let x = from
    for (; x < inner && (x + 0.5) * step < 0.5; x++) out[x] = line[0]!
    if (factor === 2 && x < inner) {
      if ((x & 1) === 0) {
        out[x] = line[(x >> 1) - 1]! * 0.25 + line[x >> 1]! * 0.75
        x++
      }
      let i = x >> 1
      let p = line[i]!
      for (; x + 1 < inner; x += 2) {
        const q = line[++i]!
        out[x] = p * 0.75 + q * 0.25
        out[x + 1] = p * 0.25 + q * 0.75
        p = q
      }
    }
    for (let f = (x + 0.5) * step - 0.5; x < inner; x++, f += step) {
      const i = f | 0
      const p = line[i]!
      out[x] = p + (line[i + 1]! - p) * (f - i)
    }
    for (; x < to; x++) out[x] = line[w - 1]!
  }
}

function twice(src: Float32Array, w: number, h: number, W: number, H: number): Float32Array {
  const out = new Float32Array(W * H)
  const row = enlarged(src, w, h, 2, W)
  for (let y = 0; y < H; y++) row(y, out.subarray(y * W, y * W + W))
  return out
}

/** A near-Gaussian blur, `sigma` in pixels; wide ones are made on a smaller raster, for speed. Edges repeat. */
export function blur(src: Float32Array, w: number, h: number, sigma: number): Float32Array {
  if (sigma < 0.35) return src
  if (sigma > 2.4 && w > 24 && h > 24) {
    const small = halve(src, w, h)
    return twice(blur(small.data, small.w, small.h, sigma / 2), small.w, small.h, w, h)
  }
  // two box passes: variance of one box of radius r is r(r+1)/3
  const r = Math.max(1, Math.round(Math.sqrt(1.5 * sigma * sigma + 0.25) - 0.5))
  const out = src.slice(0, w * h)
  // most of a mask is all cloth or none: only tiles with an edge in reach change
  const reach = 2 * r
  const side = TILE + 2 * reach
  const window = new Float32Array(side * side)
  const tmp = new Float32Array(side * side)
  for (let top = 0; top < h; top += TILE)
    for (let left = 0; left < w; left += TILE) {
      const [x0, y0] = [Math.max(0, left - reach), Math.max(0, top - reach)]
      const [x1, y1] = [Math.min(w, left + TILE + reach), Math.min(h, top + TILE + reach)]
      if (uniform(src, w, x0, y0, x1, y1)) continue
      const [ww, wh] = [x1 - x0, y1 - y0]
      for (let y = 0; y < wh; y++) {
        const from = (y0 + y) * w + x0
        for (let x = 0, o = y * ww; x < ww; x++, o++) window[o] = src[from + x]!
      }
      boxPass(window, ww, wh, r, tmp, window)
      boxPass(window, ww, wh, r, tmp, window)
      const [right, bottom] = [Math.min(w, left + TILE), Math.min(h, top + TILE)]
      for (let y = top; y < bottom; y++) {
        const from = (y - y0) * ww - x0
        for (let x = left, o = y * w + left; x < right; x++, o++) out[o] = window[from + x]!
      }
    }
  return out
}

const TILE = 48

function uniform(src: Float32Array, w: number, x0: number, y0: number, x1: number, y1: number): boolean {
  const first = src[y0 * w + x0]!
  for (let y = y0; y < y1; y++)
    for (let i = y * w + x0, end = y * w + x1; i < end; i++) if (src[i] !== first) return false
  return true
}

/**
 * Coverage blurred by `sigma` pixels. A wide blur is drawn coarsely from the start: the exact area of a coarse pixel is
 * the mean of its fine ones, so nothing is lost.
 */
export function softCoverage(view: View, box: Box, outlines: readonly Path[], sigma: number): Float32Array {
  if (sigma <= 2.4 || box.w <= 24 || box.h <= 24) return blur(coverage(view, box, outlines), box.w, box.h, sigma)
  const [w, h] = [(box.w + 1) >> 1, (box.h + 1) >> 1]
  const small = {
    w,
    h,
    x0: view.x0 + box.x * view.mmPerPx,
    y0: view.y0 + box.y * view.mmPerPx,
    mmPerPx: view.mmPerPx * 2,
  }
  return twice(softCoverage(small, { x: 0, y: 0, w, h }, outlines, sigma / 2), w, h, box.w, box.h)
}

/** Triangles that share a side must leave no pixel between them. */
const SLACK = 1e-4

/**
 * Writes for every pixel of a strip its position across (`across`, −1 at side a … 1 at side b) and along (`along`, mm).
 * Pixels outside keep NaN. The strip reaches a little over its sides so that antialiased edge pixels are covered too.
 */
export function rasterStrip(
  view: View,
  box: Box,
  sections: readonly Section[],
): { across: Float32Array; along: Float32Array } {
  const across = new Float32Array(box.w * box.h).fill(NaN)
  const along = new Float32Array(box.w * box.h)
  const k = 1 / view.mmPerPx
  const ox = view.x0 * k + box.x
  const oy = view.y0 * k + box.y
  const over = 0.06
  const tri = (p: readonly number[], q: readonly number[], r: readonly number[]): void => {
    const [x0, y0, t0, s0] = p as [number, number, number, number]
    const [x1, y1, t1, s1] = q as [number, number, number, number]
    const [x2, y2, t2, s2] = r as [number, number, number, number]
    const det = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    if (Math.abs(det) < 1e-9) return
    const inv = 1 / det
    const top = Math.max(0, Math.floor(Math.min(y0, y1, y2) - 0.5))
    const bottom = Math.min(box.h - 1, Math.ceil(Math.max(y0, y1, y2)))
    const left = Math.max(0, Math.floor(Math.min(x0, x1, x2) - 0.5))
    const right = Math.min(box.w - 1, Math.ceil(Math.max(x0, x1, x2)))
    const du = (y2 - y0) * inv
    const dv = (y0 - y1) * inv
    for (let y = top; y <= bottom; y++) {
      const u0 = ((0.5 - x0) * (y2 - y0) - (x2 - x0) * (y + 0.5 - y0)) * inv
      const v0 = ((x1 - x0) * (y + 0.5 - y0) - (0.5 - x0) * (y1 - y0)) * inv
      // the part of the row inside all three sides
      let from = left
      let to = right
      const dw = -du - dv
      const w0 = 1 - u0 - v0
      if (du > 0) from = Math.max(from, (-SLACK - u0) / du)
      else if (du < 0) to = Math.min(to, (-SLACK - u0) / du)
      else if (u0 < -SLACK) continue
      if (dv > 0) from = Math.max(from, (-SLACK - v0) / dv)
      else if (dv < 0) to = Math.min(to, (-SLACK - v0) / dv)
      else if (v0 < -SLACK) continue
      if (dw > 0) from = Math.max(from, (-SLACK - w0) / dw)
      else if (dw < 0) to = Math.min(to, (-SLACK - w0) / dw)
      else if (w0 < -SLACK) continue
      const end = Math.floor(to)
      for (let x = Math.ceil(from), i = y * box.w + x; x <= end; x++, i++) {
        const u = u0 + du * x
        const v = v0 + dv * x
        across[i] = t0 + (t1 - t0) * u + (t2 - t0) * v
        along[i] = s0 + (s1 - s0) * u + (s2 - s0) * v
      }
    }
  }
  const point = (c: Section, t: number): number[] => {
    const f = (t + 1) / 2
    return [(c.a.x + (c.b.x - c.a.x) * f) * k - ox, (c.a.y + (c.b.y - c.a.y) * f) * k - oy, t, c.s]
  }
  // columns keep the triangles' straight interpolation true where a strip tapers
  const columns = 6
  for (let i = 0; i + 1 < sections.length; i++) {
    const [c, d] = [sections[i]!, sections[i + 1]!]
    for (let j = 0; j < columns; j++) {
      const t0 = (1 + over) * ((2 * j) / columns - 1)
      const t1 = (1 + over) * ((2 * (j + 1)) / columns - 1)
      const [a0, b0, a1, b1] = [point(c, t0), point(c, t1), point(d, t0), point(d, t1)]
      tri(a0, b0, b1)
      tri(a0, b1, a1)
    }
  }
  return { across, along }
}
