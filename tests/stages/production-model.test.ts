import { REPORTED_STATES, type ReportedState } from '../../src/stages/6-dispatch/life.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/core/values.ts'
import { expectedDelivery, standingAfter, START, step } from '../../src/stages/7-production/model.ts'

const report = (sequence: number, state: ReportedState, reportId = `r${sequence}`) => ({ reportId, sequence, state })
const after = (...states: ReportedState[]) => standingAfter(states.map((state, index) => report(index + 1, state)))

describe('reports in their order', () => {
  test('take an order from stage to stage', () =>
    expect(after('materials', 'cutting', 'sewing', 'finishing', 'quality-check', 'shipped', 'delivered')).toEqual({
      state: 'delivered',
      reached: 'delivered',
      sequence: 7,
    }))
  test('may leave stages out', () => expect(after('sewing', 'shipped').state).toBe('shipped'))
  test('never lead backwards', () => {
    expect(after('shipped', 'sewing')).toMatchObject({ state: 'shipped', sequence: 1 })
    expect(after('delivered', 'shipped', 'on-hold').state).toBe('delivered')
    expect(after('sewing', 'materials').state).toBe('sewing')
  })
  test('lead back to finishing after a failed check, and from nowhere else', () => {
    expect(after('quality-check', 'finishing')).toMatchObject({ state: 'finishing', sequence: 2 })
    expect(after('quality-check', 'finishing', 'quality-check', 'shipped').state).toBe('shipped')
    expect(after('shipped', 'finishing').state).toBe('shipped')
    expect(after('quality-check', 'sewing').state).toBe('quality-check')
  })
  test('hold an order and let it go on from where it was held', () => {
    expect(after('sewing', 'on-hold')).toMatchObject({ state: 'on-hold', reached: 'sewing' })
    expect(after('sewing', 'on-hold', 'sewing').state).toBe('sewing')
    expect(after('sewing', 'on-hold', 'cutting').state).toBe('on-hold')
    expect(after('on-hold', 'materials').state).toBe('materials')
    expect(after('shipped', 'on-hold').state).toBe('shipped')
  })
})

const reports = fc
  .array(fc.record({ sequence: fc.integer({ min: 1, max: 12 }), state: fc.constantFrom(...REPORTED_STATES) }), {
    minLength: 1,
    maxLength: 10,
  })
  .map((rows) => rows.map(({ sequence, state }, index) => report(sequence, state, `r${index}`)))

test('any order of arrival and any repetition of a set of reports ends in the same state', () =>
  fc.assert(
    fc.property(
      reports.chain((set) =>
        fc.tuple(
          fc.constant(set),
          fc
            .array(fc.constantFrom(...set), { maxLength: 10 })
            .chain((more) => fc.shuffledSubarray([...set, ...more], { minLength: set.length + more.length })),
        ),
      ),
      ([set, arrival]) => {
        const kept = new Map<string, (typeof set)[number]>()
        for (const each of arrival) kept.set(each.reportId, each)
        expect(standingAfter([...kept.values()])).toEqual(standingAfter(set))
      },
    ),
    { numRuns: 500 },
  ))

test('while reports arrive, garments that have left never come back', () =>
  fc.assert(
    fc.property(reports, (arrival) => {
      let left = 0
      arrival.forEach((_, index) => {
        const { state } = standingAfter(arrival.slice(0, index + 1))
        const now = state === 'delivered' ? 2 : state === 'shipped' ? 1 : 0
        expect(now).toBeGreaterThanOrEqual(left)
        left = now
      })
    }),
    { numRuns: 500 },
  ))

test('a report that counts moves the sequence number to its own', () =>
  expect(step(START, report(7, 'cutting'))).toEqual({ state: 'cutting', reached: 'cutting', sequence: 7 }))

describe('when it will be there', () => {
  const since = new Date('2026-11-01T00:00:00Z')
  const days = (expected: Date) => (expected.getTime() - since.getTime()) / DAY
  const plan = { since, leadDays: 20, shippingDays: 4 }
  test('on the day of acceptance: lead time and transport', () =>
    expect(days(expectedDelivery({ ...plan, reached: 'accepted', now: since }))).toBeCloseTo(24, 9))
  test('a stage that takes no longer than planned changes nothing', () =>
    expect(days(expectedDelivery({ ...plan, reached: 'accepted', now: new Date(+since + 3 * DAY) }))).toBeCloseTo(
      24,
      9,
    ))
  test('each day a stage is over its time is a day later', () =>
    expect(days(expectedDelivery({ ...plan, reached: 'accepted', now: new Date(+since + 8 * DAY) }))).toBeCloseTo(
      29,
      9,
    ))
  test('sewing begun: sewing, finishing, check and transport are left', () =>
    expect(days(expectedDelivery({ ...plan, reached: 'sewing', now: since }))).toBeCloseTo(20 * 0.5 + 4, 9))
  test('shipped: only the transport', () =>
    expect(days(expectedDelivery({ ...plan, reached: 'shipped', now: since }))).toBe(4))
})
