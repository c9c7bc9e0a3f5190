/** How a coat is put together: back with its pleat on a skirt, collar and stand in two layers, facings, a free lining. */
import type { Gender } from '../../types.ts'
import {
  both,
  cap,
  pockets as laidPockets,
  sleeveLining,
  sleeveLiningEnd,
  sleeveSeams,
  unlined,
} from '../../families/tailored/seams.ts'
import { doubledBelt, fused } from '../../sewing/parts.ts'
import type { Plan, Sewable, Sewing, Way } from '../../sewing/types.ts'
import { across, hemmed, laid, sew } from '../../sewing/write.ts'
import { facingOnNeck, partsOf, pleatTakeUp, tailTakeUp } from './parts.ts'

/** From the shoulder down the back and up the front to it again, over the side panel where there is one. */
const armhole = (gender: Gender, layer: '' | 'Lining'): Way[] => [
  `back${layer}: shoulder > armhole`,
  ...(gender === 'women'
    ? [`side${layer}: armhole > armholePitch`, `front${layer}: armholePitch > shoulder`]
    : [`front${layer}: armhole > shoulder`]),
]

/** The side seam of the front half, and of the back with its skirt. */
const sideOf = (gender: Gender, layer: '' | 'Lining'): Way =>
  gender === 'women' ? `side${layer}: armhole > waist > hem` : `front${layer}: armhole > waist > hem`

function back({ has, d, ctx }: Sewable): Plan[] {
  const tail = { b: tailTakeUp(d, ctx.gender) }
  const pleat = pleatTakeUp(d, ctx.gender)
  const half = has('halfBelt')
  const skirt = 'tail: sideTop > cbTop'
  const end = 'back: waist > cbWaist > bpBottom'
  return [
    sew(
      'centreBack',
      'tailored',
      'back#0: cbNeck > bpStart > bpTop > bpBottom',
      'back#1: cbNeck > bpStart > bpTop > bpBottom',
    ),
    sew('centreBack', 'tailored', 'tail#0: cbTop > cbBottom', 'tail#1: cbTop > cbBottom'),
    ...(half
      ? [
          sew(
            'halfBelt',
            'tailored',
            'halfBelt#0: centreTop > roundTopStart > roundTopEnd > roundBottomStart > roundBottomEnd > centreBottom',
            'halfBelt#1: centreTop > roundTopStart > roundTopEnd > roundBottomStart > roundBottomEnd > centreBottom',
            both,
          ),
          sew('halfBelt', 'tailored', end, 'halfBelt#0: topRight > centreTop', {
            twice: true,
            takeUp: { a: pleat },
            caught: 'halfBelt#1: topRight > centreTop',
          }),
          sew('tailTop', 'tailored', 'halfBelt#0: bottomRight > centreBottom', skirt, {
            twice: true,
            takeUp: tail,
            caught: 'halfBelt#1: bottomRight > centreBottom',
          }),
        ]
      : [sew('tailTop', 'tailored', end, skirt, { twice: true, takeUp: { a: pleat, ...tail } })]),
  ]
}

function sleeves({ has }: Sewable, gender: Gender): Plan[] {
  const up = has('cuffFacing')
  return [
    ...sleeveSeams(
      (half) => (up ? `${half}WristLeft > cuffBottomLeft` : 'left'),
      (half) => (up ? `${half}WristRight` : 'right'),
    ),
    ...(up
      ? [
          sew(
            'cuffFacing',
            'tailored',
            'cuffFacing: wristRight > roundRightEnd > roundRightStart > roundLeftEnd > roundLeftStart > wristLeft',
            [
              'topSleeve: tsWristRight > roundEnd > roundStart > cuffBottomLeft',
              'underSleeve: cuffBottomLeft > roundStart > roundEnd > usWristRight',
            ],
            { twice: true, kind: 'turn' },
          ),
          laid('cuffFacing', 'blindHem', 'cuffFacing: wristRight > topRight > topLeft > wristLeft', 'topSleeve', both),
        ]
      : [hemmed('sleeveHem', 'blindHem', ['topSleeve: left > right', 'underSleeve: left > right'], both)]),
    sew('armhole', 'tailored', cap(''), armhole(gender, ''), {
      twice: true,
      kind: 'capTailored',
      caught: has('epaulette') ? ['epaulette#0: bl > br', 'epaulette#1: bl > br'] : [],
    }),
  ]
}

/** Upper collar on its stand to facings and lining, under collar to the coat; the outer edges to each other. */
function collar(of: Sewable): Plan[] {
  const { has, d, ctx } = of
  const body = across('front: cfNeck > neck', 'back: neck > cbNeck')
  const onNeck = facingOnNeck(d, ctx.gender)
  const lined = has('backLining')
  // The facing ends on the neckline, or on the shoulder where the front is wide.
  const facing =
    lined && onNeck
      ? ['frontFacing: cfNeck > facingTop', 'frontLining: facingTop > neck']
      : ['frontFacing: cfNeck > neck']
  const inner = across(...facing, lined ? 'backLining: neck > cbNeck' : 'backFacing: neck > cbNeck')
  const pleat = lined ? ['backLining#0: cbNeck > pleatTop', 'backLining#1: cbNeck > pleatTop'] : []
  if (has('standCollar'))
    return [
      sew('standEdge', 'topstitch', 'standCollar#0: bl > tl > tr > br', 'standCollar#1: bl > tl > tr > br'),
      sew('neck', 'tailored', 'standCollar#0: bl > br', body, { kind: 'neck' }),
      sew('neckFacing', 'tailored', 'standCollar#1: bl > br', inner, { kind: 'neck', caught: pleat }),
    ]
  const seat = 'standTip > standTop > standTip~'
  const stand = (copy: number): Way => `collarStand#${copy}: standTip > standTop > standTipLeft`
  const neck = (piece: string, copy: number): Way[] => [
    `${piece}: rot4bottomRight > standTip`,
    `collarStand#${copy}: standTip > bottomLeft > standTipLeft`,
    `${piece}: standTip~ > rot4bottomRight~`,
  ]
  const outer = 'rot4bottomRight > rot4topRight > topLeft > rot4topRight~ > rot4bottomRight~'
  return [
    sew('collarStand', 'tailored', `collar: ${seat}`, stand(0), { kind: 'collar' }),
    sew('collarStand', 'tailored', `underCollar: ${seat}`, stand(1), { kind: 'collar' }),
    sew('neck', 'tailored', neck('underCollar', 1), body, { kind: 'neck' }),
    sew('neckFacing', 'tailored', neck('collar', 0), inner, { kind: 'neck', caught: pleat }),
    sew('collarEdge', 'topstitch', `collar: ${outer}`, `underCollar: ${outer}`, { kind: 'turn' }),
  ]
}

function lining(of: Sewable, gender: Gender): Plan[] {
  const { d, ctx } = of
  const onNeck = facingOnNeck(d, ctx.gender)
  const shoulder = onNeck
    ? ['frontLining: neck > shoulder']
    : ['frontFacing: neck > facingTop', 'frontLining: facingTop > shoulder']
  return [
    sew('facingInner', 'lining', 'frontLining: facingTop > bottom', 'frontFacing: facingTop > bottom', {
      twice: true,
      kind: 'liningFree',
    }),
    ...(gender === 'women'
      ? [
          sew(
            'liningPanel',
            'lining',
            'frontLining: armholePitch > bustPoint > psHem',
            'sideLining: armholePitch > bustPoint > psHem',
            { twice: true, kind: 'princess' },
          ),
        ]
      : []),
    sew('liningCentreBack', 'lining', 'backLining#0: pleatTop > pleatHem', 'backLining#1: pleatTop > pleatHem'),
    sew('liningCentreBack', 'lining', 'tailLining#0: cbTop > cbBottom', 'tailLining#1: cbTop > cbBottom'),
    sew('liningWaist', 'lining', 'backLining: waist > cbWaist > pleatHem', 'tailLining: sideTop > cbTop', both),
    sew('liningShoulder', 'lining', 'backLining: neck > shoulder', shoulder, { twice: true, kind: 'shoulder' }),
    sew(
      'liningSide',
      'lining',
      sideOf(gender, 'Lining'),
      ['backLining: armhole > waist', 'tailLining: sideTop > sideBottom'],
      {
        twice: true,
        kind: 'lining',
      },
    ),
    ...sleeveLining,
    sew('liningArmhole', 'lining', cap('Lining'), armhole(gender, 'Lining'), { twice: true, kind: 'capLining' }),
    hemmed(
      'liningHem',
      'lining',
      [
        ...(gender === 'women'
          ? ['frontLining: bottom > psHem', 'sideLining: psHem > hem']
          : ['frontLining: bottom > hem']),
        'tailLining: cbBottom > sideBottom',
      ],
      both,
    ),
    sleeveLiningEnd,
  ]
}

function pockets(of: Sewable): Plan[] {
  const round = 'topRight > roundRightEnd > roundRightStart > roundLeftEnd > roundLeftStart > topLeft'
  return [
    ...(of.has('flap')
      ? [
          sew('flap', 'tailored', `flap#0: ${round}`, `flap#1: ${round}`, { twice: true, kind: 'turn' }),
          laid('flapSet', 'topstitch', ['flap#0: topLeft > topRight', 'flap#1: topLeft > topRight'], 'front', both),
        ]
      : []),
    ...laidPockets(of, [
      ['innerTab', 'frontFacing'],
      ['flyShield', 'frontFacing'],
    ]),
  ]
}

function belts({ has }: Sewable): Plan[] {
  const tab = 'bl > tl > tip > tr > br'
  return [
    ...(has('belt') ? doubledBelt('belt', 'topstitch') : []),
    ...(has('beltLoop') ? [laid('beltLoop', 'topstitch', 'beltLoop', 'back')] : []),
    ...(has('epaulette') ? [sew('epaulette', 'topstitch', `epaulette#0: ${tab}`, `epaulette#1: ${tab}`, both)] : []),
  ]
}

export const sewingOf =
  (gender: Gender): Sewing =>
  (of) => {
    const { has } = of
    const { side } = partsOf(gender)
    const edge = 'hemEdge > rollLineStart > lapelStraightEnd > collarTip > cfNeck'
    const half = has('halfBelt') ? ['halfBelt#0: topRight > bottomRight'] : []
    return [
      fused(
        'flapInterlining',
        'weltInterlining',
        'cuffFacingInterlining',
        'frontFacingInterlining',
        'collarInterlining',
        'collarStandInterlining',
        'standCollarInterlining',
        'backStay',
      ),
      ...pockets(of),
      ...belts(of),
      ...(side
        ? [
            sew(
              'princess',
              'tailored',
              'front: armholePitch > bustPoint > psHem',
              'side: armholePitch > bustPoint > psHem',
              {
                twice: true,
                kind: 'princess',
              },
            ),
          ]
        : []),
      ...back(of),
      sew('shoulder', 'tailored', 'back: neck > shoulder', 'front: neck > shoulder', { twice: true, kind: 'shoulder' }),
      sew('side', 'tailored', sideOf(gender, ''), ['back: armhole > waist', ...half, 'tail: sideTop > sideBottom'], {
        twice: true,
        caught: half.map((way) => way.replace('#0', '#1')),
      }),
      ...(has('backLining') ? lining(of, gender) : unlined('facingTop > bottom')),
      ...collar(of),
      sew('facing', 'topstitch', `front: ${edge}`, `frontFacing: ${edge}`, { twice: true, kind: 'facing' }),
      ...sleeves(of, gender),
      hemmed(
        'hem',
        'blindHem',
        [
          ...(side ? ['front: hemEdge > psHem', 'side: psHem > hem'] : ['front: hemEdge > hem']),
          'tail: cbBottom > sideBottom',
          'frontFacing: bottom > edge',
        ],
        both,
      ),
    ]
  }
