import { z } from 'zod'
import type { FeedContents, FeedItem } from '../ports.ts'
import { brokenJson, emptyFeed, wrongJson } from './complaints.ts'
import { dayOfCell } from './dates.ts'
import { cleanTitle, cleanUrl, guessLang } from './words.ts'

/** JSON Feed 1.0 and 1.1 (jsonfeed.org): the members we read; ids were allowed to be numbers once. */
const jsonFeed = z.object({
  version: z.string().startsWith('https://jsonfeed.org/version/'),
  items: z.array(
    z.object({
      id: z.union([z.string(), z.number()]).optional(),
      url: z.string().nullish(),
      external_url: z.string().nullish(),
      title: z.string().nullish(),
      summary: z.string().nullish(),
      content_text: z.string().nullish(),
      date_published: z.string().nullish(),
      date_modified: z.string().nullish(),
    }),
  ),
})

/** Hot-search lists: one day's ranking, or many days with their titles. */
const ranking = z.array(z.object({ title: z.string(), url: z.string().nullish() }))
const dayOfTitles = z.object({
  date: z.string(),
  titles: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string().nullish() })])),
})

const HOT_SEARCH_HOST = 'https://s.weibo.com'
const hotSearchUrl = (url: string | null | undefined): string | undefined =>
  cleanUrl(url?.startsWith('/') ? `${HOT_SEARCH_HOST}${url}` : url)

function explain(error: z.ZodError): never {
  throw wrongJson(error.issues[0]?.path.join('.') || 'the top')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // One object per line (JSON Lines) is how archives of many days are kept.
    const lines = text.split(/\r?\n/).filter((line) => line.trim())
    if (lines.length > 1 && lines.every((line) => line.trimStart().startsWith('{'))) {
      try {
        return lines.map((line) => JSON.parse(line) as unknown)
      } catch {
        // said below
      }
    }
    throw brokenJson(error instanceof Error ? error.message.slice(0, 80) : 'unreadable')
  }
}

function readJsonFeed(value: unknown): FeedContents {
  const feed = jsonFeed.safeParse(value)
  if (!feed.success) return explain(feed.error)
  const items = feed.data.items.flatMap((entry): FeedItem[] => {
    const title = cleanTitle(entry.title ?? entry.summary ?? entry.content_text?.slice(0, 120) ?? '')
    if (!title) return []
    const at = new Date(entry.date_published ?? entry.date_modified ?? Number.NaN)
    const url = cleanUrl(entry.url ?? entry.external_url)
    return [
      {
        externalId: String(entry.id ?? url ?? title).slice(0, 500),
        title,
        url,
        publishedAt: Number.isNaN(at.getTime()) ? undefined : at,
        day: undefined,
        lang: guessLang(title),
      },
    ]
  })
  if (!items.length) throw emptyFeed()
  return { format: 'json-feed', items, series: [], notes: [] }
}

const hotItem = (title: string, url: string | null | undefined, day: string | undefined): FeedItem[] => {
  const clean = cleanTitle(title)
  if (!clean) return []
  // The same title may be listed for days on end: it is one item on each of them.
  const externalId = `${day ?? ''}|${clean}`.slice(0, 500)
  return [{ externalId, title: clean, url: hotSearchUrl(url), publishedAt: undefined, day, lang: guessLang(clean) }]
}

const once = (items: readonly FeedItem[]): FeedItem[] => [
  ...new Map(items.map((item) => [item.externalId, item])).values(),
]

function readHotSearch(value: readonly unknown[], fileName: string | undefined): FeedContents {
  if (!value.length) throw emptyFeed()
  const first = value[0]
  if (typeof first === 'object' && first !== null && 'titles' in first) {
    const days = z.array(dayOfTitles).safeParse(value)
    if (!days.success) return explain(days.error)
    const items = days.data.flatMap(({ date, titles }, i) => {
      const day = dayOfCell(date)
      if (!day) throw wrongJson(`${i}.date`)
      return titles.flatMap((entry) =>
        typeof entry === 'string' ? hotItem(entry, undefined, day) : hotItem(entry.title, entry.url, day),
      )
    })
    if (!items.length) throw emptyFeed()
    return { format: 'hot-search', items: once(items), series: [], notes: [] }
  }
  const list = ranking.safeParse(value)
  if (!list.success) return explain(list.error)
  const named = /(\d{4}-\d{2}-\d{2})/.exec(fileName ?? '')?.[1]
  const day = named ? dayOfCell(named) : undefined
  const items = once(list.data.flatMap((entry) => hotItem(entry.title, entry.url, day)))
  if (!items.length) throw emptyFeed()
  const undated = {
    en: 'The list names no day, so it counts for the day it was read. Name the file like 2026-11-16.json to give it one.',
    zh: '列表未注明日期，按读取当天计算。可将文件命名为 2026-11-16.json 来指定日期。',
  }
  return { format: 'hot-search', items, series: [], notes: day ? [] : [undated] }
}

/** JSON Feed, a day's ranking `[{url, title}]`, or days of titles `[{date, titles}]`. @throws Problem `feeds.*` */
export function readJson(text: string, fileName: string | undefined): FeedContents {
  const value = parse(text)
  if (Array.isArray(value)) return readHotSearch(value, fileName)
  if (typeof value === 'object' && value !== null && 'titles' in value) return readHotSearch([value], fileName)
  return readJsonFeed(value)
}
