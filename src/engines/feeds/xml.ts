import type { FeedContents } from '../ports.ts'
import { notFeed } from './complaints.ts'
import { refused } from './messages.ts'
import { collectItems, type Draft } from './collecting.ts'
import { entriesOf, type Element, type Entry } from './entries.ts'
import { readWhen, type When } from './instants.ts'
import { checkRoot, withoutProlog } from './prolog.ts'
import { openTally, type Tally } from './tally.ts'
import { beginningOf, cleanTitle, cleanUrl } from './words.ts'

/**
 * The children of a name, an entry's own before those of other vocabularies: `media:title` may stand above `title`.
 * `foreign` names the prefixes that may speak for the entry where it says nothing itself.
 */
function named({ element, children }: Entry, name: string, foreign: readonly string[] = []): readonly Element[] {
  const all = children.get(name)
  if (!all) return NONE
  const space = element.namespace
  const spaces = all.map((child) => child.namespace)
  const isOwn = (at: number) => spaces[at] === space || typeof spaces[at] === 'symbol'
  const own = all.filter((_, at) => isOwn(at))
  if (own.length === all.length) return own
  return [...own, ...foreign.flatMap((prefix) => all.filter((_, at) => spaces[at] === prefix && !isOwn(at)))]
}
const NONE: readonly Element[] = []

/** The first that says anything. */
function textOf(elements: readonly Element[]): string {
  for (const element of elements) {
    const text = element.textContentNormalized
    if (text.trim()) return text
  }
  return ''
}

const TITLES = ['dc', 'dcterms', 'media', 'itunes', 'rss']
const TEXTS: readonly (readonly [string, readonly string[]])[] = [
  ['description', ['dc', 'media', 'rss']],
  ['summary', ['itunes', 'atom']],
  ['encoded', ['content']],
  ['content', ['atom']],
  ['body', ['xhtml']],
  ['subtitle', ['itunes']],
]
const DATES: readonly (readonly [string, readonly string[]])[] = [
  ['pubdate', ['rss']],
  ['published', ['atom']],
  ['issued', ['dc', 'dcterms', 'atom']],
  ['date', ['dc']],
  ['created', ['dcterms', 'atom']],
  ['updated', ['atom', 'a10']],
  ['modified', ['dcterms', 'atom']],
]

/** The first date that can be read; else that one stands there which cannot, or none does. */
function whenOf(entry: Entry, tally: Tally): When {
  let unreadable: string | undefined
  for (const [name, foreign] of DATES)
    for (const element of named(entry, name, foreign)) {
      const text = element.textContent.trim()
      const when = readWhen(text)
      if (when.kind === 'instant' || when.kind === 'day') return when
      if (when.kind === 'unreadable') unreadable ??= text
    }
  if (unreadable === undefined) return { kind: 'none' }
  tally.change('date-unreadable', unreadable)
  return { kind: 'unreadable' }
}

/** Atom's alternate link, RSS's own, or a permalink in place of one. */
function linkOf(entry: Entry, base: string | undefined): string | undefined {
  const links = [...named(entry, 'link', ['atom', 'a10', 'rss']), ...(entry.children.get('origlink') ?? NONE)]
  const within = (element: Element): string | undefined => {
    const own = element.baseUrl
    return own ? (cleanUrl(own, base) ?? base) : base
  }
  const alternate = (element: Element) =>
    ['', 'alternate'].includes((element.getAttribute('rel') ?? '').trim().toLowerCase())
  for (const element of links) {
    const text = element.textContentNormalized.trim()
    const url = cleanUrl(text || undefined, within(element))
    if (url) return url
  }
  for (const element of links.filter(alternate)) {
    const url = cleanUrl(element.getAttribute('href'), within(element))
    if (url) return url
  }
  const guid = named(entry, 'guid')[0]
  const permalink = guid && (guid.getAttribute('ispermalink') ?? 'true').toLowerCase() !== 'false'
  return permalink ? cleanUrl(guid.textContentNormalized) : cleanUrl(entry.element.getAttribute('rdf:about'))
}

/** Where no title stands: how the first text begins that says anything. */
function beginningIn(entry: Entry): string | undefined {
  for (const [name, foreign] of TEXTS) {
    const beginning = beginningOf(textOf(named(entry, name, foreign)))
    if (beginning) return beginning
  }
  return undefined
}

function draftOf(entry: Entry, base: string | undefined, tally: Tally): Draft | undefined {
  const spoken = cleanTitle(textOf(named(entry, 'title', TITLES)))
  const title = spoken || beginningIn(entry)
  if (!title) {
    tally.leaveOut('untitled')
    return undefined
  }
  if (!spoken) tally.change('text-as-title')
  const url = linkOf(entry, base)
  const id = textOf([
    ...named(entry, 'guid', ['rss']),
    ...named(entry, 'id', ['atom']),
    ...named(entry, 'identifier', ['dc']),
  ])
  return { id: id || url || undefined, title, url, when: whenOf(entry, tally) }
}

/** @throws Problem `feeds.not-a-feed`, `feeds.no-entries`, `feeds.web-page`, `feeds.doctype` */
export function readXml(text: string, address: string | undefined): FeedContents {
  const body = withoutProlog(text)
  checkRoot(body)
  const read = entriesOf(body)
  if (!read) throw notFeed(text.trimStart().slice(0, 30))
  const tally = openTally()
  for (let i = 0; i < read.mended; i++) tally.change('mended')
  for (const slice of read.damaged) tally.leaveOut('damaged', slice)
  const base = cleanUrl(read.base, address) ?? address
  const drafts = read.entries.flatMap((entry): Draft[] => {
    // What nobody foresaw in one entry costs that entry.
    try {
      const draft = draftOf(entry, base, tally)
      return draft ? [draft] : []
    } catch {
      tally.leaveOut('damaged')
      return []
    }
  })
  const { items, notes } = collectItems(drafts, tally)
  if (!items.length) throw refused('feeds.no-entries')
  return {
    format: read.type,
    title: cleanTitle(read.title ?? '') || undefined,
    items,
    series: [],
    notes,
    ...tally.counts(),
  }
}
