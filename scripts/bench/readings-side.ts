/**
 * The product as it is deployed, without its worker, which reads what it is given; and in the same process the parsers
 * alone. Asked for a reading it answers how many milliseconds that took; for a history, how many weekly values it is.
 */
import { join } from 'node:path'
import { parseFeed } from '@rowanmanning/feed-parser'
import SQLite from 'better-sqlite3'
import Papa from 'papaparse'
import type * as Values from '../../src/core/values.ts'
import type * as Schema from '../../src/db/schema.ts'
import type * as Vocabulary from '../../src/stages/1-trends/vocabulary/index.ts'
import { built, startFresh } from './built.ts'
import { answering } from './side.ts'

export interface Reading {
  kind: 'feed' | 'csv' | 'csv-titles'
  rows: number
  /** The parser alone (and a bare insert of titles) instead of ours. */
  bare: boolean
  /** Each turn reads something new. */
  number: number
}
export interface History {
  sources: number
  weeks: number
}

const { newId } = (await built('core/values')) as typeof Values
const { sources } = (await built('db/schema')) as typeof Schema
const { VOCABULARY } = (await built('stages/1-trends/vocabulary/index')) as typeof Vocabulary

const { folder, running, leave } = await startFresh({ ROLE: 'web', SECRET: '5'.repeat(64) })
const { db, line } = running.app
const bench = { kind: 'system', name: 'bench' } as const
const bare = new SQLite(join(folder, 'bare.db'))
bare.pragma('journal_mode = WAL')
bare.exec(`create table items (id text primary key, title text not null, day text not null, source text not null) strict;
  create unique index items_once on items (source, title);
  create index items_by_week on items (day)`)
const insert = bare.prepare('insert into items (id, title, day, source) values (?, ?, ?, ?)')

const WARES = ['military coat', 'pleated skirt', 'wool blazer', 'lace dress', 'cargo trousers', 'linen shirt']
const DAY = 86_400_000
const moment = (n: number): Date => new Date(Date.now() - 40 * DAY + n * 600_000)
const lines = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join('\n')

const MAKE: Readonly<Record<Reading['kind'], (rows: number, number: number) => string>> = {
  feed: (rows, number) =>
    `<?xml version="1.0"?><rss version="2.0"><channel><title>bench ${number}</title><link>https://example.org/</link>${lines(
      rows,
      (i) =>
        `<item><title>${WARES[i % 6]} seen again, ${number} and ${i}</title><link>https://example.org/${number}/${i}</link><guid>${number}-${i}</guid><pubDate>${moment(i).toUTCString()}</pubDate><description>A few words of ${i}.</description></item>`,
    )}</channel></rss>`,
  csv: (rows, number) =>
    `date,product,units\n${lines(
      rows,
      (i) =>
        `${moment((Math.floor(i / 40) - 500) * 144)
          .toISOString()
          .slice(0, 10)},${WARES[i % 6]} style ${i % 40},${(i + number) % 17}`,
    )}`,
  'csv-titles': (rows, number) =>
    `date,title\n${lines(rows, (i) => `${moment(i).toISOString().slice(0, 10)},"${WARES[i % 6]} seen again, ${number} and ${i}"`)}`,
}

const BARE: Readonly<Record<Reading['kind'], (text: string, number: number) => unknown>> = {
  feed: (text) => parseFeed(text).items.length,
  csv: (text) => Papa.parse<string[]>(text).data.length,
  'csv-titles': (text, number) => {
    const rows = Papa.parse<string[]>(text).data.slice(1)
    bare.transaction(() => {
      for (const [day = '', title = ''] of rows) insert.run(newId(), title, day, `source ${number}`)
    })()
  },
}

async function read({ kind, rows, bare: alone, number }: Reading): Promise<{ ms: number }> {
  const text = MAKE[kind](rows, number)
  const bytes = new Uint8Array(Buffer.from(text))
  const began = performance.now()
  if (alone) BARE[kind](text, number)
  else await line.trends.upload(bench, { name: `${kind} ${number}`, lang: 'en', bytes })
  return { ms: performance.now() - began }
}

/** Every term in every source and week, by a statement of the database's own. */
async function remember({ sources: count, weeks }: History): Promise<number> {
  const formats = ['rss', 'google-trends', 'hot-search']
  const now = new Date()
  const ids = Array.from({ length: count }, () => newId())
  await db.write((tx) =>
    tx.insert(sources).values(
      ids.map((id, i) => ({
        id,
        name: `history ${i}`,
        kind: 'upload' as const,
        format: formats[i % formats.length] ?? 'rss',
        url: null,
        lang: 'en' as const,
        region: null,
        nextFetchAt: null,
        createdAt: now,
      })),
    ),
  )
  const monday = new Date(now.getTime() - ((now.getUTCDay() + 6) % 7) * DAY)
  const days = Array.from({ length: weeks }, (_, i) =>
    new Date(monday.getTime() - i * 7 * DAY).toISOString().slice(0, 10),
  )
  const rowsOf = (values: readonly string[]) => `json_each('${JSON.stringify(values)}')`
  await db.execute(
    `insert or ignore into exposures select s.value, w.value, 400, 7 from ${rowsOf(ids)} s, ${rowsOf(days)} w`,
  )
  for (const { id } of VOCABULARY)
    await db.execute(
      `insert into term_weeks (term, source_id, week, value, days) select '${id}', s.value, w.value, abs(random() % 40), 7 from ${rowsOf(ids)} s, ${rowsOf(days)} w`,
    )
  return VOCABULARY.length * count * weeks
}

async function score(): Promise<{ ms: number }> {
  const monday = new Date(Date.now() - ((new Date().getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10)
  const began = performance.now()
  await line.trends.scoreWeek(bench, { week: monday })
  return { ms: performance.now() - began }
}

answering(
  {},
  {
    ask: (word: Reading | { history: History } | { score: number }) => {
      if ('history' in word) return remember(word.history)
      return 'score' in word ? score() : read(word)
    },
    async leave() {
      bare.close()
      await leave()
    },
  },
)
