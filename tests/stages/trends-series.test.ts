import { describe, expect, test } from 'vitest'
import { retryAfter } from '../../src/stages/1-trends/fetching.ts'
import { fingerprintOf, pauseMs } from '../../src/stages/1-trends/model.ts'
import { addSeries, joinSeries, toWeeks } from '../../src/stages/1-trends/series.ts'
import { addWeeks, weeksBetween, weeksFrom } from '../../src/stages/1-trends/weeks.ts'

const values = (weeks: readonly { week: string; value: number }[]) =>
  weeks.map(({ week, value }): [string, number] => [week, value])
const point = (week: string, value: number) => ({ week, value, days: 7 })

describe('exports become ISO weeks', () => {
  test('a search week from Sunday to Saturday belongs to the Monday inside it', () => {
    const points = [
      { day: '2026-11-01', value: 3 },
      { day: '2026-11-08', value: 9 },
    ]
    expect(values(toWeeks({ granularity: 'week', points }))).toEqual([
      ['2026-11-02', 3],
      ['2026-11-09', 9],
    ])
  })

  test('days are averaged, and the week knows how many it has', () => {
    const points = ['2026-11-09', '2026-11-10', '2026-11-15', '2026-11-16'].map((day, i) => ({ day, value: i * 2 }))
    expect(toWeeks({ granularity: 'day', points })).toEqual([
      { week: '2026-11-09', value: 2, days: 3 },
      { week: '2026-11-16', value: 6, days: 1 },
    ])
  })

  test('a month gives its value to every week whose Thursday it holds, and two months share no week', () => {
    const points = [
      { day: '2026-10-01', value: 5 },
      { day: '2026-11-01', value: 7 },
    ]
    const weeks = values(toWeeks({ granularity: 'month', points }))
    expect(weeks.map(([week]) => week)).toEqual(weeksFrom('2026-09-28', '2026-11-23'))
    expect(weeks.filter(([, value]) => value === 5)).toHaveLength(5)
  })

  test('two columns for one term are added', () => {
    expect(values(addSeries([[point('2026-11-02', 3)], [point('2026-11-02', 4), point('2026-11-09', 1)]]))).toEqual([
      ['2026-11-02', 7],
      ['2026-11-09', 1],
    ])
  })

  test('an older export that shares too few weeks cannot be compared and is dropped', () => {
    const old = weeksFrom('2026-01-05', '2026-03-02').map((week) => point(week, 50))
    const fresh = weeksFrom('2026-02-23', '2026-04-06').map((week) => point(week, 10))
    const joined = joinSeries(old, fresh)
    expect(joined.kept).toBe(false)
    expect(joined.weeks).toEqual(fresh)
  })
})

describe('weeks', () => {
  test('are counted across a change of year', () => {
    expect(addWeeks('2026-12-28', 1)).toBe('2027-01-04')
    expect(weeksBetween('2025-12-29', '2027-01-04')).toBe(53)
    expect(weeksFrom('2026-11-09', '2026-11-02')).toEqual([])
  })
})

describe('asking again', () => {
  test('a source that fails is asked half as often every time, once a day at least', () => {
    const minutes = [0, 1, 2, 3, 20].map((failures) => pauseMs(60, failures) / 60_000)
    expect(minutes).toEqual([60, 120, 240, 480, 1440])
  })

  test('Retry-After counts as seconds or as a date, and nonsense as nothing', () => {
    const now = new Date('2026-11-22T02:00:00Z')
    expect(retryAfter('120', now)).toBe(120)
    expect(retryAfter('Sun, 22 Nov 2026 02:05:00 GMT', now)).toBe(300)
    expect(retryAfter('soon', now)).toBe(0)
    expect(retryAfter('Sun, 22 Nov 2020 02:05:00 GMT', now)).toBe(0)
  })
})

describe('reposts', () => {
  test('differ in marks, hashtags, script and a "(photos)" in front, and are one title', () => {
    const one = fingerprintOf('军大衣卖断货')
    for (const repost of ['#军大衣卖断货#', '【组图】军大衣卖断货！！', '軍大衣 賣斷貨', '（视频）军大衣，卖断货'])
      expect(fingerprintOf(repost)).toBe(one)
    expect(fingerprintOf('军大衣又卖断货')).not.toBe(one)
    expect(fingerprintOf('[Photos] Coats are BACK!')).toBe(fingerprintOf('coats are back'))
  })

  test('a title of marks alone still has one', () => {
    expect(fingerprintOf('？！')).toBe('？！')
  })
})
