import { describe, expect, test } from 'vitest'
import { gammaTail, logGamma } from '../../src/core/special.ts'
import {
  freshBurst,
  fuseRanks,
  kleinbergBursts,
  seasonLift,
  structuralRise,
  type Weekly,
} from '../../src/stages/1-trends/scoring.ts'

const weeks = (n: number, value: (i: number) => number | undefined): Weekly =>
  Array.from({ length: n }, (_, i) => value(i))
/** Week i of n counted back from the scored one: 0 = the scored week. */
const back = (n: number, value: (ago: number) => number | undefined): Weekly => weeks(n, (i) => value(n - 1 - i))
const L = (x: number) => Math.log(x + 1)

describe('the incomplete gamma function', () => {
  test('agrees with closed forms: Q(1, x) = e^-x, Q(3, x) = e^-x (1 + x + x²/2)', () => {
    for (const x of [0.1, 1, 2.5, 7, 40]) {
      expect(gammaTail(1, 1, x)).toBeCloseTo(Math.exp(-x), 12)
      expect(gammaTail(3, 1, x)).toBeCloseTo(Math.exp(-x) * (1 + x + (x * x) / 2), 12)
    }
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12)
  })

  test('is 1 at nothing, falls with x, and does not break far out', () => {
    expect(gammaTail(5, 1, 0)).toBe(1)
    expect(gammaTail(5, 1, 5)).toBeGreaterThan(gammaTail(5, 1, 6))
    expect(gammaTail(2000, 1, 2000)).toBeCloseTo(0.497, 2)
    expect(gammaTail(5, 1, 1000)).toBe(0)
    // Poisson: P(Gamma(5, 1) > 3) = P(at most 4 events at mean 3)
    const poisson = Math.exp(-3) * (1 + 3 + 9 / 2 + 27 / 6 + 81 / 24)
    expect(gammaTail(5, 1, 3)).toBeCloseTo(poisson, 12)
  })
})

describe('season coming', () => {
  test('a coat that sells every winter is coming in autumn and not in spring', () => {
    const winter = (ago: number) => (ago % 52 >= 40 || ago % 52 === 0 ? 80 : 10)
    // The 12 weeks that follow the same week of earlier years are ago = 51 … 40, 103 … 92, and so on.
    expect(seasonLift(back(208, winter))).toBeGreaterThan(0.8)
    const summer = (ago: number) => (ago % 52 >= 14 && ago % 52 <= 26 ? 80 : 10)
    expect(seasonLift(back(208, summer))).toBeLessThan(0)
  })

  test('the formula, by hand: flat years with a known next quarter', () => {
    // 104 weeks: k = 1 only. The 12 weeks after t−52 hold 30, everything else 10.
    const y = back(104, (ago) => (ago >= 40 && ago <= 51 ? 30 : 10))
    const season = L(30) - L(10)
    // mom_0: last 4 weeks (10) against the last 52 (40 weeks of 10, 12 of 30); mom_1: 10 against 10.
    const momentum = L(10) - L((40 * 10 + 12 * 30) / 52)
    expect(seasonLift(y)).toBeCloseTo(season + 0.6 * (momentum - 0), 12)
  })

  test('two years are needed', () => {
    expect(seasonLift(weeks(103, () => 10))).toBeUndefined()
    expect(seasonLift(weeks(104, () => 10))).toBeCloseTo(0, 12)
  })
})

describe('structural rise', () => {
  test('the formula, by hand: twice last year over both windows', () => {
    const y = back(78, (ago) => (ago <= 25 ? 20 : 10))
    expect(structuralRise(y)).toBeCloseTo(L(20) - L(10), 12)
    const recent = back(78, (ago) => (ago <= 12 ? 20 : 10))
    expect(structuralRise(recent)).toBeCloseTo(0.5 * (L(20) - L(10)) + 0.5 * (L(15) - L(10)), 12)
  })

  test('a season that comes every year is no rise', () => {
    expect(structuralRise(back(130, (ago) => (ago % 52 < 12 ? 90 : 5)))).toBeCloseTo(0, 12)
  })

  test('78 weeks are needed', () => {
    expect(structuralRise(weeks(77, () => 3))).toBeUndefined()
  })
})

describe('fresh burst', () => {
  test('the formula, by hand', () => {
    // 57 weeks, exposure 100 a week; weeks t−52 … t−4 hold 49 mentions, then 2, 4, 6, 8.
    const count = [...back(57, (ago) => [8, 6, 4, 2][ago] ?? (ago <= 52 ? 1 : 0))].map((v) => v ?? 0)
    const exposure = count.map(() => 100)
    const burst = freshBurst([{ count, exposure }])
    const recent = 8 + 0.9 * 6 + 0.75 * 4 + 0.55 * 2
    const rate = (49 + 0.5) / (4900 + 1)
    const expected = rate * 100 * (1 + 0.9 + 0.75 + 0.55)
    expect(burst?.recent).toBeCloseTo(recent, 12)
    expect(burst?.expected).toBeCloseTo(expected, 12)
    expect(burst?.burst).toBeCloseTo(Math.log((recent + 5) / (expected + 5)), 12)
    expect(burst?.confidence).toBeCloseTo(gammaTail(5 + recent, 5 + expected, 1.5), 12)
  })

  test('a word never seen before bursts with a few mentions, one alone does not', () => {
    const exposure = Array.from({ length: 30 }, () => 200)
    const quiet = exposure.map(() => 0)
    const loud = [...quiet.slice(0, -1), 12]
    const single = [...quiet.slice(0, -1), 1]
    expect(freshBurst([{ count: loud, exposure }])?.confidence).toBeGreaterThan(0.9)
    expect(freshBurst([{ count: single, exposure }])?.confidence).toBeLessThan(0.5)
  })

  test('a source that was just added cannot tell new from usual', () => {
    expect(freshBurst([{ count: [5, 9], exposure: [10, 20] }])).toBeUndefined()
    const old = { count: Array.from({ length: 60 }, () => 2), exposure: Array.from({ length: 60 }, () => 50) }
    const joined = freshBurst([old, { count: [40, 40], exposure: [50, 50] }])
    expect(joined?.burst).toBeCloseTo(freshBurst([old])?.burst ?? Number.NaN, 12)
  })

  test('a source that says twice as much of everything makes no burst', () => {
    const exposure = Array.from({ length: 60 }, (_, i) => (i >= 56 ? 400 : 200))
    const count = exposure.map((e) => e / 20)
    expect(Math.abs(freshBurst([{ count, exposure }])?.burst ?? 9)).toBeLessThan(0.02)
  })
})

describe('an outage', () => {
  /** 34 days without data, as a real archive had: five weeks, the first and last of them cut. */
  const hole = (ago: number) => ago >= 2 && ago <= 6

  test('of five weeks looks neither like a fall nor, when it ends, like a rise', () => {
    const y = back(130, (ago) => (hole(ago) ? undefined : 20))
    expect(structuralRise(y)).toBeCloseTo(0, 12)
    expect(seasonLift(y)).toBeCloseTo(0, 12)
    const exposure = [...back(60, (ago) => (hole(ago) ? 0 : 700))].map((v) => v ?? 0)
    const count = exposure.map((e) => e / 35)
    expect(Math.abs(freshBurst([{ count, exposure }])?.burst ?? 9)).toBeLessThan(0.02)
    expect(kleinbergBursts({ count, exposure }).some(Boolean)).toBe(false)
    // Read as zeros, the same hole would have been a fall.
    expect(structuralRise(back(130, (ago) => (hole(ago) ? 0 : 20)))).toBeLessThan(-0.1)
  })

  test('that swallows most of a window leaves the score open instead of guessing', () => {
    expect(structuralRise(back(130, (ago) => (ago < 8 ? undefined : 20)))).toBeUndefined()
  })
})

describe("Kleinberg's second opinion", () => {
  test('finds the weeks that three times the usual rate explains best', () => {
    const exposure = Array.from({ length: 40 }, () => 100)
    const count = exposure.map((_, i) => (i >= 30 && i <= 33 ? 12 : 2))
    const bursts = kleinbergBursts({ count, exposure })
    expect(bursts.map((on, i) => (on ? i : -1)).filter((i) => i >= 0)).toEqual([30, 31, 32, 33])
  })

  test('an ordinary week with one mention more is none', () => {
    const exposure = Array.from({ length: 40 }, () => 100)
    expect(kleinbergBursts({ count: exposure.map((_, i) => (i === 39 ? 3 : 2)), exposure }).some(Boolean)).toBe(false)
    expect(kleinbergBursts({ count: [], exposure: [] })).toEqual([])
  })
})

describe('the combined order', () => {
  test('is reciprocal rank fusion with k = 60', () => {
    const order = fuseRanks([
      ['coat', 'tee'],
      ['tee', 'skirt'],
    ])
    expect(order.map((one) => one.key)).toEqual(['tee', 'coat', 'skirt'])
    expect(order[0]?.score).toBeCloseTo(1 / 62 + 1 / 61, 12)
  })

  test('is the same every time, ties included', () => {
    expect(fuseRanks([['b'], ['a']]).map((one) => one.key)).toEqual(['a', 'b'])
  })
})
