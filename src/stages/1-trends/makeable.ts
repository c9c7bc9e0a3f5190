/** How much of what texts ask for the house can make: every garment that is named, and which of them no block makes. */
import type { Localized } from '../../core/values.ts'
import { openMatcher, type Matcher } from './matching.ts'
import { makingOf } from './vocabulary/near.ts'

export interface Makeable {
  /** Texts that were read. */
  texts: number
  /** Garments named in them; one that a text names twice counts once for it. */
  mentions: number
  /** Those of them that the house can make. */
  made: number
  /** made / mentions; null where no garment is named. */
  share: number | null
  /** What cannot be made, most often named first. */
  missing: { term: string; label: Localized; mentions: number; near: boolean }[]
}

/** Texts are taken one by one, so that a file of any length may be read. */
export function countMakeable(matcher: Matcher = openMatcher()) {
  const missing = new Map<string, Makeable['missing'][number]>()
  let [texts, mentions, made] = [0, 0, 0]
  return {
    take(text: string): void {
      texts++
      const named = new Map(matcher.hits(text).map(({ term }) => [term.id, term]))
      for (const term of named.values()) {
        const making = makingOf(term)
        if (making === undefined) continue
        mentions++
        if (making === 'itself') made++
        else {
          const { id, label } = term
          const row = missing.get(id) ?? { term: id, label, mentions: 0, near: making === 'near' }
          row.mentions++
          missing.set(id, row)
        }
      }
    },
    told: (): Makeable => ({
      texts,
      mentions,
      made,
      share: mentions ? Number((made / mentions).toFixed(4)) : null,
      missing: [...missing.values()].sort((a, b) => b.mentions - a.mentions || (a.term < b.term ? -1 : 1)),
    }),
  }
}
