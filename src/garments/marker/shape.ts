import { EndType, inflatePathsD, JoinType } from 'clipper2-ts'
import type { Piece, Point } from '../types.ts'

/**
 * x is counted in tenths of a millimetre: whole numbers, so that one marker is the same on every machine, and fine
 * enough that nothing is lost across the cloth. Along the cloth it is cut into strips (see {@link Shape}).
 */
export const UNITS_PER_MM = 10

/**
 * A piece as it is laid (grain along the cloth, perhaps mirrored, perhaps turned), covered strip by strip.
 * A cover holds every point of the outline grown by half of the gap, so two pieces whose covers do not meet are at
 * least the gap apart: the marker is safe by construction, and coarse strips only cost cloth.
 */
export interface Shape {
  id: number
  rotation: 0 | 180
  /** The laid outline with its box at (0, 0), mm, and the size of the box. */
  outline: readonly Point[]
  width: number
  height: number
  /** Strips covered. */
  rows: number
  /** mm from the top of the first strip down to the top of the outline. */
  inset: number
  /** Spans as flat arrays: strip, left and right edge in units, relative to the outline's left edge. */
  row: Int32Array
  left: Int32Array
  right: Int32Array
  /** The span that collided last: asked first next time. Speed only; the answer does not depend on it. */
  hint: number
}

export const polygonArea = (points: readonly Point[]): number => {
  let twice = 0
  for (let i = 0; i < points.length; i++) {
    const a = points[i]!
    const b = points[(i + 1) % points.length]!
    twice += a.x * b.y - b.x * a.y
  }
  return Math.abs(twice) / 2
}

/** A cut outline and the same grown by half of the gap, both with the grain along +y. */
export interface Cut {
  outline: readonly Point[]
  grown: readonly (readonly Point[])[]
}

/**
 * Turn a piece's cut outline so that its grain runs along the cloth, and grow it by half of the gap. Growing is the
 * slow part, so it is done once for a piece; mirrored and turned shapes are made from the result.
 * @param gapMm distance to keep to any other piece
 */
export function prepareCut(piece: Piece, gapMm: number): Cut {
  const angle = ((90 - piece.grainDeg) * Math.PI) / 180
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const outline = piece.cut.map((p) => ({ x: p.x * cos - p.y * sin, y: p.x * sin + p.y * cos }))
  if (gapMm <= 0) return { outline, grown: [outline] }
  // The arc tolerance only rounds corners; 0.2 mm keeps the number of points low.
  const grown = inflatePathsD([outline], gapMm / 2, JoinType.Round, EndType.Polygon, 2, 2, 0.2)
  return { outline, grown }
}

/**
 * Cover one way of laying a cut with strips.
 * @param mirrored across the grain line, so the grain stays where it is
 * @param stripMm height of a strip
 * @param alignBottom put the outline's lowest point on a strip line (for matching checks) instead of the highest
 */
export function rasterise(
  cut: Cut,
  mirrored: boolean,
  rotation: 0 | 180,
  id: number,
  stripMm: number,
  gapMm: number,
  alignBottom: boolean,
): Shape {
  const turn = rotation === 180 ? -1 : 1
  const flip = mirrored ? -turn : turn
  let x0 = Infinity
  let y0 = Infinity
  for (const p of cut.outline) {
    x0 = Math.min(x0, flip * p.x)
    y0 = Math.min(y0, turn * p.y)
  }
  const lay = (points: readonly Point[]): Point[] => points.map((p) => ({ x: flip * p.x - x0, y: turn * p.y - y0 }))
  const outline = lay(cut.outline)
  let width = 0
  let height = 0
  for (const p of outline) {
    width = Math.max(width, p.x)
    height = Math.max(height, p.y)
  }
  const margin = gapMm / 2
  const bottom = Math.ceil((height + margin) / stripMm) * stripMm
  const inset = alignBottom ? bottom - height : margin
  const rows = Math.ceil((inset + height + margin - 1e-6) / stripMm)
  const perStrip: [number, number][][] = Array.from({ length: rows }, () => [])
  const crossings: number[][] = Array.from({ length: rows }, () => [])
  for (const path of cut.grown.map(lay))
    for (let i = 0; i < path.length; i++) {
      const a = path[i]!
      const b = path[(i + 1) % path.length]!
      coverEdge(a, b, inset, stripMm, rows, perStrip, crossings)
    }
  const row: number[] = []
  const left: number[] = []
  const right: number[] = []
  for (let r = 0; r < rows; r++) {
    // A point of the piece in this strip either lies in a span of the middle line, or an edge stands between:
    // so the middle line's spans together with the reach of every edge in the strip cover the piece exactly.
    const xs = crossings[r]!.sort((p, q) => p - q)
    const spans = perStrip[r]!
    for (let i = 0; i + 1 < xs.length; i += 2) spans.push([xs[i]!, xs[i + 1]!])
    spans.sort((p, q) => p[0] - q[0])
    let open: [number, number] | undefined
    const flush = (): void => {
      if (!open) return
      row.push(r)
      left.push(Math.floor(open[0] * UNITS_PER_MM))
      right.push(Math.ceil(open[1] * UNITS_PER_MM))
    }
    for (const span of spans)
      if (open && span[0] <= open[1] + 1) open[1] = Math.max(open[1], span[1])
      else {
        flush()
        open = [span[0], span[1]]
      }
    flush()
  }
  return {
    id,
    rotation,
    outline,
    width,
    height,
    rows,
    inset,
    row: Int32Array.from(row),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    hint: 0,
  }
}

/** Note the reach in x of one edge in every strip it passes, and where it crosses each strip's middle line. */
function coverEdge(
  a: Point,
  b: Point,
  inset: number,
  stripMm: number,
  rows: number,
  perStrip: [number, number][][],
  crossings: number[][],
): void {
  const y0 = a.y + inset
  const y1 = b.y + inset
  const top = Math.min(y0, y1)
  const end = Math.max(y0, y1)
  const first = Math.max(0, Math.min(rows - 1, Math.floor(top / stripMm)))
  const last = Math.max(0, Math.min(rows - 1, Math.floor(end / stripMm)))
  const steep = y1 - y0
  const at = (y: number): number => a.x + ((y - y0) / steep) * (b.x - a.x)
  for (let r = first; r <= last; r++) {
    if (Math.abs(steep) < 1e-9) {
      perStrip[r]!.push([Math.min(a.x, b.x), Math.max(a.x, b.x)])
      continue
    }
    const xa = at(Math.max(top, Math.min(end, r * stripMm)))
    const xb = at(Math.max(top, Math.min(end, (r + 1) * stripMm)))
    perStrip[r]!.push([Math.min(xa, xb), Math.max(xa, xb)])
    const middle = (r + 0.5) * stripMm
    if (y0 <= middle !== y1 <= middle) crossings[r]!.push(at(middle))
  }
}
