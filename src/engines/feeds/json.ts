import type { FeedContents } from '../ports.ts'
import { refused } from './messages.ts'
import { readHotList } from './hot-list.ts'
import { isJsonFeed, readJsonFeed } from './json-feed.ts'
import { openTally, type Tally } from './tally.ts'

/** Guards and callbacks that servers put around JSON so that browsers do not run it, or do. */
const unwrapped = (text: string): string =>
  text
    .trim()
    .replace(/^\)\]\}'?,?\s*/, '')
    .replace(/^(?:\/\*\*\/\s*)?[\w$.]{1,60}\s*\(\s*([[{][\s\S]*[\]}])\s*\)\s*;?$/, '$1')
    .replace(/^(?:var|let|const|window\.)?\s*[\w$.]{1,60}\s*=\s*([[{][\s\S]*[\]}])\s*;?$/, '$1')

/** One object per line (JSON Lines) is how archives of many days are kept; a broken line costs itself. */
function readLines(text: string, tally: Tally): unknown[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim())
  if (lines.length < 2 || !lines.every((line) => /^\s*[[{]/.test(line))) return undefined
  const values: unknown[] = []
  for (const line of lines)
    try {
      values.push(JSON.parse(line.replace(/,\s*$/, '')))
    } catch {
      tally.leaveOut('line-broken', line)
    }
  return values.length ? values : undefined
}

function parse(text: string, tally: Tally): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof RangeError) throw error
    const values = readLines(text, tally)
    if (values) return values
    try {
      // A line break typed into a title is no JSON, but can only mean what it is.
      // oxlint-disable-next-line no-control-regex
      return JSON.parse(text.replace(/[\u0000-\u001f]+/g, ' ').replace(/,(\s*[\]}])/g, '$1'))
    } catch {
      throw refused('feeds.broken-json', { detail: error instanceof Error ? error.message.slice(0, 80) : 'unreadable' })
    }
  }
}

export interface JsonOptions {
  fileName: string | undefined
  /** Where it was fetched from: what relative links are completed from. */
  address: string | undefined
}

/** JSON Feed, or a hot list in one of the shapes they have in the wild. @throws Problem `feeds.*` */
export function readJson(text: string, options: JsonOptions): FeedContents {
  const tally = openTally()
  const value = parse(unwrapped(text), tally)
  return isJsonFeed(value) ? readJsonFeed(value, options, tally) : readHotList(value, options, tally)
}
