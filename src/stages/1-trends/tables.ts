import { isNotNull } from 'drizzle-orm'
import type { Lang, Localized } from '../../core/values.ts'
import {
  table,
  text,
  integer,
  real,
  boolean,
  instant,
  json,
  index,
  uniqueIndex,
  check,
  primaryKey,
  id,
  at,
  oneOf,
} from '../../db/kit.ts'
import type { TrendEvidence } from './model.ts'
import { WORD_STATES, type WordAct, type WordEvidence, type WordOrigin, type WordState } from './words.ts'
import type { Term, TermKind } from './vocabulary/term.ts'

export const sources = table(
  'sources',
  {
    id: id(),
    name: text('name').notNull(),
    kind: text('kind', { enum: ['feed', 'upload'] }).notNull(),
    /** rss | atom | json-feed | google-trends | hot-search | pinterest | auto */
    format: text('format').notNull(),
    url: text('url'),
    lang: text('lang').$type<Lang>().notNull(),
    region: text('region'),
    enabled: boolean('enabled').notNull().default(true),
    everyMinutes: integer('every_minutes').notNull().default(60),
    etag: text('etag'),
    lastModified: text('last_modified'),
    nextFetchAt: instant('next_fetch_at'),
    lastFetchedAt: instant('last_fetched_at'),
    lastError: json<Localized>('last_error'),
    failures: integer('failures').notNull().default(0),
    createdAt: at('created_at'),
  },
  (t) => [
    uniqueIndex('sources_url').on(t.url).where(isNotNull(t.url)),
    check('sources_kind', oneOf(t.kind, ['feed', 'upload'])),
  ],
)

/** Every read of a source, good or bad: what came, what was new, what was refused and why. */
export const ingests = table(
  'ingests',
  {
    id: id(),
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    format: text('format').notNull(),
    at: at('at'),
    bytes: integer('bytes').notNull(),
    itemsSeen: integer('items_seen').notNull(),
    itemsNew: integer('items_new').notNull(),
    notes: json<Localized[]>('notes').notNull(),
    error: json<Localized>('error'),
  },
  (t) => [index('ingests_by_source').on(t.sourceId, t.id)],
)

/** One published thing (an article, a hot-search title): stored once per source. */
export const items = table(
  'items',
  {
    id: id(),
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    externalId: text('external_id').notNull(),
    title: text('title').notNull(),
    url: text('url'),
    lang: text('lang').$type<Lang>().notNull(),
    publishedAt: at('published_at'),
    /** Business day and ISO week (its Monday), as text: date arithmetic differs between the databases. */
    day: text('day').notNull(),
    week: text('week').notNull(),
    /** Near-duplicates (reposts) share it and are counted once. */
    fingerprint: text('fingerprint').notNull(),
    terms: json<string[]>('terms').notNull(),
  },
  (t) => [
    uniqueIndex('items_once').on(t.sourceId, t.externalId),
    index('items_by_week').on(t.week),
    index('items_of_week').on(t.sourceId, t.week, t.id),
  ],
)

/** Weekly value of a term in a source: counted from items, or read from an export (search interest). */
export const termWeeks = table(
  'term_weeks',
  {
    term: text('term').notNull(),
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    week: text('week').notNull(),
    value: real('value').notNull(),
    days: integer('days').notNull(),
  },
  (t) => [primaryKey({ columns: [t.term, t.sourceId, t.week] }), index('term_weeks_week').on(t.week)],
)

/**
 * Units of each term that a table of sales by the day told of a day, so that the days of a week add up and a day that is
 * sent again counts once. A week that a table by week or by month told whole has none.
 */
export const salesDays = table(
  'sales_days',
  {
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    day: text('day').notNull(),
    units: json<Record<string, number>>('units').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.day] })],
)

/** How much a source said at all in a week; 0 where it was silent, so that a gap is not read as a fall. */
export const exposures = table(
  'exposures',
  {
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    week: text('week').notNull(),
    items: integer('items').notNull(),
    days: integer('days').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.week] }), index('exposures_by_week').on(t.week)],
)

/**
 * What of a source is to be counted anew, because something was stored that its counts do not tell of yet: a week of its
 * items, or `days`: its weeks from its days of sales. Whoever stores more writes another mark, so that nobody takes off
 * one that says more than they counted.
 */
export const recounts = table(
  'recounts',
  {
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    part: text('part').notNull(),
    mark: text('mark').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.part] })],
)

/** A term as ranked in a week: three scores apart, the combined order, and the evidence behind them. */
export const trends = table(
  'trends',
  {
    id: id(),
    term: text('term').notNull(),
    week: text('week').notNull(),
    label: json<Localized>('label').notNull(),
    kind: text('kind').$type<TermKind>().notNull(),
    lift: real('lift'),
    rise: real('rise'),
    burst: real('burst'),
    confidence: real('confidence'),
    rank: integer('rank').notNull(),
    evidence: json<TrendEvidence>('evidence').notNull(),
    /** A word of the house's own, as it was understood then; null for one that the vocabulary brings. */
    word: json<Term>('word'),
    scoredAt: at('scored_at'),
  },
  (t) => [uniqueIndex('trends_once').on(t.term, t.week), index('trends_by_week').on(t.week, t.rank)],
)

/**
 * What people say that the vocabulary lacks, as it was found and as a person decided: one row a word, however often it
 * comes up again.
 */
export const words = table(
  'words',
  {
    id: id(),
    /** As it is matched: normalised. */
    word: text('word').notNull(),
    origin: text('origin').$type<WordOrigin>().notNull(),
    state: text('state').$type<WordState>().notNull(),
    /** What an accepted word means. */
    meaning: json<Term>('meaning'),
    /** The term that a merged word is another wording of. */
    into: text('into'),
    burst: real('burst'),
    confidence: real('confidence'),
    lift: real('lift'),
    rise: real('rise'),
    /** The week it stood out in last. */
    week: text('week'),
    firstWeek: text('first_week'),
    evidence: json<WordEvidence>('evidence').notNull(),
    /** Who decides of two people is whoever saw this number. */
    version: integer('version').notNull(),
    updatedAt: at('updated_at'),
  },
  (t) => [
    uniqueIndex('words_once').on(t.word),
    index('words_by_state').on(t.state, t.week),
    check('words_state', oneOf(t.state, [...WORD_STATES])),
  ],
)

/** Who decided what of a word, why and when; nothing is ever taken out of it. */
export const wordActs = table(
  'word_acts',
  {
    id: id(),
    wordId: text('word_id')
      .notNull()
      .references(() => words.id),
    act: text('act').$type<WordAct>().notNull(),
    by: text('by').notNull(),
    reason: text('reason'),
    /** What it was before, so that it can be so again. */
    before: json<{ state: WordState; meaning: Term | null; into: string | null }>('before').notNull(),
    at: at('at'),
  },
  (t) => [index('word_acts_by_word').on(t.wordId, t.id)],
)

/** Which words, known or not, a source said in a week, in how many stories and on how many days: the commonest only. */
export const wordWeeks = table(
  'word_weeks',
  {
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    week: text('week').notNull(),
    /** Titles that were counted: where the source has said more since, the week is counted anew. */
    items: integer('items').notNull(),
    said: json<Record<string, readonly [stories: number, days: number]>>('said').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.week] }), index('word_weeks_by_week').on(t.week)],
)
