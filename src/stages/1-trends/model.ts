/** Sources, items and trends as the stage speaks of them, and what may be asked of it. */
import { z } from 'zod'
import { problem, type Problem } from '../../core/errors.ts'
import { oneLine } from '../../core/typed.ts'
import { HOUR, LANGS, MINUTE, type Lang, type Localized } from '../../core/values.ts'
import { COLUMN_ROLES, type FeedFormat, type FeedItem } from '../../engines/ports.ts'
import { normalise } from './matching.ts'
import { TERM_KINDS, type Implies, type TermKind } from './vocabulary/term.ts'

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
export const READ_DEADLINE_MS = 2000

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

const name = oneLine(1, 120)
const region = oneLine(0, 60).optional()

export const addSourceSchema = z.object({
  name,
  url: z.string().trim().min(1).max(2000),
  lang: z.enum(LANGS).default('zh'),
  region,
  format: z.enum(FORMATS).default('auto'),
  everyMinutes: z
    .int()
    .min(5)
    .max(7 * 24 * 60)
    .default(60),
})

/** `date=统计日期; units=支付件数`, as the terminal and a form give it. */
const columnsFromText = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(/[;；\n]/)
      .map((part) => part.split(/[=＝](.*)/s).map((side) => side.trim()))
      .filter(([role, column]) => role && column)
      .map(([role = '', column = '']) => [role.toLowerCase(), column]),
  )
const columns = z.preprocess(
  (given) => (typeof given === 'string' ? columnsFromText(given) : given),
  z.partialRecord(z.enum(COLUMN_ROLES), oneLine(1, 120)).optional(),
)

export const uploadSchema = z.object({
  /** A new upload source, or the one of this name; without one, that of its kind of file. */
  name: z.preprocess((given) => (typeof given === 'string' && !given.trim() ? undefined : given), name.optional()),
  lang: z.enum(LANGS).default('zh'),
  region,
  format: z.enum(FORMATS).default('auto'),
  fileName: z.string().max(255).optional(),
  contentType: z.string().max(255).optional(),
  /** Which column is what, where the table does not say it clearly. */
  columns,
  /** Which number of 5/2/25 is the month, where no row shows it. */
  dates: z.enum(['auto', 'month-first', 'day-first']).default('auto'),
  bytes: z.instanceof(Uint8Array),
})

export const listTrendsSchema = z.object({
  week: z.iso.date().optional(),
  kind: z.enum(TERM_KINDS).optional(),
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().regex(/^\d+$/).optional(),
})

/** Says which field of an input was wrong, in both languages. */
export function parsed<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = issue?.path.join('.') || 'input'
  throw problem(
    'trends.invalid',
    422,
    {
      en: `"${field}" cannot be that: ${issue?.message ?? 'invalid'}. Correct it and send it again.`,
      zh: `“${field}”的取值无效：${issue?.message ?? '格式不符'}。请更正后重新提交。`,
    },
    { field },
  )
}

const badUrl = (text: Localized): Problem => problem('trends.bad-url', 422, text, { field: 'url' })

/** The address of a feed in one form, so that the same feed is added once. @throws Problem `trends.bad-url` */
export function checkUrl(raw: string): string {
  if (!URL.canParse(raw))
    throw badUrl({
      en: `"${raw.slice(0, 80)}" is not an address. Give the whole address of the feed, beginning with https://.`,
      zh: `“${raw.slice(0, 80)}”不是有效地址。请填写订阅源的完整地址，以 https:// 开头。`,
    })
  const url = new URL(raw)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw badUrl({
      en: `Only http and https addresses can be read, not "${url.protocol}". Look for the feed's web address.`,
      zh: `只能读取 http 或 https 地址，不支持“${url.protocol}”。请填写订阅源的网页地址。`,
    })
  if (url.username || url.password)
    throw badUrl({
      en: 'The address contains a user name or password, which would be stored and shown. Use a feed that needs none.',
      zh: '地址中含有用户名或密码，会被保存并显示。请使用无需登录的订阅源。',
    })
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
  /** What a garment that follows the term would be made like, as the vocabulary has it today. */
  implies: Implies
  scoredAt: Date
}

export type ScoredTrend = Omit<Trend, 'id' | 'implies' | 'scoredAt'>

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
