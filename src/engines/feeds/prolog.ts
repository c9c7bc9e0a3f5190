/** What stands before a document's root element, where alone a DOCTYPE is one; and which root it is. */
import { notFeed } from './complaints.ts'
import { refused } from './messages.ts'

const skipTo = (text: string, end: string, from: number): number => {
  const at = text.indexOf(end, from)
  return at < 0 ? text.length : at + end.length
}

/** What may hold a `>` or a `]` without ending anything: comments, processing instructions and quoted values. */
const HOLDERS = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['"', '"'],
  ["'", "'"],
] as const

/**
 * Where a DOCTYPE ends. What it defines itself, between its brackets, is passed over in one go: nothing of it is ever
 * expanded or fetched, so it cannot explode.
 */
function endOfDoctype(text: string, start: number): number {
  let subset = false
  for (let at = start; at < text.length; at++) {
    const letter = text[at]
    const holder = HOLDERS.find(([opens]) => text.startsWith(opens, at))
    if (holder) {
      const [opens, closes] = holder
      const close = text.indexOf(closes, at + opens.length)
      if (close < 0) break
      at = close + closes.length - 1
    } else if (letter === '[') subset = true
    else if (letter === ']') subset = false
    else if (letter === '>' && !subset) return at + 1
  }
  throw refused('feeds.doctype')
}

/**
 * The document without its prolog. RSS 0.90 and 0.91 demand a DOCTYPE that names Netscape's DTD, and some publishers
 * define entities in theirs, which is what entity bombs are made of: it is cut out, and what refers to such an entity
 * stays as it is written.
 * @throws Problem `feeds.doctype`, `feeds.web-page`, `feeds.not-a-feed`
 */
export function withoutProlog(text: string): string {
  let at = 0
  let doctypes = 0
  for (;;) {
    at += /^\s*/.exec(text.slice(at, at + 10_000))?.[0].length ?? 0
    if (text.startsWith('<?', at)) at = skipTo(text, '?>', at)
    else if (text.startsWith('<!--', at)) at = skipTo(text, '-->', at)
    else if (/^<!DOCTYPE/i.test(text.slice(at, at + 9))) {
      if (/^<!DOCTYPE\s+html\b/i.test(text.slice(at, at + 40))) throw refused('feeds.web-page')
      if (++doctypes > 1) throw refused('feeds.doctype')
      at = endOfDoctype(text, at + 9)
    } else break
  }
  return text.slice(at)
}

/** @throws Problem that says what it is instead of a feed */
export function checkRoot(body: string): void {
  const root = /^<([\w.:-]+)/.exec(body)?.[1]?.toLowerCase().replace(/^.*:/, '')
  if (root === 'html' || root === 'head' || root === 'body') throw refused('feeds.web-page')
  if (root === 'opml') throw refused('feeds.feed-list')
  if (root === 'urlset' || root === 'sitemapindex') throw refused('feeds.site-map')
  if (!root || !['rss', 'rdf', 'feed', 'channel'].includes(root)) throw notFeed(body.slice(0, 30))
}
