/** What was read, prepared for the store: dated, its terms found, its periods folded into weeks. */
import { setImmediate } from 'node:timers/promises'
import type { Actor } from '../../core/actor.ts'
import { dayIn, weekOf, type Localized } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import type { FeedContents, FeedSeries } from '../../engines/ports.ts'
import type { Context } from '../context.ts'
import { normalise, type Matcher } from './matching.ts'
import { stripNames } from './names.ts'
import { OPEN } from './words.ts'
import { fingerprintOf, instantOf, type NewItem, type Stored } from './model.ts'
import { words } from './messages.ts'
import { salesWeeks, type SalesWeeks } from './sales.ts'
import { addSeries, toWeeks, withoutUnfinished, type WeekValue } from './series.ts'
import { insertIngest } from './store.ts'

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

/** Columns of one file that are kept under their own names at most. */
const MOST_OPEN = 500

/** What a column is kept under that no term is named by; undefined where it is nobody's word, or there are too many. */
function openTermOf(name: string, open: Map<string, string>): string | undefined {
  const word = normalise(stripNames(name).text).trim()
  if (!/\p{L}{2}/u.test(word) || word.length > 60) return undefined
  if (!open.has(word) && open.size >= MOST_OPEN) return undefined
  open.set(word, name)
  return `${OPEN}${word}`
}

async function prepareSeries(
  all: readonly FeedSeries[],
  matcher: Matcher,
): Promise<{ series: Prepared['series']; unknown: string[]; open: string[] }> {
  const open = new Map<string, string>()
  const byTerm = new Map<string, WeekValue[][]>()
  const unknown: string[] = []
  let points = 0
  for (const one of all) {
    points += one.points.length
    if (points > TURN * 10) {
      points = 0
      await setImmediate()
    }
    // Alone in its column, an everyday word ("black", "casual") is meant as clothing.
    const term = termOfColumn(one.term, matcher) ?? termOfColumn(`${one.term} outfit`, matcher)
    const known = term ?? openTermOf(one.term, open)
    if (known) byTerm.set(known, [...(byTerm.get(known) ?? []), toWeeks(one)])
    else unknown.push(one.term)
  }
  // A file that names nothing known at all is more likely no table of garments than one of new words.
  if ([...byTerm.keys()].every((term) => term.startsWith(OPEN)))
    return { series: [], unknown: all.map(({ term }) => term), open: [] }
  return {
    series: [...byTerm].map(([term, weeks]) => ({ term, weeks: addSeries(weeks) })),
    unknown,
    open: [...open.values()],
  }
}

export const named = (names: readonly string[]): string =>
  names.slice(0, 10).join(', ') + (names.length > 10 ? ' …' : '')

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
    open,
    covers,
    days,
    notes: more,
  } = contents.format === 'sales'
    ? { ...(await salesWeeks(finished.series, matcher)), open: [] }
    : { ...(await prepareSeries(finished.series, matcher)), covers: undefined, days: undefined, notes: [] }

  const kept = items.length + finished.series.length - unknown.length
  const changed = contents.changed + early
  const leftOut = contents.leftOut + unknown.length + finished.dropped.length
  const notes = [...contents.notes, ...more]
  if (early) notes.push(words.all('early', { n: String(early) }))
  if (finished.dropped.length) {
    const begun = finished.dropped.slice(0, 3)
    notes.push(words.all('unfinished', { days: { en: begun.join(', '), zh: begun.join('、') } }))
  }
  if (open.length) notes.push(words.all('open-columns', { names: named(open) }))
  if (unknown.length)
    notes.push(
      words.all(contents.format === 'sales' ? 'unknown-products' : 'unknown-columns', { names: named(unknown) }),
    )
  if (changed || leftOut)
    notes.push(words.all('summary', { kept: String(kept), changed: String(changed), leftOut: String(leftOut) }))
  const seen = contents.items.length + contents.series.length
  return { format: contents.format, items, series, seen, kept, changed, leftOut, notes, unknown, covers, days }
}

/** Note what was read and stored of a source, and say so. Inside the caller's transaction. */
export async function noteReading(
  tx: Tx,
  { outbox }: Context,
  actor: Actor,
  reading: { sourceId: string; prepared: Prepared; stored: Stored; bytes: number; at: Date },
): Promise<{ ingestId: string }> {
  const { sourceId, prepared, stored, bytes, at } = reading
  const ingestId = await insertIngest(tx, {
    sourceId,
    format: prepared.format,
    at,
    bytes,
    itemsSeen: prepared.seen,
    itemsNew: stored.itemsNew,
    notes: stored.notes,
    error: null,
  })
  await outbox.emit(tx, actor, 'trends.ingested', { sourceId, ingestId }, at)
  return { ingestId }
}
