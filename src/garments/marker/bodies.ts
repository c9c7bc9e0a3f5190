/** Between a marker and the search that lets pieces overlap: bodies of its pieces, where they lie, and back again. */
import { EndType, inflatePathsD, JoinType } from 'clipper2-ts'
import type { Marker, Placement } from '../types.ts'
import { type Convex, convexParts, simplified } from './convex.ts'
import { LARGEST } from './nofit.ts'
import { type Job, toMarker } from './nest.ts'
import type { Lay } from './lying.ts'
import type { Body } from './meetings.ts'
import { type Cut, polygonArea, type Shape, UNITS_PER_MM } from './shape.ts'

/**
 * The ways each kind of a job may lie, in the order of its shapes.
 * @param reachMm how far a simpler outline may reach beyond the true one: cloth lost between pieces, against time
 * @returns undefined where pieces must match a repeat, are too large, or an outline has no convex parts: such are not
 *   searched so
 */
export function bodiesOf(job: Job, reachMm: number): Body[][] | undefined {
  if (job.bed.alongMm > 0 || job.bed.acrossMm > 0 || job.bed.widthMm > LARGEST.widthMm) return undefined
  if (job.kinds.flat().some(({ height }) => height > LARGEST.heightMm)) return undefined
  const known = new Map<Cut, Convex[] | undefined>()
  const bodies: Body[][] = []
  for (const [kind, { cut, mirrored }] of job.sources.entries()) {
    if (!known.has(cut)) known.set(cut, partsOf(cut, job.bed.gapMm, reachMm))
    const parts = known.get(cut)
    if (!parts) return undefined
    bodies.push(job.kinds[kind]!.map((shape) => bodyOf(cut, parts, mirrored, shape)))
  }
  return bodies
}

/** How far the round corners of what is grown may fall short of the full half of the gap, mm. */
const ARC_MM = 0.02

/** Convex parts of the outline grown by half of the gap, about the middle of its box; a hole that growing closed is no place for a piece. */
function partsOf({ outline }: Cut, gapMm: number, reachMm: number): Convex[] | undefined {
  const grown =
    gapMm > 0 ? inflatePathsD([[...outline]], gapMm / 2, JoinType.Round, EndType.Polygon, 2, 3, ARC_MM) : [outline]
  const outer = grown.toSorted((a, b) => polygonArea(b) - polygonArea(a))[0]
  if (!outer) return undefined
  const [xs, ys] = [outline.map(({ x }) => x), outline.map(({ y }) => y)]
  const [x, y] = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2]
  return convexParts(simplified(outer.map((p) => ({ x: p.x - x, y: p.y - y })), reachMm)) // prettier-ignore
}

function bodyOf(cut: Cut, parts: readonly Convex[], mirrored: boolean, shape: Shape): Body {
  const along = shape.rotation === 180 ? -1 : 1
  return {
    width: shape.width,
    height: shape.height,
    area: polygonArea(cut.outline),
    parts,
    across: mirrored ? (-along as 1 | -1) : along,
    along,
  }
}

const nameOf = ({ piece, size, copy }: Pick<Placement, 'piece' | 'size' | 'copy'>): string => `${piece}/${size}/${copy}`

/** Where a marker's pieces lie, to the next step along. Undefined where it does not hold this job's pieces. */
export function layOf(job: Job, bodies: readonly (readonly Body[])[], marker: Marker, stepMm: number): Lay | undefined {
  const placed = new Map(marker.placements.map((placement) => [nameOf(placement), placement]))
  if (placed.size !== job.items.length) return undefined
  const n = job.items.length
  const lay: Lay = { turn: new Int32Array(n), x: new Int32Array(n), y: new Int32Array(n), lengthMm: 0 }
  for (const [i, { kind }] of job.items.entries()) {
    const placement = placed.get(nameOf(job.cuts[i]!))
    const turn = job.kinds[kind]!.findIndex(({ rotation }) => rotation === placement?.rotation)
    const body = bodies[kind]![turn]
    if (!placement || !body) return undefined
    lay.turn[i] = turn
    const half = body.width / 2
    const [least, most] = [Math.ceil(half * UNITS_PER_MM), Math.floor((job.bed.widthMm - half) * UNITS_PER_MM)]
    lay.x[i] = Math.max(least, Math.min(most, Math.round((placement.x + half) * UNITS_PER_MM)))
    lay.y[i] = Math.ceil((placement.y + body.height / 2) / stepMm - 1e-6)
    lay.lengthMm = Math.max(lay.lengthMm, lay.y[i]! * stepMm + body.height / 2)
  }
  return lay
}

/** The marker of a lay, its pieces in the order in which they lie along the cloth; it begins where the first does. */
export function markerOf(job: Job, lay: Lay, stepMm: number, method: string): Marker {
  const laid = job.items.map(({ kind }, item) => {
    const shape = job.kinds[kind]![lay.turn[item]!]!
    return {
      item,
      shape,
      left: lay.x[item]! / UNITS_PER_MM - shape.width / 2,
      top: lay.y[item]! * stepMm - shape.height / 2,
    }
  })
  const start = Math.min(...laid.map(({ top }) => top))
  const order = laid
    .map((each) => ({ ...each, top: each.top - start }))
    .sort((a, b) => a.top - b.top || a.left - b.left)
  return toMarker(job, order, lay.lengthMm - start, method)
}
