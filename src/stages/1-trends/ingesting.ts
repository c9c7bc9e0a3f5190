/** What was read becomes stored items or series, and the weeks it touches are counted anew: all in one transaction. */
import { setImmediate } from 'node:timers/promises'
import type { Actor } from '../../core/actor.ts'
import { dayIn, weekOf, type Localized } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import type { FeedContents, FeedSeries } from '../../engines/ports.ts'
import type { Context } from '../context.ts'
import type { Matcher } from './matching.ts'
import { fingerprintOf, instantOf, type NewItem } from './model.ts'
import { words } from './messages.ts'
import { salesWeeks, weeksOfDays, type SalesWeeks, type SoldDay } from './sales.ts'
import { addSeries, joinSeries, toWeeks, withoutUnfinished, type WeekValue } from './series.ts'
import {
  dropSalesDays,
  insertIngest,
  insertItems,
  putSalesDays,
  putSeries,
  recountWeeks,
  salesDaysOf,
  seriesOfSource,
  storedSeries,
} from './store.ts'
import { termOf } from './vocabulary/index.ts'

/** Everything that can be worked out before the transaction begins. */
export interface Prepared {
  format: FeedContents['format']
  items: NewItem[]
  series: { term: string; weeks: WeekValue[] }[]
  seen: number
  /** Entries and series that count; those read otherwise than written; and those left out. */
  kept: number
  changed: number
  leftOut: number
  notes: Localized[]
  /** Of series that no term of the vocabulary is named by: what they are called. */
  unknown: string[]
  /** The weeks a table of sales tells all about, first and last. */
  covers: SalesWeeks['covers']
  /** What a table of sales by the day tells of each. */
  days: SalesWeeks['days']
}

/** Between this many titles other requests get their turn. */
const TURN = 500

async function prepareItems(
  contents: FeedContents,
  matcher: Matcher,
  now: Date,
  timeZone: string,
): Promise<{ items: NewItem[]; early: number }> {
  const prepared: NewItem[] = []
  let early = 0
  for (const [i, item] of contents.items.entries()) {
    if (i % TURN === TURN - 1) await setImmediate()
    const publishedAt = instantOf(item, now)
    const moved = item.publishedAt !== undefined && publishedAt !== item.publishedAt
    if (moved) early++
    // A source that names the day means its own calendar's; only an instant depends on the time zone.
    const day = item.day && !item.publishedAt ? item.day : dayIn(publishedAt, timeZone)
    prepared.push({
      externalId: item.externalId,
      title: item.title,
      url: item.url,
      lang: item.lang,
      publishedAt,
      day,
      week: weekOf(day),
      fingerprint: fingerprintOf(item.title),
      terms: matcher.terms(item.title),
    })
  }
  return { items: prepared, early }
}

/** The column's term: the longest thing it names, or undefined. "olive military coat" is about the coat. */
function termOfColumn(name: string, matcher: Matcher): string | undefined {
  const hits = matcher.hits(name)
  return hits.reduce<(typeof hits)[number] | undefined>(
    (best, hit) => (!best || hit.surface.length > best.surface.length ? hit : best),
    undefined,
  )?.term.id
}

function prepareSeries(
  all: readonly FeedSeries[],
  matcher: Matcher,
): { series: Prepared['series']; unknown: string[] } {
  const byTerm = new Map<string, WeekValue[][]>()
  const unknown: string[] = []
  for (const one of all) {
    // Alone in its column, an everyday word ("black", "casual") is meant as clothing.
    const term = termOfColumn(one.term, matcher) ?? termOfColumn(`${one.term} outfit`, matcher)
    if (term) byTerm.set(term, [...(byTerm.get(term) ?? []), toWeeks(one)])
    else unknown.push(one.term)
  }
  return { series: [...byTerm].map(([term, weeks]) => ({ term, weeks: addSeries(weeks) })), unknown }
}

const named = (names: readonly string[]): string => names.slice(0, 10).join(', ') + (names.length > 10 ? ' …' : '')

export async function prepare(
  contents: FeedContents,
  matcher: Matcher,
  now: Date,
  timeZone: string,
): Promise<Prepared> {
  const { items, early } = await prepareItems(contents, matcher, now, timeZone)
  const finished = withoutUnfinished(contents.series, dayIn(now, timeZone))
  const {
    series,
    unknown,
    covers,
    days,
    notes: more,
  } = contents.format === 'sales'
    ? salesWeeks(finished.series, matcher)
    : { ...prepareSeries(finished.series, matcher), covers: undefined, days: undefined, notes: [] }
  const kept = items.length + finished.series.length - unknown.length
  const changed = contents.changed + early
  const leftOut = contents.leftOut + unknown.length + finished.dropped.length
  const notes = [...contents.notes, ...more]
  if (early) notes.push(words.all('early', { n: String(early) }))
  if (finished.dropped.length) {
    const begun = finished.dropped.slice(0, 3)
    notes.push(words.all('unfinished', { days: { en: begun.join(', '), zh: begun.join('、') } }))
  }
  if (unknown.length)
    notes.push(
      words.all(contents.format === 'sales' ? 'unknown-products' : 'unknown-columns', { names: named(unknown) }),
    )
  if (changed || leftOut)
    notes.push(words.all('summary', { kept: String(kept), changed: String(changed), leftOut: String(leftOut) }))
  const seen = contents.items.length + contents.series.length
  return { format: contents.format, items, series, seen, kept, changed, leftOut, notes, unknown, covers, days }
}

interface Stored {
  itemsNew: number
  notes: Localized[]
}

interface Added {
  /** Terms the source had not told of before. */
  added: number
  notes: Localized[]
}

const sameWeeks = (a: readonly WeekValue[], b: readonly WeekValue[]): boolean =>
  a.length === b.length &&
  a.every((one, i) => one.week === b[i]?.week && one.value === b[i]?.value && one.days === b[i]?.days)

/** Days of sales: kept each by itself, and the weeks they make up told anew. */
async function storeDays(tx: Tx, sourceId: string, days: readonly SoldDay[]): Promise<Added> {
  await putSalesDays(tx, sourceId, days)
  const stored = await seriesOfSource(tx, sourceId)
  const { series, waiting, whole } = weeksOfDays(await salesDaysOf(tx, sourceId), stored)
  for (const [term, weeks] of series)
    if (!sameWeeks(weeks, stored.get(term) ?? [])) await putSeries(tx, sourceId, term, weeks)
  const touched = new Set(days.map(({ day }) => weekOf(day)))
  const notes = [...waiting]
    .filter(([week]) => touched.has(week))
    .map(([week, n]) => words.all('sales.waiting', { week, n: String(n) }))
  if (!whole) notes.push(words.all('sales.only-part'))
  return { added: [...series.keys()].filter((term) => !stored.has(term)).length, notes }
}

/** Weeks of sales: units are what they are, so they replace what was known of them, whatever it says of a term. */
async function storeWeeks(
  tx: Tx,
  sourceId: string,
  series: Prepared['series'],
  covers: { first: string; last: string },
): Promise<Added> {
  await dropSalesDays(tx, sourceId, covers)
  const stored = await seriesOfSource(tx, sourceId)
  const fresh = new Map(series.map(({ term, weeks }) => [term, weeks]))
  for (const term of new Set([...stored.keys(), ...fresh.keys()])) {
    const outside = (stored.get(term) ?? []).filter(({ week }) => week < covers.first || week > covers.last)
    const weeks = [...outside, ...(fresh.get(term) ?? [])].sort((a, b) => (a.week < b.week ? -1 : 1))
    await putSeries(tx, sourceId, term, weeks)
  }
  return { added: [...fresh.keys()].filter((term) => !stored.has(term)).length, notes: [] }
}

/** An export of search interest, brought together with the older ones. */
async function joinExport(tx: Tx, sourceId: string, series: Prepared['series']): Promise<Added> {
  let added = 0
  const rescaled: string[] = []
  for (const { term, weeks: fresh } of series) {
    const stored = await storedSeries(tx, sourceId, term)
    const { weeks: joined, kept } = joinSeries(stored, fresh)
    if (!kept) rescaled.push(termOf(term)?.label.en ?? term)
    if (!stored.length) added++
    await putSeries(tx, sourceId, term, joined)
  }
  return { added, notes: rescaled.length ? [words.all('rescaled', { names: named(rescaled) })] : [] }
}

/** Store what is new and count the touched weeks anew. The same contents twice change nothing. */
async function storePrepared(tx: Tx, sourceId: string, prepared: Prepared): Promise<Stored> {
  const weeks = await insertItems(tx, sourceId, prepared.items)
  if (weeks.length) await recountWeeks(tx, sourceId, [...new Set(weeks)])
  const { days, covers } = prepared
  const { added, notes } = days
    ? await storeDays(tx, sourceId, days)
    : covers
      ? await storeWeeks(tx, sourceId, prepared.series, covers)
      : await joinExport(tx, sourceId, prepared.series)
  return { itemsNew: weeks.length + added, notes: [...prepared.notes, ...notes] }
}

/** Store what was read of a source and say so. Inside the caller's transaction. */
export async function ingest(
  tx: Tx,
  { outbox }: Context,
  actor: Actor,
  { sourceId, prepared, bytes, at }: { sourceId: string; prepared: Prepared; bytes: number; at: Date },
): Promise<Stored & { ingestId: string }> {
  const { itemsNew, notes } = await storePrepared(tx, sourceId, prepared)
  const ingestId = await insertIngest(tx, {
    sourceId,
    format: prepared.format,
    at,
    bytes,
    itemsSeen: prepared.seen,
    itemsNew,
    notes,
    error: null,
  })
  await outbox.emit(tx, actor, 'trends.ingested', { sourceId, ingestId }, at)
  return { ingestId, itemsNew, notes }
}
