/** How far forecasts were off, from origins all over the past, beside last year's values taken for this year's. */
import { forecast } from '../forecasting.ts'
import type { Weekly } from '../scoring.ts'

export interface ForecastError {
  /** Periods ahead. */
  ahead: number
  series: number
  origins: number
  /** Mean absolute error, each series by its own mean: of the forecast, and of the year before repeated. */
  error: number
  seasonalNaive: number
  /** error / seasonalNaive */
  ratio: number
  /** The same, of root mean squares. */
  ratioOfSquares: number
  /** Half of the series have a smaller ratio. */
  medianRatio: number
  /** Share of values that came between `low` and `high`: eight of ten are meant to. */
  inside: number
}

const isKnown = (value: number | undefined): value is number => value !== undefined
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

interface Of {
  off: number[]
  naive: number[]
  inside: number
  origins: number
}

function errorsOf(y: Weekly, period: number, ahead: number, step: number): Of {
  const all: Of = { off: [], naive: [], inside: 0, origins: 0 }
  for (let origin = 2 * period; origin + ahead <= y.length; origin += step) {
    const told = forecast(y.slice(0, origin), period, ahead)
    if (!told) continue
    all.origins++
    for (let h = 0; h < ahead; h++) {
      const [came, before] = [y[origin + h], y[origin + h - period * Math.ceil((h + 1) / period)]]
      if (came === undefined || before === undefined) continue
      all.off.push(Math.abs(came - (told.mid[h] ?? 0)))
      all.naive.push(Math.abs(came - before))
      if (came >= (told.low[h] ?? 0) && came <= (told.high[h] ?? 0)) all.inside++
    }
  }
  return all
}

const rounded = (value: number): number => Number(value.toFixed(4))

/**
 * @param period periods a year
 * @param ahead how far each forecast goes; all its periods count
 * @returns undefined where no series has two years and as much again as is forecast
 */
export function forecastError(panel: readonly Weekly[], period: number, ahead: number): ForecastError | undefined {
  const step = Math.max(1, Math.round(period / 12))
  const all = panel.flatMap((y) => {
    const scale = mean(y.filter(isKnown))
    const of = errorsOf(y, period, ahead, step)
    return of.off.length && scale > 0 && mean(of.naive) > 0 ? [{ ...of, scale }] : []
  })
  if (!all.length) return undefined
  const squares = (pick: 'off' | 'naive') =>
    mean(all.map((of) => Math.sqrt(mean(of[pick].map((e) => e * e))) / of.scale))
  const [error, naive] = [
    mean(all.map((of) => mean(of.off) / of.scale)),
    mean(all.map((of) => mean(of.naive) / of.scale)),
  ]
  const ratios = all.map((of) => mean(of.off) / mean(of.naive)).toSorted((a, b) => a - b)
  const said = all.reduce((total, of) => total + of.off.length, 0)
  return {
    ahead,
    series: all.length,
    origins: all.reduce((total, of) => total + of.origins, 0),
    error: rounded(error),
    seasonalNaive: rounded(naive),
    ratio: rounded(error / naive),
    ratioOfSquares: rounded(squares('off') / squares('naive')),
    medianRatio: rounded(ratios[Math.floor(ratios.length / 2)] ?? 0),
    inside: rounded(all.reduce((total, of) => total + of.inside, 0) / said),
  }
}
