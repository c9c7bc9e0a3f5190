/** When a design has to open, so that what is sold is delivered in its season. */
import { describe, expect, test } from 'vitest'
import { leadDaysOf, openingFor, openingOf, seasonOf, type Season } from '../../src/stages/1-trends/timing.ts'

/** A year of weeks from a Monday, highest `peak` weeks on. */
const year = (peak: number, swing = 0.7, repeats: number | null = 0.9) => ({
  from: '2026-03-02',
  low: [],
  high: [],
  mid: Array.from({ length: 52 }, (_, i) => 20 * Math.exp(swing * Math.cos((2 * Math.PI * (i - peak)) / 52))),
  repeats,
  measure: 'interest' as const,
  source: null,
})

describe('a season', () => {
  test('is the weeks around the highest in which a term is above the middle of its year', () => {
    const season = seasonOf(year(30))
    expect(season?.peak).toBe('2026-09-28')
    expect(season && season.begins < season.peak && season.peak < season.ends).toBe(true)
    expect(season?.begins).toBe('2026-07-20')
    expect(season?.ends).toBe('2026-12-07')
    expect(season?.nowUntil).toBeUndefined()
  })

  test('that is under way is told, and the next one is meant: a year later', () => {
    const season = seasonOf(year(3))
    expect(season?.nowUntil).toBe('2026-06-01')
    expect(season?.begins).toBe('2027-01-11')
    expect(season?.peak).toBe('2027-03-22')
    expect(season && season.begins < season.peak && season.peak < season.ends).toBe(true)
  })

  test('is none where nothing comes back, or hardly anything rises', () => {
    expect(seasonOf(year(30, 0.7, 0.1))).toBeUndefined()
    expect(seasonOf(year(30, 0.7, null))).toBeUndefined()
    expect(seasonOf(year(30, 0.05))).toBeUndefined()
  })
})

describe('the day to open', () => {
  const house = { campaignDays: 21, promisedDays: 35 }
  const season: Season = { begins: '2026-09-28', peak: '2026-11-23', ends: '2027-01-04', nowUntil: undefined }
  const on = (today: string) => openingFor(season, leadDaysOf(house), today)

  test('is the house’s days on sale and its promised days before the season', () => {
    expect(on('2026-03-02')).toMatchObject({
      leadDays: 56,
      opensBy: '2026-08-03',
      latest: '2026-09-28',
      state: 'ahead',
    })
    expect(openingFor(season, 10, '2026-03-02').opensBy).toBe('2026-09-18')
  })

  test('is near, has passed, or is lost', () => {
    expect(on('2026-07-05').state).toBe('ahead')
    expect(on('2026-07-06').state).toBe('now')
    expect(on('2026-08-03').state).toBe('now')
    expect(on('2026-08-04').state).toBe('late')
    expect(on('2026-09-28').state).toBe('late')
    expect(on('2026-09-29').state).toBe('missed')
  })

  test('of a season that is under way is the last that reaches its highest week, and then the next one’s', () => {
    const under = seasonOf(year(9))
    if (!under) throw new Error('no season')
    expect(under.nowUntil).toBeDefined()
    expect(openingFor(under, 56, '2026-03-02')).toMatchObject({
      state: 'late',
      latest: '2026-03-09',
      season: { peak: '2026-05-04' },
    })
    expect(openingFor(under, 56, '2026-03-10')).toMatchObject({ state: 'ahead', season: { peak: '2027-05-03' } })
  })

  test('is not told where there is no season, or nothing was forecast', () => {
    expect(openingOf({ forecast: year(30, 0.05) }, house, '2026-03-02')).toBeNull()
    expect(openingOf({}, house, '2026-03-02')).toBeNull()
    expect(openingOf({ forecast: year(30) }, house, '2026-03-02')).toMatchObject({
      opensBy: '2026-05-25',
      state: 'ahead',
    })
  })
})
