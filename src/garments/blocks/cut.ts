/** From a draft and a reviewed cut list to pattern pieces: opened, with allowances, notches and marks. */
import {
  allow,
  chain,
  cutLine,
  distance,
  mirror,
  boxOf,
  inBox,
  nearestOnRing,
  round1,
  roundPoint,
  roundRing,
  tidy,
  unfold,
  unfoldedBack,
  type Outline,
} from '../geometry.ts'
import type { DrawnLine, Notch, Piece, Point } from '../types.ts'
import { DraftError, type Drafted } from './engine.ts'
import type { Context, CutRow } from './types.ts'
import { pieceName } from './words.ts'

const onSameSpot = (a: Point, b: Point): boolean => distance(a, b) < 0.5

/**
 * Cut one row of the list.
 * @throws DraftError naming the piece when a point is missing or its fold does not lie on the outline
 */
export function cutPiece(row: CutRow, drafted: Drafted, ctx: Context): Piece {
  const shape = row.shape?.(drafted, ctx)
  const point = (name: string): Point => shape?.points[name] ?? drafted.point(row.part, name)
  const drawn = shape ? tidy(shape.ring) : drafted.ring(row.part)
  const ring = ctx.recipe === 1 ? drawn : unfoldedBack(drawn)
  if (ring.length < 3) throw new DraftError(`piece "${row.id}" has no outline`)
  let outline = allowed(row, ring, ctx, point)
  const anchors =
    ctx.recipe === 1 ? {} : anchorsOf(ring, [...Object.keys(shape?.points ?? {}), ...drafted.names(row.part)], point)
  const lines = row.lines?.(drafted, ctx) ?? []
  const placed = row.placed?.(drafted, ctx) ?? []
  const notches = notchesOf(row, ring, point)
  notches.push(...placed.filter(({ oneSide }) => !oneSide))
  if (row.fold) outline = opened(row, outline, [point(row.fold[0]), point(row.fold[1])], { anchors, notches, lines })
  notches.push(...placed.filter(({ oneSide }) => oneSide))
  if (ctx.recipe > 1) lines.push(...(row.oneSided?.(drafted, ctx) ?? []))
  const over = (p: Point): Point => (row.flip ? { x: -p.x, y: p.y } : p)
  const turn = (points: Point[]): Point[] => (row.flip ? points.map(over).reverse() : points)
  return {
    id: row.id,
    name: row.name ?? pieceName(row.id),
    role: of(row.role, ctx),
    count: of(row.count, ctx),
    mirrored: row.mirrored ?? false,
    cut: roundRing(turn(cutLine(outline))),
    seam: roundRing(turn(outline.points)),
    grainDeg: row.grainDeg ?? 90,
    notches: notches.map((n) => ({ ...roundPoint(over(n)), kind: n.kind })),
    lines: lines.map((l): DrawnLine => ({ kind: l.kind, points: l.points.map((p) => roundPoint(over(p))) })),
    ...(ctx.recipe === 1
      ? {}
      : { anchors: Object.fromEntries(Object.entries(anchors).map(([name, p]) => [name, roundPoint(over(p))])) }),
  }
}

/** What a row says, or says of a garment. */
const of = <T>(said: T | ((ctx: Context) => T), ctx: Context): T =>
  typeof said === 'function' ? (said as (ctx: Context) => T)(ctx) : said

const notchesOf = (row: CutRow, ring: readonly Point[], point: (name: string) => Point): Notch[] =>
  (row.notches ?? []).map((text) => {
    const [name = '', kind] = text.split(':')
    const spot = nearestOnRing(point(name), ring)
    return { ...spot.point, kind: kind === 'double' ? 'double' : 'single' }
  })

/** The outline with the allowance of each of its edges. */
function allowed(row: CutRow, ring: readonly Point[], ctx: Context, point: (name: string) => Point): Outline {
  const outline: Outline = { points: [...ring], allowance: ring.map(() => ctx.sa) }
  for (const edge of of(row.edges, ctx) ?? []) {
    const via = edge.via === undefined ? undefined : point(edge.via)
    allow(outline, chain(ring, point(edge.from), point(edge.to), via), of(edge.mm, ctx))
  }
  return outline
}

/**
 * The whole outline of what was drawn as a half; what is marked on it is marked on the other half too.
 * @throws DraftError where the fold does not lie on the outline
 */
function opened(
  row: CutRow,
  outline: Outline,
  [a, b]: readonly [Point, Point],
  { anchors, notches, lines }: { anchors: Record<string, Point>; notches: Notch[]; lines: DrawnLine[] },
): Outline {
  const whole = unfoldedAt(row, outline, a, b)
  for (const [name, p] of Object.entries(anchors)) {
    const other = mirror(p, a, b)
    if (!onSameSpot(other, p)) anchors[`${name}~`] = other
  }
  const others = notches.map((n): Notch => ({ ...mirror(n, a, b), kind: n.kind }))
  notches.push(...others.filter((other, i) => !onSameSpot(other, notches[i] ?? other)))
  const mirrored = lines.map((drawn): DrawnLine => ({
    kind: drawn.kind,
    points: drawn.points.map((p) => mirror(p, a, b)),
  }))
  lines.push(...mirrored.filter((drawn, i) => drawn.points.some((p, j) => !onSameSpot(p, lines[i]?.points[j] ?? p))))
  return whole
}

function unfoldedAt(row: CutRow, outline: Outline, a: Point, b: Point): Outline {
  try {
    return unfold(outline, a, b)
  } catch {
    throw new DraftError(
      `piece "${row.id}" cannot be opened along ${row.fold?.join('–')}: it is no fold of the outline`,
    )
  }
}

/** A named point this near the outline lies on it, mm. */
const ON_OUTLINE = 0.3

/** Every named point that lies on the outline keeps its name: what seams are written with. */
function anchorsOf(
  ring: readonly Point[],
  names: readonly string[],
  point: (name: string) => Point,
): Record<string, Point> {
  const anchors: Record<string, Point> = {}
  const box = boxOf(ring)
  for (const name of names) {
    if (name in anchors) continue
    const p = point(name)
    if (!inBox(box, p, ON_OUTLINE)) continue
    if (nearestOnRing(p, ring).distance < ON_OUTLINE) anchors[name] = p
  }
  return anchors
}

/** All pieces of one size, in the order of the cut list. */
export const cutPieces = (list: readonly CutRow[], drafted: Drafted, ctx: Context): Piece[] =>
  list
    .filter((row) => (row.recipes?.includes(ctx.recipe) ?? true) && (row.when?.(ctx) ?? true))
    .map((row) => cutPiece(row, drafted, ctx))

/** Measures and seam pairs to 0.1 mm. */
export const roundMeasures = <T extends object>(record: T): T =>
  Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, typeof value === 'number' ? round1(value) : value]),
  ) as T
