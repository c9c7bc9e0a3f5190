import { describe, expect, test } from 'vitest'
import { NO_HISTORY } from '../../src/core/forecast.ts'
import { DAY } from '../../src/core/values.ts'
import { loserInputs, perDay, reorderDue, reorderInputs, type ReorderFacts } from '../../src/stages/8-reorders/model.ts'

const opensAt = new Date('2026-11-01T00:00:00Z')
const day = (n: number) => new Date(+opensAt + n * DAY)
const sales = (from: number, to: number, each: number, perDayCount = 1) =>
  Array.from({ length: (to - from) * perDayCount }, (_, index) => ({
    at: day(from + (index + 0.5) / perDayCount),
    orders: 1,
    units: each,
  }))

const facts = (change: Partial<ReorderFacts> = {}): ReorderFacts => ({
  now: day(10),
  opensAt,
  closesAt: day(20),
  thresholdUnits: 100,
  minBuyers: 3,
  totalUnits: 130,
  lotUnits: 30,
  lastLotAt: day(6),
  sales: sales(0, 10, 13),
  rate: NO_HISTORY,
  learned: undefined,
  everyDays: 7,
  minUnits: 30,
  leadDays: 14,
  ...change,
})

describe('when the next lot is due', () => {
  test('as soon as enough has gathered', () => {
    expect(reorderDue(facts({ lotUnits: 30 }))).toBe(true)
    expect(reorderDue(facts({ lotUnits: 29 }))).toBe(false)
  })
  test('after the usual time, with anything at all', () => {
    expect(reorderDue(facts({ lotUnits: 1, now: day(13) }))).toBe(true)
    expect(reorderDue(facts({ lotUnits: 1, now: new Date(+day(13) - 1) }))).toBe(false)
    expect(reorderDue(facts({ lotUnits: 0, now: day(19) }))).toBe(false)
  })
})

describe('what is proposed', () => {
  test('is exactly what has gathered, with the demand behind it', () => {
    const inputs = reorderInputs(facts())
    expect(inputs).toMatchObject({ gathered: 30, daysSinceLastLot: 4, pace: 13 })
    expect(inputs.perDay).toEqual(Array.from({ length: 10 }, () => 13))
  })
  test('capacity to reserve covers the pace over the reorder interval and the lead time, with a margin', () => {
    const { reserveUnits } = reorderInputs(facts())
    expect(reserveUnits).toBeGreaterThan(13 * 21)
    expect(reserveUnits).toBeLessThan(13 * 21 * 1.5)
    expect(reorderInputs(facts({ sales: [], totalUnits: 0 })).reserveUnits).toBeLessThan(10)
  })
  test('expects more by the closing date than there is now', () => {
    const { expectedAtClose } = reorderInputs(facts())
    // Ten orders in half of the time: as many again, give or take what ten orders can tell.
    expect(expectedAtClose.low).toBeGreaterThan(130)
    expect(expectedAtClose.median).toBeGreaterThan(200)
    expect(expectedAtClose.median).toBeLessThan(300)
    expect(expectedAtClose.high).toBeLessThan(3 * expectedAtClose.low)
  })
  test('a style that sells three times what it needed is called a winner, an ordinary one is not', () => {
    expect(reorderInputs(facts({ sales: sales(0, 10, 1, 15) })).verdict).toBe('winner')
    expect(reorderInputs(facts({ sales: sales(0, 10, 1, 5) })).verdict).toBe('steady')
  })
  test('days are counted backwards from now, a sale of this hour being today', () =>
    expect(
      perDay(
        [
          { at: day(9.99), orders: 1, units: 2 },
          { at: day(8.01), orders: 2, units: 5 },
        ],
        day(7),
        day(10),
      ),
    ).toEqual([0, 5, 2]))
})

describe('a campaign that will not make it', () => {
  const quiet = { ...facts({ lotUnits: 4, totalUnits: 4 }), sales: sales(0, 4, 1) }
  test('is found before its closing date, with the figures that say so', () => {
    const found = loserInputs(quiet, 1)
    expect(found).toMatchObject({ verdict: 'loser', orders: 4, units: 4, days: 10 })
    expect(found?.score).toBeLessThan(found?.lower ?? 0)
    expect(found?.chance.probability).toBeLessThan(0.05)
  })
  test('is not judged in its first fifth', () =>
    expect(loserInputs({ ...quiet, now: day(3.9), sales: [] }, 1)).toBeUndefined())
  test('is left alone while it keeps the pace', () =>
    expect(loserInputs({ ...quiet, sales: sales(0, 10, 1, 5) }, 1)).toBeUndefined())
  test('is judged by its orders, so that a shop that buys twenty at once is not counted twenty times', () => {
    // two orders of twenty: slow for a hundred units in twenty days, but far from certain
    expect(
      loserInputs({ ...quiet, now: day(6), sales: [1, 4].map((n) => ({ at: day(n), orders: 1, units: 20 })) }, 1),
    ).toBeUndefined()
  })
})
