/** How a waistcoat is put together: fronts with facing and lining, backs of lining cloth, turned through at armholes and hem. */
import type { Sewing } from '../../sewing/types.ts'
import { fused } from '../../sewing/parts.ts'
import { laid, sew } from '../../sewing/write.ts'

const EDGE = 'neck > closureTop > roundStart > roundEnd > dartStart'
export const sewing: Sewing = ({ has }) => [
  fused('frontInterlining', 'weltInterlining'),
  ...(has('welt')
    ? [
        laid('welt', 'topstitch', 'welt', 'front'),
        laid('pocketFacing', 'lining', 'pocketFacing', 'pocketBag'),
        laid('pocketBag', 'lining', 'pocketBag', 'front'),
      ]
    : []),
  sew('centreBack', 'tailored', 'back#0: cbNeck > cbWaist > cbHem', 'back#1: cbNeck > cbWaist > cbHem'),
  sew('liningCentreBack', 'lining', 'backLining#0: cbNeck > cbWaist > cbHem', 'backLining#1: cbNeck > cbWaist > cbHem'),
  sew('facingInner', 'lining', 'frontFacing: flbTop > dartTop > dartStart', 'frontLining: flbTop > dartTop > dartEnd', {
    twice: true,
  }),
  ...(has('strap')
    ? [sew('strap', 'lining', 'strap#0: tl > tr > br > bl', 'strap#1: tl > tr > br > bl', { twice: true })]
    : []),
  sew('shoulder', 'tailored', 'back: neck > shoulder', 'front: neck > shoulder', { twice: true, kind: 'shoulder' }),
  sew(
    'liningShoulder',
    'lining',
    'backLining: neck > shoulder',
    ['frontFacing: neck > flbTop', 'frontLining: flbTop > shoulder'],
    { twice: true, kind: 'shoulder' },
  ),
  sew('facing', 'topstitch', `front: ${EDGE}`, `frontFacing: ${EDGE}`, { twice: true, kind: 'facing' }),
  sew(
    'neckEdge',
    'tailored',
    ['back#0: neck > cbNeck', 'back#1: cbNeck > neck'],
    ['backLining#0: neck > cbNeck', 'backLining#1: cbNeck > neck'],
  ),
  sew(
    'armholeFacing',
    'tailored',
    'front: shoulder > armholePitch > armhole',
    'frontLining: shoulder > armholePitch > armhole',
    {
      twice: true,
    },
  ),
  sew(
    'armholeFacing',
    'tailored',
    'back: shoulder > armholePitch > armhole',
    'backLining: shoulder > armholePitch > armhole',
    {
      twice: true,
    },
  ),
  sew('hem', 'tailored', 'front: dartEnd > hem', 'frontLining: dartEnd > hem', { twice: true, kind: 'facing' }),
  sew('hem', 'tailored', 'back: cbHem > dartStart > hem', 'backLining: cbHem > dartStart > hem', { twice: true }),
  sew('side', 'tailored', 'front: armhole > waist > hem', 'back: armhole > waist > hem', {
    twice: true,
    caught: has('strap') ? ['strap#0: tl > bl', 'strap#1: tl > bl'] : [],
  }),
  sew('liningSide', 'lining', 'frontLining: armhole > waist > hem', 'backLining: armhole > waist > hem', {
    twice: true,
  }),
]
