/**
 * Which pieces of a size are worn on the outside, and as what: read from the seam graph. Facings, linings, under layers and
 * what is laid on are left out; a band that is cut double and folded is its half, twice as thick. Lengths are millimetres.
 */
import { boxOf, distance, nearestOnSegment, tidy } from '../geometry.ts'
import { Ring } from '../sewing/ring.ts'
import type { Edge, Seam, Stretch } from '../sewing/types.ts'
import type { DrawnLine, Piece, Point, SizeDraft } from '../types.ts'

/** Where on the form a piece goes. */
export type Part =
  | 'front'
  | 'back'
  | 'trunk' // between front and back, or below: found from what it is sewn to
  | 'sleeve'
  | 'underSleeve'
  | 'legFront'
  | 'legBack'
  | 'sector' // one panel of a flared skirt
  | 'band' // continues the edge it is sewn to
  | 'collar' // stands on an edge and falls over it

/** Pieces by the names the recipes give them. A piece that is reached by the graph and not named here is not draped. */
const PARTS: readonly (readonly [RegExp, Part])[] = [
  [/^(front|frontLeft|frontRight|skirtFront)$/, 'front'],
  [/^(back|yoke|skirtBack)$/, 'back'],
  [/^(side|tail|halfBelt)$/, 'trunk'],
  [/^(sleeve|topSleeve)$/, 'sleeve'],
  [/^underSleeve$/, 'underSleeve'],
  [/^skirtPanel(Zip|Side)?$/, 'sector'],
  [/^(neckRib|hemRib|cuffRib|cuff|waistband|collarStand|standCollar)$/, 'band'],
  [/^(collar|underCollar)$/, 'collar'],
]
/** Never on the outside, whatever they are sewn to. */
const INNER = /Facing$|Tape$|Lining$|Interlining$|Shield$|Extension$|Bag$|^(welt|flap|kangaroo|pocket)/
/** Seams that join a layer to the one under it. */
const DOUBLES = new Set(['turn', 'facing', 'lining', 'capLining', 'liningFree'])
const DOUBLING = new Set([
  'standEdge',
  'cuffEdge',
  'collarEdge',
  'neckFacing',
  'armholeFacing',
  'facing',
  'placket',
  'waistbandEnd',
])

export interface Panel {
  /** `front#0`: piece and copy. */
  key: string
  piece: Piece
  copy: number
  part: Part
  /** The outline that is meshed: folded bands are half their piece. */
  ring: Ring
  /** Layers of cloth it is made of. */
  layers: number
  mouths: readonly Mouth[]
}
/** A dart: the two places of its legs on the ring, and its tip. */
export interface Mouth {
  from: number
  length: number
  tip: Point
}
/** A part of a panel's outline: begins at a place, runs a signed length. */
export interface Span {
  panel: number
  from: number
  length: number
}

export const keyOf = ({ piece, copy }: Pick<Stretch, 'piece' | 'copy'>): string => `${piece}#${copy}`

/** @returns the part a piece takes, undefined for one that nobody says where to put */
export function partOf(id: string, legged: boolean): Part | undefined {
  if (legged && id === 'front') return 'legFront'
  if (legged && id === 'back') return 'legBack'
  return PARTS.find(([name]) => name.test(id))?.[1]
}

/** A waistcoat's back is cut from lining and worn outside. */
const outermost = ({ layer, a, b }: Seam): boolean =>
  layer === 'shell' || [...a.stretches, ...b.stretches].some(({ piece }) => piece === 'back')

/** Seams of the outside, in which no layer is joined to the one under it. */
export const outerSeams = ({ sewn = [] }: SizeDraft): Seam[] =>
  sewn.filter(
    (entry): entry is Seam =>
      entry.does === 'sewn' && outermost(entry) && !DOUBLES.has(entry.kind) && !DOUBLING.has(entry.seam),
  )

/** Copies that are caught in a seam between two others: the inner layer of a band, a cuff, a yoke. */
function inner(seams: readonly Seam[]): Set<string> {
  return new Set(
    seams.flatMap(({ a, b, caught }) => {
      const sewn = new Set([...a.stretches, ...b.stretches].map(keyOf))
      return caught.map(keyOf).filter((key) => !sewn.has(key))
    }),
  )
}

/** Does a stretch lie on the outside? */
export function outside(size: SizeDraft): (stretch: Stretch) => boolean {
  const pieces = new Map(size.pieces.map((piece) => [piece.id, piece]))
  const under = inner(outerSeams(size))
  return (s) => {
    const role = pieces.get(s.piece)?.role
    const worn = role === 'shell' || role === 'rib' || role === 'contrast' || s.piece === 'back'
    return worn && !INNER.test(s.piece) && !under.has(keyOf(s))
  }
}

/** The copies of pieces that hang together on the outside, from the body outwards. */
export function reached(size: SizeDraft): Set<string> {
  const outer = outside(size)
  const found = new Set<string>()
  if (!size.sewn) return found
  const start = size.pieces.find(({ id }) => /^(front|frontLeft|skirtFront|skirtPanelZip)$/.test(id))
  if (!start) return found
  found.add(`${start.id}#0`)
  const seams = outerSeams(size).map((seam) => [...seam.a.stretches, ...seam.b.stretches].filter(outer).map(keyOf))
  for (let grown = true; grown;) {
    grown = false
    for (const keys of seams) {
      if (!keys.some((key) => found.has(key))) continue
      for (const key of keys) if (!found.has(key)) grown = Boolean(found.add(key))
    }
  }
  return found
}

/** What lies on one side of a line of a closed outline. @param keep a point on the side that stays */
export function clip(ring: readonly Point[], a: Point, b: Point, keep: Point): Point[] {
  const side = (p: Point): number => (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)
  const sign = Math.sign(side(keep)) || 1
  const out: Point[] = []
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length] ?? p
    const [dp, dq] = [side(p) * sign, side(q) * sign]
    if (dp >= 0) out.push(p)
    if (dp > 0 !== dq > 0 && Math.abs(dp - dq) > 1e-9) {
      const t = dp / (dp - dq)
      out.push({ x: p.x + (q.x - p.x) * t, y: p.y + (q.y - p.y) * t })
    }
  })
  return tidy(out)
}

/** Darts whose legs both end on the outline. */
function mouthsOf(ring: Ring, lines: readonly DrawnLine[]): Mouth[] {
  return lines.flatMap(({ kind, points }) => {
    const [a, b, tip] = [points[0], points.at(-1), points[Math.floor(points.length / 2)]]
    if (kind !== 'dart' || points.length < 3 || !a || !b || !tip) return []
    const [from, to] = [ring.place(a), ring.place(b)]
    const length = ring.between(from.place, to.place)
    if (from.off > 1 || to.off > 1 || Math.abs(length) < 2) return []
    return [{ from: ring.turn(length > 0 ? from.place : to.place), length: Math.abs(length), tip }]
  })
}

/** Middles of what a piece is sewn by on the outside, and whether its other edge is caught in the same seam. */
function sewnOf(size: SizeDraft, key: string): { at: Point[]; doubled: boolean; long: Stretch | undefined } {
  const piece = size.pieces.find(({ id }) => id === key.split('#')[0])
  const ring = new Ring(piece?.seam ?? [])
  const at: Point[] = []
  let doubled = false
  let long: Stretch | undefined
  for (const seam of outerSeams(size)) {
    const mine = [...seam.a.stretches, ...seam.b.stretches].filter((s) => keyOf(s) === key)
    const caught = seam.caught.filter((s) => keyOf(s) === key)
    if (mine.length && caught.length) doubled = true
    for (const s of mine) {
      if (caught.length || !doubled) at.push(ring.at(s.from + s.length / 2))
      if (!long || Math.abs(s.length) > Math.abs(long.length)) long = s
    }
  }
  return { at, doubled, long }
}

/** A vent's underlay lies folded under: without it the edge runs straight from the end of the seam to the hem. */
function withoutVent(size: SizeDraft, piece: Piece): readonly Point[] {
  const vent = (size.sewn ?? []).find(
    (entry): entry is Edge =>
      entry.does === 'hemmed' && entry.seam === 'vent' && entry.stretches.some((s) => s.piece === piece.id),
  )
  const [start, over] = vent?.stretches.find((s) => s.piece === piece.id)?.anchors ?? []
  const [a, b] = [piece.anchors?.[start ?? ''], piece.anchors?.[over ?? '']]
  const hem = piece.anchors?.['lHem'] ?? piece.anchors?.['cbHem']
  if (!a || !b || !hem || distance(b, hem) < 1) return piece.seam
  const ring = new Ring(piece.seam)
  const [from, middle, to] = [a, b, hem].map((p) => ring.place(p).place)
  if (from === undefined || middle === undefined || to === undefined) return piece.seam
  const ahead = ring.turn(middle - from) < ring.turn(to - from)
  const [begin, end] = ahead ? [from, to] : [to, from]
  const taken = ring.turn(end - begin)
  const rest = piece.seam
    .map((p) => ({ p, after: ring.turn(ring.place(p).place - end) }))
    .filter(({ after }) => after > 0.1 && after < ring.length - taken - 0.1)
    .toSorted((p, q) => p.after - q.after)
    .map(({ p }) => p)
  return [ring.at(begin), ring.at(end), ...rest]
}

/** A band as it is worn: folded along its middle, without the underlap beyond what is sewn. */
function asWorn(size: SizeDraft, piece: Piece, key: string, part: Part): { seam: readonly Point[]; layers: number } {
  const { at, doubled, long } = sewnOf(size, key)
  const keep = at[0]
  if (!doubled || !keep) return { seam: withoutVent(size, piece), layers: 1 }
  let seam: readonly Point[] = piece.seam
  const box = boxOf(piece.seam)
  const folds = piece.lines.filter(({ kind, points }) => {
    const [a, b] = [points[0], points.at(-1)]
    return kind === 'fold' && a && b && distance(a, b) > 0.8 * Math.max(box.x1 - box.x0, box.y1 - box.y0)
  })
  for (const { points } of folds) {
    const [a, b] = [points[0], points.at(-1)]
    if (a && b) seam = clip(seam, a, b, keep)
  }
  if (part !== 'band' || !long) return { seam, layers: 1 }
  const ring = new Ring(piece.seam)
  const ends = [ring.at(long.from), ring.at(long.from + long.length)]
  const middle = ring.at(long.from + long.length / 2)
  for (const end of ends) seam = clip(seam, end, { x: end.x, y: end.y + 1 }, middle)
  return { seam, layers: 2 }
}

/** Points of a front that its lapel turns back at: lapels are not rolled yet. */
const LAPEL = ['lapelStraightEnd', 'rollLineStart', 'lapelBreakPoint']

/** @throws Error naming a piece of the outside that has no place on the form */
export function panelsOf(size: SizeDraft): Panel[] {
  const keys = reached(size)
  const legged = size.measures.inseam !== undefined
  const panels: Panel[] = []
  for (const piece of size.pieces)
    for (let copy = 0; copy < piece.count; copy++) {
      const key = `${piece.id}#${copy}`
      if (!keys.has(key)) continue
      const part = partOf(piece.id, legged)
      if (!part) throw new Error(`nobody says where "${piece.id}" goes on the form`)
      if (LAPEL.some((name) => piece.anchors?.[name]))
        throw new Error(`"${piece.id}" has a lapel, which is not rolled yet`)
      const { seam, layers } = asWorn(size, piece, key, part)
      const ring = new Ring(seam)
      panels.push({ key, piece, copy, part, ring, layers, mouths: mouthsOf(ring, piece.lines) })
    }
  return panels
}

/** A stretch of the graph on the outline that is meshed: its ends go to the nearest places. */
export function onPanel(panels: readonly Panel[], stretch: Stretch): Span | undefined {
  const panel = panels.findIndex(({ key }) => key === keyOf(stretch))
  const found = panels[panel]
  if (!found) return undefined
  const { piece, ring } = found
  if (ring.points === piece.seam) return { panel, from: stretch.from, length: stretch.length }
  const old = new Ring(piece.seam)
  const place = (mm: number): number => ring.place(old.at(mm)).place
  const [from, middle, to] = [0, 0.5, 1].map((t) => place(stretch.from + stretch.length * t))
  if (from === undefined || middle === undefined || to === undefined) return undefined
  const length = ring.between(from, middle) + ring.between(middle, to)
  return Math.abs(length) < 0.5 ? undefined : { panel, from, length }
}

/** How far a point lies off a panel's outline, mm. */
export const offRing = ({ ring }: Panel, p: Point): number =>
  Math.min(
    ...ring.points.map((a, i) => nearestOnSegment(p, a, ring.points[(i + 1) % ring.points.length] ?? a).distance),
  )
