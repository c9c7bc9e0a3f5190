/** The entries of an RSS or Atom document as elements; one that is broken does not take its neighbours with it. */
import { parseFeed } from '@rowanmanning/feed-parser'

type Feed = ReturnType<typeof parseFeed>
export type Element = Feed['items'][number]['element']

/** An entry with its children by their names. The library makes them anew each time it is asked, so it is asked once. */
export interface Entry {
  element: Element
  children: ReadonlyMap<string, readonly Element[]>
}

export interface Entries {
  type: 'rss' | 'atom'
  title: string | undefined
  /** Where relative links of the channel begin. */
  base: string | undefined
  entries: Entry[]
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

/** @throws whatever the library throws over what is no feed */
function entryOf(element: Element): Entry {
  const children = new Map<string, Element[]>()
  for (const child of element.children) {
    if (typeof child === 'string') continue
    const known = children.get(child.name)
    if (known) known.push(child)
    else children.set(child.name, [child])
  }
  return { element, children }
}

/** What may hold markup that is none. */
const HOLDERS = new Map([
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
])

/**
 * What a pattern finds outside comments and CDATA. One that is never closed holds nothing, and is looked for to the
 * end of the text once, however many begin.
 * @param pattern global; its first choices are the beginnings of {@link HOLDERS}
 */
function* outside(xml: string, pattern: RegExp): Generator<RegExpExecArray> {
  const token = new RegExp(pattern)
  const unclosed = new Set<string>()
  for (let match = token.exec(xml); match; match = token.exec(xml)) {
    const closes = HOLDERS.get(match[0].toUpperCase())
    if (!closes) yield match
    else if (!unclosed.has(closes)) {
      const end = xml.indexOf(closes, token.lastIndex)
      if (end < 0) unclosed.add(closes)
      else token.lastIndex = end + closes.length
    }
  }
}

const EDGE = /<!--|<!\[CDATA\[|<(\/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])/gi

/** Where each entry begins and ends, found without minding anything else: comments and CDATA are passed over. */
function slices(xml: string): string[] {
  const found: string[] = []
  let start = -1
  for (const edge of outside(xml, EDGE)) {
    const end = xml.indexOf('>', edge.index) + 1
    if (!end) break
    if (edge[1]) {
      if (start >= 0) found.push(xml.slice(start, end))
      start = -1
    } else {
      // The one before was never closed: it ends where the next begins.
      if (start >= 0) found.push(xml.slice(start, edge.index))
      start = xml[end - 2] === '/' ? -1 : edge.index
    }
  }
  if (start >= 0) found.push(xml.slice(start))
  return found
}

const STRAY = /<!--|<!\[CDATA\[|<(?![A-Za-z_/!?])/gi

/** `Shirts < 100` as it would be written by whoever knows XML. */
function withoutStray(slice: string): string {
  let [text, from] = ['', 0]
  for (const { index } of outside(slice, STRAY)) {
    text += `${slice.slice(from, index)}&lt;`
    from = index + 1
  }
  return text + slice.slice(from)
}

function readAlone(slice: string, type: Entries['type']): Entry | undefined {
  const closed = /<\/(?:[\w.-]+:)?(?:item|entry)\s*>\s*$/i.test(slice)
  const name = /^<([\w.:-]+)/.exec(slice)?.[1] ?? 'item'
  const mended = withoutStray(closed ? slice : `${slice}</${name}>`)
  const inside =
    type === 'atom'
      ? `<feed xmlns="http://www.w3.org/2005/Atom">${mended}</feed>`
      : `<rss version="2.0"><channel>${mended}</channel></rss>`
  return quietly(() => {
    const element = parseFeed(inside).items[0]?.element
    return element && entryOf(element)
  })
}

/** An entry that lost its end may have taken in the next: then it has more titles than one. */
const isWhole = ({ children }: Entry): boolean => !children.has('item') && !children.has('entry')

export function entriesOf(xml: string): Entries | undefined {
  const feed = quietly(() => parseFeed(xml))
  const isAtom = feed ? quietly(() => feed.meta.type) === 'atom' : /^<(?:[\w.-]+:)?feed\b/i.test(xml)
  const type = isAtom ? 'atom' : 'rss'
  const found = (feed && quietly(() => feed.items.map(({ element }) => entryOf(element)))) ?? []
  const base = feed && (quietly(() => feed.url) ?? quietly(() => feed.self) ?? undefined)
  const title = (feed && quietly(() => feed.title)) ?? undefined
  const cut = slices(xml)
  if (cut.length === found.length && found.every(isWhole))
    return { type, title, base, entries: found, mended: 0, damaged: [] }
  const alone = cut.map((slice) => ({ slice, entry: readAlone(slice, type) }))
  const entries = alone.flatMap(({ entry }) => entry ?? [])
  if (!feed && !entries.length && !cut.length) return undefined
  return {
    type,
    title,
    base,
    entries,
    mended: entries.length,
    damaged: alone.filter(({ entry }) => !entry).map(({ slice }) => slice.slice(0, 60)),
  }
}
