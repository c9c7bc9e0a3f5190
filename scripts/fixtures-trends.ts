/**
 * Writes fixtures/trends/: what the demo and the tests read instead of the outside world. Everything in it is invented
 * here, and made the same every time (`npx tsx scripts/fixtures-trends.ts`). All of it ends on FIXTURES_END, so a demo
 * scores the fixtures' last week, whatever today is.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { DAY, weekOf, type Lang } from '../src/core/values.ts'
import { addWeeks, weeksBetween, weeksFrom } from '../src/stages/1-trends/weeks.ts'

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

/** mulberry32: small, and the same on every machine. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

// ── what is talked about ────────────────────────────────────────────────────────────────────────────────────────

interface Talk {
  zh: string
  en: string
  /** Titles a week, this week first; the last figure goes on backwards. */
  zhPerWeek: readonly number[]
  enPerWeek: readonly number[]
}

const TALK: readonly Talk[] = [
  { zh: '军大衣', en: 'military overcoat', zhPerWeek: [16, 13, 9, 5, 2, 1, 0.4], enPerWeek: [5, 4, 3, 1, 0.3] },
  { zh: '国风毛衣裙', en: 'knit dress', zhPerWeek: [10, 8, 4, 1, 0.3], enPerWeek: [2, 1, 1, 0.4] },
  { zh: '谷仓夹克', en: 'barn jacket', zhPerWeek: [6, 4, 3, 1, 0.4], enPerWeek: [6, 5, 3, 2, 0.6] },
  { zh: '西装马甲', en: 'waistcoat', zhPerWeek: [6, 5, 3, 2, 0.6], enPerWeek: [4, 3, 2, 1, 0.4] },
  { zh: '加绒卫衣', en: 'fleece hoodie', zhPerWeek: [6, 5, 4, 3, 2, 1, 0.5], enPerWeek: [3, 3, 2, 1, 0.4] },
  { zh: '拉链卫衣', en: 'zip hoodie', zhPerWeek: [3, 3, 2, 1, 0.8], enPerWeek: [3, 3, 2, 1, 0.7] },
  { zh: '条纹衬衫', en: 'striped shirt', zhPerWeek: [5, 4, 2, 1, 0.5], enPerWeek: [4, 3, 2, 1, 0.5] },
  { zh: '重磅T恤', en: 'heavyweight tee', zhPerWeek: [4, 4, 3, 2, 1, 0.6], enPerWeek: [3, 2, 2, 1, 0.4] },
  { zh: '双褶卡其裤', en: 'pleated chinos', zhPerWeek: [4, 3, 2, 1, 0.4], enPerWeek: [5, 3, 3, 1, 0.5] },
  { zh: '百褶半身裙', en: 'pleated skirt', zhPerWeek: [5, 4, 2, 1, 0.7], enPerWeek: [3, 3, 2, 1, 0.5] },
  { zh: '马面裙', en: 'horse-face skirt', zhPerWeek: [4, 4, 3, 3, 2, 2], enPerWeek: [1, 0, 0.3] },
  { zh: '阔腿裤', en: 'wide-leg trousers', zhPerWeek: [3, 3, 3], enPerWeek: [2, 2, 2] },
  { zh: '牛仔裤', en: 'blue jeans', zhPerWeek: [3, 2, 3], enPerWeek: [2, 2, 2] },
  { zh: '连衣裙', en: 'tea dress', zhPerWeek: [2, 2, 3, 3], enPerWeek: [1, 1, 2] },
  { zh: '羽绒服', en: 'puffer', zhPerWeek: [5, 4, 4, 3, 3, 2, 2, 1], enPerWeek: [2, 2, 2, 1] },
  { zh: '风衣', en: 'trench coat', zhPerWeek: [1, 1, 2, 3, 4, 5, 5, 4, 2], enPerWeek: [1, 1, 2, 3, 3, 2] },
  { zh: '防晒衣', en: 'sun jacket', zhPerWeek: [0, 0, 0, 0, 0, 0.5, 1, 2, 3, 4], enPerWeek: [0, 0, 0, 0.4] },
  { zh: '亚麻衬衫', en: 'linen shirt', zhPerWeek: [0, 0, 0, 0.5, 1, 1, 2, 3], enPerWeek: [0, 0, 0.5, 1, 2] },
  { zh: '酒红色穿搭', en: 'burgundy outfit', zhPerWeek: [6, 5, 3, 1, 0.3], enPerWeek: [4, 3, 2, 0.3] },
  { zh: '灯芯绒', en: 'corduroy', zhPerWeek: [5, 4, 3, 1, 0.4], enPerWeek: [4, 3, 2, 0.4] },
  { zh: '毛领', en: 'fur collar', zhPerWeek: [4, 3, 2, 1, 0.3], enPerWeek: [2, 1, 1, 0.3] },
  { zh: '老钱风', en: 'quiet luxury', zhPerWeek: [1, 2, 2], enPerWeek: [2, 2, 2] },
]

const WHO = [
  '大学生',
  '早八人',
  '县城青年',
  '夜班护士',
  '自由职业者',
  '图书管理员',
  '外卖骑手',
  '实习生',
  '三口之家',
  '宿舍六个人',
  '退休阿姨',
  '摄影爱好者',
]
const ZH_LINES = [
  '{w}人手一件{t}',
  '{w}为什么都爱{t}',
  '{t}卖断货，{w}排队等补',
  '{w}把{t}翻了出来',
  '{w}晒出自己的{t}',
  '被{w}种草的{t}到底好在哪',
  '{w}团购{t}还剩最后一天',
  '{t}今年多少钱一件，{w}算了笔账',
  '{w}：没有一件{t}过不了这个冬天',
  '工厂老板回应{t}订单排到下月',
  '老裁缝教{w}挑{t}',
  '{w}改造旧{t}的三个办法',
  '北方的{w}和南方的{w2}都在找{t}',
  '{t}上身实拍，{w}给出打分',
  '{w}第一次买{t}要看哪几处',
  '{t}又上热榜，{w}笑了',
  '二手市集里{t}最抢手，{w}说捡到宝',
  '{w}自己动手缝了一件{t}',
]
const EN_WHO = [
  'students',
  'night-shift nurses',
  'cyclists',
  'librarians',
  'first-time buyers',
  'new parents',
  'bakers',
  'teachers',
  'market traders',
  'gardeners',
  'commuters',
  'tailors',
]
const EN_LINES = [
  'Why {w} keep asking for the {t}',
  'The {t}: what {w} should look for before buying',
  '{T}, worn by {w} all week',
  'We asked {w} about the {t}',
  'A {t} for {w} that survives the washing machine',
  'How {w} style the {t} this month',
  'The {t} sold out twice, and {w} noticed',
  'Three ways {w} wear a {t}',
  'Inside a small workshop that cuts the {t} for {w}',
  'Is the {t} worth the wait? {W} answer',
  'A pattern cutter explains the {t} to {w}',
  '{W} are mending last year’s {t}',
]

/** What else is on a hot-search list: nothing to wear in it. */
const OTHER_SUBJECTS = [
  '早市',
  '地铁新线',
  '图书馆',
  '江边步道',
  '菜价',
  '夜宵摊',
  '博物馆',
  '流星雨',
  '稻田',
  '高铁站',
  '候鸟',
  '银杏',
  '渔港',
  '社区食堂',
  '天文台',
  '老电影院',
  '山火救援',
  '果园',
  '冰雪大世界',
  '古桥',
]
const OTHER_LINES = [
  '{o}排起长队',
  '{o}有了新变化',
  '{o}周末人气很旺',
  '一张{o}的照片火了',
  '{o}今天正式开放',
  '专家谈{o}',
  '{o}的背后故事',
  '老人讲述{o}往事',
  '网友推荐的{o}路线',
  '{o}连夜修好了',
  '第一次看见这样的{o}',
  '{o}免费了',
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
  return out.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.text < b.text ? -1 : 1))
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
