/**
 * How many of the words found in titles do not mean clothes there: 学院 in the name of a university, 合体 of a band that
 * plays together again. Held against titles that somebody has read.
 */
import type { Localized } from '../../../core/values.ts'
import { openMatcher, type Matcher } from '../matching.ts'

/** What a reader says of some lines of a list; lines count from 1. */
export interface WordLabels {
  /** Lines whose every word means what is worn: a garment, its cloth, its cut, a way to dress. */
  clothes: readonly number[]
  /** Lines in which none does. */
  other: readonly number[]
  /** Lines with both, and the terms that do not. */
  mixed?: Readonly<Record<number, readonly string[]>>
}

export interface FalseWords {
  /** Titles that were read. */
  titles: number
  /** Words found in them. */
  hits: number
  /** Those that do not mean clothes. */
  wrong: number
  /** wrong / hits; null where no word is found. */
  share: number | null
  /** Labelled titles about clothes in which no word is found any more: what the caution costs. */
  silent: number
  /** Which terms mislead, most often first. */
  terms: { term: string; label: Localized; wrong: number }[]
}

/** @param titleOf the title in a line of the list, or undefined where it has none */
export function countFalseWords(
  titleOf: (line: number) => string | undefined,
  { clothes, other, mixed = {} }: WordLabels,
  matcher: Matcher = openMatcher(),
): FalseWords {
  const terms = new Map<string, FalseWords['terms'][number]>()
  let [titles, hits, wrong, silent] = [0, 0, 0, 0]
  const take = (line: number, isWrong: (term: string) => boolean, about: boolean): void => {
    const title = titleOf(line)
    if (title === undefined) return
    titles++
    const found = matcher.hits(title)
    hits += found.length
    if (about && !found.length) silent++
    for (const { term } of found.filter((hit) => isWrong(hit.term.id))) {
      wrong++
      const row = terms.get(term.id) ?? { term: term.id, label: term.label, wrong: 0 }
      row.wrong++
      terms.set(term.id, row)
    }
  }
  for (const line of clothes) take(line, () => false, true)
  for (const line of other) take(line, () => true, false)
  for (const [line, misleading] of Object.entries(mixed)) take(Number(line), (term) => misleading.includes(term), true)
  return {
    titles,
    hits,
    wrong,
    share: hits ? Number((wrong / hits).toFixed(4)) : null,
    silent,
    terms: [...terms.values()].sort((a, b) => b.wrong - a.wrong || (a.term < b.term ? -1 : 1)),
  }
}
