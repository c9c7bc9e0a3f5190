/** The finished coat measured on its draft: points of measure, and the seams that have to meet. */
import { chain, crossingsAt, distance } from '../../geometry.ts'
import type { Gender, Measures, Point } from '../../types.ts'
import {
  beltWidth,
  closedBack,
  COLLAR,
  hemWidth,
  last,
  partsOf,
  spread,
  STAND_COLLAR,
  TAIL,
  tailShape,
  TOP,
  UNDER,
  waistWidth,
} from './parts.ts'
import { pair } from '../../blocks/common.ts'
import { DraftError, type Drafted } from '../../blocks/engine.ts'
import { capLength, frontSeam, sleeveMeasures } from '../../blocks/two-piece-sleeve.ts'
import type { Context, SeamPair } from '../../blocks/types.ts'

const SLEEVE = { top: TOP, under: UNDER }

/** Measures in mm by code, from the draft of one size. */
export function measureOf(gender: Gender) {
  const { front, back, side } = partsOf(gender)
  return (d: Drafted, ctx: Context): Measures => {
    const f = (name: string) => d.point(front, name)
    const frontChest = side
      ? last(crossingsAt(d.ring(front), f('bustPoint').y)) +
        spread(crossingsAt(d.ring(side), d.point(side, 'armhole').y + 1))
      : f('armhole').x
    const flare = Math.max(0, hemWidth(d, gender) - waistWidth(d, gender))
    return {
      bodyLength: (side ? f('hemEdge').y : f('hem').y) - f('s3CollarSplit').y,
      halfChest: frontChest + d.point(back, 'armhole').x,
      halfWaist: waistWidth(d, gender) + closedBack(d),
      halfHem: hemWidth(d, gender) + closedBack(d) + flare,
      shoulder: 2 * d.point(back, 's3ArmholeSplit').x,
      ...sleeveMeasures(d, SLEEVE),
      halfCuff: (d.stored('topCuffWidth') + d.stored('underCuffWidth')) / 2,
      armhole: d.distance(back, 's3ArmholeSplit', 'armhole'),
      neckWidth: 2 * f('s3CollarSplit').x,
      frontNeckDrop: f('cfNeck').y - f('s3CollarSplit').y,
      backNeckDrop: d.point(back, 'cbNeck').y - f('s3CollarSplit').y,
      collarHeight: ctx.choice('collar') === 'stand' ? STAND_COLLAR : d.distance(COLLAR, 'topLeft', 'standTop'),
      waistLength: f('cfWaist').y - f('s3CollarSplit').y,
    }
  }
}

/** Pairs of seams with their lengths and the ease between them. */
export function seamsOf(gender: Gender) {
  const { front, back, side } = partsOf(gender)
  return (d: Drafted, ctx: Context): SeamPair[] => {
    const tail = tailShape(d, ctx)
    const corner = (name: string): Point => {
      const p = tail.points[name]
      if (!p) throw new DraftError(`the back skirt has no corner ${name}`)
      return p
    }
    const tailSide = chain(tail.ring, corner('sideTop'), corner('sideBottom'))
    const tailLength = tailSide.slice(1).reduce((sum, p, i) => sum + distance(p, tailSide[i] ?? p), 0)
    const backSide = d.seam(back, 'armhole', 'waist') + tailLength + (ctx.choice('belt') === 'half' ? beltWidth(d) : 0)
    const sidePart = side ?? front
    const frontArmhole = side
      ? d.seam(front, 's3ArmholeSplit', 'armholePitch') + d.seam(side, 'armholePitch', 'armhole')
      : d.seam(front, 's3ArmholeSplit', 'armhole')
    const pairs = [
      pair('front.side', 'back.side', d.seam(sidePart, 'armhole', 'hem'), backSide, 15),
      pair(
        'front.shoulder',
        'back.shoulder',
        d.distance(front, 's3CollarSplit', 's3ArmholeSplit'),
        d.distance(back, 's3CollarSplit', 's3ArmholeSplit'),
        8,
      ),
      pair(
        'sleeve.cap',
        'body.armhole',
        capLength(d, SLEEVE),
        frontArmhole + d.seam(back, 's3ArmholeSplit', 'armhole'),
        45,
      ),
      pair(
        'topSleeve.elbow',
        'underSleeve.elbow',
        d.seam(TOP, 'backPitchPoint', 'tsWristRight'),
        d.seam(UNDER, 'usTip', 'usWristRight'),
        10,
      ),
      frontSeam(d, SLEEVE),
      pair('back.waist', 'tail.pleatedTop', closedBack(d), d.point(TAIL, 'waistTop').x - 2 * d.stored('cbToDart'), 4),
    ]
    if (side)
      pairs.push(
        pair(
          'front.princess',
          'side.princess',
          d.seam(front, 'armholePitch', 'psHem', 'bustPoint'),
          d.seam(side, 'armholePitch', 'psHem', 'psWaist'),
          20,
        ),
      )
    return pairs
  }
}
