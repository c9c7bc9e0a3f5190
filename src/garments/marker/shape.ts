import { areaOf as polygonArea } from '../geometry.ts'
import { EndType, inflatePathsD, JoinType } from 'clipper2-ts'
import type { Piece, Point } from '../types.ts'

export { polygonArea }

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
  /** The widest spans, one in each of a few stretches of strips: strip and width in units. */
  probeRow: Int32Array
  probeWidth: Int32Array
  /** The span that collided last: asked first next time. Speed only; the answer does not depend on it. */
  hint: number
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
  const cover = new StripCover(rows, stripMm)
  for (const path of cut.grown.map(lay))
    for (let i = 0; i < path.length; i++) cover.edge(path[i]!, path[i + 1] ?? path[0]!, inset)
  const { row, left, right } = cover.spans()
  return {
    id,
    rotation,
    outline,
    width,
    height,
    rows,
    inset,
    row,
    left,
    right,
    ...widest(rows, row, left, right),
    hint: 0,
  }
}

/** x of a line at a height. A function of its own: made anew for each edge, it took a tenth of a whole derivation. */
const xAt = (a: Point, slope: number, y: number): number => a.x + (y - a.y) * slope

/**
 * Strips being covered by the edges of outlines. A point of the piece in a strip either lies in a span of the strip's
 * middle line, or an edge stands between: so the middle line's spans together with the reach of every edge in the
 * strip cover the piece exactly.
 */
class StripCover {
  readonly #stripMm: number
  /** Per strip: left and right ends of reaches, alternating; where each edge crosses the middle line. */
  readonly #reaches: number[][] = []
  readonly #crossings: number[][] = []

  constructor(rows: number, stripMm: number) {
    this.#stripMm = stripMm
    for (let r = 0; r < rows; r++) {
      this.#reaches.push([])
      this.#crossings.push([])
    }
  }

  /** Note the reach in x of one edge in every strip it passes, and where it crosses each strip's middle line. */
  edge(a: Point, b: Point, inset: number): void {
    const strip = this.#stripMm
    const rows = this.#reaches.length
    const top = Math.min(a.y, b.y) + inset
    const end = Math.max(a.y, b.y) + inset
    const first = Math.max(0, Math.min(rows - 1, Math.floor(top / strip)))
    const last = Math.max(0, Math.min(rows - 1, Math.floor(end / strip)))
    const steep = b.y - a.y
    const level = Math.abs(steep) < 1e-9
    const slope = level ? 0 : (b.x - a.x) / steep
    for (let r = first; r <= last; r++) {
      if (level) {
        this.#reach(r, a.x, b.x)
        continue
      }
      const from = Math.max(top, Math.min(end, r * strip)) - inset
      const to = Math.max(top, Math.min(end, (r + 1) * strip)) - inset
      this.#reach(r, xAt(a, slope, from), xAt(a, slope, to))
      const middle = (r + 0.5) * strip - inset
      if (a.y <= middle !== b.y <= middle) this.#crossings[r]!.push(xAt(a, slope, middle))
    }
  }

  /** Edges follow one another, so most reaches lengthen the one before: few are left to sort. */
  #reach(r: number, x0: number, x1: number): void {
    const reaches = this.#reaches[r]!
    const from = Math.min(x0, x1)
    const to = Math.max(x0, x1)
    const n = reaches.length
    if (n > 0 && from <= reaches[n - 1]! && to >= reaches[n - 2]!) {
      if (from < reaches[n - 2]!) reaches[n - 2] = from
      if (to > reaches[n - 1]!) reaches[n - 1] = to
    } else reaches.push(from, to)
  }

  /** The spans covered, strip by strip and apart, in units. */
  spans(): Pick<Shape, 'row' | 'left' | 'right'> {
    const row: number[] = []
    const left: number[] = []
    const right: number[] = []
    for (const [r, reaches] of this.#reaches.entries()) {
      const ends = [...reaches]
      const xs = this.#crossings[r]!.sort(ascending)
      for (let i = 0; i + 1 < xs.length; i += 2) ends.push(xs[i]!, xs[i + 1]!)
      let first = true
      for (const k of byLeftEnd(ends)) {
        const from = Math.floor(ends[k]! * UNITS_PER_MM)
        const to = Math.ceil(ends[k + 1]! * UNITS_PER_MM)
        if (!first && from <= right.at(-1)! + UNITS_PER_MM) right[right.length - 1] = Math.max(right.at(-1)!, to)
        else {
          row.push(r)
          left.push(from)
          right.push(to)
          first = false
        }
      }
    }
    return { row: Int32Array.from(row), left: Int32Array.from(left), right: Int32Array.from(right) }
  }
}

const PROBES = 5
function widest(
  rows: number,
  row: Int32Array,
  left: Int32Array,
  right: Int32Array,
): Pick<Shape, 'probeRow' | 'probeWidth'> {
  const probes = Math.min(PROBES, rows)
  const probeRow = new Int32Array(probes)
  const probeWidth = new Int32Array(probes)
  for (let s = 0; s < row.length; s++) {
    const i = Math.floor((row[s]! * probes) / rows)
    if (right[s]! - left[s]! <= probeWidth[i]!) continue
    probeRow[i] = row[s]!
    probeWidth[i] = right[s]! - left[s]!
  }
  return { probeRow, probeWidth }
}

const ascending = (a: number, b: number): number => a - b
/** Places of the left ends in a list of alternating ends, in the order of the ends. */
function byLeftEnd(ends: readonly number[]): number[] {
  const places: number[] = []
  for (let k = 0; k < ends.length; k += 2) {
    let i = places.length
    while (i > 0 && ends[places[i - 1]!]! > ends[k]!) i--
    places.splice(i, 0, k)
  }
  return places
}
