/** How a dress is put together: bodice with its darts, sleeves or faced armholes, skirt at the waist, zip down the back. */
import { panelSeams, pencilSeams } from '../../blocks/skirt-seams.ts'
import type { Plan, Sewable, Sewing, Way } from '../../sewing/types.ts'
import { doubledBelt } from '../../sewing/parts.ts'
import { folded, hemmed, laid, sew } from '../../sewing/write.ts'
import { flared, panels, TAPE_ENDS } from './parts.ts'

const NECK: readonly Way[] = [
  'back#0: cbNeck > neckStart',
  'front: neckStart > cfNeck > neckStart~',
  'back#1: neckStart > cbNeck',
]
const WAIST: readonly Way[] = [
  'back#0: waistCenter > waistSide',
  'front: sideHemInitial > cfHem > sideHemInitial~',
  'back#1: waistSide > waistCenter',
]
const ARMHOLE: readonly Way[] = ['back: armhole > armholePitch > shoulder', 'front: shoulder > armholePitch > armhole']
const lining = (ways: readonly Way[]): Way[] => ways.map((way) => way.replace(/^(back|front)/, '$1Lining'))
const [CENTRE, SIDE_FRONT, SIDE_BACK] = [
  'cbNeck > bustCenter > waistCenter',
  'armhole > bustDartTop > sideHemInitial',
  'armhole > bustSide > waistSide',
]

function neckline({ has }: Sewable): Plan[] {
  if (has('frontLining')) return [sew('neckFacing', 'shirtLock', NECK, lining(NECK))]
  return [
    sew('neckTape', 'shirtLock', 'neckTape: bl > br', NECK, { takeUp: { a: TAPE_ENDS }, caught: 'neckTape: tl > tr' }),
    folded('neckTape', ['neckTape: tl > bl', 'neckTape: tr > br']),
  ]
}

function armholes({ has }: Sewable): Plan[] {
  const lined = has('frontLining')
  if (has('sleeve'))
    return [
      sew('armhole', 'shirtLock', 'sleeve: bicepsLeft > sleeveTip > bicepsRight', ARMHOLE, {
        twice: true,
        kind: 'capWoven',
        caught: lined ? lining(ARMHOLE) : [],
      }),
      sew('underarm', 'shirtLock', 'sleeve: bicepsLeft > hemLeft', 'sleeve: bicepsRight > hemRight', { twice: true }),
      hemmed('sleeveHem', 'blindHem', 'sleeve: hemLeft > hemRight', { twice: true }),
    ]
  if (lined) return [sew('armholeFacing', 'shirtLock', ARMHOLE, lining(ARMHOLE), { twice: true })]
  return [
    sew('armholeBound', 'shirtLock', 'armholeFacing: tl > bl', 'armholeFacing: tr > br', { twice: true }),
    sew('armholeFacing', 'shirtLock', 'armholeFacing: bl > br', ARMHOLE, {
      twice: true,
      caught: 'armholeFacing: tl > tr',
    }),
  ]
}

const bodiceLining: readonly Plan[] = [
  sew('liningShoulder', 'lining', 'backLining: neckStart > shoulder', 'frontLining: neckStart > shoulder', {
    twice: true,
    kind: 'shoulder',
  }),
  sew('liningSide', 'lining', `frontLining: ${SIDE_FRONT}`, `backLining: ${SIDE_BACK}`, { twice: true }),
  sew('liningCentreBack', 'lining', `backLining#0: ${CENTRE}`, `backLining#1: ${CENTRE}`),
]

export const sewing: Sewing = (of) => {
  const { ctx, has } = of
  const lined = has('frontLining')
  const skirt = flared(ctx) ? panelSeams(of, panels(ctx)) : pencilSeams(of, false)
  return [
    sew('shoulder', 'shirtLock', 'back: neckStart > shoulder', 'front: neckStart > shoulder', {
      twice: true,
      kind: 'shoulder',
    }),
    sew('side', 'trouserSide', `front: ${SIDE_FRONT}`, `back: ${SIDE_BACK}`, { twice: true }),
    ...(lined ? bodiceLining : []),
    ...neckline(of),
    ...armholes(of),
    ...skirt.plans,
    sew('waist', 'shirtLock', skirt.waist, WAIST, { caught: skirt.caught }),
    ...(lined ? [sew('liningWaist', 'lining', skirt.lining, lining(WAIST))] : []),
    sew('centreBack', 'zip', `back#0: ${CENTRE}`, `back#1: ${CENTRE}`),
    ...(has('belt') ? doubledBelt('belt', 'shirtLock') : []),
    ...(has('beltLoop') ? [laid('beltLoop', 'topstitch', 'beltLoop', 'front')] : []),
  ]
}
