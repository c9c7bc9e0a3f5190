/**
 * Drape as a height field in mm on a coarse grid over a part: ridges with a steep and a lazy side, flutes that open
 * towards a hem, creases that radiate from where cloth is held. Everything is decided by the seed.
 */
import type { Point } from '../types.ts'
import type { Path } from './geometry.ts'
import { clamp, smooth } from './geometry.ts'
import { noise } from './noise.ts'

export class Field {
  readonly x0: number
  readonly y0: number
  readonly cell: number
  readonly cols: number
  readonly rows: number
  #data: Float32Array | undefined
  #waiting: ((data: Float32Array) => void)[] = []

  constructor(x0: number, y0: number, x1: number, y1: number, cell: number) {
    this.x0 = x0
    this.y0 = y0
    this.cell = cell
    this.cols = Math.max(2, Math.ceil((x1 - x0) / cell) + 2)
    this.rows = Math.max(2, Math.ceil((y1 - y0) / cell) + 2)
  }

  /** Worked out when first looked at: a line drawing, and what only asks where a button lies, never do. */
  get data(): Float32Array {
    const data = (this.#data ??= new Float32Array(this.cols * this.rows))
    for (const change of this.#waiting.splice(0)) change(data)
    return data
  }

  /** Changes are made in the order they came, at the latest when somebody looks. */
  change(change: (data: Float32Array) => void): void {
    this.#waiting.push(change)
  }
}

export const makeField = (x0: number, y0: number, x1: number, y1: number, cell = 4): Field =>
  new Field(x0, y0, x1, y1, cell)

/** How strong a ridge is along its run, t = 0…1. */
export type Swell = (t: number) => number
export const swell = {
  /** Nothing at both ends. */
  middle: (t: number) => Math.sin(Math.PI * t) ** 0.8,
  /** Strong where it starts, lost at the end: cloth pulled from a point. */
  start: (t: number) => smooth(0, 0.08, t) * (1 - t) ** 1.2,
  /** Grows to the end: a flute opening to a hem. */
  end: (t: number) => smooth(0, 1, t) ** 0.9,
  even: (t: number) => smooth(0, 0.12, t) * (1 - smooth(0.88, 1, t)),
} as const

/**
 * Adds one ridge along a path: `amp` mm high, its sides `left` and `right` mm wide (seen in the direction of travel,
 * y downwards), with a shallow valley on the narrower side, as real folds have.
 */
export function ridge(
  field: Field,
  path: Path,
  amp: number,
  left: number,
  right: number,
  along: Swell = swell.middle,
): void {
  const reach = 3 * Math.max(left, right)
  let [ax, ay, bx, by] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const p of path) {
    ax = Math.min(ax, p.x)
    bx = Math.max(bx, p.x)
    ay = Math.min(ay, p.y)
    by = Math.max(by, p.y)
  }
  const c0 = clamp(Math.floor((ax - reach - field.x0) / field.cell), 0, field.cols - 1)
  const c1 = clamp(Math.ceil((bx + reach - field.x0) / field.cell), 0, field.cols - 1)
  const r0 = clamp(Math.floor((ay - reach - field.y0) / field.cell), 0, field.rows - 1)
  const r1 = clamp(Math.ceil((by + reach - field.y0) / field.cell), 0, field.rows - 1)
  field.change((data) => {
    for (let r = r0; r <= r1; r++) {
      const y = field.y0 + r * field.cell
      // Whatever a cell of this row can be in reach of, in the order of the path.
      const near = segmentsNear(path, y - reach, y + reach)
      const from = Math.max(c0, Math.floor((near.x0 - reach - field.x0) / field.cell))
      const to = Math.min(c1, Math.ceil((near.x1 + reach - field.x0) / field.cell))
      for (let c = from; c <= to; c++) {
        const x = field.x0 + c * field.cell
        data[r * field.cols + c] = data[r * field.cols + c]! + riseAt(near.segments, x, y, amp, left, right, along)
      }
    }
  })
}

interface Segment {
  p: Point
  dx: number
  dy: number
  l2: number
  /** Where on the whole path it begins, and its share of it: t = 0…1. */
  i: number
  n: number
}

function segmentsNear(path: Path, low: number, high: number): { segments: Segment[]; x0: number; x1: number } {
  const segments: Segment[] = []
  let [x0, x1] = [Infinity, -Infinity]
  const n = path.length - 1
  for (let i = 0; i < n; i++) {
    const p = path[i]!
    const q = path[i + 1]!
    if (Math.max(p.y, q.y) < low || Math.min(p.y, q.y) > high) continue
    const dx = q.x - p.x
    const dy = q.y - p.y
    segments.push({ p, dx, dy, l2: dx * dx + dy * dy || 1, i, n })
    x0 = Math.min(x0, p.x, q.x)
    x1 = Math.max(x1, p.x, q.x)
  }
  return { segments, x0, x1 }
}

/** Height of a ridge at a point: a hill with a valley beside it. */
function riseAt(
  segments: readonly Segment[],
  x: number,
  y: number,
  amp: number,
  left: number,
  right: number,
  along: Swell,
): number {
  let best = Infinity
  let side = 1
  let at = 0
  for (const { p, dx, dy, l2, i, n } of segments) {
    const t = Math.min(Math.max(((x - p.x) * dx + (y - p.y) * dy) / l2, 0), 1)
    const ex = x - p.x - dx * t
    const ey = y - p.y - dy * t
    const d = ex * ex + ey * ey
    if (d < best) {
      best = d
      side = dx * ey - dy * ex >= 0 ? 1 : -1
      at = (i + t) / n
    }
  }
  const d = Math.sqrt(best)
  const w = side > 0 ? right : left
  const q = d / w
  if (q > 3) return 0
  const hill = Math.exp(-q * q)
  const v = (d - 1.7 * w) / (0.8 * w)
  const valley = w <= Math.min(left, right) * 1.01 ? 0.38 * Math.exp(-v * v) : 0.16 * Math.exp(-v * v)
  return amp * along(at) * (hill - valley)
}

/** Soft undulation over the whole part, stretched along y by `stretch`: no cloth is a plane. */
export function undulate(field: Field, amp: number, cell: number, stretch: number, seed: number): void {
  field.change((data) => {
    for (let r = 0; r < field.rows; r++)
      for (let c = 0; c < field.cols; c++) {
        const x = field.x0 + c * field.cell
        const y = field.y0 + r * field.cell
        const i = r * field.cols + c
        data[i] =
          data[i]! +
          amp *
            (noise(x / cell, y / (cell * stretch), seed) +
              0.45 * noise((x / cell) * 2.1 + 7, (y / (cell * stretch)) * 2.1, seed + 1))
      }
  })
}

/**
 * Fine creases as ridged noise: sharp valleys between soft facets, the look of cotton that was folded.
 * `angle` leans them, `weight(x, y)` says where.
 */
export function crumple(
  field: Field,
  amp: number,
  cell: number,
  angle: number,
  seed: number,
  weight: (x: number, y: number) => number = () => 1,
): void {
  const ca = Math.cos(angle)
  const sa = Math.sin(angle)
  field.change((data) => {
    for (let r = 0; r < field.rows; r++)
      for (let c = 0; c < field.cols; c++) {
        const x = field.x0 + c * field.cell
        const y = field.y0 + r * field.cell
        const k = weight(x, y)
        if (k <= 0.01) continue
        const wx = x + 0.8 * cell * noise(x / (cell * 2.3), y / (cell * 2.3), seed + 5)
        const wy = y + 0.8 * cell * noise(x / (cell * 2.3) + 9, y / (cell * 2.3), seed + 6)
        const u = (wx * ca + wy * sa) / (cell * 2.2)
        const v = (-wx * sa + wy * ca) / cell
        const a = 1 - Math.abs(noise(u, v, seed))
        const b = 1 - Math.abs(noise(u * 1.9 + 3, v * 1.9, seed + 2))
        const i = r * field.cols + c
        data[i] = data[i]! + amp * k * (a * a * 0.9 + b * b * 0.35 - 0.6)
      }
  })
}

/** Multiplies the field by a weight, e.g. to leave a placket flat. */
export function weigh(field: Field, weight: (x: number, y: number) => number): void {
  field.change((data) => {
    for (let r = 0; r < field.rows; r++)
      for (let c = 0; c < field.cols; c++) {
        const i = r * field.cols + c
        data[i] = data[i]! * weight(field.x0 + c * field.cell, field.y0 + r * field.cell)
      }
  })
}
