/**
 * What is sold, for the pages that everybody opens. What is set when a campaign opens is kept in memory; what changes is
 * read each time, so that no page and no other node says what is no longer so.
 */
import { LRUCache } from 'lru-cache'
import type { Context } from '../context.ts'
import { campaignCards, type Campaign, type CampaignCard, type PageWish } from './store.ts'
import { linesOnSale, readLine, type Line } from './store/shelf.ts'

/** A campaign that is sold, without what no page of it shows. */
export interface OnSale extends Omit<CampaignCard, 'campaign'> {
  readonly campaign: Omit<
    Campaign,
    'views' | 'inquiries' | 'soldOrders' | 'soldUnits' | 'endedAt' | 'pledgesCounted' | 'pledgersCounted'
  >
}

export interface Selling extends Context {
  shelf: Shelf
}
export type Shelf = ReturnType<typeof openShelf>

/** Campaigns that are kept; each is some 5 KB. */
const MOST_KEPT = 1000
/** Lists that are kept whole. A count that changes makes another one, so it is soon one of the last. */
const MOST_PAGES = 50

interface Kept {
  line: string
  /** As many as its card had when it was read. */
  pictures: number
  row: OnSale
}

/** The same campaign with other counts. */
const moved = (row: OnSale, { changing }: Line): OnSale =>
  Object.freeze({ ...row, campaign: Object.freeze({ ...row.campaign, ...changing }) })

export function openShelf({ db }: Pick<Context, 'db'>) {
  const kept = new LRUCache<string, Kept>({ max: MOST_KEPT })
  /** Lists by how many were asked for, and the lines that they were made from. */
  const pages = new LRUCache<string, readonly OnSale[]>({ max: MOST_PAGES })

  /** @returns undefined where its card has to be read */
  function known(line: string): OnSale | undefined {
    const found = kept.get(line.slice(0, line.indexOf(' ')))
    if (!found) return undefined
    if (found.line === line) return found.row
    const now = readLine(line)
    // Another picture, or something that a person changed by hand: its whole card is read.
    if (now.pictures !== found.pictures || now.changing.edition !== found.row.campaign.edition) return undefined
    found.row = moved(found.row, now)
    found.line = line
    return found.row
  }

  async function look(wish: PageWish): Promise<readonly OnSale[]> {
    const lines = await linesOnSale(db.read, wish)
    const name = `${wish.limit}\n${lines.join('\n')}`
    const found = pages.get(name)
    if (found) return found
    const rows = await rowsOf(lines)
    pages.set(name, rows)
    return rows
  }

  async function rowsOf(lines: readonly string[]): Promise<readonly OnSale[]> {
    const rows = lines.map(known)
    const unknown = lines.filter((_, n) => !rows[n]).map(readLine)
    if (!unknown.length) return rows as OnSale[]
    const cards = await campaignCards(
      db.read,
      unknown.map(({ id }) => id),
    )
    return lines.flatMap((line, n) => {
      const [before, now] = [rows[n], readLine(line)]
      const card = cards.get(now.id)
      if (before || !card) return before ?? []
      const row = moved(card, now)
      kept.set(now.id, { line, pictures: now.pictures, row })
      return row
    })
  }

  /** Reads that were begun in this turn of the event loop. */
  const begun = new Map<string, Promise<readonly OnSale[]>>()

  return {
    /**
     * What is sold, newest first. As long as nothing of a campaign changes it is the same object, and a list of the same
     * campaigns the same list, by which others may keep what they made of it. Whoever asks for the same in the same turn is
     * answered with one reading.
     */
    page(wish: PageWish): Promise<readonly OnSale[]> {
      const name = `${wish.limit} ${wish.before ?? ''}`
      const other = begun.get(name)
      if (other) return other
      if (!begun.size) process.nextTick(() => begun.clear())
      const reading = look(wish)
      begun.set(name, reading)
      return reading
    },
  }
}
