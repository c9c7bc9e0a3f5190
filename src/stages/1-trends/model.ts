/** Sources, items and trends as the stage speaks of them. */
import { HOUR, MINUTE, SECOND, type Lang, type Localized } from '../../core/values.ts'
import type { ColumnTaken, FeedFormat, FeedItem } from '../../engines/ports.ts'
import { normalise } from './matching.ts'
import { refused } from './messages.ts'
import type { Opening } from './timing.ts'
import type { Implies, Term, TermKind } from './vocabulary/term.ts'

export const FORMATS = [
  'auto',
  'rss',
  'atom',
  'json-feed',
  'google-trends',
  'hot-search',
  'pinterest',
  'sales',
] as const
export type SourceFormat = (typeof FORMATS)[number]

export const FEED_LIMIT = 2 * 1024 * 1024
export const UPLOAD_LIMIT = 5 * 1024 * 1024
/** A sound file takes a tenth of it on a machine with nothing else to do; on a busy one it is to be read as well. */
export const READ_DEADLINE_MS = 10 * SECOND

/**
 * Search interest is an index, not a count: it can show a season or a rise, but never how many said something. Units
 * sold are a level of the same kind: what is bought, week by week.
 */
export type Measure = 'counts' | 'interest'
export const measureOf = (format: string): Measure =>
  format === 'google-trends' || format === 'pinterest' || format === 'sales' ? 'interest' : 'counts'
/** An index is brought to the scale of the newest export; units stay what they are. */
export const sameKind = (a: string, b: string): boolean =>
  measureOf(a) === measureOf(b) && (a === 'sales') === (b === 'sales')

/** The address of a feed in one form, so that the same feed is added once. @throws Problem `trends.bad-url` */
export function checkUrl(raw: string): string {
  const field = 'url'
  if (!URL.canParse(raw)) throw refused('trends.bad-url', { address: raw.slice(0, 80) }, { field })
  const url = new URL(raw)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refused('trends.bad-url#protocol', { protocol: url.protocol }, { field })
  if (url.username || url.password) throw refused('trends.bad-url#password', undefined, { field })
  url.hash = ''
  return url.href
}

const LONGEST_PAUSE = 24 * HOUR

/** When to ask a source again: its own rhythm, doubled with every failure, or what it asked for, a day at most. */
export const pauseMs = (everyMinutes: number, failures: number, retryAfterSeconds = 0): number =>
  Math.min(LONGEST_PAUSE, Math.max(everyMinutes * MINUTE * 2 ** Math.min(failures, 10), retryAfterSeconds * 1000))

/** Reposts differ in marks, hashtags and a "(photos)" in front; what is left is what was said. */
export const fingerprintOf = (title: string): string =>
  normalise(title)
    .replace(/[[(【（]\s*(?:组图|图|视频|转载?|photos?|video|updated?)\s*[\])】）]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .slice(0, 120) || title.slice(0, 120)

/** An item ready to be stored: dated, fingerprinted, its terms found. */
export interface NewItem {
  externalId: string
  title: string
  url: string | undefined
  lang: Lang
  publishedAt: Date
  day: string
  week: string
  fingerprint: string
  terms: string[]
}

/** What of a reading was new, and what is to be told of it. */
export interface Stored {
  itemsNew: number
  notes: Localized[]
}

/** A clock that runs ahead by more than this at the publisher's would score a week that has not begun. */
export const FUTURE_MS = 48 * HOUR

/** The instant an item counts for: its own, the noon of its day, or the moment it was first read. */
export function instantOf(item: FeedItem, now: Date): Date {
  const at = item.publishedAt ?? (item.day ? new Date(`${item.day}T12:00:00Z`) : now)
  return at.getTime() > now.getTime() + FUTURE_MS ? now : at
}

export const FLAGS = ['single-source', 'gap', 'burst-doubted', 'interest-only', 'counts-only'] as const
export type Flag = (typeof FLAGS)[number]

export interface TrendItem {
  title: string
  url: string | null
  day: string
  source: string
}

/** The weeks to come, as they are expected in the one that was scored; 8 of 10 values between `low` and `high`. */
export interface TermForecast {
  /** The first week, a Monday. */
  from: string
  low: number[]
  mid: number[]
  high: number[]
  /** How much of its season repeats from year to year, 0–1; null where its history is too short to tell. */
  repeats: number | null
  /** What it is forecast of: a source's search interest, or mentions in all sources together. */
  measure: Measure
  /** The source whose interest it is; null of mentions. */
  source: string | null
}

export interface TrendEvidence {
  /** 52 weeks, oldest first; null where the source said nothing at all. */
  series: { week: string; value: number | null }[]
  /** What the series measures. */
  measure: Measure
  items: TrendItem[]
  sources: { id: string; name: string; lang: Lang; measure: Measure; recent: number }[]
  flags: Flag[]
  /** Behind the burst: the weighted recent count, what was expected, days with a mention in four weeks. */
  counts: { recent: number; expected: number | null; days: number }
  /** Absent where too little is known, and of weeks that were scored before there were any. */
  forecast?: TermForecast
}

export interface Trend {
  id: string
  term: string
  week: string
  label: Localized
  kind: TermKind
  lift: number | null
  rise: number | null
  burst: number | null
  confidence: number | null
  /** From 1. */
  rank: number
  evidence: TrendEvidence
  /** When a design of it has to open, by the house's terms of today; null where it has no season. */
  opening?: Opening | null
  /** A word of the house's own, as it was understood when the week was scored. */
  word: Term | null
  /** What a garment that follows the term would be made like, as the vocabulary has it today. */
  implies: Implies
  scoredAt: Date
}

/** What a week's trends can be ordered by: all of it together, or one of the scores. */
export const TREND_SORTS = ['combined', 'lift', 'rise', 'burst'] as const
export type TrendSort = (typeof TREND_SORTS)[number]

export interface TrendPage {
  /** The week shown, a Monday; undefined where nothing has been scored yet. */
  week: string | undefined
  /** The newest week that anything was read of: where it is later than the newest with trends, it has none. */
  newest: string | undefined
  trends: Trend[]
  /** Give it back as `cursor` for the next page. */
  next: string | undefined
}

export interface TermSeries {
  source: { id: string; name: string; measure: Measure }
  points: { week: string; value: number }[]
}

export interface UploadResult {
  sourceId: string
  ingestId: string
  format: string
  itemsSeen: number
  itemsNew: number
  notes: Localized[]
  /** The source's name, given or by the kind of file. */
  name: string
  /** Entries and series that count; those read otherwise than they are written; and those left out. */
  kept: number
  changed: number
  leftOut: number
  /** Of a table: what was taken as what, and the names of all its columns. */
  columns: readonly ColumnTaken[]
  found: readonly string[]
}

/** What an upload would bring, before anything is stored. */
export type UploadPreview = Omit<UploadResult, 'sourceId' | 'ingestId' | 'itemsNew'>

export type ScoredTrend = Omit<Trend, 'id' | 'implies' | 'opening' | 'scoredAt'>

export const formatName = (format: FeedFormat | 'auto'): Localized => FORMAT_NAMES[format]
const FORMAT_NAMES: Readonly<Record<SourceFormat, Localized>> = {
  auto: { zh: '自动识别', en: 'found automatically' },
  rss: { zh: 'RSS', en: 'RSS' },
  atom: { zh: 'Atom', en: 'Atom' },
  'json-feed': { zh: 'JSON Feed', en: 'JSON Feed' },
  'google-trends': { zh: 'Google Trends 导出', en: 'Google Trends export' },
  'hot-search': { zh: '热搜榜', en: 'hot-search list' },
  pinterest: { zh: 'Pinterest 趋势导出', en: 'Pinterest trends export' },
  sales: { zh: '销售表', en: 'table of sales' },
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/**
 * What a source of uploads is called where nobody named it: a feed by its own title, anything else by its kind and
 * region. Not by the file: four daily files are one source, with the history that a baseline needs.
 */
export const sourceNameOf = (
  { format, title }: { format: FeedFormat; title: string | undefined },
  lang: Lang,
  place: string | undefined,
): string => [title ?? capital(formatName(format)[lang]), place].filter(Boolean).join(' · ').slice(0, 120)
