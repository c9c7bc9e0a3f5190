/** How a jacket is put together: panels, facings and collar in two layers, set-in sleeves, a lining felled to its hem. */
import {
  both,
  cap,
  pockets,
  sleeveLining,
  sleeveLiningEnd,
  sleeveSeams,
  unlined,
} from '../../families/tailored/seams.ts'
import { flaps, fused } from '../../sewing/parts.ts'
import type { Plan, Sewable, Sewing, Way } from '../../sewing/types.ts'
import { across, hemmed, laid, open, sew } from '../../sewing/write.ts'

/** From the shoulder down the back and up the front to it again. */
const armhole = (layer: '' | 'Lining'): Way[] => [
  `back${layer}: shoulder > bsArmholeHollow`,
  `side${layer}: bsArmholeHollow > sideArmhole > split`,
  `front${layer}: split > shoulder`,
]

function sleeves({ ctx }: Sewable): Plan[] {
  const vented = ctx.choice('cuff') === 'vent'
  const vent = 'ventSlopeStart > ventSlopeEnd > ventFoldRight > ventRight'
  const hem = vented ? 'ventRight > hemLeft' : 'left > right'
  return [
    ...sleeveSeams(
      (half) => `${half}WristLeft${vented ? ' > hemLeft' : ''}`,
      () => (vented ? 'ventSlopeStart' : 'right'),
    ),
    ...(vented ? [hemmed('sleeveVent', 'blindHem', [`topSleeve: ${vent}`, `underSleeve: ${vent}`], both)] : []),
    hemmed('sleeveHem', 'blindHem', [`topSleeve: ${hem}`, `underSleeve: ${hem}`], both),
    sew('armhole', 'tailored', cap(''), armhole(''), { twice: true, kind: 'capTailored' }),
  ]
}

/** Upper collar and stand to facings and back, under collar to fronts and back, then both round their edge. */
function collar({ has }: Sewable): Plan[] {
  const stand = 'collarstandTip > collarstandCbTop > leftCollarstandTip'
  const outer = 'notch > notchTip > notchTipRoll > collarCbTopRoll > notchTipRollLeft > notchTipLeft > notchLeft'
  const seat = 'collarstandTip > collarCorner > collarstandCbBottom > leftCollarCorner > leftCollarstandTip'
  const inside = has('backLining') ? 'backLining: neck > cbNeck' : 'backFacing: neck > cbNeck'
  const pleat = has('backLining') ? ['backLining#0: cbNeck > pleatTop', 'backLining#1: cbNeck > pleatTop'] : []
  const upper = ['collar: notch > collarstandTip', `collarStand: ${seat}`, 'collar: leftCollarstandTip > notchLeft']
  return [
    sew('collarStand', 'tailored', `collar: ${stand}`, `collarStand: ${stand}`, { kind: 'collar' }),
    sew(
      'neck',
      'tailored',
      `underCollar: notch > ${seat} > notchLeft`,
      across('front: notch > collarCorner > neck', 'back: neck > cbNeck'),
      { kind: 'neck' },
    ),
    sew('neckFacing', 'tailored', upper, across('frontFacing: notch > collarCorner > neck', inside), {
      kind: 'neck',
      caught: pleat,
    }),
    sew('collarEdge', 'topstitch', `collar: ${outer}`, `underCollar: ${outer}`, { kind: 'turn' }),
  ]
}

const lined: readonly Plan[] = [
  open('facingInner', 'inside', 'frontLining: ipfeStart > ipfeEnd', both),
  laid(
    'facingInner',
    'lining',
    'frontFacing: ipfeStart > ipfeTopRight > ipfeBottomRight > ipfeEnd',
    'frontLining',
    both,
  ),
  sew('facingInner', 'lining', 'frontLining: facingTop > ipfeStart', 'frontFacing: facingTop > ipfeStart', {
    twice: true,
    kind: 'lining',
  }),
  sew('facingInner', 'lining', 'frontLining: ipfeEnd > facingBottom', 'frontFacing: ipfeEnd > facingBottom', {
    twice: true,
    kind: 'liningFree',
  }),
  sew('liningPanel', 'lining', 'frontLining: split > waist > hem', 'sideLining: split > sideWaist > sideHem', {
    twice: true,
    kind: 'princess',
  }),
  sew(
    'liningPanel',
    'lining',
    'sideLining: bsArmholeHollow > bsWaist > bsHem',
    'backLining: bsArmholeHollow > waist > hem',
    both,
  ),
  sew('liningCentreBack', 'lining', 'backLining#0: pleatTop > pleatHem', 'backLining#1: pleatTop > pleatHem'),
  sew(
    'liningShoulder',
    'lining',
    'backLining: neck > shoulder',
    ['frontFacing: neck > facingTop', 'frontLining: facingTop > shoulder'],
    { twice: true, kind: 'shoulder' },
  ),
  ...sleeveLining,
  sew('liningArmhole', 'lining', cap('Lining'), armhole('Lining'), { twice: true, kind: 'capLining' }),
  laid(
    'liningHem',
    'lining',
    ['frontLining: hem > facingBottom', 'sideLining: sideHem > bsHem', 'backLining: hem > cbHem > pleatHem'],
    'back',
    both,
  ),
  sleeveLiningEnd,
]
const FACING_INNER = 'facingTop > ipfeStart > ipfeTopRight > ipfeBottomRight > ipfeEnd > facingBottom'

export const sewing: Sewing = (of) => {
  const { ctx, has } = of
  const vented = ctx.choice('back') === 'centre-vent'
  const centre = `cbNeck > cbWaist > ${vented ? 'ventSlopeStart' : 'cbHem'}`
  const edge = 'notch > notchEdge > lapelStraightEnd > lapelBreakPoint > roundStart > facingBottom'
  return [
    fused('frontInterlining', 'chestPiece', 'underCollarInterlining'),
    ...(has('flap') ? flaps('flap', 'flapLining', 'front') : []),
    ...pockets(of),
    sew('sidePanelFront', 'tailored', 'front: split > waist > hem', 'side: split > sideWaist > sideHem', {
      twice: true,
      kind: 'princess',
    }),
    sew(
      'sidePanelBack',
      'tailored',
      'side: bsArmholeHollow > bsWaist > bsHem',
      'back: bsArmholeHollow > waist > hem',
      both,
    ),
    sew('centreBack', 'tailored', `back#0: ${centre}`, `back#1: ${centre}`),
    ...(vented ? [hemmed('vent', 'blindHem', 'back: ventSlopeStart > ventTop > ventHem', both)] : []),
    sew('shoulder', 'tailored', 'back: neck > shoulder', 'front: neck > shoulder', { twice: true, kind: 'shoulder' }),
    ...(has('backLining') ? lined : unlined(FACING_INNER)),
    ...collar(of),
    sew('facing', 'topstitch', `front: ${edge}`, `frontFacing: ${edge}`, { twice: true, kind: 'facing' }),
    ...sleeves(of),
    hemmed(
      'hem',
      'blindHem',
      [
        'front: facingBottom > roundEnd > hem',
        'side: sideHem > bsHem',
        `back: hem > cbHem${vented ? ' > ventHem' : ''}`,
      ],
      both,
    ),
  ]
}
