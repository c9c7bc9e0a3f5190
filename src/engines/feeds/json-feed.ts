import type { FeedContents } from '../ports.ts'
import { collectItems, type Draft } from './collecting.ts'
import { wrongJson } from './complaints.ts'
import { refused } from './messages.ts'
import { readWhen } from './instants.ts'
import type { JsonOptions } from './json.ts'
import type { Tally } from './tally.ts'
import { beginningOf, cleanTitle, cleanUrl } from './words.ts'

type Members = Readonly<Record<string, unknown>>
export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Words, or a number where somebody's program wrote one; nothing else is text. */
export function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
}

/** JSON Feed 1.0 and 1.1 (jsonfeed.org). */
export const isJsonFeed = (value: unknown): value is Members =>
  isMembers(value) && typeof value['version'] === 'string' && /jsonfeed\.org\/version\//.test(value['version'])

function draftOf(entry: Members, base: string | undefined, tally: Tally): Draft | undefined {
  const spoken = cleanTitle(wordsIn(entry['title']))
  const title =
    spoken || ['content_text', 'summary', 'content_html'].map((name) => beginningOf(wordsIn(entry[name]))).find(Boolean)
  if (!title) {
    tally.leaveOut('untitled')
    return undefined
  }
  if (!spoken) tally.change('text-as-title')
  const url = cleanUrl(wordsIn(entry['url']), base) ?? cleanUrl(wordsIn(entry['external_url']), base)
  const dates = ['date_published', 'date_modified'].map((name) => wordsIn(entry[name])).filter(Boolean)
  const read = dates.map(readWhen)
  const when = read.find(({ kind }) => kind === 'instant' || kind === 'day') ?? read[0] ?? { kind: 'none' as const }
  if (when.kind === 'unreadable') tally.change('date-unreadable', dates[0])
  return { id: wordsIn(entry['id']) || url, title, url, when }
}

export function readJsonFeed(feed: Members, { address }: JsonOptions, tally: Tally): FeedContents {
  const entries = feed['items']
  if (!Array.isArray(entries)) throw wrongJson('items', 'a JSON Feed without a list of items')
  const home = cleanUrl(wordsIn(feed['home_page_url']), address) ?? cleanUrl(wordsIn(feed['feed_url'])) ?? address
  const drafts = entries.flatMap((entry: unknown): Draft[] => {
    if (!isMembers(entry)) {
      tally.leaveOut('damaged', JSON.stringify(entry))
      return []
    }
    const draft = draftOf(entry, home, tally)
    return draft ? [draft] : []
  })
  const { items, notes } = collectItems(drafts, tally)
  if (!items.length) throw refused('feeds.no-entries')
  const title = cleanTitle(wordsIn(feed['title'])) || undefined
  return { format: 'json-feed', title, items, series: [], notes, ...tally.counts() }
}
