/** Scores and forecasts, tried on panels and on lists of titles. */
import { basename } from 'node:path'
import type { Lang } from '../../core/values.ts'
import type { FeedReader } from '../../engines/ports.ts'
import { burstPrecision } from '../../stages/1-trends/evaluating/bursts.ts'
import { forecastError } from '../../stages/1-trends/evaluating/forecasts.ts'
import { askedFrom, countTerms, type Panel, type Title } from '../../stages/1-trends/evaluating/given.ts'
import { rankingOf } from '../../stages/1-trends/evaluating/ranking.ts'
import { openMatcher } from '../../stages/1-trends/matching.ts'
import { seriesGiven, type Read } from './given-series.ts'
import { words } from './messages.ts'

export interface Measured {
  file: string
  /** What was measured; machines tell results apart by it. */
  measure: string
  rows: unknown[][]
  told: object
}

const percent = (share: number): number => Math.round(share * 1000) / 10

function panelMeasured(file: string, { period, first, last, terms, weekly }: Panel, lang: Lang): Measured[] {
  const series = [...terms.values()]
  // A quarter and a year ahead, in whatever periods the panel has.
  const forecasts = [12 / 52, 1].flatMap((years) => forecastError(series, period, Math.round(period * years)) ?? [])
  const ranking = rankingOf(weekly)
  // Too short, or too few terms, for anything to be known of it.
  if (!ranking && forecasts.length === 0) return []
  const row = (name: 'season' | 'rise') =>
    ranking
      ? [
          [
            words.say(lang, `evaluate.${name}`),
            ...Object.entries(ranking[name]).map(([score, share]) => `${score} ${share.toFixed(3)}`),
          ],
        ]
      : []
  return [
    {
      file,
      measure: 'panel',
      told: {
        terms: terms.size,
        period: period === 12 ? 'month' : 'week',
        first,
        last,
        lift: ranking?.season.lift ?? null,
        rise: ranking?.rise.rise ?? null,
        ranking: ranking ?? null,
        forecast: forecasts,
      },
      rows: [
        [words.say(lang, 'evaluate.panel', { terms: terms.size, first, last })],
        ...row('season'),
        ...row('rise'),
        ...forecasts.map(({ ahead, ratio, inside }) => [
          words.say(lang, 'evaluate.forecast', { ahead, percent: percent(ratio), inside: percent(inside) }),
        ]),
      ],
    },
  ]
}

/** Lists that differ in their dates alone are one source: raw_2022-07-16.json, fashion_titles_2020-11_2022-12.csv. */
const stemOf = (file: string): string =>
  basename(file)
    .replace(/\.[a-z.]+$/i, '')
    .replace(/[\d_\-.]+/g, ' ')
    .trim() || basename(file)

interface List {
  files: string[]
  titles: Title[]
}

/** The source that tells of most days: others of a folder are parts of it, or too short for a year before. */
function longest(read: readonly Read[]): List | undefined {
  const lists = new Map<string, List>()
  for (const { file, given } of read) {
    if (!('titles' in given)) continue
    const list = lists.get(stemOf(file)) ?? { files: [], titles: [] }
    list.files.push(file)
    list.titles.push(...given.titles)
    lists.set(stemOf(file), list)
  }
  const days = ({ titles }: List) => new Set(titles.map(({ day }) => day)).size
  return [...lists.values()].sort((a, b) => days(b) - days(a))[0]
}

function titlesMeasured(place: string, read: readonly Read[], since: string | undefined, lang: Lang): Measured[] {
  const list = longest(read)
  if (!list) return []
  const totals = new Map(read.flatMap(({ given }) => ('totals' in given ? [...given.totals] : [])))
  const counted = countTerms(list.titles, totals.size ? totals : undefined, openMatcher())
  const burst = burstPrecision(counted, askedFrom(counted.weeks, since))
  // Without a year before it nobody can tell a burst.
  if (!burst) return []
  const hits = [...counted.terms.values()].flat().reduce((a, b) => a + b, 0)
  const [first, last] = [counted.weeks[0] ?? '', counted.weeks.at(-1) ?? '']
  const told = { titles: list.titles.length, terms: counted.terms.size, hits, first, last }
  const { weeks, averagePrecision: precision, zScore, chance } = burst
  return [
    {
      file: place,
      measure: 'titles',
      told: { of: list.files.map((file) => basename(file)), ...told, burst },
      rows: [
        [words.say(lang, 'evaluate.titles', told)],
        [words.say(lang, 'evaluate.burst', { weeks, precision, zScore, chance })],
      ],
    },
  ]
}

/**
 * Everything in a file or folder that scores can be tried on: each panel by itself, titles together.
 * @returns also the first file that could not be read, for whoever has to say why there is nothing
 */
export async function seriesMeasured(
  place: string,
  { reader, since, lang }: { reader: Pick<FeedReader, 'read'>; since: string | undefined; lang: Lang },
): Promise<{ measured: Measured[]; why: Error | undefined }> {
  const { read, left } = await seriesGiven(place, reader)
  const panels = read.flatMap(({ file, given }) => ('panel' in given ? panelMeasured(file, given.panel, lang) : []))
  return { measured: [...panels, ...titlesMeasured(place, read, since, lang)], why: left[0]?.why }
}
