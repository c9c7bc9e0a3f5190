/**
 * Where pockets, buttons, buttonholes and roll lines lie, as dimensions that a person measures on a cut piece: down from its
 * highest point and in from its nearer edge, both on the sew line. Rows of buttons are one position with their spacing.
 */
import type { Localized } from '../../core/values.ts'
import { at, boxOf, crossingsAt, nearestOnRing } from '../geometry.ts'
import type { Draft, DrawnLine, Piece, Point } from '../types.ts'
import { LINE_WORDS } from './words.ts'

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

function fromEdge(piece: Piece, points: readonly Point[]): number {
  const outline = piece.seam.length ? piece.seam : piece.cut
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

function positionOf(draft: Draft, own: Piece, row: readonly number[]): Position | undefined {
  const kind = own.lines[at(row, 0)]?.kind
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
    what: LINE_WORDS[kind],
    count: row.length,
    fromTop: bySize(({ piece, first }) => first.y0 - boxOf(piece.seam.length ? piece.seam : piece.cut).y0),
    fromEdge: bySize(({ piece, points }) => fromEdge(piece, points)),
    spacing: row.length > 1 ? bySize(({ first, last }) => (last.y0 - first.y0) / (row.length - 1)) : null,
    size: extent.some(([, { width, height }]) => width + height > 0) ? Object.fromEntries(extent) : null,
  }
}

/** Every position of the shell and its contrast, in the order of the cut list. */
export function positionsOf(draft: Draft, base: string): Position[] {
  const size = draft.sizes.find((each) => each.size === base) ?? draft.sizes[0]
  return (size?.pieces ?? [])
    .filter(({ role }) => role === 'shell' || role === 'contrast')
    .flatMap((piece) => rowsOf(piece).flatMap((row) => positionOf(draft, piece, row) ?? []))
}
