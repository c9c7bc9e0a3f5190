/** Garments as they are drafted with the seam graph, for what is draped of them. */
import { MATERIALS } from '../../../src/garments/materials.ts'
import { draftStyle } from '../../../src/garments/pattern.ts'
import { sampleSpec } from '../../../src/garments/sample.ts'
import type { Category, Gender, SizeDraft, StyleSpec } from '../../../src/garments/types.ts'

export const specOf = (category: Category, gender: Gender, construction: Record<string, string> = {}): StyleSpec =>
  sampleSpec(category, gender, MATERIALS, { construction })

/** Smallest, base and largest size of a garment as its block makes it. */
export function threeSizes(category: Category, gender: Gender): SizeDraft[] {
  const spec = specOf(category, gender)
  const { sizes } = draftStyle(spec)
  return sizes.filter((size, i) => i === 0 || i === sizes.length - 1 || size.size === spec.sizes.base)
}
