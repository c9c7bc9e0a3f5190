/** Round the legs: the front and the back of a leg as halves of a tube, that pass into the trunk's ellipse above the fork. */
import { crossingsAt } from '../../geometry.ts'
import type { Form } from '../form/form.ts'
import type { Panel } from '../panels.ts'
import { ellipse } from './trunk.ts'
import { type Place, sideOf, type V3 } from './types.ts'

/** Least and greatest x of a piece at a height; beyond its top as it is just below it. */
function widths(panel: Panel, top: number): (y: number) => readonly [number, number] {
  const ring = panel.ring.points
  const low = Math.max(...ring.map(({ y }) => y)) - 2
  const known = new Map<number, readonly [number, number]>()
  return (y) => {
    const at = Math.round(Math.max(top, Math.min(low, y))) + 0.37
    let found = known.get(at)
    if (!found) {
      const xs = crossingsAt(ring, at)
      found = [Math.min(...xs), Math.max(...xs)]
      known.set(at, found)
    }
    return found
  }
}

const mix = (p: V3, q: V3, t: number): V3 => [
  p[0] + (q[0] - p[0]) * t,
  p[1] + (q[1] - p[1]) * t,
  p[2] + (q[2] - p[2]) * t,
]

export function onLeg(panel: Panel, mate: Panel, form: Form): Place {
  const front = panel.part === 'legFront'
  const side = sideOf(panel)
  // Below the tops of both pieces and the tips of darts, so that no notch is taken for an edge.
  const tops = [panel, mate].map((p) => {
    const out = ['styleWaistOut', 'slantTop', 'slantOut'].flatMap((name) => p.piece.anchors?.[name]?.y ?? [])
    return Math.max(...out, ...p.mouths.map(({ tip }) => tip.y)) + 10
  })
  const [mine, other] = [widths(panel, tops[0] ?? 0), widths(mate, tops[1] ?? 0)]
  const fork = panel.piece.anchors?.['fork']?.y ?? 0
  const inner = (panel.piece.anchors?.['fork']?.x ?? 0) > (panel.piece.anchors?.['floorOut']?.x ?? 0) ? 1 : -1
  const { a, b, z } = form.section(form.y.seat)
  const trunk = ellipse(a + 26, b + 40)
  const { joint, along, length, radius } = form.leg
  return (x, y) => {
    const [low, high] = mine(y)
    const [low2, high2] = other(y)
    const [width, width2] = [high - low, high2 - low2]
    const share = width / (width + width2)
    // From the inner edge, the middle or the inseam, outwards.
    const way = (inner > 0 ? high - x : x - low) / width
    const height = form.y.waist - y + 2
    const e = trunk.at((way * share * trunk.round) / 2)
    const onTrunk: V3 = [e.x, height, z + (front ? e.z : -e.z)]
    const q = (joint[1] - height) / -along[1]
    const r = Math.max(((width + width2) / (2 * Math.PI)) * 1.08, radius(Math.max(0, Math.min(1, q / length))) + 8)
    const angle = way * share * 2 * Math.PI
    const onLimb: V3 = [
      Math.max(4, joint[0] + along[0] * q - r * Math.cos(angle)),
      height,
      joint[2] + along[2] * q + (front ? 1 : -1) * r * Math.sin(angle),
    ]
    const t = Math.max(0, Math.min(1, (fork + 12 - y) / 95))
    const [px, py, pz] = mix(onLimb, onTrunk, t * t * (3 - 2 * t))
    return [side * px, py, pz]
  }
}
