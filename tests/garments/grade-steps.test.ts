/** A size chart grows as its size system's bodies do: 5·4 means 4 cm of chest a size, whatever a garment's ease. */
import { expect, test } from 'vitest'
import { BLOCKS } from '../../src/garments/categories/index.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { draftStyle } from '../../src/garments/pattern.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import type { MeasureCode, SizeDraft, StyleSpec } from '../../src/garments/types.ts'

/** What half a girth of the garment follows, and how far it may stray: a dress is measured beside its bust seam. */
const FOLLOWS: readonly { code: MeasureCode; ease: string; of: string; within: number }[] = [
  { code: 'halfChest', ease: 'chestEase', of: 'chest', within: 1.5 },
  { code: 'halfWaist', ease: 'waistEase', of: 'waist', within: 2.7 },
]
const steps = (sizes: readonly SizeDraft[], of: (size: SizeDraft) => number): number[] =>
  sizes.slice(1).map((size, i) => of(size) - of(sizes[i]!))

test.each(BLOCKS.map(({ category, gender }) => ({ category, gender })))(
  'a $category for $gender grows by what the bodies of 5·4 grow by',
  ({ category, gender }) => {
    const spec: StyleSpec = sampleSpec(category, gender, MATERIALS)
    const { sizes } = draftStyle(spec)
    for (const { code, ease, of, within } of FOLLOWS) {
      if (sizes[0]!.measures[code] === undefined || spec.parameters[ease] === undefined) continue
      const bodies = steps(sizes, ({ body }) => body[of]! / 2)
      for (const [i, step] of steps(sizes, ({ measures }) => measures[code]!).entries())
        expect(Math.abs(step - bodies[i]!), `${code} ${sizes[i + 1]!.size}: ${step}`).toBeLessThanOrEqual(within)
    }
    // The arm of 5·4 grows by 15 mm, and a long sleeve with it.
    if (sizes[0]!.measures.sleeveLength! > 450)
      for (const step of steps(sizes, ({ measures }) => measures.sleeveLength!))
        expect(Math.abs(step - 15), `sleeve: ${step}`).toBeLessThanOrEqual(1)
  },
)

test('what the first recipes drafted grows as it did: by its percentages', () => {
  const { recipe: _, ...first } = sampleSpec('shirt', 'men', MATERIALS)
  const { sizes } = draftStyle(first)
  expect(steps(sizes, ({ measures }) => measures.halfChest!).map(Math.round)).toEqual([23, 23, 23, 23])
})
