/** The tailored sleeve in two halves, as the engine's coats and jackets draft it: its measures and its seams. */
import { EASE } from '../sewing/ease.ts'
import type { Measures } from '../types.ts'
import { pair } from './common.ts'
import type { Drafted } from './engine.ts'
import { along, hung } from './truing.ts'
import type { SeamPair, Shape } from './types.ts'

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

/** Where the long seams of a half end: what follows the elbow on its inner and on its outer seam. */
interface SleeveEnds {
  inner: readonly string[]
  outer: readonly string[]
}

/** Rounding of outlines that a trued seam stays clear of, mm. */
const CLEAR = 0.5
/**
 * The under sleeve as long along the inside of the arm as the top sleeve's ease allows: let down or taken up at that corner of
 * its hem. Long wide sleeves of the largest sizes need it.
 * @param halves both as they are cut, with all their points
 * @param ends of the top sleeve's seams, and of the under sleeve's
 */
export function underSleeveShape(
  halves: { top: Shape; under: Shape },
  ends: { top: Pick<SleeveEnds, 'inner'>; under: SleeveEnds },
): Shape {
  const inner = ['usLeftEdge', 'usElbowLeft', ...ends.under.inner]
  const outer = ['usTip', 'usRightEdge', 'elbowRight', ...ends.under.outer]
  const top = along(halves.top, 'tsLeftEdge', 'tsElbowLeft', ...ends.top.inner)
  const now = along(halves.under, ...inner)
  const [least, most] = EASE.innerSleeve.range(now)
  const target = Math.min(top - least - CLEAR, Math.max(top - most + CLEAR, now))
  if (target === now) return halves.under
  return hung(halves.under, halves.under.points['usLeftEdge']?.y ?? 0, {
    left: { seam: inner, target },
    right: { seam: outer, target: along(halves.under, ...outer) },
  })
}
