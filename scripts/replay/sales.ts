/** Orders of a shop that really sold, as a replay reads them: what was launched, and who bought it when. */
import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { z } from 'zod'
import { DAY } from '../../src/core/values.ts'

/** One buyer's order of an article. */
export interface Order {
  at: Date
  buyer: string
  units: number
}

export interface Launch {
  article: string
  at: Date
  /** After the launch, oldest first; without the buyer who was its first. */
  orders: readonly Order[]
}

/** One line of an invoice as the UCI Online Retail file has it (Chen et al. 2012). */
const line = z.object({
  InvoiceNo: z.string(),
  StockCode: z.string(),
  Quantity: z.coerce.number(),
  InvoiceDate: z.string(),
  UnitPrice: z.coerce.number(),
  CustomerID: z.string(),
})

/**
 * Every article's orders. Returns (an invoice that begins with C) and gifts are no demand; a buyer without a number
 * cannot be told from another, so those lines only say that the article was there.
 * @param path a CSV, gzipped or not
 */
export function readOrders(path: string): Map<string, { seen: Date; orders: Order[] }> {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const articles = new Map<string, { seen: Date; orders: Order[] }>()
  for (const row of Papa.parse<unknown>(text, { header: true, skipEmptyLines: true }).data) {
    const { InvoiceNo, StockCode, Quantity, InvoiceDate, UnitPrice, CustomerID } = line.parse(row)
    const at = new Date(`${InvoiceDate.replace(' ', 'T')}Z`)
    const article = articles.get(StockCode) ?? { seen: at, orders: [] }
    articles.set(StockCode, article)
    if (at < article.seen) article.seen = at
    if (!InvoiceNo.startsWith('C') && Quantity > 0 && UnitPrice > 0 && CustomerID)
      article.orders.push({ at, buyer: CustomerID, units: Quantity })
  }
  return articles
}

/** Articles that were not there in the first weeks of the file are launches; whoever is older may only have been away. */
const SETTLING_DAYS = 35

/**
 * What was launched within the file and can be watched for a whole window, in the order of its launch. The sale that
 * shows us that an article exists opens its window and is not counted, or every launch would begin with a buyer.
 */
export function launchesIn(articles: ReturnType<typeof readOrders>, windowDays: number): Launch[] {
  const all = [...articles.values()]
  const begin = all.reduce((first, { seen }) => Math.min(first, seen.getTime()), Infinity)
  const end = all.reduce((last, { orders }) => orders.reduce((at, order) => Math.max(at, order.at.getTime()), last), 0)
  const launches: Launch[] = []
  for (const [article, { seen, orders }] of articles) {
    const sorted = orders.toSorted((a, b) => a.at.getTime() - b.at.getTime())
    const [first] = sorted
    if (!first || seen.getTime() < begin + SETTLING_DAYS * DAY) continue
    if (first.at.getTime() + windowDays * DAY > end) continue
    launches.push({ article, at: first.at, orders: sorted.filter(({ buyer }) => buyer !== first.buyer) })
  }
  return launches.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** Distinct buyers and units of a launch by a share of its window. */
export function countAt({ at, orders }: Launch, windowDays: number, share: number): { buyers: number; units: number } {
  const until = at.getTime() + share * windowDays * DAY
  const there = orders.filter((order) => order.at.getTime() <= until)
  return {
    buyers: new Set(there.map(({ buyer }) => buyer)).size,
    units: there.reduce((sum, { units }) => sum + units, 0),
  }
}
