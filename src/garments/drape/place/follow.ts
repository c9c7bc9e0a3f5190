/** Bands and collars go on from the edge they are sewn to: ribs, waistbands, cuffs, stands, and what falls over them. */
import { signedArea } from '../../geometry.ts'
import type { Point } from '../../types.ts'
import type { Panel, Span } from '../panels.ts'
import type { Place, Placed, Placing, V3 } from './types.ts'

/** A spot of the band's edge, and where the other side of the seam is. */
interface Spot {
  mine: Point
  /** On the other piece, and the way out of it there. */
  theirs: Point
  out: Point
  panel: number
  /** Place along the band's outline, to know what hangs together. */
  run: number
}

/** Spots closer than this, mm. */
const EVERY = 8

/** Away from a piece at a place of its outline. */
function outward({ ring }: Panel, place: number): Point {
  const [p, q] = [ring.at(place - 2), ring.at(place + 2)]
  const l = Math.hypot(q.x - p.x, q.y - p.y) || 1
  const turn = signedArea(ring.points) > 0 ? 1 : -1
  return { x: (turn * (q.y - p.y)) / l, y: (turn * -(q.x - p.x)) / l }
}

function spotsOf({ panels, stitching }: Placing, index: number, placed: readonly (Placed | undefined)[]): Spot[] {
  const band = panels[index]
  const spots: Spot[] = []
  const add = (mine: Span, other: Span, run: number): void => {
    const theirs = panels[other.panel]
    if (mine.panel !== index || other.panel === index || !placed[other.panel] || !band || !theirs) return
    const n = Math.max(1, Math.ceil(Math.abs(mine.length) / EVERY))
    for (let i = 0; i <= n; i++) {
      const place = other.from + (other.length * i) / n
      spots.push({
        mine: band.ring.at(mine.from + (mine.length * i) / n),
        theirs: theirs.ring.at(place),
        out: outward(theirs, place),
        panel: other.panel,
        run,
      })
    }
  }
  stitching.forEach(({ a, b }, run) => {
    add(a, b, run)
    add(b, a, run)
  })
  return spots
}

interface Hit {
  spot: Spot
  next: Spot
  t: number
  off: number
}

/** The nearest spot of an edge, between two that hang together. */
function nearest(spots: readonly Spot[], x: number, y: number): Hit {
  let best: Hit | undefined
  for (let i = 0; i + 1 < spots.length; i++) {
    const [p, q] = [spots[i], spots[i + 1]]
    if (!p || !q || p.run !== q.run) continue
    const [dx, dy] = [q.mine.x - p.mine.x, q.mine.y - p.mine.y]
    const t = Math.max(0, Math.min(1, ((x - p.mine.x) * dx + (y - p.mine.y) * dy) / (dx * dx + dy * dy || 1)))
    const off = Math.hypot(x - p.mine.x - dx * t, y - p.mine.y - dy * t)
    if (!best || off < best.off) best = { spot: p, next: q, t, off }
  }
  if (!best) throw new Error('a band is sewn to nothing')
  return best
}

const between = (p: V3, q: V3, t: number): V3 => [
  p[0] + (q[0] - p[0]) * t,
  p[1] + (q[1] - p[1]) * t,
  p[2] + (q[2] - p[2]) * t,
]

/** @returns undefined while nothing that it is sewn to has its place yet */
export function following(
  placing: Placing,
  index: number,
  placed: readonly (Placed | undefined)[],
): Placed | undefined {
  const { form, panels } = placing
  const band = panels[index]
  const spots = spotsOf(placing, index, placed)
  const first = spots[0] && placed[spots[0].panel]
  if (!band || !first) return undefined
  const at = (spot: Spot, off: number): V3 => {
    const other = placed[spot.panel] ?? first
    return other.place(spot.theirs.x + spot.out.x * off, spot.theirs.y + spot.out.y * off)
  }
  const straight: Place = (x, y) => {
    const { spot, next, t, off } = nearest(spots, x, y)
    return between(at(spot, off), at(next, off), t)
  }
  const upwards = spots.reduce((sum, { out }) => sum - out.y, 0) > 0
  const atNeck =
    first.round === 'trunk' &&
    upwards &&
    spots.some(({ theirs, panel }) => at({ ...spots[0]!, theirs, panel }, 0)[1] > form.y.bust)
  if (!atNeck) return { place: straight, round: first.round, side: first.side }
  const ring = form.neckHalf * 1.12
  /** On a ring round the neck, at the angle of what it is sewn to. */
  const round = (x: number, y: number): { angle: number; off: number; fall: number } => {
    const { spot, next, t, off } = nearest(spots, x, y)
    const [px, , pz] = between(at(spot, 0), at(next, 0), t)
    const on = panels[spot.panel]?.part === 'band' ? 1 : 0
    return { angle: Math.atan2(px, pz + 6), off, fall: on }
  }
  const place: Place = (x, y) => {
    const { angle, off, fall } = round(x, y)
    // A collar on a stand rises a little and falls outwards; a stand or a rib rises.
    const stand = fall ? 34 : 0
    const out = band.part === 'collar' ? 8 + off * 0.6 : 2
    const up = band.part === 'collar' ? stand + 6 - off * 0.55 : off
    const lower = form.y.hps + 12 - 14 * Math.cos(angle)
    return [(ring + out) * Math.sin(angle), lower + up, -2 + (ring + out) * Math.cos(angle)]
  }
  return { place, round: 'trunk', side: 0 }
}
