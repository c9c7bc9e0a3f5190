/** How a jacket is put together: panels, facings and collar in two layers, set-in sleeves, a lining felled to its hem. */
import { cap, laidOn, sleeveLining } from '../../families/tailored/seams.ts'
import { flaps, fused } from '../../sewing/parts.ts'
import type { Plan, Sewable, Sewing, Way } from '../../sewing/types.ts'
import { across, hemmed, laid, open, sew } from '../../sewing/write.ts'

/** From the shoulder down the back and up the front to it again. */
const armhole = (layer: '' | 'Lining'): Way[] => [
  `back${layer}: shoulder > bsArmholeHollow`,
  `side${layer}: bsArmholeHollow > sideArmhole > split`,
  `front${layer}: split > shoulder`,
]
const both = { twice: true } as const

function sleeves({ ctx }: Sewable): Plan[] {
  const vented = ctx.choice('cuff') === 'vent'
  const right = vented ? 'ventSlopeStart' : 'right'
  const front = (piece: string, edge: string): Way =>
    `${piece}: ${edge}LeftEdge > ${edge}ElbowLeft > ${edge}WristLeft${vented ? ' > hemLeft' : ''}`
  const vent = 'ventSlopeStart > ventSlopeEnd > ventFoldRight > ventRight'
  const hem = vented ? 'ventRight > hemRight > hemLeft' : 'left > right'
  const eased = { twice: true, kind: 'elbow' } as const
  return [
    sew('sleeveFront', 'tailored', front('topSleeve', 'ts'), front('underSleeve', 'us'), {
      ...eased,
      kind: 'innerSleeve',
    }),
    sew(
      'sleeveBack',
      'tailored',
      `topSleeve: backPitchPoint > tsRightEdge > elbowRight > ${right}`,
      `underSleeve: usTip > usRightEdge > elbowRight > ${right}`,
      eased,
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
    { twice: true, kind: 'side' },
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
  laid('liningCuff', 'lining', ['topSleeveLining: left > right', 'underSleeveLining: left > right'], 'topSleeve', both),
]
/** Facings that show: neatened, and met by one at the back of the neck. */
const unlined: readonly Plan[] = [
  sew('facingShoulder', 'tailored', 'frontFacing: neck > facingTop', 'backFacing: neck > outer', both),
  open(
    'facingInner',
    'overlocked',
    'frontFacing: facingTop > ipfeStart > ipfeTopRight > ipfeBottomRight > ipfeEnd > facingBottom',
    both,
  ),
  open('facingInner', 'overlocked', 'backFacing: outer > cbLow > outer~'),
]

/** Outside and inside pockets. */
const pockets = (of: Sewable): Plan[] => [
  ...(of.has('flap') ? flaps('flap', 'flapLining', 'front') : []),
  ...laidOn(of, [
    ['pocket', 'front'],
    ['pocketLining', 'pocket'],
    ['welt', 'front'],
    ['pocketBag', 'front'],
    ['chestWelt', 'front'],
    ['chestPocketBag', 'front'],
    ['innerWelt', 'frontFacing'],
    ['innerPocketBag', 'frontFacing'],
  ]),
]

export const sewing: Sewing = (of) => {
  const { ctx, has } = of
  const vented = ctx.choice('back') === 'centre-vent'
  const centre = `cbNeck > cbWaist > ${vented ? 'ventSlopeStart' : 'cbHem'}`
  const edge = 'notch > notchEdge > lapelStraightEnd > lapelBreakPoint > roundStart > facingBottom'
  return [
    fused('frontInterlining', 'chestPiece', 'underCollarInterlining'),
    ...pockets(of),
    sew('sidePanelFront', 'tailored', 'front: split > waist > hem', 'side: split > sideWaist > sideHem', {
      twice: true,
      kind: 'princess',
    }),
    sew('sidePanelBack', 'tailored', 'side: bsArmholeHollow > bsWaist > bsHem', 'back: bsArmholeHollow > waist > hem', {
      twice: true,
      kind: 'side',
    }),
    sew('centreBack', 'tailored', `back#0: ${centre}`, `back#1: ${centre}`),
    ...(vented ? [hemmed('vent', 'blindHem', 'back: ventSlopeStart > ventTop > ventHem', both)] : []),
    sew('shoulder', 'tailored', 'back: neck > shoulder', 'front: neck > shoulder', { twice: true, kind: 'shoulder' }),
    ...(has('backLining') ? lined : unlined),
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
