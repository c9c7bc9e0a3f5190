import type { Localized } from '../../../core/values.ts'
import type { Category, Gender, Texture } from '../../../garments/types.ts'

export const TERM_KINDS = [
  'garment',
  'silhouette',
  'collar',
  'sleeve',
  'length',
  'fabric',
  'pattern',
  'colour',
  'detail',
  'style',
  'occasion',
] as const
export type TermKind = (typeof TERM_KINDS)[number]

/**
 * What a garment that follows the term would be made like. A designer takes what its block offers and leaves the
 * rest: slots and options are those of the blocks, `parameters` are places within the block's own range (0 = its
 * least, 1 = its most), because "cropped" is another length for a coat than for a T-shirt.
 */
export interface Implies {
  category?: Category
  gender?: Gender
  construction?: Readonly<Record<string, string>>
  texture?: Texture
  attribute?: { key: string; value: string }
  /** sRGB hex of the shell. */
  colour?: string
  parameters?: Readonly<Record<string, number>>
}

export interface Term {
  id: string
  kind: TermKind
  /** The first of each list is what people are shown. */
  label: Localized
  zh: readonly string[]
  en: readonly string[]
  implies: Implies
  /** Terms said inside this one: 牛仔外套 is a jacket and denim. */
  parts: readonly string[]
  /** An everyday word that means clothing only beside other clothing words: 红色, 运动, "classic". */
  weak: boolean
  /** Those of its words that are everyday words though the term is not: 学院, where 学院风 speaks for itself. */
  weakWords: readonly string[]
}

interface Extra {
  parts?: readonly string[]
  weak?: boolean
}

/** An everyday word is written with this before it. */
const EVERYDAY = '~'
const plain = (word: string): string => (word.startsWith(EVERYDAY) ? word.slice(EVERYDAY.length) : word)

/** Builds terms of one kind; words are given as `a|b|~c`, the label first, an everyday word with a `~` before it. */
export const termsOf =
  (kind: TermKind, every: Extra = {}) =>
  (id: string, zh: string, en: string, implies: Implies = {}, extra: Extra = {}): Term => {
    const given = [...zh.split('|'), ...en.split('|')]
    const chinese = zh.split('|').map(plain)
    const english = en.split('|').map(plain)
    return {
      id,
      kind,
      label: { zh: chinese[0] ?? id, en: english[0] ?? id },
      zh: chinese,
      en: english,
      implies: kind === 'garment' ? implies : { attribute: { key: kind, value: id }, ...implies },
      parts: extra.parts ?? every.parts ?? [],
      weak: extra.weak ?? every.weak ?? false,
      weakWords: given.filter((word) => word.startsWith(EVERYDAY)).map(plain),
    }
  }
