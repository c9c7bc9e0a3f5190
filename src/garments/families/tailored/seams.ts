/** What jackets and coats are put together by: two-piece sleeves, their lining, facings that show, pockets. */
import type { StitchKey } from '../../blocks/common.ts'
import type { Plan, Sewable, Way } from '../../sewing/types.ts'
import type { SeamId } from '../../sewing/words.ts'
import { laid, open, sew } from '../../sewing/write.ts'

export const both = { twice: true } as const

/** A cap in two halves from the shoulder round under the arm and back to it, as the armhole is declared. */
export const cap = (layer: '' | 'Lining'): Way[] => [
  `topSleeve${layer}: top > backPitchPoint`,
  `underSleeve${layer}: usTip > usLeftEdgeRight > usLeftEdge`,
  `topSleeve${layer}: tsLeftEdge > frontPitchPoint > top`,
]

/** How the anchors of a half's seam go on from the elbow: top sleeve or under sleeve. */
type FromElbow = (half: 'ts' | 'us') => string

/** The two long seams of a sleeve: over the forearm, and over the elbow. */
const longSeams = (
  [inner, outer]: readonly [SeamId, SeamId],
  by: StitchKey,
  layer: '' | 'Lining',
  front: FromElbow,
  back: FromElbow,
): Plan[] => [
  sew(
    inner,
    by,
    `topSleeve${layer}: tsLeftEdge > tsElbowLeft > ${front('ts')}`,
    `underSleeve${layer}: usLeftEdge > usElbowLeft > ${front('us')}`,
    { twice: true, kind: 'innerSleeve' },
  ),
  sew(
    outer,
    by,
    `topSleeve${layer}: backPitchPoint > tsRightEdge > elbowRight > ${back('ts')}`,
    `underSleeve${layer}: usTip > usRightEdge > elbowRight > ${back('us')}`,
    { twice: true, kind: 'elbow' },
  ),
]

export const sleeveSeams = (front: FromElbow, back: FromElbow): Plan[] =>
  longSeams(['sleeveFront', 'sleeveBack'], 'tailored', '', front, back)

/** The long seams of a sleeve's lining, and its end felled inside the sleeve. */
export const sleeveLining: readonly Plan[] = longSeams(
  ['liningSleeve', 'liningSleeve'],
  'lining',
  'Lining',
  () => 'left',
  () => 'right',
)
export const sleeveLiningEnd: Plan = laid(
  'liningCuff',
  'lining',
  ['topSleeveLining: left > right', 'underSleeveLining: left > right'],
  'topSleeve',
  both,
)

/** Facings that show: neatened, and met by one at the back of the neck. @param inner anchors of their inner edge */
export const unlined = (inner: string): Plan[] => [
  sew('facingShoulder', 'tailored', 'frontFacing: neck > facingTop', 'backFacing: neck > outer', both),
  open('facingInner', 'overlocked', `frontFacing: ${inner}`, both),
  open('facingInner', 'overlocked', 'backFacing: outer > cbLow > outer~'),
]

type LaidOn = readonly [piece: string, onto: string]
/** Parts of pockets, and the piece of the body that each is sewn on to. */
const POCKETS: readonly LaidOn[] = [
  ['pocket', 'front'],
  ['pocketLining', 'pocket'],
  ['welt', 'front'],
  ['pocketBag', 'front'],
  ['chestWelt', 'front'],
  ['chestPocketBag', 'front'],
  ['innerWelt', 'frontFacing'],
  ['innerPocketBag', 'frontFacing'],
]
/** Those of a garment's pockets that it is cut with. @param more other pieces that are sewn on like them */
export const pockets = ({ has }: Sewable, more: readonly LaidOn[] = []): Plan[] =>
  [...POCKETS, ...more].flatMap(([piece, onto]) =>
    has(piece) ? [laid(/Bag|Lining/.test(piece) ? 'pocketBag' : 'pocket', 'topstitch', piece, onto)] : [],
  )
