/** From stored trends to what a designer sees: implications from the vocabulary, evidence cleaned by gate G0. */
import { type Implies, type Term, type TermForecast, termOf, wordsWithin } from '../../1-trends/door.ts'
import type { Localized } from '../../../core/values.ts'
import type { BriefTrend } from '../designer/designer.ts'
import { cleanSource } from '../gates/source.ts'

/** A row of `trends`, as far as a designer needs it. */
export interface TrendRow {
  id: string
  term: string
  label: Localized
  kind: string
  lift: number | null
  rise: number | null
  burst: number | null
  evidence: { items: readonly { title: string }[]; forecast?: TermForecast }
  /** A word of the house's own, as it was understood when it was scored. */
  word?: Term | null
}

/** The term's own implication first, then those of the words said inside it (军大衣: 大衣, 军旅). */
export function impliesOf(term: string, word?: Term | null): Implies[] {
  const known = word ?? termOf(term)
  if (!known) return []
  return [known.implies, ...wordsWithin(known).map(({ implies }) => implies)]
}

const MOST_TITLES = 4

export interface BriefedTrend {
  trend: BriefTrend
  /** What was taken out of its evidence before a designer saw it. */
  removed: { what: 'brand' | 'person' | 'instruction'; words: string }[]
}

export function briefTrend({ id, term, label, kind, lift, rise, burst, evidence, word }: TrendRow): BriefedTrend {
  const titles = evidence.items.slice(0, MOST_TITLES).map(({ title }) => cleanSource(title))
  return {
    trend: {
      id,
      term,
      label,
      kind,
      scores: { lift, rise, burst },
      ...(word ? { word } : {}),
      implies: impliesOf(term, word),
      titles: titles.map(({ text }) => text).filter((text) => text !== ''),
    },
    removed: titles.flatMap(({ removed }) => removed),
  }
}
