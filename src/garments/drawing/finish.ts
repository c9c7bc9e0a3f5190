/** The last step of every layout: marks for measuring, where details are, and which parts trims lie on. */
import type { Point } from '../types.ts'
import type { Layout, Part, Trim } from './layout.ts'
import { pt } from './geometry.ts'
import type { UpperFrame } from './frame.ts'

/** @param o.neck where the neck seam ends at the front edge; `rolled` where lapels lie over it, the measures' drop otherwise */
export function finish(
  f: UpperFrame,
  parts: Part[],
  trims: (Trim & { over: string })[],
  o: { cuff: boolean; neck?: Point | 'rolled' },
): Layout {
  const sleeve = parts.find((p) => p.id === 'sleeve-right')
  const end =
    sleeve && sleeve.surface.kind === 'strip' ? sleeve.surface.sections[sleeve.surface.sections.length - 2] : undefined
  const band = parts.find((p) => p.id === 'cuff-right')
  const last =
    band && band.surface.kind === 'strip' && band.surface.z === 16
      ? band.surface.sections[band.surface.sections.length - 1]
      : end
  const cuffAt: Point = end
    ? pt((end.a.x + end.b.x) / 2, (end.a.y + end.b.y) / 2)
    : pt(f.halfAt(f.m.bodyLength) * 0.6, f.m.bodyLength - 60)
  const marks: Record<string, Point> = {
    neckPoint: f.np,
    shoulderPoint: f.sp,
    underarm: f.ua,
    waist: pt(f.halfAt(f.waistY), f.waistY),
    hem: f.side[f.side.length - 1]!,
    hemCentre: pt(f.np.x, f.m.bodyLength),
  }
  if (f.back) marks['backNeck'] = pt(0, f.m.backNeckDrop)
  else if (o.neck !== 'rolled') marks['frontNeck'] = o.neck ?? pt(0, f.m.frontNeckDrop)
  if (last) {
    marks['cuffOuter'] = last.b
    marks['cuffInner'] = last.a
    if (band && last !== end && band.surface.kind === 'strip') marks['cuffTop'] = band.surface.sections[0]!.b
  }
  if (sleeve && sleeve.surface.kind === 'strip') {
    const list = sleeve.surface.sections
    const at = (share: number) => list[Math.min(list.length - 2, Math.round(share * (list.length - 2)))]!
    const long = f.m.sleeveLength > 400
    const [bicep, elbow] = [at(long ? 0.34 : 0.75), at(0.56)]
    Object.assign(marks, { bicepInner: bicep.a, bicepOuter: bicep.b })
    if (long) Object.assign(marks, { elbowInner: elbow.a, elbowOuter: elbow.b })
  }
  return {
    parts,
    trims,
    details: {
      collar: { x: 0, y: 105, width: 400 },
      cuff: { x: cuffAt.x, y: cuffAt.y - (o.cuff ? 0 : 20), width: 300 },
      fabric: { x: f.m.halfChest * 0.24, y: f.ua.y + 120, width: 130 },
    },
    marks,
  }
}
