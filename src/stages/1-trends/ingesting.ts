/** What was read becomes stored items or series, and the weeks it touches are counted anew: all in one transaction. */
import { setImmediate } from 'node:timers/promises'
import { dayIn, weekOf, type Localized } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import type { FeedContents, FeedSeries } from '../../engines/ports.ts'
import type { Matcher } from './matching.ts'
import { fingerprintOf, instantOf, type NewItem } from './model.ts'
import { salesWeeks } from './sales.ts'
import { addSeries, joinSeries, toWeeks, withoutUnfinished, type WeekValue } from './series.ts'
import { insertItems, putSeries, recountWeeks, storedSeries, termsOfSource } from './store.ts'
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

/** Said last where anything was changed or left out: how many of what. */
const summary = (kept: number, changed: number, leftOut: number): Localized => ({
  en: `${kept} kept, ${changed} of them changed; ${leftOut} left out.`,
  zh: `保留 ${kept} 条，其中调整 ${changed} 条；略过 ${leftOut} 条。`,
})

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
  if (early)
    notes.push({
      en: `${early} entries are dated in the future and count from today.`,
      zh: `${early} 个条目的日期在未来，按今天计算。`,
    })
  if (finished.dropped.length)
    notes.push({
      en: `Not over yet, and left out: the period beginning ${finished.dropped.slice(0, 3).join(', ')}. What it holds so far is no whole period's.`,
      zh: `尚未结束的周期已略过：起始日 ${finished.dropped.slice(0, 3).join('、')}。未完周期的数值不能当作整个周期。`,
    })
  if (unknown.length)
    notes.push({
      en: `These ${contents.format === 'sales' ? 'products' : 'columns'} name no term of the vocabulary and were left out: ${named(unknown)}.`,
      zh: `以下${contents.format === 'sales' ? '商品' : '列'}不在词库中，已略过：${named(unknown)}。`,
    })
  if (changed || leftOut) notes.push(summary(kept, changed, leftOut))
  const seen = contents.items.length + contents.series.length
  return { format: contents.format, items, series, seen, kept, changed, leftOut, notes, unknown, covers }
}

export interface Stored {
  itemsNew: number
  notes: Localized[]
}

/** Store what is new and count the touched weeks anew. The same contents twice change nothing. */
export async function storePrepared(tx: Tx, sourceId: string, prepared: Prepared): Promise<Stored> {
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
  if (rescaled.length)
    notes.push({
      en: `Older weeks of ${named(rescaled)} share too few weeks with this export to be brought to its scale and were replaced.`,
      zh: `${named(rescaled)} 的旧数据与本次导出重叠的周数太少，无法换算到同一尺度，已被替换。`,
    })
  return { itemsNew: weeks.length + added, notes }
}
