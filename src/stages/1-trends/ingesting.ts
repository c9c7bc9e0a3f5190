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
import { salesWeeks } from './sales.ts'
import { addSeries, joinSeries, toWeeks, withoutUnfinished, type WeekValue } from './series.ts'
import { insertIngest, insertItems, putSeries, recountWeeks, storedSeries, termsOfSource } from './store.ts'
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
  covers: { first: string; last: string } | undefined
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
    notes: more,
  } = contents.format === 'sales'
    ? salesWeeks(finished.series, matcher)
    : { ...prepareSeries(finished.series, matcher), covers: undefined, notes: [] }
  const kept = items.length + finished.series.length - unknown.length
  const changed = contents.changed + early
  const leftOut = contents.leftOut + unknown.length + finished.dropped.length
  const notes = [...contents.notes, ...more]
  if (early) notes.push(words.all('early', { n: String(early) }))
  if (finished.dropped.length) {
    const days = finished.dropped.slice(0, 3)
    notes.push(words.all('unfinished', { days: { en: days.join(', '), zh: days.join('、') } }))
  }
  if (unknown.length)
    notes.push(
      words.all(contents.format === 'sales' ? 'unknown-products' : 'unknown-columns', { names: named(unknown) }),
    )
  if (changed || leftOut)
    notes.push(words.all('summary', { kept: String(kept), changed: String(changed), leftOut: String(leftOut) }))
  const seen = contents.items.length + contents.series.length
  return { format: contents.format, items, series, seen, kept, changed, leftOut, notes, unknown, covers }
}

interface Stored {
  itemsNew: number
  notes: Localized[]
}

/** Store what is new and count the touched weeks anew. The same contents twice change nothing. */
async function storePrepared(tx: Tx, sourceId: string, prepared: Prepared): Promise<Stored> {
  const weeks = await insertItems(tx, sourceId, prepared.items)
  if (weeks.length) await recountWeeks(tx, sourceId, [...new Set(weeks)])
  let added = 0
  const rescaled: string[] = []
  const { covers } = prepared
  if (covers) {
    // Units are what they are: a table's weeks replace what was known of them, whatever it says of a term.
    const fresh = new Map(prepared.series.map(({ term, weeks }) => [term, weeks]))
    for (const term of new Set([...(await termsOfSource(tx, sourceId)), ...fresh.keys()])) {
      const stored = await storedSeries(tx, sourceId, term)
      const outside = stored.filter(({ week }) => week < covers.first || week > covers.last)
      const weeks = [...outside, ...(fresh.get(term) ?? [])].sort((a, b) => (a.week < b.week ? -1 : 1))
      if (!stored.length) added++
      await putSeries(tx, sourceId, term, weeks)
    }
  } else
    for (const { term, weeks: fresh } of prepared.series) {
      const stored = await storedSeries(tx, sourceId, term)
      const { weeks: joined, kept } = joinSeries(stored, fresh)
      if (!kept) rescaled.push(termOf(term)?.label.en ?? term)
      if (!stored.length) added++
      await putSeries(tx, sourceId, term, joined)
    }
  const notes = [...prepared.notes]
  if (rescaled.length) notes.push(words.all('rescaled', { names: named(rescaled) }))
  return { itemsNew: weeks.length + added, notes }
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
