/** Words that the vocabulary lacks: found, decided, counted by week; and the titles they are found in. */
import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lt, lte, ne, notExists, or, sql } from 'drizzle-orm'
import { newId } from '../../../core/values.ts'
import type { Reader, Tx } from '../../../db/database.ts'
import { exposures, items, sources, termWeeks, wordActs, words, wordWeeks } from '../tables.ts'
import { addWeeks } from '../weeks.ts'
import {
  OPEN,
  type FoundWord,
  type Said,
  type Word,
  type WordAct,
  type WordDecision,
  type WordState,
} from '../words.ts'
import type { Term } from '../vocabulary/term.ts'
import { SLICE } from './items.ts'

/** How long what was said in a week is kept. */
export const KEPT_WEEKS = 60
/** A word that nobody decided about and that has not come up again for so long is forgotten. */
const FORGOTTEN_WEEKS = 26

// ── the house's own vocabulary ──────────────────────────────────────────────────────────────────────────────────

/** Another number after every decision, in whatever process it was made. */
export async function wordsStamp(db: Reader): Promise<number> {
  const [row] = await db.select({ stamp: sql<number | string>`coalesce(sum(${words.version}), 0)` }).from(words)
  return Number(row?.stamp ?? 0)
}

/** Everything that was decided. */
export const decidedWords = (db: Reader): Promise<Word[]> =>
  db.select().from(words).where(ne(words.state, 'new')).orderBy(asc(words.id))

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────

export async function wordById(db: Reader, id: string): Promise<Word | undefined> {
  const [row] = await db.select().from(words).where(eq(words.id, id))
  return row
}

export async function wordNamed(db: Reader, word: string): Promise<Word | undefined> {
  const [row] = await db.select().from(words).where(eq(words.word, word))
  return row
}

/** The strongest of the newest week first. */
export const wordsInState = (
  db: Reader,
  { state, limit, offset }: { state: WordState; limit: number; offset: number },
): Promise<Word[]> =>
  db
    .select()
    .from(words)
    .where(eq(words.state, state))
    .orderBy(
      sql`${words.week} desc nulls last`,
      sql`coalesce(${words.burst}, ${words.lift}, ${words.rise}) desc nulls last`,
      asc(words.word),
    )
    .limit(limit)
    .offset(offset)

export async function wordCounts(db: Reader): Promise<Record<WordState, number>> {
  const rows = await db.select({ state: words.state, n: count() }).from(words).groupBy(words.state)
  const counts: Record<WordState, number> = { new: 0, accepted: 0, merged: 0, dismissed: 0 }
  for (const { state, n } of rows) counts[state] = n
  return counts
}

const FRESH = ['origin', 'burst', 'confidence', 'lift', 'rise', 'week', 'evidence'] as const

/** Write what was found of a week. A word that is decided stays as it is. */
export async function putFound(tx: Tx, found: readonly FoundWord[], at: Date): Promise<void> {
  for (const one of found)
    await tx
      .insert(words)
      .values({
        id: newId(),
        ...one,
        state: 'new',
        meaning: null,
        into: null,
        firstWeek: one.week,
        version: 0,
        updatedAt: at,
      })
      .onConflictDoUpdate({
        target: words.word,
        set: { ...Object.fromEntries(FRESH.map((key) => [key, one[key]])), updatedAt: at },
        setWhere: sql`${words.state} = 'new' and (${words.week} is null or ${words.week} <= ${one.week})`,
      })
}

/** Forget what nobody decided about and nobody says any more. */
export const forgetOld = (tx: Tx, week: string) =>
  tx
    .delete(words)
    .where(
      and(
        eq(words.state, 'new'),
        lt(words.week, addWeeks(week, -FORGOTTEN_WEEKS)),
        notExists(tx.select({ id: wordActs.id }).from(wordActs).where(eq(wordActs.wordId, words.id))),
      ),
    )

/** A word that nobody found, brought by a person or a file. */
export async function insertWord(tx: Tx, word: Omit<Word, 'id'>): Promise<Word> {
  const row = { id: newId(), ...word }
  await tx.insert(words).values(row)
  return row
}

interface Decision {
  act: WordAct
  by: string
  reason: string | null
  at: Date
  state: WordState
  meaning: Term | null
  into: string | null
}

/** Decide, if the word is still as it was seen. @returns whether it was */
export async function decideWord(tx: Tx, word: Word, { act, by, reason, at, ...after }: Decision): Promise<boolean> {
  const rows = await tx
    .update(words)
    .set({ ...after, version: word.version + 1, updatedAt: at })
    .where(and(eq(words.id, word.id), eq(words.version, word.version)))
    .returning({ id: words.id })
  if (!rows.length) return false
  const { state, meaning, into } = word
  await tx
    .insert(wordActs)
    .values({ id: newId(), wordId: word.id, act, by, reason, before: { state, meaning, into }, at })
  return true
}

export const decisionsOf = (db: Reader, wordId: string): Promise<WordDecision[]> =>
  db
    .select({ id: wordActs.id, act: wordActs.act, by: wordActs.by, reason: wordActs.reason, at: wordActs.at })
    .from(wordActs)
    .where(eq(wordActs.wordId, wordId))
    .orderBy(desc(wordActs.id))

/** What a word was before the last decision that was not taken back. */
export async function beforeLast(db: Reader, wordId: string) {
  const [row] = await db
    .select({ before: wordActs.before, act: wordActs.act })
    .from(wordActs)
    .where(eq(wordActs.wordId, wordId))
    .orderBy(desc(wordActs.id))
    .limit(1)
  return row
}

// ── what was said ───────────────────────────────────────────────────────────────────────────────────────────────

export interface SourceWeek {
  sourceId: string
  week: string
  items: number
}

/** Weeks that have been counted for other titles than there are now, the newest first. */
export const uncountedWeeks = (db: Reader, week: string, limit: number): Promise<SourceWeek[]> =>
  db
    .select({ sourceId: exposures.sourceId, week: exposures.week, items: exposures.items })
    .from(exposures)
    .leftJoin(wordWeeks, and(eq(wordWeeks.sourceId, exposures.sourceId), eq(wordWeeks.week, exposures.week)))
    .where(
      and(
        gt(exposures.items, 0),
        gte(exposures.week, addWeeks(week, 1 - KEPT_WEEKS)),
        lte(exposures.week, week),
        or(isNull(wordWeeks.items), ne(wordWeeks.items, exposures.items)),
      ),
    )
    .orderBy(desc(exposures.week), asc(exposures.sourceId))
    .limit(limit)

export async function putSaid(tx: Tx, { sourceId, week, items: counted }: SourceWeek, said: Said): Promise<void> {
  await tx
    .insert(wordWeeks)
    .values({ sourceId, week, items: counted, said })
    .onConflictDoUpdate({ target: [wordWeeks.sourceId, wordWeeks.week], set: { items: counted, said } })
}

export const dropOldSaid = (tx: Tx, week: string) =>
  tx.delete(wordWeeks).where(lt(wordWeeks.week, addWeeks(week, 1 - KEPT_WEEKS)))

/** Is there anything that a word could be new against: titles of a month ago, or columns of an export? */
export async function hasBaseline(db: Reader, week: string): Promise<boolean> {
  const [old] = await db
    .select({ week: exposures.week })
    .from(exposures)
    .where(and(gt(exposures.items, 0), lte(exposures.week, addWeeks(week, -4))))
    .limit(1)
  return old !== undefined || (await openTerms(db, '', 1)).length > 0
}

/** What was said in the last year, a week at a time. */
export async function* saidWeeks(db: Reader, weeks: readonly string[]) {
  for (const week of weeks) yield await db.select().from(wordWeeks).where(eq(wordWeeks.week, week))
}

export const exposureOf = (db: Reader, from: string, week: string): Promise<SourceWeek[]> =>
  db
    .select({ sourceId: exposures.sourceId, week: exposures.week, items: exposures.items })
    .from(exposures)
    .where(and(gt(exposures.items, 0), gte(exposures.week, from), lte(exposures.week, week)))

export interface StoredTitle {
  id: string
  title: string
  url: string | null
  day: string
  week: string
  sourceId: string
}

/** Titles of a week, a slice at a time; of one source, or of all. */
export async function* titlesOfWeek(db: Reader, week: string, sourceId?: string): AsyncGenerator<StoredTitle[]> {
  let last = ''
  for (;;) {
    const rows: StoredTitle[] = await db
      .select({
        id: items.id,
        title: items.title,
        url: items.url,
        day: items.day,
        week: items.week,
        sourceId: items.sourceId,
      })
      .from(items)
      .where(
        and(
          eq(items.week, week),
          gt(items.id, last),
          sourceId === undefined ? undefined : eq(items.sourceId, sourceId),
        ),
      )
      .orderBy(asc(items.id))
      .limit(SLICE)
    if (rows.length) yield rows
    last = rows.at(-1)?.id ?? ''
    if (rows.length < SLICE) return
  }
}

export const sourceNames = async (db: Reader): Promise<Map<string, string>> => {
  const rows = await db.select({ id: sources.id, name: sources.name }).from(sources)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Terms of a slice of titles, found anew. @returns those titles whose terms are others now, by source and week */
export async function putTerms(tx: Tx, changed: readonly { id: string; terms: string[] }[]): Promise<void> {
  for (const { id, terms } of changed) await tx.update(items).set({ terms }).where(eq(items.id, id))
}

export const termsOfTitles = async (db: Reader, ids: readonly string[]): Promise<Map<string, readonly string[]>> => {
  const rows = await db
    .select({ id: items.id, terms: items.terms })
    .from(items)
    .where(inArray(items.id, [...ids]))
  return new Map(rows.map(({ id, terms }) => [id, terms]))
}

// ── open columns ────────────────────────────────────────────────────────────────────────────────────────────────

const isOpen = and(gte(termWeeks.term, OPEN), lt(termWeeks.term, 'open;'))

/** Names of columns that are kept under their own name, some at a time. */
export const openTerms = async (db: Reader, after: string, limit: number): Promise<string[]> => {
  const rows = await db
    .selectDistinct({ term: termWeeks.term })
    .from(termWeeks)
    .where(and(isOpen, gt(termWeeks.term, after)))
    .orderBy(asc(termWeeks.term))
    .limit(limit)
  return rows.map(({ term }) => term)
}

export const openSeries = (db: Reader, terms: readonly string[], from: string, week: string) =>
  db
    .select({ term: termWeeks.term, sourceId: termWeeks.sourceId, week: termWeeks.week, value: termWeeks.value })
    .from(termWeeks)
    .where(and(inArray(termWeeks.term, [...terms]), gte(termWeeks.week, from), lte(termWeeks.week, week)))
    .orderBy(asc(termWeeks.term), asc(termWeeks.sourceId), asc(termWeeks.week))

/** The sources in which a column of that name is kept. */
export const sourcesWithTerm = async (db: Reader, term: string): Promise<string[]> => {
  const rows = await db.selectDistinct({ sourceId: termWeeks.sourceId }).from(termWeeks).where(eq(termWeeks.term, term))
  return rows.map(({ sourceId }) => sourceId)
}
