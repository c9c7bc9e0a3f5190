import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { inspectionPlan, samplingPlan } from '../../src/garments/techpack/index.ts'

const says = (lot: number, aql: 2.5 | 4): string => {
  const plan = samplingPlan(lot, aql, 'major')
  return `${plan.sample} ${plan.accept}/${plan.reject}`
}

test('at AQL 2.5 the sample and its numbers are those of ISO 2859-1 for every lot size the trade uses', () => {
  const published: [from: number, to: number, plan: string][] = [
    [91, 150, '20 1/2'],
    [151, 280, '32 2/3'],
    [281, 500, '50 3/4'],
    [501, 1200, '80 5/6'],
    [1201, 3200, '125 7/8'],
    [3201, 10_000, '200 10/11'],
    [10_001, 35_000, '315 14/15'],
    [35_001, 150_000, '500 21/22'],
  ]
  for (const [from, to, plan] of published)
    for (const lot of [from, to]) expect([lot, says(lot, 2.5)]).toEqual([lot, plan])
})

test('at AQL 4.0 every step asks for one plan earlier', () => {
  const published: [from: number, to: number, plan: string][] = [
    [9, 15, '3 0/1'],
    [16, 25, '3 0/1'], // arrow up to B
    [26, 50, '13 1/2'], // arrow down to E
    [51, 90, '13 1/2'],
    [91, 150, '20 2/3'],
    [151, 280, '32 3/4'],
    [281, 500, '50 5/6'],
    [501, 1200, '80 7/8'],
    [1201, 3200, '125 10/11'],
    [3201, 10_000, '200 14/15'],
    [10_001, 35_000, '315 21/22'],
    [35_001, 150_000, '315 21/22'], // arrow up to M
    [500_001, 900_000, '315 21/22'],
  ]
  for (const [from, to, plan] of published)
    for (const lot of [from, to]) expect([lot, says(lot, 4)]).toEqual([lot, plan])
})

test('an arrow is followed to the plan above or below, with that plan’s own sample', () => {
  expect(samplingPlan(40, 2.5, 'major')).toMatchObject({
    letter: 'D',
    planLetter: 'C',
    sample: 5,
    accept: 0,
    reject: 1,
  })
  expect(samplingPlan(70, 2.5, 'major')).toMatchObject({
    letter: 'E',
    planLetter: 'F',
    sample: 20,
    accept: 1,
    reject: 2,
  })
  expect(samplingPlan(2000_000, 2.5, 'major')).toMatchObject({ letter: 'Q', planLetter: 'N', sample: 500, accept: 21 })
})

test('a lot no larger than its sample is inspected whole', () => {
  expect(samplingPlan(4, 2.5, 'major')).toMatchObject({ sample: 4, accept: 0, every: true })
  expect(samplingPlan(5, 2.5, 'major')).toMatchObject({ sample: 5, every: true })
  expect(samplingPlan(6, 2.5, 'major')).toMatchObject({ sample: 5, every: false })
  expect(samplingPlan(2, 4, 'minor')).toMatchObject({ sample: 2, accept: 0, every: true })
})

test('one critical fault in the whole draw rejects the lot', () => {
  const plan = inspectionPlan(120)
  expect(plan.plans.map((p) => [p.class, p.aql, p.sample, p.accept, p.reject])).toEqual([
    ['critical', 0, 20, 0, 1],
    ['major', 2.5, 20, 1, 2],
    ['minor', 4, 20, 2, 3],
  ])
  expect(inspectionPlan(40)).toMatchObject({
    draw: 13,
    plans: [{ sample: 13, accept: 0 }, { sample: 5 }, { sample: 13 }],
  })
})

test('for any lot the sample fits in it and a laxer limit never accepts fewer faults per garment', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (lot) => {
      const { plans, draw } = inspectionPlan(lot)
      for (const plan of plans) {
        expect(plan.sample).toBeLessThanOrEqual(Math.min(lot, draw))
        expect(plan.reject).toBe(plan.accept + 1)
      }
    }),
  )
})

test('half a garment is no lot', () => {
  expect(() => inspectionPlan(12.5)).toThrow(Problem)
  expect(() => inspectionPlan(0)).toThrow(/whole number/)
})
