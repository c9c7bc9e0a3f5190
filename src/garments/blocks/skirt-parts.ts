/**
 * A straight skirt of our own, as parts for the pattern engine: `firstcut.skirtFront` and `firstcut.skirtBack`.
 *
 * FreeSewing's Penelope was tried first: it looks for its waist in steps of two per cent, gives up after a hundred
 * rounds with an error in about every third body, and then takes half a second a size. This one is the classroom
 * draft: a quarter of seat and waist on a common grid, the difference shared between the side seam and the darts.
 */
import type { Point } from '../types.ts'

interface EnginePoint extends Point {
  shift(degrees: number, mm: number): EnginePoint
}
interface EnginePath {
  move(to: EnginePoint): EnginePath
  line(to: EnginePoint): EnginePath
  curve(cp1: EnginePoint, cp2: EnginePoint, to: EnginePoint): EnginePath
  join(path: EnginePath): EnginePath
  reverse(): EnginePath
  close(): EnginePath
  hide(): EnginePath
  length(): number
  shiftAlong(mm: number): EnginePoint
}
/** What the engine hands to a part while it is drafted. */
interface Draft {
  Point: new (x: number, y: number) => EnginePoint
  Path: new () => EnginePath
  points: Record<string, EnginePoint>
  paths: Record<string, EnginePath>
  measurements: Record<string, number>
  options: Record<string, number>
  part: unknown
}

/** Share of waist shaping that the side seam takes; the darts take the rest. */
const SIDE_SHARE = 0.42
/** How far the waist rises from the centre to the side seam, mm. */
const SIDE_RISE = 12
/** From this intake on a panel gets two darts; below the second it needs none, mm. */
const TWO_DARTS = 28
const NO_DART = 5
const VENT_WIDTH = 40

function draftPanel(front: boolean, { Point, Path, points, paths, measurements: m, options: o, part }: Draft): unknown {
  const of = (key: string): number => m[key] ?? 0
  const option = (key: string): number => o[key] ?? 0
  const [waist, seat] = front
    ? [of('waist') - of('waistBack'), of('seat') - of('seatBack')]
    : [of('waistBack'), of('seatBack')]
  const quarterWaist = waist / 2 + (of('waist') * option('waistEase')) / 4
  const quarterSeat = Math.max(seat / 2 + (of('seat') * option('seatEase')) / 4, quarterWaist)
  const shaping = quarterSeat - quarterWaist
  const intake = shaping * (1 - SIDE_SHARE)
  const depth = of('waistToSeat')
  const length = of('waistToKnee') * (1 + option('lengthBonus'))
  const side = quarterWaist + intake

  points['lWaist'] = new Point(0, 0)
  points['rWaist'] = new Point(side, -SIDE_RISE)
  points['lSeat'] = new Point(0, depth)
  points['rSeat'] = new Point(quarterSeat, depth)
  points['lHem'] = new Point(0, length)
  points['rHem'] = new Point(quarterSeat * (1 + option('hemBonus')), length)
  const { lWaist, rWaist, rSeat, lHem, rHem } = points as Record<
    'lWaist' | 'rWaist' | 'rSeat' | 'lHem' | 'rHem',
    EnginePoint
  >

  const top = new Path()
    .move(lWaist)
    .curve(new Point(side / 3, 0), new Point((side * 2) / 3, -SIDE_RISE * 0.45), rWaist)
  const hip = new Path()
    .move(rWaist)
    .curve(new Point(side + shaping * SIDE_SHARE * 0.7, depth * 0.35), rSeat.shift(90, depth * 0.4), rSeat)
    .curve(
      rSeat.shift(-90, (length - depth) * 0.25),
      new Point((rSeat.x + rHem.x * 3) / 4, depth + (length - depth) * 0.75),
      rHem,
    )

  // The darts' intake is measured along the waist, so that waist less darts is the quarter exactly.
  const spare = Math.max(0, top.length() - quarterWaist)
  const count = Number(spare > NO_DART) + Number(spare > TWO_DARTS)
  const places = count === 2 ? [0.4, 0.66] : [0.5]
  for (let i = 0; i < count; i++) {
    const centre = top.length() * (places[i] ?? 0.5)
    const half = spare / count / 2
    points[`dart${i + 1}Start`] = top.shiftAlong(centre - half)
    points[`dart${i + 1}End`] = top.shiftAlong(centre + half)
    points[`dart${i + 1}Middle`] = top
      .shiftAlong(centre)
      .shift(-90, depth * (front ? 0.45 : 0.62) * (i === 0 ? 1 : 0.85))
  }

  const seam = new Path().move(lWaist).join(top).join(hip).line(lHem)
  if (!front && option('ventLength') > 0) {
    const start = length * (1 - option('ventLength'))
    points['lVent'] = new Point(0, start)
    points['vTop'] = new Point(-VENT_WIDTH, start + VENT_WIDTH / 2)
    points['vHem'] = new Point(-VENT_WIDTH, length)
    seam
      .line(points['vHem'] ?? lHem)
      .line(points['vTop'] ?? lHem)
      .line(points['lVent'] ?? lHem)
  }
  paths['seam'] = seam.line(lWaist).close()
  return part
}

const part = (name: string, front: boolean) => ({
  name,
  measurements: ['waist', 'waistBack', 'seat', 'seatBack', 'waistToSeat', 'waistToKnee'],
  // Fixed values of the engine: every style sets its own.
  options: { lengthBonus: 0, seatEase: 0.04, hemBonus: 0, ...(front ? {} : { ventLength: 0 }) },
  draft: (draft: Draft) => draftPanel(front, draft),
})

export const SKIRT_FRONT = 'firstcut.skirtFront'
export const SKIRT_BACK = 'firstcut.skirtBack'
export const SKIRT_PARTS: readonly unknown[] = [part(SKIRT_FRONT, true), part(SKIRT_BACK, false)]
