/** The vocabulary as it is just now: what the house brings and what people added, in every process without a restart. */
import type { Reader } from '../../db/database.ts'
import { openMatcher, type Matcher } from './matching.ts'
import { decidedWords, wordsStamp } from './store/words.ts'
import { VOCABULARY } from './vocabulary/index.ts'
import type { Term } from './vocabulary/term.ts'
import type { Word } from './words.ts'

export interface Lexicon {
  terms: readonly Term[]
  byId: ReadonlyMap<string, Term>
  /** Only those that people added. */
  own: readonly Term[]
  matcher: Matcher
  /** Words that somebody has decided about: they are not proposed again. */
  decided: readonly string[]
}

const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** A word that is another wording of a term is matched as that term. */
function withWordings(term: Term, wordings: readonly string[]): Term {
  if (!wordings.length) return term
  return {
    ...term,
    zh: [...term.zh, ...wordings.filter(hasHan)],
    en: [...term.en, ...wordings.filter((word) => !hasHan(word))],
  }
}

/** @param decided words in whatever state but new */
export function lexiconOf(decided: readonly Word[]): Lexicon {
  const own = decided.flatMap(({ state, meaning }) => (state === 'accepted' && meaning ? [meaning] : []))
  const wordings = new Map<string, string[]>()
  for (const { state, into, word } of decided)
    if (state === 'merged' && into) wordings.set(into, [...(wordings.get(into) ?? []), word])
  const terms = [...VOCABULARY, ...own].map((term) => withWordings(term, wordings.get(term.id) ?? []))
  return {
    terms,
    byId: new Map(terms.map((term) => [term.id, term])),
    own,
    matcher: openMatcher(terms),
    decided: decided.map(({ word }) => word),
  }
}

/** Read anew when anybody has decided anything. */
export function openLexicon(db: { read: Reader }): () => Promise<Lexicon> {
  let known: { stamp: number; lexicon: Lexicon } | undefined
  return async () => {
    const stamp = await wordsStamp(db.read)
    if (known?.stamp !== stamp) known = { stamp, lexicon: lexiconOf(await decidedWords(db.read)) }
    return known.lexicon
  }
}
