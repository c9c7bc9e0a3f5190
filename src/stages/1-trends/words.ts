/** Words that the vocabulary lacks, as the stage speaks of them. */
import type { Localized } from '../../core/values.ts'
import type { Measure, TrendItem } from './model.ts'
import type { Term } from './vocabulary/term.ts'

export const WORD_STATES = ['new', 'accepted', 'merged', 'dismissed'] as const
export type WordState = (typeof WORD_STATES)[number]
export const WORD_ORIGINS = ['titles', 'hashtag', 'column', 'file'] as const
export type WordOrigin = (typeof WORD_ORIGINS)[number]
export const WORD_ACTS = ['accepted', 'merged', 'dismissed', 'undone', 'imported'] as const
export type WordAct = (typeof WORD_ACTS)[number]

export interface WordEvidence {
  /** A year of weeks, oldest first; null where nobody said anything at all. */
  series: { week: string; value: number | null }[]
  measure: Measure
  items: TrendItem[]
  /** Terms and words that stand in the same titles, the commonest first. */
  beside: { term?: string; label: Localized; times: number }[]
  /** Known words inside it: 报童夹克 is a 夹克. */
  inside: { term: string; label: Localized }[]
  /** Other wordings that stand in the same titles. */
  aliases: string[]
  sources: string[]
  /** Behind the burst: the weighted recent count, what was expected, stories and days in four weeks. */
  counts: { recent: number; expected: number; stories: number; days: number }
}

export const NO_EVIDENCE: WordEvidence = {
  series: [],
  measure: 'counts',
  items: [],
  beside: [],
  inside: [],
  aliases: [],
  sources: [],
  counts: { recent: 0, expected: 0, stories: 0, days: 0 },
}

/** A word as it was found, before anybody decided. */
export interface FoundWord {
  word: string
  origin: WordOrigin
  burst: number | null
  confidence: number | null
  lift: number | null
  rise: number | null
  week: string
  evidence: WordEvidence
}

export interface Word {
  id: string
  word: string
  origin: WordOrigin
  state: WordState
  meaning: Term | null
  into: string | null
  burst: number | null
  confidence: number | null
  lift: number | null
  rise: number | null
  week: string | null
  firstWeek: string | null
  evidence: WordEvidence
  version: number
  updatedAt: Date
}

export interface WordDecision {
  id: string
  act: WordAct
  by: string
  reason: string | null
  at: Date
}

/** Which words were said in a week, in how many stories and on how many days. */
export type Said = Record<string, readonly [stories: number, days: number]>

/** Series of columns that no term is named by are kept under their own name, with this before it. */
export const OPEN = 'open:'
/** Ids of the house's own words begin so: no term of the embedded vocabulary does. */
export const OWN = 'own-'

/** The id that an accepted word gets: by its English name where it has one in Latin letters. */
export function ownId(label: Localized, taken: ReadonlySet<string>, fallback: string): string {
  const slug = label.en
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40)
  const base = `${OWN}${slug || fallback}`
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`
    if (!taken.has(id)) return id
  }
}
