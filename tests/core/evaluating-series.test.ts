/** The measures by which scores are judged, held against what can be told by hand. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseFeedBytes } from '../../src/engines/feeds/parse.ts'
import { averagePrecision, burstPrecision } from '../../src/stages/1-trends/evaluating/bursts.ts'
import { askedFrom, countTerms, givenOf, type Given } from '../../src/stages/1-trends/evaluating/given.ts'
import { rankingOf } from '../../src/stages/1-trends/evaluating/ranking.ts'
import { openMatcher } from '../../src/stages/1-trends/matching.ts'

const read = (text: string): Given | undefined =>
  givenOf(parseFeedBytes(new TextEncoder().encode(text), { declaredFormat: 'auto', maxBytes: 1e6 }))

describe('average precision', () => {
  const scored = (...all: [number, boolean][]) => all.map(([score, isTrue]) => ({ score, isTrue }))
  test('is the mean precision at each true one', () => {
    expect(averagePrecision(scored([4, true], [3, false], [2, true], [1, false]))).toBeCloseTo((1 + 2 / 3) / 2, 12)
    expect(averagePrecision(scored([1, false]))).toBe(0)
  })
  test('of a tie is what its orders have on average', () => {
    expect(averagePrecision(scored([1, true], [1, false]))).toBeCloseTo((1 + 1 / 2) / 2, 12)
    expect(averagePrecision(scored([1, true], [1, true], [1, false]))).toBeCloseTo(
      // TTF, TFT, FTT
      (1 + (1 + 2 / 3) / 2 + (1 / 2 + 2 / 3) / 2) / 3,
      12,
    )
  })
})

test('a term that begins to be said and goes on is found first, and chance is told beside', () => {
  const exposure = Array.from({ length: 80 }, () => 500)
  const terms = new Map(
    Array.from({ length: 20 }, (_, i): [string, number[]] => [
      `t${i}`,
      exposure.map((_each, t) => (i === 7 && t >= 70 ? 9 : (t + i) % 3 === 0 ? 2 : 1)),
    ]),
  )
  const told = burstPrecision({ terms, exposure }, 71)
  expect(told?.averagePrecision).toBe(1)
  expect(told?.chance).toBeCloseTo(1 / 20, 4)
  expect(burstPrecision({ terms, exposure: exposure.slice(0, 60) }, 52)).toBeUndefined()
})

test('seasons that come every year are found by the season’s score and not by the last weeks', () => {
  const panel = new Map(
    Array.from({ length: 50 }, (_, i): [string, number[]] => [
      `t${i}`,
      Array.from({ length: 200 }, (_each, t) => 20 + 15 * Math.cos((2 * Math.PI * (t - i)) / 52)),
    ]),
  )
  const told = rankingOf(panel)
  expect(told?.first).toBe(10)
  expect(told?.season.lift).toBeGreaterThan(0.9)
  expect(told?.season.zScore).toBeLessThan(told?.season.lift ?? 0)
  expect(told?.season.combined).toBeGreaterThanOrEqual(told?.season.reference ?? 1)
  expect(rankingOf(new Map([...panel].slice(0, 5)))).toBeUndefined()
})

describe('what a file holds is told by what is in it', () => {
  test('a panel by the week, by the month, below lines of prose', () => {
    const week = read(
      'Category: All categories\n\nWeek,military coat: (United States)\n2026-11-01,3\n2026-11-08,<1\n2026-11-22,5\n',
    )
    expect(week).toMatchObject({ panel: { period: 52 } })
    const [y] = week && 'panel' in week ? [...week.panel.terms.values()] : []
    expect(y).toEqual([3, 0.5, undefined, 5])
    const month = read('Date,a,b\nJan 2004,1,2\nFeb 2004,3,4\nApr 2004,5,6\n')
    const panel = month && 'panel' in month ? month.panel : undefined
    expect(panel).toMatchObject({ period: 12, first: '2004-01', last: '2004-04' })
    expect(panel?.terms.get('a')).toEqual([1, 3, undefined, 5])
  })

  test('a month in which everything is nothing at once has no data', () => {
    const rows = ['2004-01,1,2,3,4,5', '2004-02,0,0,0,0,0', '2004-03,0,1,1,2,3']
    const given = read(`Month,a,b,c,d,e\n${rows.join('\n')}\n`)
    expect(given && 'panel' in given ? given.panel.terms.get('a') : []).toEqual([1, undefined, 0])
  })

  test('titles by the day, and how many there were', () => {
    expect(read('date,title\n2022-01-03,军大衣火了\n2022-01-04,晴\n')).toMatchObject({
      titles: [
        { day: '2022-01-03', title: '军大衣火了' },
        { day: '2022-01-04', title: '晴' },
      ],
    })
    const totals = read('date,distinct_titles\n2022-01-03,120\n2022-01-04,130\n2022-01-05,0\n')
    expect(totals && 'totals' in totals ? [...totals.totals] : []).toEqual([
      ['2022-01-03', 120],
      ['2022-01-04', 130],
      ['2022-01-05', 0],
    ])
  })
})

test('a title that is repeated counts once a week, beside everything that was said', () => {
  const titles = ['2022-01-03 军大衣火了', '2022-01-04 军大衣火了', '2022-01-11 晴', '2022-01-12 军大衣'].map(
    (line) => ({
      day: line.slice(0, 10),
      title: line.slice(11),
    }),
  )
  const counted = countTerms(titles, undefined, openMatcher())
  expect(counted.weeks).toEqual(['2022-01-03', '2022-01-10'])
  expect(counted.exposure).toEqual([1, 2])
  expect(counted.terms.get('military-overcoat')).toEqual([1, 1])
  expect(countTerms(titles, new Map([['2022-01-03', 90]]), openMatcher()).exposure).toEqual([90])
  expect(askedFrom(counted.weeks, undefined)).toBe(0)
})

const folder = new URL('../../../shared/data/weibo/', import.meta.url)
test.skipIf(!existsSync(folder))(
  'on real hot searches of 2022 bursts have an average precision of .12 at least, and well above a z-score’s (skipped where the data is absent)',
  () => {
    const given = (file: string) => read(readFileSync(new URL(file, folder), 'utf8'))
    const [titles, totals] = [given('fashion_titles_2020-11_2022-12.csv'), given('daily_totals.csv')]
    if (!titles || !('titles' in titles) || !totals || !('totals' in totals)) throw new Error('not read')
    const counted = countTerms(titles.titles, totals.totals, openMatcher())
    const told = burstPrecision(counted, askedFrom(counted.weeks, '2022-01-01'))
    expect(told?.averagePrecision).toBeGreaterThanOrEqual(0.12)
    expect(told?.averagePrecision).toBeGreaterThan(1.4 * (told?.zScore ?? 1))
  },
)
