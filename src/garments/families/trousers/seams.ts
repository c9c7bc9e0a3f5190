/** How trousers are put together: pockets and fly on flat legs, side seams and inseams, seat, waistband. */
import type { Plan, Sewable, Sewing } from '../../sewing/types.ts'
import { BAG_EDGES, BAG_TOPS, bagRound, bandEnds, fused } from '../../sewing/parts.ts'
import { across, folded, hemmed, laid, open, other, sew } from '../../sewing/write.ts'
import { elastic, type Kind } from './cut-list.ts'

/** Welts and bags of the back pockets: sewn on to the face of the back, the bags folded up and closed at their sides. */
const backPockets = ({ has }: Sewable): Plan[] =>
  has('welt')
    ? [
        laid('backPocket', 'bartack', ['welt', 'backPocketFacing'], 'back'),
        laid('pocketBag', 'overlock', ['backPocketBag'], 'back'),
      ]
    : []

/** Facing and shield of a fly that is cut straight: one long edge of each lies in the seam of the front. */
const flyRest: readonly Plan[] = [
  open('fly', 'overlocked', 'flyFacing: bl > br > tr'),
  folded('flyShield', 'flyShield: bl > br'),
]

/** The waistband from the edge of the left front round to the right, its extension closed by itself. */
function waistband(of: Sewable, body: string[], tops: readonly string[]): Plan[] {
  if (elastic(of.ctx))
    return [
      sew('waistbandJoin', 'waistband', 'waistband: tl > bl', 'waistband: tr > br'),
      sew('waistband', 'waistband', body, 'waistband: bl > br', {
        kind: 'elastic',
        caught: ['waistband: tl > tr', ...tops],
      }),
    ]
  return [
    sew('waistband', 'waistband', body, 'waistband: edge > br', {
      kind: 'waist',
      caught: ['waistband: innerEdge > tr', ...tops],
    }),
    sew('waistbandEnd', 'waistband', 'waistband: bl > edge', 'waistband: tl > innerEdge'),
    bandEnds('waistbandEnd', 'waistband'),
  ]
}

/** Trousers after the block without pockets: an opening in the side seam, a straight fly. */
function straight(of: Sewable): Plan[] {
  const pocketed = of.has('pocketBag')
  const flied = of.has('flyFacing')
  const tops = [
    ...(pocketed ? [...BAG_TOPS, ...BAG_TOPS.map(other)] : []),
    ...(flied ? ['flyFacing: tl > tr', 'flyShield: tl > tr'] : []),
  ]
  return [
    fused('waistbandInterlining'),
    ...backPockets(of),
    ...(pocketed ? [laid('pocketFacing', 'overlock', 'pocketFacing', 'pocketBag'), bagRound('overlock')] : []),
    sew('side', 'trouserSide', 'front: styleWaistOut > floorOut', 'back: styleWaistOut > floorOut', {
      twice: true,
      caught: pocketed ? BAG_EDGES : [],
    }),
    sew('inseam', 'trouserInseam', 'front: fork > kneeIn > floorIn', 'back: fork > kneeIn > floorIn', {
      twice: true,
      kind: 'inseam',
    }),
    sew('crotchFront', 'trouserInseam', 'front#0: styleWaistIn > fork', 'front#1: styleWaistIn > fork', {
      caught: flied ? ['flyFacing: tl > bl', 'flyShield: tl > bl', 'flyShield: tr > br'] : [],
    }),
    ...(flied ? flyRest : []),
    sew('crotchBack', 'trouserInseam', 'back#0: styleWaistIn > fork', 'back#1: styleWaistIn > fork'),
    ...(of.has('beltLoop') ? [hemmed('beltLoop', 'bartack', 'beltLoop')] : []),
    ...waistband(of, across('front: styleWaistIn > styleWaistOut', 'back: styleWaistOut > styleWaistIn'), tops),
    hemmed('hem', 'blindHem', ['front: floorIn > floorOut', 'back: floorIn > floorOut'], { twice: true }),
  ]
}

/** Chinos: the outseam itself slants to the front, and the pocket opens in it; facing and extension of the fly are shaped. */
function slanted(of: Sewable): Plan[] {
  const tops = [
    'flyFacing: styleWaistIn > flyTop',
    'flyExtension: styleWaistIn > flyTop > styleWaistIn~',
    'pocketBag#0: pocketFacingTop > pocketbagTopRight > pocketFacingTop~',
    'pocketBag#1: pocketFacingTop > pocketbagTopRight > pocketFacingTop~',
  ]
  const bag = 'pocketFacingBottom > pocketbagBottom > pocketbagBottomRight'
  return [
    fused('waistbandInterlining', 'weltInterlining'),
    ...backPockets(of),
    laid('pocketFacing', 'overlock', 'pocketFacing', 'pocketBag'),
    sew(
      'pocketBag',
      'overlock',
      `pocketBag: ${bag}`,
      `pocketBag: ${bag.replaceAll(/(pocketFacingBottom|pocketbagBottom) /g, '$1~ ')}`,
      {
        twice: true,
      },
    ),
    sew(
      'side',
      'trouserSide',
      'front: slantTop > slantCurveEnd > floorOut',
      'back: slantOut > slantCurveEnd > floorOut',
      {
        twice: true,
        kind: 'outseam',
        caught: [
          'pocketBag: pocketFacingTop > facingDirection > pocketFacingBottom',
          'pocketBag: pocketFacingTop~ > facingDirection~ > pocketFacingBottom~',
        ],
      },
    ),
    sew('inseam', 'trouserInseam', 'front: fork > kneeIn > floorIn', 'back: fork > kneeIn > floorIn', {
      twice: true,
      kind: 'inseam',
    }),
    sew('crotchFront', 'trouserInseam', 'front#0: styleWaistIn > fork', 'front#1: styleWaistIn > fork', {
      caught: [
        'flyFacing: styleWaistIn > flyBottom',
        'flyExtension: styleWaistIn > flyExtensionBottom',
        'flyExtension: styleWaistIn~ > flyExtensionBottom~',
      ],
    }),
    open('fly', 'overlocked', 'flyFacing: flyBottom > flyCurveStart > flyTop'),
    sew(
      'flyShield',
      'overlock',
      'flyExtension: flyExtensionBottom > flyCorner',
      'flyExtension: flyExtensionBottom~ > flyCorner',
    ),
    sew('crotchBack', 'trouserInseam', 'back#0: styleWaistIn > fork', 'back#1: styleWaistIn > fork'),
    ...(of.has('beltLoop') ? [hemmed('beltLoop', 'bartack', 'beltLoop')] : []),
    ...waistband(of, across('front: styleWaistIn > slantTop', 'back: slantOut > styleWaistIn'), tops),
    hemmed('hem', 'blindHem', ['front: floorIn > floorOut', 'back: floorIn > floorOut'], { twice: true }),
  ]
}

export const sewingOf = (kind: Kind): Sewing => (kind === 'titan' ? straight : slanted)
