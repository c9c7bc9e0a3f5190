/** The house's own words as a file: one JSON object a line, so that a fault has a line. */
import type { Localized } from '../../core/values.ts'
import { sayIssue } from '../../core/issues.ts'
import { words } from './messages.ts'
import { normalise } from './matching.ts'
import { OWN, ownId, type Word } from './words.ts'
import {
  claimKey,
  claimsOf,
  faultOfSpelling,
  faultsOfTerm,
  fileLine,
  givenFrom,
  termFrom,
  type FileLine,
} from './word-meaning.ts'
import type { Term } from './vocabulary/term.ts'

/** A line that is sound, and what it brings. */
export type Brought =
  | { line: number; word: string; state: 'accepted'; meaning: Term }
  | { line: number; word: string; state: 'merged'; into: string }
  | { line: number; word: string; state: 'dismissed'; reason: string | undefined }

export interface FileFault {
  line: number
  why: Localized
}

const MOST_LINES = 5000
const MOST_FAULTS = 50

/** Everything that was decided, in the order in which it was. */
export function vocabularyFile(decided: readonly Word[]): string {
  const lines = decided.flatMap(({ word, state, meaning, into }): FileLine[] => {
    if (state === 'accepted' && meaning) return [{ is: 'word', id: meaning.id, word, ...givenFrom(meaning, word) }]
    if (state === 'merged' && into) return [{ is: 'wording', word, of: into }]
    return state === 'dismissed' ? [{ is: 'not-a-word', word }] : []
  })
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

interface Parsed {
  line: number
  given: FileLine
}

function parseLines(text: string): { parsed: Parsed[]; faults: FileFault[] } {
  const parsed: Parsed[] = []
  const faults: FileFault[] = []
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.length > MOST_LINES)
    return { parsed, faults: [{ line: MOST_LINES + 1, why: words.all('word.too-many', { most: String(MOST_LINES) }) }] }
  for (const [i, raw] of lines.entries()) {
    if (!raw.trim()) continue
    let value: unknown
    try {
      value = JSON.parse(raw)
    } catch {
      faults.push({ line: i + 1, why: words.all('word.no-json') })
      continue
    }
    const read = fileLine.safeParse(value)
    if (read.success) parsed.push({ line: i + 1, given: read.data })
    else faults.push(...read.error.issues.slice(0, 3).map((issue) => ({ line: i + 1, why: issueOf(issue) })))
  }
  return { parsed, faults }
}

const issueOf = (issue: Parameters<typeof sayIssue>[0]): Localized => {
  const field = issue.path.map(String).join('.') || 'is'
  return { en: `“${field}”: ${sayIssue(issue, 'en')}.`, zh: `“${field}”：${sayIssue(issue, 'zh')}。` }
}

/**
 * Read a vocabulary file against what is known. Nothing is stored here: either every line is sound, or the faults say
 * which are not.
 * @param terms the vocabulary that it would be added to, without the words that the file brings anew
 */
export function readVocabularyFile(text: string, terms: readonly Term[]): { brought: Brought[]; faults: FileFault[] } {
  const { parsed, faults } = parseLines(text)
  const taken = new Set(terms.map(({ id }) => id))
  const mine = claimsOf(terms.filter(({ id }) => id.startsWith(OWN)))
  const fresh = parsed.flatMap(({ line, given }) => {
    if (given.is !== 'word') return []
    const { id, word, is: _, ...meaning } = given
    const label = { zh: meaning.labelZh || word, en: meaning.labelEn || word }
    // A word that the house has already is that word, whoever left out its id.
    const before = mine.get(claimKey(word))
    const own = id ?? before ?? ownId(label, taken, `line-${line}`)
    taken.add(own)
    return [{ line, word, meaning: termFrom(own, word, meaning) }]
  })
  const replaced = new Set(fresh.map(({ meaning }) => meaning.id))
  const others = terms.filter(({ id }) => !replaced.has(id))
  const known = new Map([...others, ...fresh.map(({ meaning }) => meaning)].map((term) => [term.id, term]))
  const claims = claimsOf(others)
  const seen = new Map<string, number>()
  const brought: Brought[] = []
  const once = (line: number, word: string): boolean => {
    const before = seen.get(claimKey(word))
    seen.set(claimKey(word), before ?? line)
    if (before !== undefined) faults.push({ line, why: words.all('word.twice', { word, line: String(before) }) })
    return before === undefined
  }
  for (const { line, word, meaning } of fresh) {
    if (!once(line, word)) continue
    const wrong = faultsOfTerm(meaning, known, claims)
    if (!meaning.id.startsWith('own-')) wrong.push(words.all('word.bad-id', { id: meaning.id }))
    faults.push(...wrong.map((why) => ({ line, why })))
    for (const spelled of [...meaning.zh, ...meaning.en]) claims.set(claimKey(spelled), meaning.id)
    brought.push({ line, word: normalise(word), state: 'accepted', meaning })
  }
  for (const { line, given } of parsed) {
    if (given.is === 'word' || !once(line, given.word)) continue
    const word = normalise(given.word)
    if (given.is === 'not-a-word') brought.push({ line, word, state: 'dismissed', reason: given.reason })
    else {
      const fault = faultOfSpelling(given.word)
      if (fault) faults.push({ line, why: fault })
      if (!known.has(given.of)) faults.push({ line, why: words.all('word.no-part', { part: given.of }) })
      const other = claims.get(claimKey(given.word))
      if (other !== undefined && other !== given.of)
        faults.push({
          line,
          why: words.all('word.taken', {
            word: given.word,
            other: known.get(other)?.label ?? { zh: other, en: other },
          }),
        })
      brought.push({ line, word, state: 'merged', into: given.of })
    }
  }
  faults.sort((a, b) => a.line - b.line)
  return { brought, faults: faults.slice(0, MOST_FAULTS) }
}
