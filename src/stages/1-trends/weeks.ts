import { LRUCache } from 'lru-cache'
import { DAY, weekOf } from '../../core/values.ts'

/** A table names the same few hundred days again and again: each is reckoned once. */
function remembered(of: (day: string) => string): (day: string) => string {
  const known = new LRUCache<string, string>({ max: 10_000 })
  return (day) => {
    let found = known.get(day)
    if (found === undefined) known.set(day, (found = of(day)))
    return found
  }
}

/** @see weekOf */
export const weekOfDay = remembered(weekOf)

/** A week is named by its Monday (`2026-11-16`). */
export const addWeeks = (week: string, n: number): string =>
  new Date(Date.parse(`${week}T00:00:00Z`) + n * 7 * DAY).toISOString().slice(0, 10)

/** Whole weeks from one Monday to another; negative when `to` is earlier. */
export const weeksBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (7 * DAY))

/** The Mondays from `first` to `last`, both included. */
export const weeksFrom = (first: string, last: string): string[] =>
  Array.from({ length: Math.max(0, weeksBetween(first, last) + 1) }, (_, i) => addWeeks(first, i))

/**
 * The ISO week that holds most of the seven days beginning at `day`. Search-interest weeks begin on Sundays, so
 * such a week belongs to the Monday after, not to the one before.
 */
export const weekOfSpan = remembered((day) =>
  weekOf(new Date(Date.parse(`${day}T00:00:00Z`) + 3 * DAY).toISOString().slice(0, 10)),
)
