/** What stands before a document's root element, where alone a DOCTYPE is one; and which root it is. */
import { doctype, feedList, notFeed, siteMap, webPage } from './complaints.ts'

const skipTo = (text: string, end: string, from: number): number => {
  const at = text.indexOf(end, from)
  return at < 0 ? text.length : at + end.length
}

/** The end of a DOCTYPE and what it defines itself, between its brackets. */
function doctypeAt(text: string, start: number): { end: number; subset: string } {
  let quote = ''
  for (let at = start; at < text.length && at < start + 20_000; at++) {
    const letter = text[at] ?? ''
    if (quote) quote = letter === quote ? '' : quote
    else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '>') return { end: at + 1, subset: '' }
    else if (letter === '[') {
      const close = text.indexOf(']', at)
      if (close < 0) throw doctype()
      return { end: skipTo(text, '>', close), subset: text.slice(at + 1, close) }
    }
  }
  throw doctype()
}

/**
 * The document without its prolog. RSS 0.90 and 0.91 demand a DOCTYPE that only names Netscape's DTD; it is cut out
 * and never fetched. One that defines entities is what entity bombs are made of, and is refused.
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
      if (/^<!DOCTYPE\s+html\b/i.test(text.slice(at, at + 40))) throw webPage()
      const { end, subset } = doctypeAt(text, at)
      if (/<!ENTITY/i.test(subset) || ++doctypes > 1) throw doctype()
      at = end
    } else break
  }
  return text.slice(at)
}

/** @throws Problem that says what it is instead of a feed */
export function checkRoot(body: string): void {
  const root = /^<([\w.:-]+)/.exec(body)?.[1]?.toLowerCase().replace(/^.*:/, '')
  if (root === 'html' || root === 'head' || root === 'body') throw webPage()
  if (root === 'opml') throw feedList()
  if (root === 'urlset' || root === 'sitemapindex') throw siteMap()
  if (!root || !['rss', 'rdf', 'feed', 'channel'].includes(root)) throw notFeed(body.slice(0, 30))
}
