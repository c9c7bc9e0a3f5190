/** A promise of days is one of days on the calendar, where the house is. */
import { describe, expect, test } from 'vitest'
import { DAY, dayIn } from '../../src/core/values.ts'
import { dayAfter, daysLater } from '../../src/core/zones.ts'

describe('so many days later', () => {
  const ZONES = ['Asia/Shanghai', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago']

  test('is that day on the calendar, whatever the clocks did meanwhile', () => {
    for (const zone of ZONES)
      for (let hour = 0; hour < 400 * 24; hour += 97) {
        const at = new Date(Date.UTC(2026, 0, 1, hour, 30))
        for (const days of [1, 5, 30, -12]) {
          const found = dayIn(daysLater(at, days, zone), zone)
          expect(found, `${at.toISOString()} ${days} ${zone}`).toBe(dayAfter(dayIn(at, zone), days))
        }
      }
  })

  test('in the evening before the clocks go forward it is not the day after; at an ordinary time it is that time', () => {
    // New York, 7 March 2026, 23:30: clocks go forward in the night.
    const evening = new Date('2026-03-08T04:30:00Z')
    expect(dayIn(new Date(evening.getTime() + DAY), 'America/New_York')).toBe('2026-03-09')
    expect(dayIn(daysLater(evening, 1, 'America/New_York'), 'America/New_York')).toBe('2026-03-08')
    const noon = new Date('2026-11-22T04:00:00Z')
    expect(daysLater(noon, 35, 'Asia/Shanghai')).toEqual(new Date(noon.getTime() + 35 * DAY))
  })
})
