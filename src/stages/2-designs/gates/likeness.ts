/** Words against the rights list: exact aliases, spellings that only look different, and near misses. */
import { MARK_LIST, NOT_MARKS } from './rights-list.ts'

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** What a spelling comes down to: width, case, accents, separators and look-alike digits taken away. */
export const plain = (text: string): string =>
  [...text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')]
    .map((char) => LOOKALIKES[char] ?? char)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Damerau–Levenshtein distance (neighbours may change places), at most `limit` + 1. */
export function editDistance(a: string, b: string, limit = 3): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (rows[i - 1]?.[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1)
      row.push(best)
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? 0
}

export interface MarkHit {
  owner: string
  alias: string
  found: string
  /** 1 = the mark itself. */
  likeness: number
}

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** Which letters a word has, one bit each: a cheap first look before the distance is worked out. */
const lettersOf = (word: string): number => {
  let mask = 0
  for (let i = 0; i < word.length; i++) mask |= 1 << (word.charCodeAt(i) & 31)
  return mask
}
const bitCount = (mask: number): number => {
  let [value, count] = [mask >>> 0, 0]
  for (; value > 0; value &= value - 1) count++
  return count
}

const PREPARED = MARK_LIST.flatMap(({ owner, aliases }) =>
  aliases.map((alias) => ({ owner, alias, key: plain(alias), letters: lettersOf(plain(alias)), han: isHan(alias) })),
)

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{Script=Latin}\p{N}&'’$@!.-]+/gu) ?? []

/** From this likeness on a spelling is told as a near miss: one slip in five letters. */
const NEAR = 0.8

/** Runs of up to four Latin words, as they may spell a mark. */
function runs(text: string): string[] {
  const words = wordsOf(text)
  return words.flatMap((_, i) =>
    [1, 2, 3, 4].flatMap((n) => (i + n <= words.length ? [words.slice(i, i + n).join(' ')] : [])),
  )
}

/**
 * Marks in a text. An alias in Chinese is found anywhere; one in Latin letters as whole words, also when spaced,
 * hyphenated or written with digits for letters; near misses (one slip in five letters or more) by their likeness.
 */
export function marksIn(text: string): MarkHit[] {
  const hits = new Map<string, MarkHit>()
  const keep = (hit: MarkHit) => {
    const known = hits.get(hit.owner)
    if (!known || known.likeness < hit.likeness) hits.set(hit.owner, hit)
  }
  const han = plain(text)
  for (const { owner, alias, key, han: chinese } of PREPARED) {
    if (chinese && han.includes(key)) keep({ owner, alias, found: alias, likeness: 1 })
  }
  for (const found of runs(text)) {
    const key = plain(found)
    if (key.length < 3 || NOT_MARKS.has(found)) continue
    const letters = lettersOf(key)
    for (const mark of PREPARED) {
      if (mark.han) continue
      if (mark.key === key) keep({ owner: mark.owner, alias: mark.alias, found, likeness: 1 })
      else if (mark.key.length >= 5 && key.length >= 5) {
        const longest = Math.max(mark.key.length, key.length)
        const most = Math.floor(longest * (1 - NEAR))
        if (Math.abs(mark.key.length - key.length) > most || bitCount(mark.letters ^ letters) > 2 * most) continue
        const likeness = 1 - editDistance(mark.key, key, most) / longest
        if (likeness >= NEAR)
          keep({ owner: mark.owner, alias: mark.alias, found, likeness: Number(likeness.toFixed(2)) })
      }
    }
  }
  return [...hits.values()]
}
