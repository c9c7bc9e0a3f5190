import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { replayChance, WINDOW_DAYS } from '../../scripts/replay/chance.ts'
import { replayReorders, SEASON } from '../../scripts/replay/reorder.ts'
import { launchesIn, readOrders } from '../../scripts/replay/sales.ts'
import { believed, chanceOfGoal, ignorance, learn, type Count, type Goal } from '../../src/core/reach.ts'
import { countQuantile, gammaTail, poissonCdf } from '../../src/core/special.ts'

const goal: Goal = { units: 20, buyers: 3 }
const ask = (now: Count, elapsed: number, sought = goal) => chanceOfGoal(ignorance(sought), now, elapsed, sought)

describe('people and what they take', () => {
  test('one buyer of twenty is no certainty, and not enough to say anything', () => {
    const one = ask({ buyers: 1, units: 20 }, 0.001)
    expect(one.probability).toBeLessThan(0.95)
    expect(one.enough).toBe(false)
    // Two more people are wanted: that is all that is left to be guessed.
    expect(ask({ buyers: 1, units: 2000 }, 0.001).probability).toBeCloseTo(one.probability, 6)
  })
  test('a goal reached in pieces and not in people is open; in both it is certain', () => {
    expect(ask({ buyers: 2, units: 150 }, 0.9).probability).toBeLessThan(1)
    expect(ask({ buyers: 3, units: 20 }, 0.1)).toMatchObject({ probability: 1, interval: [1, 1], enough: true })
  })
  test('at the end there is nothing left to be guessed', () => {
    expect(ask({ buyers: 2, units: 150 }, 1)).toMatchObject({ probability: 0, interval: [0, 0], units: { high: 150 } })
    expect(ask({ buyers: 3, units: 20 }, 1).probability).toBe(1)
  })
  test('the first minute of a launch is not multiplied to its end', () => {
    const { units } = ask({ buyers: 8, units: 170 }, 1 / 20_000, { units: 200, buyers: 10 })
    expect(units.median).toBeLessThan(5000)
    expect(units.low).toBeLessThan(1000)
    expect(units.high).toBeGreaterThan(units.low * 5)
  })
  test('rises with every buyer and falls with every idle day', () => {
    const at = (buyers: number, elapsed: number) =>
      ask({ buyers, units: buyers * 2 }, elapsed, { units: 60, buyers: 5 })
    const chances = [5, 8, 12, 20].map((buyers) => at(buyers, 0.4).probability)
    expect(chances).toEqual(chances.toSorted((a, b) => a - b))
    const idle = [0.2, 0.4, 0.6, 0.8].map((elapsed) => at(10, elapsed).probability)
    expect(idle).toEqual(idle.toSorted((a, b) => b - a))
    const { interval, probability } = at(10, 0.4)
    expect(interval[0]).toBeLessThan(probability)
    expect(interval[1]).toBeGreaterThan(probability)
  })
  test('the same units from more people promise more', () => {
    const sought = { units: 60, buyers: 5 }
    expect(ask({ buyers: 10, units: 30 }, 0.4, sought).probability).toBeGreaterThan(
      ask({ buyers: 3, units: 30 }, 0.4, sought).probability,
    )
  })
  test('nobody for nine tenths of the time is told as it is', () => {
    const none = ask({ buyers: 0, units: 0 }, 0.9)
    expect(none.enough).toBe(true)
    expect(none.probability).toBeLessThan(0.01)
  })
})

describe('what campaigns that are over teach', () => {
  test('nothing while they are fewer than five, or nobody bought', () => {
    expect(learn(Array.from({ length: 4 }, () => ({ buyers: 10, units: 20 })))).toBeUndefined()
    expect(learn(Array.from({ length: 9 }, () => ({ buyers: 0, units: 0 })))).toBeUndefined()
    expect(believed(undefined, goal)).toEqual(ignorance(goal))
  })
  test('how many come, and what each takes', () => {
    const past = Array.from({ length: 40 }, (_, n) => ({ buyers: 20 + (n % 9), units: (20 + (n % 9)) * 6 }))
    const learned = learn(past)
    expect(learned && learned.buyers.a / learned.buyers.b).toBeCloseTo(24, 0)
    const { shape, p, q } = learned?.units ?? { shape: 0, p: 1, q: 0 }
    expect((shape * q) / p).toBeGreaterThan(4)
    expect((shape * q) / p).toBeLessThan(8)
    // A goal far beyond what ever came is believed less than one that is usual.
    const far = { units: 2000, buyers: 3 }
    expect(chanceOfGoal(believed(learned, far), { buyers: 5, units: 30 }, 0.2, far).probability).toBeLessThan(0.2)
  })
})

test('a Poisson count, and where it has its quantiles', () => {
  expect(poissonCdf(2, 0)).toBeCloseTo(Math.exp(-2), 12)
  expect(poissonCdf(2, 1.7)).toBeCloseTo(3 * Math.exp(-2), 12)
  expect([poissonCdf(0, 0), poissonCdf(3, -1)]).toEqual([1, 0])
  expect(poissonCdf(1000, 1000)).toBeCloseTo(gammaTail(1001, 1, 1000), 12)
  expect(countQuantile((k) => poissonCdf(2, k), 0.5)).toBe(2)
})

const orders = new URL('../../../shared/data/uci_retail/orders_2010-12_2011-05.csv.gz', import.meta.url).pathname
describe.skipIf(!existsSync(orders))('on launches that nobody had seen (skipped without ../shared/data)', () => {
  const articles = existsSync(orders) ? readOrders(orders) : new Map<string, never>()
  const split = new Date('2011-03-01')
  test('people × units tell at most .65 × the log loss of units alone, at every moment, and what is said comes true', () => {
    const { judged, at } = replayChance(launchesIn(articles, WINDOW_DAYS), split)
    expect(judged).toBeGreaterThan(150)
    for (const { rule, byUnits, usual, calibration } of at) {
      expect(rule).toBeLessThan(0.65 * byUnits)
      expect(rule).toBeLessThan(0.65 * usual)
      const told = calibration.reduce((sum, bin) => sum + bin.told, 0)
      const off = calibration.reduce((sum, bin) => sum + bin.told * Math.abs((bin.said ?? 0) - (bin.came ?? 0)), 0)
      expect(off / told).toBeLessThan(0.1)
    }
  })
  test('reordering small and soon costs at least 12 % less than a season at once', () => {
    const { articles: seasons, saved } = replayReorders(launchesIn(articles, SEASON.days), split)
    expect(seasons).toBeGreaterThan(50)
    expect(saved).toBeGreaterThan(0.12)
  })
})
