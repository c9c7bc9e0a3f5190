/** Pieces of the trunk beside others: side panels, tails, half belts. They take the place that closes their seams best. */
import type { Point } from '../../types.ts'
import type { Panel, Span } from '../panels.ts'
import type { Trunk } from './trunk.ts'
import type { Placed, Placing, V3 } from './types.ts'

/** Places of the room as places of the unrolled trunk. */
function unrolled(trunk: Trunk, [x, y, z]: V3): Point {
  let best = { s: 0, off: Infinity }
  for (let i = -90; i < 90; i++) {
    const s = (i / 90) * trunk.half
    const p = trunk.at(s, y)
    const off = Math.hypot(p[0] - x, p[2] - z)
    if (off < best.off) best = { s, off }
  }
  return { x: best.s, y }
}

/** @returns undefined while nothing that it is sewn to has its place yet */
export function besides(
  { panels, stitching }: Placing,
  index: number,
  placed: readonly (Placed | undefined)[],
  trunk: Trunk,
): Placed | undefined {
  const panel = panels[index]
  if (!panel) return undefined
  const pairs: { mine: Point; there: Point }[] = []
  const add = (mine: Span, other: Span): void => {
    const where = placed[other.panel]
    const theirs: Panel | undefined = panels[other.panel]
    if (mine.panel !== index || other.panel === index || where?.round !== 'trunk' || !theirs) return
    for (let i = 0; i <= 6; i++) {
      const q = theirs.ring.at(other.from + (other.length * i) / 6)
      pairs.push({
        mine: panel.ring.at(mine.from + (mine.length * i) / 6),
        there: unrolled(trunk, where.place(q.x, q.y)),
      })
    }
  }
  for (const { a, b } of stitching) {
    add(a, b)
    add(b, a)
  }
  const [first] = pairs
  if (!first) return undefined
  // Near the back the way round comes to its end: everything on the side of the first.
  const near = pairs.map(({ mine, there }) => {
    const s = there.x - first.there.x
    const turn = Math.abs(s) > trunk.half ? -2 * trunk.half * Math.sign(s) : 0
    return { mine, there: { x: there.x + turn, y: there.y } }
  })
  const fit = (way: 1 | -1): { x: number; y: number; off: number } => {
    const x = near.reduce((sum, p) => sum + p.there.x - way * p.mine.x, 0) / near.length
    const y = near.reduce((sum, p) => sum + p.there.y + p.mine.y, 0) / near.length
    const off = near.reduce((sum, p) => sum + Math.hypot(p.there.x - way * p.mine.x - x, p.there.y + p.mine.y - y), 0)
    return { x, y, off }
  }
  const [straight, turned] = [fit(1), fit(-1)]
  const [way, best] = straight.off <= turned.off ? ([1, straight] as const) : ([-1, turned] as const)
  return { place: (x, y) => trunk.at(best.x + way * x, best.y - y), round: 'trunk', side: 0 }
}
