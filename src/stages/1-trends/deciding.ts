/** What a person decides of a word: said once for the page, the API, the terminal and a vocabulary file. */
import { actorTag, type Actor } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import type { TrendsContext } from './context.ts'
import type { Lexicon } from './lexicon.ts'
import { refused, words } from './messages.ts'
import { decideWord, wordById } from './store/words.ts'
import { moveSeries } from './store/series.ts'
import { claimsOf, faultsOfTerm, termFrom, type MeaningGiven } from './word-meaning.ts'
import type { Term } from './vocabulary/term.ts'
import { OPEN, ownId, type Word, type WordAct } from './words.ts'

/** @throws Problem 404 */
export async function mustHaveWord(tx: Tx | TrendsContext['db']['read'], id: string): Promise<Word> {
  const word = await wordById(tx, id)
  if (!word) throw notFound({ en: 'word', zh: '词' }, id)
  return word
}

const joined = (faults: readonly Localized[]): Localized => ({
  zh: faults.map(({ zh }) => zh).join(''),
  en: faults.map(({ en }) => en).join(' '),
})

/** The term a word becomes. @throws Problem `trends.word` with everything that is wrong with it */
export function meaningOf(lexicon: Lexicon, { id, word, meaning }: Word, given: MeaningGiven): Term {
  const label = { zh: given.labelZh || word, en: given.labelEn || word }
  const own = meaning?.id ?? ownId(label, new Set(lexicon.byId.keys()), id.slice(-8))
  const term = termFrom(own, word, given)
  const others = lexicon.terms.filter((each) => each.id !== own)
  const known = new Map(others.map((each) => [each.id, each]))
  const faults = faultsOfTerm(term, known, claimsOf(others))
  if (faults.length) throw refused('trends.word', { faults: joined(faults) }, { details: { faults } })
  return term
}

interface Decision {
  act: WordAct
  state: Word['state']
  meaning: Term | null
  into: string | null
  reason: string | undefined
}

/** Write a decision, and say which spellings are read otherwise from now on. @throws Problem where somebody else decided meanwhile */
export async function decide(
  tx: Tx,
  { outbox, clock }: TrendsContext,
  actor: Actor,
  word: Word,
  { reason, ...decision }: Decision,
): Promise<void> {
  const at = clock.now()
  const done = await decideWord(tx, word, { ...decision, reason: reason ?? null, by: actorTag(actor), at })
  if (!done) throw refused('trends.word-changed', { word: word.word })
  await moveColumn(tx, word, decision.state === 'accepted' ? decision.meaning?.id : (decision.into ?? undefined))
  const spelled = new Set([word.word, ...spellingsOf(word.meaning), ...spellingsOf(decision.meaning)])
  await outbox.emit(tx, actor, 'trends.words-changed', { words: [...spelled] }, at, {
    dedupeKey: `trends.words-changed:${word.id}:${word.version + 1}`,
  })
}

const spellingsOf = (term: Term | null): readonly string[] => (term ? [...term.zh, ...term.en] : [])

/** A column's whole series goes to the term it is now named by, and back where that is taken back. */
async function moveColumn(tx: Tx, word: Word, to: string | undefined): Promise<void> {
  const own = `${OPEN}${word.word}`
  const from = word.state === 'accepted' ? word.meaning?.id : (word.into ?? undefined)
  if (word.origin !== 'column') return
  if (to !== undefined) await moveSeries(tx, own, to)
  // A term that others are counted under as well keeps what it has.
  else if (word.state === 'accepted' && from !== undefined) await moveSeries(tx, from, own)
}

/** Words of a file that a page can show: what it says of each fault, line by line. */
export const sayLines = (faults: readonly { line: number; why: Localized }[]): Localized => ({
  en: faults.map(({ line, why }) => words.all('word.line', { line: String(line), why }).en).join(' '),
  zh: faults.map(({ line, why }) => words.all('word.line', { line: String(line), why }).zh).join(''),
})
