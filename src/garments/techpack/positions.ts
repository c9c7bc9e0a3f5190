/**
 * Where pockets, flaps, buttons, buttonholes, lapels, collars and belts lie, as dimensions that a person measures on a
 * cut piece: down from its highest point and in from its nearer edge, both on the sew line. Rows of buttons are one position with their spacing.
 */
import type { Localized } from '../../core/values.ts'
import { at, boxOf, crossingsAt, distance, nearestOnRing } from '../geometry.ts'
import { Ring } from '../sewing/ring.ts'
import type { Draft, DrawnLine, Piece, Point, SizeDraft } from '../types.ts'
import { markWords, POSITION_WORDS } from './position-words.ts'

interface Position {
  /** Piece id and name. */
  piece: string
  name: Localized
  what: Localized
  /** How many in a row: buttons one under another. */
  count: number
  /** mm, by size, from the highest point of the sew line down to the (first) mark's upper end. */
  fromTop: Readonly<Record<string, number>>
  /** mm, by size, from the nearer side of the sew line at that height to the mark's nearer side. */
  fromEdge: Readonly<Record<string, number>>
  /** mm from each of a row to the next; null where there is one. */
  spacing: Readonly<Record<string, number>> | null
  /** mm; null for a mark without extent, such as a button. */
  size: Readonly<Record<string, { width: number; height: number }>> | null
}

type Kind = DrawnLine['kind']
const SHOWN: ReadonlySet<Kind> = new Set<Kind>(['pocket', 'button', 'buttonhole', 'guide'])
/** A row of marks has its marks one under another, mm. */
const ALIGNED = 3
const whole = (mm: number): number => Math.round(mm)

const outlineOf = ({ seam, cut }: Piece): readonly Point[] => (seam.length ? seam : cut)

function fromEdge(piece: Piece, points: readonly Point[]): number {
  const outline = outlineOf(piece)
  const box = boxOf(points)
  const sides = crossingsAt(outline, (box.y0 + box.y1) / 2)
  const [left, right] = [sides[0], sides.at(-1)]
  if (left !== undefined && right !== undefined) return Math.max(0, Math.min(box.x0 - left, right - box.x1))
  return Math.min(...points.map((p) => nearestOnRing(p, outline).distance))
}

/** Indices of a piece's lines that make one position: a row of buttons, else a line by itself. */
function rowsOf({ lines }: Piece): number[][] {
  const rows: number[][] = []
  for (const [i, line] of lines.entries()) {
    if (!SHOWN.has(line.kind)) continue
    const x = boxOf(line.points).x0
    const row = rows.find((indices) => {
      const first = lines[at(indices, 0)]
      return (
        first?.kind === line.kind && line.kind.startsWith('button') && Math.abs(boxOf(first.points).x0 - x) < ALIGNED
      )
    })
    if (row) row.push(i)
    else rows.push([i])
  }
  return rows
}

/** A dimension of a piece in every size, or none where one of them lacks it. */
function measured(
  draft: Draft,
  own: Piece,
  what: Localized,
  of: (piece: Piece, size: SizeDraft) => { at: Point; width: number; height?: number } | undefined,
): Position[] {
  const places = draft.sizes.flatMap((size) => {
    const piece = size.pieces.find(({ id }) => id === own.id)
    const place = piece && of(piece, size)
    return piece && place ? [{ size: size.size, piece, ...place }] : []
  })
  if (places.length !== draft.sizes.length) return []
  const bySize = <T>(value: (place: (typeof places)[number]) => T) =>
    Object.fromEntries(places.map((place) => [place.size, value(place)]))
  return [
    {
      piece: own.id,
      name: own.name,
      what,
      count: 1,
      fromTop: bySize(({ piece, at: p }) => Math.max(0, whole(p.y - boxOf(outlineOf(piece)).y0))),
      fromEdge: bySize(({ piece, at: p }) => whole(fromEdge(piece, [p]))),
      spacing: null,
      size: bySize(({ width, height = 0 }) => ({ width: whole(width), height: whole(height) })),
    },
  ]
}

/** Where a lapel turns, the tip of it, the end of its notch; the ends of a collar's front edge: anchors of our blocks. */
const LAPELS = [
  { turn: 'rollLineStart', tip: 'collarTip', notch: 'cfNeck' },
  { turn: 'lapelBreakPoint', tip: 'notchEdge', notch: 'notch' },
] as const
const COLLARS = [
  ['rot4bottomRight', 'rot4topRight'],
  ['notch', 'notchTip'],
  ['rightBottomEdge', 'rightTopEdge'],
] as const

/** How far a lapel's tip lies from the line that it turns on. */
function beside(p: Point, { points }: DrawnLine): number {
  const [a, b] = [at(points, 0), at(points, -1)]
  return Math.abs((b.x - a.x) * (a.y - p.y) - (a.x - p.x) * (b.y - a.y)) / (distance(a, b) || 1)
}

/** Break point, lapel and notch of a front with a roll line; the points of a collar that is turned down. */
function lapelOf(draft: Draft, piece: Piece): Position[] {
  const found = LAPELS.find(({ turn, tip, notch }) => [turn, tip, notch].every((name) => piece.anchors?.[name]))
  if (!found) return []
  const roll = (each: Piece) => each.lines.find((line) => isRoll(each, line))
  const point = (each: Piece, name: string): Point => each.anchors?.[name] ?? { x: 0, y: 0 }
  return [
    ...measured(draft, piece, POSITION_WORDS.lapel, (each) => {
      const line = roll(each)
      const length = line && distance(at(line.points, 0), at(line.points, -1))
      return line && { at: point(each, found.turn), width: beside(point(each, found.tip), line), height: length ?? 0 }
    }),
    ...(roll(piece)
      ? measured(draft, piece, POSITION_WORDS.notch, (each) => ({
          at: point(each, found.tip),
          width: distance(point(each, found.tip), point(each, found.notch)),
        }))
      : []),
  ]
}
function collarOf(draft: Draft, piece: Piece): Position[] {
  const ends = COLLARS.find((names) => names.every((name) => piece.anchors?.[name]))
  if (!/^collar$/.test(piece.id) || !ends) return []
  return measured(draft, piece, POSITION_WORDS.collar, ({ anchors }) => {
    const [from, to] = ends.map((name) => anchors?.[name])
    return from && to && { at: to, width: distance(from, to) }
  })
}
const isRoll = ({ anchors }: Piece, { kind, points }: DrawnLine): boolean =>
  kind === 'guide' &&
  LAPELS.some(({ turn }) => {
    const from = anchors?.[turn]
    return from !== undefined && points.some((p) => distance(p, from) < ALIGNED)
  })

const BELTS: ReadonlySet<string> = new Set(['halfBelt', 'strap'])
/** A belt that is set into a seam of the body: how far down that seam lies at its middle. */
function beltOf(draft: Draft, piece: Piece): Position[] {
  const seat = (size: SizeDraft) =>
    size.sewn
      ?.flatMap((entry) =>
        entry.does === 'sewn' && BELTS.has(entry.seam) ? [...entry.a.stretches, ...entry.b.stretches] : [],
      )
      .find((stretch) => stretch.piece === piece.id)
  if (/belt|strap/i.test(piece.id)) return []
  return measured(draft, piece, POSITION_WORDS.belt, (each, size) => {
    const stretch = seat(size)
    if (!stretch) return undefined
    return { at: new Ring(each.seam).at(stretch.from + stretch.length / 2), width: Math.abs(stretch.length) }
  })
}

function positionOf(draft: Draft, size: SizeDraft, own: Piece, row: readonly number[]): Position | undefined {
  const mark = own.lines[at(row, 0)]
  const kind = mark?.kind
  // The line that a lapel turns on is told by its lower end, with the lapel.
  if (!mark || isRoll(own, mark)) return undefined
  const places = draft.sizes.flatMap((size) => {
    const piece = size.pieces.find(({ id }) => id === own.id)
    const marks = row.flatMap((i) => piece?.lines[i] ?? []).filter((line) => line.kind === kind)
    if (!piece || marks.length !== row.length) return []
    const boxes = marks.map(({ points }) => boxOf(points)).sort((a, b) => a.y0 - b.y0)
    return [{ size: size.size, piece, first: at(boxes, 0), last: at(boxes, -1), points: at(marks, 0).points }]
  })
  // A row that is longer in one size than in another is counted on the pattern, not here.
  if (!kind || places.length !== draft.sizes.length) return undefined
  const bySize = (mm: (place: (typeof places)[number]) => number) =>
    Object.fromEntries(places.map((place) => [place.size, whole(mm(place))]))
  const extent = places.map(({ size, first }) => [size, { width: whole(first.x1 - first.x0), height: whole(first.y1 - first.y0) }] as const) // prettier-ignore
  return {
    piece: own.id,
    name: own.name,
    what: markWords(mark, own, size),
    count: row.length,
    fromTop: bySize(({ piece, first }) => first.y0 - boxOf(outlineOf(piece)).y0),
    fromEdge: bySize(({ piece, points }) => fromEdge(piece, points)),
    spacing: row.length > 1 ? bySize(({ first, last }) => (last.y0 - first.y0) / (row.length - 1)) : null,
    size: extent.some(([, { width, height }]) => width + height > 0) ? Object.fromEntries(extent) : null,
  }
}

/** Every position of the shell and its contrast, in the order of the cut list. */
export function positionsOf(draft: Draft, base: string): Position[] {
  const size = draft.sizes.find((each) => each.size === base) ?? draft.sizes[0]
  if (!size) return []
  return size.pieces
    .filter(({ role }) => role === 'shell' || role === 'contrast')
    .flatMap((piece) => [
      ...rowsOf(piece).flatMap((row) => positionOf(draft, size, piece, row) ?? []),
      ...lapelOf(draft, piece),
      ...collarOf(draft, piece),
      ...beltOf(draft, piece),
    ])
}
