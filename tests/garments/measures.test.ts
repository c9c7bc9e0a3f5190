import { describe, expect, it } from 'vitest'
import { sampleSpec } from '../../src/garments/sample.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { measureOf, monotoneFaults } from '../../src/garments/measures.ts'
import { draftOf } from '../support/drafts.ts'

describe('the size chart', () => {
  const spec = sampleSpec('trousers', 'men', MATERIALS)
  const draft = draftOf(spec)

  it('grades each point by the difference of the drafts', () => {
    for (const point of draft.points) {
      const values = draft.sizes.map((s) => s.measures[point.code] ?? Number.NaN)
      expect(point.grade).toEqual(values.slice(1).map((v, i) => Math.round((v - (values[i] ?? 0)) * 10) / 10 + 0))
      expect(point.tolerance).toBeGreaterThan(0)
      expect(point.how.zh).toMatch(/[\u4e00-\u9fff]/)
    }
  })

  it('what is measured can be recomputed from the body: 2 % ease on waist, 6 % on the seat', () => {
    const base = draft.sizes.find((s) => s.size === spec.sizes.base)
    const half = (key: string, ease: number) => ((base?.body[key] ?? 0) * ease) / 2
    expect(base?.measures.halfHip).toBeGreaterThan(half('seat', 1.03))
    expect(base?.measures.halfHip).toBeLessThan(half('seat', 1.12))
    expect(base?.measures.halfWaist).toBeGreaterThan(half('waist', 1))
    expect(measureOf(draft, spec.sizes.base, 'outseam')).toBeCloseTo(1020, -1)
    expect(() => measureOf(draft, spec.sizes.base, 'halfChest')).toThrow(RangeError)
  })

  it('a girth that rests and a length that shrinks are faults', () => {
    const faults = monotoneFaults([
      { size: 'S', measures: { halfChest: 500, bodyLength: 700, armhole: 200 } },
      { size: 'M', measures: { halfChest: 500, bodyLength: 690, armhole: 200 } },
    ])
    expect(faults.map((f) => f.code)).toEqual(['halfChest', 'bodyLength'])
  })
})
