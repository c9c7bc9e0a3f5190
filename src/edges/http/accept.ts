/** What a client says it can read (RFC 9110 12.5): lists with weights, and what of ours they take. */
import { LANGS, type Lang } from '../../core/values.ts'

interface Range {
  name: string
  /** 0–1; 0 = not at all. */
  q: number
}

/** Longer headers, and longer lists, are nobody's: the rest of them is not read. */
const MOST_CHARACTERS = 2000
const MOST_RANGES = 40

/** `q`: up to three decimals between 0 and 1 (RFC 9110 12.4.2). */
const WEIGHT = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/** The entries of an Accept header of any kind, in the order they were sent; one that is malformed is left out. */
export function rangesOf(header: string): Range[] {
  const ranges: Range[] = []
  for (const entry of header.slice(0, MOST_CHARACTERS).split(',').slice(0, MOST_RANGES)) {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, '')
    if (name && (weight === undefined || WEIGHT.test(weight))) ranges.push({ name, q: weight ? Number(weight) : 1 })
  }
  return ranges
}

/** Tags that name Chinese otherwise than by `zh` (RFC 5646: Mandarin, Cantonese, Wu). */
const CHINESE: ReadonlySet<string> = new Set(['cmn', 'yue', 'wuu'])
const languageOf = (tag: string): string => {
  const [primary = ''] = tag.split('-')
  return CHINESE.has(primary) ? 'zh' : primary
}

/**
 * The language of ours that the list likes best, undefined where it names none: a region counts as its language, `*`
 * stands for those that are not named, `q=0` for never. Of two liked alike the one named first.
 */
export function preferredLanguage(header: string | undefined): Lang | undefined {
  if (!header) return undefined
  const ranges = rangesOf(header)
  const any = ranges.find(({ name }) => name === '*')?.q
  const wishes = LANGS.map((lang) => {
    const at = ranges.findIndex(({ name }) => languageOf(name) === lang)
    const q = Math.max(...ranges.filter(({ name }) => languageOf(name) === lang).map((range) => range.q))
    return at < 0 ? { lang, q: any, at: ranges.length } : { lang, q, at, named: true }
  })
  // Nothing of ours is named, or "*" alone: anything will do, and the house's default is something.
  if (!wishes.some(({ named }) => named)) return undefined
  const liked = wishes.filter(({ q }) => q !== undefined && q > 0)
  // Never the one, and nothing said of the other: then the other.
  const left = liked.length ? liked : wishes.filter(({ q }) => q === undefined)
  return left.toSorted((a, b) => (b.q ?? 0) - (a.q ?? 0) || a.at - b.at)[0]?.lang
}

/**
 * Whether a client takes a media type. Silence takes everything (RFC 9110 12.5.1); the closest range counts.
 * @param type `application/json`
 */
export function takes(header: string | undefined, type: string): boolean {
  if (!header?.trim()) return true
  const ranges = rangesOf(header)
  if (!ranges.length) return true
  const [family = ''] = type.split('/')
  for (const name of [type, `${family}/*`, '*/*']) {
    const found = ranges.filter((range) => range.name === name)
    if (found.length) return found.some(({ q }) => q > 0)
  }
  return false
}
