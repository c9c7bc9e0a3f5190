/** The tailored sleeve in two halves, as the engine's coats and jackets draft it: its measures and its seams. */
import type { Measures } from '../types.ts'
import { pair } from './common.ts'
import type { Drafted } from './engine.ts'
import type { SeamPair } from './types.ts'

/** Names of the design's parts that are the two halves. */
export interface TwoPieceSleeve {
  top: string
  under: string
}

/** Length from the top of the cap to the middle of the wrist, and half the width at the biceps, mm. */
export function sleeveMeasures(
  d: Drafted,
  { top, under }: TwoPieceSleeve,
): Pick<Measures, 'sleeveLength' | 'halfBicep'> {
  const t = (name: string) => d.point(top, name)
  return {
    sleeveLength: (t('tsWristLeft').y + t('tsWristRight').y) / 2 - t('top').y,
    halfBicep: (d.distance(top, 'tsLeftEdge', 'tsRightEdge') + d.distance(under, 'usLeftEdge', 'usRightEdge')) / 2,
  }
}

/** Length of both halves' caps together, mm: what is eased into the armhole. */
export const capLength = (d: Drafted, { top, under }: TwoPieceSleeve): number =>
  d.seam(top, 'tsLeftEdge', 'backPitchPoint', 'top') + d.seam(under, 'usTip', 'usLeftEdge', 'usLeftEdgeRight')

/** The seam along the inside of the arm. */
export const frontSeam = (d: Drafted, { top, under }: TwoPieceSleeve): SeamPair =>
  pair(
    'topSleeve.front',
    'underSleeve.front',
    d.seam(top, 'tsLeftEdge', 'tsWristLeft'),
    d.seam(under, 'usLeftEdge', 'usWristLeft'),
    10,
  )
