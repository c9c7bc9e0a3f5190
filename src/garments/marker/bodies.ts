/** Between a marker and the search that lets pieces overlap: bodies of its pieces, where they lie, and back again. */
import { EndType, inflatePathsD, JoinType } from 'clipper2-ts'
import type { Marker, Placement, Point } from '../types.ts'
import { type Convex, convexParts, signedArea, simplified } from './convex.ts'
import { type Job, toMarker } from './nest.ts'
import type { Body, Lay } from './separate.ts'
import { type Cut, polygonArea, type Shape, UNITS_PER_MM } from './shape.ts'

/** How far a simpler outline may reach beyond the true one, mm: cloth lost between two pieces, against time. */
const REACH_MM = 0.5

/**
 * The ways each kind of a job may lie, in the order of its shapes.
 * @returns undefined where pieces must match a repeat, or an outline has no convex parts: such are not searched so
 */
export function bodiesOf(job: Job): Body[][] | undefined {
  if (job.bed.alongMm > 0 || job.bed.acrossMm > 0) return undefined
  const known = new Map<Cut, Convex[] | undefined>()
  const bodies: Body[][] = []
  for (const [kind, { cut, mirrored }] of job.sources.entries()) {
    if (!known.has(cut)) known.set(cut, partsOf(cut, job.bed.gapMm))
    const parts = known.get(cut)
    if (!parts) return undefined
    bodies.push(job.kinds[kind]!.map((shape) => bodyOf(cut, parts, mirrored, shape)))
  }
  return bodies
}

/** How far the round corners of what is grown may fall short of the full half of the gap, mm. */
const ARC_MM = 0.02

/** Convex parts of the outline grown by half of the gap; a hole that growing closed is no place for a piece. */
function partsOf({ outline }: Cut, gapMm: number): Convex[] | undefined {
  const grown =
    gapMm > 0 ? inflatePathsD([[...outline]], gapMm / 2, JoinType.Round, EndType.Polygon, 2, 3, ARC_MM) : [outline]
  const outer = grown.toSorted((a, b) => polygonArea(b) - polygonArea(a))[0]
  return outer && convexParts(simplified(outer, REACH_MM))
}

function bodyOf(cut: Cut, parts: readonly Convex[], mirrored: boolean, shape: Shape): Body {
  const turn = shape.rotation === 180 ? -1 : 1
  const flip = mirrored ? -turn : turn
  const left = Math.min(...cut.outline.map((p) => flip * p.x))
  const top = Math.min(...cut.outline.map((p) => turn * p.y))
  const laid = (part: Convex): Point[] => {
    const points = part.map((p) => ({ x: flip * p.x - left, y: turn * p.y - top }))
    return signedArea(points) < 0 ? points.reverse() : points
  }
  return { width: shape.width, height: shape.height, area: polygonArea(cut.outline), parts: parts.map(laid) }
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
    lay.x[i] = Math.max(0, Math.min(Math.floor((job.bed.widthMm - body.width) * UNITS_PER_MM), Math.round(placement.x * UNITS_PER_MM))) // prettier-ignore
    lay.y[i] = Math.max(0, Math.ceil(placement.y / stepMm - 1e-6))
    lay.lengthMm = Math.max(lay.lengthMm, lay.y[i]! * stepMm + body.height)
  }
  return lay
}

/** The marker of a lay, its pieces in the order in which they lie along the cloth. */
export function markerOf(job: Job, lay: Lay, stepMm: number, method: string): Marker {
  const order = job.items.map((_, i) => i).sort((a, b) => lay.y[a]! - lay.y[b]! || lay.x[a]! - lay.x[b]!)
  return toMarker(
    job,
    order.map((item) => ({
      item,
      shape: job.kinds[job.items[item]!.kind]![lay.turn[item]!]!,
      left: lay.x[item]! / UNITS_PER_MM,
      top: lay.y[item]! * stepMm,
    })),
    lay.lengthMm,
    method,
  )
}
