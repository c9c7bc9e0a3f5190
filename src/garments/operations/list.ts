/**
 * The order of operations of a style: what is done to which pieces, on which machine, how long it takes. Read from the
 * seam graph of the base size, its pieces and its bill of materials; a seam more in the pattern is a step more here.
 */
import { seamsOf } from '../techpack/construction.ts'
import type { BomRow, SizeDraft, StyleSpec } from '../types.ts'
import { cutSteps, fuseSteps } from './cutting.ts'
import { finishSteps } from './finishing.ts'
import { sewSteps } from './sewing.ts'
import { groupsOf, isLined, isTailored, type Making, type Operation, sum } from './step.ts'

export type { Operation } from './step.ts'

/**
 * What a seam of lined work takes more than one of a shirt: shell and lining are held against each other, and tailoring is
 * basted, shrunk and pressed as it is sewn (ours, so that whole garments come to what small workshops ask).
 */
const careOf = (making: Making): number => {
  if (isTailored(making)) return 1.4
  return isLined(making) ? 1.2 : 1
}

/**
 * Every step of making one garment, in order, with the minutes of the base size.
 * @param bom the style's bill of materials: what is sewn on
 * @param own minutes that a house has measured itself, by operation code; they stand in for ours
 * @returns an empty list for a draft of the first recipes, which have no seam graph
 */
export function operationsOf(
  spec: StyleSpec,
  size: SizeDraft,
  bom: readonly BomRow[],
  own: Readonly<Record<string, number>> = {},
): Operation[] {
  if (!size.sewn) return []
  const stitches = new Set(seamsOf(spec).map(({ key }) => key))
  const making: Making = { spec, size, stitches }
  const groups = groupsOf(size.sewn)
  const sewn = sewSteps(making, groups)
  const sewnMm = sum(sewn.filter(({ stitch }) => stitch !== null).map(({ mm }) => mm))
  const steps = [...cutSteps(making), ...fuseSteps(making, bom), ...sewn, ...finishSteps(making, groups, bom, sewnMm)]
  const taken = new Map<string, number>()
  const care = careOf(making)
  return steps.map((step, i) => {
    const seen = (taken.get(step.code) ?? 0) + 1
    taken.set(step.code, seen)
    const code = seen > 1 ? `${step.code}-${seen}` : step.code
    const minutes = step.phase === 'sew' ? Math.round(step.minutes * care * 100) / 100 : step.minutes
    return { ...step, n: i + 1, code, minutes: own[code] ?? minutes }
  })
}

/** Minutes of all steps together. */
export const minutesOf = (operations: readonly Operation[]): number =>
  Math.round(sum(operations.map(({ minutes }) => minutes)) * 100) / 100
