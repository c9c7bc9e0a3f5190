/** The folds of trouser cloth: legs, and a gathered waistband. */
import type { Point } from '../../types.ts'
import type { Field } from '../../drawing/folds.ts'
import { crumple, makeField, ridge, swell, undulate } from '../../drawing/folds.ts'
import { lerp, pt, smooth, through } from '../../drawing/geometry.ts'
import type { LowerFrame } from '../../drawing/lower-frame.ts'

/** A drawing position on a leg as its strip's across coordinate. */
export const legX = (p: Point, outer: (y: number) => number, inner: (y: number) => number): number =>
  p.x - (outer(p.y) + inner(p.y)) / 2

/** The puckers of an elastic waistband. */
export function gathers(c: LowerFrame, half: number, height: number): Field {
  const f = makeField(-half - 10, -10, half + 10, height + 30, 2.5)
  const n = Math.round(half / 6)
  for (let i = -n; i <= n; i++) {
    const x = (i / n) * half + c.r(-2, 2)
    ridge(f, [pt(x, -2), pt(x + c.r(-2, 2), height + 16)], c.r(1, 2.2), c.r(2.4, 4), c.r(2, 3.4), swell.even)
  }
  return f
}

/** How a leg hangs: drawn at the crotch, broken at the knee and over the shoe, creased where it is pressed. */
export function legFolds(
  c: LowerFrame,
  side: 1 | -1,
  o: { crotchY: number; kneeY: number; hemY: number; thigh: number; crease: boolean; stack: boolean },
): Field {
  const half = o.thigh / 2 + 20
  const f = makeField(-half, -10, half, o.hemY + 30)
  const { r, hand } = c
  const k = hand.drape
  const seed = (c.input.seed % 1000) + side * 7
  undulate(f, 2.1 * k, 90, 2.4, seed)
  // strips run inner (−) to outer (+)
  // whiskers from the crotch up and out
  for (let i = 0; i < 4; i++) {
    const y = o.crotchY - r(-22, 50)
    const len = r(0.5, 1.3) * half
    ridge(
      f,
      through([pt(-half * 0.96, y), pt(-half + len * 0.6, y - r(8, 24)), pt(-half + len * 1.1, y - r(20, 70))], 6),
      (c.back ? 6 : 4.6) * k * r(0.5, 1.1),
      r(7, 13),
      r(5, 10),
      swell.start,
    )
  }
  // long drag from crotch towards the knee
  ridge(
    f,
    through(
      [pt(-half * 0.8, o.crotchY + 20), pt(-half * 0.45, lerp(o.crotchY, o.kneeY, 0.4)), pt(-half * 0.2, o.kneeY)],
      8,
    ),
    6 * k,
    20,
    12,
    swell.start,
  )
  ridge(
    f,
    through(
      [pt(half * 0.72, o.crotchY * 0.75), pt(half * 0.5, lerp(o.crotchY, o.kneeY, 0.4)), pt(half * 0.32, o.kneeY + 40)],
      8,
    ),
    4.4 * k,
    12,
    22,
    swell.middle,
  )
  for (let i = 0; i < 5; i++) {
    const y = o.kneeY + (i - 2) * r(26, 42)
    const from = i % 2 ? 1 : -1
    const w = half * 0.74
    const reach = r(0.5, 1.3)
    ridge(
      f,
      through(
        [pt(from * w, y), pt(from * w * (1 - reach * 0.5), y + r(2, 16)), pt(from * w * (1 - reach), y - r(-20, 12))],
        6,
      ),
      4.2 * k * r(0.4, 1),
      r(8, 15),
      r(6, 11),
      swell.start,
    )
  }
  const n = o.stack ? 5 : 3
  for (let i = 0; i < n; i++) {
    const y = o.hemY - (o.stack ? 74 : 34) - i * r(22, 38)
    const from = r(0, 1) > 0.5 ? 1 : -1
    const w = half * 0.62
    ridge(
      f,
      through([pt(from * w, y - r(-8, 10)), pt(0, y + r(6, 18)), pt(-from * w * r(0.2, 1), y - r(-6, 10))], 6),
      (o.stack ? 7 : 4) * k * r(0.5, 1),
      r(9, 15),
      r(6, 10),
      swell.start,
    )
  }
  // a pressed edge stands up sharp: it falls away wide on one side and steeply on the other, so that one takes the light
  if (o.crease) {
    const edge = [pt(0, o.crotchY * 0.42), pt(0, o.kneeY), pt(0, o.hemY + 10)]
    ridge(f, edge, 5.4, side > 0 ? 10 : 34, side > 0 ? 34 : 10, (t) => smooth(0, 0.2, t))
    ridge(f, edge, 2, 3.4, 3.4, (t) => smooth(0, 0.2, t))
  }
  if (hand.crease > 0.2) {
    crumple(f, 1.5 * hand.crease, 52, 1.1, seed + 3)
    crumple(f, 0.5 * hand.crease, 24, 2, seed + 8)
  }
  return f
}
