import { boxOf as extentOf, distance, inside, nearestOnRing } from '../geometry.ts'
import type { Piece, Point } from '../types.ts'

/** A box as sheets lay them out. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The smallest upright box around some points, mm. @throws RangeError for no point at all */
export function boxOf(points: readonly Point[]): Box {
  if (!points.length) throw new RangeError('a box around no points')
  const { x0, y0, x1, y1 } = extentOf(points)
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 }
}

/** The point of an outline that is nearest to a point: where a notch on the sew line meets the cutter's edge. */
export const nearestOn = (outline: readonly Point[], to: Point): Point => nearestOnRing(to, outline).point

/** The point `distance` mm further along the outline than the point nearest to `from`; negative goes back. */
export function along(outline: readonly Point[], from: Point, distance: number): Point {
  const start = nearestOnRing(from, outline)
  const sign = distance < 0 ? -1 : 1
  let left = Math.abs(distance)
  let here = start.point
  let vertex = sign > 0 ? start.edge + 1 : start.edge
  for (let steps = 0; steps <= outline.length; steps++) {
    const next = outline[((vertex % outline.length) + outline.length) % outline.length] ?? here
    const length = Math.hypot(next.x - here.x, next.y - here.y)
    if (length >= left)
      return length
        ? { x: here.x + ((next.x - here.x) * left) / length, y: here.y + ((next.y - here.y) * left) / length }
        : here
    left -= length
    here = next
    vertex += sign
  }
  return here
}

const distanceTo = (outline: readonly Point[], p: Point): number => nearestOnRing(p, outline).distance

/**
 * A point well inside an outline: of the grid points that keep (nearly) the greatest distance from every edge, the one
 * nearest to the middle of the box, so that a long strip has it half way along. Words and grain lines stand there.
 */
export function heartOf(outline: readonly Point[], steps = 14): { at: Point; radius: number } {
  const known = hearts.get(outline) ?? new Map<number, Heart>()
  const found = known.get(steps) ?? findHeart(outline, steps)
  hearts.set(outline, known.set(steps, found))
  return found
}

interface Heart {
  at: Point
  radius: number
}
/** Every sheet of a piece asks for the same point; an outline is never changed once it is drafted. */
const hearts = new WeakMap<readonly Point[], Map<number, Heart>>()

function findHeart(outline: readonly Point[], steps: number): Heart {
  const box = boxOf(outline)
  const middle: Point = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const candidates: { at: Point; radius: number }[] = []
  for (let row = 1; row < steps; row++)
    for (let column = 1; column < steps; column++) {
      const p = { x: box.x + (box.width * column) / steps, y: box.y + (box.height * row) / steps }
      if (inside(outline, p)) candidates.push({ at: p, radius: distanceTo(outline, p) })
    }
  const greatest = Math.max(0, ...candidates.map((c) => c.radius))
  const off = (p: Point): number => distance(p, middle)
  return (
    candidates.filter((c) => c.radius >= greatest * 0.9).sort((a, b) => off(a.at) - off(b.at))[0] ?? {
      at: middle,
      radius: 0,
    }
  )
}

/**
 * A piece's grain line, mm: through the heart of the piece in the grain's direction, as long as it stays inside the
 * sew line (at most 70 % of that, so that the arrows do not touch the edge).
 */
export function grainLine(piece: Piece): readonly [Point, Point] {
  const outline = piece.seam.length ? piece.seam : piece.cut
  const { at, radius } = heartOf(outline)
  const turn = (piece.grainDeg * Math.PI) / 180
  const [ux, uy] = [Math.cos(turn), Math.sin(turn)]
  const box = boxOf(outline)
  const reach = (sign: 1 | -1): number => {
    const far = Math.hypot(box.width, box.height)
    const step = far / 200
    let length = 0
    while (length < far && inside(outline, { x: at.x + sign * ux * length, y: at.y + sign * uy * length }))
      length += step
    return Math.max(length * 0.7, Math.min(radius, 10))
  }
  const [back, ahead] = [reach(-1), reach(1)]
  return [
    { x: at.x - ux * back, y: at.y - uy * back },
    { x: at.x + ux * ahead, y: at.y + uy * ahead },
  ]
}

/** How many of a piece are cut as drawn and how many mirrored: 2 mirrored → 1 + 1, 3 mirrored → 2 + 1. */
export function copiesOf(piece: Piece): { asDrawn: number; mirrored: number } {
  const mirrored = piece.mirrored ? Math.floor(piece.count / 2) : 0
  return { asDrawn: piece.count - mirrored, mirrored }
}
