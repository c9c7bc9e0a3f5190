/**
 * Which point of one size is which point of another: what a graded nest and its rule table say. Every size is drafted
 * on its own, so its curves have as many points as they need; a CAD system that grades wants the same number in each.
 */
import { areaOf, at, between, boxOf, distance, lengthOf, nearestOnSegment } from '../geometry.ts'
import type { Draft, DrawnLine, Piece, Point } from '../types.ts'

/** How far a line with equal point counts may leave the drafted one, mm: below what a plotter draws. */
const GRADING_TOLERANCE_MM = 0.1
/** An outline that turns by more than this has a corner there, radians. */
const CORNER = (25 * Math.PI) / 180
/** What leaving a corner without its like costs, beside a distance of 1 for a whole box or half a turn. */
const ALONE = 0.2

/** A line as it runs in every size, with the same number of points in each. */
export interface GradedLine {
  /** Per size, in the order of the draft; mm. */
  sizes: readonly (readonly Point[])[]
  /** Per point: a corner, which a CAD system keeps when it fits curves. */
  corners: readonly boolean[]
}
export interface GradedPiece {
  /** Per size. */
  pieces: readonly Piece[]
  cut: GradedLine
  seam: GradedLine | undefined
  /** Per internal line of the piece; undefined where sizes have another number of them (a row of buttons may grow). */
  lines: readonly (GradedLine | undefined)[]
}

interface Corner {
  index: number
  /** Place in the outline's box, 0–1 each way, and how far the outline turns there, radians. */
  u: number
  v: number
  turn: number
}

const turnAt = (ring: readonly Point[], i: number): number => {
  const [a, b, c] = [at(ring, i - 1), at(ring, i), at(ring, i + 1)]
  const turn = Math.atan2(c.y - b.y, c.x - b.x) - Math.atan2(b.y - a.y, b.x - a.x)
  return Math.atan2(Math.sin(turn), Math.cos(turn))
}

function cornersOf(ring: readonly Point[]): Corner[] {
  const box = boxOf(ring)
  return ring.flatMap((p, index) => {
    const turn = turnAt(ring, index)
    if (Math.abs(turn) <= CORNER) return []
    return [{ index, u: (p.x - box.x0) / (box.x1 - box.x0 || 1), v: (p.y - box.y0) / (box.y1 - box.y0 || 1), turn }]
  })
}

const unlike = (a: Corner, b: Corner): number => Math.hypot(a.u - b.u, a.v - b.v) + Math.abs(a.turn - b.turn) / Math.PI

/** The cheapest pairing of two rows of corners that keeps their order (Needleman and Wunsch 1970). */
function pairRows(a: readonly Corner[], b: readonly Corner[]): { cost: number; pairs: (readonly [number, number])[] } {
  const cost = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 || j === 0 ? (i + j) * ALONE : 0)),
  )
  const costAt = (i: number, j: number): number => cost[i]?.[j] ?? Infinity
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      (cost[i] as number[])[j] = Math.min(
        costAt(i - 1, j - 1) + unlike(at(a, i - 1), at(b, j - 1)),
        costAt(i - 1, j) + ALONE,
        costAt(i, j - 1) + ALONE,
      )
  const pairs: (readonly [number, number])[] = []
  for (let [i, j] = [a.length, b.length]; i > 0 && j > 0;) {
    if (costAt(i, j) === costAt(i - 1, j) + ALONE) i--
    else if (costAt(i, j) === costAt(i, j - 1) + ALONE) j--
    else pairs.push([at(a, --i).index, at(b, --j).index])
  }
  return { cost: costAt(a.length, b.length), pairs: pairs.reverse() }
}

/** Corner of `base` → its like in `other`, wherever the two outlines begin. */
function pairRings(base: readonly Point[], other: readonly Point[]): Map<number, number> {
  const [a, b] = [cornersOf(base), cornersOf(other)]
  let best = pairRows(a, b)
  for (let turn = 1; turn < b.length; turn++) {
    const turned = pairRows(a, [...b.slice(turn), ...b.slice(0, turn)])
    if (turned.cost < best.cost) best = turned
  }
  return new Map(best.pairs)
}

/** The vertex nearest to the middle of an outline's top edge: where one without corners is taken up. */
function topOf(ring: readonly Point[]): number {
  const box = boxOf(ring)
  const top = { x: (box.x0 + box.x1) / 2, y: box.y0 }
  let best = 0
  for (let i = 1; i < ring.length; i++) if (distance(at(ring, i), top) < distance(at(ring, best), top)) best = i
  return best
}

/** The stretch of an outline from one vertex to another, both included; the whole way round where they are one. */
function stretch(ring: readonly Point[], from: number, to: number): Point[] {
  const steps = (to - from + ring.length) % ring.length || ring.length
  return Array.from({ length: steps + 1 }, (_, i) => at(ring, from + i))
}

/** For each point of a line, how far along it lies, 0–1. */
function sharesOf(line: readonly Point[]): number[] {
  const whole = lengthOf(line) || 1
  let length = 0
  return line.map((p, i) => {
    if (i) length += distance(at(line, i - 1), p)
    return length / whole
  })
}

function pointsAt(line: readonly Point[], shares: readonly number[], asked: readonly number[]): Point[] {
  let i = 1
  return asked.map((share) => {
    while (i < line.length - 1 && at(shares, i) < share) i++
    const [s0, s1] = [at(shares, i - 1), at(shares, i)]
    const t = s1 > s0 ? Math.min(1, Math.max(0, (share - s0) / (s1 - s0))) : 0
    return between(at(line, i - 1), at(line, i), t)
  })
}

/** The vertex of a line that `drawn` misses most, as its share; undefined where none is missed by more than allowed. */
function mostMissed(line: readonly Point[], shares: readonly number[], asked: readonly number[]): number | undefined {
  const drawn = pointsAt(line, shares, asked)
  let [worst, share] = [GRADING_TOLERANCE_MM, undefined as number | undefined]
  let leg = 1
  for (let i = 1; i < line.length - 1; i++) {
    while (leg < asked.length - 1 && at(asked, leg) < at(shares, i)) leg++
    const { distance: miss } = nearestOnSegment(at(line, i), at(drawn, leg - 1), at(drawn, leg))
    if (miss > worst) [worst, share] = [miss, at(shares, i)]
  }
  return share
}

/**
 * The same open line in several sizes, redrawn with the same number of points in each: points lie at the same shares of
 * the length, as few as keep every size within {@link GRADING_TOLERANCE_MM} of what was drafted.
 * @param lines one per size, two points or more each
 */
function sameShares(lines: readonly (readonly Point[])[]): Point[][] {
  const shares = lines.map(sharesOf)
  let asked = [0, 1]
  const most = 2 + lines.reduce((sum, line) => sum + line.length, 0)
  for (let n = 0; n < most; n++) {
    const missed = lines.flatMap((line, i) => mostMissed(line, at(shares, i), asked) ?? [])
    const added = missed.filter((share) => !asked.includes(share))
    if (!added.length) break
    asked = [...new Set([...asked, ...added])].sort((a, b) => a - b)
  }
  return lines.map((line, i) => pointsAt(line, at(shares, i), asked))
}

/**
 * A closed outline in several sizes with the same number of points in each, from the first corner that all have.
 * @param rings one per size, mm; @param base index of the size whose corners are looked for in the others
 */
function gradeRings(rings: readonly (readonly Point[])[], base: number): GradedLine {
  const own = at(rings, base)
  const found = rings.map((ring) => pairRings(own, ring))
  const shared = cornersOf(own).filter(({ index }) => found.every((pairs) => pairs.has(index)))
  const anchors = rings.map((ring, i) =>
    shared.length ? shared.map(({ index }) => at(found, i).get(index) ?? 0) : [topOf(ring)],
  )
  const sizes: Point[][] = rings.map(() => [])
  const corners: boolean[] = []
  for (let k = 0; k < at(anchors, 0).length; k++) {
    const drawn = sameShares(rings.map((ring, i) => stretch(ring, at(at(anchors, i), k), at(at(anchors, i), k + 1))))
    for (const [i, line] of drawn.entries()) sizes[i]?.push(...line.slice(0, -1))
    corners.push(...at(drawn, 0).slice(0, -1).map((_, i) => i === 0 && shared.length > 0)) // prettier-ignore
  }
  const drawnBase = at(sizes, base)
  return { sizes, corners: corners.map((corner, i) => corner || Math.abs(turnAt(drawnBase, i)) > CORNER) }
}

/** A mark is where it is; a drawn line is redrawn with equal counts where sizes differ. */
function gradeLines(lines: readonly DrawnLine[]): GradedLine {
  const all = lines.map(({ points }) => points)
  const count = at(all, 0).length
  const sizes = all.every((points) => points.length === count) ? all : sameShares(all)
  return { sizes, corners: at(sizes, 0).map(() => true) }
}

const sameWay = (rings: readonly (readonly Point[])[]): boolean =>
  rings.every((ring) => ring.length > 2 && areaOf(ring) > 0)

function gradePiece(pieces: readonly Piece[], base: number): GradedPiece {
  const own = at(pieces, base)
  const cuts = pieces.map(({ cut }) => cut)
  const seams = pieces.map(({ seam }) => seam)
  const alike = (i: number): readonly DrawnLine[] => pieces.flatMap(({ lines }) => lines[i] ?? [])
  const gradable = (lines: readonly DrawnLine[]): boolean =>
    lines.length === pieces.length &&
    pieces.every((piece) => piece.lines.length === own.lines.length) &&
    lines.every(
      ({ kind, points }) =>
        kind === at(lines, 0).kind &&
        (kind === 'button' || points.length === 1 ? points.length === at(lines, 0).points.length : points.length > 1),
    )
  return {
    pieces,
    cut: gradeRings(cuts, base),
    seam: sameWay(seams) ? gradeRings(seams, base) : undefined,
    lines: own.lines.map((_, i) => (gradable(alike(i)) ? gradeLines(alike(i)) : undefined)),
  }
}

/** By draft, and by the size it is graded from. */
const known = new WeakMap<Draft, Map<number, ReadonlyMap<string, GradedPiece>>>()

/**
 * Every piece that all sizes of a draft have, by its id, with outlines and internal lines that correspond point for
 * point. A piece that a size lacks is not in it: it is no graded piece.
 * @param base label of the size that the others are graded from; the middle one where the draft has none of that name
 */
export function gradedPieces(draft: Draft, base: string): ReadonlyMap<string, GradedPiece> {
  const named = draft.sizes.findIndex(({ size }) => size === base)
  const from = named < 0 ? Math.floor(draft.sizes.length / 2) : named
  const ofDraft = known.get(draft) ?? new Map<number, ReadonlyMap<string, GradedPiece>>()
  const before = ofDraft.get(from)
  if (before) return before
  const graded = new Map<string, GradedPiece>()
  for (const { id } of at(draft.sizes, from).pieces) {
    const pieces = draft.sizes.flatMap((size) => size.pieces.find((piece) => piece.id === id) ?? [])
    if (pieces.length === draft.sizes.length) graded.set(id, gradePiece(pieces, from))
  }
  known.set(draft, ofDraft.set(from, graded))
  return graded
}
