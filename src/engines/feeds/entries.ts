/** The entries of an RSS or Atom document as elements; one that is broken does not take its neighbours with it. */
import { parseFeed } from '@rowanmanning/feed-parser'

type Feed = ReturnType<typeof parseFeed>
export type Element = Feed['items'][number]['element']

export interface Entries {
  type: 'rss' | 'atom'
  title: string | undefined
  /** Where relative links of the channel begin. */
  base: string | undefined
  entries: Element[]
  /** Entries that were read by themselves because the markup around them is broken. */
  mended: number
  damaged: string[]
}

/** The library reads lazily and may stumble anywhere over what is no feed: undefined then, whatever it threw. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** Where each entry begins and ends, found without minding anything else: comments and CDATA are passed over. */
function slices(xml: string): string[] {
  const found: string[] = []
  const token = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)(?:[\w.-]+:)?(item|entry)(?=[\s/>])[^>]*>/gi
  let start = -1
  for (let match = token.exec(xml); match; match = token.exec(xml)) {
    if (!match[2]) continue
    if (match[1]) {
      if (start >= 0) found.push(xml.slice(start, token.lastIndex))
      start = -1
    } else {
      // The one before was never closed: it ends where the next begins.
      if (start >= 0) found.push(xml.slice(start, match.index))
      start = match[0].endsWith('/>') ? -1 : match.index
    }
  }
  if (start >= 0) found.push(xml.slice(start))
  return found
}

const PLAIN = /(<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>)|<(?![A-Za-z_/!?])/g

function readAlone(slice: string, type: Entries['type']): Element | undefined {
  const closed = /<\/(?:[\w.-]+:)?(?:item|entry)\s*>\s*$/i.test(slice)
  const name = /^<([\w.:-]+)/.exec(slice)?.[1] ?? 'item'
  const mended = (closed ? slice : `${slice}</${name}>`).replace(
    PLAIN,
    (whole, kept: string | undefined) => kept ?? (whole === '<' ? '&lt;' : whole),
  )
  const inside =
    type === 'atom'
      ? `<feed xmlns="http://www.w3.org/2005/Atom">${mended}</feed>`
      : `<rss version="2.0"><channel>${mended}</channel></rss>`
  return quietly(() => parseFeed(inside).items[0]?.element)
}

/** An entry that lost its end may have taken in the next: then it has more titles than one. */
const isWhole = (element: Element): boolean =>
  quietly(() => element.findElementsWithName('item').length + element.findElementsWithName('entry').length === 0) ??
  false

export function entriesOf(xml: string): Entries | undefined {
  const feed = quietly(() => parseFeed(xml))
  const type = feed
    ? quietly(() => feed.meta.type) === 'atom'
      ? 'atom'
      : 'rss'
    : /^<(?:[\w.-]+:)?feed\b/i.test(xml)
      ? 'atom'
      : 'rss'
  const found = (feed && quietly(() => feed.items.map((item) => item.element))) ?? []
  const base = feed && (quietly(() => feed.url) ?? quietly(() => feed.self) ?? undefined)
  const title = (feed && quietly(() => feed.title)) ?? undefined
  const cut = slices(xml)
  if (cut.length === found.length && found.every(isWhole))
    return { type, title, base, entries: found, mended: 0, damaged: [] }
  const alone = cut.map((slice) => ({ slice, element: readAlone(slice, type) }))
  const entries = alone.flatMap(({ element }) => (element ? [element] : []))
  if (!feed && !entries.length && !cut.length) return undefined
  return {
    type,
    title,
    base,
    entries,
    mended: entries.length,
    damaged: alone.filter(({ element }) => !element).map(({ slice }) => slice.slice(0, 60)),
  }
}
