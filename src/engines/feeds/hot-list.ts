/**
 * Lists of what is talked about, as sites and those who copy them write them: a list of titles or of objects with one,
 * bare or wrapped (`{data: {list: […]}}`), a day each or many days together, with advertisements in between.
 */
import type { FeedContents, FeedItem } from '../ports.ts'
import { wrongJson } from './complaints.ts'
import { refused } from './messages.ts'
import { readWhen, type When } from './instants.ts'
import type { JsonOptions } from './json.ts'
import { isMembers, wordsIn } from './json-feed.ts'
import type { Tally } from './tally.ts'
import { cleanId, cleanTitle, cleanUrl, guessLang } from './words.ts'

type Members = Readonly<Record<string, unknown>>

/** Where a title stands, the commonest first. */
const TITLES = [
  'title', 'word', 'keyword', 'hot_word', 'hotword', 'name', 'query', 'topic', 'topic_name', 'show_name', 'note',
  'text', 'sentence', 'headline', 'content', 'desc', 'label', '标题', '热搜词', '关键词', '话题', '词条', '名称',
] // prettier-ignore
const LINKS = ['url', 'link', 'href', 'mobileUrl', 'mobile_url', 'scheme', '链接', '网址']
const DATES = [
  'date',
  'day',
  'time',
  'created_at',
  'published',
  'publish_time',
  'onboard_time',
  'update_time',
  '日期',
  '时间',
]
/** Where an object keeps what it is about. */
const INSIDE = ['target', 'title_area', 'card', 'item', 'detail']
const HOT_SEARCH_HOST = 'https://s.weibo.com'

const get = (entry: Members, names: readonly string[]): unknown => {
  for (const name of names) if (Object.hasOwn(entry, name) && entry[name] !== null) return entry[name]
  for (const [key, value] of Object.entries(entry))
    if (value !== null && names.some((name) => name.toLowerCase() === key.toLowerCase())) return value
  return undefined
}

function titleOf(entry: unknown, depth = 0): string {
  if (typeof entry === 'string') return cleanTitle(entry)
  if (!isMembers(entry)) return ''
  for (const name of TITLES) {
    const title = cleanTitle(wordsIn(get(entry, [name])))
    if (title && !/^\d+$/.test(title)) return title
  }
  if (depth < 2)
    for (const name of INSIDE) {
      const title = titleOf(entry[name], depth + 1)
      if (title) return title
    }
  return ''
}

/** Paid places are marked, each list in its own way. */
function isAdvertisement(entry: unknown): boolean {
  if (!isMembers(entry)) return false
  const yes = (value: unknown) => value === true || value === 1 || value === '1' || value === 'true'
  return (
    ['is_ad', 'isAd', 'is_ads', 'ad', 'isad', 'is_promotion', 'promoted', 'topic_ad', 'dot_icon_ad'].some((name) =>
      yes(entry[name]),
    ) ||
    ['ad_type', 'ad_info', 'adid', 'ad_id', 'promotion'].some((name) => Boolean(entry[name]) && entry[name] !== '0') ||
    ['icon_desc', 'label_name', 'small_icon_desc', 'flag_desc', 'tag', 'type'].some((name) =>
      ['荐', '商', '广告', '推广', 'ad', 'ads', 'advertisement', 'sponsored'].includes(
        wordsIn(entry[name]).trim().toLowerCase(),
      ),
    )
  )
}

interface Found {
  path: string
  list: readonly unknown[]
  titled: number
  /** The day or moment that the object around it names. */
  when: When
}

const MOST_NODES = 50_000
const SAMPLE = 200

const whenIn = (around: unknown): When => {
  const value = isMembers(around) ? get(around, DATES) : undefined
  const when = readWhen(typeof value === 'string' || typeof value === 'number' ? value : undefined)
  return when.kind === 'unreadable' ? { kind: 'none' } : when
}

/** Every list of titles anywhere in the document, with what names its day. */
function listsIn(top: unknown): Found[] {
  const found: Found[] = []
  let nodes = 0
  const walk = (value: unknown, path: string, when: When, depth: number): void => {
    if (++nodes > MOST_NODES || depth > 8) return
    if (Array.isArray(value)) {
      // The first few hundred show what a list holds; archives have tens of thousands.
      const sample = value.slice(0, SAMPLE)
      const titled = sample.filter((entry) => titleOf(entry)).length * (value.length / (sample.length || 1))
      const holders = sample.filter(
        (entry) =>
          isMembers(entry) &&
          Object.values(entry).some((inner) => Array.isArray(inner) && inner.slice(0, 20).some((one) => titleOf(one))),
      ).length
      if (titled > 0 && holders * 2 < sample.length) found.push({ path, list: value, titled, when })
      else value.forEach((entry, i) => walk(entry, `${path}[${i}]`, when, depth + 1))
      return
    }
    if (!isMembers(value)) return
    const own = whenIn(value)
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner !== 'object' || inner === null) continue
      // Archives are also kept as one member for each day.
      const named = readWhen(key)
      const around = own.kind === 'none' ? when : own
      const day = named.kind === 'day' ? named : around
      walk(inner, path ? `${path}.${key}` : key, day, depth + 1)
    }
  }
  walk(top, '', { kind: 'none' }, 0)
  return found
}

/** `20261116.json`, `2026-11-16.json`, `hot_2026.11.16_08.json`. */
function dayOfName(fileName: string | undefined): string | undefined {
  const match = /(?<!\d)((?:19|20)\d{2})([-_.年]?)(\d{1,2})\2(?:月)?(\d{1,2})(?!\d)/.exec(
    (fileName ?? '').replace('月', '年'),
  )
  const [, year, mark, month = '', date = ''] = match ?? []
  if (!match || (mark === '' && (month.length !== 2 || date.length !== 2))) return undefined
  const when = readWhen(`${year}-${month}-${date}`)
  return when.kind === 'day' ? when.day : undefined
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isMembers(value)) return `an object with ${Object.keys(value).slice(0, 8).join(', ') || 'nothing'}`
  return `a single ${typeof value}`
}

/** Lists that stand beside the ranking and are not it. */
const BESIDE = /(?:^|\.)(?:ads?|ad_list|banner|banners|tabs?|menu|nav|icons?|pinned_ads)(?:\.|\[|$)/i

const longestOf = (all: readonly Found[]): Found | undefined =>
  all.reduce<Found | undefined>((best, one) => (!best || one.titled > best.titled ? one : best), undefined)

/** The entries of a ranking's lists, each title once a day; what is none is left out and counted. */
function entriesOf(
  lists: readonly Found[],
  fromName: When | undefined,
  address: JsonOptions['address'],
  tally: Tally,
): FeedItem[] {
  const items = new Map<string, FeedItem>()
  for (const { list, when } of lists)
    for (const entry of list) {
      const title = titleOf(entry)
      if (!title) {
        tally.leaveOut('no-entry', JSON.stringify(entry))
        continue
      }
      if (isAdvertisement(entry)) {
        tally.leaveOut('advertisement', title)
        continue
      }
      // A day that is written counts before one in the file's name, and that before a moment somewhere in the entry.
      const own = whenIn(entry)
      const at = [own, when].find(({ kind }) => kind === 'day') ?? fromName ?? (own.kind === 'none' ? when : own)
      const day = at.kind === 'day' ? at.day : undefined
      const publishedAt = at.kind === 'instant' ? at.at : undefined
      const link = isMembers(entry) ? wordsIn(get(entry, LINKS)) : ''
      // The same title may be listed for days on end: it is one item on each of them.
      const externalId = cleanId(`${day ?? publishedAt?.toISOString() ?? ''}|${title}`)
      if (items.has(externalId)) {
        tally.leaveOut('repeated', title)
        continue
      }
      items.set(externalId, {
        externalId,
        title,
        url: cleanUrl(link, link.startsWith('/weibo') ? HOT_SEARCH_HOST : address),
        publishedAt,
        day,
        lang: guessLang(title),
      })
    }
  return [...items.values()]
}

/** @throws Problem `feeds.wrong-json`, `feeds.no-entries` */
export function readHotList(value: unknown, { fileName, address }: JsonOptions, tally: Tally): FeedContents {
  if (Array.isArray(value) && !value.length) throw refused('feeds.no-entries')
  const all = listsIn(value).filter(({ path }) => !BESIDE.test(path))
  const dated = all.filter(({ when }) => when.kind !== 'none')
  const days = new Set(dated.map(({ when }) => JSON.stringify(when)))
  const longest = longestOf(all)
  if (!longest) throw wrongJson('the top', shapeOf(value))
  // Many days, or several parts of one ranking (`cards[0].content`, `cards[1].content`), belong together.
  const shape = (path: string) => path.replace(/\[\d+\]|\d{4}[-/.]?\d{2}[-/.]?\d{2}/g, '*')
  const lists = days.size > 1 ? dated : all.filter(({ path }) => shape(path) === shape(longest.path))
  const named = dayOfName(fileName)
  const fromName: When | undefined = named ? { kind: 'day', day: named, timed: false } : undefined
  const kept = entriesOf(lists, fromName, address, tally)
  if (!kept.length) throw refused('feeds.no-entries')
  const notes = tally.notes()
  if (longest.path && days.size < 2 && !/^(titles|list|items)$/.test(longest.path))
    notes.push({ en: `The list was found at "${longest.path}".`, zh: `列表位于“${longest.path}”。` })
  if (kept.some(({ day, publishedAt }) => !day && !publishedAt))
    notes.push({
      en: 'The list names no day, so it counts for the day it was read. Name the file like 2026-11-16.json to give it one.',
      zh: '列表未注明日期，按读取当天计算。可将文件命名为 2026-11-16.json 来指定日期。',
    })
  return { format: 'hot-search', title: undefined, items: kept, series: [], notes, ...tally.counts() }
}
