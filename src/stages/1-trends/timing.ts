/** When a term's season is, by what is forecast of it, and when a design has to open to be delivered in it. Pure. */
import { DAY } from '../../core/values.ts'
import type { House } from '../0-house/door.ts'
import type { TermForecast } from './model.ts'
import { addWeeks } from './weeks.ts'

export interface Season {
  /** The Monday with which the next season begins, not before the forecast's first. */
  begins: string
  /** The week in which it is highest. */
  peak: string
  ends: string
  /** The season that is forecast first is under way already, until… */
  nowUntil: string | undefined
}

/** A year that repeats less than this, or whose top is less than this above its mean, has no season. */
const LEAST_REPEATS = 0.2
const LEAST_TOP = 1.2
const YEAR = 52

/**
 * The weeks around the highest in which a term is above the middle of its lowest and highest. The year is taken as a
 * round: what is under way now comes again at its end.
 */
export function seasonOf({ from, mid, repeats }: Pick<TermForecast, 'from' | 'mid' | 'repeats'>): Season | undefined {
  if (mid.length < YEAR || repeats === null || repeats < LEAST_REPEATS) return undefined
  const at = (i: number): number => mid[((i % YEAR) + YEAR) % YEAR] ?? 0
  const smooth = Array.from({ length: YEAR }, (_, i) => (at(i - 1) + at(i) + at(i + 1)) / 3)
  const [low, high] = [Math.min(...smooth), Math.max(...smooth)]
  const mean = smooth.reduce((a, b) => a + b, 0) / YEAR
  if (!(high > 0) || high < LEAST_TOP * mean) return undefined
  const isIn = (i: number): boolean => (smooth[((i % YEAR) + YEAR) % YEAR] ?? 0) >= (low + high) / 2
  const peak = smooth.indexOf(high)
  let [first, last] = [peak, peak]
  while (isIn(first - 1) && peak - first < YEAR) first--
  while (isIn(last + 1) && last - peak < YEAR) last++
  // Begun before the forecast does: the next one is a year on.
  const under = first <= 0
  const year = under ? YEAR : 0
  return {
    begins: addWeeks(from, first + year),
    peak: addWeeks(from, peak + (first + year > peak ? YEAR : 0)),
    ends: addWeeks(from, last + year),
    nowUntil: under ? addWeeks(from, last) : undefined,
  }
}

export interface Opening {
  season: Season
  /** From the day a design opens to the day its first lot is delivered: it is sold, then made and sent. */
  leadDays: number
  /** Opened on this day it is delivered as the season begins; and at its highest. */
  opensBy: string
  latest: string
  /** `missed`: what opens today is delivered after the next season's highest week. */
  state: 'ahead' | 'now' | 'late' | 'missed'
}

const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10)

/** The days before it should open in which it is time to design. */
const DESIGN_DAYS = 28

/** A design is on sale first, and made and sent from then on. */
export const leadDaysOf = ({ campaignDays, promisedDays }: Pick<House, 'campaignDays' | 'promisedDays'>): number =>
  campaignDays + promisedDays

/** The season that is under way, where what opens today is still there before its highest week; else the next. */
function within(season: Season, leadDays: number, today: string): Season {
  const { peak, begins, nowUntil } = season
  const nowPeak = addWeeks(peak, -YEAR)
  if (nowUntil === undefined || today > daysBefore(nowPeak, leadDays)) return season
  return { begins: addWeeks(begins, -YEAR), peak: nowPeak, ends: nowUntil, nowUntil }
}

/** @param leadDays see {@link leadDaysOf} */
export function openingFor(coming: Season, leadDays: number, today: string): Opening {
  const season = within(coming, leadDays, today)
  const [opensBy, latest] = [daysBefore(season.begins, leadDays), daysBefore(season.peak, leadDays)]
  const state = (): Opening['state'] => {
    if (today > latest) return 'missed'
    if (today > opensBy) return 'late'
    return today >= daysBefore(opensBy, DESIGN_DAYS) ? 'now' : 'ahead'
  }
  return { season, leadDays, opensBy, latest, state: state() }
}

/** When to open, by what was forecast of a term; null where it has no season, or nothing was forecast. */
export function openingOf(
  { forecast }: { forecast?: TermForecast | undefined },
  house: Pick<House, 'campaignDays' | 'promisedDays'>,
  today: string,
): Opening | null {
  const season = forecast && seasonOf(forecast)
  return season ? openingFor(season, leadDaysOf(house), today) : null
}
