/** Scores where data is missing, thin, rare, or of another scale: a week is judged by what there is of it. */
import { describe, expect, test } from 'vitest'
import { assessWeek, type Background, type Cell, type SourceFacts } from '../../src/stages/1-trends/assessing.ts'
import {
  combinedScore,
  countedScores,
  freshBurst,
  seasonLift,
  structuralRise,
  type Weekly,
} from '../../src/stages/1-trends/scoring.ts'
import { addWeeks, weeksFrom } from '../../src/stages/1-trends/weeks.ts'

const back = (n: number, value: (ago: number) => number | undefined): Weekly =>
  Array.from({ length: n }, (_, i) => value(n - 1 - i))
const numbers = (n: number, value: (ago: number) => number): number[] =>
  Array.from({ length: n }, (_, i) => value(n - 1 - i))

describe('the first week with data after an outage', () => {
  /** Nine of the thirteen weeks before this one are missing, and this one is there. */
  const out = (ago: number) => ago >= 1 && ago <= 9
  test('has lift and rise again, and they are what they would have been', () => {
    const grows = (ago: number) => (ago < 52 ? 40 : 20)
    const [whole, cut] = [back(208, grows), back(208, (ago) => (out(ago) ? undefined : grows(ago)))]
    expect(structuralRise(cut)).toBeGreaterThan(0.6 * (structuralRise(whole) ?? 9))
    expect(structuralRise(cut)).toBeLessThanOrEqual(structuralRise(whole) ?? 0)
    expect(seasonLift(cut)).toBeCloseTo(seasonLift(whole) ?? 9, 1)
  })

  test('is compared with the same weeks a year before, so that a season is no rise', () => {
    // Highest in the weeks that are missing now: their mean a year before must not be set against what is left.
    const season = (ago: number) => (ago % 52 >= 1 && ago % 52 <= 9 ? 90 : 10)
    expect(structuralRise(back(208, (ago) => (out(ago) ? undefined : season(ago))))).toBeCloseTo(0, 9)
  })

  test('has a baseline, however long the outage was', () => {
    const long = (ago: number) => (ago >= 1 && ago <= 60 ? 0 : 300)
    const exposure = numbers(150, long)
    const count = numbers(150, (ago) => (ago === 0 ? 12 : long(ago) / 300))
    const burst = freshBurst([{ count, exposure }])
    expect(burst?.expected).toBeCloseTo(1, 1)
    expect(burst?.confidence).toBeGreaterThan(0.8)
  })

  const WEEK = '2026-11-16'
  const source: SourceFacts = { id: 's', name: 'list', lang: 'en', measure: 'counts' }
  const item = (n: number, day: number): Background['items'][number] => ({
    title: `military coat ${n}`,
    url: null,
    day: `2026-11-${16 + day}`,
    week: WEEK,
    sourceId: 's',
    fingerprint: `military coat ${n}`,
    publishedAt: new Date(Date.UTC(2026, 10, 16 + day, 12)),
    terms: ['military-overcoat'],
  })
  const weeks = weeksFrom(addWeeks(WEEK, -80), WEEK)
  const told = (silent: (ago: number) => boolean, said: number) => {
    const titles = Array.from({ length: said }, (_, n) => item(n, n % 3))
    // Three a week for half a year, one a week before.
    const cells = weeks.flatMap((week, i): Cell[] => {
      const ago = weeks.length - 1 - i
      const value = ago === 0 ? said : 1 + 2 * Number(ago < 26)
      return silent(ago) ? [] : [{ term: 'military-overcoat', sourceId: 's', week, value }]
    })
    const exposures = weeks.flatMap((week, i) =>
      silent(weeks.length - 1 - i) ? [] : [{ sourceId: 's', week, items: 300, days: 7 }],
    )
    return assessWeek(WEEK, { sources: [source], exposures, items: titles }, [cells])
  }

  test('lists what is said in it, with less to go by than a whole month', async () => {
    expect(await told((ago) => ago >= 1 && ago <= 5, 2)).toMatchObject([{ term: 'military-overcoat' }])
    expect(await told(() => false, 2)).toEqual([])
    expect(await told((ago) => ago >= 1 && ago <= 5, 1)).toEqual([])
  })
})

describe('a source that speaks once a month', () => {
  const monthly = (value: (ago: number) => number) => back(208, (ago) => (ago % 4 === 0 ? value(ago) : undefined))
  test('has its season and its rise like one that speaks every week', () => {
    const winter = (ago: number) => (ago % 52 >= 40 || ago % 52 === 0 ? 80 : 10)
    expect(seasonLift(monthly(winter))).toBeCloseTo(seasonLift(back(208, winter)) ?? 9, 0)
    expect(structuralRise(monthly((ago) => (ago < 52 ? 40 : 20)))).toBeCloseTo(Math.log(41 / 21), 9)
  })
})

describe('sources of another scale', () => {
  test('a large source that is as usual does not drown a small one that bursts', () => {
    const small = { count: numbers(60, (ago) => (ago < 4 ? 6 : 1)), exposure: numbers(60, () => 50) }
    const large = { count: numbers(60, () => 900), exposure: numbers(60, () => 40_000) }
    const alone = freshBurst([small])?.burst ?? 0
    expect(freshBurst([small, large])?.burst).toBeGreaterThan(0.4 * alone)
    expect(freshBurst([large])?.burst).toBeCloseTo(0, 2)
  })

  test('an index of 0 to 1 and one of 0 to 100 say the same', async () => {
    const WEEK = '2026-11-16'
    const weeks = weeksFrom(addWeeks(WEEK, -200), WEEK)
    const week = (scale: number, i: number) => (scale * (20 + 15 * Math.cos((2 * Math.PI * (i - 148)) / 52))) / 100
    const scored = async (top: number) =>
      assessWeek(
        WEEK,
        {
          sources: [{ id: 's', name: 'index', lang: 'en', measure: 'interest', scale: 100 / top }],
          exposures: weeks.map((each) => ({ sourceId: 's', week: each, items: 0, days: 7 })),
          items: [],
        },
        [weeks.map((each, i) => ({ term: 'military-overcoat', sourceId: 's', week: each, value: week(top, i) }))],
      )
    const [[hundred], [one]] = [await scored(100), await scored(1)]
    expect(hundred?.lift).toBeGreaterThan(0.1)
    expect(one?.lift).toBeCloseTo(hundred?.lift ?? 9, 9)
    expect(one?.evidence.series.at(-1)?.value).toBeCloseTo((hundred?.evidence.series.at(-1)?.value ?? 0) / 100, 1)
    expect(one?.evidence.forecast?.mid[0]).toBeCloseTo((hundred?.evidence.forecast?.mid[0] ?? 0) / 100, 2)
  })
})

describe('thin counts', () => {
  const of = (value: (ago: number) => number) => {
    const count = numbers(120, value)
    return countedScores(count, { count, exposure: numbers(120, () => 300) })
  }
  test('do not rise: three mentions this year and none before are nothing', () => {
    expect(of((ago) => (ago < 20 && ago % 7 === 0 ? 1 : 0)).rise).toBeUndefined()
    expect(of((ago) => (ago < 20 && ago % 7 === 0 ? 1 : 0)).lift).toBeUndefined()
  })
  test('a rise is worth what it is surer than chance', () => {
    const [few, many] = [(ago: number) => (ago < 26 && ago % 4 === 0 ? 2 : 1), (ago: number) => (ago < 26 ? 24 : 16)]
    expect(of(few).rise).toBeGreaterThan(0)
    expect(of(few).rise).toBeLessThan(0.95 * (structuralRise(numbers(120, few)) ?? 0))
    expect(of(many).rise).toBeCloseTo(structuralRise(numbers(120, many)) ?? 9, 2)
    expect(of(() => 3).rise).toBeCloseTo(0, 9)
  })
})

test('the order is lift + .35 rise, and a burst beside them', () => {
  expect(combinedScore({ lift: 0.4, rise: 0.2, burst: null })).toBeCloseTo(0.4 + 0.35 * 0.2, 12)
  expect(combinedScore({ lift: null, rise: null, burst: 0.8 })).toBeCloseTo(0.4, 12)
  expect(combinedScore({ lift: null, rise: null, burst: null })).toBe(0)
})
