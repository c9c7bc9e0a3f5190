/** What the picture itself says about the garment: read from what was painted, not from the numbers it was drawn with. */
import type { MeasureCode } from '../types.ts'
import type { Full } from '../drawing/input.ts'
import type { Layout } from '../drawing/layout.ts'
import type { LightMap } from './shade.ts'

export interface Silhouette {
  /** Larger of box width ÷ picture width and box height ÷ picture height, 0–1: how far the garment fills the frame. */
  coverage: number
  /** Share of the picture's area that is garment, 0–1. */
  area: number
  /** Box of the garment in the finished picture, px. */
  box: { x: number; y: number; w: number; h: number }
  mmPerPx: number
  /** Middle of a stretch of plain cloth, away from seams and trims, in the finished picture, px. */
  cloth?: { x: number; y: number }
  /** Measured in the mask, mm, beside what the size chart says. */
  measured: Readonly<Partial<Record<MeasureCode, number>>>
  expected: Readonly<Partial<Record<MeasureCode, number>>>
}

/** A finished picture, sRGB bytes, three per pixel, top row first; with what it says about the garment. */
export interface RawPicture {
  width: number
  height: number
  data: Uint8Array
  silhouette: Silhouette
}

/** Reads box and visible points of measure from the mask of parts. */
export function silhouette(map: LightMap, layout: Layout, m: Full, width: number, height: number): Silhouette {
  const { width: W, height: H, mmPerPx: px } = map
  const { x0, y0, x1, y1, n } = extentOf(map)
  const sx = width / W
  const box = { x: x0 * sx, y: y0 * sx, w: Math.max(0, x1 + 1 - x0) * sx, h: Math.max(0, y1 + 1 - y0) * sx }
  const measured: Partial<Record<MeasureCode, number>> = {}
  const expected: Partial<Record<MeasureCode, number>> = {}
  const put: Put = (code, value) => {
    if (value > 0) {
      measured[code] = value
      expected[code] = m[code]
    }
  }
  const mask = openMask(map, layout)
  measureNeck(layout, put)
  measureTop(mask, layout, m, put)
  measureLegs(mask, layout, put)
  measureSkirt(mask, layout, put)
  return {
    coverage: Math.max(box.w / width, box.h / height),
    area: n / (W * H),
    box,
    mmPerPx: px / sx,
    cloth: {
      x: ((layout.details.fabric.x - map.x0) / px) * sx,
      y: ((layout.details.fabric.y - map.y0) / px) * sx,
    },
    measured,
    expected,
  }
}

type Put = (code: MeasureCode, value: number) => void

/** First and last column and row that are garment, and how many pixels are. */
function extentOf({ width: W, height: H, part }: LightMap) {
  let x0 = W
  let y0 = H
  let x1 = -1
  let y1 = -1
  let n = 0
  for (let y = 0; y < H; y++) {
    let first = -1
    let last = -1
    for (let x = 0, i = y * W; x < W; x++, i++)
      if (part[i] !== 0) {
        n++
        last = x
        if (first < 0) first = x
      }
    if (first < 0) continue
    if (first < x0) x0 = first
    if (last > x1) x1 = last
    if (y < y0) y0 = y
    y1 = y
  }
  return { x0, y0, x1, y1, n }
}

/** The mask of parts, asked in mm. */
function openMask(map: LightMap, layout: Layout) {
  const { width: W, height: H, mmPerPx: px } = map
  const groups = layout.parts.map((p) => p.belongs)
  const rowOf = (mm: number): number => Math.round((mm - map.y0) / px - 0.5)
  const colOf = (mm: number): number => Math.round((mm - map.x0) / px - 0.5)
  const inside = (x: number, y: number, kinds: readonly string[]): boolean => {
    if (x < 0 || y < 0 || x >= W || y >= H) return false
    const p = map.part[y * W + x]!
    return p > 0 && kinds.includes(groups[p - 1]!)
  }
  /** Width in mm of the given kinds along a row, from the first to the last pixel of them. */
  const widthAt = (mm: number, kinds: readonly string[], from = 0, to = W): number => {
    const y = rowOf(mm)
    let [a, b] = [-1, -1]
    for (let x = Math.max(0, from); x < Math.min(W, to); x++)
      if (inside(x, y, kinds)) {
        if (a < 0) a = x
        b = x
      }
    return a < 0 ? 0 : (b - a + 1) * px
  }
  const lowest = (mm: number, kinds: readonly string[]): number => {
    const x = colOf(mm)
    for (let y = H - 1; y >= 0; y--) if (inside(x, y, kinds)) return map.y0 + (y + 1) * px
    return 0
  }
  /** Where the outermost pixel of the given kinds stands in a row, from the right; -1 without. */
  const edgeAt = (y: number, kinds: readonly string[]): number => {
    for (let x = W - 1; x >= 0; x--) if (inside(x, y, kinds)) return x
    return -1
  }
  /** From the top down, mm. */
  const highest = (mm: number, kinds: readonly string[]): number => map.y0 + topAt(map, colOf(mm), inside, kinds) * px
  return { px, rowOf, colOf, widthAt, lowest, highest, edgeAt }
}
type Mask = ReturnType<typeof openMask>

function measureNeck(layout: Layout, put: Put): void {
  const { marks } = layout
  const neckAt = marks['frontNeck'] ?? marks['backNeck']
  if (neckAt) {
    const { width: across, drop } = neckOf(layout, neckAt.x)
    put('neckWidth', across)
    put(marks['frontNeck'] ? 'frontNeckDrop' : 'backNeckDrop', drop)
  }
}

function measureTop(mask: Mask, { marks, parts }: Layout, m: Full, put: Put): void {
  if (!marks['underarm']) return
  const { widthAt, lowest } = mask
  const body = ['body', 'collar', 'band']
  put('halfChest', widthAt(marks['underarm'].y + 25, body))
  const hem = marks['hem']!
  // the fronts of a waistcoat end where they are cut to, its back hem is not seen behind them
  if (!parts.some((p) => p.id === 'front-under')) {
    put('bodyLength', lowest(marks['hemCentre']!.x, body))
    put('halfHem', widthAt(hem.y - 5, body))
  }
  const sp = marks['shoulderPoint']!
  // body parts end at the armhole seam; a raglan has none, and its shoulder is a place on the sleeve
  if (!marks['raglanTip']) put('shoulder', widthAt(sp.y + 5, ['body', 'collar', 'inside', 'hood']))
  if (marks['waist'] && m.waistLength < m.bodyLength - 80) put('halfWaist', widthAt(marks['waist'].y, body))
  if (marks['cuffOuter']) put('sleeveLength', sleeveLength(mask, sp.y, marks['cuffOuter'].y))
}

/** The outer edge of the sleeve, followed down its pixels. */
function sleeveLength({ px, rowOf, edgeAt }: Mask, shoulder: number, cuff: number): number {
  const [from, to] = [rowOf(shoulder), rowOf(cuff)]
  let total = 0
  let last: [number, number] | undefined
  const stride = Math.max(1, Math.round(9 / px))
  for (let y = from; y <= to; y += y === to ? 1 : Math.min(stride, to - y)) {
    const edge = edgeAt(y, ['sleeve', 'body'])
    if (last && edge >= 0) total += Math.hypot(edge - last[0], y - last[1])
    last = [edge, y]
  }
  return total * px
}

function measureLegs({ widthAt, lowest, highest, colOf }: Mask, { marks }: Layout, put: Put): void {
  if (!marks['legOuter']) return
  const leg = ['leg', 'body', 'band']
  put('halfWaist', widthAt(marks['waistLine']!.y, leg))
  put('halfHip', widthAt(marks['hip']!.y, leg))
  const hem = marks['legOuter']
  const inner = marks['legInner']!
  put('halfLegOpening', widthAt(Math.min(hem.y, inner.y) - 6, leg, colOf(0)))
  put('halfKnee', widthAt(marks['knee']!.y, leg, colOf(0)))
  const crotch = marks['crotch']!
  put('inseam', Math.hypot(lowest((hem.x + inner.x) / 2, leg) - crotch.y, (inner.x - crotch.x) * 0.98))
  put('frontRise', crotch.y - highest(0, leg))
}

function measureSkirt({ widthAt, lowest }: Mask, { marks }: Layout, put: Put): void {
  if (!marks['skirtHem']) return
  const kinds = ['body', 'band']
  put('halfWaist', widthAt(marks['waistLine']!.y, kinds))
  put('halfHip', widthAt(marks['hip']!.y, kinds))
  put('halfHem', widthAt(marks['skirtHem'].y - 5, kinds))
  put('bodyLength', lowest(0, kinds) - marks['waistSeam']!.y)
}

/**
 * The neck seam, mm: from high point shoulder to high point shoulder, and how far it drops below them at `x`. Read from
 * the outlines that the body is painted in and not from pixels: a collar lies over the seam, and a pixel is too coarse
 * for so small a measure.
 */
function neckOf(layout: Layout, x: number): { width: number; drop: number } {
  const body = layout.parts.filter(({ id }) => id === 'body')
  const fronts = layout.parts.filter(({ id }) => id === 'body' || id === 'front-under')
  const highest = fronts
    .flatMap(({ outline }) => outline)
    .reduce((high, p) => (p.x > 0 && p.y < high.y ? p : high), { x: 0, y: Infinity })
  // an edge of cloth runs exactly there: a little inside of it is the seam
  const at = x - Math.sign(x)
  const below = body.flatMap(({ outline }) =>
    outline.flatMap((a, i) => {
      const b = outline[(i + 1) % outline.length]!
      const t = (at - a.x) / (b.x - a.x)
      return t >= 0 && t <= 1 ? [a.y + t * (b.y - a.y)] : []
    }),
  )
  return { width: 2 * highest.x, drop: Math.min(...below) - Math.min(0, highest.y) }
}

function topAt(
  map: LightMap,
  x: number,
  inside: (x: number, y: number, k: readonly string[]) => boolean,
  kinds: readonly string[],
): number {
  for (let y = 0; y < map.height; y++) if (inside(x, y, kinds)) return y
  return 0
}
