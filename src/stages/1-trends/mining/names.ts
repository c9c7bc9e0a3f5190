/** People whom no list names: a surname and one or two characters that open many titles, each going on otherwise. */
import { SURNAMES } from './lists.ts'
import { isHan, type Cut } from './tokens.ts'

const LEAST_TITLES = 3
const LEAST_WAYS = 3
const WORN = /[鞋裙裤衣衫袄靴帽袜袖袍妆裳]|色$/
const MOST_NAMES = 100_000

export function openNames() {
  const starts = new Map<string, { titles: number; next: Set<string> }>()
  const isName = (text: string): boolean => {
    const known = starts.get(text)
    return known !== undefined && known.titles >= LEAST_TITLES && known.next.size >= LEAST_WAYS && !WORN.test(text)
  }
  return {
    learn({ runs: [first] }: Cut): void {
      if (!first || !SURNAMES.has(first[0]?.text ?? '') || starts.size > MOST_NAMES) return
      for (const length of [2, 3]) {
        const name = first.slice(0, length).map(({ text }) => text)
        const next = first[length]?.text
        if (next === undefined || !name.every(isHan)) continue
        const known = starts.get(name.join('')) ?? { titles: 0, next: new Set<string>() }
        known.titles++
        if (known.next.size < LEAST_WAYS) known.next.add(next)
        starts.set(name.join(''), known)
      }
    },
    /** Does a person's name stand in the word, or begin in the title before it and reach into it? */
    holds(tokens: readonly string[], titles: readonly Cut[]): boolean {
      for (const length of [2, 3])
        for (let i = 0; i + length <= tokens.length; i++) if (isName(tokens.slice(i, i + length).join(''))) return true
      const word = tokens.join('')
      const reached = titles.filter(({ runs: [first] }) => {
        const opening = (first ?? []).map(({ text }) => text).join('')
        const at = opening.indexOf(word)
        return at >= 0 && at < 3 && [2, 3].some((length) => length > at && isName(opening.slice(0, length)))
      })
      return reached.length * 2 > titles.length
    },
  }
}
