import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import {
  comingUnits,
  criticalRatio,
  firstLotUnits,
  fitRate,
  isWinner,
  logEvalue,
  NO_HISTORY,
  observe,
  reorderUnits,
  robustPace,
  stopLosers,
  type Rate,
} from '../../src/core/forecast.ts'
import { forecastTarget } from '../../scripts/replay/by-units.ts'
import {
  betaCdf,
  gammaCdf,
  gammaQuantile,
  logGamma,
  nbCdf,
  nbMean,
  nbQuantile,
  nbTail,
} from '../../src/core/special.ts'

/** mulberry32: the same numbers in every run. */
const generator = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}
const poisson = (mean: number, random: () => number): number => {
  let [k, p] = [0, Math.exp(-mean)]
  for (let u = random() - p; u > 0; u -= p) p *= mean / ++k
  return k
}

describe('the special functions agree with the tables', () => {
  test('log-gamma', () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12)
    expect(logGamma(10)).toBeCloseTo(Math.log(362880), 10)
    expect(logGamma(0.1)).toBeCloseTo(2.252712651734206, 10)
  })
  test('incomplete gamma: an exponential, the error function, a Poisson tail', () => {
    expect(gammaCdf(1, 2)).toBeCloseTo(1 - Math.exp(-2), 13)
    expect(gammaCdf(0.5, 1)).toBeCloseTo(0.8427007929497149, 12)
    expect(gammaCdf(3, 2)).toBeCloseTo(1 - Math.exp(-2) * (1 + 2 + 2), 13)
    expect(gammaCdf(500, 520)).toBeCloseTo(0.818, 2)
    expect(gammaCdf(4, 2 * gammaQuantile(0.9, 4, 2))).toBeCloseTo(0.9, 9)
  })
  test('incomplete beta', () => {
    expect(betaCdf(2, 3, 0.5)).toBeCloseTo(0.6875, 13)
    expect(betaCdf(0.5, 0.5, 0.25)).toBeCloseTo(1 / 3, 10)
    expect([betaCdf(2, 3, 0), betaCdf(2, 3, 1)]).toEqual([0, 1])
  })
  test('negative binomial: tosses of a coin', () => {
    const tosses = { r: 3, p: 0.5 }
    expect(nbCdf(tosses, 1)).toBeCloseTo(0.3125, 12)
    expect(nbTail(tosses, 2)).toBeCloseTo(0.6875, 12)
    expect([nbTail(tosses, 0), nbCdf(tosses, -1), nbMean(tosses)]).toEqual([1, 0, 3])
    expect([nbQuantile(tosses, 0.12), nbQuantile(tosses, 0.3), nbQuantile(tosses, 0.32)]).toEqual([0, 1, 2])
  })
})

describe('the rule by units, which a replay holds the present one against', () => {
  test('half way with two units and one to go, by hand: 1 − .75³', () => {
    const { probability, interval, basis } = forecastTarget({ a: 1, b: 1 }, { units: 2, elapsed: 0.5, target: 3 })
    expect(probability).toBeCloseTo(1 - 0.75 ** 3, 12)
    expect(interval[0]).toBeLessThan(probability)
    expect(interval[1]).toBeGreaterThan(probability)
    expect(basis).toEqual({ units: 2, elapsed: 0.5, target: 3, rate: { a: 1, b: 1 } })
  })
  test('is certain once it is reached and nought when time is up', () => {
    expect(forecastTarget(NO_HISTORY, { units: 100, elapsed: 0.2, target: 100 }).probability).toBe(1)
    const over = forecastTarget(NO_HISTORY, { units: 99, elapsed: 1, target: 100 })
    expect(over).toMatchObject({ probability: 0, interval: [0, 0], units: { low: 99, high: 99 } })
  })
  test('rises with every unit and falls with every idle day', () => {
    const at = (units: number, elapsed: number) => forecastTarget({ a: 2, b: 0.02 }, { units, elapsed, target: 100 })
    expect(at(30, 0.3).probability).toBeGreaterThan(at(20, 0.3).probability)
    expect(at(30, 0.6).probability).toBeLessThan(at(30, 0.3).probability)
    const { units } = at(30, 0.3)
    expect(units.low).toBeLessThan(units.median)
    expect(units.median).toBeLessThan(units.high)
  })
  test('history is learnt from: the fit finds the spread that made the data', () => {
    const random = generator(7)
    const closed = Array.from({ length: 400 }, () => {
      const rate = gammaQuantile(Math.max(1e-9, random()), 2, 0.02)
      return { units: poisson(rate, random), time: 1 }
    })
    const fitted = fitRate(closed)
    expect(fitted.a / fitted.b).toBeCloseTo(100, -1)
    expect(fitted.a).toBeGreaterThan(1.6)
    expect(fitted.a).toBeLessThan(2.4)
  })
  test('with too little history nothing is made up', () => {
    expect(fitRate([{ units: 100, time: 1 }])).toEqual(NO_HISTORY)
    expect(fitRate(Array.from({ length: 9 }, () => ({ units: 0, time: 1 })))).toEqual(NO_HISTORY)
  })
})

describe('how much to reserve', () => {
  test('the pace forgets old days and one enormous order', () => {
    expect(robustPace([2, 2, 2, 100])).toBeCloseTo((2 * (0.343 + 0.49 + 0.7) + 11) / 2.533, 12)
    expect(robustPace([3, 3, 3])).toBeCloseTo(3, 12)
    expect([robustPace([]), robustPace([4])]).toEqual([0, 4])
  })
  test('a first lot covers its quantile, pays for cancellations and is not below the MOQ', () => {
    const plan = { rate: { a: 1, b: 1 }, units: 19, days: 9, horizonDays: 10, ratio: 0.5, cancelRate: 0, moq: 1 }
    // NB(20, .5): mean 20, median 19 or 20
    const units = firstLotUnits(plan)
    expect(units).toBe(nbQuantile({ r: 20, p: 0.5 }, 0.5))
    expect(firstLotUnits({ ...plan, cancelRate: 0.2 })).toBe(Math.ceil(units / 0.8 - 1e-9))
    expect(firstLotUnits({ ...plan, moq: 100 })).toBe(100)
    expect(firstLotUnits({ ...plan, ratio: criticalRatio(3, 1) })).toBeGreaterThan(units)
  })
  test('a reorder covers demand until the next one arrives', () => {
    const plan = { rate: { a: 1, b: 1 }, windowUnits: 27, windowDays: 13, everyDays: 7, leadDays: 7, ratio: 0.8 }
    expect(reorderUnits(plan)).toBe(nbQuantile({ r: 28, p: 0.5 }, 0.8))
    expect(reorderUnits({ ...plan, leadDays: 20 })).toBeGreaterThan(reorderUnits(plan))
    expect(nbMean(comingUnits(observe(plan.rate, 27, 13), 14))).toBeCloseTo(28, 12)
  })
})

describe('losers and winners', () => {
  const rates = { slow: 1, good: 3 }
  test('silence becomes a loser at the time the formula says', () => {
    const line = Math.log(0.95 / 0.05) / 2
    expect(stopLosers({ units: 0, time: line - 0.001 }, rates).verdict).toBe('undecided')
    expect(stopLosers({ units: 0, time: line + 0.001 }, rates).verdict).toBe('loser')
    expect(stopLosers({ units: 9, time: 1 }, rates).verdict).toBe('winner')
  })
  test('the e-value by hand: 1 − ln 2', () =>
    expect(logEvalue({ units: 0, time: 1 }, 1, { a: 1, b: 1 })).toBeCloseTo(1 - Math.LN2, 12))

  test('looking every day names hardly any ordinary style a winner, and hardly any good one a loser', () => {
    const random = generator(11)
    const runs = 600
    const over = (rate: number, says: (units: number, day: number) => boolean) => {
      let hits = 0
      for (let run = 0; run < runs; run++) {
        let units = 0
        for (let day = 1; day <= 60; day++)
          if (says((units += poisson(rate, random)), day)) {
            hits++
            break
          }
      }
      return hits / runs
    }
    const mixture: Rate = { a: 2, b: 1 }
    expect(over(2, (units, time) => isWinner({ units, time }, 2, mixture))).toBeLessThan(0.05)
    expect(over(3, (units, time) => isWinner({ units, time }, 2, mixture))).toBeGreaterThan(0.9)
    const loser = (units: number, time: number) => stopLosers({ units, time }, rates).verdict === 'loser'
    expect(over(3, loser)).toBeLessThan(0.05)
    expect(over(1, loser)).toBeGreaterThan(0.9)
  })
})

const retail = new URL('../../../shared/data/uci_retail/orders_2010-12_2011-05.csv.gz', import.meta.url)

/** Orders (invoices) per article and day, in windows of 28 days: real products in place of campaigns. */
function windows(): { early: number; total: number; window: number }[] {
  const { data } = Papa.parse<{ InvoiceNo: string; StockCode: string; InvoiceDate: string; Quantity: string }>(
    gunzipSync(readFileSync(retail)).toString('utf8'),
    { header: true, skipEmptyLines: true },
  )
  const start = Date.parse('2010-12-01T00:00:00Z')
  const seen = new Map<string, { early: number; total: number; window: number; invoices: Set<string> }>()
  for (const row of data) {
    if (!(Number(row.Quantity) > 0) || !/^\d{5}/.test(row.StockCode)) continue
    const day = (Date.parse(`${row.InvoiceDate.slice(0, 10)}T00:00:00Z`) - start) / 86_400_000
    const window = Math.floor(day / 28)
    const key = `${row.StockCode}/${window}`
    const entry = seen.get(key) ?? { early: 0, total: 0, window, invoices: new Set<string>() }
    seen.set(key, entry)
    if (entry.invoices.has(row.InvoiceNo)) continue
    entry.invoices.add(row.InvoiceNo)
    entry.total++
    if (day % 28 < 2.8) entry.early++
  }
  return [...seen.values()]
}

test.skipIf(!existsSync(retail))(
  'on real retail orders the forecast is calibrated and beats a plug-in rate (skipped without ../shared/data)',
  () => {
    const all = windows()
    const rate = fitRate(all.filter(({ window }) => window < 3).map(({ total }) => ({ units: total, time: 1 })))
    const later = all.filter(({ window }) => window === 3 || window === 4)
    expect(later.length).toBeGreaterThan(1000)
    const target = 20
    const clip = (p: number) => Math.min(1 - 1e-6, Math.max(1e-6, p))
    const loss = (p: number, reached: boolean) => -Math.log(clip(reached ? p : 1 - p))
    let [ours, plugIn, expected, reached] = [0, 0, 0, 0]
    for (const { early, total } of later) {
      const { probability } = forecastTarget(rate, { units: early, elapsed: 0.1, target })
      const missing = target - early
      const flat = missing <= 0 ? 1 : early === 0 ? 0 : gammaCdf(missing, early * 9)
      ours += loss(probability, total >= target)
      plugIn += loss(flat, total >= target)
      expected += probability
      reached += total >= target ? 1 : 0
    }
    expect(ours).toBeLessThan(0.75 * plugIn)
    expect(Math.abs(expected - reached) / later.length).toBeLessThan(0.08)
  },
)
