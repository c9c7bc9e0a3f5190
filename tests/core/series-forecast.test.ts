/** What a series is expected to be in the year to come, and how far such expectations were off. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { random as openRandom } from '../../src/core/random.ts'
import { parseFeedBytes } from '../../src/engines/feeds/parse.ts'
import { forecastError } from '../../src/stages/1-trends/evaluating/forecasts.ts'
import { givenOf } from '../../src/stages/1-trends/evaluating/given.ts'
import { forecast, withoutOutages } from '../../src/stages/1-trends/forecasting.ts'
import type { Weekly } from '../../src/stages/1-trends/scoring.ts'

const YEAR = 365.25 / 7
const weeks = (n: number, value: (t: number) => number | undefined): Weekly =>
  Array.from({ length: n }, (_, t) => value(t))
/** A winter coat's week: most around the turn of the year. */
const winter = (t: number): number => 30 * Math.exp(0.8 * Math.cos((2 * Math.PI * t) / YEAR))
/** Noise with standard deviation of about .2, the same every time. */
function noisy(seed: number): () => number {
  const next = openRandom(seed)
  return () => Math.exp((next() + next() + next() + next() - 2) * 0.35)
}
const off = (told: readonly number[], came: (h: number) => number): number =>
  told.reduce((total, value, h) => total + Math.abs(value / came(h) - 1), 0) / told.length

describe('a year ahead', () => {
  test('a season that came four times comes again, in its weeks', () => {
    const told = forecast(weeks(208, winter), 52, 52)
    expect(off(told?.mid ?? [], (h) => winter(208 + h))).toBeLessThan(0.06)
    expect(told?.repeats).toBeGreaterThan(0.9)
  })

  test('of months as of weeks, and of thirteen periods a year', () => {
    for (const period of [12, 13]) {
      const season = (t: number) => 20 * Math.exp(0.7 * Math.sin((2 * Math.PI * t) / period))
      const told = forecast(weeks(period * 4, season), period, period)
      expect(off(told?.mid ?? [], (h) => season(period * 4 + h))).toBeLessThan(0.08)
    }
  })

  test('the same in any scale: shares, an index, or units by the thousand', () => {
    const noise = noisy(3)
    const y = weeks(180, (t) => winter(t) * noise())
    const [index, shares] = [forecast(y, 52, 52), forecast(y.map((value) => value && value / 1000), 52, 52)] // prettier-ignore
    index?.mid.forEach((value, h) => expect(shares?.mid[h]).toBeCloseTo(value / 1000, 9))
  })

  test('one season is believed by half, and less than a year shows none', () => {
    const once = forecast(weeks(60, winter), 52, 52)?.mid ?? []
    expect(Math.max(...once) / Math.min(...once)).toBeGreaterThan(1.4)
    expect(Math.max(...once) / Math.min(...once)).toBeLessThan(4.9)
    // Levels of several memories count more or less by the distance, which moves the sum a little: that is no season.
    const none = forecast(weeks(30, winter), 52, 52)?.mid ?? []
    expect(none).toHaveLength(52)
    expect(Math.max(...none) / Math.min(...none)).toBeLessThan(1.07)
    expect(forecast(weeks(7, winter), 52, 52)).toBeUndefined()
  })

  test('a rise goes on, but less with every week', () => {
    const rising = weeks(208, (t) => winter(t) * Math.exp((0.25 * t) / 52))
    const told = forecast(rising, 52, 52)?.mid ?? []
    const last = rising.at(-1) ?? 0
    expect(told[51]).toBeGreaterThan(last)
    expect(told[51]).toBeLessThan(last * Math.exp(0.25))
  })

  test('a step is followed: what fell to half stays there', () => {
    const noise = noisy(5)
    const told =
      forecast(
        weeks(208, (t) => (t < 150 ? 60 : 30) * noise()),
        52,
        52,
      )?.mid ?? []
    for (const value of told) expect(value).toBeLessThan(40)
  })

  test('a single outcry is not expected every year', () => {
    const noise = noisy(7)
    const told =
      forecast(
        weeks(160, (t) => (t === 130 ? 400 : 20) * noise()),
        52,
        52,
      )?.mid ?? []
    expect(Math.max(...told)).toBeLessThan(80)
  })

  test('zeros, nothing but zeros and holes are no trouble', () => {
    const none = forecast(
      weeks(120, () => 0),
      52,
      52,
    )
    for (const value of none?.mid ?? [1]) expect(value).toBeCloseTo(0, 9)
    const rare = forecast(
      weeks(160, (t) => (t % 9 === 0 ? 2 : 0)),
      52,
      52,
    )
    for (const path of [rare?.low, rare?.mid, rare?.high])
      for (const value of path ?? [Number.NaN]) expect(value).toBeGreaterThanOrEqual(0)
    const holes = forecast(
      weeks(208, (t) => (t % 5 ? undefined : winter(t))),
      52,
      52,
    )
    expect(off(holes?.mid ?? [], (h) => winter(208 + h))).toBeLessThan(0.2)
    expect(
      forecast(
        weeks(100, () => undefined),
        52,
        52,
      ),
    ).toBeUndefined()
  })
})

describe('an outage', () => {
  test('is left out, whether it is empty or written as zeros', () => {
    const whole = forecast(weeks(208, winter), 52, 52)?.mid ?? []
    for (const nothing of [undefined, 0]) {
      const told =
        forecast(
          weeks(208, (t) => (t >= 120 && t < 126 ? nothing : winter(t))),
          52,
          52,
        )?.mid ?? []
      expect(off(told, (h) => whole[h] ?? 0)).toBeLessThan(0.03)
    }
    const now =
      forecast(
        weeks(208, (t) => (t >= 202 ? undefined : winter(t))),
        52,
        52,
      )?.mid ?? []
    expect(off(now, (h) => winter(208 + h))).toBeLessThan(0.1)
  })

  test('is none where zeros are what a thing often is, or where they last', () => {
    const rare = weeks(160, (t) => (t % 9 === 0 ? 2 : 0))
    expect(withoutOutages(rare, 52)).toEqual(rare)
    const gone = weeks(160, (t) => (t < 120 ? 20 : 0))
    expect(withoutOutages(gone, 52)).toEqual(gone)
  })
})

test('eight of ten values come inside the interval, more or less', () => {
  const panel = Array.from({ length: 12 }, (_, i) => {
    const noise = noisy(20 + i)
    return weeks(230, (t) => winter(t + i * 4) * noise())
  })
  for (const ahead of [12, 52]) {
    const { inside = 0, ratio = 9 } = forecastError(panel, 52, ahead) ?? {}
    expect(inside).toBeGreaterThan(0.7)
    expect(inside).toBeLessThan(0.95)
    expect(ratio).toBeLessThan(0.85)
  }
})

const folder = new URL('../../../shared/data/googletrends_ccby/', import.meta.url)
describe.skipIf(!existsSync(folder))('real search interest (skipped where the data is absent)', () => {
  test.each(['20160502_YogaByStateMonth.csv', '20190503_StarWarsmonthly.csv'])(
    '%s: a quarter and a year ahead, at most 85 % of the error of last year repeated',
    (file) => {
      const bytes = new Uint8Array(readFileSync(new URL(file, folder)))
      const given = givenOf(parseFeedBytes(bytes, { declaredFormat: 'auto', maxBytes: 2e7 }))
      const panel = given && 'panel' in given ? [...given.panel.terms.values()] : []
      expect(panel.length).toBeGreaterThan(40)
      const some = panel.filter((_, i) => i % 8 === 0)
      for (const ahead of [3, 12]) expect(forecastError(some, 12, ahead)?.ratio).toBeLessThan(0.85)
    },
  )
})
