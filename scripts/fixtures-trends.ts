/**
 * Writes fixtures/trends/: what the demo and the tests read instead of the outside world. Everything in it is invented
 * here, and made the same every time (`npx tsx scripts/fixtures-trends.ts`). All of it ends on FIXTURES_END, so a demo
 * scores the fixtures' last week, whatever today is.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { random as generator } from '../src/core/random.ts'
import { DAY, weekOf, type Lang } from '../src/core/values.ts'
import { addWeeks, weeksBetween, weeksFrom } from '../src/stages/1-trends/weeks.ts'
import {
  EN_LINES,
  EN_WHO,
  OTHER_LINES,
  OTHER_SUBJECTS,
  TALK,
  WHO,
  ZH_LINES,
  type Talk,
} from './fixtures-trends-talk.ts'

/** The last day (a Sunday) that anything in the fixtures is dated. */
export const FIXTURES_END = '2026-11-15'
/** The week that the demo scores: the one FIXTURES_END closes. */
export const FIXTURES_WEEK = weekOf(FIXTURES_END)
export const FIXTURES_FOLDER = new URL('../fixtures/trends/', import.meta.url)

export interface Fixture {
  file: string
  name: string
  lang: Lang
  format: 'rss' | 'atom' | 'json-feed' | 'google-trends' | 'hot-search' | 'pinterest'
  region: string
  contentType: string
}

/** Every file, as the upload it is. */
export const FIXTURES: readonly Fixture[] = [
  {
    file: 'search-interest-zh.csv',
    name: '搜索热度（全国）',
    lang: 'zh',
    format: 'google-trends',
    region: 'CN',
    contentType: 'text/csv',
  },
  {
    file: 'search-interest-us.csv',
    name: 'Search interest (US)',
    lang: 'en',
    format: 'google-trends',
    region: 'US',
    contentType: 'text/csv',
  },
  {
    file: 'hot-search-zh.json',
    name: '热搜榜',
    lang: 'zh',
    format: 'hot-search',
    region: 'CN',
    contentType: 'application/json',
  },
  {
    file: 'fashion-news-zh.xml',
    name: '衣事周报',
    lang: 'zh',
    format: 'rss',
    region: 'CN',
    contentType: 'application/rss+xml',
  },
  {
    file: 'style-blog-en.xml',
    name: 'Seam & Selvedge',
    lang: 'en',
    format: 'atom',
    region: 'GB',
    contentType: 'application/atom+xml',
  },
  {
    file: 'shop-notes-en.json',
    name: 'Shop Floor Notes',
    lang: 'en',
    format: 'json-feed',
    region: 'US',
    contentType: 'application/feed+json',
  },
  {
    file: 'growing-pins-en.csv',
    name: 'Growing pins',
    lang: 'en',
    format: 'pinterest',
    region: 'US',
    contentType: 'text/csv',
  },
]

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const perWeek = (figures: readonly number[], ago: number): number => figures[Math.min(ago, figures.length - 1)] ?? 0
const dayOf = (week: string, day: number): string =>
  new Date(Date.parse(`${week}T00:00:00Z`) + day * DAY).toISOString().slice(0, 10)
const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T

interface Title {
  day: string
  text: string
}

/** Whole titles for a figure like 2.4: two, and a third with probability .4. */
const whole = (figure: number, random: () => number): number => Math.floor(figure) + (random() < figure % 1 ? 1 : 0)

/** The talk of some weeks as titles, none twice. `share` is how much of it this source picks up. */
function titles(lang: Lang, weeks: number, share: number, seed: number): Title[] {
  const random = generator(seed)
  const used = new Set<string>()
  const out: Title[] = []
  const line = (talk: Talk): string => {
    for (;;) {
      const [who, other] = lang === 'zh' ? [pick(random, WHO), pick(random, WHO)] : [pick(random, EN_WHO), '']
      const text = pick(random, lang === 'zh' ? ZH_LINES : EN_LINES)
        .replaceAll('{w}', who)
        .replaceAll('{w2}', other)
        .replaceAll('{W}', capital(who))
        .replaceAll('{t}', lang === 'zh' ? talk.zh : talk.en)
        .replaceAll('{T}', capital(talk.en))
      if (who !== other && !used.has(text)) {
        used.add(text)
        return text
      }
    }
  }
  for (const week of weeksFrom(addWeeks(FIXTURES_WEEK, 1 - weeks), FIXTURES_WEEK)) {
    const ago = weeksBetween(week, FIXTURES_WEEK)
    for (const talk of TALK) {
      const figure = perWeek(lang === 'zh' ? talk.zhPerWeek : talk.enPerWeek, ago) * share
      const count = whole(figure, random)
      for (let i = 0; i < count; i++) out.push({ day: dayOf(week, Math.floor(random() * 7)), text: line(talk) })
    }
  }
  return out.sort((a, b) => {
    if (a.day !== b.day) return a.day < b.day ? -1 : 1
    return a.text < b.text ? -1 : 1
  })
}

// ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
/** Entries of a day are spread over its working hours, so that newest first means something. */
const instant = (day: string, i: number): Date => new Date(Date.parse(`${day}T01:00:00Z`) + (i % 9) * 3_600_000)

function hotSearch(weeks: number): string {
  const random = generator(11)
  const said = titles('zh', weeks, 0.75, 12)
  const days = weeksFrom(addWeeks(FIXTURES_WEEK, 1 - weeks), FIXTURES_WEEK).flatMap((week) =>
    Array.from({ length: 7 }, (_, d) => dayOf(week, d)),
  )
  const lines = days.map((date) => {
    const other = new Set<string>()
    while (other.size < 9) other.add(pick(random, OTHER_LINES).replace('{o}', pick(random, OTHER_SUBJECTS)))
    const own = said.filter((title) => title.day === date).map((title) => title.text)
    return `  ${JSON.stringify({ date, titles: [...own, ...other] })}`
  })
  return `[\n${lines.join(',\n')}\n]\n`
}

function rss(weeks: number): string {
  const items = titles('zh', weeks, 0.45, 21)
    .toReversed()
    .map(
      ({ day, text }, i) =>
        `<item><title>${xml(text)}</title><link>https://yishi.example/${day}/${i + 1}</link><guid isPermaLink="false">yishi-${day}-${i + 1}</guid><pubDate>${instant(day, i).toUTCString()}</pubDate></item>`,
    )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>衣事周报</title><link>https://yishi.example/</link><description>一周穿衣新闻（虚构，供演示）</description><language>zh-CN</language>
${items.join('\n')}
</channel></rss>
`
}

function atom(weeks: number): string {
  const entries = titles('en', weeks, 0.8, 31)
    .toReversed()
    .map(
      ({ day, text }, i) =>
        `<entry><id>tag:seam.example,2026:${day}-${i + 1}</id><title>${xml(text)}</title><link rel="alternate" href="https://seam.example/${day}/${i + 1}"/><updated>${instant(day, i).toISOString()}</updated></entry>`,
    )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:seam.example,2026:blog</id><title>Seam &amp; Selvedge</title><link href="https://seam.example/"/><updated>${FIXTURES_END}T12:00:00Z</updated>
${entries.join('\n')}
</feed>
`
}

function jsonFeed(weeks: number): string {
  const items = titles('en', weeks, 0.45, 41)
    .toReversed()
    .map(({ day, text }, i) => ({
      id: `${day}-${i + 1}`,
      url: `https://shopfloor.example/${day}/${i + 1}`,
      title: text,
      date_published: instant(day, i + 4).toISOString(),
    }))
  const lines = items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')
  return `{\n  "version": "https://jsonfeed.org/version/1.1",\n  "title": "Shop Floor Notes",\n  "home_page_url": "https://shopfloor.example/",\n  "items": [\n${lines}\n  ]\n}\n`
}

interface Interest {
  term: string
  base: number
  /** Height of the season, the day of the year of its middle, its width in days. */
  season: readonly [height: number, middle: number, width: number]
  /** Times as much every year. */
  growth: number
  /** Extra in the last weeks, this week first. */
  burst?: readonly number[]
}

/** Days between a day of the year and the season's middle, the shorter way round. */
const offSeason = (day: string, middle: number): number => {
  const date = new Date(`${day}T00:00:00Z`)
  const ofYear = Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY)
  const apart = Math.abs(ofYear - middle)
  return Math.min(apart, 365 - apart)
}

/** Interest week by week, to the file's greatest value = 100, as exports are scaled. */
function interest(all: readonly Interest[], weeks: number, seed: number): { day: string; values: string[] }[] {
  const random = generator(seed)
  // Search-interest weeks begin on Sundays.
  const days = weeksFrom(addWeeks(FIXTURES_WEEK, 1 - weeks), FIXTURES_WEEK).map((week) => dayOf(week, -1))
  const raw = days.map((day, i) =>
    all.map(({ base, season: [height, middle, width], growth, burst }) => {
      const ago = days.length - 1 - i
      const seasonal = height * Math.exp(-((offSeason(day, middle) / width) ** 2) / 2)
      return (base + seasonal) * growth ** (-ago / 52) * (0.94 + 0.12 * random()) + (burst?.[ago] ?? 0)
    }),
  )
  const most = Math.max(...raw.flat())
  return days.map((day, i) => ({
    day,
    values: (raw[i] ?? []).map((value) => {
      const scaled = (value / most) * 100
      return scaled < 1 ? '<1' : String(Math.round(scaled))
    }),
  }))
}

const ZH_INTEREST: readonly Interest[] = [
  { term: '军大衣', base: 2, season: [60, 350, 30], growth: 2.1, burst: [26, 16, 8, 3] },
  { term: '马面裙', base: 10, season: [34, 30, 24], growth: 1.35 },
  { term: '重磅T恤', base: 9, season: [16, 170, 45], growth: 1.5 },
  { term: '西装马甲', base: 10, season: [18, 320, 40], growth: 1.3 },
  { term: '加绒卫衣', base: 4, season: [44, 340, 32], growth: 1.15 },
]
const US_INTEREST: readonly Interest[] = [
  { term: 'military overcoat', base: 1, season: [40, 345, 32], growth: 1.9, burst: [16, 9, 4] },
  { term: 'barn jacket', base: 5, season: [40, 300, 35], growth: 1.6 },
  { term: 'pleated chinos', base: 16, season: [6, 120, 40], growth: 1.35 },
  { term: 'zip hoodie', base: 14, season: [50, 335, 34], growth: 1.1 },
  { term: 'striped shirt', base: 18, season: [20, 130, 40], growth: 1.12 },
]

const googleTrends = (lang: Lang, all: readonly Interest[], weeks: number, seed: number): string => {
  const [category, week, region] =
    lang === 'zh' ? ['类别：所有类别', '周', '中国'] : ['Category: All categories', 'Week', 'United States']
  const rows = interest(all, weeks, seed).map(({ day, values }) => [day, ...values].join(','))
  return `${category}\n\n${[week, ...all.map(({ term }) => `${term}: (${region})`)].join(',')}\n${rows.join('\n')}\n`
}

const PINS: readonly Interest[] = [
  { term: 'pleated skirt outfit', base: 20, season: [20, 275, 30], growth: 1.4 },
  { term: 'knit dress', base: 16, season: [34, 330, 35], growth: 1.5 },
  { term: 'wide-leg trousers', base: 40, season: [6, 90, 60], growth: 1.05 },
  { term: 'fleece hoodie', base: 10, season: [44, 340, 32], growth: 1.2 },
  { term: 'waistcoat outfit', base: 18, season: [22, 290, 35], growth: 1.45 },
]

function pinterest(weeks: number): string {
  const rows = interest(PINS, weeks, 71)
  const header = ['Trend', 'Weekly change', 'Monthly change', 'Yearly change', ...rows.map((row) => row.day)]
  const figure = (text: string | undefined): number => (text === '<1' ? 0.5 : Number(text ?? 0))
  const lines = PINS.map(({ term }, i) => {
    const values = rows.map((row) => row.values[i] ?? '0')
    const changed = (weeksAgo: number): string => {
      const [now, then] = [figure(values.at(-1)), figure(values.at(-1 - weeksAgo))]
      return then > 0 ? `${Math.round((now / then - 1) * 100)}%` : ''
    }
    return [term, changed(1), changed(4), changed(52), ...values].join(',')
  })
  return `${header.join(',')}\n${lines.join('\n')}\n`
}

/** Every fixture file by its name. */
export const makeFixtures = (): Record<string, string> => ({
  'search-interest-zh.csv': googleTrends('zh', ZH_INTEREST, 164, 51),
  'search-interest-us.csv': googleTrends('en', US_INTEREST, 164, 61),
  'hot-search-zh.json': hotSearch(20),
  'fashion-news-zh.xml': rss(14),
  'style-blog-en.xml': atom(14),
  'shop-notes-en.json': jsonFeed(14),
  'growing-pins-en.csv': pinterest(110),
})

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(FIXTURES_FOLDER, { recursive: true })
  for (const [file, text] of Object.entries(makeFixtures())) writeFileSync(new URL(file, FIXTURES_FOLDER), text)
}
