/**
 * What is on the face of each panel that is finer than its mesh: grooves of seams, hems with their depth and row of
 * stitches, pockets and buttons where the pattern marks them. Maps over the pattern, a millimetre or two to a cell.
 */
import { boxOf, inside, nearestOnSegment } from '../../geometry.ts'
import type { Point } from '../../types.ts'
import type { ClothMesh } from '../mesh.ts'

export const BUTTON = 1
export const THREAD = 2

export interface Relief {
  x0: number
  y0: number
  w: number
  h: number
  /** Height over the cloth, mm, and how much light gets there, 0–1. */
  height: Float32Array
  open: Float32Array
  /** What lies there: 0 the cloth itself. */
  what: Uint8Array
}

const CELL = 1.5
/** How far a seam and a hem are felt, mm. */
const SEAM_REACH = 14
const BUTTON_RADIUS = 6.5

/** Depth of the hem on each kind of free edge: bands and collars have none. */
const HEM = 22

const cellsAround = (r: Relief, points: readonly Point[], reach: number, each: (p: Point, o: number) => void): void => {
  const { x0, x1, y0, y1 } = boxOf(points)
  const from = (v: number, start: number): number => Math.max(0, Math.floor((v - reach - start) / CELL))
  const to = (v: number, start: number, n: number): number => Math.min(n - 1, Math.ceil((v + reach - start) / CELL))
  for (let j = from(y0, r.y0); j <= to(y1, r.y0, r.h); j++)
    for (let i = from(x0, r.x0); i <= to(x1, r.x0, r.w); i++)
      each({ x: r.x0 + i * CELL, y: r.y0 + j * CELL }, j * r.w + i)
}

/** How far every cell is from the sewn and from the free stretches of the outline, mm; Infinity beyond reach. */
function distances(
  r: Relief,
  outline: readonly Point[],
  sewn: readonly boolean[],
  reach: { seam: number; hem: number },
) {
  const [seam, hem] = [new Float32Array(r.w * r.h).fill(Infinity), new Float32Array(r.w * r.h).fill(Infinity)]
  outline.forEach((a, i) => {
    const b = outline[(i + 1) % outline.length]!
    const map = sewn[i] ? seam : hem
    cellsAround(r, [a, b], sewn[i] ? reach.seam : reach.hem, (p, o) => {
      map[o] = Math.min(map[o]!, nearestOnSegment(p, a, b).distance)
    })
  })
  return { seam, hem }
}

const bell = (x: number, width: number): number => Math.exp(-((x / width) ** 2))

function seams(r: Relief, { seam, hem }: { seam: Float32Array; hem: Float32Array }, hemMm: number): void {
  for (let o = 0; o < seam.length; o++) {
    const [s, f] = [seam[o]!, hem[o]!]
    if (s < SEAM_REACH) {
      // The groove, the allowances that lie beneath, and the shade in it.
      r.height[o]! += 0.16 * bell(s - 5, 4) - 0.8 * bell(s, 1.6)
      r.open[o]! *= 1 - 0.28 * bell(s, 1.5)
    }
    if (hemMm === 0 || f > hemMm + 8) continue
    const step = Math.max(0, Math.min(1, (hemMm + 1.2 - f) / 2.4))
    r.height[o]! += 0.4 * step * step * (3 - 2 * step) - 0.3 * bell(f - hemMm + 1.5, 1.1)
    if (Math.abs(f - hemMm + 1.5) < 0.75) r.what[o] = THREAD
  }
}

/** A pocket that the pattern marks as an outline: a layer more, stitched round. */
function pocket(r: Relief, outline: readonly Point[]): void {
  cellsAround(r, outline, 12, (p, o) => {
    const off = Math.min(...outline.map((a, i) => nearestOnSegment(p, a, outline[(i + 1) % outline.length]!).distance))
    if (inside(outline, p)) {
      r.height[o]! += 1.2 * Math.min(1, off / 1.2) - 0.4 * bell(off - 6, 1.1)
      if (Math.abs(off - 6) < 0.75) r.what[o] = THREAD
    } else r.open[o]! *= 1 - 0.3 * bell(off, 3.5)
  })
}

function button(r: Relief, at: Point): void {
  cellsAround(r, [at], BUTTON_RADIUS + 8, (p, o) => {
    const off = Math.hypot(p.x - at.x, p.y - at.y)
    if (off > BUTTON_RADIUS) {
      r.open[o]! *= 1 - 0.45 * bell(off - BUTTON_RADIUS, 2.4)
      return
    }
    const rim = off / BUTTON_RADIUS
    r.height[o] = 2.4 + (rim > 0.72 ? 0.7 * bell(rim - 0.85, 0.1) : 0) - 1.6 * Math.max(0, rim - 0.9) * 10
    const hole = Math.min(...[-1, 1].flatMap((i) => [-1, 1].map((j) => Math.hypot(p.x - at.x - 1.7 * i, p.y - at.y - 1.7 * j)))) // prettier-ignore
    r.what[o] = BUTTON
    if (hole < 0.9) r.open[o]! *= 0.35
  })
}

/** Bands and collars have no hem of their own. */
const hemOf = (part: string): number => (part === 'band' || part === 'collar' ? 0 : HEM)

/** @param stitched of every vertex, whether a seam joins it to another */
export function reliefsOf({ panels, loops, flat, stitches, vertices }: ClothMesh): Relief[] {
  const stitched = new Uint8Array(vertices)
  for (const v of stitches) stitched[v] = 1
  return panels.map(({ piece, part }, i) => {
    const loop = loops[i] ?? new Uint32Array(0)
    const outline = Array.from(loop, (v): Point => ({ x: flat[2 * v]!, y: flat[2 * v + 1]! }))
    const { x0, x1, y0, y1 } = boxOf(outline)
    const [w, h] = [Math.ceil((x1 - x0) / CELL) + 3, Math.ceil((y1 - y0) / CELL) + 3]
    const relief: Relief = {
      x0: x0 - CELL,
      y0: y0 - CELL,
      w,
      h,
      height: new Float32Array(w * h),
      open: new Float32Array(w * h).fill(1),
      what: new Uint8Array(w * h),
    }
    const sewn = Array.from(loop, (v, k) => stitched[v] === 1 && stitched[loop[(k + 1) % loop.length]!] === 1)
    const hemMm = hemOf(part)
    seams(relief, distances(relief, outline, sewn, { seam: SEAM_REACH, hem: hemMm + 9 }), hemMm)
    for (const { kind, points } of piece.lines) {
      if (kind === 'pocket' && points.length > 3) pocket(relief, points)
      if (kind !== 'button' && kind !== 'buttonhole') continue
      const [a, b] = [points[0], points.at(-1)]
      if (a && b && piece.role === 'shell') button(relief, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
    }
    return relief
  })
}

/** Number of the cell at a place on the pattern. */
export const cellAt = ({ x0, y0, w, h }: Relief, x: number, y: number): number => {
  const i = Math.max(0, Math.min(w - 1, Math.round((x - x0) / CELL)))
  const j = Math.max(0, Math.min(h - 1, Math.round((y - y0) / CELL)))
  return j * w + i
}
/** Height at a place, between its cells. */
export function heightAt({ x0, y0, w, h, height }: Relief, x: number, y: number): number {
  const fx = Math.max(0, Math.min(w - 1.001, (x - x0) / CELL))
  const fy = Math.max(0, Math.min(h - 1.001, (y - y0) / CELL))
  const [i, j] = [Math.floor(fx), Math.floor(fy)]
  const [u, v] = [fx - i, fy - j]
  const at = j * w + i
  return (
    (height[at]! * (1 - u) + height[at + 1]! * u) * (1 - v) + (height[at + w]! * (1 - u) + height[at + w + 1]! * u) * v
  )
}
