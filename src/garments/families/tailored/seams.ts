/** What jackets and coats are put together by: two-piece sleeves, their lining, flaps and pockets. */
import type { Plan, Sewable, Way } from '../../sewing/types.ts'
import { laid, sew } from '../../sewing/write.ts'

/** A cap in two halves from the shoulder round under the arm and back to it, as the armhole is declared. */
export const cap = (layer: '' | 'Lining'): Way[] => [
  `topSleeve${layer}: top > backPitchPoint`,
  `underSleeve${layer}: usTip > usLeftEdgeRight > usLeftEdge`,
  `topSleeve${layer}: tsLeftEdge > frontPitchPoint > top`,
]

/** The two long seams of a sleeve's lining. */
export const sleeveLining: readonly Plan[] = [
  sew(
    'liningSleeve',
    'lining',
    'topSleeveLining: tsLeftEdge > tsElbowLeft > left',
    'underSleeveLining: usLeftEdge > usElbowLeft > left',
    { twice: true, kind: 'innerSleeve' },
  ),
  sew(
    'liningSleeve',
    'lining',
    'topSleeveLining: backPitchPoint > tsRightEdge > elbowRight > right',
    'underSleeveLining: usTip > usRightEdge > elbowRight > right',
    { twice: true, kind: 'elbow' },
  ),
]

/** Pockets whose parts are all sewn on to a piece of the body. */
export const laidOn = ({ has }: Sewable, rows: readonly (readonly [piece: string, onto: string])[]): Plan[] =>
  rows.flatMap(([piece, onto]) =>
    has(piece) ? [laid(/Bag|Lining/.test(piece) ? 'pocketBag' : 'pocket', 'topstitch', piece, onto)] : [],
  )
