import { createHash } from 'node:crypto'
import { parseFeed } from '@rowanmanning/feed-parser'
import type { FeedContents, FeedItem } from '../ports.ts'
import { doctype, emptyFeed, notFeed, webPage } from './complaints.ts'
import { cleanTitle, cleanUrl, guessLang } from './words.ts'

/**
 * RSS 0.90 and 0.91 demand a DOCTYPE that only names Netscape's DTD; it is cut out and never fetched. One that brings
 * definitions of its own (an internal subset) is what entity bombs are made of, and is refused.
 * @throws Problem `feeds.doctype`, `feeds.web-page`
 */
export function withoutDoctype(text: string): string {
  const start = text.search(/<!DOCTYPE/i)
  if (/<!ENTITY/i.test(text.slice(0, 10_000))) throw doctype()
  if (start < 0) return text
  const rest = text.slice(start, start + 2_000)
  if (/^<!DOCTYPE\s+html\b/i.test(rest)) throw webPage()
  const end = rest.search(/[[>]/)
  if (end < 0 || rest[end] === '[') throw doctype()
  const after = text.slice(start + end + 1)
  if (/<!DOCTYPE/i.test(after)) throw doctype()
  return text.slice(0, start) + after
}

/** Entries without an id of their own are recognised by their link, or else by their words. */
const ownId = (title: string, published: string): string =>
  `sha256:${createHash('sha256').update(`${title}\n${published}`).digest('hex').slice(0, 32)}`

interface Entry {
  id: string | null
  title: string
  url: string | null
  at: Date | undefined
}

/** The library reads lazily and may stumble anywhere over what is no feed: undefined then, whatever it threw. */
function entriesOf(xml: string): { type: string; entries: Entry[] } | undefined {
  try {
    const feed = parseFeed(xml)
    const entries = feed.items.map((item) => ({
      id: item.id,
      title: item.title ?? '',
      url: item.url,
      at: item.published ?? item.updated ?? undefined,
    }))
    return { type: feed.meta.type, entries }
  } catch {
    return undefined
  }
}

/** @throws Problem `feeds.not-a-feed`, `feeds.no-entries`, `feeds.web-page`, `feeds.doctype` */
export function readXml(text: string): FeedContents {
  const xml = withoutDoctype(text)
  if (/^\s*(<\?xml[^>]*>\s*)?<html\b/i.test(xml.slice(0, 1000))) throw webPage()
  const read = entriesOf(xml)
  if (!read) throw notFeed(text.trimStart().slice(0, 30))
  const items: FeedItem[] = []
  let untitled = 0
  for (const entry of read.entries) {
    const title = cleanTitle(entry.title)
    if (!title) {
      untitled++
      continue
    }
    const url = cleanUrl(entry.url)
    const externalId = (entry.id ?? url ?? ownId(title, entry.at?.toISOString() ?? '')).slice(0, 500)
    items.push({ externalId, title, url, publishedAt: entry.at, day: undefined, lang: guessLang(title) })
  }
  if (!items.length) throw emptyFeed()
  const undated = items.filter((item) => !item.publishedAt).length
  return {
    format: read.type === 'atom' ? 'atom' : 'rss',
    items,
    series: [],
    notes: [
      ...(untitled
        ? [{ en: `${untitled} entries without a title were left out.`, zh: `${untitled} 个没有标题的条目已略过。` }]
        : []),
      ...(undated
        ? [
            {
              en: `${undated} entries name no date and count from the day they were first read.`,
              zh: `${undated} 个条目没有日期，按首次读取的日期计算。`,
            },
          ]
        : []),
    ],
  }
}
