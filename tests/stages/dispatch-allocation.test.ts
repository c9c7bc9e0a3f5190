import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/core/values.ts'
import {
  allocate,
  leadDaysOf,
  percentile90,
  type AllocationInputs,
  type Candidate,
} from '../../src/stages/6-dispatch/allocation.ts'
import { RETRY_DELAYS, retryAfter, retryDelay } from '../../src/stages/6-dispatch/model.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const inDays = (days: number) => new Date(Date.parse(NOW) + days * DAY).toISOString()

const factory = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  id,
  name: `Factory ${id}`,
  state: 'active',
  verified: true,
  categories: ['coat', 'shirt'],
  moq: 50,
  maxUnits: 5000,
  weeklyCapacity: 500,
  leadDays: 20,
  price: 9000,
  currency: 'CNY',
  complianceClass: 'B',
  committedUnits: 0,
  history: { done: 20, late: 2, inspected: 20, failed: 1, leadDays: [] },
  recentUnits: 100,
  ...change,
})

const inputs = (factories: Candidate[], change: Partial<AllocationInputs> = {}): AllocationInputs => ({
  version: 1,
  units: 120,
  category: 'coat',
  safetyClass: 'C',
  currency: 'CNY',
  now: NOW,
  shipBy: inDays(28),
  ceiling: 12_000,
  terms: {
    latePenalty: 5000,
    rework: 4500,
    maxSharePercent: 60,
    explorationPercent: 0,
    explorationUnits: 300,
  },
  recentOrders: 0,
  askedBefore: 0,
  factories,
  ...change,
})
const order = (given: AllocationInputs) =>
  allocate(given)
    .filter(({ rank }) => rank !== null)
    .map(({ factoryId }) => factoryId)

describe('who is filtered out, and why', () => {
  test.each<[string, Partial<Candidate>, RegExp]>([
    ['a paused factory', { state: 'paused' }, /not active/],
    ['one that never answered the test message', { verified: false }, /verified/],
    ['one that does not make coats', { categories: ['tee'] }, /does not make coat/],
    ['one whose minimum is above the lot', { moq: 121 }, /minimum of 121/],
    ['one whose maximum is below the lot', { maxUnits: 119 }, /maximum of 119/],
    ['one that is cleared for a weaker class', { complianceClass: 'D' }, /class D/],
    ['one that quotes in another currency', { currency: 'USD' }, /USD/],
    ['one at whose price the garment sells below cost', { price: 12_001 }, /below cost/],
    ['one that is too slow', { leadDays: 29 }, /29 days/],
    ['one that is full', { committedUnits: 1881 }, /free capacity .* 119/],
  ])('%s', (_, change, reason) => {
    const [row] = allocate(inputs([factory('a', change)]))
    expect(row).toMatchObject({ rank: null, factoryId: 'a' })
    expect(row?.reasons.map(({ en }) => en).join(' ')).toMatch(reason)
    expect(row?.reasons.every(({ zh }) => /[\u4e00-\u9fff]/.test(zh))).toBe(true)
  })
  test('on the very line nobody is filtered out', () => {
    const tight = { moq: 120, maxUnits: 120, price: 12_000, leadDays: 28, committedUnits: 1880 }
    expect(order(inputs([factory('a', tight)]))).toEqual(['a'])
  })
  test('a factory cleared for class A may make class B', () =>
    expect(order(inputs([factory('a', { complianceClass: 'A' })], { safetyClass: 'B' }))).toEqual(['a']))
  test('all reasons are told, not only the first', () =>
    expect(allocate(inputs([factory('a', { moq: 999, leadDays: 99 })]))[0]?.reasons).toHaveLength(2))
})

describe('who is asked first', () => {
  test('the cheapest, when all else is equal', () =>
    expect(order(inputs([factory('a', { price: 9500 }), factory('b', { price: 9000 })]))).toEqual(['b', 'a']))

  test('not the cheapest, when its lateness costs more than it saves', () => {
    const late = factory('cheap', { price: 8900, history: { ...factory('x').history, late: 10 } })
    const [first, second] = allocate(inputs([late, factory('punctual')]))
    expect(first).toMatchObject({ factoryId: 'punctual', rank: 1 })
    // (10 + 1.5) / (20 + 10) late, (1 + 1) / (20 + 10) failed
    expect(second?.expectedCost).toBe(Math.round(8900 + (11.5 / 30) * 5000 + (2 / 30) * 4500))
  })

  test('two good orders out of two do not beat 95 out of 100', () => {
    const few = factory('few', { history: { done: 2, late: 0, inspected: 2, failed: 0, leadDays: [] } })
    const many = factory('many', { history: { done: 100, late: 5, inspected: 100, failed: 5, leadDays: [] } })
    expect(order(inputs([few, many]))).toEqual(['many', 'few'])
  })

  test('the classic score stands beside it, between 0 and 1', () => {
    for (const { score } of allocate(inputs([factory('a'), factory('b', { price: 11_000 })]))) {
      expect(score).toBeGreaterThan(0)
      expect(score).toBeLessThanOrEqual(1)
    }
  })

  test('what a factory did counts more than what it says: its 90th percentile, once there are five', () => {
    expect(percentile90([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBe(9)
    expect(leadDaysOf(14, [30, 30, 30, 30])).toBe(14)
    expect(leadDaysOf(14, [12, 30, 20, 15, 16])).toBe(30)
    expect(leadDaysOf(14, [9, 9, 9, 9, 9])).toBe(14)
  })

  test('a factory over its share comes after the others, and is still asked', () => {
    const given = inputs([factory('big', { price: 8000, recentUnits: 900 }), factory('small', { recentUnits: 100 })], {
      recentOrders: 9,
    })
    expect(order(given)).toEqual(['small', 'big'])
    expect(order({ ...given, recentOrders: 2 })).toEqual(['big', 'small'])
  })

  test('a factory nobody knows yet gets the share it is owed, in small lots only', () => {
    const unknown = factory('new', {
      price: 9900,
      recentUnits: 0,
      history: { done: 0, late: 0, inspected: 0, failed: 0, leadDays: [] },
    })
    const given = inputs([factory('known', { recentUnits: 1000 }), unknown], {
      terms: { ...inputs([]).terms, explorationPercent: 15 },
    })
    expect(order(given)).toEqual(['new', 'known'])
    expect(order({ ...given, units: 301 })).toEqual(['known', 'new'])
    const served = inputs([factory('known', { recentUnits: 1000 }), { ...unknown, recentUnits: 400 }], {
      terms: given.terms,
    })
    expect(order(served)).toEqual(['known', 'new'])
  })
})

test('the same inputs give the same ranking, also after a journey through JSON and in any order of factories', () => {
  const arbitrary = fc.array(
    fc.record({
      price: fc.integer({ min: 8000, max: 13_000 }),
      late: fc.nat(20),
      failed: fc.nat(20),
      recentUnits: fc.nat(2000),
      moq: fc.integer({ min: 1, max: 200 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  fc.assert(
    fc.property(arbitrary, fc.nat(12), (rows, recentOrders) => {
      const factories = rows.map(({ late, failed, ...row }, index) =>
        factory(`f${index}`, { ...row, history: { ...factory('x').history, late, failed } }),
      )
      const given = inputs(factories, { recentOrders })
      const ranking = allocate(given)
      expect(allocate(JSON.parse(JSON.stringify(given)) as AllocationInputs)).toEqual(ranking)
      expect(allocate({ ...given, factories: factories.toReversed() })).toEqual(ranking)
      expect(ranking.flatMap(({ rank }) => rank ?? [])).toEqual(
        ranking.filter(({ rank }) => rank !== null).map((_, index) => index + 1),
      )
    }),
  )
})

describe('when a delivery is tried again', () => {
  test('at least twelve attempts over five days, each ±20 %', () => {
    expect(RETRY_DELAYS.length + 1).toBeGreaterThanOrEqual(12)
    const days = RETRY_DELAYS.reduce((sum, delay) => sum + delay, 0) / DAY
    expect(days).toBeGreaterThan(4.9)
    expect(days).toBeLessThan(5.5)
    expect(retryDelay(1, 0, () => 0)).toBe(4000)
    expect(retryDelay(1, 0, () => 1)).toBe(6000)
    expect(retryDelay(RETRY_DELAYS.length + 1)).toBeUndefined()
  })
  test('not sooner than the endpoint asks, up to a day', () => {
    const now = new Date('2026-11-22T00:00:00Z')
    expect(retryDelay(1, retryAfter('3600', now), () => 0)).toBe(3_600_000)
    expect(retryDelay(1, retryAfter('Sun, 22 Nov 2026 00:10:00 GMT', now), () => 0)).toBe(600_000)
    expect(retryDelay(1, retryAfter('999999999', now), () => 0)).toBe(DAY)
    for (const header of [undefined, '', 'soon', '-5', 'Sat, 21 Nov 2026 00:00:00 GMT'])
      expect(retryAfter(header, now), String(header)).toBe(0)
  })
})
